import type { Message, MethodName } from './types.ts';
import type { Action } from '../../src/model/actions.ts';
import { IdSource } from '../../src/model/ids.ts';
import { newState } from '../../src/model/state.ts';
import type { OutboxRow, RoomState, State } from '../../src/model/state.ts';
import type { Effect } from '../../src/model/turn.ts';
import type { Event } from '../../src/model/update.ts';
import { update } from '../../src/model/update.ts';
import type { MyRoom, User } from '../../src/wire/catalogue.ts';

export const lena: User = { id: 1, name: 'lena', display_name: 'Lena Fischer', role: 'member' };
export const noor: User = { id: 2, name: 'noor', display_name: 'Noor Haddad', role: 'member' };

export function roomInfo(change: Partial<MyRoom> = {}): MyRoom {
  return {
    id: 7, name: 'general', kind: 'public', topic: '', seq: 10, count: 8, created_at: 1, archived: false, locked: false,
    slow_mode_s: 0, role: 'member', marker: { seq: 10, count: 8 }, mentions: 0, ...change,
  };
}
export function message(seq: number, change: Partial<Message> = {}): Message {
  return { seq, at: 1_000_000 + seq * 1_000, author: noor.id, text: `message ${seq}`, ...change };
}

// A page without browser and server: what it asks for is looked at, what it is answered is made up.
export class Page {
  readonly state: State;
  effects: Effect[] = [];
  now = 1_000;
  wall = 1_700_000_000_000;

  constructor() {
    let last = 0;
    this.state = newState(new IdSource((bytes) => bytes.fill(++last)));
  }
  take(event: Event): this {
    this.effects.push(...update(this.state, event, { now: this.now, wall: this.wall }));
    return this;
  }
  does(action: Action): this {
    return this.take({ type: 'action', action });
  }
  waits(ms: number): this {
    this.now += ms;
    this.wall += ms;
    return this.take({ type: 'tick' });
  }
  clear(): this {
    this.effects = [];
    return this;
  }
  calls(method: MethodName): { params: any; purpose?: any }[] {
    return this.effects.filter((effect) => effect.type === 'call' && effect.method === method) as never;
  }
  of<T extends Effect['type']>(type: T): Extract<Effect, { type: T }>[] {
    return this.effects.filter((effect) => effect.type === type) as never;
  }
  answer(method: MethodName, result: unknown, index = -1): this {
    const call = this.calls(method).at(index)!;
    return this.take({ type: 'answer', method, params: call.params, purpose: call.purpose, result } as never);
  }
  refuse(method: MethodName, error: { status?: number; code?: string; message?: string; retryAfterMs?: number }): this {
    const call = this.calls(method).at(-1)!;
    return this.take({ type: 'answer', method, params: call.params, purpose: call.purpose, error: { status: -32003, code: '', message: 'No.', ...error } } as never);
  }
  event(method: string, params: object): this {
    return this.take({ type: 'event', method, params } as never);
  }
  room(id = 7): RoomState {
    return this.state.rooms.get(id)!;
  }
  texts(): string[] {
    return this.room().timeline.entries.flatMap((entry) => (entry.message ? [entry.message.text] : []));
  }

  // Signed in, in one room, its newest page there.
  static open(change: Partial<MyRoom> = {}, rows: OutboxRow[] = []): Page {
    const page = new Page();
    page.take({ type: 'profile', profile: { me: lena, epoch: 5, settings: { theme: 'system', doNotDisturb: false, lastRoom: 0 }, rooms: [], threadDrafts: [], told: [], people: [noor], outbox: rows, uploads: [], invite: '', signOutWaits: false } });
    page.take({ type: 'sends', sends: true, rows: [], uploads: [] });
    page.resume();
    page.answer('room.list', { rooms: [roomInfo(change)] });
    page.take({ type: 'page_loaded', room: 7, before: 11, messages: [], from: 11 });
    if (page.calls('message.history').length) page.answer('message.history', { messages: [message(9), message(10)], more: { before: true, after: false }, users: [], seq: 10 });
    return page.clear();
  }
  resume(rooms: object[] = [], epoch = 5): this {
    return this.take({ type: 'resumed', result: { user: lena, epoch, features: [], reconnect_min_ms: 0, reconnect_max_ms: 0, rooms, users: [], must_change_password: false, must_enrol_second_factor: false } as never });
  }
  lose(): this {
    return this.take({ type: 'link', link: { state: 'offline', error: 'gone' } });
  }
}
