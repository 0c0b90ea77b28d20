import type { Message, User } from '../wire/catalogue.ts';
import { kRateLimited, kUnavailable } from '../wire/failure.ts';
import { kMaxPage } from '../wire/limits.ts';
import type { State } from './state.ts';
import { idle, isOnline } from './state.ts';
import type { AnswerOf, Turn } from './turn.ts';
import { isoTime } from './words.ts';

// All that the person can read of a room, as a file: what `wardroomctl export transcript` writes, in the same three forms. Page after
// page; a lost connection is waited for, and nothing is saved that isn't whole.

export type TranscriptFormat = 'html' | 'text' | 'json';
export interface TranscriptState {
  serial: number; // of this one: an answer for another counts for nothing
  room: number;
  title: string;
  format: TranscriptFormat;
  parts: string[];
  last: number; // the newest message that is in it
  count: number;
  asking: boolean;
  retryAt: number;
  people: Map<number, User>;
}

const kTypes: Record<TranscriptFormat, [type: string, ending: string]> = {
  html: ['text/html', 'html'], text: ['text/plain', 'txt'], json: ['application/json', 'json'],
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
// As a person's own clock shows it: "2026-11-20 09:00:00"
function localSecond(at: number): string {
  const date = new Date(at);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

function beginning({ format, title }: TranscriptState, topic: string, room: unknown): string {
  if (format === 'json') return `{"room":${JSON.stringify(room)},"messages":[`;
  if (format === 'text') return '';
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title>\n<style>body{font:14px/20px sans-serif;max-width:50em;margin:2em auto;padding:0 1em}`
    + `time{color:#69717f;font-size:12px}p{margin:0 0 8px;white-space:pre-wrap;overflow-wrap:anywhere}</style></head><body>\n<h1>${escaped(title)}</h1>\n${topic ? `<p>${escaped(topic)}</p>\n` : ''}`;
}
function lineOf({ format, people, count }: TranscriptState, message: Message): string {
  const author = people.get(message.author);
  const name = author?.name ?? `user ${message.author}`;
  const files = (message.files ?? []).map((file) => `[${file.name}, ${file.size} bytes, SHA-256 ${file.sha256}]`);
  const text = [...(message.deleted ? ['(deleted)'] : message.text ? [message.text] : []), ...files].join('\n');
  if (format === 'json') return `${count ? ',\n' : '\n'}{"name":${JSON.stringify(name)},"message":${JSON.stringify(message)}}`;
  if (format === 'html') return `<p id="m${message.seq}"><time datetime="${isoTime(message.at)}">${localSecond(message.at)}</time> <b>${escaped(author?.display_name || name)}</b>\n${escaped(text)}</p>\n`;
  // Imported authors are named source:nick. Lines after the first are set in: what somebody wrote never looks like a line of ours.
  return `${localSecond(message.at)} <${name.slice(name.indexOf(':') + 1)}> ${text.replace(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/g, '\n    ')}\n`;
}
function ending({ format }: TranscriptState): string {
  return { json: '\n]}\n', html: '</body></html>\n', text: '' }[format];
}

export function saveTranscript(turn: Turn, room: number, format: TranscriptFormat, title: string): void {
  const { state } = turn;
  const { info } = state.rooms.get(room)!;
  state.form = idle;
  const transcript: TranscriptState = { serial: state.ids.next(), room, title, format, parts: [], last: 0, count: 0, asking: false, retryAt: 0, people: new Map() };
  transcript.parts.push(beginning(transcript, info.topic, info));
  state.transcript = transcript;
}
export function stopTranscript(state: State): void {
  state.transcript = null;
}
// Nothing was read since the server is another one, so to speak: what is there doesn't go with what comes.
export function breakTranscript(state: State, why: string): void {
  if (!state.transcript) return;
  stopTranscript(state);
  if (state.dialog.kind === 'transcript') state.form = { busy: false, error: why, saved: '' };
}

// At the end of each turn.
export function readTranscript(turn: Turn): void {
  const { transcript } = turn.state;
  if (!transcript || transcript.asking || transcript.retryAt > turn.state.now || !isOnline(turn.state)) return;
  transcript.asking = turn.call('message.history', { room: transcript.room, after: transcript.last, limit: kMaxPage }, { why: 'transcript', serial: transcript.serial });
}

export function foldTranscriptPage(turn: Turn, answer: AnswerOf<'message.history'>, serial: number): void {
  const { state } = turn;
  const { transcript } = state;
  if (!transcript || transcript.serial !== serial) return;
  transcript.asking = false;
  const { result, error } = answer;
  if (error) {
    const isPassing = error.status === 0 || error.status === kRateLimited || error.status === kUnavailable;
    if (!isPassing) return breakTranscript(state, error.message);
    transcript.retryAt = state.now + Math.max(500, error.retryAfterMs ?? 1_000);
    return;
  }
  for (const user of result!.users) transcript.people.set(user.id, user);
  for (const message of result!.messages) {
    if (message.seq <= transcript.last) continue;
    transcript.parts.push(lineOf(transcript, message));
    transcript.last = message.seq;
    ++transcript.count;
  }
  if (result!.more.after && result!.messages.length) return;
  const [type, end] = kTypes[transcript.format];
  const name = `${transcript.title.replace(/[^\p{L}\p{N}_.-]+/gu, ' ').trim().replace(/^\.+/, '') || 'room'}.${end}`;
  turn.effect({ type: 'save_file', name, mime: type, parts: [...transcript.parts, ending(transcript)] });
  stopTranscript(state);
  if (state.dialog.kind === 'transcript') state.form = { busy: false, error: '', saved: `${transcript.count} ${transcript.count === 1 ? 'message' : 'messages'}, saved as ${name}.` };
}
