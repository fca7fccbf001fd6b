import { describe, expect, it } from 'vitest';
import { readActivity } from '#src/channels/teams/activity.ts';
import type { HandleVerb } from '#src/channels/teams/card-actions.ts';
import { conversationOf } from '#src/channels/teams/conversation-references.ts';
import { IMPORT_VERBS } from '#src/channels/teams/files/import-card.ts';
import { createImportVerbs } from '#src/channels/teams/files/import-verbs.ts';
import { createPendingImports } from '#src/channels/teams/files/pending-imports.ts';
import type { StaffRole } from '#src/config.ts';
import { createFakeImporter, REPORT } from '../../../support/fake-importer.ts';
import { recorded } from '../teams-platform.ts';

const CONVERSATION = conversationOf('a');

/** A report that waits, and a hand on its buttons. */
async function waitingReport() {
  const importer = createFakeImporter();
  const now = () => new Date('2026-03-02T15:00:00Z');
  const pending = createPendingImports({ importer, ttlMs: 1_000, now, onFault: () => undefined });
  const file = { name: 'a.pdf', format: 'pdf', bytes: new Uint8Array([1]), note: '' } as const;
  const examination = await importer.examine(file);
  if (examination.kind !== 'report') throw new Error('refused');
  const { id } = examination;
  await pending.add({ id, conversation: CONVERSATION, name: 'a.pdf', report: REPORT });
  const verbs = createImportVerbs(pending);
  const press = async (
    verb: keyof typeof IMPORT_VERBS,
    role: StaffRole | undefined,
    data: unknown = { occasion: id },
  ): Promise<string> => {
    const answer = await handler(
      verbs,
      IMPORT_VERBS[verb],
    )({
      activity: readActivity(recorded('personal-message')).activity,
      asker: { audience: 'staff', role },
      conversation: CONVERSATION,
      reference: {},
      data,
    });
    return JSON.stringify(answer);
  };
  return { importer, press };
}

function handler(verbs: Readonly<Record<string, HandleVerb>>, verb: string): HandleVerb {
  const found = verbs[verb];
  if (found === undefined) throw new Error(`no verb ${verb}`);
  return found;
}

describe('a button under a report', () => {
  it.each(['editor', 'administrador'] as const)('serves an %s', async (role) => {
    const { importer, press } = await waitingReport();
    expect(await press('apply', role)).toContain('Aplicado.');
    expect(importer.waiting.size).toBe(0);
  });

  it.each(['lector', undefined] as const)('does nothing for a %s, and stays for who may', async (role) => {
    const { importer, press } = await waitingReport();
    expect(await press('apply', role)).toContain('Solo quien tiene permiso de editor');
    expect(await press('discard', role)).toContain('Solo quien tiene permiso de editor');
    expect([importer.applied.length, importer.waiting.size]).toEqual([0, 1]);
    expect(await press('apply', 'editor')).toContain('Aplicado.');
    expect(await press('apply', role)).toContain('Solo quien tiene permiso de editor');
  });

  it.each([{ occasion: 'otro' }, { occasion: '' }, {}, null, 'x', { occasion: { $ne: 1 } }])(
    'with other data (%j) finds nothing',
    async (data) => {
      const { importer, press } = await waitingReport();
      expect(await press('apply', 'editor', data)).toContain('ya venció');
      expect(importer.waiting.size).toBe(1);
    },
  );
});
