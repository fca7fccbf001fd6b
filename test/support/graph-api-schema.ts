import { z } from 'zod';

/*
 * What the Graph API takes as a message, with its documented limits.
 */

const title = (most: number) => z.string().min(1).max(most);
const interactiveSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('button'),
    body: z.object({ text: title(1_024) }),
    action: z.object({
      buttons: z
        .array(z.object({ type: z.literal('reply'), reply: z.object({ id: title(256), title: title(20) }) }))
        .min(1)
        .max(3)
        .refine((all) => new Set(all.map(({ reply }) => reply.title)).size === all.length),
    }),
  }),
  z.object({
    type: z.literal('list'),
    body: z.object({ text: title(4_096) }),
    action: z.object({
      button: title(20),
      sections: z
        .array(
          z.object({
            title: title(24),
            rows: z.array(
              z.object({ id: title(200), title: title(24), description: z.string().max(72).optional() }),
            ),
          }),
        )
        .refine((all) => all.flatMap(({ rows }) => rows).length <= 10),
    }),
  }),
]);
export const messageSchema = z
  .strictObject({
    messaging_product: z.literal('whatsapp'),
    recipient_type: z.literal('individual').optional(),
    to: z.string().optional(),
    recipient: z.string().optional(),
    type: z.enum(['text', 'interactive', 'audio', 'template']),
    text: z.object({ preview_url: z.boolean().optional(), body: title(4_096) }).optional(),
    interactive: interactiveSchema.optional(),
    audio: z.object({ id: z.string(), voice: z.boolean().optional() }).optional(),
    template: z.object({ name: z.string(), language: z.object({ code: z.string() }) }).optional(),
    biz_opaque_callback_data: z.string().max(512).optional(),
  })
  .refine((message) => message.to !== undefined || message.recipient !== undefined)
  .refine((message) => message[message.type] !== undefined);
export const typingSchema = z.strictObject({
  messaging_product: z.literal('whatsapp'),
  status: z.literal('read'),
  message_id: z.string().min(1),
  typing_indicator: z.object({ type: z.literal('text') }),
});
export const BSUID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;
