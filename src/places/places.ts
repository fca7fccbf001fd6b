import { type LoadGazetteer, loadGazetteer } from './load-gazetteer.ts';
import { distanceKm, type Entry, type Place, type Point } from './place.ts';

/**
 * The towns of Guatemala and just across its borders. The first call reads them, which takes about a second.
 * @throws {AppError} each call: `PLACES_UNAVAILABLE`, retryable, when they cannot be read
 */
export interface Places {
  /**
   * The town or municipal seat that a point lies nearest to; undefined when none is within 100 km, and for what is no
   * point. The coordinates are neither kept nor logged.
   */
  locate(latitude: number, longitude: number): Promise<Place | undefined>;
  byId(id: string): Promise<Place | undefined>;
  /** The town of Guatemala nearest to a place across the border; undefined when none is within 50 km. */
  acrossBorder(place: Place): Promise<Place | undefined>;
  /** The town of Guatemala that bears this name in this department, both written as in `knowledge/`. */
  named(name: string, department: string): Promise<Place | undefined>;
}

/** Beyond this, "near" would be no longer true. */
const FARTHEST_KM = 100;
/** Beyond this, somebody told a town of another country is not at the border. */
const BORDER_KM = 50;
/** A town of a million people reaches 8 km from its middle, one of ten thousand 800 m. */
const REACH_KM = 0.008;

/** @param load brings the towns; a worker of the compiled program unless said */
export function createPlaces(load: LoadGazetteer = loadGazetteer): Places {
  let loading: Promise<readonly Entry[]> | undefined;
  const entries = (): Promise<readonly Entry[]> => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  return {
    locate: async (latitude, longitude) =>
      isOnEarth(latitude, longitude)
        ? nearest({ latitude, longitude }, await entries(), FARTHEST_KM)
        : undefined,
    byId: async (id) => placeOf((await entries()).find((entry) => entry.id === id)),
    acrossBorder: async (place) => nearest(place, (await entries()).filter(isGuatemalan), BORDER_KM),
    named: async (name, department) =>
      placeOf((await entries()).find((entry) => entry.name === name && entry.department === department)),
  };
}

function isOnEarth(latitude: number, longitude: number): boolean {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
}

function isGuatemalan({ country }: Entry): boolean {
  return country === 'GT';
}

/** By the distance to a town's edge rather than to its middle: suburbs of the capital are nearer to smaller towns. */
function nearest(point: Point, entries: readonly Entry[], farthestKm: number): Place | undefined {
  let best: Entry | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const entry of entries) {
    const middle = distanceKm(point, entry);
    const edge = middle - REACH_KM * Math.sqrt(entry.population);
    if (middle <= farthestKm && edge < least) {
      best = entry;
      least = edge;
    }
  }
  return placeOf(best);
}

function placeOf(entry: Entry | undefined): Place | undefined {
  if (entry === undefined) return undefined;
  const { population: _, ...place } = entry;
  return place;
}
