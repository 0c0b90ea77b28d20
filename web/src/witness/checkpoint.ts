import type { Bytes } from './bytes.ts';
import { fromBase64 } from './bytes.ts';

// The head of a log (c2sp.org/tlog-checkpoint), as it stands in a note. Nothing is said of signatures here.
export interface Checkpoint {
  origin: string; // also the name of the log's key
  size: number;
  root: Bytes;
}

// Decimal, without a sign or leading zeros, and a number that this language counts exactly.
export function parseSize(text: string): number | undefined {
  const size = /^(0|[1-9][0-9]*)$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(size) ? size : undefined;
}

export function parseCheckpoint(text: string): Checkpoint | { wrong: string } {
  const [origin = '', sizeText = '', rootText = ''] = text.split('\n');
  if (!origin) return { wrong: "no log's name in its first line." };
  const size = parseSize(sizeText);
  if (size === undefined) return { wrong: 'the second line is not a size.' };
  const root = fromBase64(rootText);
  if (root?.length !== 32) return { wrong: 'the third line is not a SHA-256 hash in base64.' };
  return { origin, size, root };
}

// A head's root for two people to read to each other: the first 120 bits in base 32, "ABCD-EFGH-…", as an office's
// fingerprint. "": the note is none.
export function spokenRoot(note: string): string {
  const head = parseCheckpoint(note);
  if ('wrong' in head) return '';
  const bits = Array.from(head.root.subarray(0, 15), (byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = bits.match(/.{5}/g)!.map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[parseInt(five, 2)]).join('');
  return letters.match(/.{4}/g)!.join('-');
}
