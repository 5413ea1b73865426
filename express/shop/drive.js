// Drives the shop over real HTTP with invented shoppers. As a program it writes what a recorder saw to events/shop.jsonl.
//   node drive.js          capture (about 40 seconds), check, write
//   node drive.js --check  check the capture that is there
// What everyone does is seeded and the same in every run; times, UUIDs and the shop's random ids are the run's own.
import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { createShop, people } from './app.js';
import * as journeys from './journeys.js';
import { record } from './record.js';
import { Shopper, seeded } from './shopper.js';

const OUTPUT = new URL('../../events/shop.jsonl', import.meta.url);

// Who does what, in the order they arrive.
const plan = `
  browse odile        power ada           mobileBuyer hana      partner warehouse    browse pavel
  lockedOut bram      formBuyer dieter    guest quinn           newsletter rosa      returning chiara
  browse sven         singlePage eilidh   mobileBrowse tariq    scanner bot          reporting finance
  singlePage farid    helpdesk agent      aborting ursula       browse vikram        mobileBuyer juno
  invoiceBuyer greta  crawler spider      errorProne wanda      returning ivo        guest xenia
  payments provider   formBuyer lucia     lockedOut kofi        browse yusuf         power mairead
  mobileBrowse zelda  supporter nils      singlePage yusuf      aborting odile       guest rosa
  leaver sven         errorProne pavel    browse zelda          partner bookkeeping  invoiceBuyer ursula
`
  .trim()
  .split(/\s{2,}|\n/)
  .map((entry) => entry.trim().split(' '));

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (process.argv.includes('--check')) {
    report(readFileSync(OUTPUT, 'utf8'));
  } else {
    const text = await capture();
    report(text);
    if (!process.exitCode) writeFileSync(OUTPUT, text);
  }
}

/**
 * Sends all shoppers to a shop, and waits until the last has left.
 * @param {object} options
 * @param {number} options.port where it listens, on 127.0.0.1
 * @param {number} [options.pace] how many times faster than people they are
 * @param {(answer: {visit: number, requestId: string, session: string | null, status: number | null}) => void} [options.onAnswer]
 *   hears of each request what its client saw; a client that hung up saw neither session nor status
 */
export async function drive({ port, pace = 1, onAnswer }) {
  const agent = new http.Agent({ keepAlive: true });
  await Promise.all(
    plan.map(async ([journey, who], visit) => {
      const random = seeded(visit + 1);
      await sleep((visit * 750 + random() * 500) / pace);
      const person = people.find((p) => p.id === who) ?? { id: who };
      await journeys[journey](new Shopper({ port, agent, random, person, pace, visit, onAnswer }));
    }),
  );
  agent.destroy();
}

async function capture() {
  const { default: express } = await import('express');
  const lines = [];
  const recorder = record({ write: (line) => lines.push(`${line}\n`), sessionId: (req) => req.sessionId });
  const server = http.createServer(createShop({ express, middleware: [recorder] }));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  await drive({ port: server.address().port });
  await new Promise((resolve) => server.close(resolve)); // the recorder writes on close, so every line is in by then
  return lines.join('');
}

/** Prints what a capture holds; sets the exit code if it is not what events/shop.jsonl promises. */
function report(text) {
  const faults = [];
  const sessions = new Map();
  const statuses = {};
  const ids = new Set();
  const must = (truth, where, what) => truth || faults.push(`${where}: ${what}`);
  const lines = text.trimEnd().split('\n');

  lines.forEach((line, i) => {
    const n = `line ${i + 1}`;
    const event = JSON.parse(line);
    for (const field of ['session_id', 'event_id', 'timestamp', 'type', 'request', 'response', 'outcome'])
      must(event[field], n, `no ${field}`);
    for (const field of ['method', 'path', 'route', 'query', 'headers', 'ip', 'body'])
      must(field in event.request, n, `no request.${field}`);
    for (const field of ['status', 'duration_ms', 'size', 'headers', 'body'])
      must(field in event.response, n, `no response.${field}`);
    must(JSON.stringify(event) === line, n, 'not compact JSON');
    must(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(event.timestamp), n, 'timestamp');
    must(
      /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(event.event_id),
      n,
      'event_id is no UUID v7',
    );
    must(
      parseInt(event.event_id.replace('-', '').slice(0, 12), 16) === Date.parse(event.timestamp),
      n,
      'event_id and timestamp differ',
    );
    must(!ids.has(event.event_id), n, 'event_id seen before');
    must(['completed', 'aborted'].includes(event.outcome), n, 'outcome');
    must(event.response.status !== null || event.outcome === 'aborted', n, 'completed without a status');
    ids.add(event.event_id);
    sessions.set(event.session_id, (sessions.get(event.session_id) ?? 0) + 1);
    const status = event.outcome === 'aborted' ? `${event.response.status ?? 'none'} (aborted)` : event.response.status;
    statuses[status] = (statuses[status] ?? 0) + 1;
  });

  const sizes = [...sessions.values()];
  const all = 'whole file';
  must(lines.length >= 300, all, `${lines.length} events, 300 wanted`);
  must(sessions.size >= 25, all, `${sessions.size} sessions, 25 wanted`);
  must(Math.min(...sizes) >= 3, all, 'a session has fewer than 3 events');
  must(Math.max(...sizes) >= 25, all, 'no session has 25 events');
  must(Buffer.byteLength(text) <= 2 ** 20, all, 'larger than 1 MiB');
  for (const [name, wanted] of [
    ['an abort', /aborted/],
    ['2xx', /^2/],
    ['3xx', /^3/],
    ['4xx', /^4/],
    ['5xx', /^5/],
  ]) {
    must(
      Object.keys(statuses).some((s) => wanted.test(s)),
      all,
      `lacks ${name}`,
    );
  }
  console.log({
    events: lines.length,
    sessions: sessions.size,
    largest: Math.max(...sizes),
    bytes: Buffer.byteLength(text),
    statuses,
  });
  for (const fault of faults) console.error(fault);
  if (faults.length) process.exitCode = 1;
}
