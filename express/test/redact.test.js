// What must never reach the queue, looked for in the messages' very text.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Redactor } from '../src/redact.js';
import { ask, eventsOf, EXPRESS, postJson } from './support/app.js';

for (const [version, express] of EXPRESS) {
  describe(`redaction in ${version}`, () => {
    it('takes credentials out of headers, addresses, parameters and bodies', async () => {
      const build = (app) => {
        app.use(express.json());
        app.post('/reset/:token', (req, res) => {
          res.cookie('auth', 'zz-cookie').set({ 'X-Refresh-Token': 'zz-refresh', Location: '/cb#access_token=zz-fragment&state=1' });
          res.status(302).json({ accessToken: 'zz-body', nested: [{ clientSecret: { a: 'zz-deep' } }], text: '{"password":"zz-string"}', next_page_token: 'kept-cursor' });
        });
      };
      const headers = {
        authorization: 'Bearer zz-auth',
        'proxy-authorization': 'Basic zz-proxy',
        cookie: 'sid=zz-sid; zz-bare',
        'x-api-key': 'zz-key',
        'x-csrf-token': 'zz-csrf',
        'x-amzn-oidc-data': 'zz-oidc',
        referer: 'https://me:zz-user@shop.example/a?Access_Token=zz-ref&next=%2Fx%3Fapi_key%3Dzz-inner&q=kept-q',
        'user-agent': 'kept-agent',
        'x-own': 'zz-own',
      };
      const body = { password: 'zz-pass', profile: { 'pass-word': 'zz-pass2', email: 'kept@body.example', grade: 'zz-grade' }, cards: [{ number: 'zz-1' }, { number: 'zz-2', holder: 'kept-holder' }] };
      const [event] = Object.values(
        await eventsOf(
          express,
          {
            options: { bodies: { routes: '/*' }, redact: { headers: ['X-Own'], names: ['GRADE', 'voucher'], paths: ['request.body.cards.*.number', 'request.query.who', ['response', 'headers', 'X-Powered-By']] } },
            build,
          },
          (port) => postJson(port, '/reset/zz-path?api-key=zz-q&Voucher=zz-v&who=zz-who&page=kept-page', body, headers),
        ),
      );
      const text = JSON.stringify(event);
      assert.doesNotMatch(text, /zz-/);
      for (const kept of ['kept-agent', 'kept-q', 'kept-page', 'kept@body.example', 'kept-holder', 'kept-cursor']) assert.ok(text.includes(kept), kept);
      assert.equal(event.request.path, '/reset/[REDACTED]');
      assert.equal(event.request.headers.cookie, 'sid=[REDACTED]; [REDACTED]');
      assert.equal(event.response.headers['x-powered-by'], '[REDACTED]');
      assert.match(event.request.headers.referer, /^https:\/\/\[REDACTED\]@shop\.example\/a\?Access_Token=\[REDACTED\]&next=/);
    });
  });
}

describe('redacting', () => {
  const redactor = new Redactor({ headers: [], names: [], paths: [['request', 'body', 'card', 'number']] });

  it('cuts a broken document behind a credential it cannot delimit', () => {
    assert.equal(redactor.text('{"a":1,"password":"x\\"y","b":2'), '{"a":1,"password":"[REDACTED]","b":2');
    assert.equal(redactor.text('{"secret":{"a":"zz'), '{"secret":"[REDACTED]"');
    assert.equal(redactor.text('{"password":"zz'), '{"password":"[REDACTED]"');
    assert.equal(redactor.text('{"a":1,"b":[tr'), '{"a":1,"b":[tr');
  });

  it('replaces a text where a path goes on: it may hold the value anywhere', () => {
    const event = { request: { body: 'number=1&half' }, response: {} };
    redactor.paths(event);
    assert.equal(event.request.body, '[REDACTED]');
  });

  it('copies deep, odd and hostile values', () => {
    let deep = {};
    for (let n = 0; n < 10_000; n++) deep = { deep };
    assert.match(JSON.stringify(redactor.copy(deep).value), /too deep/);
    const parsed = JSON.parse('{"__proto__":{"polluted":1}}');
    assert.equal(JSON.stringify(redactor.copy(parsed).value), '{"__proto__":{"polluted":1}}');
    assert.equal({}.polluted, undefined);
    assert.deepEqual(redactor.copy([undefined, () => 1, NaN, Symbol('s'), null, 1n]).value, [null, null, null, null, null, '1']);
    const copied = redactor.copy({ a: 'x'.repeat(50), b: 'y' }, 20);
    assert.ok(copied.truncated && copied.value.a.length < 20 && !('b' in copied.value));
  });
});
