import type { Checked, Finding, SeenHead, WitnessMemory } from '../model/watch_memory.ts';
import { isAlarm } from '../model/watch_memory.ts';
import type { AuditRecord, Methods } from '../wire/catalogue.ts';
import type { Failure } from '../wire/failure.ts';
import { kParams } from '../wire/failure.ts';
import { equal } from './bytes.ts';
import type { Checkpoint } from './checkpoint.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { isCosigned, kCosignerKey, kLogKey, leadsTo, openCheckpoint, parseKey } from './notes.ts';
import { digestsOf, isConsistent, rootWith } from './proofs.ts';

export type Offer = Methods['audit.checkpoint']['result'];
export type Ask = (params: Methods['audit.consistency']['params']) => Promise<{ result?: unknown; failure?: Failure }>;

const kMostHeads = 32;
const kTellAuditor = " Tell your auditor, and don't rely on this server until it is explained.";
const kAskAdministrator = ' Either a backup was put back, or somebody rewrote the log and claims that. Ask the administrator whether and why it was done, and tell your auditor.';

const isText = (value: unknown): boolean => typeof value === 'string';
// What is asked for here, and not what a server might send instead.
export function isOffer(value: unknown): value is Offer {
  const offer = value as Partial<Offer> | null;
  const areTexts = (all: unknown): boolean => Array.isArray(all) && all.every(isText);
  return isText(offer?.note) && isText(offer?.key) && areTexts(offer?.rotations)
    && Array.isArray(offer?.restores) && offer.restores.every((one) => typeof one?.record?.idx === 'number' && isText(one.record.leaf) && isText(one.record.line)
      && Array.isArray(one.nodes) && one.nodes.every((node) => isText(node?.hash)))
    && (offer.cosigned === undefined || (Array.isArray(offer.cosigned) && offer.cosigned.every((one) => isText(one?.key) && isText(one?.note) && areTexts(one?.proof))));
}

// One head a day is enough of the past.
function withHead(heads: SeenHead[], head: SeenHead): SeenHead[] {
  const day = ({ at }: SeenHead): number => Math.floor(at / 86_400_000);
  const before = heads.length && day(heads[heads.length - 1]!) === day(head) ? heads.slice(0, -1) : heads;
  return [...before, head].slice(-kMostHeads);
}

function textAt(line: string, name: string): string {
  try {
    const value = (JSON.parse(line) as Record<string, unknown> | null)?.[name];
    return typeof value === 'string' ? value : '';
  } catch {
    return '';
  }
}

// What the server itself hands out as seen by another device. One whose cosignature doesn't hold says nothing.
async function findContradiction(offer: Offer, shown: Checkpoint): Promise<{ note: string; size: number } | undefined> {
  for (const other of offer.cosigned ?? []) {
    const key = await parseKey(other.key, kCosignerKey);
    const head = parseCheckpoint(other.note);
    if (!key || 'wrong' in head || head.origin !== shown.origin || !(await isCosigned(other.note, key))) continue;
    const proof = digestsOf(other.proof);
    if (!proof || !(await isConsistent(head.size, head.root, shown.size, shown.root, proof))) return { note: other.note, size: head.size };
  }
  return undefined;
}

// A restoration that the log itself tells of, under its own head, and that isn't known here yet.
async function findRestore(offer: Offer, memory: WitnessMemory, shown: Checkpoint, seen: number): Promise<AuditRecord | undefined> {
  for (const { record, nodes } of offer.restores) {
    if (memory.restores.includes(record.leaf) || record.idx > seen || textAt(record.line, 'type') !== 'server.backup_restored') continue;
    const root = await rootWith(shown.size, record, nodes);
    if (root && equal(root, shown.root)) return record;
  }
  return undefined;
}

// Holds what the server shows against what is remembered, by the rules of the desktop's witness (common/tlog/witness.cpp).
// Throws where the browser can't compute it: then nothing was found.
export async function checkHead(memory: WitnessMemory, offer: Offer, now: number, ask: Ask): Promise<Checked> {
  const last = memory.heads[memory.heads.length - 1];
  const seen = last?.size ?? 0;
  let shown: Checkpoint | undefined;
  const done = (kind: Finding['kind'], sentence: string, kept = memory, cosigned = ''): Checked => {
    const finding = { kind, sentence, shown: shown?.size ?? 0, cosigned };
    if (isAlarm(finding) && kind !== 'restored') finding.sentence += kTellAuditor;
    return { finding, memory: kept, holds: shown !== undefined };
  };
  const accept = async (kind: 'first_seen' | 'grown', sentence: string): Promise<Checked> => {
    const other = await findContradiction(offer, shown!);
    if (other)
      return done('forked', `Another device of the office vouched for an audit log of ${other.size} records that isn't the one which the server shows here: it shows different people different logs, or the log was rewritten.`, memory, other.note);
    const restores = [...new Set([...memory.restores, ...offer.restores.map(({ record }) => record.leaf)])];
    return done(kind, sentence, { ...memory, key: offer.key, restores, heads: withHead(memory.heads, { size: shown!.size, at: now, note: offer.note }) });
  };
  // Undefined: the server had no time, or the connection is gone, which proves nothing.
  const isBeginning = async (head: SeenHead): Promise<{ consistent: boolean } | { undecided: string }> => {
    const before = parseCheckpoint(head.note);
    let proof: unknown = [];
    if (head.size !== shown!.size) {
      const { result, failure } = await ask({ from: head.size, to: shown!.size });
      // Only the server's word that it can't prove it counts as such.
      if (failure && failure.status !== kParams) return { undecided: failure.message };
      proof = failure ? undefined : (result as { proof?: unknown } | null)?.proof;
    }
    const hashes = Array.isArray(proof) && proof.every(isText) ? digestsOf(proof as string[]) : undefined;
    return { consistent: !('wrong' in before) && !!hashes && (await isConsistent(before.size, before.root, shown!.size, shown!.root, hashes)) };
  };
  const undecided = (why: string): Checked => done('undecided', `The audit log couldn't be compared just now: ${why}`);

  const key = await parseKey(offer.key, kLogKey);
  const known = memory.key ? await parseKey(memory.key, kLogKey) : key;
  const opened = key && (await openCheckpoint(offer.note, key));
  if (opened && !('wrong' in opened)) shown = opened;
  if (!key || !known || !(await leadsTo(known, offer.rotations, key)))
    return done('another_key', "The heads of the server's audit log are signed with another key than this browser knows, and the old key didn't hand over to it.");
  if (!shown) return done('bad_head', `The server shows a head of its audit log that doesn't hold: ${(opened as { wrong: string }).wrong}`);
  if (!last) return accept('first_seen', `This browser watches the audit log from now on: ${shown.size} records.`);
  if (shown.size >= seen) {
    const found = await isBeginning(last);
    if ('undecided' in found) return undecided(found.undecided);
    if (found.consistent)
      return accept('grown', `The audit log still holds everything that this browser saw: ${seen} records then, ${shown.size} now.`);
  }

  // The log no longer holds what was seen. Either it says itself, under its own head, that a backup was restored, or it was
  // tampered with in plain sight. Both are alarms; the first one tells what to ask.
  const restore = await findRestore(offer, memory, shown, seen);
  if (!restore && shown.size < seen)
    return done('shrunk', `The server's audit log has lost records: this browser saw ${seen}, the server shows ${shown.size}. Somebody cut the log off, or put an old copy of the server's files in place without saying so.`);
  if (!restore)
    return done('forked', `The server's audit log isn't the one that this browser saw: records among the first ${seen} were changed, removed or replaced.`);
  const older = memory.heads.filter((head) => head.size <= restore.idx).pop();
  let stood = "Whether records from before were changed, this browser can't tell.";
  if (older) {
    const found = await isBeginning(older);
    if ('undecided' in found) return undecided(found.undecided);
    if (!found.consistent)
      return done('forked', "The server says that it was restored from a backup, but its audit log isn't the one that this browser saw: records from before the backup were changed.");
    stood = `The first ${older.size} records were not changed.`;
  }
  return done('restored', `The server's audit log says that a backup was put back (record ${restore.idx}, ${textAt(restore.line, 'ts')}). This browser saw ${seen} records: those after the first ${restore.idx} are gone. ${stood}${kAskAdministrator}`);
}
