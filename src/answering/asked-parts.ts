import { fold } from '../knowledge/fold.ts';
import type { ClaimPart } from '../knowledge/unit.ts';

/*
 * Which side of a matter the person asks about, told by the question's own interrogatives. These are the closed
 * class of question words of each language, not words of any norm: what a norm says never decides here.
 */

/** What comes before a thing that is asked for: nothing, "cuál es el", "deme el", "a qué"; never "me quitaron el". */
const ASKED_FOR =
  '(?:^(?:y |hola |buenas |el |la |los |las |un |sus? )*|' +
  '\\b(?:cual(?:es)? (?:es|son|seria)|que|dame|dem[ea]n?|me (?:da|dan|regala|pasa)|pas[ae](?:me)?|mand[ae](?:me)?|necesito|ocupo|quiero|busco|hay|tienen?|' +
  'sabe[ns]?|digame|saber|conocer|what(?:s| is)(?: the)?|which|do you have|give me|need|qual (?:e|o)|quais|quel(?:le)? est|donnez moi|ki|ban mwen)' +
  ' (?:el |la |los |las |un |una |su |sus |algun |otro |a |the |an? |your |o |le |l )?)';

function askedThing(...things: readonly string[]): string {
  return `${ASKED_FOR}(?:${things.join('|')})\\b`;
}

const CUES: readonly (readonly [ClaimPart, RegExp])[] = [
  [
    'cost',
    /\b(cuanto (me |se )?(cuesta|vale|cobran?|pag[ao]|hay que pagar|sale|es)|cuanta (plata|feria)|pre(c|s)ios?|costos?|tarifas?|cobran?|(es|son|sale|seria) gratis|how much|cost|price|(is it|for) free|fee|quanto custa|custa|preco|combien (ca )?coute|prix|est gratuit|koute|pri)\b/,
  ],
  [
    'time',
    /\b(cuanto (tiempo|tarda|demora|dura|se tarda|falta)|cuantos? (dias|meses|anos)|plazos?|tardan?|demora|cuando (se )?(me )?vence|vigencia|how long|how many (days|months)|quanto tempo|demora|combien de temps|delai|konbyen (tan|jou))\b/,
  ],
  [
    'where',
    new RegExp(
      '(?<!\\b(?:de|desde|hasta|por) )\\b(?:(?:a|en) ?)?(?:donde|dond|dnd|onde)\\b|' +
        '\\b(?:en que (?:oficina|lugar|parte)|ubicad[oa]|ubicacion|where|address of|ou (?:est|se trouve|dois|puis)|ki kote|kibo)\\b|' +
        askedThing('direccion', 'address', 'endereco', 'adresse'),
    ),
  ],
  [
    'requirement',
    /\b(requisitos?|que (papeles|documentos|necesito|piden|me piden|ocupo|hay que llevar|debo llevar|llevo)|papeles (necesito|piden)|what (do i need|documents|papers)|requirements?|quais documentos|documentos preciso|quels (documents|papiers)|ki (papye|dokiman))\b/,
  ],
  [
    'contact',
    new RegExp(
      '\\b(?:a (?:quien|que numero|donde) (?:le )?(?:llamo|puedo llamar|debo llamar|hablo|marco)|como (?:los |les )?(?:llamo|contacto|me comunico)|' +
        'a que hora|numeros? de(?:l| la| los) (?!pasaporte|dpi|cita|boleta|expediente|hij)|phone number (?:of|for)|who (?:do|can|should) i call|qui (?:dois je )?appeler|ki moun (?:pou )?(?:mwen )?rele)\\b|' +
        askedThing(
          'telefonos?',
          'tel',
          'cel(?:ular)?',
          'numeros?',
          'whats?app',
          'correos?',
          'email',
          'contactos?',
          'horarios?',
          'phone(?: number)?',
          'telefone',
          'telephone',
          'telefon',
          'nimewo',
        ),
    ),
  ],
  [
    'responsible',
    /\b(responsables?|quien(es)? (es|son|esta|estan|se encarga|se encargan|coordina|ejecuta|dirige|ve|lleva)|encargad[oa]s?|a cargo|(que|cual|cuales) instituciones?|who is (responsible|in charge))\b/,
  ],
  [
    'step',
    /\b(como (hago|saco|tramito|pido|se (hace|saca|pide|tramita)|puedo|le hago|solicito|renuevo|obtengo|inscribo)|pasos?|tramite para|que (hago|tengo que hacer|debo hacer)|how (do|can) i|como (faco|posso)|comment (faire|puis|demander|obtenir)|kijan|kouman)\b/,
  ],
];

/** The sides asked about, in a fixed order; empty when the question names none. */
export function askedParts(question: string): readonly ClaimPart[] {
  const folded = fold(question)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return CUES.filter(([, cue]) => cue.test(folded)).map(([part]) => part);
}
