import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createCipher, createLookup } from '#src/storage/cipher.ts';
import { loadDataKeys, parseDataKeys } from '#src/storage/data-keys.ts';
import { tempDir } from '../support/databases.ts';

const key = (id: string, fill: number) => `${id}:${Buffer.alloc(32, fill).toString('base64')}`;

describe('the cipher', () => {
  const cipher = createCipher(parseDataKeys(key('a', 1)));

  test('opens what it sealed, in its place only, and never seals alike twice', () => {
    const sealed = cipher.seal('¿dónde? 🧭', 'inbox.text:1');
    expect(sealed).toMatch(/^v1\.a\./);
    expect(cipher.open(sealed, 'inbox.text:1')).toBe('¿dónde? 🧭');
    expect(() => cipher.open(sealed, 'inbox.text:2')).toThrow(/no abre/);
    expect(() => cipher.open(sealed, 'outbox.payload:1')).toThrow(/no abre/);
    expect(cipher.seal('¿dónde? 🧭', 'inbox.text:1')).not.toBe(sealed);
  });

  test('notices one changed bit, a cut envelope and a foreign one', () => {
    const sealed = cipher.seal('hola', 'inbox.text:1');
    const bytes = Buffer.from(sealed.slice(5), 'base64');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(() => cipher.open(`v1.a.${changed.toString('base64')}`, 'inbox.text:1')).toThrow(/no abre/);
    }
    for (const broken of [sealed.slice(0, 20), 'v1.a.', 'v1.a', '', 'hola', sealed.replace('v1', 'v2')]) {
      expect(() => cipher.open(broken, 'inbox.text:1')).toThrow(
        expect.objectContaining({ code: 'KEY_INVALID' }),
      );
    }
  });

  test('seals with the first key and opens with any', () => {
    const both = createCipher(parseDataKeys(`${key('b', 2)}, ${key('a', 1)}`));
    expect(both.open(cipher.seal('hola', 'a.b:c'), 'a.b:c')).toBe('hola');
    expect(both.seal('hola', 'a.b:c')).toMatch(/^v1\.b\./);
  });
});

describe('lookups', () => {
  test('tell kinds apart and depend on the secret', () => {
    const lookup = createLookup(Buffer.alloc(32, 1));
    expect(lookup('phone', '502')).toBe(lookup('phone', '502'));
    const others = [
      lookup('lid', '502'),
      lookup('phone5', '02'),
      createLookup(Buffer.alloc(32, 2))('phone', '502'),
    ];
    expect(others).not.toContain(lookup('phone', '502'));
  });
});

describe('the data keys', () => {
  test('with a fault are refused without quoting a key', () => {
    const short = Buffer.alloc(31, 7).toString('base64');
    for (const text of [
      '',
      'abc',
      `a:${short}`,
      `a b:${short}`,
      `${key('a', 1)},${key('a', 2)}`,
      `${key('a', 1)},x:${short}`,
    ]) {
      const refused = () => parseDataKeys(text);
      expect(refused).toThrow(expect.objectContaining({ code: 'KEY_INVALID' }));
      expect(refused).not.toThrow(short);
    }
  });

  test('are made once in development, readable by their owner alone', () => {
    const dataDir = join(tempDir('keys'), 'data');
    const load = () => loadDataKeys({ dataKeys: undefined, dataDir, production: false });
    const first = load();
    expect(first.origin).toBe('file');
    expect(load().current.bytes.equals(first.current.bytes)).toBe(true);
    expect(statSync(join(dataDir, 'keys')).mode & 0o777).toBe(0o600);
  });

  test('are demanded in production', () => {
    const dataDir = tempDir('keys');
    expect(() => loadDataKeys({ dataKeys: undefined, dataDir, production: true })).toThrow(
      /hace falta DATA_KEYS/,
    );
    const given = loadDataKeys({ dataKeys: key('k', 1), dataDir, production: true });
    expect([given.current.id, given.origin]).toEqual(['k', 'environment']);
  });
});
