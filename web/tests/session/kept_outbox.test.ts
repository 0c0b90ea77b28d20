import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Cache } from '../../src/session/cache.ts';
import { FakeDatabases } from './fake_database.ts';

// What a browser keeps of what a person wrote, when its storage isn't what it should be.
let databases = new FakeDatabases();
const row = { client_id: 'a', room: 7, text: 'written', at: 1 };

beforeEach(() => {
  databases = new FakeDatabases();
  Object.defineProperty(globalThis, 'indexedDB', { value: databases, configurable: true });
});

test('where the storage is full, what others wrote makes way for what the person writes', async () => {
  const cache = new Cache();
  await cache.open();
  databases.stores.get('messages')!.set('7,1', { room: 7, message: { text: 'of somebody' } });
  databases.room = 1;
  assert.equal(await cache.saveOutbox(row), '');
  assert.equal(databases.stores.get('messages')!.size, 0);
  assert.deepEqual(databases.stores.get('outbox')!.get('a'), row);
});

test('where even that makes no room, it is said', async () => {
  const cache = new Cache();
  await cache.open();
  databases.refuses = 'writing';
  assert.equal(await cache.saveOutbox(row), 'its storage is full.');
});

test('after the browser threw its storage away, what comes next is kept', async () => {
  const cache = new Cache();
  await cache.open();
  databases.throwAway();
  assert.equal(await cache.saveOutbox(row), '');
  assert.deepEqual(databases.stores.get('outbox')!.get('a'), row);
});
