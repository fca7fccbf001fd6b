import { tellingNumber } from '../../answering/cite.ts';
import { reviewNotice } from '../../answering/notices.ts';
import { validityWordsOn } from '../../answering/validity-on.ts';
import { articleWords } from '../../knowledge/article-words.ts';
import { fold } from '../../knowledge/fold.ts';
import type { Claim, Norm, Unit } from '../../knowledge/unit.ts';
import {
  type DeskAnswer,
  type DeskChoice,
  type DeskLimits,
  type Lookup,
  notHeld,
  offerList,
} from './desk-answer.ts';
import { normName, numberedName } from './names.ts';
import type { NormLookupParts } from './norm-blocks.ts';
import { stateFact, validityFacts } from './norm-facts.ts';

const MOST_OTHERS = 5;
const USAGE = 'Escriba de qué norma: su número o su nombre. Por ejemplo: vigencia Decreto 95-98.';
/** "Vigencia del pasaporte" asks how long a passport lasts; a norm is asked for by a number or a word for norms. */
const NORM_WORD =
  /\d|\b(?:ley|codigo|constitucion|reglamento|decreto|acuerdo|convenio|convencion|tratado|protocolo|tarifario|politica|norma|pacto|declaracion)\b/;

/** Answers "vigencia Decreto 95-98": whether it holds, since when, what took its place, what remains, and who says so. */
export function createValidityLookup(parts: NormLookupParts): Lookup {
  return (argument, limits) => {
    if (argument === '') return notHeld(USAGE, '', []);
    const query = parts.finder.find(argument, limits.audience);
    if (query.named !== 'surely' && !NORM_WORD.test(fold(argument))) return undefined;
    const [norm, ...others] = query.norms;
    if (norm === undefined) return query.articles.length > 0 ? undefined : missing(argument, limits, parts);
    return validityAnswer(norm, others, query.articles, limits, parts);
  };
}

function validityAnswer(
  norm: Norm,
  others: readonly Norm[],
  articles: readonly string[],
  limits: DeskLimits,
  parts: NormLookupParts,
): DeskAnswer | undefined {
  const { knowledge, phrases } = parts;
  const whole = knowledge.units.get(`${norm.id}/*`);
  if (whole === undefined) return undefined;
  const changes = [...norm.replaces, ...(norm.validity.replacedBy ?? [])];
  const beside = changes.flatMap((id) => knowledge.units.get(`${knowledge.norm(id)?.id}/*`) ?? []);
  const choices = others.slice(0, MOST_OTHERS).map(choiceOf);
  const facts = validityFacts(norm, limits, knowledge);
  const question = { text: '', language: 'es', ...limits } as const;
  return {
    kind: 'answer',
    blocks: [
      { kind: 'paragraph', text: leadWords(norm, limits), worth: 'lead', unit: whole.id },
      ...articles.map((article) => articleBlock(norm, article, limits, parts)),
      { kind: 'list', ordered: false, items: facts, worth: 'lead', unit: whole.id },
      {
        ...reviewNotice(whole, [supportOf(norm)], question, { phrases: phrases.es, knowledge }),
        unit: whole.id,
      },
      ...(choices.length === 0 ? [] : [offerList('También puede referirse a:', choices)]),
    ],
    units: [whole, ...new Set(beside)],
    topic: numberedName(norm),
    choices,
  };
}

/** "Decreto 95-98, Ley de Migración (anterior): ya no está vigente." And what of it may still apply. */
function leadWords(norm: Norm, limits: DeskLimits): string {
  const number = tellingNumber(norm);
  const name = number === undefined ? normName(norm) : `${number}, ${normName(norm)}`;
  const { partlyInForce } = norm.validity;
  const remains = partlyInForce === undefined ? '' : ` Todavía puede aplicarse: ${partlyInForce}`;
  return `${name}: ${stateFact(norm, limits)}${remains}`;
}

function articleBlock(norm: Norm, article: string, limits: DeskLimits, { knowledge }: NormLookupParts) {
  const unit: Unit | undefined = knowledge.units.get(`${norm.id}/${article}`);
  const words =
    unit === undefined
      ? `No tengo cargado el ${articleWords(article)}; esto es lo que sé de la norma entera:`
      : `${articleWords(article)}, ${unit.title}: ${validityWordsOn(unit.validity, limits, norm.date)}.`;
  return {
    kind: 'paragraph',
    text: `${words.charAt(0).toUpperCase()}${words.slice(1)}`,
    worth: 'lead',
    unit: unit?.id ?? `${norm.id}/*`,
  } as const;
}

/** What the catalogue says of a norm's validity, as a statement with its sources. */
function supportOf({ validity, confidence, sources }: Norm): Claim {
  return { id: 'validity', part: 'rule', text: validity.note ?? validity.status, confidence, sources };
}

function missing(argument: string, { audience }: DeskLimits, { finder }: NormLookupParts): DeskAnswer {
  return notHeld(
    `No tengo cargada ninguna norma que se llame «${argument}»: no sé si está vigente.`,
    '¿Quiso decir?',
    finder.near(argument, audience).map(choiceOf),
  );
}

function choiceOf(norm: Norm): DeskChoice {
  return { label: numberedName(norm), ask: `vigencia de la norma ${norm.id.replaceAll('-', ' ')}` };
}
