import { describe, expect, it } from 'vitest';
import { askedParts } from '#src/answering/asked-parts.ts';
import { loadPhrases } from '#src/answering/phrases.ts';
import { readActivity } from '#src/channels/teams/activity.ts';
import { plainText } from '#src/channels/teams/plain-text.ts';
import { createFindCommand } from '#src/conversation/commands.ts';
import { createDetectLanguage } from '#src/conversation/language.ts';
import { addsDetail, ownTopic } from '#src/conversation/leaning-words.ts';
import { createCourtesies } from '#src/conversation/smalltalk.ts';
import { fold } from '#src/knowledge/fold.ts';
import { knowledgeDir } from '#src/paths.ts';
import { createContinueReference } from '#src/retrieval/continue-reference.ts';
import { countFeatures } from '#src/retrieval/features.ts';
import { createReferenceFinder } from '#src/retrieval/find-references.ts';
import { asksOtherCountry } from '#src/retrieval/foreign-authority.ts';
import { createReferenceParser } from '#src/retrieval/parse-references.ts';
import { readPeople } from '#src/retrieval/read-people.ts';
import { terms } from '#src/retrieval/terms.ts';
import { maskPersonalData } from '#src/safety/mask-personal-data.ts';
import { buildClaim, buildKnowledge, buildNorm, buildUnit } from './support/builders.ts';

/*
 * Whatever a stranger writes, every part that reads it ends. Nothing here looks at a clock: a part that takes time by
 * the square of its input, or worse, runs into the test's own limit.
 */

const longEnough = 100_000;
const fill = (part: string): string => part.repeat(Math.ceil(longEnough / part.length));

const shapes: Readonly<Record<string, string>> = {
  'one letter': fill('a'),
  'one digit': fill('7'),
  blanks: `hola${fill(' ')}x`,
  'line breaks': `hola${fill('\r\n')}x`,
  signs: fill('¿?.,-/'),
  'marks that stand on nothing': `a${fill('\u0301\u0323')}`,
  'letters outside the basic plane': fill('𝐚👍🏽'),
  'half a pair': fill('\ud83d'),
  'ties after an article': `artículo 5 ${fill('de la ')}x Código de Migración`,
  'ties before an article': `Código de Migración ${fill('en los ')}artículo 5`,
  'ties after a bare number': `${fill('y el ')}47`,
  'links in front of a question': fill('su '),
  articles: fill('artículo 5 y 6, '),
  'an endless list': `artículos ${fill('1-20, ')}`,
  numbers: fill('Decreto 44-2016 '),
  'numbers of nobody': fill('decreto 12-2099 '),
  'dashed digits': fill('44-'),
  'kinds of norms': fill('ley de '),
  'names of norms': fill('Código de Migración '),
  'parts of the policy': fill('línea b del eje 1, acción 2 '),
  countries: fill('visa de Honduras salvadoreño '),
  courtesies: fill('hola gracias '),
  'a courtesy and more': `${fill('hola ')}x`,
  'a mail without an end': fill('a.'),
  'at signs': fill('a@'),
  'a mail with an endless domain': `a@${fill('b.')}`,
  addresses: fill('https://'),
  names: fill('Soy María de los '),
  'a name without an end': `me llamo ${fill('A')}1`,
  'numbers with blanks': fill('+502 1234 '),
  'open tags': fill('<at>'),
  'tags in tags': fill('<at '),
  entities: fill('&#1'),
};

const norms = [
  buildNorm({
    id: 'codigo-migracion',
    aliases: ['codigo'],
    title: 'Código de Migración',
    number: 'Decreto 44-2016',
  }),
  buildNorm({ id: 'constitucion', title: 'Constitución Política', number: 'Constitución de 1985' }),
];
const knowledge = buildKnowledge(norms, [
  buildUnit({ id: 'codigo-migracion/5', claims: [buildClaim('c1', 'Dice algo.')] }),
]);
const phrases = await loadPhrases(knowledgeDir);
const samples = (text: string) => [text];
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  fold,
  terms,
  countFeatures,
  'the reference parser': createReferenceParser(norms).parse,
  'the reference finder': (text) => createReferenceFinder(knowledge)(text, 'public'),
  'the continued reference': (text) => createContinueReference(norms)(text, `artículo 5 ${text}`),
  'the people of a question': (text) => readPeople(fold(text)),
  'another country': (text) => asksOtherCountry(fold(text)),
  'the asked sides': askedParts,
  'the mask': maskPersonalData,
  'a courtesy': createCourtesies(phrases).find,
  'courtesies taken off': createCourtesies(phrases).strip,
  'a command': (text) => createFindCommand(phrases)(text, ['erase', 'yes', 'no']),
  'the own topic': ownTopic,
  'a detail': addsDetail,
  'the language': (text) =>
    createDetectLanguage({
      questions: {
        es: samples('cuánto cuesta'),
        en: samples('how much is it'),
        pt: samples('quanto custa'),
        fr: samples('combien coûte'),
        ht: samples('konbyen li koute'),
      },
      spanish: [],
    })(text, 'es'),
  'the words of a Teams message': (text) =>
    plainText(
      readActivity({
        type: 'message',
        id: '1',
        text,
        channelId: 'msteams',
        serviceUrl: 'http://127.0.0.1',
        from: { id: 'a' },
        recipient: { id: 'b', name: 'Orienta' },
        conversation: { id: 'c' },
      }).activity,
    ),
};

describe.each(Object.entries(shapes))('100,000 characters of %s', (_shape, text) => {
  it.each(Object.entries(readers))('are read to the end by %s', (_name, read) => {
    expect(text.length).toBeGreaterThanOrEqual(longEnough);
    expect(() => read(text)).not.toThrow();
  });
});

describe('what stands at the end of a long text', () => {
  const { parse } = createReferenceParser(norms);

  it('is still found by the reference parser', () => {
    const { references } = parse(shapes['ties after an article'] ?? '');
    expect(references).toMatchObject([{ norms: ['codigo-migracion'], articles: ['5'] }]);
    expect(parse(`${fill('palabra ')}artículo 9 de la Constitución`).references).toMatchObject([
      { norms: ['constitucion'], articles: ['9'] },
    ]);
  });

  it('is still masked', () => {
    expect(maskPersonalData(`${fill('a.')} ana@correo.example`)).toMatch(/ \[correo\]$/);
    expect(maskPersonalData(`${fill('Soy María de los ')}dpi 1234567890101`)).toMatch(/dpi \[documento\]$/);
  });

  it('is still asked', () => {
    const { strip } = createCourtesies(phrases);
    expect(strip(`${fill('hola ')}¿dónde queda?`)).toBe('¿dónde queda?');
  });
});
