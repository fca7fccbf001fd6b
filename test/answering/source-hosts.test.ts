import { expect, it } from 'vitest';
import { sourceHosts } from '#src/answering/source-hosts.ts';

it('sources are named by their host once, or in their own words, decoded', () => {
  expect(
    sourceHosts([
      'https://www.igm.gob.gt/tramites?id=1&amp;x=2',
      'igm.gob.gt/otra-pagina',
      'docstore.ohchr.org (CMW/C/SR.172)',
      'asistente público del IGM &amp; PDH (2026)',
    ]),
  ).toEqual(['igm.gob.gt', 'docstore.ohchr.org', 'asistente público del IGM & PDH (2026)']);
});
