import { validityWarning } from '../../answering/notices.ts';
import type { Norm } from '../../knowledge/unit.ts';
import { articlesAnswer } from './article-answer.ts';
import {
  type DeskAnswer,
  type DeskChoice,
  type DeskLimits,
  type Lookup,
  notHeld,
  offerList,
} from './desk-answer.ts';
import { numberedName, referenceForm } from './names.ts';
import { type NormLookupParts, reviewBlock, wordsBlock } from './norm-blocks.ts';
import { normFacts } from './norm-facts.ts';

/** More words than that describe a matter and name no norm. */
const MOST_WORDS = 6;
const MOST_OTHERS = 6;
const USAGE =
  'Escriba qué norma: su número, su nombre o un artículo. Por ejemplo: norma 46, norma Código de Migración.';

/** Answers "norma 46", "norma 46 de la Constitución", "norma Decreto 44-2016": the words, how they are cited, whether they hold. */
export function createNormLookup(parts: NormLookupParts): Lookup {
  return (argument, limits) => {
    if (argument === '') return notHeld(USAGE, '', []);
    const query = parts.finder.find(argument, limits.audience);
    if (query.named === 'unknown') return missing(argument, limits, parts);
    if (query.articles.length > 0) return articlesAnswer(query, limits, parts);
    const [norm, ...others] = query.norms;
    if (norm !== undefined) return normAnswer(norm, others, limits, parts);
    if (argument.split(/\s+/).length > MOST_WORDS) return undefined;
    return missing(argument, limits, parts);
  };
}

function normAnswer(
  norm: Norm,
  others: readonly Norm[],
  limits: DeskLimits,
  parts: NormLookupParts,
): DeskAnswer | undefined {
  const unit = parts.knowledge.units.get(`${norm.id}/*`);
  if (unit === undefined) return undefined;
  const choices = others.slice(0, MOST_OTHERS).map((other) => normChoice(other));
  return {
    kind: 'answer',
    blocks: [
      ...validityWarning(unit, parts.knowledge, limits),
      wordsBlock(numberedName(norm), unit),
      { kind: 'paragraph', text: `Cómo se cita: ${referenceForm(norm, undefined)}.`, unit: unit.id },
      {
        kind: 'list',
        title: 'Datos:',
        ordered: false,
        items: normFacts(norm, limits, parts.knowledge),
        unit: unit.id,
      },
      reviewBlock(unit, limits, parts),
      ...(choices.length === 0 ? [] : [offerList('También puede referirse a:', choices)]),
    ],
    units: [unit],
    topic: numberedName(norm),
    choices,
  };
}

function missing(argument: string, { audience }: DeskLimits, { finder }: NormLookupParts): DeskAnswer {
  return notHeld(
    `No tengo cargada ninguna norma que se llame «${argument}».`,
    '¿Quiso decir?',
    finder.near(argument, audience).map((norm) => normChoice(norm)),
  );
}

function normChoice(norm: Norm): DeskChoice {
  return { label: numberedName(norm), ask: `norma ${norm.id.replaceAll('-', ' ')}` };
}
