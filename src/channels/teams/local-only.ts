import type { IncomingHttpHeaders } from 'node:http';
import { BlockList, isIP, isIPv6 } from 'node:net';

/** Why a request without credentials is not taken. */
export type LocalRefusal = 'peer' | 'proxied' | 'browser' | 'service-url';

/** What is looked at. */
interface Origin {
  readonly remoteAddress: string | undefined;
  readonly headers: Readonly<IncomingHttpHeaders>;
  readonly serviceUrl: string;
}

// A proxy on this machine is a loopback peer that speaks for strangers.
const PROXY_HEADERS = ['x-forwarded-for', 'forwarded', 'x-real-ip'];

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/**
 * Without Microsoft credentials nobody's identity can be checked, so only a program on this machine may call, and
 * replies may only go to this machine.
 * @returns undefined when the request may be taken
 */
export function localRefusal({ remoteAddress, headers, serviceUrl }: Origin): LocalRefusal | undefined {
  if (!isLoopbackAddress(remoteAddress ?? '')) return 'peer';
  if (PROXY_HEADERS.some((name) => headers[name] !== undefined)) return 'proxied';
  // A page open in a browser on this machine is a loopback peer too; browsers always say where a POST comes from.
  if (headers.origin !== undefined) return 'browser';
  return isLoopbackUrl(serviceUrl) ? undefined : 'service-url';
}

function isLoopbackAddress(address: string): boolean {
  return isIP(address) !== 0 && loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

function isLoopbackUrl(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || isLoopbackAddress(hostname.replace(/^\[|\]$/g, ''));
}
