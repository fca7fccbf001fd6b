// @ts-check
// The chat page with JavaScript: asks without leaving the page and keeps the talk in this tab only.
// Without it the same forms post to the server, which shows the same page with the answer.

const STORE = 'orienta';
const KEPT_TURNS = 20;
const TIMEOUT_MS = 40_000;

/** @typedef {{ question: string, answer: string }} Turn */

const body = document.body;
const log = /** @type {HTMLElement} */ (document.getElementById('log'));
const status = /** @type {HTMLElement} */ (document.getElementById('status'));
const alertBox = /** @type {HTMLElement} */ (document.getElementById('alert'));
const form = /** @type {HTMLFormElement} */ (document.getElementById('ask'));
const input = /** @type {HTMLTextAreaElement} */ (document.getElementById('text'));
const examples = /** @type {HTMLFormElement} */ (document.querySelector('.examples'));
const clearForm = /** @type {HTMLFormElement} */ (document.getElementById('clear'));

/** @type {{ session: string, turns: Turn[] }} */
let talk = { session: '', turns: [] };
let isWaiting = false;

/** @param {string} tag @param {string} className @param {string} [text] */
function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** @param {string} question */
function showQuestion(question) {
  const turn = element('div', 'turn asked');
  turn.append(element('p', 'who', 'Usted'), element('p', 'said', question));
  log.append(turn);
  body.classList.add('talking');
  return turn;
}

/** The markup comes from this server, which escapes every word in it. @param {string} markup */
function showAnswer(markup) {
  const template = document.createElement('template');
  template.innerHTML = markup;
  log.append(template.content);
}

/** @param {Element} turn */
function scrollTo(turn) {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  turn.scrollIntoView({ block: 'start', behavior: calm ? 'auto' : 'smooth' });
}

function save() {
  talk.turns = talk.turns.slice(-KEPT_TURNS);
  try {
    sessionStorage.setItem(STORE, JSON.stringify(talk));
  } catch {
    // Storage may be full or forbidden: the talk then ends with the page.
  }
}

function restore() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(STORE) ?? 'null');
    if (typeof kept?.session !== 'string' || !Array.isArray(kept.turns)) return;
    talk = kept;
  } catch {
    return;
  }
  for (const { question, answer } of talk.turns) {
    showQuestion(question);
    showAnswer(answer);
  }
}

/**
 * @param {string} text
 * @returns {Promise<{ answer: string, session: string }>} throws an Error whose message is for the person
 */
async function send(text) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
  try {
    const response = await fetch('/api/chat', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'text/html' },
      body: JSON.stringify(talk.session === '' ? { text } : { text, session: talk.session }),
      signal: abort.signal,
    }).catch(() => {
      throw new Error('No hay conexión. Su pregunta no se perdió.');
    });
    if (!response.ok) {
      const said = await response.json().catch(() => null);
      throw new Error(said?.error?.message ?? 'Algo falló. Su pregunta no se perdió.');
    }
    const answer = await response.text().catch(() => {
      throw new Error('Se cortó la conexión. Su pregunta no se perdió.');
    });
    return { answer, session: response.headers.get('X-Orienta-Session') ?? '' };
  } finally {
    clearTimeout(timer);
  }
}

/** @param {string} message @param {() => void} retry */
function showFailure(message, retry) {
  const button = /** @type {HTMLButtonElement} */ (element('button', 'retry', 'Volver a intentar'));
  button.type = 'button';
  button.addEventListener('click', retry);
  alertBox.replaceChildren(element('p', '', message), button);
}

/** @param {string} text @param {Element} [asked] the question as already shown, when this is another try */
async function ask(text, asked) {
  if (isWaiting) return;
  const tried = talk;
  isWaiting = true;
  alertBox.replaceChildren();
  status.textContent = 'Buscando…';
  const turn = asked ?? showQuestion(text);
  turn.classList.remove('failed');
  scrollTo(turn);
  input.focus({ preventScroll: true });
  try {
    const { answer, session } = await send(text);
    if (tried !== talk) return;
    // Another try may come after newer turns: the question goes where its answer goes.
    if (turn !== log.lastElementChild) log.append(turn);
    showAnswer(answer);
    talk.session = session;
    talk.turns.push({ question: text, answer });
    save();
    scrollTo(turn);
  } catch (error) {
    if (tried !== talk) return;
    turn.classList.add('failed');
    showFailure(error instanceof Error ? error.message : 'Algo falló.', () => ask(text, turn));
  } finally {
    if (tried === talk) {
      isWaiting = false;
      status.textContent = '';
    }
  }
}

function submitInput() {
  const text = input.value.trim();
  if (text === '' || isWaiting) return;
  input.value = '';
  void ask(text);
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  submitInput();
});

input.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  submitInput();
});

examples.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('button') : null;
  if (button === null) return;
  event.preventDefault();
  void ask(button.value);
});

clearForm.addEventListener('submit', (event) => {
  event.preventDefault();
  sessionStorage.removeItem(STORE);
  talk = { session: '', turns: [] };
  isWaiting = false;
  log.replaceChildren();
  alertBox.replaceChildren();
  body.classList.remove('talking');
  status.textContent = 'Se borró la conversación de este aparato.';
  input.value = '';
  input.focus();
});

restore();
