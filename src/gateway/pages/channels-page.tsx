import type { VNode } from 'preact';
import type { ChannelStatus } from '../../channels/channel.ts';
import { assertNever } from '../../errors.ts';
import type { Assets } from '../assets.ts';
import { QrImage } from './qr-image.tsx';

const NAMES: Readonly<Record<string, string>> = { web: 'Chat web', teams: 'Teams', whatsapp: 'WhatsApp' };
const REFRESH_S = '15';
/** A code is good for about 20 s. */
const REFRESH_LINKING_S = '5';

/** What the phone has to be shown or given so that WhatsApp's number is linked. */
export interface Linking {
  readonly qr?: string | undefined;
  readonly pairingCode?: string | undefined;
}

interface ChannelsPageProps {
  readonly assets: Assets;
  readonly channels: Readonly<Record<string, ChannelStatus>>;
  /** Undefined while nothing is to be linked. */
  readonly linking: Linking | undefined;
}

/** For operators: how each channel is, and the code that links WhatsApp. It loads itself again by itself. */
export function ChannelsPage({ assets, channels, linking }: ChannelsPageProps): VNode {
  return (
    <html lang="es-GT">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="refresh" content={linking === undefined ? REFRESH_S : REFRESH_LINKING_S} />
        <meta name="color-scheme" content="light dark" />
        <title>Canales · Consola de Orienta</title>
        <link rel="icon" href={assets.icon} type="image/svg+xml" />
        <link rel="stylesheet" href={assets.css} />
      </head>
      <body>
        <main class="wrap">
          <h1>Canales</h1>
          <table>
            <thead>
              <tr>
                <th scope="col">Canal</th>
                <th scope="col">Estado</th>
              </tr>
            </thead>
            <tbody>
              {Object.entries(channels).map(([name, status]) => (
                <tr key={name}>
                  <th scope="row">{NAMES[name] ?? name}</th>
                  <td>{stateWords(status)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {linking !== undefined && <LinkingPart {...linking} />}
        </main>
      </body>
    </html>
  );
}

function LinkingPart({ qr, pairingCode }: Linking): VNode {
  return (
    <section aria-labelledby="enlazar">
      <h2 id="enlazar">Enlazar WhatsApp</h2>
      {pairingCode !== undefined && (
        <p>
          En el teléfono: Dispositivos vinculados, Vincular con número de teléfono. Escriba{' '}
          <strong>{pairingCode}</strong>
        </p>
      )}
      {qr !== undefined && (
        <>
          <p>En el teléfono: Dispositivos vinculados, Vincular dispositivo. Lea este código.</p>
          <QrImage text={qr} label="Código QR que enlaza el teléfono" />
          <p>Quien tenga este código puede leer y escribir como Orienta. No lo copie ni lo mande.</p>
        </>
      )}
    </section>
  );
}

function stateWords(status: ChannelStatus): string {
  switch (status.state) {
    case 'ready':
      return status.reason === undefined ? 'Listo' : `Listo. ${status.reason}`;
    case 'starting':
      return status.reason === undefined ? 'Arrancando' : `Arrancando: ${status.reason}`;
    case 'off':
      return `Apagado: ${status.reason}`;
    case 'down':
      return `Caído: ${status.reason}`;
    default:
      return assertNever(status);
  }
}
