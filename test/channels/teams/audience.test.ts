import { describe, expect, it } from 'vitest';
import { teamsAudience } from '#src/channels/teams/audience.ts';
import { loadConfig } from '#src/config.ts';

describe('the audience of Teams', () => {
  it('is staff while only this machine may call', () => {
    expect(teamsAudience(loadConfig({}))).toBe('staff');
  });

  it.each([
    ['publico', 'public'],
    ['lector', 'staff'],
    ['editor', 'staff'],
    ['administrador', 'staff'],
  ])('with TEAMS_DEV_ROLE=%s is %s', (role, audience) => {
    expect(teamsAudience(loadConfig({ TEAMS_DEV_ROLE: role }))).toBe(audience);
  });

  it('is the public as soon as there are credentials, since nobody is known to be staff', () => {
    const credentials = { MicrosoftAppId: 'an-app', MicrosoftAppPassword: 'a-secret' };
    expect(teamsAudience(loadConfig({ ...credentials, TEAMS_DEV_ROLE: 'administrador' }))).toBe('public');
  });
});
