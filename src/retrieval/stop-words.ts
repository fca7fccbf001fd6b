import type { Language } from '../knowledge/unit.ts';

/*
 * Words that say nothing about the topic, folded (no accents). Ready-made lists drop "estado" and "estados" as forms
 * of the verb "estar", and "contra" and "nada" besides; here the State is what half of the questions are about, so
 * the list is our own and short. Then come the same words as written in messages, and
 * those of the other languages people write in.
 */
const spanish = `a al algo ante antes asi aun aunque cada como con cual cuales cuando cuanta cuantas cuanto cuantos de del desde donde
e el ella ellas ellos en entonces era es esa esas ese eso esos esta estan estas este esto estos estoy fue ha han hasta hay he hoy la las
le les lo los mas me mi mis mucho muy ni no nos o os otra otras otro otros para pero por porque pues que quien quienes se sea segun ser
si sin sobre solo son soy su sus tal tambien tan tanto te ti tiene tienen tengo todo todos toda todas tu tus un una unas uno unos usted
ustedes va vamos van voy y ya yo quiero quisiera quiere`;
const messaging =
  'q k ke xq pq porq x d dl dnd tmb tb tbn pa pal ps pos asi asina nomas xfa porfa favor hola buenas kiero';
const english = `the a an of to in is are am was were be been being i im my me mine myself we our us you your they them their he him his
she her it its this that these those do does did done can could will would should may might must have has had what which who whom how when
where why if or and but so because for from with without at on by about into up out off than then there here not no any some just
only also get got need want`;
const portuguese = `o os um uma do da dos das em no na nos nas ao aos eu meu minha meus minhas voce ele ela eles elas que quem qual quais
como quando onde por para pelo pela com sem e ou mas se nao sim ja foi ser sao esta estou tenho tem pode posso isso este esta aqui la
mais muito tambem quero queria gostaria`;
const french = `le la les un une des du de d l et ou mais est sont suis etre ai as avons ont j je tu il elle on nous vous ils elles mon
ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce cet cette ces c qui que quoi quel quelle quels quelles comment quand
pour par dans en sur avec sans au aux si ne pas n y s m t qu puis peut peux faut plus veux voudrais`;
const creole = `mwen m ou w li l nou n yo y yon nan pou ki kisa kijan kote kiyes kile sa se ak avek an a la lan te ap pral ka kapab gen
pa si e epi eske oswa men tou deja fe vle`;

/** Folded words that say nothing about the topic, by language. */
export const stopWordsOf: Readonly<Record<Language, ReadonlySet<string>>> = {
  es: new Set(`${spanish} ${messaging}`.split(/\s+/)),
  en: new Set(english.split(/\s+/)),
  pt: new Set(portuguese.split(/\s+/)),
  fr: new Set(french.split(/\s+/)),
  ht: new Set(creole.split(/\s+/)),
};

/** Folded words that retrieval leaves out, in the five languages people write in. */
export const stopWords: ReadonlySet<string> = new Set(
  Object.values(stopWordsOf).flatMap((words) => [...words]),
);
