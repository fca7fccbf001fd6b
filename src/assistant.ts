import { createCite } from './answering/cite.ts';
import { createExtractiveAnswerer } from './answering/extractive-answerer.ts';
import { loadPhrases, type PhraseBook } from './answering/phrases.ts';
import type { SearchCompendium } from './channels/compendium-search.ts';
import type { OfferFile } from './channels/file-shelf.ts';
import { createAnswerLocation } from './conversation/answer-location.ts';
import { createFindCommand } from './conversation/commands.ts';
import { createFindRecording } from './conversation/find-recording.ts';
import { type NoticeFacts, noticeReply } from './conversation/first-notice.ts';
import { createHandleMessage, type HandleMessage } from './conversation/handle-message.ts';
import { createDetectLanguage, type LanguageSamples } from './conversation/language.ts';
import { createFindMissingArticle } from './conversation/missing-article.ts';
import { createReadNumber } from './conversation/read-number.ts';
import { createRespell, vocabularyOf } from './conversation/respell.ts';
import { createSearchCompendium } from './conversation/search-compendium.ts';
import { createCourtesies } from './conversation/smalltalk.ts';
import { type Desk, openDesk } from './conversation/staff/open-desk.ts';
import { type OnStage, timeAnswerer, timeRetriever } from './conversation/timed-stages.ts';
import { createUnderstand, type Understand } from './conversation/understand.ts';
import { type Knowledge, speakingClaims, speaks } from './knowledge/knowledge.ts';
import { loadKnowledgeQuickly } from './knowledge/load-knowledge-quickly.ts';
import type { Recording } from './knowledge/recordings.ts';
import type { Language } from './knowledge/unit.ts';
import { createPlaces, type Places } from './places/places.ts';
import { createContinueReference } from './retrieval/continue-reference.ts';
import { createReferenceFinder, type ReferenceFinder } from './retrieval/find-references.ts';
import { createHybridRetriever } from './retrieval/hybrid-retriever.ts';
import { type IndexProgress, type IndexStatus, openIndex } from './retrieval/open-index.ts';
import type { Retriever } from './retrieval/retriever.ts';
import { createReplyToDanger } from './safety/danger-reply.ts';
import { loadDangerBook } from './safety/load-danger-book.ts';
import { createTriage, type Triage } from './safety/triage.ts';

/** Orienta without its channels: what the command line and the gateway share. */
export interface Assistant {
  readonly knowledge: Knowledge;
  readonly phrases: PhraseBook;
  readonly retriever: Retriever;
  readonly index: IndexStatus;
  readonly understand: Understand;
  readonly handle: HandleMessage;
  /** Tells which messages speak of danger, and may not wait. */
  readonly triage: Triage;
  /** What staff's buttons under answers make of them. */
  readonly desk: Pick<Desk, 'exportTables' | 'copyForWhatsApp'>;
  /** The search from Teams' compose box. */
  readonly search: SearchCompendium;
  /** The gazetteer, read when the first location comes. */
  readonly places: Places;
}

/** What an assistant is opened from. */
export interface AssistantOptions {
  readonly knowledgeDir: string;
  readonly dataDir: string;
  /** Address under which people reach the pages, without a slash at the end. */
  readonly baseUrl: () => string;
  readonly now: () => Date;
  /** What the notice of the first contact says of this Orienta; absent, none is given. */
  readonly notice?: NoticeFacts;
  /** The vetted recordings that may be sent; absent where there are none. */
  readonly recordings?: readonly Recording[];
  /** Whether a speech service speaks what no recording says. */
  readonly speaks?: boolean;
  /** Where files can be fetched; absent where nobody could reach them. */
  readonly offerFile?: OfferFile;
  readonly onProgress?: (progress: IndexProgress) => void;
  readonly onStage?: OnStage;
}

/**
 * Reads the knowledge, opens or builds its index and joins the parts of a turn.
 * @throws {FaultsError} `KNOWLEDGE_INVALID` naming each fault with file and line
 * @throws {AppError} `INDEX_UNAVAILABLE` when the index can neither be read nor built
 */
export async function openAssistant(options: AssistantOptions): Promise<Assistant> {
  const [knowledge, phrases] = await Promise.all([
    loadKnowledgeQuickly(options.knowledgeDir, options.dataDir),
    loadPhrases(options.knowledgeDir),
  ]);
  const index = await openIndex({
    knowledge,
    dataDir: options.dataDir,
    ...(options.onProgress && { onProgress: options.onProgress }),
  });
  const findReferences = createReferenceFinder(knowledge);
  const retriever = createHybridRetriever({ index, findReferences });
  const { onStage = () => {} } = options;
  const readers = createReaders(knowledge, phrases, findReferences);
  const continueReference = createContinueReference(knowledge.norms.values());
  const understand = createUnderstand({
    retriever: timeRetriever(retriever, onStage),
    continueReference,
    stripCourtesies: readers.courtesies.strip,
  });
  const cite = createCite(knowledge, options.baseUrl);
  const answerer = createExtractiveAnswerer({ knowledge, phrases, cite });
  const book = await loadDangerBook(options.knowledgeDir, knowledge);
  const dangers = { triage: createTriage(book), reply: createReplyToDanger(book, knowledge), cite };
  const places = createPlaces();
  const desk = openDesk({
    ...{ knowledge, phrases, retriever, findReferences, continueReference, cite },
    offer: options.offerFile,
    now: options.now,
  });
  const handle = createHandleMessage({
    ...readers,
    knowledge,
    understand,
    answerer: timeAnswerer(answerer, onStage),
    phrases,
    answerLocation: createAnswerLocation({ knowledge, phrases, places, cite }),
    dangers,
    staffTurn: desk.turn,
    ...(options.notice && { notice: options.notice }),
    findRecording: createFindRecording({
      recordings: options.recordings ?? [],
      notice: options.notice && noticeReply(options.notice, 'es', { knowledge, phrases }),
    }),
    speaks: options.speaks === true,
    now: options.now,
  });
  const { triage } = dangers;
  const search = createSearchCompendium({ knowledge, retriever, cite, now: options.now });
  return {
    knowledge,
    phrases,
    retriever,
    understand,
    index: index.status,
    handle,
    triage,
    search,
    desk,
    places,
  };
}

/** What reads a message before anything is searched for it. */
function createReaders(knowledge: Knowledge, phrases: PhraseBook, findReferences: ReferenceFinder) {
  return {
    courtesies: createCourtesies(phrases),
    detectLanguage: createDetectLanguage(languageSamples(knowledge)),
    findMissingArticle: createFindMissingArticle(knowledge, findReferences),
    findCommand: createFindCommand(phrases),
    readNumber: createReadNumber(phrases),
    respell: createRespell(vocabularyOf(knowledge, phrases)),
  };
}

function languageSamples(knowledge: Knowledge): LanguageSamples {
  const units = [...knowledge.units.values()].filter(speaks);
  const of = (language: Language) => units.flatMap((unit) => unit.questions[language]);
  return {
    questions: { es: of('es'), en: of('en'), pt: of('pt'), fr: of('fr'), ht: of('ht') },
    spanish: units.flatMap((unit) => [unit.title, ...speakingClaims(unit).map(({ text }) => text)]),
  };
}
