import type { Report, Sanction } from '../wire/catalogue.ts';
import { learnPeople } from './people.ts';
import type { ReasonedAct, State } from './state.ts';
import { idle, isOnline } from './state.ts';
import type { Answer, AnswerOf, Turn } from './turn.ts';
import { kOffline, showToast } from './turn.ts';

// The queue of reports with their evidence, and the mutes and bans that hold, as in the administrator's console. Reading
// evidence of a room that one isn't in is recorded by the server, so it is asked for only when the page is open.

export type ModerationTab = 'open' | 'resolved' | 'sanctions';
export type Resolution = NonNullable<Report['resolution']>;
export const kResolutions: [Resolution, string][] = [
  ['dismissed', 'Nothing to be done'], ['warned', 'Had a word'], ['deleted', 'Deleted the message'], ['muted', 'Muted'], ['kicked', 'Removed from the room'],
  ['banned', 'Banned from the room'], ['other', 'Something else'],
];
export function resolutionWords(resolution: Resolution): string {
  return kResolutions.find(([one]) => one === resolution)![1];
}

export interface ModerationState {
  tab: ModerationTab;
  reports: Report[];
  more: boolean;
  open: number; // reports that wait
  sanctions: Sanction[];
  loaded: boolean;
  busy: boolean;
  error: string;
  taken: Map<number, Resolution[]>; // what was done about a report here
  acted: number; // the report that something was just done about: it is open again
}
export const noModeration: ModerationState = { tab: 'open', reports: [], more: false, open: 0, sanctions: [], loaded: false, busy: false, error: '', taken: new Map(), acted: 0 };

const kReportsAtOnce = 20;

function moderatesOffice({ me }: State): boolean {
  return me?.role === 'moderator' || me?.role === 'admin';
}
// Auditors read all reports and decide none.
export function readsReports(state: State): boolean {
  return moderatesOffice(state) || state.me?.role === 'auditor' || moderatesSomeRoom(state);
}
function moderatesSomeRoom(state: State): boolean {
  return [...state.rooms.values()].some((room) => room.info.role === 'moderator' && room.info.kind !== 'direct');
}
export function decides(state: State, report: Report): boolean {
  return moderatesOffice(state) || state.rooms.get(report.room)?.info.role === 'moderator';
}
// Only those who moderate the whole office may see all of them.
export function readsSanctions(state: State): boolean {
  return moderatesOffice(state);
}

function change(state: State, what: Partial<ModerationState>): void {
  state.moderation = { ...state.moderation, ...what };
}

function load(turn: Turn): void {
  const { tab } = turn.state.moderation;
  const sent = tab === 'sanctions' ? turn.call('moderation.sanctions', {}) : turn.call('moderation.reports', { open: tab === 'open', limit: kReportsAtOnce });
  change(turn.state, { busy: sent, error: sent ? '' : kOffline });
}
// How many wait, without reading one: no report stands before the first.
export function countReports(turn: Turn): void {
  if (readsReports(turn.state)) turn.call('moderation.reports', { before: 1, limit: 1 }, { why: 'count' });
}
function isShown(state: State): boolean {
  return state.dialog.kind === 'reports';
}

export function showReports(turn: Turn, tab: ModerationTab): void {
  const { state } = turn;
  state.dialog = { kind: 'reports' };
  state.form = idle;
  change(state, { acted: 0 });
  if (tab !== state.moderation.tab) change(state, { tab, reports: [], sanctions: [], loaded: false, more: false });
  load(turn);
}
// After a lost connection: what is open is read anew, else only counted.
export function refreshReports(turn: Turn): void {
  if (isShown(turn.state)) load(turn);
  else countReports(turn);
}
export function moreReports(turn: Turn): void {
  const { tab, reports, more, busy } = turn.state.moderation;
  const last = reports[reports.length - 1];
  if (busy || !more || !last || tab === 'sanctions') return;
  change(turn.state, { busy: turn.call('moderation.reports', { open: tab === 'open', before: last.id, limit: kReportsAtOnce }) });
}

export function foldReports(turn: Turn, answer: AnswerOf<'moderation.reports'>): void {
  const { state } = turn;
  const { params, result, error } = answer;
  if (result) change(state, { open: result.open });
  if (answer.purpose?.why === 'count') return;
  const { tab, reports } = state.moderation;
  // Of a tab, or behind a report, that isn't shown any more.
  if (tab === 'sanctions' || params.open !== (tab === 'open') || (params.before && params.before !== reports[reports.length - 1]?.id)) return;
  change(state, { busy: false, error: error?.message ?? '' });
  if (!result) return;
  learnPeople(turn, result.reports.flatMap((report) => [...report.evidence.users, report.reporter]));
  change(state, { reports: params.before ? [...reports, ...result.reports] : result.reports, more: result.more, loaded: true });
}
export function foldSanctions(turn: Turn, answer: AnswerOf<'moderation.sanctions'>): void {
  const { state } = turn;
  if (state.moderation.tab !== 'sanctions') return;
  change(state, { busy: false, error: answer.error?.message ?? '' });
  if (!answer.result) return;
  learnPeople(turn, answer.result.sanctions.flatMap(({ user, by }) => [user, by]));
  change(state, { sanctions: answer.result.sanctions, loaded: true });
}

// Of the event. The report itself is read when somebody opens the queue.
export function tellOfReport(turn: Turn): void {
  const { state } = turn;
  if (!readsReports(state)) return;
  if (isShown(state) && state.moderation.tab === 'open') return load(turn);
  countReports(turn);
  showToast(turn, 'There is a new report: in your own menu, under Reports.', false);
}

export function resolveReport(turn: Turn, report: number, resolution: Resolution | '', reason: string): void {
  const { state } = turn;
  if (state.form.busy) return;
  const sent = turn.call('moderation.resolve', { report, reason: reason.trim(), ...(resolution && { resolution }) }, { why: 'form' });
  state.form = { busy: sent, error: sent ? '' : kOffline, saved: '' };
}
export function foldResolved(turn: Turn, answer: AnswerOf<'moderation.resolve'>): void {
  const { state } = turn;
  const { code } = answer.error ?? {};
  state.form = isShown(state) ? { busy: false, error: answer.error?.message ?? '', saved: '' } : state.form;
  if (answer.error && !isShown(state)) showToast(turn, answer.error.message);
  // Somebody else was faster, or it worked: the list is another one either way.
  if (!answer.error || code === 'already_resolved' || code === 'not_resolved') refreshReports(turn);
}

const kActOf: Partial<Record<ReasonedAct, Resolution>> = { delete: 'deleted', mute: 'muted', kick: 'kicked', ban: 'banned' };
// What was done from a report stands beside it, and the queue is back.
export function noteTaken(turn: Turn, report: number, act: ReasonedAct): void {
  const resolution = kActOf[act];
  const taken = new Map(turn.state.moderation.taken);
  if (resolution) taken.set(report, [...new Set([...(taken.get(report) ?? []), resolution])]);
  showReports(turn, turn.state.moderation.tab);
  change(turn.state, { taken, acted: report });
}

export function liftSanction(turn: Turn, { kind, room, user }: Sanction, reason: string): void {
  const params = { user: user.id, ...(room && { room }), ...(reason.trim() && { reason: reason.trim() }) };
  const sent = turn.call(kind === 'mute' ? 'moderation.unmute' : 'moderation.unban', params, { why: 'lift' });
  turn.state.form = { busy: sent, error: sent ? '' : kOffline, saved: '' };
}
export function foldLifted(turn: Turn, answer: Answer): void {
  const { state } = turn;
  if (isShown(state)) state.form = { busy: false, error: answer.error?.message ?? '', saved: answer.error ? '' : 'Lifted.' };
  else if (answer.error) showToast(turn, answer.error.message);
  if (isShown(state) && isOnline(state)) load(turn);
}
