import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const IMPORT = /^import (\* as \w+|\{[^}]*\}) from '\.\/([\w-]+)\.js';$/gm;
const EXPORT = /^export (?=(?:async )?(?:function|class|const) (\w+))/gm;

/**
 * Writes the page that whatsapp-web.js serves in place of web.whatsapp.com: one file `<version>.html`, made of the
 * modules in `page/`.
 * @param source the folder of the modules
 */
export function writePage(source: string, cacheDir: string, version: string): void {
  mkdirSync(cacheDir, { recursive: true });
  writeFileSync(join(cacheDir, `${version}.html`), buildPage(source, version));
}

/** @returns the page as one self-contained HTML text */
export function buildPage(source: string, version: string): string {
  const script = inOrder(source, 'main')
    .map((name) => wrap(name, readModule(source, name)))
    .join('\n');
  return `<!doctype html>
<html lang="es" data-version="${version}">
<meta charset="utf-8">
<title>WhatsApp</title>
<body>Página de ensayo en lugar de web.whatsapp.com.</body>
<script>
(() => {
const modules = {};
${script}
})();
</script>
</html>
`;
}

/** A module and what it needs, what is needed first. */
function inOrder(source: string, name: string, seen: Set<string> = new Set()): readonly string[] {
  if (seen.has(name)) return [];
  seen.add(name);
  const needed = [...readModule(source, name).matchAll(IMPORT)].map((match) => match[2] ?? '');
  return [...needed.flatMap((other) => inOrder(source, other, seen)), name];
}

function readModule(source: string, name: string): string {
  return readFileSync(join(source, `${basename(name)}.js`), 'utf8');
}

/** Makes a function of a module: imports become look-ups, exports what it returns. */
function wrap(name: string, text: string): string {
  const exported = [...text.matchAll(EXPORT)].map((match) => match[1] ?? '');
  const body = text.replace(EXPORT, '').replace(IMPORT, (_, names: string, from: string) => {
    const target = names.startsWith('*') ? names.slice('* as '.length) : names;
    return `const ${target} = modules['${from}'];`;
  });
  return `modules['${name}'] = (() => {\n${body}\nreturn { ${exported.join(', ')} };\n})();`;
}
