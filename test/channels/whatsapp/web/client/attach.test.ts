import { describe, expect, it } from 'vitest';
import { hasLoggedOut, watchAttaching } from '#src/channels/whatsapp/web/client/attach.ts';

describe('watchAttaching', () => {
  it('tells that the library listens, and that it failed to, which the library keeps to itself', async () => {
    let isBroken = true;
    const heard: unknown[] = [];
    const client = {
      listens: 0,
      async attachEventListeners(): Promise<void> {
        if (isBroken) throw new Error('Requiring unknown module');
        this.listens += 1;
      },
    };
    watchAttaching(client, (thrown) => heard.push(thrown));
    await client.attachEventListeners();
    isBroken = false;
    await client.attachEventListeners();
    expect(heard).toEqual([expect.any(Error), undefined]);
    expect(client.listens).toBe(1);
  });

  it('leaves a library alone that does it otherwise', () => {
    const client = {};
    watchAttaching(client, () => undefined);
    expect(client).toEqual({});
  });
});

describe('hasLoggedOut', () => {
  it('is what the library noted', () => {
    expect([{ lastLoggedOut: true }, { lastLoggedOut: false }, {}].map(hasLoggedOut)).toEqual([
      true,
      false,
      false,
    ]);
  });
});
