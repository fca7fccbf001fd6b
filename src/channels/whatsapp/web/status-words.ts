import { assertNever } from '../../../errors.ts';
import type { ChannelStatus } from '../../channel.ts';
import type { ClientState } from './protocol.ts';
import type { Phase, Supervision } from './supervision.ts';

/** Failures in a row, since when, and what the last one was, in the library's words. */
interface Failures {
  readonly failures: number;
  readonly since: Date | undefined;
  readonly last: string | undefined;
}

/** What an operator can mend; anything else is worth a look at the log. */
const REMEDIES: readonly (readonly [fault: RegExp, words: string])[] = [
  [
    /Failed to launch|Browser was not found/,
    'Chromium no arranca: revise CHROME_PATH, la memoria y los permisos.',
  ],
  [/net::ERR_|Navigation timeout|auth timeout/, 'No se llega a WhatsApp: revise internet en esta máquina.'],
];

const NOT_LINKED = 'Falta enlazar el teléfono: orienta whatsapp link';

/** How the door is, with what an operator can do about it. Only `ready` lets deliveries through. */
export function statusOf(
  { phase, failures }: Pick<Supervision, 'phase' | 'failures'>,
  { since, last }: Pick<Failures, 'since' | 'last'>,
): ChannelStatus {
  const facts = { failures, since, last };
  switch (phase.kind) {
    case 'off':
      return { state: 'off', reason: 'no está en marcha' };
    case 'waiting':
      return waitingStatus(phase.because);
    case 'blocked':
      return { state: 'down', reason: phase.reason };
    case 'preparing':
    case 'ending':
      return starting(facts);
    case 'running':
      return runningStatus(phase.client, facts);
    case 'pausing':
      return {
        state: 'down',
        reason: `WhatsApp se cerró por una falla y arranca de nuevo por sí solo (${countOf(facts)}). ${remedyOf(facts)}`,
      };
    case 'unlinked':
      return phase.because === 'unseen'
        ? { state: 'down', reason: NOT_LINKED }
        : {
            state: 'down',
            reason: 'El teléfono cerró la sesión de WhatsApp. Enlácelo de nuevo: orienta whatsapp link',
          };
    default:
      return assertNever(phase);
  }
}

function waitingStatus(because: Extract<Phase, { kind: 'waiting' }>['because']): ChannelStatus {
  if (because === 'taken') {
    return {
      state: 'starting',
      reason: 'Otro proceso de Orienta tiene el número de WhatsApp. Este lo toma cuando aquel termine.',
    };
  }
  if (because === 'store-away') {
    return {
      state: 'down',
      reason: 'La base de datos no responde; sin ella no se toma el número de WhatsApp.',
    };
  }
  return { state: 'starting' };
}

function runningStatus(client: ClientState, facts: Failures): ChannelStatus {
  switch (client) {
    case 'ready':
      return { state: 'ready' };
    case 'degraded':
      return {
        state: 'ready',
        reason: 'Una parte de WhatsApp no responde; se reinicia sola si no se compone.',
      };
    case 'qr':
    case 'pairing-code':
      return { state: 'down', reason: NOT_LINKED };
    case 'disconnected':
      return {
        state: 'down',
        reason: 'WhatsApp perdió la conexión y la busca de nuevo. Revise internet aquí y en el teléfono.',
      };
    case 'starting':
    case 'authenticated':
    case 'logged-out':
      return starting(facts);
    default:
      return assertNever(client);
  }
}

function starting(facts: Failures): ChannelStatus {
  return facts.failures === 0
    ? { state: 'starting' }
    : {
        state: 'starting',
        reason: `Se reinicia después de una falla (${countOf(facts)}). ${remedyOf(facts)}`,
      };
}

function countOf({ failures, since }: Failures): string {
  return `reinicio n.º ${failures}${since === undefined ? '' : ` desde las ${hourOf(since)}`}`;
}

function remedyOf({ last = '' }: Failures): string {
  const known = REMEDIES.find(([fault]) => fault.test(last));
  return known?.[1] ?? 'Si sigue así, revise internet, la memoria y el registro.';
}

/** The hour in Guatemala. */
function hourOf(at: Date): string {
  return at.toLocaleTimeString('es-GT', {
    timeZone: 'America/Guatemala',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}
