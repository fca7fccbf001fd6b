import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import { packageVersion } from '../paths.ts';
import type { Print } from './ask-command.ts';
import { refuseUsage, USAGE } from './usage.ts';

/** What the commands on Teams need. */
export interface TeamsCommandParts {
  readonly config: () => Config;
  readonly print: Print;
}

interface PackageOptions {
  readonly out: string;
  readonly appVersion: string;
}

/** Adds `teams package`. */
export function addTeamsCommands(program: Command, parts: TeamsCommandParts): void {
  program
    .command('teams')
    .exitOverride(refuseUsage(USAGE.teams))
    .description('la aplicación de Teams')
    .command('package')
    .description('arma el paquete .zip que se sube a Teams, con lo que dice la configuración')
    .option('--out <archivo>', 'dónde se guarda', 'orienta-teams.zip')
    .option('--app-version <versión>', 'súbala al cambiar el paquete', readVersion, packageVersion())
    .action((options: PackageOptions) => writePackage(parts, options));
}

async function writePackage(parts: TeamsCommandParts, { out, appVersion }: PackageOptions): Promise<void> {
  // Only this command needs Microsoft's schemas, which take long to load.
  const { buildAppPackage } = await import('../channels/teams/app-package/app-package.ts');
  const built = await buildAppPackage(parts.config(), appVersion);
  const file = resolve(out);
  try {
    await writeFile(file, built.zip);
  } catch (cause) {
    throw new AppError('USAGE', `No se pudo escribir ${file}. Elija otra ruta con --out.`, { cause });
  }
  parts.print(`Paquete de Teams: ${file} (aplicación ${built.id}, versión ${built.version})`);
  parts.print('Para subirlo: Teams > Aplicaciones > Administrar aplicaciones > Cargar una aplicación.');
}

function readVersion(value: string): string {
  if (!/^\d+\.\d+\.\d+$/.test(value)) throw new InvalidArgumentError('escriba tres números, como 1.0.0');
  return value;
}
