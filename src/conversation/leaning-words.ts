import { fold } from '../knowledge/fold.ts';
import { findCountries } from '../retrieval/countries.ts';
import { blankOut } from '../retrieval/spans.ts';
import { terms } from '../retrieval/terms.ts';

/*
 * Words that say nothing alone in the middle of a talk: which side of the matter is asked about, and for whom. They
 * are everyday words of the five languages, not words of any norm.
 */
const aspects = `cuesta cuestan costo costos vale valen precio precios pagar pago pagan paga cobran cobra tarifa gratis multa
tarda tardan tiempo demora demoran dias meses anos plazo plazos dura vence horas
queda quedan direccion oficina oficinas lugar ubicacion ubicada horario horarios hora abren atienden ir llego
requisitos requisito papeles documentos documento piden necesita ocupo llevar presentar entregar
telefono numero correo whatsapp llamar contacto llamo pasos tramite hago hacer hace saco sacar tramitar pido pedir puedo puede debo
cost costs price pay fee fees long time days months take takes office address documents papers requirements required phone call steps much many
custa preco pagar taxa demora prazo dias documentos requisitos endereco telefone escritorio quanto
coute prix payer frais temps delai jours mois documents papiers adresse telephone combien faire
koute pri peye tan jou mwa papye dokiman adres telefon nimewo fe konbyen`;
const persons = `hijo hija hijos hijas nino nina ninos ninas bebe bebes menor menores adulto adultos esposa esposo marido mujer mama papa madre
padre papas padres hermano hermana hermanos familia familiar pareja abuelo abuela sobrino sobrina primo prima amigo amiga novio novia
child children kid kids son daughter wife husband mother father brother sister family baby adult minor
filho filha filhos crianca criancas marido mae pai irmao irma familia
fils fille enfant enfants femme mari mere pere frere soeur famille
pitit timoun madanm mari manman papa fre se fanmi
aqui alla ahi pais extranjero exterior abroad etranger`;

const leaning = new Set([...terms(aspects), ...terms(persons)]);

/** The stems of a text that name a matter of its own: not a side of one, nor a person, a country or a number. */
export function ownTopic(text: string): readonly string[] {
  const folded = fold(text);
  const rest = blankOut(folded, findCountries(folded));
  return [...new Set(terms(rest))].filter((term) => !leaning.has(term) && !/^\d+$/.test(term));
}

const aspectStems = new Set(terms(aspects));

/** True when a text adds something to a matter besides asking about a side of it: "para mi hijo", "en México". */
export function addsDetail(text: string): boolean {
  return terms(text).some((term) => !aspectStems.has(term));
}
