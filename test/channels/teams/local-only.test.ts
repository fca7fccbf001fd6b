import { describe, expect, it } from 'vitest';
import { localRefusal } from '#src/channels/teams/local-only.ts';

const local = { remoteAddress: '127.0.0.1', headers: {}, serviceUrl: 'http://localhost:56150/_connector' };

describe('a request without credentials', () => {
  it.each(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'])('is taken from %s', (remoteAddress) => {
    expect(localRefusal({ ...local, remoteAddress })).toBeUndefined();
  });

  it.each(['10.0.0.5', '192.168.1.20', '::ffff:10.0.0.5', '2001:db8::1', '0.0.0.0', '', undefined])(
    'is refused from %s',
    (remoteAddress) => {
      expect(localRefusal({ ...local, remoteAddress })).toBe('peer');
    },
  );

  it.each(['http://127.0.0.1:1/', 'http://localhost/', 'http://[::1]:5/', 'https://127.1.2.3/x'])(
    'may have its answers sent to %s',
    (serviceUrl) => {
      expect(localRefusal({ ...local, serviceUrl })).toBeUndefined();
    },
  );

  it.each([
    'https://smba.trafficmanager.net/amer/',
    'http://127.0.0.1.evil.example/',
    'http://localhost.evil.example/',
    'http://10.0.0.5/',
    'http://127.0.0.1@evil.example/',
    'http://[::2]/',
  ])('may not have its answers sent to %s', (serviceUrl) => {
    expect(localRefusal({ ...local, serviceUrl })).toBe('service-url');
  });

  it.each([
    ['x-forwarded-for', 'proxied'],
    ['forwarded', 'proxied'],
    ['x-real-ip', 'proxied'],
    ['origin', 'browser'],
  ])('is refused with the header %s', (header, reason) => {
    expect(localRefusal({ ...local, headers: { [header]: '127.0.0.1' } })).toBe(reason);
  });
});
