import type * as types from './types.cjs';

/** Express middleware that sends an event per request to a Droplets lake. Throws a TypeError that names a bad option. */
declare function droplets(options: types.Options): types.Droplets;

declare namespace droplets {
  export { droplets, droplets as default };
  export type Options = types.Options;
  export type SessionOptions = types.SessionOptions;
  export type IssuedCookie = types.IssuedCookie;
  export type BodyOptions = types.BodyOptions;
  export type RedactOptions = types.RedactOptions;
  export type DropletsRequest = types.DropletsRequest;
  export type DropReason = types.DropReason;
  export type Dropped = types.Dropped;
  export type Stats = types.Stats;
  export type Droplets = types.Droplets;
}

export = droplets;
