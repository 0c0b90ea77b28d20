import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lena, Page } from './office.ts';

const send = (page: Page, text: string) => page.does({ type: 'send', room: 7, text });
const saved = (page: Page, at = -1) => page.take({ type: 'outbox_saved', client_id: page.of('save_outbox').at(at)!.row.client_id, error: '' });

test('a message is on the disk before it is sent', () => {
  const page = send(Page.open(), 'hello');
  assert.equal(page.of('save_outbox').length, 1);
  assert.equal(page.calls('message.post').length, 0);
  saved(page);
  assert.equal(page.calls('message.post')[0]!.params.text, 'hello');
});

test('what the disk refuses is not sent, and says so', () => {
  const page = send(Page.open(), 'hello');
  page.take({ type: 'outbox_saved', client_id: page.of('save_outbox')[0]!.row.client_id, error: 'its storage is full.' });
  assert.equal(page.calls('message.post').length, 0);
  assert.match(page.state.outbox[0]!.row.failure!, /storage is full/);
});

test('after a lost connection the same client_id is sent again', () => {
  const page = saved(send(Page.open(), 'hello'));
  const first = page.calls('message.post')[0]!.params.client_id;
  page.lose().clear().resume();
  assert.equal(page.calls('message.post')[0]!.params.client_id, first);
});

test('answer and event, in either order, leave one message', () => {
  for (const eventFirst of [true, false]) {
    const page = saved(send(Page.open(), 'hello'));
    const { client_id } = page.calls('message.post')[0]!.params;
    const event = () => page.event('message.posted', { room: 7, seq: 11, at: 2, author: lena.id, client_id, text: 'hello' });
    if (eventFirst) event();
    page.answer('message.post', { seq: 11, at: 2 });
    if (!eventFirst) event();
    assert.deepEqual(page.texts(), ['message 9', 'message 10', 'hello']);
    assert.equal(page.state.outbox.length, 0);
    assert.equal(page.of('erase_outbox').length, 1);
    assert.equal(page.room().info.count, 9);
  }
});

test('one after the other in a room, in the order written', () => {
  const page = send(send(Page.open(), 'one'), 'two');
  saved(page, 0);
  saved(page, 1);
  assert.deepEqual(page.calls('message.post').map((call) => call.params.text), ['one']);
  page.answer('message.post', { seq: 11, at: 2 });
  assert.deepEqual(page.calls('message.post').map((call) => call.params.text), ['one', 'two']);
});

test('a refused message waits for the person; again means a fresh id', () => {
  const page = saved(send(Page.open(), 'hello'));
  page.refuse('message.post', { code: 'room_locked', message: 'Locked.' });
  const [entry] = page.state.outbox;
  assert.equal(entry!.stage, 'failed');
  const before = entry!.row.client_id;
  page.clear().does({ type: 'retry_message', room: 7, clientId: before });
  const [again] = page.of('save_outbox');
  assert.equal(again!.replaces, before);
  assert.notEqual(again!.row.client_id, before);
});

test('what may pass is tried again by itself, not before it is due', () => {
  const page = saved(send(Page.open(), 'hello'));
  page.refuse('message.post', { status: -32029, retryAfterMs: 4_000 }).clear();
  page.waits(3_000);
  assert.equal(page.calls('message.post').length, 0);
  page.waits(2_000);
  assert.equal(page.calls('message.post').length, 1);
});

test('a tab without the connection saves, and leaves sending to the one with it', () => {
  const page = Page.open();
  page.take({ type: 'sends', sends: false, rows: [], uploads: [] });
  saved(send(page, 'hello'));
  assert.equal(page.calls('message.post').length, 0);
  const { row } = page.of('save_outbox')[0]!;
  const leader = Page.open();
  leader.take({ type: 'outbox_taken', row });
  assert.equal(leader.calls('message.post')[0]!.params.client_id, row.client_id);
  page.event('message.posted', { room: 7, seq: 11, at: 2, author: lena.id, client_id: row.client_id, text: 'hello' });
  assert.equal(page.state.outbox.length, 0);
});

test('what a dead tab left on the disk is sent by the next that leads', () => {
  const row = { client_id: 'c-1', room: 7, text: 'from the tab that died', at: 1 };
  const page = Page.open();
  page.take({ type: 'sends', sends: true, rows: [row], uploads: [] });
  assert.equal(page.calls('message.post')[0]!.params.client_id, 'c-1');
});

test('leaving a room keeps what was not sent there', () => {
  const page = send(Page.open(), 'hello');
  page.does({ type: 'draft', room: 7, text: 'half a thought' });
  page.event('member.left', { room: 7, seq: 11, at: 2, user: lena.id });
  assert.equal(page.state.rooms.size, 0);
  assert.deepEqual(page.state.outbox.map((entry) => [entry.row.text, entry.stage]), [['hello', 'failed'], ['half a thought', 'failed']]);
});


