/*
 * Words that say nothing about the topic, folded (no accents). Ready-made lists drop "estado" and "estados" as forms
 * of the verb "estar", and "contra" and "nada" besides; here the State is what half of the questions are about, so
 * the list is our own and short. The second half is how the same words are written in messages.
 */
const spanish = `a al algo ante antes asi aun aunque cada como con cual cuales cuando cuanta cuantas cuanto cuantos de del desde donde
e el ella ellas ellos en entonces era es esa esas ese eso esos esta estan estas este esto estos estoy fue ha han hasta hay he hoy la las
le les lo los mas me mi mis mucho muy ni no nos o os otra otras otro otros para pero por porque pues que quien quienes se sea segun ser
si sin sobre solo son soy su sus tal tambien tan tanto te ti tiene tienen tengo todo todos toda todas tu tus un una unas uno unos usted
ustedes va vamos van voy y ya yo`;
const messaging = 'q k ke xq pq porq x d dl dnd tmb tb tbn pa pal pa’ ps pos asi asina nomas xfa porfa favor hola buenas';
const others = `the a an of to in is are i my me do does can what how for and or if it on at you your with be have am
o os um uma do da dos das em no na eu meu minha que e para com se por como qual
le les un une des du de et est je mon ma mes que qui pour dans en sur ce il elle au aux ou
mwen yon nan pou ki sa li yo ak se a la an gen ka`;

/** Folded words that retrieval leaves out, in the five languages people write in. */
export const stopWords: ReadonlySet<string> = new Set(`${spanish} ${messaging} ${others}`.split(/\s+/));
