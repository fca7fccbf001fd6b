import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import type { Config } from '../../../config.ts';
import { FaultsError } from '../../../errors.ts';
import { isLoopbackHost } from '../../../local-url.ts';
import { packageRoot } from '../../../paths.ts';
import { appManifest, COLOR_ICON, ENGLISH_FILE, englishStrings, OUTLINE_ICON } from './app-manifest.ts';
import { manifestFaults } from './manifest-faults.ts';

/** Where the icons are; the compiler leaves them there. `scripts/draw-teams-icons.ts` draws them. */
export const iconsDir: string = join(packageRoot, 'src', 'channels', 'teams', 'app-package');

/** What of the configuration a package is made from. */
export type AppPackageConfig = Pick<
  Config,
  'MicrosoftAppId' | 'MicrosoftAppType' | 'MicrosoftAppTenantId' | 'PUBLIC_URL'
>;

/** A package that Teams takes as it is. */
export interface AppPackage {
  /** The zip file; the same configuration and version give the same bytes. */
  readonly zip: Uint8Array;
  /** The app's id in Teams. */
  readonly id: string;
  readonly version: string;
}

const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
// Zip keeps local wall time without a zone; the parts of a local date are the same everywhere.
const FILE_TIME = new Date(2026, 0, 1);

/**
 * Builds the package that is uploaded to Teams.
 * @param version MAJOR.MINOR.PATCH
 * @throws {FaultsError} `CONFIG_INVALID` naming everything that is missing, in Spanish
 */
export async function buildAppPackage(config: AppPackageConfig, version: string): Promise<AppPackage> {
  const { MicrosoftAppId: botId = '', PUBLIC_URL: publicUrl = '' } = config;
  const faults = configFaults(config);
  if (faults.length > 0) {
    const summary = 'El paquete de Teams no se puede armar todavía. Ponga estas variables de entorno:';
    throw new FaultsError('CONFIG_INVALID', summary, faults);
  }
  const manifest = appManifest({ botId, publicUrl, version });
  const english = englishStrings();
  const wrong = [...(await manifestFaults(manifest)), ...(await manifestFaults(english))];
  if (wrong.length > 0) {
    throw new FaultsError('CONFIG_INVALID', 'Teams no aceptaría el paquete de esta configuración:', wrong);
  }
  const [color, outline] = await Promise.all(
    [COLOR_ICON, OUTLINE_ICON].map((name) => readFile(join(iconsDir, name))),
  );
  const files = {
    'manifest.json': strToU8(asText(manifest)),
    [ENGLISH_FILE]: strToU8(asText(english)),
    [COLOR_ICON]: new Uint8Array(color ?? []),
    [OUTLINE_ICON]: new Uint8Array(outline ?? []),
  };
  return { zip: zipSync(files, { level: 9, mtime: FILE_TIME }), id: manifest.id, version };
}

function configFaults(config: AppPackageConfig): readonly string[] {
  const { MicrosoftAppId, MicrosoftAppType, MicrosoftAppTenantId, PUBLIC_URL } = config;
  const faults: string[] = [];
  if (MicrosoftAppId === undefined) faults.push('MicrosoftAppId: falta; es el id del Azure Bot');
  else if (!GUID.test(MicrosoftAppId))
    faults.push('MicrosoftAppId: no es un id de Azure, como 00000000-0000-0000-0000-000000000000');
  // New registrations belong to one tenant; only old ones may do without.
  if (MicrosoftAppType !== 'MultiTenant' && MicrosoftAppTenantId === undefined)
    faults.push('MicrosoftAppTenantId: falta; es el id del tenant de la institución');
  if (PUBLIC_URL === undefined)
    faults.push('PUBLIC_URL: falta; es la dirección https de Orienta, como https://orienta.ejemplo.gt');
  else if (!isReachable(new URL(PUBLIC_URL)))
    faults.push('PUBLIC_URL: Teams pide una dirección https a la que se llegue desde internet');
  return faults;
}

function isReachable({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' && !isLoopbackHost(hostname);
}

function asText(file: object): string {
  return `${JSON.stringify(file, null, 2)}\n`;
}
