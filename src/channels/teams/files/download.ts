import type { MayFetch } from './file-hosts.ts';

/** Largest file that is taken, in bytes. */
export const MAX_FILE_BYTES = 25 * 1024 * 1024;
const TIMEOUT_MS = 60_000;
const MOST_REDIRECTS = 3;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** `forbidden`: the address is none that files come from. `failed`: it could not be had now. */
export type Download =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'forbidden' | 'too-large' | 'failed' };

/** What a download is held to. */
export interface DownloadLimits {
  readonly mayFetch: MayFetch;
  readonly maxBytes?: number;
  readonly timeoutMs?: number;
  /** Gives up. */
  readonly signal?: AbortSignal;
}

/** Fetches a file, asking anew at each redirect whether its address may be fetched. Sends no credentials. */
export async function download(url: string, limits: DownloadLimits): Promise<Download> {
  const { mayFetch, maxBytes = MAX_FILE_BYTES, timeoutMs = TIMEOUT_MS } = limits;
  const stop = new AbortController();
  const signals = [stop.signal, AbortSignal.timeout(timeoutMs), ...(limits.signal ? [limits.signal] : [])];
  const signal = AbortSignal.any(signals);
  try {
    const response = await follow(url, mayFetch, signal);
    if (response === 'forbidden') return { kind: 'forbidden' };
    if (!response.ok || response.body === null) return { kind: 'failed' };
    if (Number(response.headers.get('content-length') ?? 0) > maxBytes) return { kind: 'too-large' };
    return await read(response.body, maxBytes);
  } catch {
    // The cause may quote the address, which is a key to the file.
    return { kind: 'failed' };
  } finally {
    stop.abort();
  }
}

async function follow(url: string, mayFetch: MayFetch, signal: AbortSignal): Promise<Response | 'forbidden'> {
  let address = url;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
    if (!URL.canParse(address) || !mayFetch(new URL(address))) return 'forbidden';
    const response = await fetch(address, { redirect: 'manual', signal });
    const location = response.headers.get('location');
    if (!REDIRECTS.has(response.status) || location === null) return response;
    await response.body?.cancel();
    if (!URL.canParse(location, address)) return 'forbidden';
    address = new URL(location, address).href;
  }
  return 'forbidden';
}

async function read(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Download> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > maxBytes) return { kind: 'too-large' };
    chunks.push(chunk);
  }
  return { kind: 'bytes', bytes: Buffer.concat(chunks) };
}
