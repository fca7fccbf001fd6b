import type { PlacedUnit, Rule } from '../corpus.ts';
import { readTexts } from './wording.ts';

/*
 * A claim is read alone, on a small screen, by somebody who never saw the unit it stands in. What it says about its own
 * source or article, and a "there" without a "what", is lost on that reader.
 */

/** Openings of a sentence that speak of the law's text or of a source instead of the person. */
const ABOUT_THE_TEXT =
  /^(?:(?:con base )?en est(?:e artículo|os artículos)|est(?:e artículo|os artículos)|el código (?:dedica|regula)|(?:la|una) (?:página|nota|guía)|según una? (?:página|nota|guía|firma|columna|editorial))(?!\p{L})/iu;

/** Openings of a place or a contact that do not say whose it is. */
const WITHOUT_SUBJECT =
  /^(?:está|atiende|recibe|su (?:oficina|teléfono|sitio)|el (?:otro )?(?:teléfono|whatsapp|correo|sitio) es|la línea es)(?!\p{L})/iu;

/** A character of HTML that was escaped before it got here. */
const ESCAPED = /&(?:amp|lt|gt|quot|apos|nbsp|#x?[\da-f]+);/iu;

/** A machine's number where the name of an organisation belongs. */
const BARE_ADDRESS = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/u;

/** A claim says what holds for the person; what a page or an article is about belongs in `note`. */
export const claimsAboutTheText: Rule = ({ placedUnits }) =>
  eachClaim(placedUnits, ({ text }) => {
    const opening = sentencesOf(text)
      .map((sentence) => ABOUT_THE_TEXT.exec(sentence)?.[0])
      .find((match) => match !== undefined);
    return opening === undefined
      ? undefined
      : `empieza con «${opening}»; diga qué vale para la persona y pase la fuente a «note»`;
  });

/** A place, a number or a site says whose it is. */
export const contactsWithoutSubject: Rule = ({ placedUnits }) =>
  eachClaim(placedUnits, ({ part, text }) => {
    const opening = part === 'where' || part === 'contact' ? WITHOUT_SUBJECT.exec(text)?.[0] : undefined;
    return opening === undefined
      ? undefined
      : `empieza con «${opening}» y no dice de quién; nombre la oficina o la institución`;
  });

/** Escaped characters show as garbage, in texts and in sources alike. */
export const escapedCharacters: Rule = ({ placedUnits }) =>
  placedUnits.flatMap((placed) => [
    ...readTexts(placed).flatMap(({ path, text }) => {
      const found = ESCAPED.exec(text)?.[0];
      return found === undefined ? [] : [placed.at(path, escapedMessage(found))];
    }),
    ...eachSource(placed, (source) => {
      const found = ESCAPED.exec(source)?.[0];
      return found === undefined ? undefined : escapedMessage(found);
    }),
  ]);

/** A source is named by its site or organisation: a bare number tells nobody who said it. */
export const namelessSources: Rule = ({ placedUnits }) =>
  placedUnits.flatMap((placed) =>
    eachSource(placed, (source) => {
      const found = BARE_ADDRESS.exec(source)?.[0];
      return found === undefined ? undefined : `da como fuente «${found}»; ponga el sitio o la organización`;
    }),
  );

function escapedMessage(found: string): string {
  return `tiene «${found}», un signo mal copiado; escriba el signo mismo`;
}

function sentencesOf(text: string): readonly string[] {
  return text.split(/(?<=[.:;]) /u);
}

type Claim = PlacedUnit['unit']['claims'][number];

function eachClaim(placedUnits: readonly PlacedUnit[], fault: (claim: Claim) => string | undefined) {
  return placedUnits.flatMap((placed) =>
    placed.unit.claims.flatMap((claim, index) => {
      const message = fault(claim);
      return message === undefined ? [] : [placed.at(['claims', index, 'text'], message)];
    }),
  );
}

function eachSource(placed: PlacedUnit, fault: (source: string) => string | undefined) {
  return placed.unit.claims.flatMap((claim, index) =>
    claim.sources.flatMap((source, at) => {
      const message = fault(source);
      return message === undefined ? [] : [placed.at(['claims', index, 'sources', at], message)];
    }),
  );
}
