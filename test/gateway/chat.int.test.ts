import { describe, expect, it } from 'vitest';
import { AppError } from '#src/errors.ts';
import { answerWork, reply, startGateway } from './gateway-harness.ts';

const SESSION = /^[A-Za-z0-9_-]{22,}$/;

async function errorOf(response: Response): Promise<{ code: string; message: string }> {
  const { error } = await response.json();
  return error;
}

describe('POST /api/chat', () => {
  it('a question is answered with its session, kind, language, text and citations', async () => {
    const { ask } = await startGateway();
    const response = await ask({ text: ' ¿Puedo trabajar? ' });
    expect(response.status).toBe(200);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    const body = await response.json();
    expect(Object.keys(body)).toEqual(['session', 'kind', 'lang', 'text', 'citations']);
    expect(body).toMatchObject({ kind: 'answer', lang: 'es', session: expect.stringMatching(SESSION) });
    expect(body.text).toContain(
      'Usted preguntó: ¿Puedo trabajar?\n\nPasos\n1. Busque trabajo.\n2. Pida el permiso.\n\n',
    );
    expect(body.citations).toEqual([
      {
        unit: 'codigo-migracion/6',
        norm: 'codigo-migracion',
        article: '6',
        label: 'Código de Migración, artículo 6',
        url: 'https://orienta.example.gt/normas/codigo-migracion#art-6',
        validity: 'vigente',
      },
    ]);
  });

  it('a session goes on when the caller brings it back, and is a public conversation of its own', async () => {
    const { ask, received } = await startGateway();
    const { session } = await (await ask({ text: 'uno' })).json();
    const again = await (await ask({ text: 'dos', session })).json();
    const other = await (await ask({ text: 'tres' })).json();
    expect(again.session).toBe(session);
    expect(other.session).not.toBe(session);
    expect(received.map(({ conversation }) => conversation)).toEqual([
      `web:${session}`,
      `web:${session}`,
      `web:${other.session}`,
    ]);
    expect(received.every(({ audience }) => audience === 'public')).toBe(true);
  });

  it.each([
    ['an unknown session', 'A'.repeat(48)],
    ['a malformed one', '../../x'],
    ['one that is no text', 7],
    ['null', null],
  ])('%s gets a new one and an answer', async (_name, session) => {
    const { ask } = await startGateway();
    const response = await ask({ text: 'hola', session });
    expect(response.status).toBe(200);
    const body = await response.json();
    expect(body.session).toMatch(SESSION);
    expect(body.session).not.toBe(session);
  });

  it('two questions posted at once in one session each get their own answer', async () => {
    const { ask } = await startGateway({
      respond: async (message, knowledge) => {
        await new Promise((resolve) => setTimeout(resolve, message.text === 'uno' ? 60 : 1));
        return answerWork(message, knowledge);
      },
    });
    const { session } = await (await ask({ text: 'cero' })).json();
    const [one, two] = await Promise.all([ask({ text: 'uno', session }), ask({ text: 'dos', session })]);
    expect((await one.json()).text).toContain('Usted preguntó: uno');
    expect((await two.json()).text).toContain('Usted preguntó: dos');
  });

  it.each([
    ['no text', { session: 'x' }],
    ['an empty text', { text: '   ' }],
    ['a text of 2,001 characters', { text: 'a'.repeat(2_001) }],
    ['a text that is a number', { text: 5 }],
    ['a list', [{ text: 'hola' }]],
  ])('%s is refused with 400 and a plain sentence', async (_name, body) => {
    const { ask, received } = await startGateway();
    const response = await ask(body);
    expect(response.status).toBe(400);
    const error = await errorOf(response);
    expect(error.code).toBe('TEXT_INVALID');
    expect(error.message).toContain('2,000 caracteres');
    expect(received).toEqual([]);
  });

  it('a text of 2,000 characters that all need escapes is taken', async () => {
    const { ask, received } = await startGateway();
    const escaped = '\\u00f1'.repeat(2_000);
    expect((await ask(`{"text":"${escaped}"}`)).status).toBe(200);
    expect(received[0]?.text).toBe('ñ'.repeat(2_000));
  });

  it('malformed JSON is refused with 400, and neither answer nor log quotes it', async () => {
    const { ask, logged } = await startGateway();
    const response = await ask('{"text": secretoDeAna');
    expect(response.status).toBe(400);
    const error = await errorOf(response);
    expect(error.code).toBe('MALFORMED_REQUEST');
    expect(JSON.stringify(error)).not.toMatch(/secreto|Unexpected|SyntaxError/);
    expect(logged()).not.toContain('secreto');
  });

  it('a body over the limit is refused with 413', async () => {
    const { ask } = await startGateway();
    const response = await ask({ text: 'a'.repeat(100_000) });
    expect(response.status).toBe(413);
    expect((await errorOf(response)).code).toBe('TOO_LARGE');
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'a body of type %s is refused with 415',
    async (type) => {
      const { ask } = await startGateway();
      const response = await ask('{"text":"hola"}', { 'Content-Type': type });
      expect(response.status).toBe(415);
      expect((await errorOf(response)).code).toBe('UNSUPPORTED_TYPE');
    },
  );

  it('GET is refused with 405 and the method that is taken', async () => {
    const { get } = await startGateway();
    const response = await get('/api/chat', { headers: { Accept: 'text/html' } });
    expect(response.status).toBe(405);
    expect(response.headers.get('Allow')).toBe('POST');
    expect((await errorOf(response)).code).toBe('METHOD_NOT_ALLOWED');
  });

  it('a session that asks too much is told to wait, another session is not', async () => {
    const { ask } = await startGateway({ rateLimits: { perSession: 2, inTotal: 100 } });
    const { session } = await (await ask({ text: 'uno' })).json();
    expect((await ask({ text: 'dos', session })).status).toBe(200);
    const refused = await ask({ text: 'tres', session });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect((await errorOf(refused)).code).toBe('RATE_LIMITED');
    expect((await ask({ text: 'hola' })).status).toBe(200);
  });

  it('new sessions for every question run into the total', async () => {
    const { ask } = await startGateway({ rateLimits: { perSession: 20, inTotal: 3 } });
    const statuses = [];
    for (let count = 0; count < 4; count += 1) statuses.push((await ask({ text: 'hola' })).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
  });

  it('no reply within the deadline is a 503 with Retry-After, and the session goes on', async () => {
    let isMute = false;
    const { ask } = await startGateway({
      deadlineMs: 80,
      respond: async (message, knowledge) => (isMute ? undefined : answerWork(message, knowledge)),
    });
    const { session } = await (await ask({ text: 'uno' })).json();
    isMute = true;
    const silent = await ask({ text: 'dos', session });
    expect(silent.status).toBe(503);
    expect(Number(silent.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect((await errorOf(silent)).message).toContain('vuelva a intentar');
    isMute = false;
    expect((await ask({ text: 'tres', session })).status).toBe(200);
  });

  it('a store that is away is a 503 with Retry-After and a plain sentence', async () => {
    const { ask } = await startGateway({
      respond: async () => {
        throw new AppError('STORE_UNAVAILABLE', 'connect ECONNREFUSED 10.0.0.9', { retryable: true });
      },
    });
    const response = await ask({ text: 'hola' });
    expect(response.status).toBe(503);
    expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(0);
    const error = await errorOf(response);
    expect(error.message).toContain('vuelva a intentar');
    expect(JSON.stringify(error)).not.toMatch(/ECONN|10\.0/);
  });

  it('a store that can never be used is a 500, which nobody is asked to repeat', async () => {
    const { ask } = await startGateway({
      respond: async () => {
        throw new AppError('STORE_UNUSABLE', 'wrong key');
      },
    });
    const response = await ask({ text: 'hola' });
    expect(response.status).toBe(500);
    expect(response.headers.get('Retry-After')).toBeNull();
  });

  it('a failing turn tells the person nothing of its cause and the operator all of it, except the words', async () => {
    const { ask, logged } = await startGateway({
      respond: async () => {
        throw new Error('database password wrong');
      },
    });
    const response = await ask({ text: 'palabras de Ana' });
    expect(response.status).toBe(500);
    expect(await response.text()).not.toMatch(/password|Error|stack/);
    expect(logged()).toContain('database password wrong');
    expect(logged()).not.toContain('palabras de Ana');
  });

  it('who asks for HTML gets the answer as escaped markup with its source as a named link', async () => {
    const { ask } = await startGateway();
    const response = await ask({ text: '<img src=x onerror=alert(1)>' }, { Accept: 'text/html' });
    expect(response.headers.get('X-Orienta-Session')).toMatch(SESSION);
    const html = await response.text();
    expect(html).toContain('&lt;img src=x onerror=alert(1)>');
    expect(html).not.toContain('<img');
    expect(html).toContain('<a href="/normas/codigo-migracion#art-6">Código de Migración, artículo 6</a>');
  });

  it('an answer tells screen readers the language of each of its parts', async () => {
    const { ask } = await startGateway({
      respond: async (_message, knowledge) => ({
        ...reply(knowledge, 'codigo-migracion/6', [
          { kind: 'notice', text: 'For now I can only answer in Spanish:', lang: 'en' },
          { kind: 'paragraph', text: 'Sí puede.' },
          { kind: 'list', ordered: false, items: ['Pasaporte.'], lang: 'es' },
        ]),
        language: 'en',
      }),
    });
    const html = await (await ask({ text: 'can I work?' }, { Accept: 'text/html' })).text();
    expect(html).toMatch(/^<div class="turn answered answer" lang="es">/);
    expect(html).toContain('<p class="notice" lang="en">For now');
    expect(html).toContain('<p class="text">Sí puede.</p>');
    expect(html).toContain('<div class="list"><ul><li>Pasaporte.');
  });

  it('a reply of Orienta’s own sentences is in the person’s language', async () => {
    const { ask } = await startGateway({
      respond: async () => ({
        kind: 'smalltalk',
        language: 'en',
        blocks: [{ kind: 'paragraph', text: 'You are welcome.' }],
        citations: [],
      }),
    });
    const html = await (await ask({ text: 'thanks' }, { Accept: 'text/html' })).text();
    expect(html).toMatch(/^<div class="turn answered smalltalk" lang="en">/);
  });

  it('phones in an answer can be tapped, spans of years are no phones', async () => {
    const { ask } = await startGateway({
      respond: async (_message, knowledge) =>
        reply(knowledge, 'codigo-migracion/6', [
          { kind: 'paragraph', text: 'Llame al 2411-2411. La política es de 2019-2032.' },
        ]),
    });
    const html = await (await ask({ text: 'hola' }, { Accept: 'text/html' })).text();
    expect(html).toContain('Llame al <a href="tel:+50224112411">2411-2411</a>. La política es de 2019-2032.');
  });

  it('a request is logged by its route with the id the caller was given, without words or tokens', async () => {
    const { ask, logged } = await startGateway();
    const response = await ask({ text: 'mi nombre es Ana' });
    const { session } = await response.json();
    expect(logged()).toContain(`"request":"${response.headers.get('X-Request-Id')}"`);
    expect(logged()).toContain('"route":"/api/chat"');
    expect(logged()).not.toMatch(/Ana|127\.0\.0\.1/);
    expect(logged()).not.toContain(session);
  });
});

describe('the chat form without JavaScript', () => {
  const post = (address: string, fields: Record<string, string>): Promise<Response> =>
    fetch(`${address}/`, { method: 'POST', body: new URLSearchParams(fields) });

  it('answers on the same page, the question escaped and the session kept in the form', async () => {
    const { address } = await startGateway();
    const response = await post(address, { text: '<script>alert(1)</script>' });
    expect(response.status).toBe(200);
    const html = await response.text();
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('&lt;script>alert(1)&lt;/script>');
    expect(html).toContain('href="/normas/codigo-migracion#art-6"');
    expect(html).toMatch(/<input type="hidden" name="session" value="[\w-]{48}"/);
  });

  it('a question that fails stays in its box under a plain alert', async () => {
    const { address } = await startGateway({ deadlineMs: 50, respond: async () => undefined });
    const response = await post(address, { text: 'mi pregunta' });
    expect(response.status).toBe(503);
    expect(response.headers.get('Retry-After')).not.toBeNull();
    const html = await response.text();
    expect(html).toMatch(/role="alert"><p>Ahora mismo no podemos responder/);
    expect(html).toMatch(/<textarea[^>]*>mi pregunta<\/textarea>/);
  });

  it('an empty question is refused on the page', async () => {
    const { address } = await startGateway();
    const response = await post(address, { text: ' ' });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('Escriba su pregunta');
  });

  it('posts are limited like those of the endpoint', async () => {
    const { address } = await startGateway({ rateLimits: { perSession: 20, inTotal: 1 } });
    await post(address, { text: 'uno' });
    const refused = await post(address, { text: 'dos' });
    expect(refused.status).toBe(429);
    expect(await refused.text()).toContain('Hay muchas preguntas seguidas');
  });
});
