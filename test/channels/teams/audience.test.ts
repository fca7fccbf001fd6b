import { describe, expect, it } from 'vitest';
import { teamsAudience } from '#src/channels/teams/audience.ts';
import { loadConfig } from '#src/config.ts';

describe('the audience of Teams', () => {
  it('is staff while only this machine may call', () => {
    expect(teamsAudience(loadConfig({}))).toBe('staff');
  });

  it('is the public as soon as there are credentials, since nobody is known to be staff', () => {
    expect(teamsAudience(loadConfig({ MicrosoftAppId: 'an-app', MicrosoftAppPassword: 'a-secret' }))).toBe(
      'public',
    );
  });
});
