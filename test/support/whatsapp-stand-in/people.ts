/** Somebody who has WhatsApp. */
export interface Person {
  readonly name: string;
  /** The id of the chat with this person, `…@c.us` or `…@lid`. */
  readonly chat: string;
  readonly phone?: string;
  readonly lid?: string;
  /** The platform does not tell the phone of a person who writes under a privacy id. */
  readonly isPhoneHidden: boolean;
}

/** Somebody who writes under their phone number, such as `50255550101`. */
export function phonePerson(number: string, name = `Persona ${number.slice(-4)}`): Person {
  const phone = `${number}@c.us`;
  return { name, chat: phone, phone, isPhoneHidden: false };
}

/**
 * Somebody who writes under a privacy id (LID).
 * @param number their phone; unset, the platform tells it to nobody
 */
export function lidPerson(digits: string, number?: string, name = `Persona ${digits.slice(-4)}`): Person {
  const lid = `${digits}@lid`;
  return number === undefined
    ? { name, chat: lid, lid, isPhoneHidden: true }
    : { name, chat: lid, lid, phone: `${number}@c.us`, isPhoneHidden: false };
}

/** What the page may learn of a person's ids. */
export function knownIds(person: Person): { readonly phone?: string; readonly lid?: string } {
  return {
    ...(person.lid === undefined ? {} : { lid: person.lid }),
    ...(person.phone === undefined || person.isPhoneHidden ? {} : { phone: person.phone }),
  };
}
