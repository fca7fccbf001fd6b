import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { callPage } from '#src/channels/whatsapp/web/client/page-call.ts';
import {
  nameDevice,
  probePage,
  probeSchema,
  refreshQr,
} from '#src/channels/whatsapp/web/client/page-probe.ts';
import { fakePage } from './fake-page.ts';

const anything = z.unknown();

describe('probePage', () => {
  it('tells the session, and that a page still loads', async () => {
    const Socket = { state: 'CONNECTED', hasSynced: true };
    const page = fakePage({ modules: { WAWebSocketModel: { Socket } } });
    expect(await callPage(page, probePage, null, probeSchema)).toEqual({
      state: 'CONNECTED',
      hasSynced: true,
      isInjected: true,
      isListening: false,
    });
    expect(await callPage(fakePage({}), probePage, null, probeSchema)).toMatchObject({ hasSynced: false });
  });
});

describe('callPage', () => {
  it('fails when there is no page, when it does not answer, and when it answers something else', async () => {
    const hanging = { evaluate: () => new Promise<unknown>(() => undefined) };
    await expect(callPage(undefined, probePage, null, probeSchema)).rejects.toMatchObject({
      retryable: true,
    });
    await expect(callPage(hanging, probePage, null, probeSchema, 5)).rejects.toThrow('does not answer');
    const odd = { evaluate: () => Promise.resolve(7) };
    await expect(callPage(odd, probePage, null, probeSchema)).rejects.toThrow('something else');
  });
});

describe('refreshQr', () => {
  it.each([
    ['WAWebCmd', (refreshQR: () => void) => ({ WAWebCmd: { Cmd: { refreshQR } } })],
    [
      'WAWebLaunchSocketUtils',
      (refreshQR: () => void) => ({ WAWebCmd: { Cmd: {} }, WAWebLaunchSocketUtils: { refreshQR } }),
    ],
  ])('asks the page by %s', async (_name, modules) => {
    let asked = 0;
    const refresh = (): void => {
      asked += 1;
    };
    const page = fakePage({ modules: modules(refresh) });
    await callPage(page, refreshQr, null, anything);
    expect(asked).toBe(1);
  });
});

describe('nameDevice', () => {
  it('changes the name and nothing else', async () => {
    const browser = { info: () => ({ os: 'Linux', name: 'Chrome' }) };
    const page = fakePage({ modules: { WAWebMiscBrowserUtils: browser } });
    await callPage(page, nameDevice, 'Orienta', anything);
    expect({ ...browser.info() }).toEqual({ os: 'Orienta', name: 'Chrome' });
  });
});
