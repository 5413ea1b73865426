// End to end: a shop on Express 5 and one on Express 4, driven over HTTP; each request's event is found by query, by the session that
// the client saw.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import express from 'express';
import { drive } from '../shop/drive.js';
import { createShop } from '../shop/app.js';
import { droplets } from '../src/index.js';
import { ask, EXPRESS, serving, until } from './support/app.js';
import { startStack } from './support/stack.js';

const PEOPLE = JSON.parse(readFileSync(new URL('../shop/people.json', import.meta.url), 'utf8'));

describe('the whole way', () => {
  let stack;
  /** What was sent to SQS, as text. */
  const messages = [];
  before(async () => {
    stack = await startStack('express-test');
  });
  after(() => stack.stop());

  for (const [version, framework] of EXPRESS) {
    it(`${version}: every request of the shop is an event of the session its client saw`, async () => {
      const sqs = stack.sqs();
      const client = {
        send(command, options) {
          messages.push(...command.input.Entries.map(({ MessageBody }) => MessageBody));
          return sqs.send(command, options);
        },
      };
      const lake = droplets({
        queueUrl: stack.queueUrl,
        client,
        flushIntervalMs: 100,
        // The programs among the visitors bring the same ids in each run.
        session: { from: ({ headers }) => headers['x-session-id'] && `${framework === EXPRESS[0][1] ? 5 : 4}-${headers['x-session-id']}` },
        bodies: { routes: '/*' },
      });
      const answers = [];
      await serving(createShop({ express: framework, middleware: [lake] }), (port) => drive({ port, pace: 20, onAnswer: (answer) => answers.push(answer) }));
      const totals = await lake.close({ timeoutMs: 30_000 });
      assert.ok(answers.length > 300, `${answers.length} requests`);
      assert.deepEqual(totals, { sent: answers.length, dropped: 0 });

      // Who hung up early saw no session; whose those are is known by the rest of the visit.
      const sessions = new Map();
      for (const { session, visit } of answers) if (session) sessions.set(visit, session);
      assert.equal(new Set(sessions.values()).size, sessions.size, 'no two visitors share a session');
      const missing = [];
      let stored = 0;
      for (const [visit, session] of sessions) {
        const own = answers.filter((answer) => answer.visit === visit);
        const events = await until(async () => {
          const found = await stack.eventsOf(session);
          return found.length >= own.length && found;
        });
        stored += events.length;
        assert.equal(new Set(events.map(({ event_id }) => event_id)).size, events.length);
        for (const answer of own) {
          const of = events.filter(({ request }) => request.headers['x-request-id'] === answer.requestId);
          if (of.length !== 1) missing.push([answer, of.length]);
          else if (answer.status) assert.equal(of[0].response.status, answer.status);
          else assert.equal(of[0].outcome, 'aborted');
        }
      }
      assert.deepEqual(missing, []);
      assert.equal(stored, answers.length);
    });
  }

  it('sends no credential, and the lake keeps no password and no card of anybody', async () => {
    const sent = messages.join('\n');
    for (const redacted of [/"password":"\[REDACTED\]"/, /"authorization":"\[REDACTED\]"/, /"access_token":"\[REDACTED\]"/, /[?&]token=\[REDACTED\]/, /auth=\[REDACTED\]/]) {
      assert.match(sent, redacted);
    }
    assert.doesNotMatch(sent, /"(?:password|authorization|access_token|client_secret|cvv|x-csrf-token)":(?!"\[REDACTED\]")/);
    assert.doesNotMatch(sent, /eyJ[\w-]+\.eyJ/, 'a JWT');

    const rows = await stack.ask({ report: 'events', from: '-1h', limit: 1000 });
    const kept = JSON.stringify(rows);
    const secrets = PEOPLE.flatMap(({ password, card }) => [password, card]).filter((value) => value?.length > 6);
    assert.ok(secrets.length > 10);
    assert.deepEqual(secrets.filter((secret) => kept.includes(secret)), []);
    assert.ok(kept.includes('[EMAIL]'), 'the rest is stripped by the lake');
    const routes = new Set(rows.map(({ request }) => request.route));
    for (const route of ['/orders/:id', '/api/v1/orders/:id', '/cart/items/:sku', '/api/v1/reports/customers/:country']) assert.ok(routes.has(route), route);
  });

  it('SQS fails half of every batch: all events arrive, once', async () => {
    const sqs = stack.sqs();
    let refused = 0;
    const client = {
      async send(command, options) {
        const { QueueUrl, Entries } = command.input;
        const failing = Entries.slice(0, Math.ceil(Entries.length / 2));
        // A message alone gets through every other time.
        if (Entries.length === 1 && refused % 2 === 1) failing.pop();
        refused++;
        const passing = Entries.filter((entry) => !failing.includes(entry));
        const answer = passing.length > 0 ? await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: passing }), options) : {};
        return { ...answer, Failed: [...(answer.Failed ?? []), ...failing.map(({ Id }) => ({ Id, Code: 'ServiceUnavailable', SenderFault: false }))] };
      },
    };
    const lake = droplets({ queueUrl: stack.queueUrl, client, maxMessageBytes: 3000, flushIntervalMs: 50, retryMinMs: 1, retryMaxMs: 20 });
    const session = `half-${randomUUID()}`;
    await serving(express().use(lake), async (port) => {
      for (let n = 0; n < 120; n++) await ask(port, `/n/${n}`, { headers: { 'x-session-id': session } });
    });
    assert.deepEqual(await lake.close({ timeoutMs: 30_000 }), { sent: 120, dropped: 0 });
    assert.ok(lake.stats().retries > 5, `${lake.stats().retries} retries`);
    const events = await until(async () => {
      const found = await stack.eventsOf(session);
      return found.length >= 120 && found;
    });
    assert.deepEqual(events.map(({ request }) => request.path), Array.from({ length: 120 }, (_, n) => `/n/${n}`));
  });

  it('a process that ends with close() loses nothing', async () => {
    const program = `
      import express from 'express';
      import { droplets } from 'express-droplets';
      const lake = droplets({ queueUrl: process.env.QUEUE_URL, flushIntervalMs: 300_000 });
      const server = express().use(lake).get('/', (req, res) => res.send('ok')).listen(0, '127.0.0.1', () => console.log(server.address().port));
      process.once('SIGTERM', () => {
        server.close(async () => {
          console.log(JSON.stringify(await lake.close()));
          process.exit();
        });
        server.closeIdleConnections();
      });`;
    const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', program], {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      env: { ...process.env, ...stack.environment, QUEUE_URL: stack.queueUrl },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exit = once(child, 'exit');
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const port = Number((await lines.next()).value);
    const session = `exit-${randomUUID()}`;
    for (let n = 0; n < 50; n++) await ask(port, '/', { headers: { 'x-session-id': session } });
    child.kill('SIGTERM');
    assert.deepEqual(JSON.parse((await lines.next()).value), { sent: 50, dropped: 0 });
    assert.deepEqual(await exit, [0, null]);
    const events = await until(async () => {
      const found = await stack.eventsOf(session);
      return found.length >= 50 && found;
    });
    assert.equal(events.length, 50);
  });
});
