// Builds the page into dist/: scripts and styles under assets/ with their hash in the name, each also compressed, and
// what names them. Fails when the first page is larger than it may be.
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const kMostBytes = 120 * 1024; // of all scripts and styles of the first page, compressed (gzip, the larger of the two)
const root = new URL('..', import.meta.url).pathname;
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, 'assets'), { recursive: true });
const made = await build({
  entryPoints: { app: join(root, 'src/app/main.tsx') },
  outdir: join(dist, 'assets'),
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  splitting: true, // what is imported in the middle of the work is a file of its own
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['es2022', 'safari16', 'firefox115', 'chrome109'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
});
const outputs = new Map(Object.entries(made.metafile.outputs).map(([path, output]) => [basename(path), output]));
const [script] = [...outputs].find(([, output]) => output.entryPoint?.endsWith('main.tsx'));
const style = [...outputs.keys()].find((name) => name.endsWith('.css'));
// All that the page's script needs before it runs; the browser fetches it at once, and not only when it has read the script.
const first = new Set([script]);
for (const name of first)
  for (const { path, kind } of outputs.get(name).imports) if (kind === 'import-statement') first.add(basename(path));
const preloads = [...first].slice(1).map((name) => `<link rel="modulepreload" href="/assets/${name}">`).join('');
const page = readFileSync(join(root, 'src/app/index.html'), 'utf8')
  .replace('SCRIPT', `/assets/${script}`).replace('STYLE', `/assets/${style}`).replace('</head>', `${preloads}</head>`);
writeFileSync(join(dist, 'index.html'), page);
for (const name of ['app.webmanifest', 'icon.svg']) copyFileSync(join(root, 'src/app', name), join(dist, name));

// The service worker, of this build alone: its files, and a version that changes with any of them.
const kept = [...[...outputs.keys()].map((name) => `/assets/${name}`), '/app.webmanifest', '/icon.svg'].sort();
const contents = createHash('sha256').update(page);
for (const file of kept) contents.update(readFileSync(join(dist, file)));
await build({
  entryPoints: [join(root, 'src/worker/sw.ts')], outfile: join(dist, 'sw.js'), bundle: true, minify: true, format: 'iife', target: ['es2022'], legalComments: 'none', logLevel: 'warning',
  define: { kBuild: JSON.stringify({ version: contents.digest('hex').slice(0, 16), script: `/assets/${script}`, files: kept }) },
});

function compress(file) {
  const bytes = readFileSync(file);
  const gzip = gzipSync(bytes, { level: 9 });
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
  writeFileSync(`${file}.gz`, gzip);
  writeFileSync(`${file}.br`, brotli);
  return { plain: bytes.length, gzip: gzip.length, brotli: brotli.length };
}
const sizes = readdirSync(join(dist, 'assets')).map((name) => [name, compress(join(dist, 'assets', name))]);
for (const name of ['index.html', 'app.webmanifest', 'icon.svg', 'sw.js']) compress(join(dist, name));

const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;
for (const [name, size] of sizes) console.log(`${name}: ${kib(size.plain)}, gzip ${kib(size.gzip)}, brotli ${kib(size.brotli)}`);
const total = sizes.reduce((sum, [name, size]) => sum + (first.has(name) || name === style ? size.gzip : 0), 0);
console.log(`The first page: ${kib(total)} of ${kib(kMostBytes)} (gzip)`);
if (total > kMostBytes) {
  console.error('That is too much. Load later what the first page does not need, or leave it out.');
  process.exit(1);
}
