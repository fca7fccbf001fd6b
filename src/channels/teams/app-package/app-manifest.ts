import { createHash } from 'node:crypto';
import type { TeamsManifestV1D30 } from '@microsoft/app-manifest';
import { type AppTexts, ENGLISH, SPANISH } from './app-texts.ts';

/** Newest version of the schema that is generally available; the manifest and its languages must name the same one. */
export const SCHEMA_VERSION = '1.30';
export const COLOR_ICON = 'color.png';
export const OUTLINE_ICON = 'outline.png';
export const ENGLISH_FILE = 'en.json';
/** The search of the compose box, as Teams calls it back. */
export const SEARCH_COMMAND = 'buscar';
export const SEARCH_PARAMETER = 'consulta';

const SCHEMAS = `https://developer.microsoft.com/json-schemas/teams/v${SCHEMA_VERSION}`;
/** Namespace of the ids of Orienta's Teams apps; never to change, or every installation becomes another app. */
const APP_NAMESPACE = '6c1d1f0e-4b0a-4f0e-9d55-7f8a3c0b2e41';
const ACCENT_COLOR = '#0b4f4a';
// Teams shows at most 32 characters.
const DEVELOPER = 'IGM de Guatemala';

/** What an app package is made from. */
export interface AppFacts {
  /** Id of the Azure Bot, a GUID. */
  readonly botId: string;
  /** Where people reach the pages, https. */
  readonly publicUrl: string;
  /** MAJOR.MINOR.PATCH; Teams takes a changed package only under a higher one. */
  readonly version: string;
}

type Manifest = TeamsManifestV1D30.TeamsManifestV1D30;

/** The manifest, in Spanish. */
export function appManifest({ botId, publicUrl, version }: AppFacts): Manifest {
  return {
    $schema: `${SCHEMAS}/MicrosoftTeams.schema.json`,
    manifestVersion: SCHEMA_VERSION,
    version,
    id: packageId(botId),
    localizationInfo: {
      defaultLanguageTag: 'es',
      additionalLanguages: [{ languageTag: 'en', file: ENGLISH_FILE }],
    },
    developer: {
      name: DEVELOPER,
      websiteUrl: `${publicUrl}/`,
      privacyUrl: `${publicUrl}/acerca#privacidad`,
      termsOfUseUrl: `${publicUrl}/acerca#condiciones`,
    },
    name: { short: SPANISH.nameShort, full: SPANISH.nameFull },
    description: { short: SPANISH.descriptionShort, full: SPANISH.descriptionFull },
    icons: { color: COLOR_ICON, outline: OUTLINE_ICON },
    accentColor: ACCENT_COLOR,
    bots: [bot(botId)],
    composeExtensions: [composeExtension(botId)],
    permissions: ['identity', 'messageTeamMembers'],
    validDomains: [new URL(publicUrl).host],
    defaultInstallScope: 'personal',
    defaultGroupCapability: { team: 'bot', groupchat: 'bot' },
  };
}

/** The same words in English, as Teams looks them up. */
export function englishStrings(): Readonly<Record<string, string>> {
  return { $schema: `${SCHEMAS}/MicrosoftTeams.Localization.schema.json`, ...localized(ENGLISH) };
}

function bot(botId: string): NonNullable<Manifest['bots']>[number] {
  return {
    botId,
    scopes: ['personal', 'team', 'groupChat'],
    supportsFiles: true,
    isNotificationOnly: false,
    commandLists: [
      {
        scopes: ['personal', 'team', 'groupChat'],
        commands: SPANISH.commands.map((command) => ({ ...command })),
      },
    ],
  };
}

function composeExtension(botId: string): NonNullable<Manifest['composeExtensions']>[number] {
  return {
    botId,
    commands: [
      {
        id: SEARCH_COMMAND,
        type: 'query',
        context: ['compose', 'commandBox'],
        // Before anything is typed it shows what is looked up most.
        initialRun: true,
        ...SPANISH.search,
        parameters: [{ name: SEARCH_PARAMETER, inputType: 'text', ...SPANISH.query }],
      },
    ],
  };
}

function localized(texts: AppTexts): Readonly<Record<string, string>> {
  const commands = texts.commands.flatMap(({ title, description }, index) => [
    [`bots[0].commandLists[0].commands[${index}].title`, title],
    [`bots[0].commandLists[0].commands[${index}].description`, description],
  ]);
  const search = 'composeExtensions[0].commands[0]';
  return {
    'name.short': texts.nameShort,
    'name.full': texts.nameFull,
    'description.short': texts.descriptionShort,
    'description.full': texts.descriptionFull,
    ...Object.fromEntries(commands),
    [`${search}.title`]: texts.search.title,
    [`${search}.description`]: texts.search.description,
    [`${search}.parameters[0].title`]: texts.query.title,
    [`${search}.parameters[0].description`]: texts.query.description,
  };
}

/** A name-based GUID (RFC 9562, version 5): the same bot is always the same app, and another bot never is. */
function packageId(botId: string): string {
  const namespace = Buffer.from(APP_NAMESPACE.replaceAll('-', ''), 'hex');
  const hash = createHash('sha1').update(namespace).update(botId.toLowerCase()).digest().subarray(0, 16);
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
