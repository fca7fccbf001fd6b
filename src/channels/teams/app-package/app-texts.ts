/** Words of one thing that people can pick: a command of the bot, the search, its parameter. */
interface Entry {
  readonly title: string;
  readonly description: string;
}

/** Every word of the app that Teams shows before anybody has written to it, in one language. */
export interface AppTexts {
  /** At most 30 characters. */
  readonly nameShort: string;
  /** At most 100 characters. */
  readonly nameFull: string;
  /** At most 80 characters. */
  readonly descriptionShort: string;
  /** At most 4,000 characters. */
  readonly descriptionFull: string;
  /** In the same order in every language. Teams writes the title into the chat, and the bot reads Spanish. */
  readonly commands: readonly Entry[];
  /** The search of the compose box: a title of at most 32 characters, a description of at most 128. */
  readonly search: Entry;
  readonly query: Entry;
}

/** The language of the manifest itself. */
export const SPANISH: AppTexts = {
  nameShort: 'Orienta',
  nameFull: 'Orienta, normas migratorias de Guatemala',
  descriptionShort: 'Normas migratorias de Guatemala en palabras sencillas, con su cita.',
  descriptionFull: [
    'Pregunte con sus propias palabras por las normas migratorias de Guatemala. Orienta responde en español sencillo y cita el artículo en que se basa, con su vigencia.',
    'Sirve en el chat personal, en grupos y en canales: ahí se le menciona con @. También se puede buscar una norma o un artículo desde el cuadro de escritura e insertar su cita.',
    'Orienta informa; no sustituye la asesoría legal ni las resoluciones de la institución.',
  ].join('\n\n'),
  commands: [
    { title: 'ayuda', description: 'Muestra lo que Orienta puede hacer.' },
    { title: 'norma', description: 'Dice un artículo o una norma. Ejemplo: norma 46' },
    { title: 'vigencia', description: 'Dice si una norma está vigente. Ejemplo: vigencia Decreto 95-98' },
    {
      title: 'responsable',
      description: 'Dice quién responde por una acción o un tema. Ejemplo: responsable retorno',
    },
    {
      title: 'acciones',
      description: 'Lista las acciones de una institución en la política migratoria. Ejemplo: acciones IGM',
    },
  ],
  search: { title: 'Buscar norma', description: 'Busca una norma o un artículo e inserta su cita.' },
  query: { title: 'Consulta', description: 'Número de artículo, nombre de la norma o tema' },
};

/** For people whose Teams is in English. The commands keep the Spanish words that the bot reads. */
export const ENGLISH: AppTexts = {
  nameShort: 'Orienta',
  nameFull: "Orienta, Guatemala's migration norms",
  descriptionShort: "Guatemala's migration norms in plain words, with the article cited.",
  descriptionFull: [
    "Ask about Guatemala's migration norms in your own words. Orienta answers in plain language and cites the article it rests on, with its validity.",
    'It works in personal chat, in group chats and in channels, where it is mentioned with @. A norm or an article can also be searched from the compose box, and its citation inserted.',
    'Orienta informs; it does not replace legal advice or the decisions of the institution.',
  ].join('\n\n'),
  commands: [
    { title: 'ayuda', description: 'Shows what Orienta can do.' },
    { title: 'norma', description: 'Tells an article or a norm. Example: norma 46' },
    { title: 'vigencia', description: 'Tells whether a norm is in force. Example: vigencia Decreto 95-98' },
    {
      title: 'responsable',
      description: 'Tells who answers for an action or a topic. Example: responsable retorno',
    },
    {
      title: 'acciones',
      description: 'Lists the actions of an institution in the migration policy. Example: acciones IGM',
    },
  ],
  search: { title: 'Search a norm', description: 'Searches a norm or an article and inserts its citation.' },
  query: { title: 'Query', description: 'Article number, name of the norm or topic' },
};
