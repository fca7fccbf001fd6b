import { z } from 'zod';
import { knowledgeFileSchema } from './unit.ts';

/** The JSON Schema that editors use while somebody writes knowledge YAML: what may be written, not what it becomes. */
export function knowledgeJsonSchema(): string {
  const schema = z.toJSONSchema(knowledgeFileSchema, { io: 'input', reused: 'ref' });
  return `${JSON.stringify({ title: 'Fichas de Orienta', ...schema }, null, 2)}\n`;
}
