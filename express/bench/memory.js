// Memory while the queue cannot be reached: MINUTES (10) of steady load, a sample each half minute after a garbage collection. Ends with
// exit code 1 if the last third's heap is larger than the middle third's by more than a twentieth.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { load, startServer } from './child.js';

const MINUTES = Number(process.env.MINUTES ?? 10);
const SAMPLE_SECONDS = 30;

// A port where nobody listens.
const probe = createServer();
probe.listen(0, '127.0.0.1');
await once(probe, 'listening');
const { port } = probe.address();
probe.close();

const env = {
  QUEUE_URL: `http://127.0.0.1:${port}/123456789012/unreachable`,
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  AWS_EC2_METADATA_DISABLED: 'true',
  NODE_ENV: 'production',
  NO_PROXY: '127.0.0.1',
};
const server = await startServer('droplets', env, ['--expose-gc']);
const samples = [];
console.log('| minute | heap MB | resident MB | events in memory | dropped |\n|---|---|---|---|---|');
for (let at = 1; at <= (MINUTES * 60) / SAMPLE_SECONDS; at++) {
  const result = await load(server.port, { duration: SAMPLE_SECONDS, connections: 10, overallRate: 500 });
  if (result.non2xx || result.errors) throw new Error('a request failed');
  const { memory, stats } = await server.ask('collect');
  samples.push(memory.heapUsed);
  const mb = (bytes) => (bytes / 1e6).toFixed(1);
  console.log(`| ${((at * SAMPLE_SECONDS) / 60).toFixed(1)} | ${mb(memory.heapUsed)} | ${mb(memory.rss)} | ${stats.buffered.events} | ${stats.dropped.total} |`);
}
await server.stop();
const third = Math.floor(samples.length / 3);
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const growth = mean(samples.slice(-third)) / mean(samples.slice(third, 2 * third)) - 1;
console.log(`\nHeap of the last third against the middle third: ${(growth * 100).toFixed(1)} %.`);
if (growth > 0.05) process.exitCode = 1;
