import { isLoopbackHost } from '../../../local-url.ts';

/** Whether a file may be fetched from an address. Everything else could be a service of this network. */
export type MayFetch = (address: URL) => boolean;

/** Where Teams keeps what people send: their OneDrive or a team's site, both on SharePoint, or Graph. */
const TEAMS_HOSTS = /^(?:[a-z\d-]+\.sharepoint\.com|graph\.microsoft\.com)$/;

/** @param hasCredentials without them only this machine calls, and only this machine is asked */
export function fileHosts(hasCredentials: boolean): MayFetch {
  if (!hasCredentials) return ({ hostname }) => isLoopbackHost(hostname);
  return ({ protocol, port, hostname, username, password }) =>
    protocol === 'https:' &&
    port === '' &&
    username === '' &&
    password === '' &&
    TEAMS_HOSTS.test(hostname.toLowerCase());
}
