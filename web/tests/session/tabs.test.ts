import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { beforeEach, test } from 'node:test';
import type { Letter } from '../../src/session/tabs.ts';
import { Tabs } from '../../src/session/tabs.ts';

globalThis.crypto ??= webcrypto as Crypto; // node has it from 19 on

// Tabs of one browser: its locks, the channel between them, and timers that the test lets run.
class Locks {
  private waiting: { grant: () => Promise<never>; reject: (error: unknown) => void }[] = [];
  private held: { reject: (error: unknown) => void } | null = null;
  request(_: string, options: { steal?: boolean }, grant: () => Promise<never>): Promise<never> {
    return new Promise((_, reject) => {
      if (options.steal) {
        this.held?.reject(new DOMException('stolen', 'AbortError'));
        this.held = null;
        this.waiting.unshift({ grant, reject });
      } else {
        this.waiting.push({ grant, reject });
      }
      this.pass();
    });
  }
  release(): void {
    this.held = null;
    this.pass();
  }
  private pass(): void {
    const next = this.held ? undefined : this.waiting.shift();
    if (!next) return;
    this.held = next;
    void next.grant();
  }
}
class Channel {
  static all: Channel[] = [];
  static frozen = new Set<Channel>();
  onmessage?: (event: { data: unknown }) => void;
  constructor() {
    Channel.all.push(this);
  }
  postMessage(data: unknown): void {
    for (const other of Channel.all) if (other !== this && !Channel.frozen.has(other)) other.onmessage?.({ data });
  }
}

let locks = new Locks();
let timers = new Map<number, () => void>();
let repeated: (() => void)[] = [];
let page = { visibilityState: 'visible' };
const define = (name: string, value: unknown) => Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });

beforeEach(() => {
  locks = new Locks();
  timers = new Map();
  repeated = [];
  page = { visibilityState: 'visible' };
  Channel.all = [];
  Channel.frozen.clear();
  let last = 0;
  define('BroadcastChannel', Channel);
  define('navigator', { locks });
  define('document', page);
  define('setInterval', (act: () => void) => repeated.push(act));
  define('setTimeout', (act: () => void) => (timers.set(++last, act), last));
  define('clearTimeout', (id: number) => timers.delete(id));
});

interface Tab { tabs: Tabs; letters: Letter[]; left: number }
function open(): Tab {
  const tab: Tab = { tabs: null!, letters: [], left: 0 };
  tab.tabs = new Tabs({ onLead: () => {}, onLeft: () => ++tab.left, onLetter: (letter) => tab.letters.push(letter) });
  tab.tabs.start();
  return tab;
}
const settle = () => new Promise((resolve) => setImmediate(resolve));
const timeOut = () => { for (const [id, act] of [...timers]) if (timers.delete(id)) act(); };
const askAll = () => { for (const act of repeated) act(); };

test('one tab leads, and the next one when it ends', () => {
  const [first, second] = [open(), open()];
  assert.deepEqual([first.tabs.leads, second.tabs.leads], [true, false]);
  Channel.frozen.add(Channel.all[0]!);
  locks.release();
  assert.equal(second.tabs.leads, true);
});

test('a tab that leads and answers keeps the lead, and one that is frozen loses it', async () => {
  const [first, second] = [open(), open()];
  askAll();
  timeOut();
  assert.equal(first.tabs.leads, true, 'it said that it is there');
  Channel.frozen.add(Channel.all[0]!);
  askAll();
  assert.equal(second.tabs.leads, false, 'it has time to answer');
  timeOut();
  assert.equal(second.tabs.leads, true);
  Channel.frozen.clear();
  await settle();
  assert.equal(first.tabs.leads, false);
  assert.equal(first.left, 1, 'it lets its connection go');
  // The second one ends, and with it where it had stood in line before.
  locks.release();
  locks.release();
  assert.equal(first.tabs.leads, true, 'it stands in line again');
});

test('a tab that nobody looks at takes nothing away', () => {
  const [first, second] = [open(), open()];
  Channel.frozen.add(Channel.all[0]!);
  page.visibilityState = 'hidden';
  askAll();
  timeOut();
  assert.deepEqual([first.tabs.leads, second.tabs.leads], [true, false]);
});

test('where the browser refuses locks or the channel, each tab is on its own', async () => {
  define('BroadcastChannel', class { constructor() { throw new DOMException('no', 'SecurityError'); } });
  assert.equal(open().tabs.leads, true);
  define('BroadcastChannel', Channel);
  define('navigator', { locks: { request: () => Promise.reject(new DOMException('no', 'SecurityError')) } });
  const tab = open();
  await settle();
  assert.equal(tab.tabs.leads, true);
});
