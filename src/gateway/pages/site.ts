import type { Line } from '../../knowledge/unit.ts';
import type { Assets } from '../assets.ts';

/** What every page shows or loads. */
export interface Site {
  readonly assets: Assets;
  readonly lines: readonly Line[];
}
