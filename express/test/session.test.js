// Where a session comes from, and what becomes of ids that are credentials.
import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { ask, eventsOf, EXPRESS } from './support/app.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const sha256 = (text) => `sha256-${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;

for (const [version, express] of EXPRESS) {
  const run = (session, headers, more = {}) => {
    const answers = [];
    return eventsOf(express, { options: { session }, build: (app) => app.get('/', (req, res) => res.send('ok')), ...more }, async (port) => {
      for (const one of [headers].flat()) answers.push(await ask(port, '/', { headers: one }));
    }).then((events) => Object.assign(events, { answers }));
  };

  describe(`sessions of ${version}`, () => {
    it('are made where there is none, told in a cookie and a header, and known again', async () => {
      const first = await run({}, {});
      const [line] = first.answers[0].headers['set-cookie'];
      const id = first[0].session_id;
      assert.match(id, UUID);
      assert.equal(first[0].session_source, 'new');
      assert.equal(first.answers[0].headers['x-session-id'], id);
      assert.equal(line, `droplets_session=${id}; Path=/; HttpOnly; SameSite=Lax`);
      assert.equal(first[0].response.headers['set-cookie'], 'droplets_session=[REDACTED]; Path=/; HttpOnly; SameSite=Lax');

      const again = await run({}, [{ cookie: `a=b; droplets_session=${id}; c=d` }, { cookie: 'droplets_session=made-up' }]);
      assert.deepEqual([again[0].session_id, again[0].session_source], [id, 'issued']);
      assert.equal(again.answers[0].headers['set-cookie'], undefined);
      assert.equal(again[0].request.headers.cookie, 'a=[REDACTED]; droplets_session=[REDACTED]; c=[REDACTED]');
      assert.equal(again[1].session_source, 'new');
    });

    it('come from a function, a header or a cookie, in this order', async () => {
      const session = { from: (req) => req.headers['x-user'] && Number(req.headers['x-user']), header: ['x-trace', 'x-session-id'], cookie: 'sid' };
      const events = await run(session, [
        { 'x-user': '42', 'x-trace': 't', cookie: 'sid=c' },
        { 'x-session-id': 'h', cookie: 'sid=c' },
        { cookie: 'xsid=no; sid=%C3%A9%20c' },
        {},
      ]);
      assert.deepEqual(
        events.slice(0, 3).map((event) => [event.session_id, event.session_source]),
        [['42', 'function'], ['h', 'header'], ['é c', 'cookie']],
      );
      assert.equal(events[3].session_source, 'new');
      // What cannot stand in a header is not echoed.
      assert.deepEqual(events.answers.slice(0, 3).map(({ headers }) => headers['x-session-id']), ['42', 'h', undefined]);
      assert.ok(events.answers.slice(0, 3).every(({ headers }) => headers['set-cookie'] === undefined));
    });

    it('that are credentials are hashed, wherever they come from', async () => {
      const cookie = 's%3Aabcdefgh.signature%2Fxyz';
      const [plain] = await run({ cookie: 'connect.sid' }, { cookie: `connect.sid=${cookie}` });
      assert.equal(plain.session_id, sha256(decodeURIComponent(cookie)));
      const [bearer] = await run({ header: 'authorization' }, { authorization: 'Bearer topsecret' });
      assert.equal(bearer.session_id, sha256('Bearer topsecret'));
      const handed = await run({ from: (req) => req.headers.authorization.split(' ')[1] }, { authorization: 'Bearer topsecret' });
      assert.equal(handed[0].session_id, sha256('topsecret'));
      const own = { before: (app) => app.use((req, res, next) => ((req.sessionID = 'abcdefgh'), next())) };
      const [express_session] = await run({ from: (req) => req.sessionID }, {}, own);
      assert.equal(express_session.session_id, sha256('abcdefgh'));
      const keyed = await run({ header: 'x-visitor', hash: true, hashKey: 'k'.repeat(16) }, { 'x-visitor': 'anna' });
      assert.equal(keyed[0].session_id, `sha256-${createHmac('sha256', 'k'.repeat(16)).update('anna').digest('hex').slice(0, 32)}`);
      assert.doesNotMatch([plain, bearer, handed[0], express_session, keyed[0]].map((event) => JSON.stringify(event)).join(), /abcdefgh|topsecret|anna/);
      const [long] = await run({}, { 'x-session-id': 'l'.repeat(257) });
      assert.equal(long.session_id, sha256('l'.repeat(257)));
    });

    it('a function that fails is no matter of the request', async () => {
      const events = await run({ from: () => { throw new Error('no user yet'); } }, {});
      assert.equal(events.answers[0].status, 200);
      assert.equal(events[0].session_source, 'new');
      assert.equal(events.stats.lastError.message, 'no user yet');
    });

    it('cookie: Secure on https behind a trusted proxy, and all attributes', async () => {
      const before = (app) => app.set('trust proxy', true);
      const https = await run({}, { 'x-forwarded-proto': 'https' }, { before });
      assert.match(https.answers[0].headers['set-cookie'][0], /; Secure$/);
      const issue = { name: 'v', maxAgeSeconds: 60, domain: 'shop.example', path: '/a', sameSite: 'Strict', secure: false };
      const own = await run({ issue }, {}, { before });
      assert.equal(own.answers[0].headers['set-cookie'][0], `v=${own[0].session_id}; Path=/a; HttpOnly; SameSite=Strict; Domain=shop.example; Max-Age=60`);
      const none = await run({ issue: false, echo: false }, {});
      assert.deepEqual([none.answers[0].headers['set-cookie'], none.answers[0].headers['x-session-id']], [undefined, undefined]);
      assert.match(none[0].session_id, UUID);
    });

    it('stand beside the cookies that the app sets', async () => {
      const events = await run({}, {}, { build: (app) => app.get('/', (req, res) => res.cookie('a', '1').send('ok')) });
      assert.equal(events.answers[0].headers['set-cookie'].length, 2);
    });
  });
}

describe('a sample', () => {
  it('is the same share of the sessions each time, whole', async () => {
    const [[, express]] = EXPRESS;
    const ids = Array.from({ length: 400 }, (_, n) => `s-${n}`);
    const sampled = async (sample) => {
      const events = await eventsOf(express, { options: { sample }, build: (app) => app.get('/', (req, res) => res.end()) }, async (port) => {
        for (const id of ids) for (let n = 0; n < 2; n++) await ask(port, '/', { headers: { 'x-session-id': id } });
      });
      const counts = {};
      for (const { session_id } of events) counts[session_id] = (counts[session_id] ?? 0) + 1;
      assert.ok(Object.values(counts).every((count) => count === 2));
      return Object.keys(counts);
    };
    const [quarter, half] = [await sampled(0.25), await sampled(0.5)];
    assert.ok(quarter.length > 60 && quarter.length < 140, `${quarter.length} of 400`);
    assert.ok(half.length > 150 && half.length < 250, `${half.length} of 400`);
    assert.ok(quarter.every((id) => half.includes(id)), 'who is in the smaller sample is in the larger');
    assert.deepEqual(await sampled(0), []);
  });
});

describe("README's snippet for browsers", () => {
  it('keeps one session over several services, and tells it to no other', async () => {
    const [, snippet] = /```js\n(\/\/ Remembers the session[^]*?)```/.exec(readFileSync(new URL('../README.md', import.meta.url), 'utf8'));
    assert.ok(snippet.trim().split('\n').length <= 15);
    const build = (app) => app.get('/', (req, res) => res.send(req.headers['x-session-id'] ?? 'none'));
    const [[, express]] = EXPRESS;
    const kept = new Map();
    const sessionStorage = { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => kept.set(name, value) };
    const bodies = [];
    let api;
    const shop = await eventsOf(express, { build }, async (shopPort) => {
      api = await eventsOf(express, { build }, async (apiPort) => {
        await eventsOf(express, { build }, async (strangerPort) => {
          const window = { fetch };
          const origin = `http://127.0.0.1:${shopPort}`;
          // As a page has them; the second service is the one on another port.
          new Function('window', 'location', 'sessionStorage', snippet.replace('https://api.shop.example', `http://127.0.0.1:${apiPort}`))(window, { origin }, sessionStorage);
          for (const port of [shopPort, shopPort, apiPort, strangerPort]) {
            const answer = await window.fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } });
            bodies.push(await answer.text());
          }
        });
      });
    });
    const [{ session_id }] = shop;
    assert.deepEqual(bodies, ['none', session_id, session_id, 'none']);
    assert.deepEqual([...shop, ...api].map((event) => [event.session_id, event.session_source]), [[session_id, 'new'], [session_id, 'header'], [session_id, 'header']]);
  });
});
