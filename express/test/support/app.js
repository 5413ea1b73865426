// An app on a free port, with a middleware whose queue is an array.
import { once } from 'node:events';
import http from 'node:http';
import express5 from 'express';
import express4 from 'express4';
import { droplets } from '../../src/index.js';

export const EXPRESS = [
  ['Express 5', express5],
  ['Express 4', express4],
];
export const QUEUE = 'https://sqs.eu-west-1.amazonaws.com/123456789012/droplets';

/** What a client needs to be one: takes every message, keeps their texts. */
export function queueInMemory() {
  const bodies = [];
  return {
    bodies,
    events: () => bodies.flatMap((body) => JSON.parse(body)),
    async send(command) {
      for (const entry of command.input.Entries) bodies.push(entry.MessageBody);
      return { Successful: command.input.Entries.map(({ Id }) => ({ Id })) };
    },
  };
}

/** Serves an app for as long as `use` takes; then gives the events that were sent. */
export async function eventsOf(express, { options = {}, before = () => {}, build }, use) {
  const queue = queueInMemory();
  const lake = droplets({ queueUrl: QUEUE, client: queue, flushIntervalMs: 10, ...options });
  const app = express();
  before(app);
  app.use(lake);
  build(app);
  await serving(app, use);
  const totals = await lake.close();
  return Object.assign(queue.events(), { totals, stats: lake.stats(), text: queue.bodies.join('\n') });
}

export async function serving(handler, use) {
  const server = http.createServer(handler);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await use(server.address().port, server);
  } finally {
    const closed = once(server, 'close');
    server.close();
    server.closeIdleConnections();
    await closed;
  }
}

/** One request; gives status, headers and body. */
export function ask(port, path, { method = 'GET', headers = {}, body, agent } = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, path, method, headers, agent }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

export function postJson(port, path, value, headers = {}) {
  return ask(port, path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) });
}

/** Waits until `truth` gives something true. A test that waits for ever is ended by the runner's limit. */
export async function until(truth) {
  for (;;) {
    const found = await truth();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
