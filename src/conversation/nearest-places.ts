import { type Knowledge, speakingClaims } from '../knowledge/knowledge.ts';
import type { Unit, Whereabouts } from '../knowledge/unit.ts';
import { distanceKm, type Place } from '../places/place.ts';
import type { Places } from '../places/places.ts';

/** A place to go to, as seen from where somebody is. */
export interface NearPlace {
  readonly offer: Offer;
  readonly unit: Unit;
  readonly whereabouts: Whereabouts;
  /** Between the two municipalities, as the crow flies; 0 within one. */
  readonly km: number;
  /** Somebody may get there today: it is not far, and no border lies between. */
  readonly isWithinReach: boolean;
}

/** By what passes on a mountain road. */
const REACH_KM = 30;

/** What a person far from home looks for first. */
export type Offer = Exclude<Whereabouts['offers'], 'other'>;

/** The nearest public place that offers it; undefined when the directory names none. */
export type FindNearest = (offer: Offer, from: Place) => Promise<NearPlace | undefined>;

/** A place whose claim answers nobody, or whose town the gazetteer lacks, is passed over. */
export function createFindNearest(knowledge: Knowledge, places: Places): FindNearest {
  const open = [...knowledge.units.values()]
    .filter(({ audience }) => audience === 'public')
    .flatMap((unit) => {
      const spoken = new Set(speakingClaims(unit).map(({ id }) => id));
      return unit.places
        .filter(({ claim }) => spoken.has(claim))
        .map((whereabouts) => ({ unit, whereabouts }));
    });
  return async (offer, from) => {
    const found = await Promise.all(
      open
        .filter(({ whereabouts }) => whereabouts.offers === offer)
        .map(async ({ unit, whereabouts }) => {
          const town = await places.named(whereabouts.town, whereabouts.department);
          if (town === undefined) return undefined;
          const km = distanceKm(from, town);
          const isWithinReach = km <= REACH_KM && from.country === town.country;
          return { offer, unit, whereabouts, km, isWithinReach };
        }),
    );
    return found.filter((near) => near !== undefined).sort((a, b) => a.km - b.km)[0];
  };
}
