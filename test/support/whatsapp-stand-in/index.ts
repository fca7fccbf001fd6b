/*
 * A stand-in for WhatsApp: a page that whatsapp-web.js serves in place of web.whatsapp.com, and the phones of the people
 * who write. The library and its Chromium are the real ones.
 *
 *   const whatsapp = await startWhatsAppStandIn();
 *   // Orienta: startOrienta({ ...env, ...whatsapp.env }).
 *   // The library alone: webVersion: whatsapp.version, webVersionCache: { type: 'local', path: whatsapp.cacheDir,
 *   //   strict: true }, puppeteer: { args: whatsapp.chromeArgs }.
 *   await whatsapp.scanQr();                                  // waits until a QR is shown
 *   const ana = whatsapp.phonePerson('50255550101');          // or lidPerson('90000000001', '50255550102')
 *   await whatsapp.write(ana, '¿cuánto cuesta el pasaporte?');
 *   const [answer] = await whatsapp.answersTo(ana);           // waits; answer.text, answer.ack
 *   await whatsapp.close();
 *
 * Messages are kept here, not in the browser: what is written while no browser runs is there, unread, at the next start,
 * and is never announced as new. The browser's profile keeps only that it is linked. Nothing but this machine is reached.
 * To add a module of WhatsApp Web that the library asks for: page/modules.js.
 */
export type { Person } from './people.ts';
export { servePhone } from './phone-server.ts';
export { startWhatsAppStandIn, type WhatsAppStandIn } from './stand-in.ts';
