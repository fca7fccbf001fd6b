import { randomBytes } from 'node:crypto';

/** Which browsers are linked to the account, and what a phone must read or type to link another. */
export class LinkedDevices {
  readonly #devices = new Set<string>();
  #ref = newRef();
  #code: string | undefined;

  /** The part of the QR that the server gives out; the page adds its keys. */
  get ref(): string {
    return this.#ref;
  }

  renewRef(): string {
    this.#ref = newRef();
    return this.#ref;
  }

  newCode(): string {
    this.#code = randomBytes(6).toString('base64url').slice(0, 8).toUpperCase().replaceAll(/[-_]/g, '7');
    return this.#code;
  }

  has(device: unknown): boolean {
    return typeof device === 'string' && this.#devices.has(device);
  }

  /** @throws when the QR is not the one that is shown now */
  linkByQr(qr: string): string {
    if (!qr.startsWith(`${this.#ref},`)) throw new Error('this QR is not valid any more');
    return this.link();
  }

  /** @throws when the code is not the one given out last */
  linkByCode(code: string): string {
    if (code.replaceAll('-', '') !== this.#code) throw new Error('this code is not valid');
    return this.link();
  }

  link(): string {
    const device = randomBytes(8).toString('hex');
    this.#devices.add(device);
    this.#code = undefined;
    this.renewRef();
    return device;
  }

  unlinkAll(): void {
    this.#devices.clear();
  }
}

const newRef = (): string => `2@${randomBytes(24).toString('base64')}`;
