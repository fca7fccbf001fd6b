import { describe, expect, it } from 'vitest';
import { createUnderstand, type Matter } from '#src/conversation/understand.ts';
import { createContinueReference } from '#src/retrieval/continue-reference.ts';
import { Passage } from '#src/retrieval/passage.ts';
import { buildClaim, buildNorm, buildUnit } from '../support/builders.ts';

const units = {
  pasaporte: buildUnit({
    id: 'tramite/pasaporte',
    title: 'Pasaporte',
    claims: [buildClaim('c1', 'Pague en el banco.')],
  }),
  refugio: buildUnit({
    id: 'tramite/refugio',
    title: 'Refugio',
    claims: [buildClaim('c1', 'Diga que pide refugio.')],
  }),
  residencia: buildUnit({
    id: 'tramite/residencia',
    title: 'Residencia temporal',
    claims: [buildClaim('c1', 'La temporal dura de 1 a 5 años.')],
  }),
};
const norms = [
  buildNorm({ id: 'codigo-migracion', title: 'Código de Migración', number: 'Decreto 44-2016' }),
];
const options = { limit: 10, audience: 'public', asOf: '2026-11-22' } as const;

/** Finds each unit by its own word, and nothing else. */
const understand = createUnderstand({
  retriever: {
    retrieve: async (query) =>
      Object.entries(units)
        .filter(([word]) => query.toLowerCase().includes(word))
        .map(([, unit]) => new Passage(unit, 0.9, ['lexical'])),
  },
  continueReference: createContinueReference(norms),
  stripCourtesies: (text) => text,
});
const talk = async (...messages: readonly string[]) => {
  let matter: Matter | undefined;
  let question = '';
  for (const message of messages) {
    const understood = await understand(message, matter, options);
    matter = understood.matter;
    question = understood.question;
  }
  return { question, matter };
};

describe('a message in the light of the talk', () => {
  it('takes the topic along when it only asks for a side', async () => {
    const { question, matter } = await talk('quiero sacar pasaporte para mi hijo', '¿y cuánto cuesta?');
    expect(question).toBe('quiero sacar pasaporte para mi hijo ¿y cuánto cuesta?');
    expect(matter?.topic).toBe('quiero sacar pasaporte para mi hijo');
  });

  it('keeps one detail, so that the topic does not grow with the talk', async () => {
    const many = [
      'quiero pasaporte',
      'para mi hijo',
      ...Array.from({ length: 20 }, () => '¿y cuánto tarda?'),
    ];
    const { question } = await talk(...many);
    expect(question).toBe('quiero pasaporte para mi hijo ¿y cuánto tarda?');
  });

  it('remembers no more than a screen of a long question', async () => {
    const { matter } = await talk(`pasaporte ${'muy largo '.repeat(300)}`);
    expect(matter?.topic.length).toBe(500);
  });

  it('turns to another matter that is named', async () => {
    expect((await talk('¿Cuánto cuesta el pasaporte?', '¿y refugio?')).matter?.topic).toContain('refugio');
    expect((await talk('¿Cuánto cuesta el pasaporte?', 'quiero pedir refugio en Guatemala')).question).toBe(
      'quiero pedir refugio en Guatemala',
    );
  });

  it('stays with the matter when a word only narrows it', async () => {
    expect((await talk('quiero residencia', 'temporal')).question).toBe('quiero residencia temporal');
  });

  it.each(['¿y el artículo 43?', 'y el 43'])(
    'asks for another article of the same norm: %s',
    async (message) => {
      const { question } = await talk('¿Qué dice el artículo 46 del Código de Migración?', message);
      expect(question).toContain('43');
      expect(question).not.toContain('46');
      expect(question).toMatch(/codigo|Código/i);
    },
  );

  it('leaves a first message alone, however short', async () => {
    expect((await talk('y cuanto')).question).toBe('y cuanto');
  });
});
