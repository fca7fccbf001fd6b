import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitText } from '#src/channels/split-text.ts';

describe('a long text', () => {
  it('is cut between paragraphs when one ends in time', () => {
    expect(splitText('Uno. Dos.\n\nTres. Cuatro.\n\nCinco.', 26)).toEqual([
      'Uno. Dos.\n\nTres. Cuatro.',
      'Cinco.',
    ]);
  });

  it('is cut between lines, then sentences, then words, when nothing better comes in time', () => {
    expect(splitText('1. Pida la cita.\n2. Vaya.', 20)).toEqual(['1. Pida la cita.', '2. Vaya.']);
    expect(splitText('Pida la cita. Vaya temprano.', 20)).toEqual(['Pida la cita.', 'Vaya temprano.']);
    expect(splitText('pida la cita y vaya', 14)).toEqual(['pida la cita y', 'vaya']);
  });

  it('is cut within a word only when it has no end, and never within a character', () => {
    expect(splitText('aaaaaa', 4)).toEqual(['aaaa', 'aa']);
    expect(splitText('aaa😀a', 4)).toEqual(['aaa', '😀a']);
  });

  it('that fits stays whole, and an empty one is no part at all', () => {
    expect(splitText('Corto.', 6)).toEqual(['Corto.']);
    expect(splitText(' \n ', 6)).toEqual([]);
  });

  it('never gives a part that is too long or empty, and loses nothing but white space', () => {
    const words = fc.array(fc.constantFrom('a', 'bcd', '. ', '\n', '\n\n', ' ', '😀', 'largapalabra'), {
      maxLength: 80,
    });
    fc.assert(
      fc.property(words, fc.integer({ min: 2, max: 30 }), (parts, longest) => {
        const text = parts.join('');
        const cut = splitText(text, longest);
        for (const part of cut) {
          expect(part.length).toBeGreaterThan(0);
          expect(part.length).toBeLessThanOrEqual(longest);
        }
        expect(cut.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });
});
