const OWN: readonly string[] = [
  '--headless=new',
  // Containers give /dev/shm 64 MB, and pages crash on it.
  '--disable-dev-shm-usage',
  '--disable-gpu',
  // It calls nobody but WhatsApp.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-breakpad',
  '--no-first-run',
  '--no-default-browser-check',
  '--mute-audio',
  // Media people sent would pile up.
  '--disk-cache-size=52428800',
  // No keyring on a server: the profile must open again after a restart.
  '--password-store=basic',
];

/**
 * Chromium's options.
 * @param added the operator's own, separated by spaces; they come last, and the last one counts
 * @param isRoot Chromium's sandbox refuses to start as root
 */
export function chromiumArgs(added: string | undefined, isRoot: boolean): string[] {
  const own = isRoot ? [...OWN, '--no-sandbox'] : OWN;
  return [...own, ...(added ?? '').split(/\s+/).filter((option) => option !== '')];
}
