import type { Contact } from '../knowledge/unit.ts';

/** A contact in one line: "teléfono 2411-2411, WhatsApp 3757-0902, lunes a viernes, 7:00 a 15:00". */
export function contactWords(contact: Contact): string {
  const { phone, whatsapp, email, address, hours, site } = contact;
  return [
    phone === undefined ? undefined : `teléfono ${phone}`,
    whatsapp === undefined ? undefined : `WhatsApp ${whatsapp}`,
    email === undefined ? undefined : `correo ${email}`,
    address,
    hours,
    phone === undefined && whatsapp === undefined ? site : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}
