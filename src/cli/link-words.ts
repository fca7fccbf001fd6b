import QRCode from 'qrcode';
import { assertNever } from '../errors.ts';
import type { LinkStatus } from '../operations/operations.ts';

/** Says to an operator how far linking has come. */
export type LinkWords = (status: LinkStatus) => Promise<string>;

/** @param phone the number that a code was asked for; then no QR is drawn, and the code stays the thing to be typed */
export function createLinkWords(phone: string | undefined): LinkWords {
  let asked: string | undefined;
  return async (status) => {
    switch (status.state) {
      case 'waiting':
        // WhatsApp goes on renewing the QR meanwhile, and then tells no code.
        if (phone !== undefined) asked = status.code ?? asked;
        return waitingWords(
          phone === undefined ? status : { state: 'waiting', ...(asked && { code: asked }) },
        );
      case 'ready':
        return 'WhatsApp está enlazado y listo.';
      case 'starting':
        return status.reason ?? 'Arrancando WhatsApp…';
      case 'off':
      case 'down':
        return status.reason ?? 'WhatsApp no está disponible.';
      default:
        return assertNever(status.state);
    }
  };
}

async function waitingWords({ qr, code }: LinkStatus): Promise<string> {
  if (code !== undefined) {
    return `En el teléfono: Dispositivos vinculados > Vincular con número de teléfono. Escriba: ${code}`;
  }
  if (qr === undefined) return 'Esperando el código de WhatsApp…';
  const drawn = await QRCode.toString(qr, { type: 'terminal', small: true, errorCorrectionLevel: 'L' });
  return `En el teléfono: Dispositivos vinculados > Vincular dispositivo. Lea este código:\n${drawn}`;
}
