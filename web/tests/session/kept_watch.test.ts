import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { noMemory } from '../../src/model/watch_memory.ts';
import { Cache } from '../../src/session/cache.ts';
import { FakeDatabases } from './fake_database.ts';

// What a browser keeps of the audit log, in its database.
let databases = new FakeDatabases();
const memory = { ...noMemory, since: 5, changes: 3, witness: { ...noMemory.witness, key: 'k', heads: [{ size: 5, at: 5, note: 'n' }] } };

beforeEach(() => {
  databases = new FakeDatabases();
  Object.defineProperty(globalThis, 'indexedDB', { value: databases, configurable: true });
});
async function open(): Promise<Cache> {
  const cache = new Cache();
  await cache.open();
  return cache;
}

test('what was seen is there again for the next page, and signing out leaves it', async () => {
  const cache = await open();
  assert.deepEqual(await cache.loadWatch(), { memory: null, error: '', unkept: '' });
  assert.equal(await cache.saveWatch(memory), '');
  cache.take({ type: 'save_draft', room: 7, text: 'a draft' });
  cache.take({ type: 'erase_cache' });
  cache.take({ type: 'drop_rooms' });
  await cache.settled();
  assert.equal(databases.stores.get('drafts')!.size, 0, 'the rest is gone');
  assert.deepEqual((await (await open()).loadWatch()).memory, memory);
});

test('a full storage is said, and keeps what was there', async () => {
  const cache = await open();
  await cache.saveWatch(memory);
  databases.refuses = 'writing';
  assert.equal(await cache.saveWatch({ ...memory, changes: 4 }), "What it saw couldn't be kept: its storage is full.");
  databases.refuses = 'nothing';
  assert.equal((await cache.loadWatch()).memory!.changes, 3);
});

test('what cannot be read is never taken for nothing', async () => {
  const cache = await open();
  await cache.saveWatch(memory);
  databases.refuses = 'reading';
  assert.match((await cache.loadWatch()).error, /doesn't give it back/);
  databases.refuses = 'nothing';
  databases.stores.get('witness')!.set('log', { key: 'something else' });
  assert.match((await cache.loadWatch()).error, /isn't what this page writes/);
});

test('a browser without a database says that it keeps nothing', async () => {
  databases.refuses = 'opening';
  const cache = await open();
  assert.match((await cache.loadWatch()).unkept, /keeps nothing/);
  assert.match(await cache.saveWatch(memory), /keeps nothing/);
});
