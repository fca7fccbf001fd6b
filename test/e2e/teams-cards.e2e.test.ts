import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDataDir } from '../support/fresh-data-dir.ts';
import { openPlayground, type Playground } from '../support/playground.ts';
import { type RunningOrienta, startOrienta } from '../support/start-orienta.ts';

/** The Playground's second channel, which no test needs for anything else. */
const LEGAL_ROOM = 'channel-announcements-id';

describe('cards of the whole process in the Agents Playground', () => {
  let orienta: RunningOrienta;
  let playground: Playground;

  beforeAll(async () => {
    orienta = await startOrienta({
      DATA_DIR: await freshDataDir('teams-cards'),
      TEAMS_LEGAL_CONVERSATION: LEGAL_ROOM,
      TEAMS_DEV_ROLE: 'editor',
    });
    playground = await openPlayground(`${orienta.address}/api/messages`);
    await playground.botMessages.first().getByText('Hola, soy Orienta.').waitFor();
  });
  afterAll(async () => {
    await playground?.close();
    await orienta?.stop();
  });

  const pressed = (title: string) =>
    playground.botMessages.nth(1).getByRole('button', { name: title, exact: true }).click();

  it('answer with the article, its words and its validity', async () => {
    await playground.say('¿Qué dice el artículo 46 del Código de Migración?');
    const answer = playground.botMessages.nth(1);
    await answer.getByRole('link', { name: 'Código de Migración, artículo 46' }).waitFor();
    await answer.getByText('Vigente; según fuentes públicas.').waitFor();
    await pressed('Texto de la norma');
    await answer.getByText('No es la letra oficial').waitFor();
  });

  it('give the citation as plain text, once', async () => {
    await pressed('Cita');
    const citation = playground.botMessages.nth(2);
    await citation.getByText('Código de Migración, artículo 46 (vigente).').waitFor();
    await playground.botMessages.nth(1).getByText('La cita está en esta conversación').waitFor();
    await pressed('Cita');
    await pressed('Está mal');
    await playground.botMessages.nth(1).getByText('Gracias por avisar que está mal.').waitFor();
    expect(await playground.botMessages.count()).toBe(3);
  });

  it('put the question to the legal unit and bring its answer back', async () => {
    await pressed('Preguntar a Jurídico');
    await playground.botMessages.nth(1).getByText('Su pregunta está con Jurídico.').waitFor();
    const { page } = playground;
    await page.getByText('Announcements', { exact: true }).click();
    // The Playground draws every card of a channel anew when a message comes, and what was written in them is lost.
    await page.getByText('Escriba su pregunta con sus propias palabras.').waitFor();
    await page.getByText('Pregunta de una persona del equipo (editor):').waitFor();
    await page.getByText('«¿Qué dice el artículo 46 del Código de Migración?»').waitFor();
    await page.getByText('Respuesta para quien preguntó.').waitFor();
    const field = page.locator('textarea');
    await field.click();
    await field.pressSequentially('A nadie se le devuelve a donde corre peligro.');
    await page.getByRole('button', { name: 'Responder', exact: true }).click();
    await page.getByText('Listo. La respuesta va en camino a quien preguntó.').waitFor();
    expect(await page.getByRole('button', { name: 'Responder', exact: true }).count()).toBe(0);
    await page.getByText('Personal Chat', { exact: true }).click();
    const answer = playground.botMessages.nth(3);
    await answer.getByText('A nadie se le devuelve a donde corre peligro.').waitFor();
    expect(await answer.textContent()).toContain('Jurídico respondió a su pregunta');
    expect(await playground.botMessages.count()).toBe(4);
  });

  it('understand a question that leans on the one before it', async () => {
    await playground.say('¿Cómo saco el pasaporte por primera vez?');
    await playground.botMessages.nth(4).getByText('Pague en Banrural').waitFor();
    await playground.say('¿y cuánto cuesta?');
    const price = playground.botMessages.nth(5);
    await price.getByText('El pasaporte de adulto cuesta USD 50').waitFor();
    await price.getByRole('link', { name: 'Guía de trámites: Pasaporte guatemalteco' }).waitFor();
  });

  it('show the article that a command names', async () => {
    await playground.say('norma 46');
    const article = playground.botMessages.nth(6);
    await article.getByText('Código de Migración (Decreto 44-2016), artículo 46.').waitFor();
    await article.getByRole('button', { name: 'Copiar para WhatsApp' }).waitFor();
  });

  it('list what an institution has to do', async () => {
    await playground.say('acciones MINEX');
    const actions = playground.botMessages.nth(7);
    await actions.getByText('Ministerio de Relaciones Exteriores (MINEX): responde por').waitFor();
    await actions.getByRole('button', { name: 'Exportar a Excel' }).waitFor();
    expect(await actions.textContent()).toContain('Buscar a personas desaparecidas en la ruta migratoria');
  });

  it('are none for a message without words, which gets a kind reply', async () => {
    await playground.say('  ');
    await playground.botMessages.nth(8).getByText('Su mensaje llegó sin texto.').waitFor();
  });

  it('are none for a file of an unknown kind, which gets a kind reply', async () => {
    const downloadUrl = `${orienta.address}/healthz`;
    const contentType = 'application/vnd.microsoft.teams.file.download.info';
    const attachments = [{ contentType, name: 'notas.txt', content: { downloadUrl, fileType: 'txt' } }];
    await playground.sendActivity({ type: 'message', attachments });
    await playground.botMessages.nth(9).getByText('No puedo leer ese tipo de archivo.').waitFor();
    expect(await playground.botMessages.count()).toBe(10);
  });
});
