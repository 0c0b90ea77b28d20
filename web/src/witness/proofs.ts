import type { AuditRecord } from '../wire/catalogue.ts';
import type { Bytes } from './bytes.ts';
import { equal, fromHex, fromText } from './bytes.ts';
import { sha256 } from './crypto.ts';

// Proofs about the tree of RFC 6962, as docs/audit-format.md has it. Undefined, or false: it is no proof.

export interface Node {
  level: number;
  index: number;
  hash: Bytes;
}
const kMostLevel = 62;

export function leafHash(record: Bytes): Promise<Bytes> {
  return sha256(new Uint8Array([0]), record);
}
export function nodeHash(left: Bytes, right: Bytes): Promise<Bytes> {
  return sha256(new Uint8Array([1]), left, right);
}

export function digestOf(text: string): Bytes | undefined {
  const bytes = fromHex(text);
  return bytes?.length === 32 ? bytes : undefined;
}
export function digestsOf(texts: string[]): Bytes[] | undefined {
  const all = texts.map(digestOf);
  return all.every((one) => one !== undefined) ? (all as Bytes[]) : undefined;
}

// Numbers of records go beyond what this language shifts; halves and remainders do not.
const half = (n: number): number => Math.floor(n / 2);
const isOdd = (n: number): boolean => n % 2 === 1;
function isPowerOfTwo(n: number): boolean {
  while (n > 1 && !isOdd(n)) n = half(n);
  return n === 1;
}

// RFC 9162 section 2.1.4.2: that the tree of `from` leaves is the beginning of that of `to`.
export async function isConsistent(from: number, fromRoot: Bytes, to: number, toRoot: Bytes, proof: Bytes[]): Promise<boolean> {
  if (from < 0 || from > to) return false;
  if (from === to) return !proof.length && equal(fromRoot, toRoot);
  if (from === 0) return !proof.length && equal(fromRoot, await sha256());
  // A whole power of two is itself the proof's first node.
  const [first, ...rest] = isPowerOfTwo(from) ? [fromRoot, ...proof] : proof;
  if (!first) return false;
  let fn = from - 1;
  let sn = to - 1;
  while (isOdd(fn)) [fn, sn] = [half(fn), half(sn)];
  let fr = first;
  let sr = first;
  for (const c of rest) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      fr = await nodeHash(c, fr);
      sr = await nodeHash(c, sr);
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      sr = await nodeHash(sr, c);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && equal(fr, fromRoot) && equal(sr, toRoot);
}

// Each parent is made of two neighbours or, at the right edge, of one.
async function hashUp(level: Node[], width: number): Promise<Node[] | undefined> {
  const above: Node[] = [];
  for (let i = 0; i < level.length; ++i) {
    const { level: number, index, hash } = level[i]!;
    const parent = { level: number + 1, index: half(index) };
    const right = level[i + 1];
    if (isOdd(index)) return undefined;
    if (index === width - 1) above.push({ ...parent, hash });
    else if (right?.index === index + 1) {
      above.push({ ...parent, hash: await nodeHash(hash, right.hash) });
      ++i;
    } else return undefined;
  }
  return above;
}

// The root of a tree of `size` leaves as far as these nodes (leaves: level 0) tell it. None may be missing, left over,
// there twice or outside the tree.
export async function rootFrom(size: number, given: Node[]): Promise<Bytes | undefined> {
  if (size < 1) return undefined;
  let level: Node[] = [];
  let used = 0;
  for (let number = 0, width = size; ; ++number, width = Math.ceil(width / 2)) {
    const here = given.filter((node) => node.level === number);
    used += here.length;
    level = [...level, ...here].sort((a, b) => a.index - b.index);
    if (level.some(({ index }, at) => index < 0 || index >= width || index === level[at - 1]?.index)) return undefined;
    if (width === 1) break;
    const above = await hashUp(level, width);
    if (!above) return undefined;
    level = above;
  }
  return level.length === 1 && used === given.length ? level[0]!.hash : undefined;
}

// The root of a tree in which this record stands where it says, from its bytes and not from the hash that came with it.
export async function rootWith(size: number, record: AuditRecord, nodes: { level: number; index: number; hash: string }[]): Promise<Bytes | undefined> {
  const leaf = record.line ? await leafHash(fromText(record.line)) : digestOf(record.leaf);
  const hashes = digestsOf(nodes.map((node) => node.hash));
  const isWhole = (n: number, most: number): boolean => Number.isSafeInteger(n) && n >= 0 && n <= most;
  if (!leaf || !hashes || !isWhole(record.idx, Number.MAX_SAFE_INTEGER)) return undefined;
  if (nodes.some(({ level, index }) => !isWhole(level, kMostLevel) || !isWhole(index, Number.MAX_SAFE_INTEGER))) return undefined;
  return rootFrom(size, [{ level: 0, index: record.idx, hash: leaf }, ...nodes.map(({ level, index }, at) => ({ level, index, hash: hashes[at]! }))]);
}
