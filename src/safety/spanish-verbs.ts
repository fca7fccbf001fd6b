/** Of a verb that changes its stem: how the third person says it now, and how it was said once. */
export type Irregular = Readonly<Record<string, readonly [present: string, preterite: string]>>;

const VERB = /(@?[\p{L}-]+)([~^])/gu;
/** Who does it is doing it, has just done it, or is about to. */
const BEGUN = 'esta|estan|anda|andan|sigue|siguen|vive|viven|viene|vienen|estuvo|estaba|estaban';
const ABOUT =
  'quiere|quieren|va a|van a|viene a|vienen a|vino a|vinieron a|piensa|piensan|trata de|tratan de|intenta|intentan|acaba de|acaban de|amenaza con|amenazan con|dice que va a|dicen que van a|me dijo que va a';
const TRIED =
  'quiso|quisieron|trato de|trataron de|intento|intentaron|amenazo con|amenazaron con|llego a|llegaron a';

/**
 * Writes out what others do to whoever tells it, so that editors name the verb alone: `pegar~` is "me pega", "me están
 * pegando", "acaban de pegarnos", "nos van a pegar"; `pegar^` is "me pegó", "nos han pegado", "quisieron pegarme". A list
 * of infinitives goes the same: `@golpes~`.
 * @param infinitivesOf the infinitives of a list, by its name
 */
export function writeOutVerbs(
  pattern: string,
  infinitivesOf: (list: string) => readonly string[],
  irregular: Irregular,
): string {
  return pattern.replace(VERB, (_, name: string, time: string) => {
    const infinitives = name.startsWith('@') ? infinitivesOf(name.slice(1)) : [name];
    const forms = infinitives
      .flatMap(asSpoken)
      .map((infinitive) => formsOf(infinitive, irregular[infinitive]));
    return time === '~' ? nowWords(forms) : doneWords(forms);
  });
}

/** People say and write "golpiar" for "golpear". */
function asSpoken(infinitive: string): readonly string[] {
  return infinitive.endsWith('ear') ? [infinitive, infinitive.replace(/ear$/, 'iar')] : [infinitive];
}

interface VerbForms {
  readonly infinitive: string;
  readonly present: readonly string[];
  readonly preterite: readonly string[];
  readonly gerund: string;
  readonly participle: string;
}

function formsOf(infinitive: string, irregular: readonly [string, string] | undefined): VerbForms {
  const [stem, ending] = [infinitive.slice(0, -2), infinitive.slice(-2)];
  const isFirst = ending === 'ar';
  const present = irregular?.[0] ?? `${stem}${isFirst ? 'a' : 'e'}`;
  const preterite = irregular?.[1] ?? `${stem}${isFirst ? 'o' : 'io'}`;
  const past = preterite.replace(isFirst ? /o$/ : /i?o$/, '');
  return {
    infinitive,
    present: [present, `${present}n`],
    preterite: [preterite, `${past}${isFirst ? 'aron' : 'ieron'}`],
    gerund: `${stem}${isFirst ? 'ando' : 'iendo'}`,
    participle: `${stem}${isFirst ? 'ad' : 'id'}*`,
  };
}

function nowWords(forms: readonly VerbForms[]): string {
  const [infinitives, gerunds] = [wordsOf(forms, 'infinitive'), wordsOf(forms, 'gerund')];
  const present = forms.flatMap((form) => form.present).join('|');
  return (
    `((me|nos) (${present}|(${BEGUN}) (${gerunds})|(${ABOUT}) (${infinitives}))` +
    `|(${ABOUT}) (${enclitic(forms, 'infinitive')})|(${BEGUN}) (${enclitic(forms, 'gerund')}))`
  );
}

function doneWords(forms: readonly VerbForms[]): string {
  const preterite = forms.flatMap((form) => form.preterite).join('|');
  return (
    `((me|nos) (${preterite}|(ha|han|an|a) (${wordsOf(forms, 'participle')})|(${TRIED}) (${wordsOf(forms, 'infinitive')}))` +
    `|(${TRIED}) (${enclitic(forms, 'infinitive')}))`
  );
}

function wordsOf(forms: readonly VerbForms[], form: 'infinitive' | 'gerund' | 'participle'): string {
  return forms.map((verb) => verb[form]).join('|');
}

function enclitic(forms: readonly VerbForms[], form: 'infinitive' | 'gerund'): string {
  return forms.flatMap((verb) => [`${verb[form]}me`, `${verb[form]}nos`]).join('|');
}
