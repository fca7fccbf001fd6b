import type { GraphRefusal } from './graph-refusal.ts';

const TOKEN =
  'Meta rechazó el token de WhatsApp: venció o fue revocado. Cree un token permanente de usuario del sistema y póngalo en WHATSAPP_CLOUD_TOKEN.';
const PERMISSION =
  'El token de WhatsApp no tiene permiso sobre el número. En Meta dé al usuario del sistema la cuenta de WhatsApp y los permisos whatsapp_business_messaging y whatsapp_business_management.';
const UNKNOWN_NUMBER =
  'Meta no conoce el número de WHATSAPP_CLOUD_PHONE_ID, o el token no lo alcanza. Copie el "Phone number ID" de la aplicación de Meta.';
const UNREGISTERED =
  'El número no está registrado en la API de WhatsApp. Regístrelo en el Administrador de WhatsApp.';
const PAYMENT =
  'Meta detuvo los envíos de WhatsApp por un problema de pago. Revise la forma de pago en el Administrador de WhatsApp.';
const BLOCKED =
  'Meta bloqueó o restringió la cuenta de WhatsApp. Revise los avisos en el Administrador de WhatsApp y pida una revisión.';
/** For a Meta that does not answer at all. */
export const OUT_OF_REACH =
  'No se pudo llegar a la API de WhatsApp de Meta. Revise la salida a internet de este servidor.';

const REASONS: ReadonlyMap<number, string> = new Map([
  [0, TOKEN],
  [190, TOKEN],
  [3, PERMISSION],
  [10, PERMISSION],
  [131005, PERMISSION],
  [33, UNKNOWN_NUMBER],
  [133010, UNREGISTERED],
  [131042, PAYMENT],
  [368, BLOCKED],
  [131031, BLOCKED],
]);

/**
 * What an operator has to do when Meta refuses because of the token, the number or the account, whoever is written to.
 * @returns undefined when the refusal is about one message or one person
 */
export function accountFault({ status, graphCode }: GraphRefusal): string | undefined {
  const known = graphCode === undefined ? undefined : REASONS.get(graphCode);
  if (known !== undefined) return known;
  // 200 to 299 are permissions of the Graph API.
  if (graphCode !== undefined && graphCode >= 200 && graphCode < 300) return PERMISSION;
  return status === 401 ? TOKEN : undefined;
}

/** The same for the check of the number itself, where an unknown id is a wrong parameter. */
export function checkFault(refusal: GraphRefusal): string | undefined {
  const isUnknown = refusal.status === 404 || refusal.graphCode === 100;
  return accountFault(refusal) ?? (isUnknown ? UNKNOWN_NUMBER : undefined);
}
