import { describe, expect, it } from 'vitest';
import { createLinkWords } from '#src/cli/link-words.ts';

describe('what an operator is told while linking', () => {
  it('draws each QR', async () => {
    const words = createLinkWords(undefined);
    const first = await words({ state: 'waiting', qr: '2@first' });
    expect(first).toContain('█');
    expect(await words({ state: 'waiting', qr: '2@second' })).not.toBe(first);
    expect(first).not.toContain('2@first');
  });

  it('keeps to the code that was asked for, whatever QR comes meanwhile', async () => {
    const words = createLinkWords('50255550101');
    expect(await words({ state: 'waiting', qr: '2@first' })).toBe('Esperando el código de WhatsApp…');
    const told = await words({ state: 'waiting', code: 'ABCD1234' });
    expect(told).toContain('ABCD1234');
    expect(await words({ state: 'waiting', qr: '2@second' })).toBe(told);
    expect(await words({ state: 'waiting', code: 'WXYZ9876' })).toContain('WXYZ9876');
  });

  it.each([
    ['ready', undefined, 'WhatsApp está enlazado y listo.'],
    ['starting', undefined, 'Arrancando WhatsApp…'],
    ['down', 'Falta Chromium.', 'Falta Chromium.'],
    ['off', undefined, 'WhatsApp no está disponible.'],
  ] as const)('says of %s what is known', async (state, reason, said) => {
    expect(await createLinkWords(undefined)({ state, ...(reason && { reason }) })).toBe(said);
  });
});
