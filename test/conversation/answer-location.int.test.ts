import { beforeAll, describe, expect, it } from 'vitest';
import { createCite } from '#src/answering/cite.ts';
import { loadPhrases } from '#src/answering/phrases.ts';
import type { Reply } from '#src/channels/channel.ts';
import { renderPlain } from '#src/channels/render-plain.ts';
import { whatsAppText } from '#src/channels/render-whatsapp.ts';
import { type AnswerLocation, createAnswerLocation } from '#src/conversation/answer-location.ts';
import { condense } from '#src/conversation/condense.ts';
import type { Knowledge } from '#src/knowledge/knowledge.ts';
import { loadKnowledge } from '#src/knowledge/load-knowledge.ts';
import { languageSchema } from '#src/knowledge/unit.ts';
import { knowledgeDir } from '#src/paths.ts';
import { createPlaces } from '#src/places/places.ts';
import { readGazetteer } from '#src/places/read-gazetteer.ts';

const LONGEST = 900;
const places = createPlaces(async () => readGazetteer());
let knowledge: Knowledge;
let answer: AnswerLocation;

beforeAll(async () => {
  knowledge = await loadKnowledge(knowledgeDir);
  const phrases = await loadPhrases(knowledgeDir);
  const cite = createCite(knowledge, () => 'https://orienta.example');
  answer = createAnswerLocation({ knowledge, phrases, places, cite });
});

const textOf = (reply: Reply) => renderPlain(reply, { links: false });
const at = async (latitude: number, longitude: number) =>
  (await places.locate(latitude, longitude))?.id ?? '';

describe('a location of Guatemala', () => {
  it('is answered with its municipality and what is nearest to it', async () => {
    const reply = await answer(await at(14.679, -92.145), 'es');
    expect(reply).toMatchObject({ kind: 'answer', language: 'es' });
    const text = textOf(reply);
    expect(text).toMatch(
      /^Usted está cerca de Tecún Umán, San Marcos\. Lo más cercano en Guatemala, en línea recta:\n/,
    );
    expect(text).toContain('\n\nAlbergue: Casa del Migrante, Tecún Umán, en ese municipio.\n');
    expect(text).toContain('\n\nCentro de atención: CAPMiR, a unos 100 km. Huehuetenango.\n');
    expect(text).toMatch(
      /\n\nOficina de migración: IGM, a unos 1\d[05] km\. Ciudad de Guatemala\. Teléfono 2411-2411, WhatsApp 3757-0902, lunes/,
    );
    expect(text).toContain('110');
    expect(reply.citations.map(({ unit }) => unit)).toEqual([
      'directorio/casa-tecun',
      'directorio/capmir',
      'directorio/igm',
    ]);
  });

  it('is answered with the hours of the place meant, and of no other of the same institution', async () => {
    expect(textOf(await answer(await at(14.5631, -89.3511), 'es'))).toContain(
      'CAPMiR, en ese municipio. Agua Caliente, Esquipulas (km 233, carretera a Honduras). Lunes a viernes, 9:00 a 15:00 (dato de la apertura).',
    );
    const huehuetenango = textOf(await answer(await at(15.3197, -91.4711), 'es'));
    expect(huehuetenango).toContain('CAPMiR, en ese municipio.\n');
  });

  it.each([
    ['Puerto Barrios', 15.7309, -88.5983, 'directorio/casa-entrerios'],
    ['El Ceibo', 17.262, -90.981, 'directorio/casa-ceibo'],
    ['Flores', 16.9303, -89.8925, 'directorio/casa-ceibo'],
    ['the capital', 14.6419, -90.5133, 'directorio/casa-guate'],
    ['Esquipulas', 14.5631, -89.3511, 'directorio/casa-esquipulas'],
    ['Tapachula', 14.9047, -92.2603, 'directorio/casa-tecun'],
    ['Corinto', 15.583, -88.372, 'directorio/casa-entrerios'],
  ])('%s is sent to its nearest shelter', async (_where, latitude, longitude, shelter) => {
    const reply = await answer(await at(latitude, longitude), 'es');
    expect(reply.citations[0]?.unit).toBe(shelter);
  });
});

it('a location across the border says the country, and the town of Guatemala behind it', async () => {
  const tapachula = await at(14.9047, -92.2603);
  expect(textOf(await answer(tapachula, 'es'))).toMatch(
    /^Usted está cerca de Tapachula, México, y de Catarina, San Marcos, en Guatemala\./,
  );
  expect(textOf(await answer(tapachula, 'en'))).toMatch(/^You are near Tapachula, Mexico, and near Catarina/);
});

it.each(['', 'gt-0', '14.68,-92.14', 'me llamo Ana'])('the id "%s" is no place', async (id) => {
  const reply = await answer(id, 'es');
  expect(reply.kind).toBe('answer');
  const text = textOf(reply);
  expect(text).toMatch(/^No reconozco ese lugar/);
  expect(text).toContain('2411-2411');
  expect(text).toContain('110');
  expect(text).not.toContain('Ana');
  expect(reply.citations.map(({ unit }) => unit)).toEqual(['directorio/igm']);
});

it.each(languageSchema.options)(
  'wherever somebody is, the answer in %s fits one message',
  async (language) => {
    const all = readGazetteer();
    expect(all.length).toBeGreaterThan(1000);
    const lengths = await Promise.all(
      all.map(async ({ id }) => {
        const reply = await answer(id, language);
        if (condense(reply).rest !== undefined) return [Number.POSITIVE_INFINITY, id] as const;
        return [Math.max(textOf(reply).length, whatsAppText(reply).length), id] as const;
      }),
    );
    expect(lengths.filter(([length]) => length > LONGEST)).toEqual([]);
    expect(textOf(await answer('gt-3598129', language))).not.toMatch(/[{}]/);
  },
);

it('every place of the directory is on the map, and stated by a claim that may answer', async () => {
  const units = [...knowledge.units.values()].filter((unit) => unit.places.length > 0);
  expect(units.length).toBeGreaterThan(10);
  for (const unit of units) {
    for (const { town, department, claim } of unit.places) {
      expect(await places.named(town, department), `${unit.id}: ${town}, ${department}`).toBeDefined();
      const stated = unit.claims.find(({ id }) => id === claim);
      expect(stated?.confidence, `${unit.id}: ${claim}`).toMatch(/high|medium/);
    }
  }
});

it('places that staff alone may read are told to nobody', async () => {
  const phrases = await loadPhrases(knowledgeDir);
  const secret = new Map(
    [...knowledge.units].map(([id, unit]) => [id, { ...unit, audience: 'staff' as const }]),
  );
  const closed = createAnswerLocation({
    knowledge: { ...knowledge, units: secret },
    phrases,
    places,
    cite: createCite(knowledge, () => ''),
  });
  expect(textOf(await closed('gt-3598129', 'es'))).not.toContain('Casa del Migrante');
});
