import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { AppError } from '../errors.ts';
import type { DataKeys } from './data-keys.ts';

/** Where a sealed value stands. It is bound to that place: moved to another row it does not open. */
export type Place = `${string}.${string}:${string}`;

/** Seals and opens values with AES-256-GCM. An envelope is `v1.<key id>.<base64 of iv, tag and ciphertext>`. */
export interface Cipher {
  readonly currentKeyId: string;
  seal(text: string, place: Place): string;
  /** @throws {AppError} `KEY_INVALID` when its key is not among the keys, or it was altered or moved */
  open(envelope: string, place: Place): string;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The cipher over a set of keys. */
export function createCipher(keys: DataKeys): Cipher {
  return {
    currentKeyId: keys.current.id,
    seal(text, place) {
      const iv = randomBytes(IV_BYTES);
      const sealing = createCipheriv('aes-256-gcm', keys.current.bytes, iv);
      sealing.setAAD(Buffer.from(place));
      const body = Buffer.concat([sealing.update(text, 'utf8'), sealing.final()]);
      return `v1.${keys.current.id}.${Buffer.concat([iv, sealing.getAuthTag(), body]).toString('base64')}`;
    },
    open(envelope, place) {
      const [version, keyId = '', encoded = ''] = envelope.split('.');
      const key = keys.all.get(keyId);
      if (version !== 'v1' || key === undefined) {
        throw new AppError(
          'KEY_INVALID',
          `Falta la clave «${keyId}» en DATA_KEYS: con ella están cifrados datos guardados.`,
        );
      }
      const bytes = Buffer.from(encoded, 'base64');
      try {
        const opening = createDecipheriv('aes-256-gcm', key.bytes, bytes.subarray(0, IV_BYTES), {
          authTagLength: TAG_BYTES,
        });
        opening.setAAD(Buffer.from(place));
        opening.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        const body = opening.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8');
        return body + opening.final('utf8');
      } catch (cause) {
        throw new AppError(
          'KEY_INVALID',
          `La clave «${keyId}» de DATA_KEYS no abre los datos guardados con ese nombre.`,
          {
            cause,
          },
        );
      }
    },
  };
}

/** What an address is looked up by. Equal addresses give equal lookups; from a lookup nobody gets the address. */
export type Lookup = (kind: string, value: string) => string;

/** @param secret the store's own random secret, so that a rotation of the keys leaves lookups as they are */
export function createLookup(secret: Buffer): Lookup {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'orienta lookup v1', 32));
  // JSON keeps ("a", "bc") and ("ab", "c") apart.
  return (kind, value) =>
    createHmac('sha256', key)
      .update(JSON.stringify([kind, value]))
      .digest('base64url');
}
