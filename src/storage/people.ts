/** How a person is known outside. A phone may be met as a number, as WhatsApp's privacy id, or as both. */
export type AliasKind = 'whatsapp-phone' | 'whatsapp-lid' | 'whatsapp-bsuid' | 'teams-aad' | 'web-session';

/** One outside name of a person. */
export interface Alias {
  readonly kind: AliasKind;
  readonly value: string;
}

/** At least one outside name. */
export type Aliases = readonly [Alias, ...Alias[]];

/** People by their internal id; who they are outside is kept sealed and found by HMAC. */
export interface People {
  /** The person's id, or undefined when nobody is known by that name. */
  find(alias: Alias): Promise<string | undefined>;
  /**
   * The id of the person who has all these names: known, made, or, where the names belonged to several people, the
   * earliest of them, who takes over everything the others had.
   */
  resolve(aliases: Aliases): Promise<string>;
  /** Empty when there is no such person. */
  aliasesOf(person: string): Promise<readonly Alias[]>;
  /** The person wants no more nudges: those that wait are dropped and new ones refused. Replies still go out. */
  stop(person: string): Promise<void>;
  /** Nudges are welcome again. */
  resume(person: string): Promise<void>;
  /** False too for nobody known. An erased person leaves no mark of it: nothing is left to write to. */
  hasStopped(person: string): Promise<boolean>;
}
