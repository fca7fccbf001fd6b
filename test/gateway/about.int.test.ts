import { expect, it } from 'vitest';
import { startGateway } from './gateway-harness.ts';

it('the page about Orienta says what is kept, and has the headings that the Teams app points at', async () => {
  const { get } = await startGateway({ about: { retentionDays: 17, voiceLeaves: true } });
  const response = await get('/acerca');
  const html = await response.text();
  expect(response.status).toBe(200);
  expect(html).toContain('17 días');
  expect(html).toContain('las pasa a letras otro servicio');
  expect(html).toMatch(/id="privacidad".*id="condiciones"/s);
  expect((await get('/acerca', { method: 'POST' })).status).toBe(405);
});

it('it does not tell of a service that there is not', async () => {
  const { get } = await startGateway({ about: { retentionDays: 30, voiceLeaves: false } });
  expect(await (await get('/acerca')).text()).not.toContain('otro servicio');
});
