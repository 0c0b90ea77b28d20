import { applyChange, messageOf } from '../model/change.ts';
import type { Profile } from '../model/session_life.ts';
import type { OutboxRow, Settings, UploadRow } from '../model/state.ts';
import { threadKey } from '../model/threads.ts';
import type { Effect } from '../model/turn.ts';
import type { WatchMemory } from '../model/watch_memory.ts';
import { isMemory } from '../model/watch_memory.ts';
import type { Message, MyRoom, User } from '../wire/catalogue.ts';
import { allUploads, changeUpload, getBlob, putUpload, removeUpload } from './cached_uploads.ts';
import type { StoreName } from './database.ts';
import { asPromise, ended, kStores, openDatabase } from './database.ts';

const kMostMessages = 400; // of a room; over that …
const kKeptMessages = 300; // … the oldest go
const kMostRooms = 60; // with messages; of the others only the room is kept

interface Coverage {
  from: number; // the cache has all messages from here …
  to: number; // … and knows of every event up to here
}
interface CachedRoom {
  info: MyRoom;
  apart?: number[]; // pages of before wrote none
}
interface CachedMessage {
  room: number;
  message: Message;
}

function rangeOf(room: number, from = -Infinity, to = Infinity): IDBKeyRange {
  return IDBKeyRange.bound([room, from], [room, to]);
}

// Signing out leaves it: a witness doesn't forget.
const kCleared = kStores.filter((name) => name !== 'witness');
const kKeepsNothing = 'This browser keeps nothing of it: it watches as long as this page is open.';

function isFull(error: unknown): boolean {
  return error instanceof Error && error.name === 'QuotaExceededError';
}
function whyRefused(error: unknown): string {
  return isFull(error) ? 'its storage is full.' : 'it refused.';
}

// What this browser keeps: rooms, people, the newest messages of each room, drafts, the outbox. Operations go one
// after the other. Without a database (a private window) everything works, and nothing outlives the page.
export class Cache {
  private database: IDBDatabase | null = null;
  private last: Promise<unknown> = Promise.resolve();
  constructor(private readonly name = 'wardroom') {}

  async open(): Promise<Profile> {
    try {
      await this.reopen();
      return await this.load(this.database!);
    } catch {
      this.database?.close();
      this.database = null;
      return { me: null, epoch: 0, settings: { theme: 'system', doNotDisturb: false, lastRoom: 0 }, rooms: [], threadDrafts: [], told: [], people: [], outbox: [], uploads: [], invite: '', signOutWaits: false };
    }
  }

  private async reopen(): Promise<void> {
    const database = await openDatabase(this.name);
    this.database = database;
    // The person cleared what this browser keeps: what comes from now on is kept anew.
    database.onclose = () => {
      this.last = this.last.then(() => this.reopen()).catch(() => { this.database = null; });
    };
  }

  private async load(database: IDBDatabase): Promise<Profile> {
    const transaction = database.transaction(kStores, 'readwrite');
    const all = <T>(store: StoreName): Promise<T[]> => asPromise(transaction.objectStore(store).getAll() as IDBRequest<T[]>);
    const get = <T>(key: string): Promise<T | undefined> => asPromise(transaction.objectStore('kv').get(key) as IDBRequest<T | undefined>);
    const keyed = async <T>(store: StoreName): Promise<Map<number | string, T>> => {
      const keys = await asPromise(transaction.objectStore(store).getAllKeys());
      const values = await all<T>(store);
      return new Map(keys.map((key, at) => [key as number | string, values[at]!]));
    };
    const [me, epoch, settings, rooms, people, outbox, coverage, drafts, uploads, signOutWaits, told] = await Promise.all([
      get<User>('me'), get<number>('epoch'), get<Settings>('settings'), all<CachedRoom>('rooms'), all<User>('people'),
      all<OutboxRow>('outbox'), keyed<Coverage>('coverage'), keyed<string>('drafts'), allUploads(transaction), get<boolean>('signOutWaits'), get<[string, string][]>('told'),
    ]);
    rooms.sort((a, b) => (b.info.last_at ?? 0) - (a.info.last_at ?? 0));
    for (const { info } of rooms.slice(kMostRooms)) {
      coverage.delete(info.id);
      transaction.objectStore('coverage').delete(info.id);
      transaction.objectStore('messages').delete(rangeOf(info.id));
    }
    return {
      me: me ?? null, epoch: epoch ?? 0, settings: settings ?? { theme: 'system', doNotDisturb: false, lastRoom: 0 }, people,
      // UUIDv7: in the order written.
      outbox: outbox.sort((a, b) => a.at - b.at || (a.client_id < b.client_id ? -1 : 1)),
      rooms: rooms.map(({ info, apart = [] }) => ({ info, upTo: coverage.get(info.id)?.to ?? -1, draft: drafts.get(info.id) ?? '', apart })),
      threadDrafts: [...drafts].flatMap(([key, text]) => {
        const [room, thread] = String(key).split('/').map(Number);
        return room && thread ? [{ room, thread, text }] : [];
      }),
      told: told ?? [], uploads, invite: '', signOutWaits: signOutWaits ?? false,
    };
  }

  settled(): Promise<unknown> {
    return this.last;
  }
  noteSignOut(waits: boolean): void {
    this.queue(async (database) => {
      database.transaction('kv', 'readwrite').objectStore('kv').put(waits, 'signOutWaits');
    }, undefined).catch(() => {});
  }

  // What waits to be sent: read at once, so that no row names an upload that isn't among them.
  unsent(): Promise<{ rows: OutboxRow[]; uploads: UploadRow[] }> {
    return this.queue(async (database) => {
      const transaction = database.transaction(['outbox', 'uploads']);
      const [rows, uploads] = await Promise.all([asPromise(transaction.objectStore('outbox').getAll() as IDBRequest<OutboxRow[]>), allUploads(transaction)]);
      return { rows: rows.sort((a, b) => a.at - b.at || (a.client_id < b.client_id ? -1 : 1)), uploads };
    }, { rows: [], uploads: [] });
  }

  // Without a database nothing is kept, which is no error.
  async saveUpload(row: UploadRow, blob: Blob): Promise<{ isKept: boolean; error: string }> {
    if (!this.database) return { isKept: false, error: '' };
    try {
      await putUpload(this.database, row, blob);
      return { isKept: true, error: '' };
    } catch (error) {
      return { isKept: false, error: whyRefused(error) };
    }
  }
  async loadBlob(id: string): Promise<Blob | undefined> {
    return this.database ? getBlob(this.database, id).catch(() => undefined) : undefined;
  }
  dropUpload(id: string): void {
    if (this.database) removeUpload(this.database, id).catch(() => {});
  }

  // What this browser knows of the audit log. Nothing: it saw none yet. An error: something was kept, and can't be read.
  async loadWatch(): Promise<{ memory: WatchMemory | null; error: string; unkept: string }> {
    if (!this.database) return { memory: null, error: '', unkept: kKeepsNothing };
    try {
      const stored = await this.queue<unknown>((database) => asPromise(database.transaction('witness').objectStore('witness').get('log')), undefined);
      if (stored === undefined || isMemory(stored)) return { memory: stored ?? null, error: '', unkept: '' };
      return { memory: null, error: "it isn't what this page writes", unkept: '' };
    } catch {
      return { memory: null, error: "the browser doesn't give it back", unkept: '' };
    }
  }
  // "": it is on the disk; else what the person is told.
  async saveWatch(memory: WatchMemory): Promise<string> {
    if (!this.database) return kKeepsNothing;
    try {
      await this.queue(async (database) => {
        const transaction = database.transaction('witness', 'readwrite', { durability: 'strict' });
        const done = ended(transaction);
        transaction.objectStore('witness').put(memory, 'log');
        await done;
      }, undefined);
      return '';
    } catch (error) {
      return `What it saw couldn't be kept: ${whyRefused(error)}`;
    }
  }

  // Both or neither: the row, and the one that it replaces. "": it is on the disk; else why it isn't.
  async saveOutbox(row: OutboxRow, replaces?: string): Promise<string> {
    const save = async (database: IDBDatabase): Promise<void> => {
      const transaction = database.transaction('outbox', 'readwrite', { durability: 'strict' });
      const done = ended(transaction);
      transaction.objectStore('outbox').put(row, row.client_id);
      if (replaces) transaction.objectStore('outbox').delete(replaces);
      await done;
    };
    try {
      await this.queue((database) => save(database).catch(async (error: unknown) => {
        if (!isFull(error)) throw error;
        // What the server has makes way for what only this browser has.
        await this.apply(database, { type: 'drop_rooms' });
        await save(database);
      }), undefined);
      return '';
    } catch (error) {
      return whyRefused(error);
    }
  }

  // The messages next to `before`, and from where on they are all there are; `before`: nothing is sure.
  loadPage(room: number, before: number, limit: number): Promise<{ messages: Message[]; from: number }> {
    const nothing = { messages: [], from: before };
    return this.queue(async (database) => {
      const transaction = database.transaction(['coverage', 'messages']);
      const coverage = await asPromise(transaction.objectStore('coverage').get(room) as IDBRequest<Coverage | undefined>);
      if (!coverage || before - 1 > coverage.to || before <= coverage.from) return nothing;
      const rows = await asPromise(transaction.objectStore('messages').getAll(rangeOf(room, coverage.from, before - 1)) as IDBRequest<CachedMessage[]>);
      const messages = rows.slice(-limit).map((row) => row.message);
      return { messages, from: rows.length > limit ? messages[0]!.seq : coverage.from };
    }, nothing).catch(() => nothing);
  }

  // The effects that only change what is kept. What can't be written is asked of the server again another time.
  take(effect: Effect): void {
    this.queue((database) => this.apply(database, effect), undefined).catch(() => {});
  }

  private async apply(database: IDBDatabase, effect: Effect): Promise<void> {
    const begin = (...stores: StoreName[]): { transaction: IDBTransaction; done: Promise<void> } => {
      const transaction = database.transaction(stores, 'readwrite');
      return { transaction, done: ended(transaction) };
    };
    switch (effect.type) {
      case 'store_messages': return this.storeMessages(database, effect);
      case 'change_message': return this.changeMessage(database, effect);
      case 'erase_outbox': {
        const { transaction, done } = begin('outbox');
        transaction.objectStore('outbox').delete(effect.client_id);
        return done;
      }
      case 'note_upload': return changeUpload(database, effect.row);
      case 'store_room': {
        const { transaction, done } = begin('rooms', 'coverage');
        transaction.objectStore('rooms').put({ info: effect.room, apart: effect.apart } satisfies CachedRoom, effect.room.id);
        await this.advance(transaction, effect.room.id, effect.upTo);
        return done;
      }
      case 'drop_room':
      case 'drop_messages': {
        const { transaction, done } = begin('rooms', 'coverage', 'messages', 'drafts');
        transaction.objectStore('coverage').delete(effect.room);
        transaction.objectStore('messages').delete(rangeOf(effect.room));
        if (effect.type === 'drop_room') {
          transaction.objectStore('rooms').delete(effect.room);
          transaction.objectStore('drafts').delete(effect.room);
          // All of its threads': their keys are ROOM/ROOT.
          transaction.objectStore('drafts').delete(IDBKeyRange.bound(`${effect.room}/`, `${effect.room}0`));
        }
        return done;
      }
      case 'trim_messages': return this.trimBefore(database, effect.room, effect.before);
      case 'store_people': {
        const { transaction, done } = begin('people');
        for (const user of effect.people) transaction.objectStore('people').put(user, user.id);
        return done;
      }
      case 'store_me': {
        const { transaction, done } = begin('kv');
        transaction.objectStore('kv').put(effect.me, 'me');
        transaction.objectStore('kv').put(effect.epoch, 'epoch');
        return done;
      }
      case 'save_draft': {
        const { transaction, done } = begin('drafts');
        const key = effect.thread ? threadKey(effect.room, effect.thread) : effect.room;
        if (effect.text) transaction.objectStore('drafts').put(effect.text, key);
        else transaction.objectStore('drafts').delete(key);
          // At once: the page may be on its way out, and what isn't committed goes with it.
        transaction.commit?.();
        return done;
      }
      case 'save_told': {
        const { transaction, done } = begin('kv');
        transaction.objectStore('kv').put(effect.told, 'told');
        return done;
      }
      case 'save_settings': {
        const { transaction, done } = begin('kv');
        transaction.objectStore('kv').put(effect.settings, 'settings');
        return done;
      }
      case 'drop_rooms': {
        const { transaction, done } = begin('rooms', 'coverage', 'messages', 'people');
        for (const store of ['rooms', 'coverage', 'messages', 'people']) transaction.objectStore(store).clear();
        return done;
      }
      case 'erase_cache': {
        const { transaction, done } = begin(...kCleared);
        const settings = await asPromise(transaction.objectStore('kv').get('settings') as IDBRequest<Settings | undefined>);
        for (const store of kCleared) transaction.objectStore(store).clear();
        // The theme is the device's; which room was open is the person's.
        if (settings) transaction.objectStore('kv').put({ ...settings, lastRoom: 0 }, 'settings');
        return done;
      }
    }
  }

  // By one event only: what lies between may hold changes that the cache never heard of.
  private async advance(transaction: IDBTransaction, room: number, seq: number): Promise<void> {
    const store = transaction.objectStore('coverage');
    const coverage = await asPromise(store.get(room) as IDBRequest<Coverage | undefined>);
    if (coverage && seq === coverage.to + 1) store.put({ ...coverage, to: seq }, room);
  }

  private async storeMessages(database: IDBDatabase, { room, messages, from, to }: Extract<Effect, { type: 'store_messages' }>): Promise<void> {
    const transaction = database.transaction(['coverage', 'messages'], 'readwrite');
    const done = ended(transaction);
    const store = transaction.objectStore('messages');
    const known = await asPromise(transaction.objectStore('coverage').get(room) as IDBRequest<Coverage | undefined>);
    const joins = known && from <= known.to + 1 && to >= known.from - 1;
    // A part of the history that stands alone isn't kept; newer than all that is kept, it takes its place.
    if (known && !joins && to < known.from) return done;
    if (known && !joins) store.delete(rangeOf(room));
    const coverage = joins ? { from: Math.min(from, known.from), to: Math.max(to, known.to) } : { from, to };
    for (const message of messages)
      if (message.seq >= coverage.from && message.seq <= coverage.to) store.put({ room, message } satisfies CachedMessage);
    const count = await asPromise(store.count(rangeOf(room)));
    if (count > kMostMessages) {
      const keys = await asPromise(store.getAllKeys(rangeOf(room), count - kKeptMessages));
      const last = (keys[keys.length - 1] as [number, number])[1];
      store.delete(rangeOf(room, -Infinity, last));
      coverage.from = last + 1;
    }
    transaction.objectStore('coverage').put(coverage, room);
    return done;
  }

  private async changeMessage(database: IDBDatabase, { room, change, seq }: Extract<Effect, { type: 'change_message' }>): Promise<void> {
    const transaction = database.transaction(['coverage', 'messages'], 'readwrite');
    const done = ended(transaction);
    const store = transaction.objectStore('messages');
    const row = await asPromise(store.get([room, messageOf(change)]) as IDBRequest<CachedMessage | undefined>);
    if (row) store.put({ room, message: applyChange(row.message, change) } satisfies CachedMessage);
    await this.advance(transaction, room, seq);
    return done;
  }

  private async trimBefore(database: IDBDatabase, room: number, before: number): Promise<void> {
    const transaction = database.transaction(['coverage', 'messages'], 'readwrite');
    const done = ended(transaction);
    const store = transaction.objectStore('messages');
    const rows = await asPromise(store.getAll(rangeOf(room)) as IDBRequest<CachedMessage[]>);
    const last = rows.filter((row) => row.message.at < before).pop()?.message.seq;
    if (last === undefined) return done;
    store.delete(rangeOf(room, -Infinity, last));
    const coverage = await asPromise(transaction.objectStore('coverage').get(room) as IDBRequest<Coverage | undefined>);
    if (coverage) transaction.objectStore('coverage').put({ from: last + 1, to: Math.max(coverage.to, last) }, room);
    return done;
  }

  private queue<T>(work: (database: IDBDatabase) => Promise<T>, without: T): Promise<T> {
    if (!this.database) return Promise.resolve(without);
    const next = this.last.then(() => (this.database ? work(this.database) : without));
    this.last = next.catch(() => {});
    return next;
  }
}
