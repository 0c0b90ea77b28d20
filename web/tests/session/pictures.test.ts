import assert from 'node:assert/strict';
import { createHash, webcrypto } from 'node:crypto';
import { beforeEach, test } from 'node:test';
import { Pictures } from '../../src/session/pictures.ts';
import type { File } from '../../src/wire/catalogue.ts';

// Node 18 has it, but not as a global.
if (!globalThis.crypto) Object.assign(globalThis, { crypto: webcrypto });

let asked: string[] = [];
let served: Buffer;
let open: Set<string>;

beforeEach(() => {
  asked = [];
  open = new Set();
  let last = 0;
  Object.assign(globalThis, { fetch: async (path: string) => (asked.push(path), new Response(served)) });
  URL.createObjectURL = () => {
    const url = `blob:${++last}`;
    open.add(url);
    return url;
  };
  URL.revokeObjectURL = (url) => void open.delete(url);
});

function picture(width: number, height: number, size = 64): Buffer {
  const bytes = Buffer.alloc(size);
  bytes.write('\x89PNG\r\n\x1a\n', 'latin1');
  bytes.write('IHDR', 12, 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}
const fileOf = (bytes: Buffer, n = 1): File => ({
  id: `0190b0b0-0000-7000-8000-${String(n).padStart(12, '0')}`, name: 'a.png', size: bytes.length, type: 'image/png', sha256: createHash('sha256').update(bytes).digest('hex'),
});

test('a picture is fetched once, and shown while anybody shows it', async () => {
  served = picture(4, 3);
  const pictures = new Pictures();
  const got = await Promise.all([pictures.take(fileOf(served)), pictures.take(fileOf(served))]);
  assert.deepEqual(got, [{ url: 'blob:1' }, { url: 'blob:1' }]);
  assert.deepEqual(asked, ['/api/v1/files/0190b0b0-0000-7000-8000-000000000001']);
});

test("bytes that aren't those of the message are not shown", async () => {
  served = picture(4, 3);
  const file = fileOf(served);
  served = picture(4, 4);
  const got = await new Pictures().take(file);
  assert.match((got as { error: string }).error, /aren't those of the message/);
  assert.equal(open.size, 0);
});

test('a small file that would unfold to gigabytes is not given to the browser', async () => {
  served = picture(60_000, 60_000);
  assert.match(((await new Pictures().take(fileOf(served))) as { error: string }).error, /too large to be shown/);
  assert.equal(open.size, 0);
});

test('an id that is none is not asked for', async () => {
  served = picture(4, 3);
  assert.ok('error' in (await new Pictures().take({ ...fileOf(served), id: '../web/session' })));
  assert.deepEqual(asked, []);
});

test('what nothing shows is let go of over 64 MiB, the oldest first; what is shown stays', async () => {
  const pictures = new Pictures();
  const files: File[] = [];
  for (let n = 1; n <= 5; ++n) {
    served = picture(n, n, 18 * 1024 * 1024);
    files.push(fileOf(served, n));
    await pictures.take(files.at(-1)!);
  }
  assert.equal(open.size, 5);
  for (const file of files.slice(1)) pictures.release(file.id);
  assert.deepEqual([...open], ['blob:1', 'blob:3', 'blob:4', 'blob:5']);
  pictures.clear();
  assert.equal(open.size, 0);
});
