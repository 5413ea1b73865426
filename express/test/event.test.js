// What an event says about a request, in both versions of Express, over HTTP.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import compression from 'compression';
import { ask, eventsOf, EXPRESS, postJson, until } from './support/app.js';

const V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

for (const [version, express] of EXPRESS) {
  const run = (setting, use) => eventsOf(express, setting, use);

  describe(`events of ${version}`, () => {
    it('have every field of the contract', async () => {
      const before = Date.now();
      let client;
      const [event, ...more] = await run(
        { build: (app) => app.get('/orders/:id', (req, res) => res.status(201).json({ id: req.params.id })) },
        async (port) => {
          client = await ask(port, '/orders/17?a=1&a=2&b=%C3%A9', { headers: { 'user-agent': 'test/1' } });
        },
      );
      assert.deepEqual(more, []);
      const { session_id, event_id, timestamp, response, request } = event;
      assert.equal(session_id, client.headers['x-session-id']);
      assert.match(event_id, V7);
      assert.equal(parseInt(event_id.replace('-', '').slice(0, 12), 16), Date.parse(timestamp));
      assert.ok(Date.parse(timestamp) >= before && Date.parse(timestamp) <= Date.now());
      assert.deepEqual(Object.keys(event), ['session_id', 'session_source', 'event_id', 'timestamp', 'type', 'request', 'response', 'outcome']);
      assert.equal(event.type, 'http');
      assert.equal(event.outcome, 'completed');
      assert.deepEqual({ ...request, headers: 0 }, { method: 'GET', path: '/orders/17', route: '/orders/:id', query: { a: ['1', '2'], b: 'é' }, headers: 0, ip: '127.0.0.1' });
      assert.equal(request.headers['user-agent'], 'test/1');
      assert.equal(response.status, 201);
      assert.equal(response.size, client.body.length);
      assert.equal(response.headers['content-type'], 'application/json; charset=utf-8');
      assert.ok(response.duration_ms > 0 && response.duration_ms < 60_000);
      assert.ok(!('body' in request) && !('body' in response));
    });

    it('have the template of the route, with all mount points', async () => {
      const build = (app) => {
        const answer = (req, res) => res.end();
        const items = express.Router();
        items.get('/:item', answer);
        items.get('/fails/:item', (req, res, next) => next(new Error('no')));
        const orders = express.Router();
        orders.use('/orders/:order/items', items);
        orders.get('/', answer);
        const admin = express();
        admin.get('/panel/:tab', answer);
        admin.get('/fails/:tab', (req, res, next) => next(new Error('no')));
        app.use('/users/:user', orders);
        app.use('/v1', orders);
        app.use('/v2', orders);
        app.use('/admin', admin);
        app.get(['/one/:a', '/two/:b'], answer);
        app.get(/^\/files\/(.+)$/, answer);
        app.get('/twice/:id', (req, res, next) => next());
        app.get('/twice/:other', answer);
        app.route('/chain/:x').get(answer);
        app.use('/static', (req, res) => res.end());
        app.get('/after/:id', (req, res, next) => {
          res.end();
          next();
        });
        app.use((error, req, res, next) => {
          if (!res.headersSent) res.status(500).end();
        });
      };
      const wanted = {
        '/users/7': '/users/:user',
        '/users/7/orders/9/items/3': '/users/:user/orders/:order/items/:item',
        '/users/7/orders/7/items/7?x=1': '/users/:user/orders/:order/items/:item',
        '/users/a%20b/orders/9/items/fails/3': '/users/:user/orders/:order/items/fails/:item',
        '/v1/orders/9/items/3': '/v1/orders/:order/items/:item',
        '/v2/orders/9/items/3': '/v2/orders/:order/items/:item',
        '/v1/': '/v1',
        '/admin/panel/x': '/admin/panel/:tab',
        '/admin/fails/x': '/admin/fails/:tab',
        '/one/1': '/one/:a',
        '/two/2': '/two/:b',
        '/files/a/b': '/^\\/files\\/(.+)$/',
        '/twice/1': '/twice/:other',
        '/chain/1': '/chain/:x',
        '/after/1': '/after/:id',
        '/static/a.png': null,
        '/nowhere': null,
      };
      const events = await run({ build }, async (port) => {
        for (const path of Object.keys(wanted)) await ask(port, path);
      });
      const found = Object.fromEntries(events.map(({ request }, at) => [Object.keys(wanted)[at], request.route]));
      assert.deepEqual(found, wanted);
      assert.deepEqual(events.map(({ request }) => request.path), Object.keys(wanted).map((path) => path.split('?')[0]));
    });

    it('leave baseUrl and route to Express', async () => {
      const seen = [];
      const look = (req) => seen.push([req.baseUrl, req.route?.path, Object.keys(req).includes('route')]);
      await run(
        {
          build: (app) => {
            const inner = express.Router();
            inner.get('/x', (req, res, next) => (look(req), next()));
            app.use('/in', inner);
            app.use((req, res) => (look(req), res.end()));
          },
        },
        (port) => ask(port, '/in/x'),
      );
      assert.deepEqual(seen, [['/in', '/x', true], ['', '/x', true]]);
    });

    it('count the bytes as written, however they are written', async () => {
      const dir = mkdtempSync(join(tmpdir(), 'express-droplets-'));
      writeFileSync(join(dir, 'file.bin'), randomBytes(300_000));
      const returned = [];
      try {
        const build = (app) => {
          app.get('/end', (req, res) => res.end('grüße'));
          app.get('/empty', (req, res) => res.status(204).end());
          app.get('/base64', (req, res) => res.end('aGFsbG8=', 'base64'));
          app.get('/file', (req, res) => res.sendFile(join(dir, 'file.bin')));
          app.get('/pieces', (req, res) => {
            returned.push(res.write('a'), res.write(Buffer.from('bc')), res.write(new Uint8Array([100])));
            returned.push(res.end('e', 'utf8', () => returned.push('called')) === res);
          });
          app.get('/json', (req, res) => res.json({ a: 1 }));
        };
        const clients = [];
        const events = await run({ build }, async (port) => {
          for (const path of ['/end', '/empty', '/base64', '/file', '/pieces', '/json']) clients.push(await ask(port, path));
          clients.push(await ask(port, '/json', { method: 'HEAD' }));
        });
        assert.deepEqual(events.map(({ response }) => response.size), clients.map(({ body }) => body.length));
        assert.deepEqual(clients.map(({ body }) => body.length), [7, 0, 5, 300_000, 5, 7, 0]);
        assert.deepEqual(returned, [true, true, true, true, 'called']);
      } finally {
        rmSync(dir, { recursive: true });
      }
    });

    it('leave streams and their backpressure as they are: 10 MB through a slow reader', async () => {
      const bytes = randomBytes(10_000_000);
      let refused = 0;
      let digest;
      const events = await run(
        {
          options: { bodies: { routes: '/*', types: ['application/*'], maxBytes: 1000 } },
          build: (app) =>
            app.get('/big', async (req, res) => {
              res.type('bin');
              for (let at = 0; at < bytes.length; at += 100_000) {
                if (res.write(bytes.subarray(at, at + 100_000))) continue;
                refused++;
                await once(res, 'drain');
              }
              res.end();
            }),
        },
        async (port) => {
          const hash = createHash('sha256');
          await new Promise((resolve, reject) => {
            http.get({ host: '127.0.0.1', port, path: '/big' }, async (response) => {
              try {
                // Not read at first: the socket's buffers fill up.
                await until(() => refused > 0);
                for await (const chunk of response) hash.update(chunk);
                resolve();
              } catch (error) {
                reject(error);
              }
            });
          });
          digest = hash.digest('hex');
        },
      );
      assert.equal(digest, createHash('sha256').update(bytes).digest('hex'));
      assert.equal(events[0].response.size, bytes.length);
      assert.equal(events[0].response.truncated, true);
      assert.ok(Buffer.byteLength(JSON.stringify(events[0])) < 10_000);
    });

    it('tell completed from aborted, once each', async () => {
      let closed = 0;
      const build = (app) => {
        app.use((req, res, next) => {
          res.on('close', () => closed++);
          next();
        });
        app.get('/silent', () => {}); // never answers
        app.get('/half', (req, res) => {
          res.write('half');
        });
        app.get('/late', (req, res) => {
          res.on('close', () => res.end('too late'));
        });
        app.get('/breaks', (req, res) => {
          res.write('x', () => res.destroy());
        });
        app.get('/fine', (req, res) => res.send('fine'));
      };
      const events = await run({ build }, async (port) => {
        for (const path of ['/silent', '/half', '/late', '/breaks']) {
          const request = http.get({ host: '127.0.0.1', port, path });
          request.on('error', () => {});
          if (path === '/half' || path === '/breaks') {
            const [response] = await once(request, 'response');
            response.on('error', () => {});
          } else await once(request, 'finish');
          const before = closed;
          if (path !== '/breaks') setTimeout(() => request.destroy(), 50);
          await until(() => closed > before || (path === '/breaks' && closed === 4));
        }
        await ask(port, '/fine');
      });
      assert.deepEqual(
        events.map(({ request, response, outcome }) => [request.path, response.status, outcome, request.ip]),
        [
          ['/silent', null, 'aborted', '127.0.0.1'],
          ['/half', 200, 'aborted', '127.0.0.1'],
          ['/late', null, 'aborted', '127.0.0.1'],
          ['/breaks', 200, 'aborted', '127.0.0.1'],
          ['/fine', 200, 'completed', '127.0.0.1'],
        ],
      );
      assert.equal(events[1].response.size, 4);
    });

    it('are sent of thrown errors and 5xx, which reach the client as ever', async () => {
      let seen;
      const build = (app) => {
        app.get('/throws', () => {
          throw Object.assign(new Error('broken'), { status: 503 });
        });
        app.use((error, req, res, next) => {
          seen = error.message;
          next(error);
        });
      };
      let answer;
      const [event] = await run({ before: (app) => app.set('env', 'test'), build }, async (port) => {
        answer = await ask(port, '/throws');
      });
      assert.equal(answer.status, 503);
      assert.equal(seen, 'broken');
      assert.deepEqual([event.response.status, event.outcome, event.request.route], [503, 'completed', '/throws']);
    });

    it('belong to their own request over keep-alive and pipelining', async () => {
      const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
      const build = (app) => app.get('/n/:n', (req, res) => setTimeout(() => res.send('x'.repeat(Number(req.params.n))), 5));
      const events = await run({ build }, async (port) => {
        await Promise.all([1, 2, 3, 4, 5].map((n) => ask(port, `/n/${n}`, { agent })));
        agent.destroy();
        const socket = (await import('node:net')).connect(port, '127.0.0.1');
        socket.write('GET /n/6 HTTP/1.1\r\nHost: a\r\n\r\nGET /n/7 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
        socket.resume();
        await once(socket, 'close');
      });
      assert.deepEqual(events.map(({ request, response }) => [request.path, response.size]), [1, 2, 3, 4, 5, 6, 7].map((n) => [`/n/${n}`, n]));
      assert.equal(new Set(events.map(({ event_id }) => event_id)).size, 7);
    });

    it('of server-sent events come when the stream ends, each message at once', async () => {
      const build = (app) =>
        app.get('/sse', (req, res) => {
          res.set('Content-Type', 'text/event-stream').flushHeaders();
          res.write('data: 1\n\n');
          req.on('close', () => {});
        });
      const [event] = await run({ build }, async (port, server) => {
        const request = http.get({ host: '127.0.0.1', port, path: '/sse', agent: false });
        request.on('error', () => {});
        const [response] = await once(request, 'response');
        response.on('error', () => {});
        const [chunk] = await once(response, 'data');
        assert.equal(String(chunk), 'data: 1\n\n');
        request.destroy();
        await until(async () => (await new Promise((resolve) => server.getConnections((_, n) => resolve(n)))) === 0);
      });
      assert.deepEqual([event.outcome, event.response.size, event.response.status], ['aborted', 9, 200]);
    });

    for (const place of ['before', 'behind']) {
      it(`go with compression ${place} it: body as JSON, answer intact`, async () => {
        const value = { list: Array.from({ length: 300 }, (_, n) => ({ n, password: 'hunter2hunter2' })) };
        const compress = compression({ threshold: 0 });
        let answer;
        const [event] = await run(
          {
            options: { bodies: { routes: '/*', maxBytes: 100_000 } },
            before: (app) => place === 'before' && app.use(compress),
            build: (app) => {
              if (place === 'behind') app.use(compress);
              app.get('/', (req, res) => res.json(value));
            },
          },
          async (port) => {
            answer = await ask(port, '/', { headers: { 'accept-encoding': 'gzip' } });
          },
        );
        assert.equal(answer.headers['content-encoding'], 'gzip');
        assert.deepEqual(event.response.body, { list: value.list.map(({ n }) => ({ n, password: '[REDACTED]' })) });
        // Behind it the middleware sees what goes out, before it what the app wrote.
        if (place === 'behind') assert.equal(event.response.size, answer.body.length);
      });
    }

    it('have bodies of chosen routes and types only, cut to size, and never throw', async () => {
      const circle = { name: 'circle', big: 12345678901234567890n, when: new Date(0), bytes: Buffer.alloc(9) };
      circle.self = circle;
      const build = (app) => {
        app.use(express.json({ limit: '20mb' }), express.urlencoded({ extended: false }), express.text());
        app.post('/orders/:id', (req, res) => {
          if (req.params.id === 'circle') req.body = circle;
          res.json({ got: req.params.id, token: 'tttttt' });
        });
        app.post('/other', (req, res) => res.json({}));
        app.post('/orders/:id/picture', (req, res) => res.type('png').send(Buffer.alloc(100)));
      };
      const big = { text: 'ä'.repeat(5_000_000), password: 'deep', after: 1 };
      const events = await run({ options: { bodies: { routes: ['POST /orders/*'], maxBytes: 200 } }, build }, async (port) => {
        await postJson(port, '/orders/1', { card: { pin: 1, holder: 'x' }, list: [{ api_key: 'k' }], note: 'see /a?token=abc' });
        await postJson(port, '/orders/circle', {});
        await postJson(port, '/orders/big', big);
        await postJson(port, '/other', { a: 1 });
        await postJson(port, '/orders/1/picture', { a: 1 });
        await ask(port, '/orders/form', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'user=a&passwd=hidden' });
        await ask(port, '/orders/text', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"a":1,"password":"hun' });
        await ask(port, '/orders/bad', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":' });
      });
      const [plain, circular, cut, other, picture, form, text, bad] = events;
      assert.deepEqual(plain.request.body, { card: { pin: '[REDACTED]', holder: 'x' }, list: [{ api_key: '[REDACTED]' }], note: 'see /a?token=[REDACTED]' });
      assert.deepEqual(plain.response.body, { got: '1', token: '[REDACTED]' });
      assert.deepEqual(circular.request.body, { name: 'circle', big: '12345678901234567890', when: '1970-01-01T00:00:00.000Z', bytes: '[9 bytes]', self: '[circular]' });
      assert.equal(cut.request.truncated, true);
      assert.match(cut.request.body.text, /^ä{80,100}$/);
      assert.ok(!('truncated' in cut.response));
      assert.ok(!('body' in other.request) && !('body' in other.response));
      assert.ok('body' in picture.request && !('body' in picture.response));
      assert.deepEqual(form.request.body, { user: 'a', passwd: '[REDACTED]' });
      assert.equal(text.request.body, '{"a":1,"password":"[REDACTED]"');
      assert.equal(bad.response.status, 400);
      assert.doesNotMatch(events.text, /hunter2|tttttt|"deep"|hidden/);
    });
  });
}
