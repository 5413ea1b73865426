// server.js as a child process, and load on it.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';

const SERVER = fileURLToPath(new URL('server.js', import.meta.url));

// What a browser sends.
const HEADERS = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  accept: 'application/json',
  'accept-language': 'de,en-US;q=0.7,en;q=0.3',
  'accept-encoding': 'gzip, deflate, br, zstd',
  referer: 'https://shop.example/orders',
  cookie: 'droplets_session=6fa459ea-ee8a-4ca4-894e-db77e160355e; theme=dark; _ga=GA1.1.1739022367.1794984863',
  'sec-fetch-mode': 'cors',
};

export async function startServer(variant, env, execArgv = []) {
  const child = fork(SERVER, [variant], { env: { ...process.env, ...env }, execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the server with ${variant} ended by itself, exit code ${code}`);
  });
  ended.catch(() => {}); // Where nobody waits any more, it was stopped.
  const hear = () => Promise.race([once(child, 'message').then(([message]) => message), ended]);
  const { port } = await hear();
  return {
    port,
    async ask(question) {
      child.send(question);
      return hear();
    },
    async stop() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

export function load(port, options) {
  return autocannon({ url: `http://127.0.0.1:${port}/orders/17?view=full`, headers: HEADERS, connections: 20, ...options });
}
