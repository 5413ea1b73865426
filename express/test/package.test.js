// The package as users get it: packed, installed, imported in every way, checked by TypeScript.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('..', import.meta.url));
const run = (command, args, cwd) => execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

describe('the package', () => {
  let dir;
  let files;

  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'express-droplets-'));
    run('npm', ['pack', '--silent', '--pack-destination', dir], HERE);
    const [tarball] = readdirSync(dir);
    run('tar', ['-xzf', tarball], dir);
    const modules = join(dir, 'node_modules');
    mkdirSync(modules);
    // What it depends on, and what a user has beside it; the package itself is the packed one.
    for (const name of readdirSync(join(HERE, 'node_modules'))) {
      if (!name.startsWith('.')) symlinkSync(join(HERE, 'node_modules', name), join(modules, name));
    }
    cpSync(join(dir, 'package'), join(modules, 'express-droplets'), { recursive: true });
    files = readdirSync(join(dir, 'package'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  });
  after(() => rmSync(dir, { recursive: true }));

  it('contains only what a user needs', () => {
    const names = files.map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(join(dir, 'package').length + 1)).sort();
    const sources = readdirSync(join(HERE, 'src')).map((name) => `src/${name}`);
    assert.deepEqual(names, ['LICENSE', 'README.md', 'dist/index.cjs', 'package.json', ...sources, 'types/index.d.cts', 'types/index.d.ts', 'types/types.d.cts'].sort());
    const { dependencies } = JSON.parse(readFileSync(join(dir, 'package', 'package.json'), 'utf8'));
    assert.deepEqual(Object.keys(dependencies), ['@aws-sdk/client-sqs']);
    for (const entry of files) {
      const text = readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'utf8');
      assert.ok(!text.includes(HERE.replace(/\/$/, '')), `${entry.name} names a path of this machine`);
    }
  });

  const program = (load) => `${load}
    const lake = droplets({ queueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/q' });
    lake.close().then((totals) => console.log(JSON.stringify(totals)));`;
  const ways = {
    'a.mjs': "import droplets from 'express-droplets';",
    'b.mjs': "import { droplets } from 'express-droplets';",
    'c.mjs': "const { droplets } = await import('express-droplets');",
    'd.cjs': "const droplets = require('express-droplets');",
    'e.cjs': "const { droplets } = require('express-droplets');",
    'f.cjs': "const droplets = require('express-droplets').default;",
  };
  for (const [name, load] of Object.entries(ways)) {
    it(`works with ${load}`, () => {
      writeFileSync(join(dir, name), program(load));
      assert.deepEqual(JSON.parse(run(process.execPath, ['--no-warnings', name], dir)), { sent: 0, dropped: 0 });
    });
  }

  it('has types for both kinds of modules, and they find mistakes', () => {
    cpSync(join(HERE, 'test', 'types'), join(dir, 'types'), { recursive: true });
    const tsc = join(HERE, 'node_modules', 'typescript', 'bin', 'tsc');
    run(process.execPath, [tsc, '-p', 'types', '--preserveSymlinks'], dir);
    // Without its directives the same files must fail: what is expected to be an error is one.
    for (const name of ['use.mts', 'use.cts']) {
      const path = join(dir, 'types', name);
      writeFileSync(path, readFileSync(path, 'utf8').replaceAll('@ts-expect-error', ''));
    }
    assert.throws(() => execFileSync(process.execPath, [tsc, '-p', 'types', '--preserveSymlinks'], { cwd: dir, stdio: 'pipe' }), (error) => (String(error.stdout).match(/error TS/g) ?? []).length === 4);
  });
});
