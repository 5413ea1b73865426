// The way to SQS: packing, retries, bounds, close. A client that does as it is told stands for SQS.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import express from 'express';
import { SQSClient } from '@aws-sdk/client-sqs';
import { droplets } from '../src/index.js';
import { ask, QUEUE, queueInMemory, serving, until } from './support/app.js';

// Of too many listeners, for one.
process.on('warning', (warning) => assert.ok(warning.name === 'DropletsWarning' || /AWS SDK/.test(warning.message), warning.stack));

/** Asks `count` times with a header of `bytes` bytes. */
async function load(lake, count, bytes = 100) {
  const app = express().use(lake).get('/', (req, res) => res.end());
  await serving(app, async (port) => {
    for (let n = 0; n < count; n++) {
      const answer = await ask(port, '/', { headers: { 'x-session-id': `s-${n}`, 'x-pad': 'p'.repeat(bytes) } });
      assert.equal(answer.status, 200);
    }
  });
}

const sessions = (queue) => queue.events().map(({ session_id }) => session_id).sort();
const expected = (count) => Array.from({ length: count }, (_, n) => `s-${n}`).sort();
const failure = (name) => Object.assign(new Error(`${name} for the test`), { name });

describe('transport', () => {
  it('packs messages and calls within SQS limits', async () => {
    const calls = [];
    const queue = queueInMemory();
    const client = { send: (command) => (calls.push(command.input.Entries), queue.send(command)) };
    const lake = droplets({ queueUrl: QUEUE, client, flushIntervalMs: 300_000, maxMessageBytes: 40_000 });
    await load(lake, 60, 10_000);
    assert.deepEqual(await lake.close(), { sent: 60, dropped: 0 });
    assert.deepEqual(sessions(queue), expected(60));
    for (const entries of calls) {
      assert.ok(entries.length <= 10);
      assert.ok(entries.every(({ MessageBody }) => Buffer.byteLength(MessageBody) <= 40_000));
      assert.equal(new Set(entries.map(({ Id }) => Id)).size, entries.length);
    }
    // Three of them fit into a message: full ones were sent before the time was up, and no message holds one that could hold three.
    assert.ok(queue.bodies.length <= 25, `${queue.bodies.length} messages`);
    assert.equal(lake.stats().bytes, queue.bodies.reduce((sum, body) => sum + Buffer.byteLength(body), 0));
  });

  it('keeps a call below 1 MiB', async () => {
    const calls = [];
    const queue = queueInMemory();
    let open;
    const gate = new Promise((resolve) => (open = resolve));
    const client = { send: async (command) => (calls.push(command.input.Entries), await gate, queue.send(command)) };
    const lake = droplets({ queueUrl: QUEUE, client, flushIntervalMs: 10 });
    await load(lake, 200, 12_000);
    open();
    await lake.close();
    assert.deepEqual(sessions(queue), expected(200));
    const bytes = calls.map((entries) => entries.reduce((sum, { MessageBody }) => sum + Buffer.byteLength(MessageBody), 0));
    assert.ok(bytes.every((total) => total <= 1_048_576) && bytes.some((total) => total > 700_000), String(bytes));
  });

  it('sends again only what failed, with the same event ids', async () => {
    const queue = queueInMemory();
    const tried = new Map();
    const client = {
      async send({ input }) {
        const Failed = [];
        input.Entries.forEach(({ Id, MessageBody }, at) => {
          tried.set(MessageBody, (tried.get(MessageBody) ?? 0) + 1);
          if (at % 2 === 0 && tried.get(MessageBody) < 3) Failed.push({ Id, Code: 'InternalError', SenderFault: false });
          else queue.bodies.push(MessageBody);
        });
        return { Failed };
      },
    };
    const lake = droplets({ queueUrl: QUEUE, client, maxMessageBytes: 4096, flushIntervalMs: 20, retryMinMs: 1, retryMaxMs: 5 });
    await load(lake, 80);
    assert.deepEqual(await lake.close(), { sent: 80, dropped: 0 });
    assert.deepEqual(sessions(queue), expected(80));
    assert.equal(new Set(queue.events().map(({ event_id }) => event_id)).size, 80);
    assert.ok(lake.stats().retries > 0);
  });

  it('keeps trying a call that fails, and gives up a message that SQS refuses for itself', async () => {
    const queue = queueInMemory();
    const dropped = [];
    let failures = 0;
    const client = {
      async send(command) {
        if (failures++ < 5) throw failure('ECONNREFUSED');
        if (command.input.Entries.some(({ MessageBody }) => MessageBody.includes('"s-3"'))) throw failure('InvalidMessageContents');
        return queue.send(command);
      },
    };
    const lake = droplets({ queueUrl: QUEUE, client, maxMessageBytes: 1024, flushIntervalMs: 20, retryMinMs: 1, retryMaxMs: 5, onDrop: (drop) => dropped.push(drop) });
    await load(lake, 6);
    assert.deepEqual(await lake.close(), { sent: 5, dropped: 1 });
    assert.deepEqual(sessions(queue), expected(6).filter((id) => id !== 's-3'));
    assert.deepEqual(dropped.map(({ reason, events, error }) => [reason, events, error.name]), [['rejected', 1, 'InvalidMessageContents']]);
  });

  it('gives up a message after ten refusals as the sender\'s fault, and never one that fails otherwise', async () => {
    const queue = queueInMemory();
    let calls = 0;
    const client = {
      async send(command) {
        const SenderFault = command.input.Entries[0].MessageBody.includes('"s-0"');
        if (calls++ < 25) return { Failed: command.input.Entries.map(({ Id }) => ({ Id, Code: 'Busy', SenderFault })) };
        return queue.send(command);
      },
    };
    const lake = droplets({ queueUrl: QUEUE, client, maxBufferedEvents: 1, flushIntervalMs: 10, retryMinMs: 1, retryMaxMs: 2 });
    await load(lake, 1);
    await until(() => lake.stats().dropped.rejected === 1);
    assert.equal(calls, 10);
    const app = express().use(lake).get('/', (req, res) => res.end());
    await serving(app, (port) => ask(port, '/'));
    assert.deepEqual(await lake.close(), { sent: 1, dropped: 1 });
    assert.equal(calls, 26);
  });

  it('bounds its memory in events and in bytes while AWS is down, and drops the newest', async () => {
    for (const bound of [{ maxBufferedEvents: 5 }, { maxBufferedBytes: 5 * 1100 }]) {
      const dropped = [];
      let isDown = true;
      const queue = queueInMemory();
      const client = { send: async (command) => { if (isDown) throw failure('TimeoutError'); return queue.send(command); } };
      const lake = droplets({ queueUrl: QUEUE, client, ...bound, flushIntervalMs: 10, retryMinMs: 1, retryMaxMs: 2, onDrop: (drop) => dropped.push(drop) });
      await load(lake, 20, 500);
      await until(() => lake.stats().failures > 3);
      const { buffered, recorded, dropped: counted } = lake.stats();
      assert.equal(recorded, 20);
      assert.ok(buffered.events > 0 && buffered.events <= 5, JSON.stringify(buffered));
      assert.equal(counted.buffer_full, 20 - buffered.events);
      assert.ok(dropped.length > 0 && dropped.every(({ reason }) => reason === 'buffer_full'));
      isDown = false;
      assert.deepEqual(await lake.close(), { sent: buffered.events, dropped: 20 - buffered.events });
      // The oldest are kept.
      assert.deepEqual(queue.events().map(({ session_id }) => session_id), Array.from({ length: buffered.events }, (_, n) => `s-${n}`));
    }
  });

  it('leaves out bodies that make an event too large, and drops one that still is', async () => {
    const queue = queueInMemory();
    const lake = droplets({ queueUrl: QUEUE, client: queue, maxMessageBytes: 4000, bodies: { routes: '/*', maxBytes: 1_000_000 } });
    const app = express().use(lake).get('/body', (req, res) => res.json({ a: 'x'.repeat(100_000) })).get('/headers', (req, res) => res.set('x-pad', 'p'.repeat(9000)).end());
    await serving(app, async (port) => {
      await ask(port, '/body');
      await ask(port, '/headers');
    });
    assert.deepEqual(await lake.close(), { sent: 1, dropped: 1 });
    assert.deepEqual([queue.events()[0].response.body, queue.events()[0].response.truncated], [null, true]);
    assert.equal(lake.stats().dropped.too_large, 1);
  });

  it('writes only what SQS accepts: no U+FFFE and U+FFFF, no lone surrogate', async () => {
    const queue = queueInMemory();
    const lake = droplets({ queueUrl: QUEUE, client: queue, bodies: { routes: '/*' } });
    const odd = 'a\u0000\ufffe\uffff\ud800z\u{1f600}';
    const app = express().use(lake).get('/', (req, res) => res.json({ odd }));
    await serving(app, (port) => ask(port, '/'));
    await lake.close();
    // Of the characters of XML 1.0.
    assert.match(queue.bodies[0], /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u);
    assert.equal(queue.events()[0].response.body.odd, odd);
  });

  it('close ends in time though AWS never answers, says so, and what comes later is not recorded', async () => {
    const dropped = [];
    const lake = droplets({ queueUrl: QUEUE, client: { send: () => new Promise(() => {}) }, flushIntervalMs: 10, onDrop: (drop) => dropped.push(drop) });
    await load(lake, 3);
    const closing = lake.close({ timeoutMs: 50 });
    assert.equal(lake.close(), closing);
    assert.deepEqual(await closing, { sent: 0, dropped: 3 });
    assert.deepEqual(dropped.map(({ reason, events }) => [reason, events]), [['close_timeout', 3]]);
    await load(lake, 1);
    assert.equal(lake.stats().dropped.closed, 1);
    assert.throws(() => lake.close({ timeoutMs: -1 }), /close: option 'timeoutMs'/);
  });

  it('neither fails nor delays a request when the queue cannot be reached, and holds no process up', async () => {
    // A port that nobody listens on.
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const queueUrl = `http://127.0.0.1:${server.address().port}/123456789012/q`;
    server.close();
    await once(server, 'close');
    const script = `
      import { get } from 'node:http';
      import express from 'express';
      import { droplets } from 'express-droplets';
      const lake = droplets({ queueUrl: '${queueUrl}', region: 'eu-west-1', flushIntervalMs: 10 });
      const app = express().use(lake).get('/', (req, res) => res.end('ok')).use((error, req, res, next) => res.status(500).end('next(err)'));
      const server = app.listen(0, '127.0.0.1', () => get({ port: server.address().port, host: '127.0.0.1', agent: false }, (response) => {
        response.on('data', (data) => console.log(response.statusCode, String(data)));
        const look = setInterval(() => {
          if (lake.stats().failures === 0) return;
          clearInterval(look);
          console.log(JSON.stringify(lake.stats().buffered.events), lake.stats().lastError.name);
          server.close();
        }, 5);
      }));`;
    const cwd = fileURLToPath(new URL('..', import.meta.url));
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd, encoding: 'utf8', timeout: 30_000,
      env: { ...process.env, AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', NO_PROXY: '127.0.0.1' },
    });
    assert.equal(child.status, 0, child.stderr);
    const [first, second] = child.stdout.trim().split('\n');
    assert.equal(first, '200 ok');
    assert.match(second, /^1 /);
    assert.match(child.stderr, /DropletsWarning: cannot send to/);
  });

  it('uses the AWS SDK\'s own client', async () => {
    const requests = [];
    const sqs = createServer(async (req, res) => {
      let text = '';
      for await (const chunk of req) text += chunk;
      requests.push({ target: req.headers['x-amz-target'], authorization: req.headers.authorization, body: JSON.parse(text) });
      res.setHeader('content-type', 'application/x-amz-json-1.0');
      res.end(JSON.stringify({ Successful: requests.at(-1).body.Entries.map(({ Id }) => ({ Id, MessageId: Id, MD5OfMessageBody: 'not looked at' })), Failed: [] }));
    });
    await serving((req, res) => sqs.emit('request', req, res), async (port) => {
      const queueUrl = `http://127.0.0.1:${port}/123456789012/q`;
      const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
      const lake = droplets({ queueUrl, client: new SQSClient({ region: 'eu-west-1', credentials, md5: false }) });
      await load(lake, 2);
      assert.deepEqual(await lake.close(), { sent: 2, dropped: 0 });
    });
    assert.equal(requests[0].target, 'AmazonSQS.SendMessageBatch');
    assert.match(requests[0].authorization, /eu-west-1\/sqs/);
    assert.equal(JSON.parse(requests[0].body.Entries[0].MessageBody).length, 2);
  });

  it('is left alone by hooks that throw, and records once when mounted twice', async () => {
    const queue = queueInMemory();
    const hooks = { ignore: () => { throw new Error('ignore'); }, onDrop: () => { throw new Error('onDrop'); } };
    const lake = droplets({ queueUrl: QUEUE, client: queue, maxBufferedEvents: 1, flushIntervalMs: 300_000, ...hooks });
    const app = express().use(lake, lake).get('/', (req, res) => res.end());
    await serving(app, async (port) => {
      for (let n = 0; n < 3; n++) assert.equal((await ask(port, '/')).status, 200);
    });
    assert.deepEqual(await lake.close(), { sent: 1, dropped: 2 });
  });

  it('ignores what it is told to', async () => {
    for (const ignore of [['/healthz', 'POST /orders/:id', '/assets/*'], (req) => /healthz|assets|orders\/1$/.test(req.path) && req.query.not === undefined]) {
      const queue = queueInMemory();
      const lake = droplets({ queueUrl: QUEUE, client: queue, ignore });
      await serving(express().use(lake), async (port) => {
        await ask(port, '/healthz');
        await ask(port, '/assets/a/b.png');
        await ask(port, '/orders/1', { method: 'POST' });
        await ask(port, '/orders/2/x', { method: 'POST' });
        assert.equal((await ask(port, '/healthz')).headers['x-session-id'], undefined);
      });
      await lake.close();
      assert.deepEqual(queue.events().map(({ request }) => request.path), ['/orders/2/x']);
    }
  });

  it('two lakes on one app both get every event', async () => {
    const queues = [queueInMemory(), queueInMemory()];
    const lakes = queues.map((client) => droplets({ queueUrl: QUEUE, client }));
    await serving(express().use(...lakes).get('/a/:b', (req, res) => res.send('x')), (port) => ask(port, '/a/1'));
    for (const lake of lakes) await lake.close();
    assert.deepEqual(queues.map((queue) => queue.events().map(({ request, response }) => [request.route, response.size])), [[['/a/:b', 1]], [['/a/:b', 1]]]);
  });
});
