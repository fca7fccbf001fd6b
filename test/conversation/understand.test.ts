import { describe, expect, it } from 'vitest';
import { completeQuestion } from '#src/conversation/understand.ts';

const before = 'quiero sacar pasaporte para mi hijo';

describe('completeQuestion', () => {
  it('takes the topic along when a question cannot stand alone', () => {
    expect(completeQuestion('¿y cuánto cuesta?', before)).toBe(
      'quiero sacar pasaporte para mi hijo ¿y cuánto cuesta?',
    );
    expect(completeQuestion('donde queda', before)).toContain('pasaporte');
  });

  it('leaves a whole question alone', () => {
    expect(completeQuestion('¿Puedo trabajar si soy extranjero?', before)).toBe(
      '¿Puedo trabajar si soy extranjero?',
    );
    expect(completeQuestion('¿Y puedo inscribir a mi hija en la escuela pública?', before)).not.toContain(
      'pasaporte',
    );
  });

  it('leaves a first question alone, however short', () => {
    expect(completeQuestion('y cuanto', undefined)).toBe('y cuanto');
  });
});
