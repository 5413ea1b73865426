// What the middleware costs an app: the same app bare, with it, and with its peers, in turn, five rounds. Prints medians, and as
// ratios to bare: requests/s and p99. Main-thread CPU per request is the honest measure: where client and server share a machine,
// requests/s also measure the client.
// requests/s also measure the client. `droplets` and `moesif-nodejs` send to sinks in this process, which answer at once as SQS and
// Moesif do; `droplets, local stack` has the emulator and the lake's functions behind it, which take their part of the machine.
//   BENCH_ROUNDS  5    BENCH_SECONDS  4
import { once } from 'node:events';
import { createServer } from 'node:http';
import { startStack } from '../test/support/stack.js';
import { load, startServer } from './child.js';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 4);
const VARIANTS = ['bare', 'droplets', 'droplets, local stack', 'morgan', 'pino-http', 'express-winston', 'moesif-nodejs', 'droplets, bodies'];

const sink = createServer(async (req, res) => {
  const chunks = [];
  for await (const chunk of req) chunks.push(chunk);
  if (req.headers['x-amz-target'] !== 'AmazonSQS.SendMessageBatch') return res.writeHead(201).end('{}');
  const { Entries } = JSON.parse(Buffer.concat(chunks));
  res.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
  res.end(JSON.stringify({ Successful: Entries.map(({ Id }) => ({ Id, MessageId: Id, MD5OfMessageBody: '' })), Failed: [] }));
});
sink.listen(0, '127.0.0.1');
await once(sink, 'listening');
const sinkUrl = `http://127.0.0.1:${sink.address().port}`;
const common = { SINK_URL: sinkUrl, NODE_ENV: 'production', NODE_NO_WARNINGS: '1', NO_PROXY: '127.0.0.1' };
const keys = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none' };
const toSink = { ...common, ...keys, QUEUE_URL: `${sinkUrl}/123456789012/bench` };
const stack = await startStack('express-bench');
const toStack = { ...common, ...stack.environment, QUEUE_URL: stack.queueUrl };

const measured = new Map(VARIANTS.map((variant) => [variant, []]));
try {
  for (let round = 0; round < ROUNDS; round++) {
    // Each in another place each time, so that nobody always follows the same one.
    for (let at = 0; at < VARIANTS.length; at++) {
      const variant = VARIANTS[(at + round) % VARIANTS.length];
      process.stderr.write(`\r   round ${round + 1} of ${ROUNDS}: ${variant.padEnd(24)}`);
      measured.get(variant).push(await measure(variant));
    }
  }
} finally {
  process.stderr.write('\r'.padEnd(50) + '\r');
  sink.close();
  sink.closeAllConnections();
  await stack.stop();
}
print();

async function measure(variant) {
  const server = await startServer(variant.replace(', local stack', ''), variant.includes('stack') ? toStack : toSink);
  try {
    await load(server.port, { duration: 1.5 });
    const before = await server.ask('cpu');
    const result = await load(server.port, { duration: SECONDS });
    // What a middleware does after the last answer is its cost too: more than its flush interval.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const after = await server.ask('cpu');
    if (result.non2xx || result.errors) throw new Error(`${variant}: ${result.non2xx} answers that are not 2xx, ${result.errors} errors`);
    const requests = result.requests.total;
    const { stats } = after;
    if (stats && stats.sent + stats.dropped.total + stats.buffered.events !== stats.recorded) throw new Error(`events are lost: ${JSON.stringify(stats)}`);
    return {
      cpu: (after.cpuNs - before.cpuNs) / requests / 1000,
      rps: requests / result.duration,
      p99: result.latency.p99,
      dropped: stats ? stats.dropped.total / stats.recorded : undefined,
    };
  } finally {
    await server.stop();
  }
}

function print() {
  const median = (variant, figure) => measured.get(variant).map((one) => one[figure]).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)];
  console.log(`| middleware | main-thread CPU per request | of it its own | requests/s, of bare | p99, of bare |\n|---|---|---|---|---|`);
  for (const variant of VARIANTS) {
    const [cpu, bare] = [median(variant, 'cpu'), median('bare', 'cpu')];
    const ratio = (figure) => (median(variant, figure) / median('bare', figure)).toFixed(2);
    console.log(`| ${variant} | ${cpu.toFixed(1)} µs | ${variant === 'bare' ? '–' : `${(cpu - bare).toFixed(1)} µs`} | ${ratio('rps')} | ${ratio('p99')} |`);
  }
  console.log(`\nMedians of ${ROUNDS} rounds of ${SECONDS} s, Node ${process.version}; bare: ${Math.round(median('bare', 'rps'))} requests/s, p99 ${median('bare', 'p99')} ms.`);
  const [own, pino] = ['droplets', 'pino-http'].map((variant) => median(variant, 'cpu'));
  console.log(`droplets ${own < pino ? 'costs less' : 'COSTS MORE'} main-thread CPU than pino-http: ${own.toFixed(1)} µs against ${pino.toFixed(1)} µs a request.`);
  const dropped = Math.max(...measured.get('droplets, local stack').map((one) => one.dropped));
  if (dropped > 0) console.log(`With the local stack: under this load, more than the local queue takes, up to ${(dropped * 100).toFixed(1)} % of the events were dropped, as documented.`);
}
