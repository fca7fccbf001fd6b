import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDataDir } from '../support/fresh-data-dir.ts';
import { type GraphApi, startGraphApi } from '../support/graph-api.ts';
import {
  ANA,
  BETO_SCOPED,
  from,
  PHONE_ID,
  sends,
  signatureOf,
  status,
  webhook,
} from '../support/graph-api-payloads.ts';
import { type RunningOrienta, startOrienta } from '../support/start-orienta.ts';

const SECRET = 'app-secret-of-the-tests';
const TOKEN = 'EAAtoken';

describe('the whole process behind WhatsApp’s Cloud API', () => {
  let dataDir: string;
  let graph: GraphApi;
  let orienta: RunningOrienta;

  beforeAll(async () => {
    dataDir = await freshDataDir('cloud');
    graph = await startGraphApi({ token: TOKEN, phoneId: PHONE_ID });
    graph.onAccepted(async ({ id }) => void (await post(webhook(status(id, 'sent')))));
    orienta = await startOrienta({
      DATA_DIR: dataDir,
      WHATSAPP_CLOUD_TOKEN: TOKEN,
      WHATSAPP_CLOUD_PHONE_ID: PHONE_ID,
      WHATSAPP_CLOUD_APP_SECRET: SECRET,
      WHATSAPP_CLOUD_VERIFY_TOKEN: 'palabra',
      WHATSAPP_CLOUD_URL: graph.url,
    });
  });
  afterAll(async () => {
    await orienta?.stop();
    await graph?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const post = async (body: object): Promise<number> => {
    const text = JSON.stringify(body);
    const headers = { 'Content-Type': 'application/json', 'X-Hub-Signature-256': signatureOf(text, SECRET) };
    return (await fetch(`${orienta.address}/api/whatsapp`, { method: 'POST', headers, body: text })).status;
  };
  const says = (text: string) => ({ ...sends.text(text), timestamp: String(Math.floor(Date.now() / 1_000)) });
  const sentTexts = () => graph.messages.map((message) => JSON.stringify(message));

  it('answers once, with the citation, whom Meta tells of twice, and tells a person without a phone apart', async () => {
    const asked = webhook(from({ phone: ANA }, says('¿Qué dice el artículo 46 del Código de Migración?')));
    expect(await post(asked)).toBe(200);
    expect(await post(asked)).toBe(200);
    await expect.poll(sentTexts, { timeout: 15_000 }).toHaveLength(2);
    expect(sentTexts()[0]).toMatch(/Lo dice: Código de Migración, artículo 46/);
    expect(sentTexts()[0]).toContain(ANA);
    expect(sentTexts()[1], 'the notice of the first contact').toContain('2411-2411');

    expect(await post(webhook(from({ scoped: BETO_SCOPED }, says('me quieren matar ayudenme'))))).toBe(200);
    await expect.poll(sentTexts, { timeout: 20_000 }).toHaveLength(3);
    expect(sentTexts()[2]).toContain(BETO_SCOPED);
    expect(sentTexts()[2]).toMatch(/Llame ya al 110/);
  });

  it('takes nothing that Meta did not sign', async () => {
    const body = JSON.stringify(webhook(from({ phone: ANA }, says('hola'))));
    const headers = { 'Content-Type': 'application/json', 'X-Hub-Signature-256': signatureOf(body, 'otro') };
    expect((await fetch(`${orienta.address}/api/whatsapp`, { method: 'POST', headers, body })).status).toBe(
      401,
    );
    expect(orienta.log()).not.toMatch(/50255550101|matar|GT\.1349/);
  });
});
