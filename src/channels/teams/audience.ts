import type { Config } from '../../config.ts';
import type { Audience } from '../../knowledge/unit.ts';

/**
 * Whose questions come in. Without credentials only this machine may call, so the Agents Playground's user is staff.
 * With them anybody of the tenant may write, and nobody is known to be staff: all are the public.
 */
export function teamsAudience(config: Pick<Config, 'MicrosoftAppId'>): Audience {
  return config.MicrosoftAppId === undefined ? 'staff' : 'public';
}
