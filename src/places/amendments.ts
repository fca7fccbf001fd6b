import type { Entry } from './place.ts';

/** What GeoNames has otherwise than people in Guatemala say or write it, by GeoNames' id. */
export const AMENDED: ReadonlyMap<number, { readonly name?: string; readonly adminCode?: string }> = new Map([
  [3598132, { name: 'Ciudad de Guatemala' }],
  [3598129, { name: 'Tecún Umán' }],
  [3598825, { name: 'Chahal' }],
  [3591676, { name: 'Panzós' }],
  [3589640, { name: 'San Pedro Jocopilas' }],
  [3589287, { name: 'Santa Lucía La Reforma' }],
  // Samayac is a municipality of Suchitepéquez.
  [3590567, { adminCode: '20' }],
]);

/**
 * Places that the package lacks because too few people live there, and migrants pass. El Ceibo lies in the corner where
 * the border turns from the parallel 17° 15′ N to the meridian 90° 59′ W; good to about 3 km. Without it the nearest
 * town of Guatemala is over 75 km off, and whoever stands there would be told a town of Mexico.
 */
export const ADDED: readonly Entry[] = [
  {
    id: 'gt-el-ceibo',
    name: 'El Ceibo',
    department: 'Petén',
    country: 'GT',
    latitude: 17.26,
    longitude: -90.98,
    population: 0,
  },
];
