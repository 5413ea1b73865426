// Makes dist/index.cjs of src/: Node 20 cannot require() an ES module. Runs at `npm ci` in a checkout and before `npm pack`.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));

await build({
  entryPoints: [path('entry.cjs')],
  outfile: path('../dist/index.cjs'),
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  legalComments: 'none',
  logLevel: 'warning',
});
