import type { Activity } from 'botbuilder';
import { z } from 'zod';
import { AppError } from '../../errors.ts';

const account = z.looseObject({
  id: z.string().min(1),
  name: z.string().nullish(),
  role: z.string().nullish(),
  /** The person's id in the organisation, the same in every conversation. */
  aadObjectId: z.string().nullish(),
  /** The person's organisation, where it is not the conversation's. */
  tenantId: z.string().nullish(),
});
const accounts = z.array(account).nullish();
const mentionSchema = z.looseObject({
  type: z.string().regex(/^mention$/i),
  mentioned: z.looseObject({ id: z.string() }),
});
const named = z.looseObject({ id: z.string().nullish() }).nullish();

/** What Teams adds. An odd shape names nobody and nothing; it is no reason to refuse the activity. */
const channelData = z
  .looseObject({
    tenant: named,
    team: z.looseObject({ id: z.string().nullish(), aadGroupId: z.string().nullish() }).nullish(),
    channel: z.looseObject({ id: z.string().nullish(), type: z.string().nullish() }).nullish(),
  })
  .nullish()
  .catch(undefined);

/** What Orienta reads of a Bot Framework activity. The rest is kept as it came. */
const activitySchema = z.looseObject({
  type: z.string().min(1),
  id: z.string().min(1).nullish(),
  channelId: z.string().min(1),
  serviceUrl: z.url({ protocol: /^https?$/ }),
  conversation: z.looseObject({
    id: z.string().min(1),
    conversationType: z.string().nullish(),
    tenantId: z.string().nullish(),
  }),
  channelData,
  recipient: account,
  from: account.nullish(),
  text: z.string().nullish(),
  /** What a button of a card sends. */
  value: z.unknown().optional(),
  entities: z.array(z.looseObject({ type: z.string().nullish() })).nullish(),
  attachments: z.array(z.looseObject({ contentType: z.string().nullish() })).nullish(),
  membersAdded: accounts,
  membersRemoved: accounts,
  action: z.string().nullish(),
});

/** An activity whose shape has been checked. */
export type InboundActivity = Readonly<z.output<typeof activitySchema>>;

// botbuilder's type asks for fields that no platform always sends; the schema above is what its adapter really needs.
const botbuilderActivity = z.custom<Activity>((value) => activitySchema.safeParse(value).success);

/**
 * Reads the parsed JSON body of a request.
 * @returns the activity as Orienta reads it, and the same one for botbuilder, which writes into its copy
 * @throws {AppError} `MALFORMED_REQUEST` when it is no activity
 */
export function readActivity(body: unknown): { readonly activity: InboundActivity; readonly raw: Activity } {
  const parsed = activitySchema.safeParse(body);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join('.') || 'body');
    throw new AppError('MALFORMED_REQUEST', `The body is not an activity; check: ${fields.join(', ')}.`);
  }
  if (parsed.data.type === 'message' && typeof parsed.data.id !== 'string') {
    throw new AppError('MALFORMED_REQUEST', 'The message has no id.');
  }
  return { activity: parsed.data, raw: botbuilderActivity.parse(structuredClone(body)) };
}

/** Whether the conversation is one person's with Orienta, and nobody else reads there. */
export function isPersonal({
  conversation,
}: {
  readonly conversation?: { readonly conversationType?: string | null | undefined };
}): boolean {
  return conversation?.conversationType === 'personal';
}

/** Whether a message speaks to Orienta: in a group it has to be named, unless a button of its own card was pressed. */
export function isAddressed(activity: InboundActivity): boolean {
  if (!isGroup(activity) || isSubmit(activity)) return true;
  return (activity.entities ?? []).some((entity) => {
    const mention = mentionSchema.safeParse(entity);
    return mention.success && mention.data.mentioned.id === activity.recipient.id;
  });
}

/** Whether a message is the button of a card that sends its data as a message. */
export function isSubmit(activity: InboundActivity): boolean {
  return activity.type === 'message' && typeof activity.value === 'object' && activity.value !== null;
}

function isGroup({ conversation }: InboundActivity): boolean {
  return conversation.conversationType === 'groupChat' || conversation.conversationType === 'channel';
}

/** Whether Orienta wrote it itself: the platform may send a bot its own messages. */
export function isOwnEcho(activity: InboundActivity): boolean {
  return activity.from?.id === activity.recipient.id || activity.from?.role === 'bot';
}

/** Whether somebody has just put Orienta into the conversation, or opened a personal chat with it. */
export function isInstall(activity: InboundActivity): boolean {
  if (activity.type === 'installationUpdate') return activity.action === 'add';
  if (activity.type !== 'conversationUpdate') return false;
  const added = activity.membersAdded ?? [];
  return isPersonal(activity)
    ? added.length > 0
    : added.some((member) => member.id === activity.recipient.id);
}

/** Whether Orienta has just been taken out of the conversation. */
export function isUninstall(activity: InboundActivity): boolean {
  if (activity.type === 'installationUpdate') return activity.action === 'remove';
  if (activity.type !== 'conversationUpdate') return false;
  return (activity.membersRemoved ?? []).some((member) => member.id === activity.recipient.id);
}

/** Whether the person sent a file, picture or card. Teams adds an HTML copy of each text; that one does not count. */
export function hasAttachment(activity: InboundActivity): boolean {
  return (activity.attachments ?? []).some((attachment) => attachment.contentType !== 'text/html');
}
