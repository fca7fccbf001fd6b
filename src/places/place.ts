/** A point on the map, in degrees. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** A town or the seat of a municipality. */
export interface Place extends Point {
  /** Stable across starts and releases: `gt-3598132`. */
  readonly id: string;
  /** As people call it, in Spanish: "Ciudad de Guatemala". */
  readonly name: string;
  /** Spanish name of the department, for places of Guatemala alone. */
  readonly department?: string;
  /** ISO code of the country: `GT`, `MX`, `BZ`, `HN` or `SV`. */
  readonly country: string;
}

/** A place as the gazetteer holds it. */
export interface Entry extends Place {
  /** 0 where nobody counted. */
  readonly population: number;
}

const EARTH_RADIUS_KM = 6_371;

/** Kilometres between two points as the crow flies. */
export function distanceKm(from: Point, to: Point): number {
  const height = sinHalf(to.latitude - from.latitude) ** 2;
  const width = sinHalf(to.longitude - from.longitude) ** 2;
  const chord = height + width * Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude));
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}

function sinHalf(degrees: number): number {
  return Math.sin(radians(degrees) / 2);
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
