import type { Message, Methods, MyRoom, User } from '../wire/catalogue.ts';
import type { Failure } from '../wire/failure.ts';
import { kUnauthenticated } from '../wire/failure.ts';
import { forgetTold, loadTold } from './draft_sync.ts';
import { loadFiles, noFiles } from './files_panel.ts';
import { ensureWindow } from './history.ts';
import { countMessages, startAfresh, takeMessages } from './incoming.ts';
import { noModeration, refreshReports } from './moderation.ts';
import { expectNothingFromLostLink } from './outbox.ts';
import { forgetPresence, learnPeople } from './people.ts';
import { loadPins } from './pins.ts';
import { storeRoom } from './reading.ts';
import { listRooms, loadMembers, openRoom, roomOrder } from './rooms.ts';
import { takeDuties } from './account.ts';
import type { OutboxRow, Settings, State, UploadRow } from './state.ts';
import { emptySearch, idle, newRoom } from './state.ts';
import { trimRoom } from './trimming.ts';
import { askThreadAgain, forgetReplies, loseThreadAnswers, noThreads, threadKey } from './threads.ts';
import type { Turn } from './turn.ts';
import { showToast } from './turn.ts';
import { breakTranscript, stopTranscript } from './transcript.ts';
import { foldUploadTaken } from './uploads.ts';

export type SignedIn = Omit<Methods['session.open']['result'], 'token'>;
export type Resumed = Methods['session.resume']['result'];

// What this browser keeps of the last time.
export interface Profile {
  me: User | null;
  epoch: number;
  settings: Settings;
  rooms: { info: MyRoom; upTo: number; draft: string; apart: number[] }[]; // apart: behind the marker, and not unread
  threadDrafts: { room: number; thread: number; text: string }[];
  told: [string, string][]; // drafts as the server had them
  people: User[];
  outbox: OutboxRow[];
  uploads: UploadRow[];
  invite: string; // of the address, behind #
  signOutWaits: boolean; // the last sign-out didn't reach the server
}

// Where the person stands in each room, for session.resume.
// Its token is the browser's cookie.
export function resumeParams(state: State): Omit<Methods['session.resume']['params'], 'token'> {
  const rooms: Record<string, number> = {};
  for (const [id, room] of state.rooms) if (room.upTo > 0 && !room.relist) rooms[String(id)] = room.upTo;
  return { ...(state.epoch && { epoch: state.epoch }), rooms };
}

function stopWaitingForAnswers(state: State): void {
  for (const shared of state.sharedDrafts.values()) {
    if (shared.setting) shared.tellAt ||= state.now || 1;
    shared.setting = 0;
  }
  for (const room of state.rooms.values()) {
    room.catchingUp = room.loadingOlder = room.loadingNewer = room.membersLoading = room.membersLoaded = false;
    room.held.clear();
    room.pinsLoaded = false;
    room.catchUpAt = room.historyRetryAt = 0;
    if (room.markerUnsent) room.markerDue = state.now || 1;
  }
  state.roomsListing = state.roomsListAgain = false;
  state.peopleAsked.clear();
  state.search = { ...state.search, busy: false };
  state.moderation = { ...state.moderation, busy: false };
  if (state.transcript) state.transcript.asking = false;
  state.roomFiles = { ...state.roomFiles, busy: false, loaded: false };
  if (state.form.busy) state.form = { busy: false, error: "You're offline.", saved: '' };
  expectNothingFromLostLink(state);
  loseThreadAnswers(state);
}

// What was read goes, from the screen and the disk. Drafts, the outbox and files on their way up are the person's own and stay.
function dropRooms(turn: Turn): void {
  for (const room of turn.state.rooms.values()) {
    room.timeline.close();
    room.held.clear();
    room.heldReplies.clear();
    room.upTo = -1;
    room.highestSeen = 0;
    room.info = { ...room.info, seq: 0, count: 0, marker: { seq: 0, count: 0 }, mentions: 0 };
    room.unreadAfter = -1;
    room.ownUnread.clear();
    room.markerUnsent = room.markerBack = room.markerHeld = false;
    room.membersLoaded = false;
    room.relist = true;
  }
  forgetReplies(turn.state);
  turn.state.peopleAsked.clear();
  turn.effect({ type: 'drop_rooms' });
}

// Nothing of the person stays behind.
export function forgetEverything(turn: Turn): void {
  const { state } = turn;
  turn.effect({ type: 'erase_cache' });
  state.rooms.clear();
  state.outbox = [];
  state.uploads = [];
  state.people.clear();
  state.peopleAsked.clear();
  state.peopleMissing.clear();
  state.strays.clear();
  state.threads = noThreads();
  state.sharedDrafts.clear();
  state.draftOrigin = '';
  if (state.panel === 'thread' || state.panel === 'threads') state.panel = 'none';
  state.directory = [];
  state.browse = [];
  state.ownPresence = 'online';
  state.ownStatus = '';
  // What was read out last stands in the page.
  state.said = { text: '', serial: state.said.serial + 1 };
  state.openRoom = state.opening = state.epoch = 0;
  state.roomsListed = false;
  state.settings = { ...state.settings, lastRoom: 0 };
}

export function leaveSession(turn: Turn, why: string): void {
  const { state } = turn;
  const name = state.me?.name ?? '';
  state.signedIn = false;
  state.welcome = { step: 'sign_in', invite: '', name, busy: false, needsCode: false, error: why, field: '', signOutWaits: false };
  state.dialog = { kind: 'none' };
  state.form = idle;
  state.panel = 'none';
  state.roomFiles = noFiles;
  state.mustChangePassword = state.mustEnrol = state.enrolling = false;
  state.secondFactor = { stage: 'unknown', secret: '', uri: '', codes: [] };
  state.sessions = [];
  state.moderation = noModeration;
  stopTranscript(state);
  state.account = null;
  state.search = emptySearch;
  state.announcement = { standing: null, acknowledged: false, closed: 0 };
  state.link = { state: 'idle', error: '' };
  state.toasts = [];
  stopWaitingForAnswers(state);
  forgetPresence(state);
}

// Over, perhaps because the device is in other hands: what others wrote doesn't stay readable here.
export function endedByServer(turn: Turn, why: string): void {
  leaveSession(turn, why);
  dropRooms(turn);
  turn.state.openRoom = 0;
  turn.state.said = { text: '', serial: turn.state.said.serial + 1 };
}

export function signOut(turn: Turn): void {
  turn.effect({ type: 'sign_out' });
  leaveSession(turn, '');
  forgetEverything(turn);
  turn.state.me = null;
}

export function foldProfile(turn: Turn, profile: Profile): void {
  const { state } = turn;
  state.ready = true;
  state.settings = profile.settings;
  state.epoch = profile.epoch;
  state.me = profile.me;
  for (const user of profile.people) state.people.set(user.id, { user, presence: 'offline', status: '' });
  for (const { info, upTo, draft, apart } of profile.rooms)
    state.rooms.set(info.id, { ...newRoom(info), upTo, highestSeen: Math.max(0, upTo), draft, ownUnread: new Set(apart) });
  for (const { room, thread, text } of profile.threadDrafts)
    state.threads.drafts.set(threadKey(room, thread), { text, version: 1, due: 0, editing: 0, edited: '' });
  loadTold(state, profile.told);
  for (const row of profile.uploads) foldUploadTaken(state, row);
  for (const row of profile.outbox)
    if (!state.outbox.some((entry) => entry.row.client_id === row.client_id))
      state.outbox.push({ row, stage: row.failure ? 'failed' : 'waiting', retryAt: 0, tries: 0 });
  if (profile.signOutWaits && !profile.me) {
    state.welcome.signOutWaits = true;
    turn.effect({ type: 'sign_out' });
  }
  if (profile.invite && !profile.me) {
    state.welcome = { ...state.welcome, step: 'invite', invite: profile.invite };
    return;
  }
  if (profile.invite) showToast(turn, "You're already signed in. Sign out first to use another invitation.", false);
  if (!profile.me) {
    // A browser may have thrown its storage away, or keep none: the session's cookie may be good all the same.
    if (profile.signOutWaits) state.welcome = { ...state.welcome, step: 'sign_in' };
    else turn.effect({ type: 'find_session' });
    return;
  }
  state.signedIn = true;
  const last = state.rooms.has(state.settings.lastRoom) ? state.settings.lastRoom : roomOrder(state)[0]?.info.id;
  if (last) openRoom(turn, last);
  state.sideBar = true;
  turn.effect({ type: 'connect' });
}

export function signIn(turn: Turn, given: { user: string; password: string; code: string }): void {
  const { state } = turn;
  const { user, password, code } = given;
  const missing = !user.trim() ? 'user' : !password ? 'password' : state.welcome.needsCode && !code.trim() ? 'code' : '';
  state.welcome = { ...state.welcome, name: user.trim(), busy: !missing, error: '', field: missing };
  if (missing) {
    state.welcome.error = { user: 'Type your name.', password: 'Type your password.', code: 'Enter the code from your authenticator app.' }[missing]!;
    return;
  }
  turn.effect({ type: 'sign_in', user: user.trim(), password, ...(code.trim() && { code: code.trim() }) });
}

export function acceptInvite(turn: Turn, given: { user: string; displayName: string; password: string; code: string }): void {
  const { state } = turn;
  const { user, displayName, password, code } = given;
  const missing = password.length < 8 ? 'password' : '';
  state.welcome = { ...state.welcome, name: user.trim(), busy: !missing, error: '', field: missing };
  if (missing) {
    state.welcome.error = 'Passwords need at least 8 characters.';
    return;
  }
  turn.effect({ type: 'accept_invite', token: state.welcome.invite, user: user.trim(), displayName: displayName.trim(), password, ...(code.trim() && { code: code.trim() }) });
}

export function foldSignedIn(turn: Turn, result: SignedIn): void {
  const { state } = turn;
  // Another person's messages must not be shown to this one.
  if (state.me && state.me.id !== result.user.id) forgetEverything(turn);
  state.me = result.user;
  state.signedIn = state.fresh = true;
  state.people.set(result.user.id, { user: result.user, presence: 'offline', status: '' });
  takeDuties(state, result.must_change_password, result.must_enrol_second_factor);
  state.welcome = { step: 'sign_in', invite: '', name: '', busy: false, needsCode: false, error: '', field: '', signOutWaits: false };
  turn.effect({ type: 'store_me', me: result.user, epoch: state.epoch });
  turn.effect({ type: 'connect' });
}

export function foldSignInFailed(turn: Turn, failure: Failure): void {
  const { state } = turn;
  const needsCode = failure.code === 'second_factor_required' || failure.code === 'wrong_second_factor';
  const spent = failure.code === 'invite_invalid' || failure.code === 'invite_expired';
  state.welcome = {
    ...state.welcome, busy: false, needsCode: state.welcome.needsCode || needsCode,
    error: failure.code === 'second_factor_required' ? 'Enter the code from your authenticator app, or a recovery code.' : failure.message,
    field: needsCode ? 'code' : failure.field ?? '',
    // Who has an account already can still sign in.
    ...(spent && { step: 'sign_in' as const, invite: '' }),
  };
}

export function foldLink(turn: Turn, link: State['link'], failure?: Failure): void {
  const { state } = turn;
  const wasOnline = state.link.state === 'online';
  // Another tab may have signed out while this one came back.
  if (!state.signedIn) return;
  // While trying again, why it failed the last time stays on the screen.
  state.link = { state: link.state, error: link.error || (link.state === 'connecting' ? state.link.error : '') };
  if (link.state === 'online') return;
  if (wasOnline) {
    stopWaitingForAnswers(state);
    forgetPresence(state);
  }
  if (failure?.status !== kUnauthenticated) return;
  endedByServer(turn, state.fresh ? "Signing in worked, but this browser didn't keep the session. Allow cookies for this page, then sign in again." : failure.message);
  state.fresh = false;
}

function takeRoomChanges(turn: Turn, changes: Resumed['rooms'][number]): void {
  const room = turn.state.rooms.get(changes.room);
  if (!room) return;
  room.highestSeen = Math.max(room.highestSeen, changes.seq);
  if (changes.too_far) return startAfresh(turn, room, changes.seq);
  if (changes.trimmed) trimRoom(turn, room, changes.trimmed);
  countMessages(turn, room, changes.changes);
  const from = room.upTo + 1;
  room.upTo = Math.max(room.upTo, changes.seq);
  takeMessages(turn, room, changes.changes as Message[], from, room.upTo);
  room.info = { ...room.info, seq: Math.max(room.info.seq, changes.seq) };
  storeRoom(turn, room);
}

export function foldResumed(turn: Turn, event: Resumed): void {
  const { state } = turn;
  if (!state.signedIn) return;
  state.link = { state: 'online', error: '' };
  state.fresh = false;
  turn.effect({ type: 'look_for_page' });
  stopWaitingForAnswers(state);
  if (state.me && state.me.id !== event.user.id) forgetEverything(turn);
  state.me = event.user;
  takeDuties(state, event.must_change_password, event.must_enrol_second_factor);
  // Enrolled, but the answer with the recovery codes was lost: new ones are made in the settings.
  if (!event.must_enrol_second_factor && state.secondFactor.stage !== 'codes') state.enrolling = false;
  const sameEpoch = !state.epoch || state.epoch === event.epoch;
  // A backup was restored: what is known here may never have happened there.
  if (!sameEpoch) {
    breakTranscript(state, 'The server was restored from a backup meanwhile. Save it again.');
    dropRooms(turn);
    forgetTold(turn);
    showToast(turn, 'The server was restored from a backup. Rooms and messages are loaded again.', false);
  }
  state.epoch = event.epoch;
  turn.effect({ type: 'store_me', me: event.user, epoch: event.epoch });
  learnPeople(turn, [...event.users, event.user]);
  if (sameEpoch) for (const changes of event.rooms) takeRoomChanges(turn, changes);
  listRooms(turn);
  turn.call('announcement.get', {});
  refreshReports(turn);
  askThreadAgain(turn);
  const room = state.rooms.get(state.openRoom);
  if (room && sameEpoch) {
    ensureWindow(turn, room);
    loadMembers(turn, room);
    loadPins(turn);
    loadFiles(turn);
  }
  if (state.ownPresence !== 'online' || state.ownStatus)
    turn.call('presence.set', { state: state.ownPresence, ...(state.ownStatus && { text: state.ownStatus }) });
  state.watchDue = true;
}
