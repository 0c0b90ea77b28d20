import type { Methods, User } from '../wire/catalogue.ts';
import type { Failure } from '../wire/failure.ts';
import type { Change } from './change.ts';
import type { OutboxRow, RoomState, Settings, State, UploadRow } from './state.ts';
import { isOnline } from './state.ts';
import type { WatchAct, WatchTold } from './watch.ts';
import type { WatchMemory, WitnessMemory } from './watch_memory.ts';

export type MethodName = keyof Methods;

// Why the model called, where one method is called for several reasons; it comes back with the answer.
export type Purpose =
  | { why: 'typed'; room: number; text: string } // a command: refused, its text comes back
  | { why: 'find_person'; room: number; text: string; name: string }
  | { why: 'join'; room: number; text: string; name: string }
  | { why: 'form' }
  | { why: 'count' }
  | { why: 'transcript'; serial: number }
  | { why: 'lift' }
  | { why: 'thread'; root: number } // an edit of a reply
  | { why: 'more' };

// What the model asks the world to do. The session takes them in order.
export type Effect =
  | { type: 'call'; method: MethodName; params: unknown; purpose?: Purpose }
  | { type: 'sign_in'; user: string; password: string; code?: string }
  | { type: 'accept_invite'; token: string; user: string; displayName: string; password: string; code?: string }
  | { type: 'connect' }
  | { type: 'find_session' } // by the cookie; answered by signed_in or no_session
  | { type: 'sign_out' }
  | { type: 'retry_now' }
  | { type: 'look_for_page' } // answered by newer_page, where there is one
  | { type: 'load_page_anew' }
  | { type: 'save_outbox'; row: OutboxRow; replaces?: string } // answered by outbox_saved
  | { type: 'erase_outbox'; client_id: string }
  | { type: 'save_upload'; row: UploadRow; blob: Blob } // answered by upload_saved
  | { type: 'note_upload'; row: UploadRow } // it has another id at the server
  | { type: 'send_upload'; row: UploadRow } // answered by upload_went and upload_ended
  | { type: 'drop_upload'; row: UploadRow; atServer: boolean } // atServer: what is there of it, too: no message carries it
  | { type: 'store_messages'; room: number; messages: Methods['message.history']['result']['messages']; from: number; to: number }
  | { type: 'change_message'; room: number; change: Change; seq: number }
  | { type: 'store_room'; room: RoomState['info']; upTo: number; apart: number[] }
  | { type: 'drop_room'; room: number }
  | { type: 'drop_messages'; room: number }
  | { type: 'trim_messages'; room: number; before: number }
  | { type: 'store_people'; people: User[] }
  | { type: 'store_me'; me: User; epoch: number }
  | { type: 'drop_rooms' }
  | { type: 'erase_cache' }
  | { type: 'save_draft'; room: number; thread?: number; text: string }
  | { type: 'save_told'; told: [string, string][] } // drafts as the server has them
  | { type: 'save_settings'; settings: Settings }
  | { type: 'load_page'; room: number; before: number; limit: number } // answered by page_loaded
  | { type: 'check_head'; serial: number; settledOnce: number; memory: WitnessMemory; offer: Methods['audit.checkpoint']['result'] } // answered by head_checked
  | { type: 'save_watch'; memory: WatchMemory } // answered by watch_saved
  | { type: 'tell_watch'; told: WatchTold } // the other tabs
  | { type: 'ask_leader'; act: WatchAct }
  | { type: 'save_file'; name: string; mime: string; parts: string[] }
  | { type: 'notify'; room: number; title: string; text: string }
  | { type: 'open_url'; url: string };

export type Answer = {
  [M in MethodName]: {
    type: 'answer';
    method: M;
    params: Methods[M]['params'];
    purpose?: Purpose;
    result?: Methods[M]['result'];
    error?: Failure;
  };
}[MethodName];
export type AnswerOf<M extends MethodName> = Extract<Answer, { method: M }>;

// One step of the model: the state it changes, and what it wants done.
export class Turn {
  readonly effects: Effect[] = [];
  constructor(readonly state: State) {}

  effect(effect: Effect): void {
    this.effects.push(effect);
  }
  // False: offline, nothing was sent.
  call<M extends MethodName>(method: M, params: Methods[M]['params'], purpose?: Purpose): boolean {
    if (!isOnline(this.state)) return false;
    this.effects.push({ type: 'call', method, params, ...(purpose && { purpose }) });
    return true;
  }
}

export const kOffline = "You're offline. Try again when the connection is back.";
const kToastLasts = 8_000;
const kMostToasts = 4;

export function showToast(turn: Turn, text: string, bad = true): void {
  const { state } = turn;
  state.toasts = state.toasts.filter((toast) => toast.text !== text).slice(-kMostToasts + 1);
  state.toasts.push({ id: state.ids.next(), text, bad, until: state.now + kToastLasts });
  say(state, text);
}

// The page has one live region; what is said twice is read twice.
export function say(state: State, text: string): void {
  state.said = { text, serial: state.said.serial + 1 };
}
