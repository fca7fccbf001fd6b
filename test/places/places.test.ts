import { expect, it, vi } from 'vitest';
import { distanceKm } from '#src/places/place.ts';
import { createPlaces } from '#src/places/places.ts';
import { readGazetteer } from '#src/places/read-gazetteer.ts';

const load = async () => readGazetteer();
const places = createPlaces(load);

it.each([
  ['the bridge of Tecún Umán (municipality of Ayutla)', 14.679, -92.145, 'Tecún Umán', 'San Marcos'],
  ['the basilica of Esquipulas', 14.5631, -89.3511, 'Esquipulas', 'Chiquimula'],
  ['the crossing of Agua Caliente', 14.52, -89.33, 'Esquipulas', 'Chiquimula'],
  ['the central square of the capital', 14.6419, -90.5133, 'Ciudad de Guatemala', 'Guatemala'],
  [
    'the airport of the capital, nearer to the middle of a suburb',
    14.583,
    -90.527,
    'Ciudad de Guatemala',
    'Guatemala',
  ],
  ['the middle of Mixco', 14.6308, -90.6071, 'Mixco', 'Guatemala'],
  ['the island of Flores', 16.9303, -89.8925, 'Flores', 'Petén'],
  ['the port of Puerto Barrios', 15.7309, -88.5983, 'Puerto Barrios', 'Izabal'],
  ['the crossing of El Ceibo', 17.262, -90.981, 'El Ceibo', 'Petén'],
  ['Melchor de Mencos, at the border of Belize', 17.065, -89.153, 'Melchor de Mencos', 'Petén'],
  ['Huehuetenango', 15.3197, -91.4711, 'Huehuetenango', 'Huehuetenango'],
  ['Samayac, which GeoNames puts elsewhere', 14.5808, -91.4613, 'Samayac', 'Suchitepéquez'],
])('%s lies near its municipality', async (_where, latitude, longitude, name, department) => {
  expect(await places.locate(latitude, longitude)).toMatchObject({ name, department, country: 'GT' });
});

it.each([
  ['Tapachula', 14.9047, -92.2603, 'MX', 'Tapachula'],
  ['Ciudad Hidalgo, across the river from Tecún Umán', 14.6815, -92.153, 'MX', 'Ciudad Hidalgo'],
  ['Tenosique', 17.4758, -91.4242, 'MX', 'Tenosique'],
  ['Corinto', 15.583, -88.372, 'HN', 'Potrerillos'],
  ['Benque Viejo', 17.075, -89.139, 'BZ', 'Benque Viejo el Carmen'],
  ['Metapán', 14.3333, -89.45, 'SV', 'Metapán'],
])('%s is told as the country that it is in', async (_where, latitude, longitude, country, name) => {
  const place = await places.locate(latitude, longitude);
  expect(place).toMatchObject({ name, country });
  expect(place).not.toHaveProperty('department');
});

it.each([
  ['far out in the Pacific', 12, -95],
  ['at 0/0', 0, 0],
  ['in Panama', 8.98, -79.52],
  ['nowhere', Number.NaN, Number.NaN],
  ['half nowhere', 14.64, Number.NaN],
  ['off the globe', 14.64, 269.487],
  ['infinitely far', Number.POSITIVE_INFINITY, -90.5],
])('a point %s has no place', async (_where, latitude, longitude) => {
  expect(await places.locate(latitude, longitude)).toBeUndefined();
});

it('finds a place again by its id, and none by another', async () => {
  const place = await places.locate(14.679, -92.145);
  expect(place?.id).toBe('gt-3598129');
  expect(await places.byId('gt-3598129')).toEqual(place);
  expect(await places.byId('')).toBeUndefined();
  expect(await places.byId('14.679,-92.145')).toBeUndefined();
});

it('tells towns of one name apart by their department', async () => {
  expect((await places.named('La Libertad', 'Petén'))?.id).toBe('gt-3594422');
  expect((await places.named('La Libertad', 'Huehuetenango'))?.id).toBe('gt-3594423');
  expect(await places.named('La Libertad', 'Jutiapa')).toBeUndefined();
});

it('knows every department of Guatemala by its own capital', () => {
  const home = readGazetteer().filter(({ country }) => country === 'GT');
  expect(new Set(home.map(({ department }) => department)).size).toBe(22);
  const departmentOf = (id: number) => home.find((place) => place.id === `gt-${id}`)?.department;
  // The capitals whose department bears another name.
  expect(departmentOf(3598119)).toBe('Alta Verapaz');
  expect(departmentOf(3590616)).toBe('Baja Verapaz');
  expect(departmentOf(3596421)).toBe('El Progreso');
  expect(departmentOf(3591062)).toBe('Izabal');
  expect(departmentOf(3589404)).toBe('Quiché');
  expect(departmentOf(3599699)).toBe('Sacatepéquez');
  expect(departmentOf(3597804)).toBe('Santa Rosa');
  expect(departmentOf(3592609)).toBe('Suchitepéquez');
});

it('knows the town of Guatemala behind a border town, and none from farther inland', async () => {
  const behind = async (latitude: number, longitude: number) => {
    const place = await places.locate(latitude, longitude);
    return place === undefined ? undefined : (await places.acrossBorder(place))?.name;
  };
  // The Guatemalan ends of two crossings whose nearest town is a Mexican one.
  expect(await behind(14.96, -92.14)).toBe('Malacatán');
  expect(await behind(15.63, -91.98)).toBe('La Democracia');
  expect(await behind(16.753, -93.115)).toBeUndefined();
});

it('has each id once', () => {
  const ids = readGazetteer().map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

it('measures distances as the crow flies', () => {
  const capital = { latitude: 14.64, longitude: -90.51 };
  expect(distanceKm(capital, capital)).toBe(0);
  expect(distanceKm(capital, { latitude: 16.92, longitude: -89.9 })).toBeCloseTo(262, -1);
  expect(distanceKm({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 180 })).toBeCloseTo(20_015, -1);
});

it('reads the gazetteer once, and again after a failure', async () => {
  const reading = vi.fn(load).mockRejectedValueOnce(new Error('no thread'));
  const own = createPlaces(reading);
  await expect(own.byId('gt-3598129')).rejects.toThrow('no thread');
  const found = await Promise.all([own.byId('gt-3598129'), own.locate(14.679, -92.145)]);
  expect(found.map((place) => place?.name)).toEqual(['Tecún Umán', 'Tecún Umán']);
  await own.byId('gt-3598132');
  expect(reading).toHaveBeenCalledTimes(2);
});

it('reads nothing for what is no point', async () => {
  const reading = vi.fn(load);
  expect(await createPlaces(reading).locate(Number.NaN, 0)).toBeUndefined();
  expect(reading).not.toHaveBeenCalled();
});
