import type { Events } from '../wire/catalogue.ts';
import type { Failure } from '../wire/failure.ts';
import type { Action } from './actions.ts';
import { foldAction } from './actions.ts';
import { foldAnswer } from './answers.ts';
import { saveDraft, saveDueDrafts } from './composer.ts';
import { tellDrafts } from './draft_sync.ts';
import { foldPageLoaded } from './history.ts';
import type { Durable } from './incoming.ts';
import { catchUpLateRooms, foldDurable } from './incoming.ts';
import { foldOutboxGone, foldOutboxSaved, foldOutboxTaken, sendOutbox } from './outbox.ts';
import { askForMissingPeople, watchPresence } from './people.ts';
import { foldPersonal } from './personal.ts';
import { sendDueMarkers } from './reading.ts';
import type { Profile, Resumed, SignedIn } from './session_life.ts';
import { foldLink, foldProfile, foldResumed, foldSignedIn, foldSignInFailed, forgetEverything, leaveSession } from './session_life.ts';
import type { OutboxRow, State, UploadRow } from './state.ts';
import { muteOf, slowModeWait } from './standing.ts';
import type { Answer, Effect } from './turn.ts';
import { Turn } from './turn.ts';
import { foldUploadEnded, foldUploadGone, foldUploadSaved, foldUploadTaken, foldUploadWent, sendUploads, takeOverUploads } from './uploads.ts';
import { retryThread, saveThreadDrafts } from './threads.ts';
import { readTranscript } from './transcript.ts';
import type { HeadChecked, WatchAct, WatchTold } from './watch.ts';
import { alarmShown, foldChecked, foldWatchAct, foldWatchSaved, foldWatchTold, loadWatch, watchLog } from './watch.ts';
import type { WatchMemory } from './watch_memory.ts';
import { dayKey } from './words.ts';

export type ServerEvent = { [M in keyof Events]: { type: 'event'; method: M; params: Events[M] } }[keyof Events];

// All that can happen to a page.
export type Event =
  | { type: 'action'; action: Action }
  | { type: 'profile'; profile: Profile }
  | { type: 'link'; link: State['link']; failure?: Failure }
  | { type: 'sends'; sends: boolean; rows: OutboxRow[]; uploads: UploadRow[]; watch?: { memory: WatchMemory | null; error: string; unkept: string } } // this tab got the connection, with what waits on the disk
  | { type: 'signed_in'; result: SignedIn }
  | { type: 'sign_in_failed'; failure: Failure }
  | { type: 'no_session'; unreached: string } // why the server wasn't asked; "": it said so
  | { type: 'signed_out_elsewhere' } // in another tab
  | { type: 'sign_out_waits'; waits: boolean } // the server wasn't reached, and is tried again
  | { type: 'resumed'; result: Resumed }
  | { type: 'outbox_saved'; client_id: string; error: string }
  | { type: 'outbox_taken'; row: OutboxRow; replaces?: string }
  | { type: 'outbox_gone'; client_id: string }
  | { type: 'upload_saved'; id: string; error: string }
  | { type: 'upload_taken'; row: UploadRow; isSaving: boolean } // another tab attached it
  | { type: 'upload_gone'; id: string }
  | { type: 'upload_went'; id: string; upload: string; sent: number }
  | { type: 'upload_ended'; id: string; failure?: Failure }
  | { type: 'page_loaded'; room: number; before: number; messages: import('../wire/catalogue.ts').Message[]; from: number }
  | ({ type: 'head_checked' } & HeadChecked)
  | { type: 'watch_saved'; error: string }
  | { type: 'watch_told'; told: WatchTold } // by the tab with the connection
  | { type: 'watch_asked'; act: WatchAct } // by a tab without it
  | { type: 'newer_page' }
  | { type: 'focus'; focused: boolean }
  | { type: 'tick' }
  | Answer
  | ServerEvent;

const kDurable = new Set<string>([
  'message.posted', 'message.edited', 'message.deleted', 'message.restored', 'message.reacted', 'message.pinned', 'room.updated',
  'room.archived', 'room.trimmed', 'direct.changed', 'member.joined', 'member.left', 'member.changed',
]);

function foldTick(turn: Turn): void {
  const { state } = turn;
  state.toasts = state.toasts.filter((toast) => toast.until > state.now);
  for (const room of state.rooms.values())
    for (const [user, until] of room.typing) if (until <= state.now) room.typing.delete(user);
  saveDueDrafts(turn);
  saveThreadDrafts(turn, true);
  tellDrafts(turn, true);
  retryThread(turn);
  catchUpLateRooms(turn);
}

// What passing time alone changes on the screen.
function timed(state: State): string {
  const room = state.rooms.get(state.openRoom);
  return [state.toasts.length, dayKey(state.wall), room && [room.typing.size, slowModeWait(state, room), muteOf(state, room)?.until], alarmShown(state)].join();
}

function fold(turn: Turn, event: Event): void {
  const { state } = turn;
  switch (event.type) {
    case 'action':
      return foldAction(turn, event.action);
    case 'answer':
      return foldAnswer(turn, event);
    case 'event':
      if (kDurable.has(event.method)) return foldDurable(turn, event as unknown as Durable);
      return foldPersonal(turn, event);
    case 'profile':
      return foldProfile(turn, event.profile);
    case 'link':
      return foldLink(turn, event.link, event.failure);
    case 'sends':
      state.sends = event.sends;
      if (event.sends) takeOverUploads(state, event.uploads);
      if (event.watch) loadWatch(state, event.watch);
      for (const row of event.rows) foldOutboxTaken(state, row);
      return;
    case 'signed_in':
      return foldSignedIn(turn, event.result);
    case 'sign_in_failed':
      return foldSignInFailed(turn, event.failure);
    case 'no_session':
      if (state.welcome.step === 'starting') state.welcome = { ...state.welcome, step: 'sign_in', error: event.unreached };
      return;
    case 'signed_out_elsewhere':
      if (!state.signedIn) return;
      leaveSession(turn, 'You signed out in another tab.');
      forgetEverything(turn);
      state.me = null;
      return;
    case 'sign_out_waits':
      if (!state.signedIn) state.welcome = { ...state.welcome, signOutWaits: event.waits };
      return;
    case 'resumed':
      return foldResumed(turn, event.result);
    case 'outbox_saved':
      return foldOutboxSaved(turn, event.client_id, event.error);
    case 'outbox_taken':
      return foldOutboxTaken(state, event.row, event.replaces);
    case 'outbox_gone':
      return foldOutboxGone(state, event.client_id);
    case 'upload_saved':
      return foldUploadSaved(turn, event.id, event.error);
    case 'upload_taken':
      return foldUploadTaken(state, event.row, event.isSaving);
    case 'upload_gone':
      return foldUploadGone(state, event.id);
    case 'upload_went':
      return foldUploadWent(turn, event.id, event.upload, event.sent);
    case 'upload_ended':
      return foldUploadEnded(turn, event.id, event.failure);
    case 'page_loaded':
      return foldPageLoaded(turn, event);
    case 'head_checked':
      return foldChecked(turn, event);
    case 'watch_saved':
      return foldWatchSaved(state, event.error);
    case 'watch_told':
      return foldWatchTold(turn, event.told);
    case 'watch_asked':
      return foldWatchAct(turn, event.act);
    case 'newer_page':
      state.newerPage = true;
      return;
    case 'focus':
      state.focused = event.focused;
      // Perhaps for good: a phone ends what nobody looks at.
      if (event.focused) return;
      for (const room of state.rooms.values()) saveDraft(turn, room);
      saveThreadDrafts(turn, false);
      tellDrafts(turn, false);
      return;
    case 'tick':
      foldTick(turn);
  }
}

// One step: changes the state, and says what is to be done. Knows no DOM, network, disk, clock or chance: time comes
// along, and random bytes from state.ids.
export function update(state: State, event: Event, time: { now: number; wall: number }): Effect[] {
  state.now = Math.max(state.now, time.now);
  state.wall = time.wall;
  const turn = new Turn(state);
  const { shown } = state;
  const { told } = state.watch;
  fold(turn, event);
  sendDueMarkers(turn);
  sendUploads(turn);
  sendOutbox(turn);
  askForMissingPeople(turn);
  watchPresence(turn);
  readTranscript(turn);
  watchLog(turn, told);
  state.shown = timed(state);
  if (event.type !== 'tick' || turn.effects.length || shown !== state.shown) ++state.revision;
  return turn.effects;
}
