import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig, Secret } from '#src/config.ts';
import { FaultsError } from '#src/errors.ts';

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof FaultsError) return error.faults;
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  it('needs nothing', () => {
    expect(loadConfig({})).toMatchObject({ PORT: 3978, HOST: '127.0.0.1', NODE_ENV: 'development' });
  });

  it('takes an empty variable for an unset one', () => {
    expect(loadConfig({ PORT: '', PUBLIC_URL: '' })).toEqual(loadConfig({}));
  });

  it('reports all faults together, each with its variable', () => {
    const faults = faultsOf({ PORT: '70000', PUBLIC_URL: 'ftp://x', TEAMS_DEV_ROLE: 'jefe' });
    expect(faults.map((fault) => fault.split(':')[0])).toEqual(['PORT', 'PUBLIC_URL', 'TEAMS_DEV_ROLE']);
  });

  it('wants a whole set of Microsoft credentials', () => {
    expect(faultsOf({ MicrosoftAppId: 'x' }).join()).toContain('MicrosoftAppPassword');
    expect(
      faultsOf({ MicrosoftAppId: 'x', MicrosoftAppPassword: 'y', MicrosoftAppType: 'SingleTenant' }).join(),
    ).toContain('MicrosoftAppTenantId');
  });

  it('does not start in production without knowing who writes in Teams', () => {
    expect(faultsOf({ NODE_ENV: 'production' }).join()).toContain('MicrosoftAppId');
  });

  it('takes a relative data folder from where the command runs, and trims the public address', () => {
    const config = loadConfig({ DATA_DIR: 'x/y', PUBLIC_URL: 'https://orienta.example/' });
    expect(config.DATA_DIR).toBe(resolve('x/y'));
    expect(config.PUBLIC_URL).toBe('https://orienta.example');
  });

  it('keeps secrets out of anything printed', () => {
    const config = loadConfig({ MicrosoftAppId: 'id', MicrosoftAppPassword: 'muy-secreto' });
    expect(JSON.stringify(config)).not.toContain('muy-secreto');
    expect(`${config.MicrosoftAppPassword}`).toBe('***');
    expect(config.MicrosoftAppPassword).toBeInstanceOf(Secret);
    expect(config.MicrosoftAppPassword?.reveal()).toBe('muy-secreto');
  });
});
