import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileAddress, isPicture, sizeWords, wordsOf } from '../../src/model/files.ts';
import { isShowable, pictureSize } from '../../src/model/picture_size.ts';

const file = (type: string, size = 10) => ({ id: 'x', name: 'a.png', size, type, sha256: '' });

test('what is shown is a picture by its bytes, whatever its name; SVG is none', () => {
  assert.ok(isPicture(file('image/png')) && isPicture(file('image/gif')));
  for (const type of ['image/svg+xml', 'text/html', 'application/octet-stream', 'image/png;x']) assert.ok(!isPicture(file(type)), type);
  assert.ok(!isPicture(file('image/png', 21 * 1024 * 1024)));
});

test('an address is of a file of this host, or there is none', () => {
  assert.equal(fileAddress('0190b0b0-0000-7000-8000-00000000000a'), '/api/v1/files/0190b0b0-0000-7000-8000-00000000000a');
  for (const bad of ['', '..', '../web/session', '//evil.example/', 'javascript:alert(1)', '0190b0b0-0000-7000-8000-00000000000a/..', '0190b0b0-0000-7000-8000-00000000000a\n'])
    assert.equal(fileAddress(bad), '', bad);
});

test('sizes as people read them', () => {
  assert.deepEqual([0, 999, 1_000, 9_949, 9_960, 999_400, 999_600, 20_971_520, 5e12, 5e15].map(sizeWords),
    ['0 B', '999 B', '1.0 kB', '9.9 kB', '10 kB', '999 kB', '1.0 MB', '21 MB', '5.0 TB', '5000 TB']);
});

test('without a text a message is called by its files', () => {
  assert.equal(wordsOf({ text: '', files: [file('a')] }), 'a.png');
  assert.equal(wordsOf({ text: '', files: [file('a'), file('b')] }), '2 files: a.png, a.png');
  assert.equal(wordsOf({ text: 'look', files: [file('a')] }), 'look');
});

function bytes(...parts: (string | number[])[]): ArrayBuffer {
  const all = parts.flatMap((part) => (typeof part === 'string' ? [...part].map((sign) => sign.charCodeAt(0)) : part));
  return new Uint8Array(all).buffer;
}
const big = (n: number) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
const little16 = (n: number) => [n & 255, n >>> 8];
const png = (width: number, height: number) => bytes('\x89PNG\r\n\x1a\n', big(13), 'IHDR', big(width), big(height));

test('the size of a picture by its first bytes', () => {
  assert.deepEqual(pictureSize(png(640, 480)), { width: 640, height: 480 });
  assert.deepEqual(pictureSize(bytes('RIFF', big(0), 'WEBPVP8X', big(10), [0, 0, 0, 0], [127, 2, 0], [223, 1, 0])), { width: 640, height: 480 });
  assert.deepEqual(pictureSize(bytes('RIFF', big(0), 'WEBPVP8 ', big(9), [0, 0, 0, 0x9d, 1, 0x2a], little16(640), little16(480))), { width: 640, height: 480 });
  assert.deepEqual(pictureSize(bytes('RIFF', big(0), 'WEBPVP8L', big(9), [0x2f], [0x7f, 0xc2, 0x77, 0x00])), { width: 640, height: 480 });
  assert.deepEqual(pictureSize(bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xff, 0xc2, 0, 11, 8, 1, 224, 2, 128, 0, 0, 0])), { width: 640, height: 480 });
});

test('a small file that unfolds to gigabytes is not shown', () => {
  assert.ok(isShowable(pictureSize(png(8_000, 8_000))));
  assert.ok(!isShowable(pictureSize(png(30_000, 30_000))));
  assert.ok(!isShowable(pictureSize(png(0, 10))));
  // A GIF's frame may be larger than its head says.
  const gif = bytes('GIF89a', little16(10), little16(10), [0x80, 0, 0], [0, 0, 0, 0, 0, 0], [0x21, 0xf9, 4, 0, 0, 0, 0, 0], [0x2c], little16(0), little16(0), little16(65_535), little16(65_535), [0]);
  assert.deepEqual(pictureSize(gif), { width: 65_535, height: 65_535 });
  assert.ok(!isShowable(pictureSize(gif)));
});

test('what is cut off, or something else, has no size', () => {
  for (const one of [bytes(), bytes('GIF89a'), bytes('<svg width="1">'), bytes([0xff, 0xd8, 0xff]), bytes([0xff, 0xd8, 0xff, 0xe0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]), png(1, 1).slice(0, 20)])
    assert.equal(pictureSize(one), null);
});
