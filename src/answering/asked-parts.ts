import type { ClaimPart } from '../knowledge/unit.ts';
import { fold } from '../retrieval/terms.ts';

/*
 * Which side of a matter the person asks about, told by the question's own interrogatives. These are the closed
 * class of question words of each language, not words of any norm: what a norm says never decides here.
 */
const CUES: readonly (readonly [ClaimPart, RegExp])[] = [
  [
    'cost',
    /\b(cuanto (me )?(cuesta|vale|cobran?|pago|hay que pagar|sale|es)|cuanta (plata|feria)|pre(c|s)ios?|costos?|tarifas?|cobran?|gratis|how much|cost|price|free|fee|quanto custa|custa|preco|combien (ca )?coute|prix|gratuit|koute|pri)\b/,
  ],
  [
    'time',
    /\b(cuanto (tiempo|tarda|demora|dura|se tarda|falta)|cuantos? (dias|meses|anos)|plazos?|tardan?|demora|vence|vigencia|how long|how many (days|months)|quanto tempo|demora|combien de temps|delai|konbyen (tan|jou))\b/,
  ],
  [
    'where',
    /\b(a?donde|en que (oficina|lugar|parte)|direccion|ubicad[oa]|queda|where|address|onde|endereco|ou (est|se trouve|dois|puis)|adresse|ki kote|kibo)\b/,
  ],
  [
    'requirement',
    /\b(requisitos?|que (papeles|documentos|necesito|piden|me piden|ocupo|hay que llevar|debo llevar|llevo)|papeles (necesito|piden)|what (do i need|documents|papers)|requirements?|quais documentos|documentos preciso|quels (documents|papiers)|ki (papye|dokiman))\b/,
  ],
  [
    'contact',
    /\b(telefonos?|numeros?( de telefono)?|whats?app|correo|email|a quien (llamo|le llamo|puedo llamar)|llamar|contacto|horarios?|atienden|phone|call|contact|telefone|ligar|telephone|appeler|telefon|rele)\b/,
  ],
  [
    'responsible',
    /\b(responsables?|quien(es)? (es|son|esta|estan|se encarga|se encargan|coordina|ejecuta|dirige|ve|lleva)|encargad[oa]s?|a cargo|institucion(es)?|who is (responsible|in charge))\b/,
  ],
  [
    'step',
    /\b(como (hago|saco|tramito|pido|se (hace|saca|pide|tramita)|puedo|le hago|solicito|renuevo|obtengo|inscribo)|pasos?|tramite para|que (hago|tengo que hacer|debo hacer)|how (do|can) i|como (faco|posso)|comment (faire|puis|demander|obtenir)|kijan|kouman)\b/,
  ],
];

/** The sides asked about, in a fixed order; empty when the question names none. */
export function askedParts(question: string): readonly ClaimPart[] {
  const folded = fold(question);
  return CUES.filter(([, cue]) => cue.test(folded)).map(([part]) => part);
}
