/**
 * Hears whether whatsapp-web.js could begin to listen. It says nothing when it could not, and says `ready` all the same the
 * next time; then messages come by sweeps alone.
 * @param onAttached undefined when it listens, else what was thrown
 */
export function watchAttaching(client: object, onAttached: (thrown: unknown) => void): void {
  const attach: unknown = Reflect.get(client, 'attachEventListeners');
  if (typeof attach !== 'function') return;
  Reflect.set(client, 'attachEventListeners', async (): Promise<void> => {
    try {
      await Reflect.apply(attach, client, []);
      onAttached(undefined);
    } catch (thrown) {
      onAttached(thrown ?? new Error('unknown'));
    }
  });
}

/** The library has heard that the session was ended from the phone. */
export function hasLoggedOut(client: object): boolean {
  return Reflect.get(client, 'lastLoggedOut') === true;
}
