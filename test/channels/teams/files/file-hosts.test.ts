import { describe, expect, it } from 'vitest';
import { fileHosts } from '#src/channels/teams/files/file-hosts.ts';

describe('with credentials', () => {
  const mayFetch = fileHosts(true);
  it.each([
    'https://igm-my.sharepoint.com/personal/ana/_layouts/15/download.aspx?UniqueId=1&tempauth=x',
    'https://IGM.SharePoint.com/sites/a',
    'https://graph.microsoft.com/v1.0/drives/1/items/2/content',
  ])('%s is fetched', (address) => {
    expect(mayFetch(new URL(address))).toBe(true);
  });

  it.each([
    'http://igm.sharepoint.com/a',
    'https://igm.sharepoint.com:8443/a',
    'https://ana:clave@igm.sharepoint.com/a',
    'https://sharepoint.com/a',
    'https://a.b.sharepoint.com/a',
    'https://igm.sharepoint.com.example.org/a',
    'https://igm-sharepoint.com/a',
    'https://igm.sharepoint.com./a',
    'https://127.0.0.1/a',
    'https://localhost/a',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/a',
    'file:///etc/passwd',
  ])('%s is not', (address) => {
    expect(mayFetch(new URL(address))).toBe(false);
  });
});

describe('without credentials', () => {
  const mayFetch = fileHosts(false);
  it.each(['http://127.0.0.1:1234/a', 'http://localhost/a', 'http://[::1]:80/a'])(
    '%s is fetched',
    (address) => {
      expect(mayFetch(new URL(address))).toBe(true);
    },
  );
  it.each([
    'https://igm.sharepoint.com/a',
    'http://10.0.0.1/a',
    'http://0x7f000001.example/a',
    'file:///etc/passwd',
  ])('%s is not', (address) => {
    expect(mayFetch(new URL(address))).toBe(false);
  });
});
