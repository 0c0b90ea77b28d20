// Bundles the tests of model, session, views, witness and worker for node and runs them with its own test runner.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = new URL('..', import.meta.url).pathname;
const out = join(root, '.test/bundled');
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const files = ['model', 'session', 'views', 'witness', 'worker'].flatMap((folder) => readdirSync(join(root, 'tests', folder)).filter((name) => /\.test\.tsx?$/.test(name)).map((name) => join(root, 'tests', folder, name)));
await build({
  entryPoints: files, outdir: out, entryNames: '[name]', outExtension: { '.js': '.mjs' },
  bundle: true, platform: 'node', format: 'esm', target: 'node18', jsx: 'automatic', jsxImportSource: 'preact', sourcemap: 'inline', logLevel: 'warning',
});
const made = readdirSync(out).map((name) => join(out, name));
process.exit(spawnSync(process.execPath, ['--enable-source-maps', '--test', ...made], { stdio: 'inherit' }).status ?? 1);
