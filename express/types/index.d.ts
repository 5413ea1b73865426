import type { Droplets, Options } from './types.cjs';

export type * from './types.cjs';

/** Express middleware that sends an event per request to a Droplets lake. Throws a TypeError that names a bad option. */
export function droplets(options: Options): Droplets;
export default droplets;
