import type { Bytes } from './bytes.ts';
import { equal, fromBase64, fromHex, fromText, toHex } from './bytes.ts';
import type { Checkpoint } from './checkpoint.ts';
import { parseCheckpoint, parseSize } from './checkpoint.ts';
import { hasSigned, sha256 } from './crypto.ts';

// Signed notes (c2sp.org/signed-note) with Ed25519, as docs/audit-format.md writes them.

export const kLogKey = 1;
export const kCosignerKey = 4;
const kDash = '\u2014 ';
const kMostSigns = 64 * 1024;
const kRotation = 'wardroom audit key rotation v1';
const kLatest = 253_402_300_799; // seconds; beyond it a time can't be written down any more

export interface Key {
  name: string;
  bytes: Bytes;
  id: Bytes; // four bytes
}
type Wrong = { wrong: string };
const malformed = (why: string): Wrong => ({ wrong: `The signed head is not well-formed: ${why}` });

// "NAME+ID+BASE64". Undefined: it isn't one of that type.
export async function parseKey(text: string, type: number): Promise<Key | undefined> {
  const [, name, idText, base64] = /^([^+ \t\r\n]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
  const typed = fromBase64(base64 ?? '');
  if (!name || typed?.length !== 33 || typed[0] !== type) return undefined;
  const id = (await sha256(fromText(name), new Uint8Array([10]), typed)).slice(0, 4);
  return equal(id, fromHex(idText!)!) ? { name, bytes: typed.slice(1), id } : undefined;
}
export function isSameKey(a: Key, b: Key): boolean {
  return a.name === b.name && equal(a.bytes, b.bytes);
}

function splitNote(note: string): { text: string; lines: string[] } | Wrong {
  if (note.length > kMostSigns) return malformed('it is too long.');
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) return malformed('no empty line stands before the signatures.');
  const lines = note.slice(end + 2).split('\n').slice(0, -1);
  if (!lines.length) return malformed('it has no signature.');
  if (lines.some((line) => !line.startsWith(kDash))) return malformed("a signature line doesn't begin with a dash.");
  return { text: note.slice(0, end + 1), lines };
}
// What each line of this key's holds behind its ID; other lines are passed over.
function signaturesOf(lines: string[], { name, id }: Key): Bytes[] {
  return lines.flatMap((line) => {
    const blank = line.indexOf(' ', kDash.length);
    if (blank < 0 || line.slice(kDash.length, blank) !== name) return [];
    const bytes = fromBase64(line.slice(blank + 1));
    return bytes && bytes.length >= 4 && equal(bytes.slice(0, 4), id) ? [bytes.slice(4)] : [];
  });
}

// The note's text, when the key signed it. A wrong signature of that key makes it invalid, whatever else it bears.
export async function openNote(note: string, key: Key): Promise<{ text: string } | Wrong> {
  const parts = splitNote(note);
  if ('wrong' in parts) return parts;
  const signatures = signaturesOf(parts.lines, key);
  for (const signature of signatures)
    if (!(await hasSigned(key.bytes, parts.text, signature))) return { wrong: `The signature of key ${toHex(key.id)} is wrong.` };
  return signatures.length ? { text: parts.text } : { wrong: `The key ${toHex(key.id)} of ${key.name} didn't sign this.` };
}

export async function openCheckpoint(note: string, key: Key): Promise<Checkpoint | Wrong> {
  const opened = await openNote(note, key);
  if ('wrong' in opened) return opened;
  const head = parseCheckpoint(opened.text);
  if ('wrong' in head) return malformed(head.wrong);
  return head.origin === key.name ? head : { wrong: `The signed head is of another log, ${head.origin}.` };
}

// The key to which `from` hands over, when both signed.
async function openRotation(note: string, from: Key): Promise<Key | undefined> {
  const opened = await openNote(note, from);
  if ('wrong' in opened) return undefined;
  const [name, what, size = '', keyText = ''] = opened.text.split('\n');
  if (name !== from.name || what !== kRotation || parseSize(size) === undefined) return undefined;
  const to = await parseKey(keyText, kLogKey);
  if (!to || to.name !== from.name || isSameKey(to, from)) return undefined;
  return 'wrong' in (await openNote(note, to)) ? undefined : to;
}

// Whether `first` handed over, one key after the other, to the one that is shown. Notes that it didn't sign are of an
// earlier time and passed over.
export async function leadsTo(first: Key, rotations: string[], shown: Key): Promise<boolean> {
  let key = first;
  for (const note of rotations) {
    if (isSameKey(key, shown)) break;
    key = (await openRotation(note, key)) ?? key;
  }
  return isSameKey(key, shown);
}

// Whether the witness cosigned the head in the note; one of its lines that doesn't hold spoils it.
export async function isCosigned(note: string, key: Key): Promise<boolean> {
  const parts = splitNote(note);
  if ('wrong' in parts) return false;
  const blobs = signaturesOf(parts.lines, key);
  for (const blob of blobs) {
    if (blob.length !== 72) return false;
    const seconds = blob.slice(0, 8).reduce((sum, byte) => sum * 256 + byte, 0);
    if (seconds > kLatest || !(await hasSigned(key.bytes, `cosignature/v1\ntime ${seconds}\n${parts.text}`, blob.slice(8)))) return false;
  }
  return blobs.length > 0;
}
