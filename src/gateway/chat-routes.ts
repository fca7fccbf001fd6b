import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { renderPlain } from '../channels/render-plain.ts';
import { citationJson } from '../channels/reply-json.ts';
import type { Logger } from '../log.ts';
import { type AskParts, ask, readQuestion } from './ask.ts';
import { logFault, onlyMethods, type SendFault } from './error-response.ts';
import { FAULTS, faultOf } from './fault.ts';
import { AnswerView } from './pages/answer-view.tsx';
import { ChatPage, type ChatState } from './pages/chat-page.tsx';
import { renderFragment, renderPage } from './pages/render-page.ts';
import type { Site } from './pages/site.ts';

/** 2,000 characters take at most 24 KB, each written as `\uXXXX` twice or as `%XX` four times. */
const BODY_LIMIT = '32kb';

/** What the chat's routes need. */
export interface ChatRouteParts extends AskParts {
  readonly site: Site;
  readonly sendFault: SendFault;
  readonly log: Logger;
}

/** The chat page, its form for browsers without JavaScript, and the chat as JSON. */
export function chatRoutes(parts: ChatRouteParts): Router {
  const { site, sendFault } = parts;
  const router = Router();
  router.get('/', (_req, res) => {
    res.set('Cache-Control', 'no-cache').send(renderPage(ChatPage({ site, state: {} })));
  });
  router.post('/', express.urlencoded({ extended: false, limit: BODY_LIMIT }), (req, res) =>
    answerForm(parts, req, res),
  );
  router.all('/', onlyMethods(sendFault, 'GET', 'HEAD', 'POST'));
  router.post('/api/chat', onlyJson(sendFault), express.json({ limit: BODY_LIMIT }), (req, res) =>
    answerJson(parts, req, res),
  );
  router.all('/api/chat', onlyMethods(sendFault, 'POST'));
  return router;
}

/** Refuses a body that does not say it is JSON; this also keeps other sites' forms out. */
export function onlyJson(send: SendFault): RequestHandler {
  return (req, res, next) => {
    if (req.is('application/json') === 'application/json') next();
    else send(req, res, FAULTS.notJson);
  };
}

/** As JSON, or the answer's markup alone for whoever asks for `text/html`: the chat page puts it in its log. */
async function answerJson(parts: ChatRouteParts, req: Request, res: Response): Promise<void> {
  const question = readQuestion(req.body, parts.sessions);
  if (question === undefined) return parts.sendFault(req, res, FAULTS.badText);
  const reply = await ask(parts, question);
  res.set('Cache-Control', 'no-store').vary('Accept');
  if (req.accepts(['json', 'html']) === 'html') {
    res
      .set('X-Orienta-Session', question.session)
      .type('html')
      .send(renderFragment(AnswerView({ reply })));
    return;
  }
  res.json({
    session: question.session,
    kind: reply.kind,
    lang: reply.language,
    text: renderPlain(reply, { links: true }),
    citations: reply.citations.map(citationJson),
  });
}

/** The page again, with the answer or with what went wrong and the question still in its box. */
async function answerForm(parts: ChatRouteParts, req: Request, res: Response): Promise<void> {
  const show = (state: ChatState): void => {
    res.set('Cache-Control', 'no-store').send(renderPage(ChatPage({ site: parts.site, state })));
  };
  const question = readQuestion(req.body, parts.sessions);
  if (question === undefined) {
    res.status(FAULTS.badText.status);
    return show({ error: 'Escriba su pregunta: entre 1 y 2,000 caracteres.' });
  }
  const { session, text } = question;
  try {
    show({ session, question: text, reply: await ask(parts, question) });
  } catch (error) {
    const fault = faultOf(error);
    logFault(parts.log, res, fault, error);
    if (fault.retryAfter !== undefined) res.set('Retry-After', String(fault.retryAfter));
    res.status(fault.status);
    show({ session, question: text, error: fault.message });
  }
}
