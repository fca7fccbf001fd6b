import { handlers } from './incoming.js';
import { requireModule } from './modules.js';
import { dropConnection, link, logOut, resumeConnection, start } from './pairing.js';

/* Starts the page: the library looks for `Debug.VERSION` and `require`, the world outside for `standIn.receive`. */

const actions = { ...handlers, link, logOut, dropConnection, resumeConnection };

window.standIn = {
  receive: async ({ type, ...facts }) => {
    await actions[type](facts);
  },
};
window.require = requireModule;
window.Debug = { VERSION: document.documentElement.dataset.version };
start().catch((error) => console.error(error));
