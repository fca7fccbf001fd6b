import type { Config, StaffRole } from '../../config.ts';
import type { Audience } from '../../knowledge/unit.ts';
import { type InboundActivity, isPersonal } from './activity.ts';

/** Who writes, as far as Teams vouches for it. */
export interface Asker {
  /** Whose texts may be shown where the person writes. */
  readonly audience: Audience;
  /** What the person may do; undefined for everybody who is not known to be staff. */
  readonly role: StaffRole | undefined;
}

/** What of the configuration says who may ask. */
export type AccessConfig = Pick<
  Config,
  'MicrosoftAppId' | 'TEAMS_DEV_ROLE' | 'TEAMS_TENANTS' | 'TEAMS_ROLES' | 'TEAMS_ALLOWED_TEAMS'
>;

/** Who may ask, and what each may read and do. The activity's caller has been trusted before. */
export interface Access {
  /** Undefined when people of that organisation may not write at all. */
  askerOf(activity: InboundActivity): Asker | undefined;
  /** What the person may do, wherever it is written; undefined for everybody who is not known to be staff. */
  roleOf(activity: InboundActivity): StaffRole | undefined;
}

/** Only here does Teams itself name the person; on web chat or Direct Line a caller names itself. */
const TEAMS = 'msteams';

/**
 * Without credentials only this machine may call, and TEAMS_DEV_ROLE says who the Agents Playground's user is. With
 * them TEAMS_ROLES names the staff. Staff texts are shown to staff alone: in their personal chat, and in the teams and
 * group chats of TEAMS_ALLOWED_TEAMS, for which an operator vouches that only staff read there. Everywhere else also
 * known staff get what everybody may read.
 */
export function createAccess(config: AccessConfig): Access {
  const tenants = lowered(config.TEAMS_TENANTS);
  const allowed = lowered(config.TEAMS_ALLOWED_TEAMS);
  const isLocal = config.MicrosoftAppId === undefined;
  const devRole = config.TEAMS_DEV_ROLE === 'publico' ? undefined : config.TEAMS_DEV_ROLE;

  const roleOf = (activity: InboundActivity): StaffRole | undefined => {
    if (isLocal) return devRole;
    if (activity.channelId !== TEAMS) return undefined;
    return config.TEAMS_ROLES?.get((activity.from?.aadObjectId ?? '').toLowerCase());
  };
  const isAmongStaff = (activity: InboundActivity): boolean =>
    isLocal || isPersonal(activity) || placesOf(activity).some((place) => allowed.has(place));

  return {
    roleOf,
    askerOf: (activity) => {
      const isWelcome = tenants.size === 0 || isOfTenants(activity, tenants);
      if (!isWelcome) return undefined;
      const role = roleOf(activity);
      return { role, audience: role !== undefined && isAmongStaff(activity) ? 'staff' : 'public' };
    },
  };
}

/** Every organisation that is named has to be welcome, and one has to be named. */
function isOfTenants(activity: InboundActivity, tenants: ReadonlySet<string>): boolean {
  const named = [activity.channelData?.tenant?.id, activity.conversation.tenantId, activity.from?.tenantId];
  const present = named.flatMap((id) => (id === null || id === undefined ? [] : [id.toLowerCase()]));
  return present.length > 0 && present.every((id) => tenants.has(id));
}

/**
 * The ids under which an operator may have listed the place: the team's, its group's in Entra, the channel's or the
 * chat's. A channel shared with others has readers that its team does not, so only its own id counts.
 */
function placesOf({ conversation, channelData }: InboundActivity): readonly string[] {
  const { team, channel } = channelData ?? {};
  const own = [conversation.id.replace(/;messageid=.*$/i, ''), channel?.id];
  const ids = channel?.type === 'shared' ? own : [...own, team?.id, team?.aadGroupId];
  return ids.flatMap((id) => (id === null || id === undefined ? [] : [id.toLowerCase()]));
}

function lowered(ids: readonly string[] | undefined): ReadonlySet<string> {
  return new Set(ids?.map((id) => id.toLowerCase()));
}
