import { describe, expect, it } from 'vitest';
import { isExposed, localRefusal } from '#src/channels/teams/local-only.ts';
import { loadConfig } from '#src/config.ts';

const host = '127.0.0.1:3978';
const local = {
  remoteAddress: '127.0.0.1',
  headers: { host },
  serviceUrl: 'http://localhost:56150/_connector',
};

describe('a process', () => {
  it.each([{}, { HOST: 'localhost' }, { HOST: '127.0.0.2' }, { HOST: '::1' }])(
    'with %j is reached from this machine alone',
    (env) => {
      expect(isExposed(loadConfig(env))).toBe(false);
    },
  );

  it.each([
    { HOST: '0.0.0.0' },
    { HOST: '::' },
    { HOST: '192.168.1.20' },
    { HOST: 'orienta.example' },
    { PUBLIC_URL: 'https://orienta.example' },
    { PUBLIC_URL: 'http://127.0.0.1:8080' },
  ])('with %j may be reached by strangers', (env) => {
    expect(isExposed(loadConfig(env))).toBe(true);
  });
});

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

  it.each(['localhost', 'LOCALHOST:3978', '127.0.0.1', '[::1]:3978'])('may be meant for %s', (name) => {
    expect(localRefusal({ ...local, headers: { host: name } })).toBeUndefined();
  });

  it.each([
    'orienta.example',
    'localhost.evil.example',
    '10.0.0.5:3978',
    'a@127.0.0.1',
    'a b',
    '',
    undefined,
  ])('may not be meant for %s', (name) => {
    expect(localRefusal({ ...local, headers: name === undefined ? {} : { host: name } })).toBe('host');
  });

  it.each([
    ['x-forwarded-for', '127.0.0.1', 'proxied'],
    ['x-forwarded-host', 'localhost', 'proxied'],
    ['x-forwarded-proto', 'http', 'proxied'],
    ['x-forwarded', '1', 'proxied'],
    ['forwarded', 'for=127.0.0.1', 'proxied'],
    ['via', '1.1 proxy', 'proxied'],
    ['x-real-ip', '127.0.0.1', 'proxied'],
    ['cf-connecting-ip', '127.0.0.1', 'proxied'],
    ['origin', 'http://127.0.0.1:8080', 'browser'],
    ['origin', 'null', 'browser'],
    ['sec-fetch-site', 'cross-site', 'browser'],
    ['sec-fetch-site', 'same-site', 'browser'],
  ])('is refused with the header %s: %s', (header, value, reason) => {
    expect(localRefusal({ ...local, headers: { host, [header]: value } })).toBe(reason);
  });

  it.each(['none', 'same-origin'])('is taken with the header sec-fetch-site: %s', (value) => {
    expect(localRefusal({ ...local, headers: { host, 'sec-fetch-site': value } })).toBeUndefined();
  });
});
