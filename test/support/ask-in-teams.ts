import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '#src/paths.ts';
import type { TeamsConnector } from './teams-connector.ts';

const fixture = readFileSync(join(packageRoot, 'test/fixtures/teams/personal-message.json'), 'utf8');
const recordedSchema = z.looseObject({
  conversation: z.looseObject({ id: z.string() }),
  from: z.looseObject({ id: z.string() }),
});

/** A question of somebody in a personal chat. */
export interface TeamsQuestion {
  readonly conversation: string;
  readonly id: string;
  readonly text: string;
}

/**
 * Posts a question to a process as the platform would.
 * @param to the process's address
 * @returns the status; undefined when nobody answered
 */
export async function askInTeams(
  { serviceUrl }: Pick<TeamsConnector, 'serviceUrl'>,
  to: string,
  { conversation, id, text }: TeamsQuestion,
): Promise<number | undefined> {
  const recorded = recordedSchema.parse(JSON.parse(fixture));
  const activity = {
    ...recorded,
    ...{ id, text, serviceUrl },
    conversation: { ...recorded.conversation, id: conversation },
    from: { ...recorded.from, id: `user ${conversation}`, aadObjectId: randomUUID() },
  };
  try {
    const answer = await fetch(`${to}/api/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(activity),
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return undefined;
  }
}
