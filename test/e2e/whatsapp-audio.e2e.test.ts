import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { knowledgeDir } from '#src/paths.ts';
import { freshDataDir } from '../support/fresh-data-dir.ts';
import { type RunningOrienta, startOrienta } from '../support/start-orienta.ts';
import { startWhatsAppStandIn, type WhatsAppStandIn } from '../support/whatsapp-stand-in/index.ts';

const WAIT = { timeout: 60_000, interval: 100 };

let dataDir: string;
let whatsapp: WhatsAppStandIn;
let orienta: RunningOrienta;

beforeAll(async () => {
  dataDir = await freshDataDir('whatsapp-audio');
  whatsapp = await startWhatsAppStandIn();
  orienta = await startOrienta({ DATA_DIR: dataDir, ...whatsapp.env });
  await whatsapp.untilLinking();
  await whatsapp.scanQr(whatsapp.qrText());
  await whatsapp.untilOpen();
}, 120_000);
afterAll(async () => {
  await orienta?.stop();
  await whatsapp?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

it('sends the vetted recording of a danger text and of an answer to who cannot read', {
  timeout: 180_000,
}, async () => {
  const eva = whatsapp.phonePerson('50255550107');
  const kinds = () => whatsapp.readOf(eva).map(({ type }) => type);
  await whatsapp.write(eva, 'mi esposo me está pegando');
  await expect.poll(kinds, WAIT).toEqual(['chat']);
  await whatsapp.write(eva, 'no sé leer');
  await expect.poll(kinds, WAIT).toContain('ptt');
  await whatsapp.write(eva, '¿Cómo saco el pasaporte de mi hijo?');
  await expect.poll(() => kinds().filter((kind) => kind === 'chat').length, WAIT).toBeGreaterThan(1);
  await whatsapp.write(eva, 'audio');
  await expect.poll(() => kinds().filter((kind) => kind === 'ptt').length, WAIT).toBe(2);
  const files = whatsapp.readOf(eva).flatMap(({ file }) => (file === undefined ? [] : [Buffer.from(file)]));
  const recorded = await Promise.all(
    ['peligro-violencia', 'pasaporte-de-menor'].map((id) =>
      readFile(join(knowledgeDir, `recordings/${id}.ogg`)),
    ),
  );
  expect(files).toEqual(recorded);
  expect(orienta.log()).not.toContain('recordings left out');
});
