import { describe, expect, it } from 'vitest';
import { clientOptions } from '#src/channels/whatsapp/web/client/options.ts';

const OPTIONS = {
  sessionDir: 'x',
  chromePath: '/usr/bin/chromium',
  chromeArgs: ['--headless=new'],
  webCacheDir: 'y',
};

describe('clientOptions', () => {
  it('takes the page from WhatsApp or from the folder, and from nowhere else', () => {
    expect(clientOptions(OPTIONS).webVersionCache).toEqual({ type: 'none' });
    expect(clientOptions({ ...OPTIONS, webVersion: '2.3000.1' })).toMatchObject({
      webVersion: '2.3000.1',
      webVersionCache: { type: 'local', path: 'y', strict: true },
    });
  });

  it('has Chromium end with the process, also when that is killed', () => {
    expect(clientOptions(OPTIONS).puppeteer).toMatchObject({
      pipe: true,
      args: ['--remote-debugging-pipe', '--headless=new'],
      handleSIGTERM: false,
    });
  });

  it('keeps the profile after a logout: the browser still writes there', async () => {
    const { authStrategy } = clientOptions(OPTIONS);
    expect(await authStrategy?.logout()).toBeUndefined();
    expect(Object.hasOwn(authStrategy ?? {}, 'logout')).toBe(true);
  });
});
