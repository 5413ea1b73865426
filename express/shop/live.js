// The shop as `make demo` runs it: with the middleware, for one round of all shoppers. Standard output gets one line of JSON with the
// middleware's totals; the file named by the first argument gets what the app saw of each request, before anything was redacted, to
// compare with what the lake keeps.
//   QUEUE_URL, AWS_…   where to send      PACE   10: how many times faster than people the shoppers are
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import http from 'node:http';
import express from 'express';
import { droplets } from 'express-droplets';
import { createShop } from './app.js';
import { drive } from './drive.js';
import { record } from './record.js';

const [file] = process.argv.slice(2);
if (!file || !process.env.QUEUE_URL) {
  console.error('usage: QUEUE_URL=… node shop/live.js FILE');
  process.exit(2);
}

const witness = createWriteStream(file);
const lake = droplets({
  queueUrl: process.env.QUEUE_URL,
  flushIntervalMs: 250,
  bodies: { routes: '/*' }, // A demo wants to show what is stripped; an app names the few routes whose bodies it needs.
});
const seen = record({ write: (line) => witness.write(`${line}\n`), sessionId: (req) => req.res.getHeader('x-session-id') });

const server = http.createServer(createShop({ express, middleware: [seen, lake] }));
server.listen(0, '127.0.0.1');
await once(server, 'listening');
await drive({ port: server.address().port, pace: Number(process.env.PACE ?? 10) });
await new Promise((resolve) => server.close(resolve));
const totals = await lake.close({ timeoutMs: 30_000 });
await new Promise((resolve) => witness.end(resolve));
const { messages, calls, bytes } = lake.stats();
console.log(JSON.stringify({ ...totals, messages, calls, bytes }));
