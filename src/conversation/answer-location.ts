import type { Block } from '../answering/answer.ts';
import type { ShownCitation } from '../answering/citation.ts';
import type { Cite } from '../answering/cite.ts';
import { emergencyWords, igmContact } from '../answering/next-step.ts';
import { fill, type PhraseBook, type Phrases } from '../answering/phrases.ts';
import type { Reply } from '../channels/channel.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Language, Unit } from '../knowledge/unit.ts';
import type { Place } from '../places/place.ts';
import type { Places } from '../places/places.ts';
import { Passage } from '../retrieval/passage.ts';
import { nearWords, oldestYear, placeName } from './location-words.ts';
import { createFindNearest, type NearPlace, type Offer } from './nearest-places.ts';

/** What a location is answered from. */
export interface LocationParts {
  readonly knowledge: Knowledge;
  readonly phrases: PhraseBook;
  readonly places: Places;
  readonly cite: Cite;
}

/**
 * Says which municipality was understood, and the nearest shelter, attention centre and migration office.
 * @param placeId as {@link Places} gives it; any other id, and none, is answered with whom to ring
 * @throws {AppError} `PLACES_UNAVAILABLE`, retryable
 */
export type AnswerLocation = (placeId: string, language: Language) => Promise<Reply>;

const OFFERS: readonly Offer[] = ['shelter', 'attention', 'migration'];
const IGM = 'directorio/igm';
const HOME = 'GT';

/** @param parts whose gazetteer is read when the first location comes */
export function createAnswerLocation(parts: LocationParts): AnswerLocation {
  const { knowledge, places } = parts;
  const findNearest = createFindNearest(knowledge, places);
  return async (placeId, language) => {
    const place = placeId === '' ? undefined : await places.byId(placeId);
    if (place === undefined) return unknownReply(language, parts);
    const found = await Promise.all(OFFERS.map((offer) => findNearest(offer, place)));
    const near = found.filter((one) => one !== undefined);
    return near.length === 0
      ? unknownReply(language, parts)
      : nearReply(await whereWords(place, language, parts), near, language, parts);
  };
}

function nearReply(
  where: string,
  near: readonly NearPlace[],
  language: Language,
  parts: LocationParts,
): Reply {
  const said = parts.phrases[language];
  const [first] = near;
  const opening = `${where} ${said.location.nearest}`;
  return {
    kind: 'answer',
    language,
    blocks: [
      { kind: 'paragraph', text: opening, worth: 'lead', ...(first && { unit: first.unit.id }) },
      ...near.map(
        (place): Block => ({
          kind: 'paragraph',
          text: nearWords(place, language, said),
          worth: 'lead',
          unit: place.unit.id,
        }),
      ),
      ...sourceBlocks(near, said),
      ...emergencyBlocks(language, parts),
    ],
    citations: near.map(({ unit }) => citationOf(unit, parts)),
  };
}

function unknownReply(language: Language, parts: LocationParts): Reply {
  const { phrases, knowledge } = parts;
  const said = phrases[language];
  const igm = knowledge.units.get(IGM);
  return {
    kind: 'answer',
    language,
    blocks: [
      { kind: 'paragraph', text: said.location.unknown },
      { kind: 'paragraph', text: fill(said.next, { contacto: igmContact(knowledge, language) }) },
      ...emergencyBlocks(language, parts),
    ],
    citations: igm === undefined ? [] : [citationOf(igm, parts)],
  };
}

/** "Usted está cerca de Tecún Umán, San Marcos."; at a border also the town of Guatemala behind it. */
async function whereWords(
  place: Place,
  language: Language,
  { phrases, places }: LocationParts,
): Promise<string> {
  const { near, border } = phrases[language].location;
  const lugar = placeName(place, language);
  // The gazetteer knows towns and no borders: on this side of a river the nearest town may be on the other.
  const home = place.country === HOME ? undefined : await places.acrossBorder(place);
  return home === undefined
    ? fill(near, { lugar })
    : fill(border, { lugar, vecino: placeName(home, language) });
}

function sourceBlocks(near: readonly NearPlace[], said: Phrases): readonly Block[] {
  const year = oldestYear(near);
  if (year === undefined) return [];
  const text = fill(said.publicNotice, { year });
  return [{ kind: 'notice', text, brief: fill(said.publicNoticeBrief, { year }), worth: 'warning' }];
}

function emergencyBlocks(language: Language, { knowledge, phrases }: LocationParts): readonly Block[] {
  const text = emergencyWords(knowledge, phrases[language]);
  return text === undefined ? [] : [{ kind: 'paragraph', text, worth: 'warning' }];
}

/** Nobody searched for these units: the person asked for them by where they are. */
function citationOf(unit: Unit, { cite }: LocationParts): ShownCitation {
  return cite(new Passage(unit, 1, ['reference'])).shown();
}
