import { parseCheckpoint } from '../witness/checkpoint.ts';
import { toHex } from '../witness/bytes.ts';
import type { Methods } from '../wire/catalogue.ts';
import { kForbidden, kUnknownMethod } from '../wire/failure.ts';
import type { State } from './state.ts';
import { heldUp, idle, isOnline } from './state.ts';
import type { AnswerOf, Turn } from './turn.ts';
import { kOffline, showToast } from './turn.ts';
import type { Checked, Finding, WatchAlarm, WatchMemory } from './watch_memory.ts';
import { isAlarm, noMemory, noWitness } from './watch_memory.ts';

// This browser as a witness of the office's audit log, as the desktop is one (common/tlog/watch.cpp): at each connection,
// and every ten minutes, what was seen is compared with what the server shows. The tab with the connection does it, and
// tells the others. It never stands in the way of anything else.

type Offer = Methods['audit.checkpoint']['result'];

// What all tabs show.
export interface WatchTold {
  memory: WatchMemory;
  cannot: boolean; // this browser can't check signatures
  unkept: string; // why what was seen outlives no tab; "": it is kept
  lastCompared: number; // wall clock; 0: not since this page was opened
  trouble: string; // why the last comparison came to nothing; "": it did
  atPeace: boolean; // an alarm stands, but since then the server has shown a log that goes with what was seen
  canSettle: boolean;
  settled: { serial: number; text: string; bad: boolean }; // what became of the last try to end the alarm
}
export const nothingTold: WatchTold = {
  memory: noMemory, cannot: false, unkept: '', lastCompared: 0, trouble: '', atPeace: false, canSettle: false, settled: { serial: 0, text: '', bad: false },
};

// Only of the tab with the connection.
export interface WatchState {
  told: WatchTold; // in every tab
  heard: boolean; // `told` comes from a tab that had the connection
  loaded: boolean;
  damaged: boolean; // there was a memory, but it can't be read
  asking: '' | 'head' | 'check'; // whose answer is awaited
  serial: number; // of the check
  settledOnce: number; // grows when what is remembered was given up: a check from before counts for nothing
  again: boolean; // the server says that there is a newer head
  nextAt: number;
  comparedAt: number; // on the clock that only grows
  savedAt: number;
  unsaved: boolean;
  failures: number;
  offer: Offer | null; // the newest, of this run
  holds: boolean; // signed by the key that came with it
  settling: { asked: Methods['audit.accept_head']['params']; offer: Offer; atPeace: boolean } | null;
}
export const noWatch: WatchState = {
  told: nothingTold, heard: false, loaded: false, damaged: false, asking: '', serial: 0, settledOnce: 0, again: false, nextAt: 0, comparedAt: 0,
  savedAt: -Infinity, unsaved: false, failures: 0, offer: null, holds: false, settling: null,
};

export type WatchAct = { type: 'compare' | 'hide' } | { type: 'settle'; reason: string };

const kBetween = 10 * 60_000;
const kLeastBetween = 2_000; // the server signs once a second at most; comparing each time would be a second log of its own
const kRetryAfter = 2_000;
const kMostDoublings = 6;
const kLeastBetweenSaves = 30_000;
const kLongestHidden = 25 * 3_600_000; // to the end of the longest day

function tell(state: State, change: Partial<WatchTold>): void {
  state.watch = { ...state.watch, told: { ...state.watch.told, ...change } };
}
function remember(state: State, change: Partial<WatchMemory>, isUrgent: boolean): void {
  const { memory } = state.watch.told;
  tell(state, { memory: { ...memory, ...change, changes: memory.changes + 1 } });
  if (isUrgent) state.watch.unsaved = true;
}

// This tab has the connection from now on. What an earlier one told may be newer than what it could save.
export function loadWatch(state: State, loaded: { memory: WatchMemory | null; error: string; unkept: string }): void {
  const { told, heard } = state.watch;
  // A tab that couldn't read it either has nothing that would make up for it.
  const knowsMore = told.memory.changes > (loaded.memory?.changes ?? 0);
  const isHeard = heard && knowsMore && (!loaded.error || told.memory.witness.heads.length > 0);
  state.watch = { ...noWatch, told: { ...told, unkept: loaded.unkept }, settledOnce: state.watch.settledOnce, serial: state.watch.serial, loaded: true, unsaved: isHeard && !loaded.error };
  if (isHeard) return;
  if (!loaded.error) return tell(state, { memory: loaded.memory ?? noMemory });
  state.watch.damaged = true;
  const sentence = `What this browser knew of the server's audit log is damaged (${loaded.error}). It can't tell any more whether records were changed before today. Tell your auditor.`;
  tell(state, { memory: { ...noMemory, alarm: { at: state.wall, sentence, seen: null, seenKey: '', shown: 0, shownNote: '', shownKey: '' } } });
}

// From the tab with the connection.
export function foldWatchTold(turn: Turn, told: WatchTold): void {
  const { state } = turn;
  if (state.sends) return;
  const before = state.watch.told.settled.serial;
  state.watch = { ...state.watch, told, heard: true };
  if (told.settled.serial !== before) showSettled(turn);
}

function retry(state: State, why: string, isLasting = false): void {
  const { watch } = state;
  watch.nextAt = state.now + (isLasting ? kBetween : Math.min(kRetryAfter * 2 ** watch.failures, kBetween));
  watch.failures = Math.min(watch.failures + 1, kMostDoublings);
  tell(state, { trouble: why });
}

export function foldCheckpoint(turn: Turn, answer: AnswerOf<'audit.checkpoint'>): void {
  const { state } = turn;
  if (state.watch.asking !== 'head') return;
  state.watch.asking = '';
  // A server that is older than heads, or wants a new password first, isn't asked again and again.
  if (!answer.result) return retry(state, answer.error!.message, answer.error!.status === kUnknownMethod || answer.error!.status === kForbidden);
  state.watch.asking = 'check';
  turn.effect({ type: 'check_head', serial: ++state.watch.serial, settledOnce: state.watch.settledOnce, memory: state.watch.told.memory.witness, offer: answer.result });
}

export interface HeadChecked {
  serial: number;
  settledOnce: number;
  offer: Offer;
  checked?: Checked; // else: why not
  cannot?: boolean;
  error?: string;
}

export function foldChecked(turn: Turn, event: HeadChecked): void {
  const { state } = turn;
  const { checked, offer } = event;
  const { watch } = state;
  if (event.settledOnce !== watch.settledOnce) return;
  const isAwaited = watch.asking === 'check' && event.serial === watch.serial;
  // A connection that was lost meanwhile takes nothing back of what was found by it.
  if (!isAwaited && !(checked && isAlarm(checked.finding))) return;
  if (isAwaited) watch.asking = '';
  if (event.cannot) return tell(state, { cannot: true, trouble: '' });
  if (!checked) return retry(state, event.error ?? '');
  if (checked.finding.kind === 'undecided') return retry(state, checked.finding.sentence);
  watch.offer = offer;
  watch.holds = checked.holds;
  watch.nextAt = state.now + kBetween;
  watch.comparedAt = state.now;
  watch.failures = 0;
  tell(state, { lastCompared: state.wall, trouble: '' });
  take(turn, checked, offer);
}

function take(turn: Turn, { finding, memory: witness }: Checked, offer: Offer): void {
  const { state } = turn;
  const { memory } = state.watch.told;
  if (state.watch.damaged) {
    // Without what was seen before, nothing that the server shows can be called right.
    return tell(state, { memory: { ...memory, alarm: { ...memory.alarm!, shown: finding.shown, shownNote: offer.note, shownKey: offer.key } } });
  }
  if (isAlarm(finding)) return raise(turn, finding, offer);
  tell(state, { atPeace: memory.alarm !== null });
  remember(state, { witness, since: memory.since || state.wall }, finding.kind === 'first_seen' || state.now >= state.watch.savedAt + kLeastBetweenSaves);
}

function raise(turn: Turn, finding: Finding, offer: Offer): void {
  const { state } = turn;
  const { witness, alarm } = state.watch.told.memory;
  tell(state, { atPeace: false });
  // The first contradiction is the evidence; what the server shows later may be another lie.
  if (alarm) return;
  const raised: WatchAlarm = {
    at: state.wall, sentence: finding.sentence, seen: witness.heads[witness.heads.length - 1] ?? null, seenKey: witness.key,
    shown: finding.shown, shownNote: offer.note, shownKey: offer.key, ...(finding.cosigned && { cosigned: finding.cosigned }),
  };
  remember(state, { alarm: raised, hiddenUntil: 0 }, true);
}

export function foldWatchSaved(state: State, error: string): void {
  // It is tried again with the next comparison.
  if (error) state.watch.savedAt = -Infinity;
  if (error !== state.watch.told.unkept) tell(state, { unkept: error });
}

// ---- What a person decides ----

// In the tab with the connection, for whichever tab it was.
export function foldWatchAct(turn: Turn, act: WatchAct): void {
  const { state } = turn;
  if (!state.sends) return turn.effect({ type: 'ask_leader', act });
  if (act.type === 'compare') {
    state.watch.again = true;
    return;
  }
  if (act.type === 'settle') return askToSettle(turn, act.reason.trim());
  if (!state.watch.told.memory.alarm) return;
  remember(state, { hiddenUntil: new Date(state.wall).setHours(24, 0, 0, 0) }, !state.watch.damaged);
}

function settledWith(turn: Turn, text: string, bad: boolean): void {
  tell(turn.state, { settled: { serial: turn.state.watch.told.settled.serial + 1, text, bad } });
  showSettled(turn);
}
// Where the dialog waits for it. Until then the alarm stands, and what was typed.
function showSettled(turn: Turn): void {
  const { state } = turn;
  const { text, bad } = state.watch.told.settled;
  if (state.dialog.kind !== 'watch' || !state.form.busy) return;
  state.form = bad ? { busy: false, error: text, saved: '' } : idle;
  if (bad) return;
  state.dialog = { kind: 'none' };
  showToast(turn, text, false);
}

function askToSettle(turn: Turn, reason: string): void {
  const { state } = turn;
  const { told, offer } = state.watch;
  const { alarm } = told.memory;
  if (!mayAsk(state)) return settledWith(turn, "You're offline. The alarm can be ended once you're connected.", true);
  if (!reason) return settledWith(turn, 'Say what the auditor found: it is kept with what was seen.', true);
  const shown = offer && parseCheckpoint(offer.note);
  if (!alarm || !shown || 'wrong' in shown || !canSettle(state)) return settledWith(turn, "The server hasn't shown its log yet. Try again when you're connected.", true);
  const seen = alarm.seen && parseCheckpoint(alarm.seen.note);
  const asked = {
    reason, shown: { size: shown.size, root: toHex(shown.root) },
    ...(seen && !('wrong' in seen) && { seen: { size: seen.size, root: toHex(seen.root), key: alarm.seenKey } }),
  };
  state.watch.settling = { asked, offer: offer!, atPeace: told.atPeace };
  turn.call('audit.accept_head', asked);
}

// Only with the server's word that the record is on its disk the alarm ends, for just the head that was asked about.
export function foldAcceptedHead(turn: Turn, answer: AnswerOf<'audit.accept_head'>): void {
  const { state } = turn;
  const { settling, told } = state.watch;
  if (!settling || settling.asked !== answer.params || !told.memory.alarm)
    return settledWith(turn, 'The connection was lost meanwhile, and the alarm stays. Try again.', true);
  state.watch.settling = null;
  const isTooOld = answer.error?.status === kUnknownMethod;
  if (answer.error && !isTooOld) return settledWith(turn, answer.error.message, true);
  if (settling.atPeace !== told.atPeace) return settledWith(turn, 'The server shows something else by now, and the alarm stays. Look at it again.', true);
  const { alarm, witness } = told.memory;
  const { reason } = settling.asked;
  if (told.atPeace) {
    // The server shows what this browser saw; what it showed in between stays as evidence.
    const given = { size: alarm.shown, at: alarm.at, note: alarm.shownNote, reason };
    remember(state, { witness: { ...witness, contradicted: [...witness.contradicted, given] }, alarm: null, hiddenUntil: 0 }, true);
  } else {
    const { offer } = settling;
    const givenUp = witness.heads.map((head, at) => (at === witness.heads.length - 1 ? { ...head, reason } : head));
    const taken = {
      ...noWitness, key: offer.key, heads: [{ size: settling.asked.shown.size, at: state.wall, note: offer.note }],
      restores: offer.restores.map(({ record }) => record.leaf), contradicted: [...witness.contradicted, ...givenUp],
    };
    remember(state, { witness: taken, alarm: null, hiddenUntil: 0, since: told.memory.since || state.wall }, true);
    // A comparison that is under way began with what was given up.
    ++state.watch.settledOnce;
    if (state.watch.asking === 'check') {
      state.watch.asking = '';
      state.watch.nextAt = state.now;
    }
  }
  state.watch.damaged = false;
  tell(state, { atPeace: false });
  settledWith(turn, 'This browser watches the log from here on. What it saw before is kept.' + (isTooOld ? ' The server is too old to put that on record: tell your auditor.' : ''), false);
}

// ---- At the end of each turn ----

function mayAsk(state: State): boolean {
  return state.sends && isOnline(state) && state.signedIn && !heldUp(state);
}
function canSettle({ watch }: State): boolean {
  return watch.told.memory.alarm !== null && watch.offer !== null && watch.settling === null && (watch.told.atPeace || watch.holds);
}

export function watchLog(turn: Turn, before: WatchTold): void {
  const { state } = turn;
  if (!state.sends || !state.watch.loaded) return;
  if (!mayAsk(state)) {
    // The next connection begins with a comparison.
    Object.assign(state.watch, { asking: '', settling: null, nextAt: 0, failures: 0 });
  } else if (!state.watch.asking && !state.watch.told.cannot) {
    const { again, comparedAt, nextAt } = state.watch;
    const due = again && state.watch.told.lastCompared ? Math.min(nextAt, comparedAt + kLeastBetween) : nextAt;
    if (due <= state.now && turn.call('audit.checkpoint', {})) Object.assign(state.watch, { asking: 'head', again: false });
  }
  if (state.watch.unsaved) {
    state.watch.unsaved = false;
    state.watch.savedAt = state.now;
    turn.effect({ type: 'save_watch', memory: state.watch.told.memory });
  }
  if (canSettle(state) !== state.watch.told.canSettle) tell(state, { canSettle: canSettle(state) });
  if (state.watch.told !== before) turn.effect({ type: 'tell_watch', told: state.watch.told });
}

export function alarmShown(state: State): boolean {
  const { alarm, hiddenUntil } = state.watch.told.memory;
  // Farther off than a day's end, the clock was set back since: an alarm isn't hidden for a year by that.
  return alarm !== null && (hiddenUntil <= state.wall || hiddenUntil > state.wall + kLongestHidden);
}

// From the dialog.
export function settleAlarm(turn: Turn, reason: string): void {
  const { state } = turn;
  if (state.form.busy) return;
  state.form = { busy: true, error: '', saved: '' };
  if (!isOnline(state)) state.form = { busy: false, error: kOffline, saved: '' };
  else foldWatchAct(turn, { type: 'settle', reason });
}
