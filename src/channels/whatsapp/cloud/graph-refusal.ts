import { z } from 'zod';
import { AppError } from '../../../errors.ts';

/** What the Graph API answers when it refuses. Its words may quote a phone: only codes are kept. */
const refusalSchema = z.looseObject({ error: z.looseObject({ code: z.number() }) });

/** A request that Meta refused, at once or later in a status. Its message holds codes only. */
export class GraphRefusal extends AppError {
  /** Undefined when it came in a status. */
  readonly status: number | undefined;
  /** Meta's own code, such as 131047; undefined when the answer was none of the Graph API. */
  readonly graphCode: number | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(facts: {
    readonly status?: number | undefined;
    readonly graphCode?: number | undefined;
    readonly retryAfterMs?: number | undefined;
  }) {
    super(
      'CHANNEL_UNAVAILABLE',
      `WhatsApp's API refused a request (status ${facts.status ?? 'none'}, code ${facts.graphCode ?? 'none'}).`,
      { retryable: true },
    );
    this.status = facts.status;
    this.graphCode = facts.graphCode;
    this.retryAfterMs = facts.retryAfterMs;
  }
}

/** The refusal that an answer is. */
export async function refusalOf(response: Response, now: Date): Promise<GraphRefusal> {
  const parsed = refusalSchema.safeParse(await response.json().catch(() => undefined));
  return new GraphRefusal({
    status: response.status,
    graphCode: parsed.data?.error.code,
    retryAfterMs: retryAfterMs(response.headers.get('retry-after'), now),
  });
}

/** Seconds, or a date. */
function retryAfterMs(header: string | null, now: Date): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - now.getTime();
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}
