import { expect, it } from 'vitest';
import { audioName } from '#src/channels/whatsapp/audio-name.ts';
import { oggFile } from './ogg.ts';

const none = new Uint8Array([1, 2, 3]);

it.each([
  ['what WhatsApp records', oggFile(3), 'audio/ogg; codecs=opus', 'voz.ogg', 'audio/ogg'],
  ['Ogg under a wrong type', oggFile(3), 'audio/mpeg', 'voz.ogg', 'audio/ogg'],
  ['MP4 by its bytes', Buffer.from('\0\0\0\x20ftypM4A '), '', 'voz.m4a', 'audio/mp4'],
  ['MP3 by its bytes', Buffer.from([0xff, 0xfb, 0x90, 0]), '', 'voz.mp3', 'audio/mpeg'],
  ['WAV by its bytes', Buffer.from('RIFF\0\0\0\0WAVE'), 'audio/ogg', 'voz.wav', 'audio/wav'],
  ['WebM by its bytes', Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), '', 'voz.webm', 'audio/webm'],
  ['a type alone', none, 'Audio/MP4; x=y', 'voz.m4a', 'audio/mp4'],
  ['nothing known', none, 'application/octet-stream', 'voz.ogg', 'audio/ogg'],
])('%s is named for the service', (_what, bytes, type, file, named) => {
  expect(audioName(bytes, type)).toEqual({ file, type: named });
});
