/*
 * What the browser's profile keeps: the device that was linked and what has not been sent yet. Written through to disk
 * at once, so that a browser that is killed comes up logged in, and a profile that is gone asks for a QR.
 */
const STORE = 'session';

function openProfile() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('stand-in', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function inProfile(mode, act) {
  const database = await openProfile();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode, { durability: 'strict' });
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

export const profile = {
  get: (key) => inProfile('readonly', (store) => store.get(key)),
  put: (key, value) => inProfile('readwrite', (store) => store.put(value, key)),
  clear: () => inProfile('readwrite', (store) => store.clear()),
};
