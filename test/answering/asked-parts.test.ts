import { describe, expect, it } from 'vitest';
import { askedParts } from '#src/answering/asked-parts.ts';

describe('askedParts', () => {
  it.each([
    ['¿Cuánto cuesta el pasaporte de adulto?', ['cost']],
    ['cuanto vale y cuanto tarda', ['cost', 'time']],
    ['que papeles me piden', ['requirement']],
    ['a donde tengo que ir', ['where']],
    ['¿Cómo saco la residencia?', ['step']],
    ['numero de telefono del igm', ['contact']],
    ['¿Quién es responsable de la reunificación familiar?', ['responsible']],
    ['how much is a visa', ['cost']],
    ['quanto custa o visto', ['cost']],
    ['combien coûte le passeport', ['cost']],
    ['konbyen paspò a koute', ['cost']],
  ])('%s → %j', (question, parts) => {
    expect(askedParts(question)).toEqual(parts);
  });

  it.each(['me quitaron a mi hijo', '¿Puedo trabajar en Guatemala si soy extranjero?', 'soy de honduras'])(
    'finds no side in "%s"',
    (question) => {
      expect(askedParts(question)).toEqual([]);
    },
  );
});
