import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Secret } from '../config.ts';
import { AppError } from '../errors.ts';
import { isLoopbackHost } from '../local-url.ts';

/** Who may see the operators' pages. */
export interface OperatorGuardOptions {
  /** The address that is listened on: on loopback this machine needs no token. */
  readonly host: string;
  readonly token: Secret | undefined;
}

/** Lets through whoever shows the token, as `Bearer` or as the password that a browser asks for; and this machine. */
export function operatorGuard({ host, token }: OperatorGuardOptions): RequestHandler {
  const expected = token === undefined ? undefined : digest(token.reveal());
  const isOpen = isLoopbackHost(host);
  return (req, res, next) => {
    const shown = shownToken(req.headers.authorization ?? '');
    const hasToken =
      expected !== undefined && shown !== undefined && timingSafeEqual(expected, digest(shown));
    if (hasToken || (isOpen && isDirect(req.headers))) {
      next();
      return;
    }
    res.set('WWW-Authenticate', 'Basic realm="Orienta", charset="UTF-8"');
    next(new AppError('UNTRUSTED_REQUEST', 'The operators’ port was asked without its token.'));
  };
}

/** A proxy on this machine speaks for strangers, and a stranger's page can make its own name point at this machine. */
function isDirect(headers: Readonly<Record<string, unknown>>): boolean {
  const isForwarded = Object.keys(headers).some((name) =>
    /^(?:via|forwarded|x-forwarded-.+|x-real-ip)$/.test(name),
  );
  const authority = `http://${String(headers['host'])}/`;
  return !isForwarded && URL.canParse(authority) && isLoopbackHost(new URL(authority).hostname);
}

function shownToken(authorization: string): string | undefined {
  const [, scheme = '', value = ''] = /^(bearer|basic) +(\S+)$/i.exec(authorization) ?? [];
  if (scheme === '') return undefined;
  if (scheme.toLowerCase() === 'bearer') return value;
  const pair = Buffer.from(value, 'base64').toString('utf8');
  return pair.slice(pair.indexOf(':') + 1);
}

/** Of one length, so that comparing takes one time. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
