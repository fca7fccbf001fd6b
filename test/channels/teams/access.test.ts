import { describe, expect, it } from 'vitest';
import { createAccess } from '#src/channels/teams/access.ts';
import { readActivity } from '#src/channels/teams/activity.ts';
import { loadConfig } from '#src/config.ts';
import { recorded } from './teams-platform.ts';

const CREDENTIALS = { MicrosoftAppId: 'an-app', MicrosoftAppPassword: 'a-secret' };
const ANA = '0A6F0000-0000-4000-8000-00000000000A';
const BETO = '0a6f0000-0000-4000-8000-00000000000b';
const HOME = '7E4A0000-0000-4000-8000-000000000001';
const TEAM = '19:team@thread.tacv2';
const GROUP = '91110000-0000-4000-8000-000000000002';
const ROLES = { ...CREDENTIALS, TEAMS_ROLES: `${ANA}:editor` };

type Over = Readonly<Record<string, unknown>>;
const from = (aadObjectId: string, over: Over = {}) => ({
  from: { id: '29:x', name: 'Persona', aadObjectId, ...over },
});
const inTenant = (id: string | undefined, over: Over = {}) => ({
  channelData: { ...(id === undefined ? {} : { tenant: { id } }), ...over },
});
const inPersonal = (over: Over = {}) => ({
  conversation: { id: 'a:1', conversationType: 'personal', ...over },
});
const inTeam = (channel: Over = {}) => ({
  conversation: { id: '19:channel@thread.tacv2;messageid=1730', conversationType: 'channel' },
  ...inTenant(HOME, {
    team: { id: TEAM, aadGroupId: GROUP },
    channel: { id: '19:channel@thread.tacv2', ...channel },
  }),
});
const inGroup = { conversation: { id: '19:chat@thread.v2', conversationType: 'groupChat' } };

function asked(env: Readonly<Record<string, string>>, ...over: readonly Over[]) {
  const activity = Object.assign({ ...recorded('personal-message') }, ...over);
  return createAccess(loadConfig(env)).askerOf(readActivity(activity).activity);
}

describe('who asks in Teams without credentials', () => {
  it('is staff who may read, as only this machine may call', () => {
    expect(asked({})).toEqual({ audience: 'staff', role: 'lector' });
  });

  it.each([
    ['publico', { audience: 'public', role: undefined }],
    ['lector', { audience: 'staff', role: 'lector' }],
    ['editor', { audience: 'staff', role: 'editor' }],
    ['administrador', { audience: 'staff', role: 'administrador' }],
  ])('is with TEAMS_DEV_ROLE=%s: %j', (TEAMS_DEV_ROLE, expected) => {
    expect(asked({ TEAMS_DEV_ROLE }, inGroup)).toEqual(expected);
  });
});

describe('who asks in Teams with credentials', () => {
  it('is the public while no staff is listed, whatever the role for development says', () => {
    const env = { ...CREDENTIALS, TEAMS_DEV_ROLE: 'administrador' };
    expect(asked(env, from(ANA))).toEqual({ audience: 'public', role: undefined });
  });

  it('is staff in the personal chat of a person who is listed, however the id is written', () => {
    const staff = { audience: 'staff', role: 'editor' };
    expect(asked(ROLES, inPersonal(), from(ANA))).toEqual(staff);
    expect(asked(ROLES, inPersonal(), from(ANA.toLowerCase()))).toEqual(staff);
  });

  it.each([
    ['a person who is not listed', from(BETO)],
    ['a person without an id', from('')],
    ['nobody', { from: undefined }],
  ])('is the public when it is %s', (_who, who) => {
    expect(asked(ROLES, inPersonal(), who)).toEqual({ audience: 'public', role: undefined });
  });

  it.each(['webchat', 'directline', 'emulator'])(
    'is the public on %s, where callers name themselves',
    (channelId) => {
      const got = asked(ROLES, inPersonal(), from(ANA), { channelId });
      expect(got).toEqual({ audience: 'public', role: undefined });
    },
  );

  it.each([
    ['a group chat', inGroup],
    ['a channel', inTeam()],
    ['a place of unknown kind', { conversation: { id: 'a:1' } }],
  ])('reads as the public in %s, where others read along, and keeps the role', (_where, where) => {
    expect(asked(ROLES, where, from(ANA))).toEqual({ audience: 'public', role: 'editor' });
  });

  it.each([
    ['the team', TEAM, inTeam()],
    ['the group of the team in Entra', GROUP.toUpperCase(), inTeam()],
    ['the channel', '19:channel@thread.tacv2', inTeam()],
    ['a private channel’s team', TEAM, inTeam({ type: 'private' })],
    ['a shared channel itself', '19:channel@thread.tacv2', inTeam({ type: 'shared' })],
    ['the group chat', `${TEAM}, 19:chat@thread.v2`, inGroup],
  ])('reads as staff where an operator has allowed %s', (_what, TEAMS_ALLOWED_TEAMS, where) => {
    const env = { ...ROLES, TEAMS_ALLOWED_TEAMS };
    expect(asked(env, where, from(ANA))?.audience).toBe('staff');
    expect(asked(env, where, from(BETO))).toEqual({ audience: 'public', role: undefined });
  });

  it('reads as the public in a channel that an allowed team shares with others', () => {
    const env = { ...ROLES, TEAMS_ALLOWED_TEAMS: `${TEAM},${GROUP}` };
    expect(asked(env, inTeam({ type: 'shared' }), from(ANA))?.audience).toBe('public');
  });
});

describe('with TEAMS_TENANTS', () => {
  const env = { ...ROLES, TEAMS_TENANTS: `${HOME}, other` };

  it.each([
    ['the channel data', inPersonal(), inTenant(HOME.toLowerCase())],
    ['the conversation', inPersonal({ tenantId: HOME }), inTenant(undefined)],
    ['both', inPersonal({ tenantId: HOME }), inTenant('OTHER')],
  ])('people may write whose organisation is listed, named in %s', (_where, where, tenant) => {
    expect(asked(env, where, tenant, from(ANA))).toMatchObject({ audience: 'staff' });
  });

  it.each([
    ['is another one', inPersonal(), inTenant('strange')],
    ['is not named', inPersonal(), { channelData: undefined }],
    ['is named oddly', inPersonal(), { channelData: 'x' }],
    ['is another one beside a listed one', inPersonal({ tenantId: 'strange' }), inTenant(HOME)],
  ])('nobody may write whose organisation %s', (_what, where, tenant) => {
    expect(asked(env, where, tenant, from(ANA))).toBeUndefined();
  });

  it('nobody may write who is from elsewhere and only visits a listed one', () => {
    const guest = from(ANA, { tenantId: 'strange' });
    expect(asked(env, inPersonal(), inTenant(HOME), guest)).toBeUndefined();
  });

  it('holds without credentials too', () => {
    expect(asked({ TEAMS_TENANTS: HOME }, inPersonal(), inTenant('strange'))).toBeUndefined();
  });
});
