import type { Contact } from '../knowledge/unit.ts';

/** A contact in one line: "IGM, teléfono 2411-2411, WhatsApp 3757-0902, lunes a viernes…". */
export function contactWords(name: string, contact: Contact): string {
  const parts = [
    name,
    ...(contact.phone === undefined ? [] : [`teléfono ${contact.phone}`]),
    ...(contact.whatsapp === undefined ? [] : [`WhatsApp ${contact.whatsapp}`]),
    ...(contact.email === undefined ? [] : [`correo ${contact.email}`]),
    ...(contact.address === undefined ? [] : [contact.address]),
    ...(contact.hours === undefined ? [] : [contact.hours]),
  ];
  return parts.join(', ');
}
