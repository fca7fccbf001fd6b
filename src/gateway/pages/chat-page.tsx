import type { VNode } from 'preact';
import type { Reply } from '../../channels/channel.ts';
import { MAX_MESSAGE_LENGTH } from '../../channels/message-limit.ts';
import { AnswerView, QuestionView } from './answer-view.tsx';
import { Layout } from './layout.tsx';
import type { Site } from './site.ts';

const EXAMPLES = [
  '¿Puedo trabajar en Guatemala si soy extranjero?',
  '¿Cuánto cuesta el pasaporte de adulto?',
  '¿Cómo pido refugio?',
  'Me deportaron. ¿Quién me ayuda al llegar?',
] as const;

/** What happened before the page was asked for; nothing on a first visit. */
export interface ChatState {
  readonly session?: string;
  readonly question?: string;
  readonly reply?: Reply;
  /** Why the question could not be answered; it then stays in the box. */
  readonly error?: string;
}

/** The chat. Without JavaScript its forms post to this same page; with it, assets/chat.js takes over. */
export function ChatPage({ site, state }: { readonly site: Site; readonly state: ChatState }): VNode {
  const hasReply = state.reply !== undefined;
  return (
    <Layout
      site={site}
      title="Orienta"
      description="Pregunte sobre las normas y los trámites de migración de Guatemala. Respuestas en palabras sencillas, con el artículo que las respalda."
      section="/"
      bodyClass={hasReply ? 'chat talking' : 'chat'}
    >
      <Welcome />
      <div id="log" class="log" role="log" aria-label="Conversación">
        {state.reply === undefined ? null : (
          <>
            <QuestionView text={state.question ?? ''} />
            <AnswerView reply={state.reply} />
          </>
        )}
      </div>
      <Examples session={state.session} />
      <p id="status" class="status" role="status" />
      <div id="alert" class="alert" role="alert">
        {state.error === undefined ? null : <p>{state.error}</p>}
      </div>
      <Composer session={state.session} text={hasReply ? '' : (state.question ?? '')} />
    </Layout>
  );
}

function Welcome(): VNode {
  return (
    <div class="welcome">
      <h1>Pregunte sobre migración en Guatemala</h1>
      <p class="lead">
        Le respondemos en palabras sencillas y le decimos qué artículo de la norma lo respalda.
      </p>
      <p class="care">
        Es un servicio informativo y gratuito. Le responde un programa, no una persona.{' '}
        <strong>No escriba nombres ni números de documento, y no mande documentos.</strong>
      </p>
    </div>
  );
}

function Examples({ session }: { readonly session: string | undefined }): VNode {
  return (
    <form class="examples" method="post" action="/">
      <SessionField session={session} />
      <p id="examples-title">Por ejemplo:</p>
      <ul aria-labelledby="examples-title">
        {EXAMPLES.map((example) => (
          <li key={example}>
            <button type="submit" name="text" value={example}>
              {example}
            </button>
          </li>
        ))}
      </ul>
    </form>
  );
}

function Composer({ session, text }: { readonly session: string | undefined; readonly text: string }): VNode {
  return (
    <div class="composer">
      <form id="ask" method="post" action="/">
        <SessionField session={session} />
        <div class="above">
          <label for="text">Su pregunta</label>
          <button type="submit" form="clear" class="clear">
            Borrar esta conversación
          </button>
        </div>
        <div class="row">
          <textarea
            id="text"
            name="text"
            rows={2}
            maxLength={MAX_MESSAGE_LENGTH}
            required
            autocomplete="off"
            aria-describedby="hint"
            value={text}
          />
          <button type="submit" class="primary">
            Enviar
          </button>
        </div>
        <p id="hint" class="hint">
          Enter envía. Mayús + Enter hace otra línea.
        </p>
      </form>
      <form id="clear" method="get" action="/" />
    </div>
  );
}

function SessionField({ session }: { readonly session: string | undefined }): VNode | null {
  return session === undefined ? null : <input type="hidden" name="session" value={session} />;
}
