import { describe, expect, it } from 'vitest';
import { toWhatsAppMessage } from '#src/channels/whatsapp/web/arriving/to-whatsapp-message.ts';
import { chatMessage } from '../door.ts';

const noAudio = async () => undefined;
const bodyOf = (change: Parameters<typeof chatMessage>[0]) =>
  toWhatsAppMessage(chatMessage(change), noAudio).body;

describe('toWhatsAppMessage', () => {
  it('names the person by phone and by privacy id, whatever device wrote', () => {
    const names = ['9001:12@lid', '50255550101:3@c.us', '50255550101@s.whatsapp.net'];
    expect(toWhatsAppMessage(chatMessage({ chat: '9001@lid', names }), noAudio).names).toEqual([
      { kind: 'whatsapp-lid', value: '9001' },
      { kind: 'whatsapp-phone', value: '50255550101' },
      { kind: 'whatsapp-phone', value: '50255550101' },
    ]);
  });

  it.each([
    [
      { kind: 'text', text: 'hola' },
      { kind: 'text', text: 'hola' },
    ],
    [
      { kind: 'picture', text: 'mi pase' },
      { kind: 'picture', caption: 'mi pase' },
    ],
    [
      { kind: 'document', text: '' },
      { kind: 'document', caption: '' },
    ],
    [
      { kind: 'location', text: '', latitude: 14.6, longitude: -90.5 },
      { kind: 'location', latitude: 14.6, longitude: -90.5 },
    ],
    [{ kind: 'location', text: '' }, { kind: 'unreadable' }],
    [{ kind: 'sticker', text: '' }, { kind: 'sticker' }],
    [{ kind: 'contact', text: '' }, { kind: 'contact' }],
    [{ kind: 'call', text: '' }, { kind: 'call' }],
    [{ kind: 'unreadable', text: '' }, { kind: 'unreadable' }],
  ] as const)('reads %j', (told, body) => {
    expect(bodyOf(told)).toEqual(body);
  });
});
