/// <reference types="node" />
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SQSClient } from '@aws-sdk/client-sqs';

/** A request as Express hands it on; parameters may be typed as Express's own `Request`. */
export interface DropletsRequest extends IncomingMessage {
  [member: string]: any;
}

export interface IssuedCookie {
  /** The cookie's name. Default `droplets_session`. */
  name?: string;
  /** Seconds until the browser forgets it, 1 to 34,560,000. Default: when the browser is closed. */
  maxAgeSeconds?: number;
  /** Default: the host alone that answered. */
  domain?: string;
  /** Default `/`. */
  path?: string;
  /** Default `Lax`. `None` needs `secure: true`. */
  sameSite?: 'Lax' | 'Strict' | 'None';
  /** Default: what `req.secure` says. */
  secure?: boolean;
}

export interface SessionOptions {
  /** Finds the session id; asked first. `undefined` leaves it to the others. */
  from?(req: DropletsRequest): string | number | bigint | null | undefined;
  /** Request headers that may hold the id. Default `x-session-id`. */
  header?: string | readonly string[] | false;
  /** Cookies that may hold the id. Default: none. */
  cookie?: string | readonly string[] | false;
  /** Store `sha256-…` instead of every id that was found. Default false; `connect.sid` and credentials always are. */
  hash?: boolean;
  /** Makes the hash an HMAC with this secret, at least 16 characters. */
  hashKey?: string;
  /** The response header that tells the id. Default `x-session-id`. */
  echo?: string | false;
  /** The cookie for visitors without a session, or false for none: then each of their requests is a session of its own. */
  issue?: IssuedCookie | false;
}

export interface BodyOptions {
  /** Whose bodies are stored: `POST /orders`, `/orders/:id`, `/api/*`. */
  routes: string | readonly string[];
  /** Default true. */
  request?: boolean;
  /** Default true. */
  response?: boolean;
  /** Content types, `*` for any text. Default: JSON, forms, `text/plain`. */
  types?: readonly string[];
  /** Most bytes of each body, 1 to 1,048,576. Default 16,384. */
  maxBytes?: number;
}

export interface RedactOptions {
  /** Headers, besides credentials, whose values are replaced. */
  headers?: readonly string[];
  /** Names of query parameters, path parameters and fields of bodies, besides credentials, in any case and spelling. */
  names?: readonly string[];
  /** Paths into the event, `*` for any member: `request.body.cards.*.number`, or as an array of names. */
  paths?: readonly (string | readonly string[])[];
}

export type DropReason = 'buffer_full' | 'too_large' | 'rejected' | 'not_built' | 'close_timeout' | 'closed';

export interface Dropped {
  reason: DropReason;
  /** How many events. */
  events: number;
  error?: Error;
}

export interface Options {
  /** The stack's output `QueueUrl`. */
  queueUrl: string;
  /** A client of your own; else one is made. */
  client?: Pick<SQSClient, 'send'>;
  /** Default: the one in `queueUrl`, else where the AWS SDK looks. */
  region?: string;
  /** Default: where the AWS SDK looks. */
  endpoint?: string;
  session?: SessionOptions;
  /** Requests that are not recorded: patterns as in `bodies.routes`, or a function. */
  ignore?: string | readonly string[] | ((req: DropletsRequest) => unknown);
  /** Share of sessions that are recorded, 0 to 1. Default 1. */
  sample?: number;
  /** Default: no bodies. */
  bodies?: BodyOptions | false;
  redact?: RedactOptions;
  /** Most bytes of a message, 1,024 to 1,048,576. Default 245,760 (240 KiB). */
  maxMessageBytes?: number;
  /** Longest time an event waits before it is sent, milliseconds, 10 to 300,000. Default 1,000. */
  flushIntervalMs?: number;
  /** Most events in memory, 1 to 10,000,000. Default 10,000. */
  maxBufferedEvents?: number;
  /** Most bytes of events in memory, 1,024 to 2^30. Default 16,777,216. */
  maxBufferedBytes?: number;
  /** Longest time of a call to SQS, milliseconds, 100 to 300,000. Default 10,000. */
  requestTimeoutMs?: number;
  /** Shortest pause after a failed call, milliseconds, 1 to 60,000. Default 100. */
  retryMinMs?: number;
  /** Longest pause after a failed call, milliseconds, up to 600,000. Default 30,000. */
  retryMaxMs?: number;
  /** Hears of events that are given up. */
  onDrop?(dropped: Dropped): void;
}

export interface Stats {
  /** Responses that ended, ignored and unsampled ones not counted. */
  recorded: number;
  /** Events that SQS has confirmed. */
  sent: number;
  /** Messages that SQS has confirmed. */
  messages: number;
  /** Bytes of those messages. */
  bytes: number;
  /** Calls of SendMessageBatch. */
  calls: number;
  /** Messages that were put back to be sent again. */
  retries: number;
  /** Calls, and messages of a call, that failed. */
  failures: number;
  lastError?: { name: string; message: string; at: string };
  /** Events in memory, and bytes of those already written as JSON. */
  buffered: { events: number; bytes: number };
  dropped: { total: number } & Partial<Record<DropReason, number>>;
}

export interface Droplets {
  (req: IncomingMessage, res: ServerResponse, next: (error?: any) => void): void;
  stats(): Stats;
  /** Sends what waits, for at most `timeoutMs` milliseconds (0 to 3,600,000, default 5,000). Counts from the start on. */
  close(options?: { timeoutMs?: number }): Promise<{ sent: number; dropped: number }>;
}
