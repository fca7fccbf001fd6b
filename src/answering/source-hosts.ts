/** The start of an address, with or without its scheme. */
const HOST = /^(?:https?:\/\/)?(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?=[/\s:?#]|$)/i;
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
};

/** Who says it, each once: the host of an address, or the source's own words where it has no address. */
export function sourceHosts(sources: readonly string[]): readonly string[] {
  return [...new Set(sources.map((source) => HOST.exec(source)?.[1]?.toLowerCase() ?? decode(source)))];
}

function decode(text: string): string {
  return text.replace(/&(?:amp|quot|nbsp|#39);/g, (entity) => ENTITIES[entity] ?? entity);
}
