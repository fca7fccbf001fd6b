import { expect, it } from 'vitest';
import { spellOut } from '#src/conversation/staff/loose-reference.ts';

it.each([
  ['46', 'articulo 46'],
  ['46 del reglamento de visas', 'articulo 46 del reglamento de visas'],
  ['Constitución 46', 'constitucion articulo 46'],
  ['art. 46 cód.', 'articulo 46 codigo'],
  ['Decreto 95 98', 'decreto 95-98'],
  ['dto. 44/2016', 'decreto 44-2016'],
  ['95-98', '95-98'],
  ['Decreto 5 del 2022', 'decreto 5-2022'],
  ['Acuerdo Gub. 528-2003', 'acuerdo gubernativo 528-2003'],
  ['IGM 16 2025', 'igm 16-2025'],
  ['Decreto 1441', 'decreto 1441'],
  ['CA 4', 'ca 4'],
  ['22 bis', 'articulo 22 bis'],
])('"%s" is read as "%s"', (said, full) => {
  expect(spellOut(said)).toBe(full);
});
