import type { Config } from '../../config.ts';
import type { Audience } from '../../knowledge/unit.ts';

/**
 * Whose questions come in. Without credentials only this machine may call, and TEAMS_DEV_ROLE says who the Agents
 * Playground's user is. With them anybody of the tenant may write, and nobody is known to be staff: all are the public.
 */
export function teamsAudience(config: Pick<Config, 'MicrosoftAppId' | 'TEAMS_DEV_ROLE'>): Audience {
  if (config.MicrosoftAppId !== undefined) return 'public';
  return config.TEAMS_DEV_ROLE === 'publico' ? 'public' : 'staff';
}
