import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Config, checkForServing, configSchema, loadConfig, Secret } from '#src/config.ts';
import { FaultsError } from '#src/errors.ts';

function faultsOf(env: Record<string, string>, check = (_config: Config): void => {}): readonly string[] {
  try {
    check(loadConfig(env));
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

  it('takes a variable of blanks for an unset one, and reads no blanks around a value', () => {
    expect(loadConfig({ PORT: ' ', HOST: '\t' })).toEqual(loadConfig({}));
    expect(loadConfig({ PORT: ' 4000 ' }).PORT).toBe(4000);
  });

  it('says in Spanish what to write into every variable that can be wrong', () => {
    // Nothing is text here, no choice, no number and no address.
    const names = Object.keys(configSchema.shape);
    const faults = configSchema.safeParse(Object.fromEntries(names.map((name) => [name, Symbol(name)])));
    const issues = faults.error?.issues ?? [];
    expect(issues.map(({ path }) => path.join())).toEqual(names);
    for (const { message, path } of issues) expect(message, path.join()).toMatch(/^escriba /);
  });

  it.each([
    { PORT: 'mucho' },
    { PORT: '-1' },
    { PORT: '70000' },
    { PORT: '1.5' },
    { NODE_ENV: 'prod' },
    { LOG_LEVEL: 'loud' },
    { PUBLIC_URL: 'orienta.example' },
    { DATABASE_URL: 'mysql://x/y' },
    { RETENTION_DAYS: '0' },
    { RETENTION_DAYS: '1000' },
    { MicrosoftAppType: 'Multi' },
    { TEAMS_DEV_ROLE: 'jefe' },
    { WHATSAPP_WEB_VERSION: '../../secret' },
    { WHATSAPP_WEB_VERSION: '/etc/passwd' },
  ])('says in Spanish what to write instead of %j', (env: Record<string, string>) => {
    expect(faultsOf(env)).toEqual([expect.stringMatching(/^\w+: escriba /)]);
  });

  it('lets single commands run in production, and no server that does not know who writes or has no key', () => {
    const production = { NODE_ENV: 'production' };
    expect(faultsOf(production)).toEqual([]);
    expect(faultsOf(production, checkForServing).map((fault) => fault.split(':')[0])).toEqual([
      'MicrosoftAppId',
      'DATA_KEYS',
    ]);
    const whole = { MicrosoftAppId: 'x', MicrosoftAppPassword: 'y', DATA_KEYS: 'a:b' };
    expect(faultsOf({ ...production, ...whole }, checkForServing)).toEqual([]);
    expect(faultsOf({}, checkForServing)).toEqual([]);
  });

  it('wants a token where operators connect from elsewhere', () => {
    expect(faultsOf({ ADMIN_HOST: '0.0.0.0' }, checkForServing).join()).toContain('OPERATOR_TOKEN');
    expect(faultsOf({ ADMIN_HOST: '0.0.0.0', OPERATOR_TOKEN: 'z' }, checkForServing)).toEqual([]);
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
