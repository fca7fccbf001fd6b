import { expect, test } from 'vitest';
import type { ConversationId } from '#src/channels/channel.ts';
import { phoneOf } from '#src/channels/phone-of.ts';

test.each([
  ['whatsapp:50255550101@c.us', '50255550101'],
  ['whatsapp:50255550101', '50255550101'],
  ['whatsapp:123456789012345@lid', undefined],
  ['whatsapp:US.13491208655302741918', undefined],
  ['web:50255550101', undefined],
])('the phone of %s is %s', (conversation, phone) => {
  expect(phoneOf(conversation as ConversationId)).toBe(phone);
});
