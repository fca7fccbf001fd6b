import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Assistant, openAssistant } from '#src/assistant.ts';
import type { Reply } from '#src/channels/channel.ts';
import { LONGEST_MESSAGE, renderWhatsApp } from '#src/channels/render-whatsapp.ts';
import { tableList } from '#src/channels/table-list.ts';
import { condense } from '#src/conversation/condense.ts';
import { decodeReply, encodeReply } from '#src/conversation/reply-codec.ts';
import { knowledgeDir, packageRoot } from '#src/paths.ts';

const lineSchema = z.object({ id: z.string(), question: z.string() });
/** What a person reads at one look, and the share of answers that hold to it. */
const SHORT = 400;
const SHORT_SHARE = 0.75;
let dataDir: string;
let assistant: Assistant;
let replies: readonly { readonly id: string; readonly whole: Reply; readonly parts: readonly Reply[] }[];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'orienta-condense-'));
  const now = () => new Date('2026-11-22T18:00:00Z');
  assistant = await openAssistant({ knowledgeDir, dataDir, baseUrl: () => 'http://127.0.0.1:3978', now });
  replies = await Promise.all((await questions()).map(answered));
});
afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

async function questions(): Promise<readonly z.infer<typeof lineSchema>[]> {
  const files = ['dev-lay.jsonl', 'dev-unanswerable.jsonl'].map((file) =>
    readFile(join(packageRoot, 'test/fixtures/eval', file), 'utf8'),
  );
  return (await Promise.all(files)).flatMap((text) =>
    text
      .trim()
      .split('\n')
      .map((line) => lineSchema.parse(JSON.parse(line))),
  );
}

/** The whole answer is what the web page shows; on WhatsApp it comes in parts. */
async function answered({ id, question }: z.infer<typeof lineSchema>) {
  const { reply: whole } = await assistant.handle(
    { channel: 'web', audience: 'public', text: question, receivedAt: new Date('2026-11-22T18:00:00Z') },
    undefined,
  );
  if (whole === undefined) expect.fail(`${id} has no reply`);
  const parts: Reply[] = [];
  for (let left: Reply | undefined = whole; left !== undefined; ) {
    const { now, rest } = condense(left);
    parts.push(now);
    left = rest && decodeReply(encodeReply(rest));
  }
  return { id, whole, parts };
}

/** Everything a reply says, piece by piece, as WhatsApp words it. */
function wordsOf({ blocks }: Reply): readonly string[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'table') return tableList(block).items;
    if (block.kind === 'list') return block.items;
    if (block.kind === 'notice') return [block.brief ?? block.text];
    return block.later?.items ?? block.statements ?? [block.brief ?? block.text];
  });
}

describe('real answers on WhatsApp', () => {
  it('come in messages that a phone shows, one for each time of asking', () => {
    const long = replies.flatMap(({ id, parts }) =>
      parts
        .map((part) => renderWhatsApp(part))
        .filter((messages) => messages.length !== 1 || (messages[0]?.length ?? 0) > LONGEST_MESSAGE)
        .map((messages) => `${id}: ${messages.map(({ length }) => length).join('+')}`),
    );
    expect(long).toEqual([]);
  });

  it('lose nothing and tear nothing on the way', () => {
    const lost = replies.flatMap(({ id, whole, parts }) => {
      const said = parts
        .flatMap((part) => renderWhatsApp(part))
        .join('\n')
        .replaceAll('*', '');
      return wordsOf(whole)
        .filter((words) => !said.includes(words))
        .map((words) => `${id}: ${words}`);
    });
    expect(lost).toEqual([]);
  });

  it('are mostly short at first, and complete: cited, and with all that must not wait', () => {
    const firsts = replies.map(({ whole, parts }) => ({
      whole,
      text: renderWhatsApp(parts[0] ?? whole)[0] ?? '',
    }));
    const short = firsts.filter(({ text }) => text.length <= SHORT).length;
    expect(short / firsts.length).toBeGreaterThanOrEqual(SHORT_SHARE);
    for (const { whole, text } of firsts) {
      if (whole.kind === 'answer') expect(text).toMatch(/^(Lo dice:|Source ?:|Fonte:|Sous:) /m);
      const warnings = whole.blocks.filter(({ worth }) => worth === 'warning');
      for (const block of warnings) {
        if ('text' in block) expect(text.replaceAll('*', '')).toContain(shown(block));
      }
    }
  });

  it('write dates in words and hold no address that does not open', () => {
    for (const { parts } of replies) {
      for (const message of parts.flatMap((part) => renderWhatsApp(part))) {
        expect(message).not.toMatch(/\b\d{4}-\d{2}-\d{2}\b/);
        expect(message).not.toContain('http');
      }
    }
  });
});

function shown(block: { readonly text: string; readonly brief?: string }): string {
  return block.brief ?? block.text;
}
