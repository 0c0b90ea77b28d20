import assert from 'node:assert/strict';
import { test } from 'node:test';
import { qrPath } from '../../src/views/qr_path.ts';

// A reader of our own, of the standard's text (ISO/IEC 18004), as far as one version and the byte mode need it: what is drawn
// says what it should, also where another program would draw other fields (another mask, another split).
function fieldsOf({ path, size }: { path: string; size: number }): boolean[][] {
  const fields = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) fields[Number(y)]![Number(x)] = true;
  return fields;
}

const kMasks: ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0, (_, y) => y % 2 === 0, (x) => x % 3 === 0, (x, y) => (x + y) % 3 === 0, (x, y) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0, (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0, (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];
// Data and check words of versions 1 and 2, which are one block each.
const kDataWords: Record<number, Record<number, number>> = { 21: { 0: 16, 1: 19, 2: 9, 3: 13 }, 25: { 0: 28, 1: 34, 2: 16, 3: 22 } };

function read(code: { path: string; size: number }): string {
  const fields = fieldsOf(code);
  const { size } = code;
  const format = [0, 1, 2, 3, 4, 5, 7, 8].map((x) => fields[8]![x]).concat([7, 5, 4, 3, 2, 1, 0].map((y) => fields[y]![8]));
  const bits = format.reduce((sum, bit) => sum * 2 + Number(bit), 0) ^ 0b101010000010010;
  const mask = kMasks[(bits >> 10) & 7]!;
  const isFixed = (x: number, y: number): boolean => (x < 9 && y < 9) || (x >= size - 8 && y < 9) || (x < 9 && y >= size - 8) || x === 6 || y === 6
    || (size === 25 && x >= 16 && x <= 20 && y >= 16 && y <= 20);
  const stream: boolean[] = [];
  for (let right = size - 1, up = true; right > 0; right -= 2, up = !up) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; ++step)
      for (const x of [right, right - 1]) {
        const y = up ? size - 1 - step : step;
        if (!isFixed(x, y)) stream.push(fields[y]![x] !== mask(x, y));
      }
  }
  let at = 0;
  const take = (count: number): number => stream.slice(at, (at += count)).reduce((sum, bit) => sum * 2 + Number(bit), 0);
  assert.ok(kDataWords[size]![bits >> 13], 'a level of correction');
  assert.equal(take(4), 4, 'byte mode');
  return new TextDecoder().decode(Uint8Array.from({ length: take(8) }, () => take(8)));
}

test('a QR code says what it was made of', () => {
  for (const text of ['otpauth://x', 'otpauth://totp/a?b=c&d']) assert.equal(read(qrPath(text)), text);
});

test('the address of a second factor fits, with the longest names', () => {
  const uri = `otpauth://totp/${'Ä'.repeat(64)}:${'x'.repeat(64)}?secret=${'A'.repeat(32)}&issuer=${'Ä'.repeat(64)}&algorithm=SHA1&digits=6&period=30`;
  for (const text of [uri, encodeURI(uri)]) assert.ok(qrPath(text).size > 40);
});
