import { describe, expect, it } from 'vitest';
import { fold } from '#src/knowledge/fold.ts';
import { asksOtherCountry } from '#src/retrieval/foreign-authority.ts';
import { isForOthers, readPeople } from '#src/retrieval/read-people.ts';

describe('the people a question is about', () => {
  it.each([
    ['soy salvadoreño y quiero trabajar', ['central-american']],
    ['mi primo vino de Honduras', ['central-american']],
    ['soy de Venezuela', ['foreign']],
    ["I'm Nigerian living in Mexico", ['foreign']],
    ['mwen soti Ayiti', ['foreign']],
    ['soy guatemalteca y vivo en Chicago', ['guatemalan']],
    ['¿puedo viajar a El Salvador?', []],
    ['my Guatemalan cousin wants a job', []],
    ['soy hondureño y mi esposa es guatemalteca', []],
    ['quiero sacar pasaporte', []],
  ])('"%s" are %j', (question, groups) => {
    expect([...readPeople(fold(question))]).toEqual(groups);
  });

  it('are others than those a unit is true for', () => {
    const salvadoran = readPeople('soy salvadoreno');
    expect(isForOthers({ nationality: ['guatemalan'] }, salvadoran)).toBe(true);
    expect(isForOthers({ nationality: ['guatemalan', 'central-american'] }, salvadoran)).toBe(false);
    expect(isForOthers({ nationality: ['foreign'] }, salvadoran)).toBe(false);
    expect(isForOthers({}, salvadoran)).toBe(false);
    expect(isForOthers({ nationality: ['guatemalan'] }, readPeople('quiero pasaporte'))).toBe(false);
  });
});

describe('what another country grants', () => {
  it.each([
    'cuanto cuesta la visa americana',
    'visa de trabajo para México',
    'embajada de Honduras',
    'how do I get a US visa',
    'quanto custa renovar o passaporte brasileiro',
    'comment demander l’asile au Canada',
  ])('is asked for in "%s"', (question) => {
    expect(asksOtherCountry(fold(question))).toBe(true);
  });

  it.each([
    'tengo visa americana, ¿puedo entrar a Guatemala?',
    'con pasaporte hondureño puedo entrar?',
    '¿los hondureños necesitan visa?',
    'visa para cubanos',
    'Brasileiro precisa de visto para a Guatemala?',
    'me deportaron de Estados Unidos',
    'let us know about the visa',
  ])('is not asked for in "%s"', (question) => {
    expect(asksOtherCountry(fold(question))).toBe(false);
  });
});
