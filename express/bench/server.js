// One app, with one of the middlewares or none. Started by run.js and memory.js, which it tells its port and, when asked, the time its
// main thread has spent on a CPU. Standard output is /dev/null: what a logger writes costs it the writing, not a terminal's drawing.
import { readFileSync } from 'node:fs';
import express from 'express';

const VARIANTS = {
  bare: async () => undefined,
  droplets: async () => (await import('express-droplets')).droplets({ queueUrl: process.env.QUEUE_URL }),
  'droplets, bodies': async () =>
    (await import('express-droplets')).droplets({ queueUrl: process.env.QUEUE_URL, bodies: { routes: '/*' } }),
  morgan: async () => (await import('morgan')).default('combined'),
  'pino-http': async () => (await import('pino-http')).default(),
  'express-winston': async () => {
    const { default: winston } = await import('winston');
    const { default: expressWinston } = await import('express-winston');
    return expressWinston.logger({ transports: [new winston.transports.Console()], format: winston.format.json() });
  },
  'moesif-nodejs': async () => {
    const { default: moesif } = await import('moesif-nodejs');
    return moesif({ applicationId: 'x'.repeat(300), baseUri: process.env.SINK_URL, logBody: false });
  },
};

const app = express();
const middleware = await VARIANTS[process.argv[2]]();
if (middleware) app.use(middleware);
const orders = express.Router();
orders.get('/:id', (req, res) => {
  res.json({ id: req.params.id, status: 'paid', total: 38.7, items: [{ sku: 'TEA-ASM-250', quantity: 3, price: 12.9 }] });
});
app.use('/orders', orders);

const server = app.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));

process.on('message', (question) => {
  if (question === 'collect') globalThis.gc?.();
  process.send({ cpuNs: mainThreadNs(), memory: process.memoryUsage(), stats: middleware?.stats?.() });
});

/** CPU time of this thread alone, without garbage collection's helpers and the thread pool. Elsewhere than on Linux, of them too. */
function mainThreadNs() {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]);
  } catch {
    const { user, system } = process.cpuUsage();
    return (user + system) * 1000;
  }
}
