import { describe, expect, it } from 'vitest';
import { isSameWord, isSigned } from '#src/channels/whatsapp/cloud/trust.ts';
import { Secret } from '#src/config.ts';
import { signatureOf } from '../../../support/graph-api-payloads.ts';

const secret = new Secret('secreto');
const body = Buffer.from('{"object":"whatsapp_business_account","ñ":"\\u00f1"}');
const good = signatureOf(body, 'secreto');

describe('the signature of a webhook', () => {
  it('holds over the very bytes that came', () => {
    expect(isSigned(body, good, secret)).toBe(true);
  });

  it.each([
    ['a missing one', undefined],
    ['an empty one', ''],
    ['one made with another secret', signatureOf(body, 'otro')],
    ['one of another body', signatureOf('{}', 'secreto')],
    ['a truncated one', good.slice(0, -1)],
    ['one with more behind it', `${good}0`],
    ['one without its algorithm', good.slice('sha256='.length)],
    ['one of SHA-1', signatureOf(body, 'secreto', 'sha1')],
    ['one that names SHA-1 and is SHA-256', good.replace('sha256', 'sha1')],
    ['one in capitals that is none', good.toUpperCase()],
    ['words', 'sha256=no'],
  ])('%s is refused', (_name, signature) => {
    expect(isSigned(body, signature, secret)).toBe(false);
  });

  it('a body that was changed by one byte is refused', () => {
    const changed = Buffer.from(body);
    changed[5] = 0x20;
    expect(isSigned(changed, good, secret)).toBe(false);
  });

  it('the same JSON written otherwise is refused: it is the bytes that are signed', () => {
    expect(isSigned(Buffer.from(JSON.stringify(JSON.parse(body.toString()))), good, secret)).toBe(false);
  });
});

describe('a verify token', () => {
  it.each([
    ['secreto', true],
    ['Secreto', false],
    ['secreto ', false],
    ['', false],
  ])('«%s» is %s', (word, isSame) => {
    expect(isSameWord(word, secret)).toBe(isSame);
  });
});
