import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configSchema } from '../src/config.ts';
import { packageRoot } from '../src/paths.ts';

/* Writes .env.example from the configuration's schema, each variable with its one comment. */
const entries = Object.entries(configSchema.shape).map(
  ([name, field]) => `# ${field.description}\n# ${name}=`,
);
writeFileSync(
  join(packageRoot, '.env.example'),
  `Copy to .env and fill in what you need; with nothing set everything embedded works.\n\n${entries.join('\n\n')}\n`.replace(
    /^/,
    '# ',
  ),
);
