import { createHash } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type AppPackageConfig, buildAppPackage } from '#src/channels/teams/app-package/app-package.ts';
import { ENGLISH, SPANISH } from '#src/channels/teams/app-package/app-texts.ts';
import { manifestFaults } from '#src/channels/teams/app-package/manifest-faults.ts';
import { readPng } from './read-png.ts';

const CONFIG: AppPackageConfig = {
  MicrosoftAppId: '11111111-2222-3333-4444-555555555555',
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppTenantId: '66666666-7777-8888-9999-000000000000',
  PUBLIC_URL: 'https://orienta.ejemplo.gt',
};
const jsonSchema = z.record(z.string(), z.unknown());

async function files(config = CONFIG): Promise<Readonly<Record<string, Uint8Array>>> {
  return unzipSync((await buildAppPackage(config, '1.2.3')).zip);
}

async function json(name: string, config = CONFIG) {
  return jsonSchema.parse(JSON.parse(strFromU8((await files(config))[name] ?? new Uint8Array())));
}

describe('the package of the Teams app', () => {
  it('holds the manifest, its English words and the two icons at its root, and nothing else', async () => {
    expect(Object.keys(await files()).toSorted()).toEqual([
      'color.png',
      'en.json',
      'manifest.json',
      'outline.png',
    ]);
  });

  it('passes the schemas that its files name', async () => {
    expect(await manifestFaults(await json('manifest.json'))).toEqual([]);
    expect(await manifestFaults(await json('en.json'))).toEqual([]);
  });

  it('is checked for real: a manifest with a fault is told', async () => {
    const manifest = await json('manifest.json');
    expect(await manifestFaults({ ...manifest, accentColor: 'verde' })).toEqual([
      expect.stringContaining('/accentColor'),
    ]);
    expect(await manifestFaults({ ...(await json('en.json')), 'name.long': 'x' })).toHaveLength(1);
  });

  it('never looks for a schema elsewhere', async () => {
    await expect(
      manifestFaults({ $schema: 'https://developer.microsoft.com/json-schemas/teams/v9.99/x.json' }),
    ).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await expect(manifestFaults({ $schema: 'https://example.com/x.json' })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    });
  });

  it('offers the bot everywhere, with files and commands, and the search of the compose box', async () => {
    const manifest = await json('manifest.json');
    const botId = CONFIG.MicrosoftAppId;
    expect(manifest).toMatchObject({
      version: '1.2.3',
      bots: [
        {
          botId,
          scopes: ['personal', 'team', 'groupChat'],
          supportsFiles: true,
          commandLists: [
            {
              commands: ['ayuda', 'norma', 'vigencia', 'responsable', 'acciones'].map((title) => ({ title })),
            },
          ],
        },
      ],
      composeExtensions: [
        { botId, commands: [{ id: 'buscar', type: 'query', parameters: [{ name: 'consulta' }] }] },
      ],
      validDomains: ['orienta.ejemplo.gt'],
      developer: { websiteUrl: 'https://orienta.ejemplo.gt/' },
    });
  });

  it('speaks Spanish, and English with the Spanish words that the bot reads', async () => {
    const manifest = await json('manifest.json');
    expect(manifest).toMatchObject({
      localizationInfo: {
        defaultLanguageTag: 'es',
        additionalLanguages: [{ languageTag: 'en', file: 'en.json' }],
      },
      description: { short: SPANISH.descriptionShort },
    });
    const english = await json('en.json');
    expect(english).toMatchObject({ 'description.short': ENGLISH.descriptionShort });
    expect(english['bots[0].commandLists[0].commands[1].title']).toBe('norma');
    expect(ENGLISH.commands.map(({ title }) => title)).toEqual(SPANISH.commands.map(({ title }) => title));
  });

  it('has icons of the sizes and colours that Teams asks for', async () => {
    const content = await files();
    const color = readPng(content['color.png'] ?? new Uint8Array());
    const outline = readPng(content['outline.png'] ?? new Uint8Array());
    expect([color.width, color.height]).toEqual([192, 192]);
    expect([outline.width, outline.height]).toEqual([32, 32]);
    expect(color.pixels.every(([, , , alpha]) => alpha === 255)).toBe(true);
    const drawn = outline.pixels.filter(([, , , alpha]) => alpha > 0);
    expect(drawn.every(([red, green, blue]) => red === 255 && green === 255 && blue === 255)).toBe(true);
    expect(drawn.length).toBeGreaterThan(100);
    expect(drawn.length).toBeLessThan(600);
  });

  it('is the same bytes every time, and the same app for the same bot alone', async () => {
    const first = await buildAppPackage(CONFIG, '1.2.3');
    const again = await buildAppPackage(
      { ...CONFIG, MicrosoftAppId: CONFIG.MicrosoftAppId?.toUpperCase() },
      '1.2.3',
    );
    const other = await buildAppPackage(
      { ...CONFIG, MicrosoftAppId: '99999999-2222-3333-4444-555555555555' },
      '1.2.3',
    );
    expect(digest((await buildAppPackage(CONFIG, '1.2.3')).zip)).toBe(digest(first.zip));
    expect(again.id).toBe(first.id);
    expect(other.id).not.toBe(first.id);
    expect(first.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });
});

describe('a package that cannot be built', () => {
  it('names everything that is missing at once', async () => {
    const building = buildAppPackage(
      {
        MicrosoftAppId: undefined,
        MicrosoftAppType: undefined,
        MicrosoftAppTenantId: undefined,
        PUBLIC_URL: undefined,
      },
      '1.0.0',
    );
    await expect(building).rejects.toThrow(
      /MicrosoftAppId: falta.*MicrosoftAppTenantId: falta.*PUBLIC_URL: falta/s,
    );
  });

  it.each([
    ['http alone', { PUBLIC_URL: 'http://orienta.ejemplo.gt' }, /PUBLIC_URL: Teams pide una dirección https/],
    ['this machine alone', { PUBLIC_URL: 'https://127.0.0.1' }, /PUBLIC_URL: Teams pide/],
    ['a bot id that is none', { MicrosoftAppId: 'orienta' }, /MicrosoftAppId: no es un id/],
    ['no tenant', { MicrosoftAppTenantId: undefined }, /MicrosoftAppTenantId: falta/],
  ])('with %s is refused in words', async (_what, over, expected) => {
    await expect(buildAppPackage({ ...CONFIG, ...over }, '1.0.0')).rejects.toThrow(expected);
  });

  it('does without a tenant where the registration is an old one for several', async () => {
    const config = { ...CONFIG, MicrosoftAppType: 'MultiTenant', MicrosoftAppTenantId: undefined } as const;
    expect((await buildAppPackage(config, '1.0.0')).zip.length).toBeGreaterThan(1_000);
  });
});

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
