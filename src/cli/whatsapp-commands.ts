import { setTimeout as sleep } from 'node:timers/promises';
import { type Command, InvalidArgumentError } from 'commander';
import type { Config } from '../config.ts';
import { openOperations } from '../operations/open-operations.ts';
import type { LinkStatus } from '../operations/operations.ts';
import type { Print } from './ask-command.ts';
import { createLinkWords } from './link-words.ts';
import { refuseUsage, USAGE } from './usage.ts';

/** What the commands on WhatsApp need. */
export interface WhatsAppCommandParts {
  readonly config: () => Config;
  readonly print: Print;
  readonly fail: (code: number) => void;
}

const LOOK_EVERY_MS = 1_000;
/** WhatsApp shows a code for about 20 s, some six times; a person who has not come by then has gone. */
const WAIT_MS = 5 * 60_000;
const EXIT_FAULT = 1;

/** Adds `whatsapp link`. */
export function addWhatsAppCommands(program: Command, parts: WhatsAppCommandParts): void {
  program
    .command('whatsapp')
    .exitOverride(refuseUsage(USAGE.whatsapp))
    .description('el número de WhatsApp')
    .command('link')
    .description('enlaza el teléfono: muestra aquí el código QR que hay que leer con él')
    .option('--phone <número>', 'pide un código de 8 letras para escribirlo en ese teléfono', readPhone)
    .action(({ phone }: { phone?: string }) => link(parts, phone));
}

async function link(parts: WhatsAppCommandParts, phone: string | undefined): Promise<void> {
  const opened = await openOperations(parts.config());
  try {
    const status = await follow(parts, phone, (begin) => opened.operations.linkWhatsApp({ begin, phone }));
    if (status.state !== 'ready') parts.fail(EXIT_FAULT);
  } finally {
    await opened.close();
  }
}

/** Looks until it is linked or cannot be, and shows each code once. */
async function follow(
  { print }: WhatsAppCommandParts,
  phone: string | undefined,
  look: (begin: boolean) => Promise<LinkStatus>,
): Promise<LinkStatus> {
  const until = Date.now() + WAIT_MS;
  const words = createLinkWords(phone);
  let shown = '';
  for (let status = await look(true); ; status = await look(false)) {
    const now = await words(status);
    if (now !== shown) print(now);
    shown = now;
    if (status.state === 'ready' || status.state === 'off') return status;
    if (Date.now() > until) {
      print('Pasaron 5 minutos sin enlazar. Repita el comando cuando tenga el teléfono a mano.');
      return status;
    }
    await sleep(LOOK_EVERY_MS);
  }
}

function readPhone(value: string): string {
  const digits = value.replace(/[\s+()-]/g, '');
  if (!/^\d{8,15}$/.test(digits))
    throw new InvalidArgumentError('escriba el número con su código de país, solo cifras');
  return digits;
}
