import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '../../config.ts';
import { isLoopbackAddress, isLoopbackHost } from '../../local-url.ts';

/** Why a request without credentials is not taken. */
export type LocalRefusal = 'exposed' | 'peer' | 'host' | 'proxied' | 'browser' | 'service-url';

/** What is looked at. */
interface Origin {
  readonly remoteAddress: string | undefined;
  readonly headers: Readonly<IncomingHttpHeaders>;
  readonly serviceUrl: string;
}

// A proxy on this machine is a loopback peer that speaks for strangers.
const PROXY_HEADER = /^(?:via|forwarded|x-forwarded(?:-.+)?|x-real-ip|x-client-ip|true-client-ip|cf-.+)$/;
const OWN_SITES: ReadonlySet<string> = new Set(['none', 'same-origin']);

/**
 * Whether strangers may reach this process without a header that tells: it listens beyond this machine, or it has a
 * public address and so a proxy before it. Then nobody may be taken for local.
 */
export function isExposed({ PUBLIC_URL, HOST }: Pick<Config, 'PUBLIC_URL' | 'HOST'>): boolean {
  return PUBLIC_URL !== undefined || !isLoopbackHost(HOST);
}

/**
 * Without Microsoft credentials nobody's identity can be checked, so only a program on this machine may call, and
 * replies may only go to this machine.
 * @returns undefined when the request may be taken
 */
export function localRefusal({ remoteAddress, headers, serviceUrl }: Origin): LocalRefusal | undefined {
  if (!isLoopbackAddress(remoteAddress ?? '')) return 'peer';
  // A name that a stranger's page made point at this machine, or a proxy that passes the public name on.
  if (!isLoopbackAuthority(headers.host ?? '')) return 'host';
  if (Object.keys(headers).some((name) => PROXY_HEADER.test(name))) return 'proxied';
  if (isFromBrowserPage(headers)) return 'browser';
  return isLoopbackHost(new URL(serviceUrl).hostname) ? undefined : 'service-url';
}

/** A page open in a browser on this machine is a loopback peer too; browsers always say where a POST comes from. */
function isFromBrowserPage(headers: Readonly<IncomingHttpHeaders>): boolean {
  const site = headers['sec-fetch-site'];
  return headers.origin !== undefined || (site !== undefined && !OWN_SITES.has(String(site)));
}

function isLoopbackAuthority(host: string): boolean {
  const url = URL.canParse(`http://${host}/`) ? new URL(`http://${host}/`) : undefined;
  return url !== undefined && url.username === '' && isLoopbackHost(url.hostname);
}
