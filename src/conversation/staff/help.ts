import type { Reply } from '../../channels/channel.ts';
import type { Audience } from '../../knowledge/unit.ts';

const FOR_STAFF: Reply = {
  kind: 'command',
  language: 'es',
  blocks: [
    { kind: 'paragraph', text: 'Escriba su pregunta con sus palabras, o una de estas órdenes:' },
    {
      kind: 'list',
      ordered: false,
      items: [
        'norma 46 — el artículo: qué dice, cómo se cita, su vigencia y su fuente. También: norma 46 de la Constitución, norma Reglamento de Visas.',
        'vigencia Decreto 95-98 — si rige, desde cuándo, qué la reemplazó y qué queda de ella.',
        'responsable albergar niñez — quién responde por una acción o un tema de la Política y quiénes se vinculan.',
        'acciones MINEX — las acciones de una institución, por línea.',
        'excel — la última tabla, en un archivo de Excel.',
        'copiar para whatsapp — la última respuesta como texto, para quien está en campo.',
      ],
    },
    {
      kind: 'paragraph',
      text: 'Después puede seguir con «¿y la PGN?», «¿y el 47?» o «¿y cuánto cuesta?». En un grupo o canal, mencióneme: @Orienta.',
    },
  ],
  citations: [],
};

const FOR_PUBLIC: Reply = {
  kind: 'command',
  language: 'es',
  blocks: [
    {
      kind: 'list',
      title: 'Escriba su pregunta con sus palabras. Por ejemplo:',
      ordered: false,
      items: [
        '¿Cuánto cuesta el pasaporte de adulto?',
        '¿Cómo pido la residencia temporal?',
        '¿Qué dice el artículo 46 del Código de Migración?',
      ],
    },
    {
      kind: 'paragraph',
      text: 'Después puede seguir: «¿y cuánto tarda?». En un grupo o canal, mencióneme: @Orienta.',
    },
  ],
  citations: [],
};

/** What can be written, with examples. */
export function helpReply(audience: Audience): Reply {
  return audience === 'staff' ? FOR_STAFF : FOR_PUBLIC;
}
