import type { Failure } from '../wire/failure.ts';
import { kMaxFiles } from '../wire/limits.ts';
import { mayPass } from './outbox.ts';
import type { RoomState, State, UploadEntry, UploadRow } from './state.ts';
import { isOnline } from './state.ts';
import type { Turn } from './turn.ts';
import { showToast } from './turn.ts';

// Files on their way up. Each is copied into this browser first, so that a tab that ends loses nothing; then it goes up
// while the person still writes. What ties it to a message is the outbox's row alone: both or neither are on the disk.

const kFirstPause = 1_000;
const kLongestPause = 30_000;

// What a person chose. The model hands the bytes on and never looks at them.
export interface Chosen {
  name: string;
  size: number;
  type: string;
  blob: Blob;
}

function findUpload(state: State, id: string): UploadEntry | undefined {
  return state.uploads.find((entry) => entry.row.id === id);
}

// In the composer of that room.
export function attachedTo(state: State, room: number): UploadEntry[] {
  const taken = new Set(state.outbox.flatMap((entry) => entry.row.files ?? []));
  return state.uploads.filter((entry) => entry.row.room === room && !taken.has(entry.row.id));
}

export function attach(turn: Turn, room: RoomState, chosen: Chosen[]): void {
  const { state } = turn;
  const space = Math.max(0, kMaxFiles - attachedTo(state, room.info.id).length);
  if (chosen.length > space) showToast(turn, `A message carries ${kMaxFiles} files at most. Send these first, then the others.`);
  for (const { name, size, type, blob } of chosen.slice(0, space)) {
    const row: UploadRow = { id: state.ids.uuid(state.wall), room: room.info.id, name: name || 'file', size, type, at: state.wall };
    state.uploads = [...state.uploads, { row, stage: 'saving', sent: 0, failure: '', retryAt: 0, tries: 0 }];
    turn.effect({ type: 'save_upload', row, blob });
  }
}

export function dropUploads(turn: Turn, ids: string[], atServer: boolean): void {
  const { state } = turn;
  for (const id of ids) {
    const entry = findUpload(state, id);
    if (!entry) continue;
    state.uploads = state.uploads.filter((one) => one !== entry);
    turn.effect({ type: 'drop_upload', row: entry.row, atServer });
  }
}

// From the composer; what a message names goes with the message.
export function removeAttached(turn: Turn, room: number, id: string): void {
  if (attachedTo(turn.state, room).some((entry) => entry.row.id === id)) dropUploads(turn, [id], true);
}

function startOver(turn: Turn, entry: UploadEntry, anew: boolean): void {
  if (anew && entry.row.upload) {
    const { upload: _, ...row } = entry.row;
    entry.row = row;
    turn.effect({ type: 'note_upload', row });
  }
  if (entry.stage === 'saving') return;
  Object.assign(entry, { stage: 'waiting', failure: '', retryAt: 0, tries: 0, ...(anew && { sent: 0 }) });
}

// What the server still has isn't sent twice: it is asked first. `anew`: it has it, and another message carries it.
// False: not all of them are here.
export function uploadAgain(turn: Turn, ids: string[], anew: boolean): boolean {
  const entries = ids.map((id) => findUpload(turn.state, id));
  for (const entry of entries) if (entry) startOver(turn, entry, anew);
  return entries.every((entry) => entry !== undefined);
}

export function retryUpload(turn: Turn, id: string): void {
  const entry = findUpload(turn.state, id);
  if (entry?.stage === 'failed') startOver(turn, entry, false);
}

// The server's ids once all are whole.
export function filesReady(state: State, ids: string[]): string[] | 'waits' | { failure: string } {
  const found: string[] = [];
  for (const id of ids) {
    const entry = findUpload(state, id);
    if (!entry) return { failure: "A file of this message isn't in this browser any more. Take the message back with Edit, and attach the file again." };
    if (entry.stage === 'failed') return { failure: `${entry.row.name}: ${entry.failure}` };
    if (entry.stage === 'whole' && entry.row.upload) found.push(entry.row.upload);
  }
  return found.length === ids.length ? found : 'waits';
}

// One after the other, and only the tab with the connection. What has to wait lets the next one go first.
export function sendUploads(turn: Turn): void {
  const { state } = turn;
  if (!isOnline(state) || !state.sends || state.uploads.some((entry) => entry.stage === 'sending')) return;
  const next = state.uploads.find((entry) => entry.stage === 'waiting' && entry.retryAt <= state.now && state.rooms.has(entry.row.room));
  if (!next) return;
  next.stage = 'sending';
  turn.effect({ type: 'send_upload', row: next.row });
}

// This tab sends from now on: what another one was at goes on here.
export function takeOverUploads(state: State, rows: UploadRow[]): void {
  for (const row of rows) foldUploadTaken(state, row);
  for (const entry of state.uploads) if (entry.stage === 'sending') entry.stage = 'waiting';
}

export function foldUploadSaved(turn: Turn, id: string, error: string): void {
  const entry = findUpload(turn.state, id);
  if (entry?.stage !== 'saving') return;
  entry.stage = 'waiting';
  if (error) showToast(turn, `${entry.row.name} couldn't be kept in this browser: ${error} Leave this page open until it's sent.`);
}

export function foldUploadTaken(state: State, row: UploadRow, isSaving = false): void {
  const known = findUpload(state, row.id);
  if (known) {
    if (!known.row.upload) known.row = row;
    return;
  }
  state.uploads = [...state.uploads, { row, stage: isSaving ? 'saving' : 'waiting', sent: 0, failure: '', retryAt: 0, tries: 0 }];
}

export function foldUploadGone(state: State, id: string): void {
  state.uploads = state.uploads.filter((entry) => entry.row.id !== id);
}

export function foldUploadWent(turn: Turn, id: string, upload: string, sent: number): void {
  const entry = findUpload(turn.state, id);
  if (!entry || entry.stage === 'saving') return;
  entry.stage = 'sending';
  entry.sent = sent;
  if (entry.row.upload === upload) return;
  entry.row = { ...entry.row, upload };
  turn.effect({ type: 'note_upload', row: entry.row });
}

export function foldUploadEnded(turn: Turn, id: string, failure?: Failure): void {
  const { state } = turn;
  const entry = findUpload(state, id);
  if (!entry || entry.stage === 'saving') return;
  if (!failure) {
    Object.assign(entry, { stage: 'whole', sent: entry.row.size, failure: '' });
    return;
  }
  entry.failure = failure.message;
  // Another connection took it over, or its offset moved: it is asked for, and goes on.
  const isOurs = ['offset_wrong', 'taken_over', 'checksum_wrong'].includes(failure.code);
  if (!isOurs && !mayPass(failure)) {
    entry.stage = 'failed';
    return;
  }
  entry.stage = 'waiting';
  entry.retryAt = state.now + (failure.retryAfterMs ?? Math.min(kLongestPause, kFirstPause * 2 ** Math.min(entry.tries, 5)));
  ++entry.tries;
}
