import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Action } from '../../src/model/actions.ts';
import { repliesWords, selectRows, selectThreadRows, unsentIn } from '../../src/model/select.ts';
import { unreadOf } from '../../src/model/state.ts';
import { draftIn, mayBeSeen, mayLoadOlder } from '../../src/model/threads.ts';
import { itemsFor } from '../../src/views/message_row.tsx';
import type { Message } from './types.ts';
import { lena, message, noor, Page } from './office.ts';

const kFollowing = { on: true, read: 0, unread: 0 };
const replies = (count: number, last: number) => ({ count, last, last_at: 1_000_000 + last * 1_000, repliers: [noor.id] });
const reply = (seq: number, change: Partial<Message> = {}): Message => message(seq, { thread: 9, ...change });
const posted = (page: Page, seq: number, change: Partial<Message> = {}): Page => page.event('message.posted', { room: 7, ...reply(seq, change) });
const saved = (page: Page): Page => page.take({ type: 'outbox_saved', client_id: page.of('save_outbox').at(-1)!.row.client_id, error: '' });
const inRoom = (page: Page): string[] => selectRows(page.state, page.room()).flatMap((row) => (row.kind === 'message' ? [row.message.text] : row.kind === 'pending' ? [`${row.entry.row.text}…`] : []));
const inThread = (page: Page): string[] => selectThreadRows(page.state, page.room(), page.state.threads.open!).flatMap((row) => (row.kind === 'message' ? [row.message.text] : row.kind === 'pending' ? [`${row.entry.row.text}…`] : []));

// The thread of message 9, with what the server answers.
function opened(stored: Message[] = [], following = kFollowing): Page {
  const page = Page.open();
  page.does({ type: 'open_thread', room: 7, root: 9 });
  page.answer('message.thread', { root: message(9, stored.length ? { replies: replies(stored.length, stored.at(-1)!.seq) } : {}), messages: stored, more: { before: false, after: false }, users: [], seq: 10, following });
  return page.clear();
}

test('a reply is in its thread, under its root it is told, and it makes no room unread', () => {
  const page = opened();
  posted(page, 11, { text: 'in the thread' }).event('thread.changed', { room: 7, root: 9, changed: 11, replies: replies(1, 11) });
  assert.deepEqual(inRoom(page), ['message 9', 'message 10']);
  assert.deepEqual(inThread(page), ['message 9', 'in the thread']);
  assert.equal(repliesWords(page.state, page.room().timeline.message(9)!).count, '1 reply');
  assert.equal(unreadOf(page.room()), 0);
  assert.equal(page.room().upTo, 11);
  posted(page, 12, { thread: undefined, text: 'in the room' });
  assert.equal(unreadOf(page.room()), 1);
});

test("what stands under a root waits for its event, so that no earlier change of the root is skipped", () => {
  const page = Page.open();
  page.event('thread.changed', { room: 7, root: 9, changed: 12, replies: replies(1, 12) });
  page.event('message.edited', { room: 7, seq: 11, at: 3, message: 9, text: 'edited', by: noor.id });
  assert.equal(page.room().timeline.message(9)!.text, 'edited');
  assert.equal(page.room().timeline.message(9)!.replies, undefined);
  posted(page, 12);
  assert.equal(page.room().timeline.message(9)!.replies!.count, 1);
  page.event('message.deleted', { room: 7, seq: 13, at: 4, message: 12, by: noor.id }).event('thread.changed', { room: 7, root: 9, changed: 13 });
  assert.equal(page.room().timeline.message(9)!.replies, undefined);
});

test('a reply is on the disk before it is sent, goes into its thread and is stored once', () => {
  for (const eventFirst of [true, false]) {
    const page = opened();
    page.does({ type: 'send_in_thread', room: 7, root: 9, text: ' mine ' });
    assert.equal(page.calls('message.post').length, 0);
    assert.deepEqual(inThread(page), ['message 9', 'mine…']);
    assert.deepEqual(inRoom(page), ['message 9', 'message 10']);
    saved(page);
    const { params } = page.calls('message.post')[0]!;
    assert.equal(params.thread, 9);
    const event = (): Page => posted(page, 11, { author: lena.id, client_id: params.client_id, text: 'mine' });
    if (eventFirst) event();
    page.answer('message.post', { seq: 11, at: 2 });
    if (!eventFirst) event();
    assert.deepEqual(inThread(page), ['message 9', 'mine']);
    assert.deepEqual(inRoom(page), ['message 9', 'message 10']);
    assert.equal(page.state.outbox.length, 0);
  }
});

test('written while the connection is away, a reply arrives once it is back, and the thread is asked for again', () => {
  const page = opened([reply(10, { text: 'first' })]);
  page.lose().does({ type: 'send_in_thread', room: 7, root: 9, text: 'mine' });
  saved(page);
  assert.equal(page.calls('message.post').length, 0);
  page.clear().resume();
  assert.equal(page.calls('message.post')[0]!.params.thread, 9);
  assert.equal(page.calls('message.thread').length, 1);
  page.answer('message.thread', { root: message(9), messages: [reply(10, { text: 'first' }), reply(11, { text: 'meanwhile' })], more: { before: false, after: false }, users: [], seq: 11, following: kFollowing });
  assert.deepEqual(inThread(page), ['message 9', 'first', 'meanwhile', 'mine…']);
});

test('no refusal destroys what was written', () => {
  const page = opened([reply(10, { author: lena.id, text: 'mine' })]);
  page.does({ type: 'send_in_thread', room: 7, root: 9, text: 'x'.repeat(17_000) });
  assert.equal(draftIn(page.state, 7, 9).text.length, 17_000);
  page.does({ type: 'draft_in_thread', room: 7, root: 9, text: '' });
  page.does({ type: 'send_in_thread', room: 7, root: 9, text: '/topic x' });
  assert.equal(draftIn(page.state, 7, 9).text, '/topic x');
  page.does({ type: 'draft_in_thread', room: 7, root: 9, text: '' });
  // Refused by the server: it stands in the row, and comes back with Edit.
  page.does({ type: 'send_in_thread', room: 7, root: 9, text: 'refused' });
  saved(page).refuse('message.post', { code: 'muted', message: "You're muted." });
  page.does({ type: 'rewrite_message', room: 7, clientId: page.state.outbox[0]!.row.client_id });
  assert.equal(draftIn(page.state, 7, 9).text, 'refused');
  assert.equal(page.room().draft, '');
  // An edit that is refused goes on being one; behind a draft that waits.
  page.does({ type: 'edit_in_thread', room: 7, seq: 10 }).does({ type: 'draft_in_thread', room: 7, root: 9, text: 'changed' });
  page.does({ type: 'send_in_thread', room: 7, root: 9, text: 'changed' });
  assert.equal(draftIn(page.state, 7, 9).editing, 0);
  page.refuse('message.edit', { message: 'Too late.' });
  assert.deepEqual([draftIn(page.state, 7, 9).editing, draftIn(page.state, 7, 9).edited, draftIn(page.state, 7, 9).text], [10, 'changed', 'refused']);
  // Deleted elsewhere meanwhile.
  page.event('message.deleted', { room: 7, seq: 11, at: 3, message: 10, by: noor.id });
  assert.equal(draftIn(page.state, 7, 9).text, 'changed\nrefused');
});

test('a draft is its thread\'s, and on the disk when typing pauses and when the page is left', () => {
  const page = opened();
  page.does({ type: 'draft_in_thread', room: 7, root: 9, text: 'half' }).does({ type: 'draft', room: 7, text: 'of the room' });
  assert.equal(page.of('save_draft').length, 0);
  page.take({ type: 'focus', focused: false });
  assert.deepEqual(page.of('save_draft').map(({ thread, text }) => [thread, text]), [[undefined, 'of the room'], [9, 'half']]);
  page.does({ type: 'close_panel' });
  assert.equal(draftIn(page.state, 7, 9).text, 'half');
  page.clear().does({ type: 'draft_in_thread', room: 7, root: 9, text: 'half a thought' }).waits(1_500);
  assert.equal(page.of('save_draft')[0]!.text, 'half a thought');
});

test('what a thread began with is edited in the thread, where it is shown there', () => {
  const page = Page.open();
  page.event('message.edited', { room: 7, seq: 11, at: 3, message: 9, text: 'message 9', by: noor.id });
  page.does({ type: 'open_thread', room: 7, root: 9 });
  page.answer('message.thread', { root: message(9, { author: lena.id, text: 'mine', changed: 11 }), messages: [], more: { before: false, after: false }, users: [], seq: 11, following: kFollowing });
  const row = selectThreadRows(page.state, page.room(), page.state.threads.open!).find((one) => one.kind === 'message')!;
  const emitted: Action[] = [];
  itemsFor({ state: page.state, room: page.room(), row: row as Extract<typeof row, { kind: 'message' }>, inThread: true, emit: (action) => emitted.push(action) }).find((item) => item.label === 'Edit')!.act();
  page.does(emitted[0]!);
  assert.deepEqual([draftIn(page.state, 7, 9).editing, draftIn(page.state, 7, 9).edited, page.room().editing], [9, 'mine', 0]);
  page.does({ type: 'send_in_thread', room: 7, root: 9, text: 'mine, better' });
  assert.deepEqual(page.calls('message.edit').map(({ params }) => params), [{ room: 7, seq: 9, text: 'mine, better' }]);
  page.refuse('message.edit', { message: 'Too late.' });
  assert.deepEqual([draftIn(page.state, 7, 9).editing, draftIn(page.state, 7, 9).edited, page.room().draft], [9, 'mine, better', '']);
});

test('an edit that was begun in a thread waits for it to be opened again, and is lost to no deletion', () => {
  const page = opened([reply(10, { author: lena.id, text: 'mine' })]);
  page.does({ type: 'edit_in_thread', room: 7, seq: 10 }).does({ type: 'draft_in_thread', room: 7, root: 9, text: 'mine, longer' });
  page.does({ type: 'close_panel' });
  assert.equal(unsentIn(page.state, 7, 9), 'draft');
  page.does({ type: 'open_thread', room: 7, root: 9 });
  assert.deepEqual([draftIn(page.state, 7, 9).editing, draftIn(page.state, 7, 9).edited], [10, 'mine, longer']);
  page.does({ type: 'close_panel' });
  page.event('message.deleted', { room: 7, seq: 11, at: 3, message: 10, by: noor.id });
  assert.deepEqual([draftIn(page.state, 7, 9).editing, draftIn(page.state, 7, 9).text], [0, 'mine, longer']);
});

test('a page that starts anew counts no reply as unread in its room', () => {
  const before = Page.open();
  posted(before, 11, { thread: undefined });
  posted(before, 12);
  assert.equal(unreadOf(before.room()), 1);
  const { room, upTo, apart } = before.of('store_room').at(-1)!;
  const page = new Page();
  page.take({ type: 'profile', profile: { me: lena, epoch: 5, settings: { theme: 'system', doNotDisturb: false, lastRoom: 0 }, rooms: [{ info: room, upTo, draft: '', apart }], threadDrafts: [], told: [], people: [noor], outbox: [], uploads: [], invite: '', signOutWaits: false } });
  assert.equal(unreadOf(page.room()), 1);
  page.resume().answer('room.list', { rooms: [room] });
  assert.equal(unreadOf(page.room()), 1);
  // A browser that kept nothing learns it with the messages.
  const fresh = Page.open({ seq: 12, count: 10, marker: { seq: 10, count: 8 } });
  fresh.take({ type: 'page_loaded', room: 7, before: 13, messages: [], from: 13 });
  assert.equal(unreadOf(fresh.room()), 2);
  fresh.does({ type: 'open_room', room: 7 });
  fresh.answer('message.history', { messages: [message(11), reply(12)], more: { before: true, after: false }, users: [], seq: 12 });
  assert.equal(unreadOf(fresh.room()), 1);
});

test('who is removed from the room keeps what was written in its threads', () => {
  const page = opened();
  page.does({ type: 'draft_in_thread', room: 7, root: 9, text: 'half' });
  page.event('member.left', { room: 7, seq: 11, at: 3, user: lena.id });
  assert.equal(page.state.threads.open, null);
  assert.equal(page.state.panel, 'none');
  const [entry] = page.state.outbox;
  assert.deepEqual([entry!.row.text, entry!.row.thread, entry!.stage], ['half', 9, 'failed']);
});

test('what a thread shows is read in it, once, and only while somebody follows it', () => {
  const page = opened([reply(10)], { on: true, read: 0, unread: 1 });
  page.does({ type: 'seen_thread' }).does({ type: 'seen_thread' });
  assert.deepEqual(page.calls('thread.mark_read').map((call) => call.params.seq), [10]);
  // The view says so with each drawing, and each saying is drawn: it must come to an end, offline too.
  assert.equal(mayBeSeen(page.state), false);
  const offline = opened([reply(10)], { on: true, read: 0, unread: 1 });
  assert.equal(mayBeSeen(offline.state), true);
  offline.lose();
  assert.equal(mayBeSeen(offline.state), false);
  const other = opened([reply(10)], { on: false, read: 0, unread: 0 });
  other.does({ type: 'seen_thread' });
  assert.equal(other.calls('thread.mark_read').length, 0);
});

test('the list knows what is unread, and is asked for again when a thread joins it or has more', () => {
  const page = opened();
  page.resume();
  const one = (unread: number) => ({ room: 7, root: 9, message: message(9), following: { on: true, read: 9, unread }, last_at: 5 });
  page.answer('thread.list', { threads: [one(2)], more: false, users: [], unread: 1 });
  assert.equal(page.state.threads.unread, 1);
  page.clear().event('thread.followed', { room: 7, root: 9, following: { on: true, read: 11, unread: 0 } });
  assert.equal(page.state.threads.unread, 0);
  assert.equal(page.calls('thread.list').length, 0);
  page.event('thread.followed', { room: 7, root: 9, following: { on: true, read: 11, unread: 1 } });
  page.event('thread.followed', { room: 7, root: 9, following: { on: true, read: 11, unread: 2 } });
  assert.equal(page.calls('thread.list').length, 1);
  page.answer('thread.list', { threads: [one(1)], more: false, users: [], unread: 1 });
  // It changed meanwhile, so it is asked for once more.
  assert.equal(page.calls('thread.list').length, 2);
  page.answer('thread.list', { threads: [one(2)], more: false, users: [], unread: 1 });
  assert.equal(page.state.threads.list[0]!.following.unread, 2);
});

test('a hit or a link that leads to a reply opens its thread; it and a room opened instead take the panel', () => {
  const page = Page.open();
  posted(page, 11);
  page.does({ type: 'show_hit', room: 7, seq: 11 });
  assert.equal(page.state.panel, 'thread');
  assert.equal(page.state.threads.open!.root, 9);
  page.does({ type: 'leave_panel', panel: 'search' });
  assert.equal(page.state.panel, 'thread');
  page.does({ type: 'close_panel' });
  assert.equal(page.state.threads.open, null);
  // Far back in the history: the page around it tells that it is a reply.
  page.does({ type: 'jump_to_message', room: 7, seq: 4 });
  page.answer('message.history', { messages: [message(3), { ...reply(4), thread: 3 }], more: { before: true, after: true }, users: [], seq: 11 });
  assert.equal(page.state.threads.open!.root, 3);
});

test('a long thread comes page by page, and a page of the history leaves no gap in it', () => {
  const page = Page.open();
  page.does({ type: 'open_thread', room: 7, root: 1 });
  const late = [reply(9, { thread: 1 }), reply(10, { thread: 1 })];
  page.answer('message.thread', { root: message(1), messages: late, more: { before: true, after: false }, users: [], seq: 10, following: kFollowing });
  page.does({ type: 'load_older', room: 7 });
  const { before } = page.of('load_page').at(-1)!;
  page.take({ type: 'page_loaded', room: 7, before, messages: [], from: before }).answer('message.history', { messages: [reply(5, { thread: 1, text: 'five' })], more: { before: true, after: false }, users: [], seq: 10 });
  assert.deepEqual(page.state.threads.open!.replies.map((one) => one.seq), [9, 10]);
  page.does({ type: 'older_replies' }).refuse('message.thread', { message: 'Busy.' });
  // Not again at every drawing.
  assert.equal(mayLoadOlder(page.state), false);
  page.waits(3_000).answer('message.thread', { root: message(1), messages: late, more: { before: true, after: false }, users: [], seq: 10, following: kFollowing });
  page.does({ type: 'older_replies' });
  assert.equal(page.calls('message.thread').at(-1)!.params.before, 9);
  page.answer('message.thread', { messages: [reply(5, { thread: 1 }), reply(7, { thread: 1 })], more: { before: false, after: true }, users: [], seq: 10, following: kFollowing });
  assert.deepEqual(page.state.threads.open!.replies.map((one) => one.seq), [5, 7, 9, 10]);
  assert.equal(page.state.threads.open!.more, false);
});

test('a refusal that stays is not asked about again and again; one that may pass is', () => {
  for (const [status, asked] of [[-32004, 0], [-32053, 1]] as const) {
    const page = Page.open();
    page.does({ type: 'open_thread', room: 7, root: 9 }).refuse('message.thread', { status, message: 'No.' });
    page.clear().waits(3_000);
    assert.equal(page.calls('message.thread').length, asked, String(status));
  }
});

test('after a backup was restored nothing of before stays in the thread', () => {
  const page = opened([reply(10, { text: 'before' })]);
  posted(page, 11, { text: 'lost with the backup' });
  page.lose().resume([], 6);
  assert.deepEqual(page.state.threads.open!.replies, []);
});

test('nothing of a thread stays when the person signs out', () => {
  const page = opened([reply(10)]);
  page.does({ type: 'draft_in_thread', room: 7, root: 9, text: 'half' });
  page.take({ type: 'signed_out_elsewhere' });
  assert.equal(page.state.threads.open, null);
  assert.equal(page.state.threads.drafts.size, 0);
  assert.equal(page.state.panel, 'none');
});
