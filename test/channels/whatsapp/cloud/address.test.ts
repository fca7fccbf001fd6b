import { describe, expect, it } from 'vitest';
import { recipientOf, senderOf } from '#src/channels/whatsapp/cloud/address.ts';
import { conversationOf } from './cloud-platform.ts';

describe('the recipient of a conversation', () => {
  it('is a phone in `to`, also of a chat that whatsapp-web.js opened', () => {
    const expected = { recipient_type: 'individual', to: '50255550101' };
    expect(recipientOf(conversationOf('50255550101'))).toEqual(expected);
    expect(recipientOf(conversationOf('50255550101@c.us'))).toEqual(expected);
  });

  it.each(['GT.13491208655302741918', 'US.ENT.11815799212886844830', 'MX.a1B2'])(
    'is %s in `recipient`, never in `to`, where it would be taken for a phone and lost',
    (scoped) => {
      expect(recipientOf(conversationOf(scoped))).toEqual({
        recipient_type: 'individual',
        recipient: scoped,
      });
    },
  );

  it.each(['9001@lid', 'nobody', '', 'GT.', 'gt.123', '50255550101@g.us', '1203@newsletter'])(
    'is nobody for «%s»',
    (chat) => {
      expect(recipientOf(conversationOf(chat))).toBeUndefined();
    },
  );

  it('is nobody for the conversation of another channel', () => {
    expect(recipientOf('web:50255550101' as never)).toBeUndefined();
  });
});

describe('who wrote', () => {
  it('is answered at the phone where there is one, and known by every id', () => {
    expect(senderOf(['50255550101', 'GT.1', '50255550101', undefined, 'GT.ENT.2'])).toEqual({
      chat: '50255550101',
      names: [
        { kind: 'whatsapp-phone', value: '50255550101' },
        { kind: 'whatsapp-bsuid', value: 'GT.1' },
        { kind: 'whatsapp-bsuid', value: 'GT.ENT.2' },
      ],
    });
  });

  it('is answered at the business-scoped id where there is no phone', () => {
    expect(senderOf([undefined, 'GT.1'])).toEqual({
      chat: 'GT.1',
      names: [{ kind: 'whatsapp-bsuid', value: 'GT.1' }],
    });
  });

  it('is nobody without an id that can be written to', () => {
    expect(senderOf([undefined, '', 'x'])).toBeUndefined();
  });
});
