import type { OpenChannels } from './open-channels.ts';
import type { LinkRequest, LinkStatus } from './operations/operations.ts';

/** Links the number of the WhatsApp that this process runs, and tells how far it has come. */
export async function linkWhatsApp(
  { whatsappCloud, whatsappWeb }: OpenChannels,
  { begin, phone }: LinkRequest,
): Promise<LinkStatus> {
  if (whatsappCloud !== undefined) {
    return { state: 'off', reason: 'El número entra por la API oficial: no hay teléfono que enlazar.' };
  }
  if (whatsappWeb === undefined) {
    return {
      state: 'off',
      reason: 'WhatsApp está apagado. Ponga WHATSAPP_ENABLED=true y arranque de nuevo.',
    };
  }
  const before = whatsappWeb.status();
  if (before.state === 'ready') return { state: 'ready' };
  if (begin) whatsappWeb.beginLinking();
  if (begin && phone !== undefined) {
    return { state: 'waiting', code: await whatsappWeb.requestPairingCode(phone) };
  }
  const { qr, pairingCode: code } = whatsappWeb.linking() ?? {};
  if (qr !== undefined || code !== undefined) {
    return { state: 'waiting', ...(qr === undefined ? {} : { qr }), ...(code === undefined ? {} : { code }) };
  }
  const { state, reason } = { reason: undefined, ...whatsappWeb.status() };
  return { state, ...(reason === undefined ? {} : { reason }) };
}
