import { once } from 'node:events';
import { createServer } from 'node:http';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

/** What a token says, where it differs from a good one. */
export interface TokenDraft {
  readonly issuer?: string;
  readonly audience?: string;
  /** Seconds from now. */
  readonly expiresIn?: number;
  readonly validIn?: number;
  readonly serviceUrl?: string;
  readonly kid?: string;
  readonly key?: CryptoKey | Uint8Array;
  readonly alg?: string;
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** The Bot Framework's part that signs what it sends: OpenID metadata, keys and tokens. */
export interface TokenIssuer {
  readonly metadataUrl: string;
  readonly issuer: string;
  /** The published key that a draft's `kid` names unless it says otherwise, as PEM and as JWK. */
  readonly publicKey: { readonly jwk: JWK };
  /** Id of a key that is published for another channel than Teams. */
  readonly otherChannelKid: string;
  /** Signs a token that is good but for what the draft says. */
  sign(draft?: TokenDraft): Promise<string>;
  /** How often the metadata was asked for. */
  asked(): number;
  /** From now on the metadata answers with this status. */
  answerWith(status: number): void;
  close(): Promise<void>;
}

const KID = 'teams-key';
const OTHER_CHANNEL_KID = 'web-chat-key';

/** Starts an issuer on a free port, with keys of its own. */
export async function startTokenIssuer(defaults: {
  readonly audience: string;
  readonly serviceUrl: string;
}): Promise<TokenIssuer> {
  const [teams, webChat] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  const jwk = { ...(await exportJWK(teams.publicKey)), kid: KID, endorsements: ['msteams'] };
  const other = {
    ...(await exportJWK(webChat.publicKey)),
    kid: OTHER_CHANNEL_KID,
    endorsements: ['webchat'],
  };
  let asked = 0;
  let status = 200;
  const server = createServer((request, response) => {
    const isKeys = request.url === '/keys';
    if (!isKeys) asked += 1;
    const body = isKeys ? { keys: [jwk, other] } : { issuer: origin, jwks_uri: `${origin}/keys` };
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;

  return {
    metadataUrl: `${origin}/.well-known/openidconfiguration`,
    issuer: origin,
    publicKey: { jwk },
    otherChannelKid: OTHER_CHANNEL_KID,
    sign: (draft = {}) => {
      const kid = draft.kid ?? KID;
      const seconds = Math.floor(Date.now() / 1_000);
      const key = draft.key ?? (kid === OTHER_CHANNEL_KID ? webChat.privateKey : teams.privateKey);
      return new SignJWT({ serviceurl: draft.serviceUrl ?? defaults.serviceUrl, ...draft.claims })
        .setProtectedHeader({ alg: draft.alg ?? 'RS256', kid, typ: 'JWT' })
        .setIssuer(draft.issuer ?? origin)
        .setAudience(draft.audience ?? defaults.audience)
        .setNotBefore(seconds + (draft.validIn ?? 0))
        .setExpirationTime(seconds + (draft.expiresIn ?? 3_600))
        .sign(key);
    },
    asked: () => asked,
    answerWith: (next) => {
      status = next;
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
