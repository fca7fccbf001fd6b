import { createCite } from './answering/cite.ts';
import { createExtractiveAnswerer } from './answering/extractive-answerer.ts';
import { loadPhrases, type PhraseBook } from './answering/phrases.ts';
import { createFindCommand } from './conversation/commands.ts';
import { createHandleMessage, type HandleMessage } from './conversation/handle-message.ts';
import { createDetectLanguage } from './conversation/language.ts';
import { createFindMissingArticle } from './conversation/missing-article.ts';
import { createFindCourtesy } from './conversation/smalltalk.ts';
import { type Knowledge, speaks } from './knowledge/knowledge.ts';
import { loadKnowledgeQuickly } from './knowledge/load-knowledge-quickly.ts';
import { type Language, languageSchema } from './knowledge/unit.ts';
import { createHybridRetriever } from './retrieval/hybrid-retriever.ts';
import { type IndexProgress, type IndexStatus, openIndex } from './retrieval/open-index.ts';
import type { Retriever } from './retrieval/retriever.ts';

/** Orienta without its channels: what the command line and the gateway share. */
export interface Assistant {
  readonly knowledge: Knowledge;
  readonly phrases: PhraseBook;
  readonly retriever: Retriever;
  readonly index: IndexStatus;
  readonly handle: HandleMessage;
}

/** What an assistant is opened from. */
export interface AssistantOptions {
  readonly knowledgeDir: string;
  readonly dataDir: string;
  /** Address under which people reach the pages, without a slash at the end. */
  readonly baseUrl: () => string;
  readonly now: () => Date;
  readonly onProgress?: (progress: IndexProgress) => void;
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
  const retriever = createHybridRetriever({ knowledge, index });
  const answerer = createExtractiveAnswerer({
    knowledge,
    phrases,
    cite: createCite(knowledge, options.baseUrl),
  });
  const handle = createHandleMessage({
    knowledge,
    retriever,
    answerer,
    phrases,
    findCourtesy: createFindCourtesy(phrases),
    detectLanguage: createDetectLanguage(languageSamples(knowledge)),
    findMissingArticle: createFindMissingArticle(knowledge),
    findCommand: createFindCommand(phrases),
    now: options.now,
  });
  return { knowledge, phrases, retriever, index: index.status, handle };
}

function languageSamples(knowledge: Knowledge): Record<Language, readonly string[]> {
  const units = [...knowledge.units.values()].filter(speaks);
  const of = (language: Language) => units.flatMap((unit) => unit.questions[language]);
  const [es, en, pt, fr, ht] = languageSchema.options.map(of);
  return { es: es ?? [], en: en ?? [], pt: pt ?? [], fr: fr ?? [], ht: ht ?? [] };
}
