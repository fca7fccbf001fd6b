import { writeFileSync } from 'node:fs';
import { it } from 'vitest';
import { AdaptiveCard, SerializationContext, Versions } from 'adaptivecards';
import { openAssistant } from '#src/assistant.ts';
import { renderCard } from '#src/channels/teams/render-card.ts';
import { knowledgeDir } from '#src/paths.ts';

it('dumps', async () => {
  const a = await openAssistant({ knowledgeDir, dataDir: '/tmp/orienta/cards/data', baseUrl: () => 'https://orienta.example', now: () => new Date() });
  const out: unknown[] = [];
  for (const q of ['¿Qué dice el artículo 46 del Código de Migración?', '¿Quién es responsable de recibir y registrar a las personas retornadas?', 'Aprobar el Plan Retorno al Hogar e integrarlo a la Política', '¿Cómo saco el pasaporte de adulto?', '¿Qué dice el Decreto 95-98?', 'receta de pepián', 'requisitos residencia temporal', 'hola', 'Artículos 1, 2, 3 y 4 del Código de Migración']) {
    const t = await a.handle({ channel: 'teams', audience: 'staff', text: q, receivedAt: new Date() }, undefined);
    const reply = t.reply === undefined ? undefined : { ...t.reply, turn: '7b0a2a53-8f8e-4c3e-9a86-3a2b8e7d0001' };
    const card = reply && renderCard(reply, { legal: true });
    out.push({ q, kind: reply?.kind, bytes: card && Buffer.byteLength(JSON.stringify(card)), card });
    if (card) {
      const c = new AdaptiveCard(); const ctx = new SerializationContext(Versions.v1_5);
      c.parse(card, ctx); const v = c.validateProperties();
      console.log(q, reply?.kind, Buffer.byteLength(JSON.stringify(card)), 'events', Array.from({length: ctx.eventCount}, (_, i) => ctx.getEventAt(i).message), v.validationEvents.map((e) => e.message));
    } else console.log(q, reply?.kind, 'text');
  }
  writeFileSync('/tmp/orienta/cards/cards.json', JSON.stringify(out));
});
