import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { droplets } from '../src/index.js';
import { QUEUE } from './support/app.js';

const client = { send: async () => ({}) };

describe('bad options', () => {
  const cases = {
    queueUrl: [{ queueUrl: undefined }, { queueUrl: 'droplets' }, { queueUrl: 'https://host' }, { queueUrl: `${QUEUE}.fifo` }],
    client: [{ client: {} }],
    region: [{ region: 1, client: undefined }, { region: 'eu-west-1' }],
    endpoint: [{ endpoint: '', client: undefined }],
    session: [{ session: 'sid' }],
    'session.from': [{ session: { from: 'user' } }],
    'session.header': [{ session: { header: 'a b' } }, { session: { header: [1] } }],
    'session.cookie': [{ session: { cookie: 'a=b' } }],
    'session.hash': [{ session: { hash: 'yes' } }],
    'session.hashKey': [{ session: { hashKey: 'short' } }],
    'session.echo': [{ session: { echo: 'x\ny' } }],
    'session.issue': [{ session: { issue: true } }],
    'session.issue.name': [{ session: { issue: { name: 'a;b' } } }],
    'session.issue.maxAgeSeconds': [{ session: { issue: { maxAgeSeconds: 0.5 } } }],
    'session.issue.domain': [{ session: { issue: { domain: 'a; Path=/b' } } }],
    'session.issue.path': [{ session: { issue: { path: '' } } }],
    'session.issue.sameSite': [{ session: { issue: { sameSite: 'lax' } } }, { session: { issue: { sameSite: 'None' } } }],
    'session.issue.secure': [{ session: { issue: { secure: 'auto' } } }],
    ignore: [{ ignore: 'healthz' }, { ignore: [] }, { ignore: /x/ }],
    sample: [{ sample: 2 }, { sample: '0.5' }, { sample: NaN }],
    bodies: [{ bodies: true }, { bodies: { routes: '/*', request: false, response: false } }],
    'bodies.routes': [{ bodies: {} }, { bodies: { routes: ['orders'] } }],
    'bodies.types': [{ bodies: { routes: '/*', types: ['json'] } }],
    'bodies.maxBytes': [{ bodies: { routes: '/*', maxBytes: 2 ** 21 } }],
    'redact.headers': [{ redact: { headers: 'x' } }],
    'redact.names': [{ redact: { names: [''] } }],
    'redact.paths': [{ redact: { paths: ['body.card'] } }, { redact: { paths: 'request.body' } }],
    maxMessageBytes: [{ maxMessageBytes: 100 }, { maxMessageBytes: 2 ** 20 + 1 }],
    flushIntervalMs: [{ flushIntervalMs: 0 }, { flushIntervalMs: Infinity }],
    maxBufferedEvents: [{ maxBufferedEvents: 0 }],
    maxBufferedBytes: [{ maxBufferedBytes: -1 }],
    requestTimeoutMs: [{ requestTimeoutMs: '1s' }],
    retryMinMs: [{ retryMinMs: 0 }],
    retryMaxMs: [{ retryMinMs: 100, retryMaxMs: 50 }],
    onDrop: [{ onDrop: true }],
  };
  for (const [name, options] of Object.entries(cases)) {
    it(`${name} throws at start, by its name`, () => {
      for (const option of options) {
        assert.throws(() => droplets({ queueUrl: QUEUE, client, ...option }), (error) => error instanceof TypeError && error.message.startsWith(`express-droplets: option '${name}' `));
      }
    });
  }

  it('that do not exist name the nearest, at every level', () => {
    const wrong = [
      [{ queueURL: QUEUE }, "no option 'queueURL'; did you mean 'queueUrl'?"],
      [{ queueUrl: QUEUE, session: { cookies: 'a' } }, "no option 'session.cookies'; did you mean 'session.cookie'?"],
      [{ queueUrl: QUEUE, bodies: { routes: '/*', maxbytes: 1 } }, "did you mean 'bodies.maxBytes'?"],
      [{ queueUrl: QUEUE, compress: true }, "no option 'compress'; there are queueUrl, client,"],
    ];
    for (const [options, message] of wrong) assert.throws(() => droplets(options), (error) => error.message.includes(message));
    assert.throws(() => droplets(), /the options must be an object/);
  });

  it('never show a secret', () => {
    assert.throws(() => droplets({ queueUrl: QUEUE, session: { hashKey: 'hunter2' } }), (error) => !error.message.includes('hunter2'));
  });
});
