import type { Events, Message, MessageVersion, Methods, MyRoom, SessionInfo, User } from '../wire/catalogue.ts';
import type { SharedDraft } from './draft_sync.ts';
import type { FilesState } from './files_panel.ts';
import { noFiles } from './files_panel.ts';
import type { IdSource } from './ids.ts';
import type { ModerationState } from './moderation.ts';
import { noModeration } from './moderation.ts';
import type { ThreadsState } from './threads.ts';
import { noThreads } from './threads.ts';
import { Timeline } from './timeline.ts';
import type { TranscriptState } from './transcript.ts';
import type { WatchState } from './watch.ts';
import { noWatch } from './watch.ts';

// All that a page knows. Changed by update() alone; selectors read it.

export type Presence = 'offline' | 'online' | 'away' | 'busy';
export type ThemeChoice = 'system' | 'light' | 'dark';
export type AnnouncementInfo = NonNullable<Methods['announcement.get']['result']['announcement']>;
export type Hit = Methods['message.search']['result']['hits'][number];
export type BrowsedRoom = Methods['room.browse']['result']['rooms'][number];

export interface Person {
  user: User;
  presence: Presence;
  status: string;
}

export interface OutboxRow {
  client_id: string;
  room: number;
  text: string;
  reply_to?: number;
  thread?: number; // a reply in the thread that this message began
  files?: string[]; // of UploadRow; it isn't sent with fewer
  at: number; // wall clock
  failure?: string;
}

export interface OutboxEntry {
  row: OutboxRow;
  // saving: not yet on this device's disk, must not be sent; stored: the server has it, its event will bring the files as
  // they are called there; failed: the server refused it.
  stage: 'saving' | 'waiting' | 'sending' | 'stored' | 'failed';
  replaces?: string; // saving: under this id it was on the disk
  retryAt: number;
  tries: number;
}

// A file that was attached, until its message is stored. It stands in the composer while no row of the outbox names it.
export interface UploadRow {
  id: string; // in this browser
  room: number;
  name: string;
  size: number;
  type: string; // as this browser guesses, for what is shown before it is sent
  at: number; // wall clock
  upload?: string; // the server's id of it, once there is one
}

export interface UploadEntry {
  row: UploadRow;
  // saving: being copied into this browser; whole: the server has all of its bytes.
  stage: 'saving' | 'waiting' | 'sending' | 'whole' | 'failed';
  sent: number; // bytes that the server has
  failure: string;
  retryAt: number;
  tries: number;
}

// A durable event that came while earlier ones were missing.
export interface Held {
  method: string;
  params: { room: number; seq: number };
}

export interface RoomState {
  info: MyRoom; // its `count` counts up to its `seq`
  upTo: number; // the last durable event that was folded in; -1: nothing is known until it is listed
  timeline: Timeline;
  stateSeq: number; // of the last folded event that changed more than counters
  relist: boolean; // nothing of it holds any more; it is taken as new from the next list

  catchingUp: boolean; // message.changes is under way, later events wait in `held`
  held: Map<number, Held>;
  heldReplies: Map<number, Events['thread.changed']>; // by root: of events that aren't folded in yet
  highestSeen: number;
  catchUpAt: number; // not before then, after a failure

  loadingOlder: boolean;
  loadingNewer: boolean;
  historyRetryAt: number;
  historyError: string;
  pageIsStale: boolean; // what it was read from was trimmed since: it is asked for again
  // Whole messages and changes that came while pages of history were under way, which may be older than they.
  changesMeanwhile: { seq: number; change: (message: Message) => Message }[];
  jump: { seq: number; serial: number };

  pins: Message[];
  pinsLoaded: boolean;
  members: { user: number; role: 'member' | 'moderator'; muted: boolean }[];
  membersLoaded: boolean;
  membersLoading: boolean;
  typing: Map<number, number>; // until when each is shown as typing

  draft: string;
  draftVersion: number; // grows when the model, not the person, changed the draft
  draftDue: number; // when it is to be saved; 0: it is
  replyTo: number; // 0: none
  editing: number; // `draft` is to replace this message; the person's own waits in `keptDraft`
  keptDraft: string;
  typingSentAt: number;
  postedAt: number; // when the person last posted here, for slow mode

  unreadAfter: number; // the "new" line stands behind this event while the room is open; -1: none
  ownUnread: Set<number>; // own messages and replies in threads behind the marker, which don't count as unread
  markerUnsent: boolean;
  markerBack: boolean;
  markerHeld: boolean; // marked as unread: what is on the screen isn't read until it is opened anew
  markerDue: number;
}

// A form of a dialog, from its button to the answer.
export interface Form {
  busy: boolean;
  error: string;
  saved: string;
}
export const idle: Form = { busy: false, error: '', saved: '' };

export type ReasonedAct = 'delete' | 'restore' | 'report' | 'mute' | 'kick' | 'ban' | 'lock' | 'unlock' | 'archive'
  | 'unarchive' | 'slow_mode';

export type Dialog =
  | { kind: 'none' | 'browse' | 'create' | 'direct' | 'settings' | 'sessions' | 'password' | 'second_factor' | 'keys' | 'profile' | 'topic' | 'jump' | 'add_member' | 'watch' | 'reports' }
  | { kind: 'link'; url: string }
  | { kind: 'reason'; act: ReasonedAct; room: number; seq: number; user: number; reason: string; seconds: number; report?: number } // report: it began there
  | { kind: 'react'; room: number; seq: number }
  | { kind: 'picture'; room: number; seq: number; at: number } // which of the message's pictures
  | { kind: 'versions'; room: number; seq: number; versions: MessageVersion[] }
  | { kind: 'confirm_leave' | 'confirm_end' | 'transcript'; room: number };

export interface Toast {
  id: number;
  text: string;
  bad: boolean;
  until: number;
}

export interface SearchState {
  shown: boolean;
  everywhere: boolean;
  query: string; // as last asked
  hits: Hit[];
  more: boolean;
  busy: boolean;
  note: string;
  error: string;
  serial: number;
  cameFrom: number; // where the person was before they went to a hit
}

export interface WelcomeState {
  step: 'starting' | 'sign_in' | 'invite';
  invite: string; // the one-use token of a link
  name: string;
  busy: boolean;
  needsCode: boolean;
  error: string;
  field: string; // which the error is about
  signOutWaits: boolean; // the server couldn't be told yet that the person has signed out
}

export interface SecondFactorState {
  stage: 'unknown' | 'off' | 'begun' | 'codes' | 'on';
  secret: string;
  uri: string;
  codes: string[];
}

export interface Settings {
  theme: ThemeChoice;
  doNotDisturb: boolean;
  lastRoom: number;
}

export interface State {
  ids: IdSource;
  now: number; // for what waits, ms, only grows
  wall: number; // the device's clock, for people
  focused: boolean;
  sends: boolean; // this tab holds the connection: it alone sends the outbox and writes the cache
  ready: boolean; // the cache was read
  revision: number; // grows with what may be seen
  shown: string; // of what passes with time alone, as last counted

  me: User | null;
  epoch: number; // 0: unknown
  signedIn: boolean;
  fresh: boolean; // signed in, and no connection has gone by it yet
  mustChangePassword: boolean;
  mustEnrol: boolean;
  enrolling: boolean; // because of that, until the recovery codes were read
  link: { state: 'idle' | 'connecting' | 'online' | 'offline'; error: string };
  welcome: WelcomeState;

  people: Map<number, Person>;
  peopleAsked: Set<number>;
  peopleMissing: Set<number>;
  rooms: Map<number, RoomState>;
  strays: Map<number, number>;
  roomsListing: boolean;
  roomsListAgain: boolean;
  roomsListed: boolean;
  outbox: OutboxEntry[];
  uploads: UploadEntry[];

  ownPresence: Presence;
  ownStatus: string;
  watchDue: boolean;
  watched: string;

  settings: Settings;
  openRoom: number; // 0: none
  opening: number; // asked for, for example by a join; opened when it is listed
  panel: 'none' | 'members' | 'pins' | 'files' | 'search' | 'thread' | 'threads';
  threads: ThreadsState;
  sharedDrafts: Map<string, SharedDraft>; // by room and thread, as drafts of threads are; 0: the room's own
  draftOrigin: string; // by which this tab knows its own drafts when they come back
  draftsAskedAt: number;
  roomFiles: FilesState;
  sideBar: boolean; // on a narrow page: the list of rooms instead of the room
  dialog: Dialog;
  form: Form; // of the open dialog
  directory: User[];
  directoryQuery: string;
  browse: BrowsedRoom[];
  sessions: SessionInfo[];
  account: Methods['account.get']['result'] | null;
  secondFactor: SecondFactorState;
  search: SearchState;
  announcement: { standing: AnnouncementInfo | null; acknowledged: boolean; closed: number };
  moderation: ModerationState;
  transcript: TranscriptState | null; // while it is read
  watch: WatchState; // the browser's, whoever is signed in
  toasts: Toast[];
  newerPage: boolean; // the server shows another one than this
  said: { text: string; serial: number }; // what the live region reads out
}

export function newRoom(info: MyRoom): RoomState {
  return {
    info, upTo: -1, timeline: new Timeline(), stateSeq: 0, relist: false, catchingUp: false, held: new Map(), heldReplies: new Map(), highestSeen: 0,
    catchUpAt: 0, loadingOlder: false, loadingNewer: false, historyRetryAt: 0, historyError: '', pageIsStale: false,
    changesMeanwhile: [], jump: { seq: 0, serial: 0 }, pins: [], pinsLoaded: false, members: [], membersLoaded: false,
    membersLoading: false, typing: new Map(), draft: '', draftVersion: 0, draftDue: 0, replyTo: 0, editing: 0, keptDraft: '',
    typingSentAt: -Infinity, postedAt: -Infinity, unreadAfter: -1, ownUnread: new Set(), markerUnsent: false,
    markerBack: false, markerHeld: false, markerDue: 0,
  };
}

export const emptySearch: SearchState = {
  shown: false, everywhere: false, query: '', hits: [], more: false, busy: false, note: '', error: '', serial: 0, cameFrom: 0,
};

export function newState(ids: IdSource): State {
  return {
    ids, now: 0, wall: 0, focused: true, sends: false, ready: false, revision: 0, shown: '', me: null, epoch: 0, signedIn: false, fresh: false,
    mustChangePassword: false, mustEnrol: false, enrolling: false, link: { state: 'idle', error: '' },
    welcome: { step: 'starting', invite: '', name: '', busy: false, needsCode: false, error: '', field: '', signOutWaits: false },
    people: new Map(), peopleAsked: new Set(), peopleMissing: new Set(), rooms: new Map(), strays: new Map(),
    roomsListing: false, roomsListAgain: false, roomsListed: false, outbox: [], uploads: [], ownPresence: 'online', ownStatus: '', watchDue: false,
    watched: '', settings: { theme: 'system', doNotDisturb: false, lastRoom: 0 }, openRoom: 0, opening: 0, panel: 'none', threads: noThreads(), sharedDrafts: new Map(), draftOrigin: '', draftsAskedAt: 0, roomFiles: noFiles,
    sideBar: true, dialog: { kind: 'none' }, form: idle, directory: [], directoryQuery: '', browse: [], sessions: [], account: null,
    secondFactor: { stage: 'unknown', secret: '', uri: '', codes: [] }, search: emptySearch,
    announcement: { standing: null, acknowledged: false, closed: 0 }, moderation: noModeration, transcript: null, watch: { ...noWatch }, toasts: [], newerPage: false, said: { text: '', serial: 0 },
  };
}

export function isMe(state: State, user: number): boolean {
  return state.me?.id === user;
}
export function isOnline(state: State): boolean {
  return state.link.state === 'online';
}
// The office wants something of the person before it lets them in.
export function heldUp(state: State): boolean {
  return state.mustChangePassword || state.mustEnrol || state.enrolling;
}
// Messages that others posted and the person hasn't read.
export function unreadOf(room: RoomState): number {
  return Math.max(0, room.info.count - room.info.marker.count - room.ownUnread.size);
}
