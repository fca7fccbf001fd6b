import type { VNode } from 'preact';
import type { ChannelStatus } from '../../channels/channel.ts';
import { assertNever } from '../../errors.ts';
import type { Assets } from '../assets.ts';

const NAMES: Readonly<Record<string, string>> = { web: 'Chat web', teams: 'Teams', whatsapp: 'WhatsApp' };
const REFRESH_S = '15';

interface ChannelsPageProps {
  readonly assets: Assets;
  readonly channels: Readonly<Record<string, ChannelStatus>>;
}

/** For operators: how each channel is. It loads itself again every quarter of a minute. */
export function ChannelsPage({ assets, channels }: ChannelsPageProps): VNode {
  return (
    <html lang="es-GT">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="refresh" content={REFRESH_S} />
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
        </main>
      </body>
    </html>
  );
}

function stateWords(status: ChannelStatus): string {
  switch (status.state) {
    case 'ready':
      return 'Listo';
    case 'starting':
      return 'Arrancando';
    case 'off':
      return `Apagado: ${status.reason}`;
    case 'down':
      return `Caído: ${status.reason}`;
    default:
      return assertNever(status);
  }
}
