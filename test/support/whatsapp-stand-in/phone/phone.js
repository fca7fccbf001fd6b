/* The screen of the person's phone: what the demo's server tells is drawn, what is typed is sent to it. */
const $ = (id) => document.getElementById(id);
const LINES = {
  open: 'en línea',
  dropped: 'sin conexión: los mensajes esperan',
  linking: 'sin enlazar',
  away: 'sin navegador: Orienta arranca o se recupera',
};
const KINDS = {
  image: '📷 Foto',
  sticker: '🙂 Sticker',
  location: '📍 Ubicación',
  vcard: '👤 Contacto',
  call_log: '📞 Llamada perdida',
  revoked: 'Mensaje eliminado',
  document: '📄 Documento',
};
const TICKS = { 0: '🕓', 1: '✓', 2: '✓✓', 3: '✓✓' };

let world = { line: 'away', people: [] };
let chosen = 0;
let drawn = '';
/** What the next message answers or corrects. */
let context;

const person = () => world.people[chosen];

async function act(what, facts = {}) {
  const answer = await fetch('/act', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ what, person: chosen, ...facts }),
  });
  $('fault').hidden = answer.ok;
  if (!answer.ok) $('fault').textContent = 'No se pudo: el teléfono de prueba no respondió. Pruebe otra vez.';
}

const stream = new EventSource('/events');
stream.onmessage = ({ data }) => {
  world = JSON.parse(data);
  draw();
};
stream.onerror = () => {
  $('state').textContent = 'El ensayo terminó. Arránquelo de nuevo con npm run whatsapp:demo';
};

function draw() {
  const { line, people } = world;
  if ($('person').options.length !== people.length) {
    $('person').replaceChildren(...people.map(({ name }, index) => new Option(name, String(index))));
    $('person').value = String(chosen);
  }
  const isTyping = line === 'open' && person().isTyping;
  $('state').textContent = isTyping ? 'escribiendo…' : LINES[line];
  const now = JSON.stringify([chosen, person().messages]);
  if (now === drawn) return;
  drawn = now;
  const list = $('messages');
  list.replaceChildren(...person().messages.map(bubble));
  list.scrollTop = list.scrollHeight;
}

function bubble(message) {
  const item = document.createElement('li');
  item.className = message.isMine ? 'bubble mine' : 'bubble';
  item.append(...body(message));
  const meta = document.createElement('span');
  meta.className = 'meta';
  const hour = new Date(message.at).toLocaleTimeString('es-GT', { hour: '2-digit', minute: '2-digit' });
  meta.textContent = message.isMine ? hour : `${hour} ${TICKS[message.ack] ?? ''}`;
  item.append(meta);
  item.addEventListener('click', ({ target }) => {
    if (target.closest('a, button, audio') === null) toggleActs(item, message);
  });
  return item;
}

function body({ id, type, text, hasFile }) {
  if (type === 'ptt' && hasFile) {
    const audio = document.createElement('audio');
    audio.controls = true;
    audio.src = `/file?id=${encodeURIComponent(id)}`;
    return [audio];
  }
  if (type === 'chat') return text === '' ? [italic('Mensaje eliminado')] : formatted(text);
  return [
    document.createTextNode([KINDS[type] ?? type, type === 'vcard' ? '' : text].filter(Boolean).join('\n')),
  ];
}

function italic(text) {
  const span = document.createElement('span');
  span.className = 'gone';
  span.textContent = text;
  return span;
}

/** WhatsApp's own marks, and links. */
function formatted(text) {
  return text.split(/(\*[^*\n]+\*|_[^_\n]+_|https?:\/\/\S+)/).map((part) => {
    if (/^https?:/.test(part)) {
      const link = document.createElement('a');
      Object.assign(link, { href: part, textContent: part, target: '_blank', rel: 'noreferrer' });
      return link;
    }
    const mark = /^([*_])(.+)\1$/s.exec(part);
    if (mark === null) return document.createTextNode(part);
    const strong = document.createElement(mark[1] === '*' ? 'strong' : 'em');
    strong.textContent = mark[2];
    return strong;
  });
}

function toggleActs(item, message) {
  const open = item.querySelector('.acts');
  for (const acts of document.querySelectorAll('.acts')) acts.remove();
  if (open !== null) return;
  const acts = document.createElement('div');
  acts.className = 'acts';
  const add = (label, act) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = label;
    button.addEventListener('click', act);
    acts.append(button);
  };
  const begin = (kind) => () => {
    context = { kind, id: message.id };
    $('context').hidden = false;
    $('context').firstElementChild.textContent =
      `${kind === 'edit' ? 'Corrige' : 'Responde a'}: ${message.text}`;
    if (kind === 'edit') $('text').value = message.text;
    $('text').focus();
  };
  add('Responder', begin('quote'));
  if (message.isMine) {
    add('Corregir', begin('edit'));
    add('Eliminar', () => act('delete', { id: message.id }));
  } else {
    add('👍', () => act('react', { id: message.id, emoji: '👍' }));
    add('👎', () => act('react', { id: message.id, emoji: '👎' }));
  }
  item.append(acts);
  acts.scrollIntoView({ block: 'nearest' });
}

function endContext() {
  context = undefined;
  $('context').hidden = true;
}

$('person').addEventListener('change', () => {
  chosen = Number($('person').value);
  endContext();
  draw();
});
$('context').querySelector('button').addEventListener('click', endContext);
$('writing').addEventListener('submit', (event) => {
  event.preventDefault();
  const text = $('text').value.trim();
  if (text === '') return;
  if (context?.kind === 'edit') void act('edit', { id: context.id, text });
  else void act('write', { text, quoted: context?.id });
  $('text').value = '';
  endContext();
});
$('text').addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey) return;
  event.preventDefault();
  $('writing').requestSubmit();
});
for (const menu of document.querySelectorAll('.menu')) {
  menu.addEventListener('click', ({ target }) => {
    const { send, place, line } = target.dataset;
    if (send !== undefined) void act(send);
    if (place !== undefined) void act('location', { place: place.split(',').map(Number) });
    if (line !== undefined) void act(line);
    if (target.matches('button')) menu.open = false;
  });
}

let recording;
$('voice').addEventListener('click', async () => {
  if (recording !== undefined) {
    recording.stop();
    return;
  }
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const parts = [];
    const startedAt = Date.now();
    recording = new MediaRecorder(stream);
    $('voice').setAttribute('aria-pressed', 'true');
    recording.ondataavailable = ({ data }) => parts.push(data);
    recording.onstop = async () => {
      const mime = recording.mimeType;
      recording = undefined;
      $('voice').setAttribute('aria-pressed', 'false');
      for (const track of stream.getTracks()) track.stop();
      const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
      const data = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
      await act('voice', { data, mime, seconds: Math.round((Date.now() - startedAt) / 1000) });
    };
    recording.start();
  } catch {
    $('fault').hidden = false;
    $('fault').textContent = 'El navegador no dio permiso para usar el micrófono.';
  }
});
