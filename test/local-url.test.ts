import { describe, expect, it } from 'vitest';
import { isLoopbackHost, localUrl } from '#src/local-url.ts';

describe('the address for this machine', () => {
  it.each([
    ['127.0.0.1', 'http://127.0.0.1:3978'],
    ['0.0.0.0', 'http://127.0.0.1:3978'],
    ['::', 'http://127.0.0.1:3978'],
    ['::1', 'http://[::1]:3978'],
    ['orienta.local', 'http://orienta.local:3978'],
  ])('of a server on %s is %s', (host, url) => {
    expect(localUrl(host, 3978)).toBe(url);
  });
});

describe('a host', () => {
  it.each(['localhost', 'LocalHost', '127.0.0.1', '127.5.5.5', '::1', '[::1]', '::ffff:127.0.0.1'])(
    '%s is this machine alone',
    (host) => {
      expect(isLoopbackHost(host)).toBe(true);
    },
  );

  it.each(['', '0.0.0.0', '::', '10.0.0.1', 'localhost.example', '127.0.0.1.example', '128.0.0.1'])(
    '%s is not, or not alone',
    (host) => {
      expect(isLoopbackHost(host)).toBe(false);
    },
  );
});
