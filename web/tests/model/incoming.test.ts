import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lena, message, noor, Page, roomInfo } from './office.ts';
import { unreadOf } from '../../src/model/state.ts';

const posted = (page: Page, seq: number, text = `message ${seq}`) =>
  page.event('message.posted', { room: 7, seq, at: 1_000_000 + seq, author: noor.id, text });

test('an event in order is folded in at once', () => {
  const page = posted(Page.open(), 11);
  assert.deepEqual(page.texts(), ['message 9', 'message 10', 'message 11']);
  assert.equal(page.room().upTo, 11);
});

test('the same event twice is one message', () => {
  const page = posted(posted(Page.open(), 11), 11);
  assert.equal(page.texts().length, 3);
  assert.equal(page.room().info.count, 9);
});

test('a gap is asked for, what came behind it waits, and nothing is lost or doubled', () => {
  const page = posted(posted(Page.open(), 13), 14);
  assert.deepEqual(page.texts(), ['message 9', 'message 10']);
  const calls = page.calls('message.changes');
  assert.equal(calls.length, 1);
  assert.equal(calls[0]!.params.since, 10);
  page.answer('message.changes', { messages: [message(11), message(12), message(13)], seq: 13, more: false, users: [] });
  assert.deepEqual(page.texts().slice(2), ['message 11', 'message 12', 'message 13', 'message 14']);
  assert.equal(page.room().upTo, 14);
  assert.equal(page.room().info.count, 12);
});

test('a gap that could not be filled is asked for again', () => {
  const page = posted(Page.open(), 13);
  page.refuse('message.changes', { status: -32029 }).clear();
  page.waits(1_000);
  assert.equal(page.calls('message.changes').length, 0);
  page.waits(1_500);
  assert.equal(page.calls('message.changes').length, 1);
});

test('resuming brings what was missed, edits of old messages too', () => {
  const page = Page.open().lose();
  page.resume([{ room: 7, seq: 12, changes: [message(9, { text: 'edited', changed: 11, edited_at: 5 }), message(12)] }]);
  assert.deepEqual(page.texts(), ['edited', 'message 10', 'message 12']);
  assert.equal(page.room().upTo, 12);
});

test('too far away: the room begins anew at its newest', () => {
  const page = Page.open().lose().clear();
  page.resume([{ room: 7, seq: 900, changes: [], too_far: true }]);
  assert.equal(page.room().upTo, 900);
  assert.equal(page.of('drop_messages').length, 1);
  assert.equal(page.of('load_page')[0]!.before, 901);
});

test('another epoch drops rooms and keeps what the person wrote', () => {
  const page = Page.open();
  page.does({ type: 'draft', room: 7, text: 'a draft' }).does({ type: 'send', room: 7, text: 'not yet sent' });
  page.does({ type: 'draft', room: 7, text: 'a draft' });
  page.lose().clear().resume([], 6);
  assert.equal(page.of('drop_rooms').length, 1);
  page.answer('room.list', { rooms: [roomInfo({ seq: 3, count: 2, marker: { seq: 3, count: 2 } })] });
  assert.equal(page.room().upTo, 3);
  assert.equal(page.room().draft, 'a draft');
  assert.equal(page.state.outbox.length, 1);
});

test('an older page that was read before an edit came after it', () => {
  const page = Page.open();
  page.event('message.edited', { room: 7, seq: 11, at: 9, message: 3, by: noor.id, text: 'newer' });
  page.does({ type: 'load_older', room: 7 });
  page.take({ type: 'page_loaded', room: 7, before: 9, messages: [], from: 9 });
  page.answer('message.history', { messages: [message(3)], more: { before: false, after: true }, users: [], seq: 10 });
  assert.equal(page.texts()[0], 'newer');
});

test('a deleted message leaves a tombstone without its text', () => {
  const page = Page.open().event('message.deleted', { room: 7, seq: 11, at: 9, message: 10, by: lena.id, reason: 'why' });
  const gone = page.room().timeline.message(10)!;
  assert.equal(gone.text, '');
  assert.equal(gone.deleted, true);
  page.event('message.restored', { room: 7, seq: 12, at: 9, message: message(10), by: lena.id });
  assert.equal(page.room().timeline.message(10)!.text, 'message 10');
});

test('reactions come, go, and go away with the last', () => {
  const react = (seq: number, user: number, on: boolean) => ({ room: 7, seq, at: 9, message: 10, user, emoji: '👍', on });
  const page = Page.open().event('message.reacted', react(11, noor.id, true)).event('message.reacted', react(12, lena.id, true));
  assert.deepEqual(page.room().timeline.message(10)!.reactions, [{ emoji: '👍', users: [2, 1] }]);
  page.event('message.reacted', react(13, noor.id, false)).event('message.reacted', react(14, lena.id, false));
  assert.deepEqual(page.room().timeline.message(10)!.reactions, []);
});

test('unread counts others, not oneself, and is told to the server once', () => {
  const page = posted(Page.open(), 11);
  assert.equal(unreadOf(page.room()), 1);
  page.event('message.posted', { room: 7, seq: 12, at: 9, author: lena.id, text: 'from my other device' });
  assert.equal(unreadOf(page.room()), 1);
  page.does({ type: 'seen_newest', room: 7 });
  assert.equal(unreadOf(page.room()), 0);
  assert.equal(page.calls('marker.set').length, 0);
  page.waits(1_200);
  assert.deepEqual(page.calls('marker.set').map((call) => call.params), [{ room: 7, seq: 12 }]);
});

test('signing out forgets the person, on the screen and on the disk', () => {
  const page = Page.open().does({ type: 'sign_out' });
  assert.equal(page.of('erase_cache').length, 1);
  assert.equal(page.state.rooms.size, 0);
  assert.equal(page.state.people.size, 0);
  assert.equal(page.state.me, null);
});

test('a session that was ended from elsewhere leaves nothing of others to read, and all that the person wrote', () => {
  for (const end of ['event', 'link'] as const) {
    const page = posted(Page.open(), 11, 'a secret').does({ type: 'send', room: 7, text: 'not yet sent' }).does({ type: 'draft', room: 7, text: 'a draft' }).clear();
    if (end === 'event') page.event('session.revoked', { reason: 'revoked' });
    else page.take({ type: 'link', link: { state: 'offline', error: '' }, failure: { status: -32001, code: '', message: 'Over.' } });
    assert.equal(page.of('drop_rooms').length, 1);
    assert.deepEqual(page.texts(), []);
    assert.ok(!page.state.said.text);
    assert.equal(page.state.outbox.length, 1);
    assert.equal(page.room().draft, 'a draft');
    page.take({ type: 'signed_in', result: { user: lena, expires_at: 1, must_change_password: false, must_enrol_second_factor: false, epoch: 5, features: [] } });
    page.resume().answer('room.list', { rooms: [roomInfo({ seq: 11 })] });
    assert.equal(page.state.openRoom, 7);
    assert.equal(page.room().draft, 'a draft');
  }
});

test('a browser that keeps no cookies is told what is wrong, not that its session is over', () => {
  const page = new Page();
  const gone = { type: 'link', link: { state: 'offline', error: '' }, failure: { status: -32001, code: '', message: 'Over.' } } as const;
  page.take({ type: 'signed_in', result: { user: lena, expires_at: 1, must_change_password: false, must_enrol_second_factor: false, epoch: 5, features: [] } }).take(gone);
  assert.match(page.state.welcome.error, /cookies/);
  page.take({ type: 'signed_in', result: { user: lena, expires_at: 1, must_change_password: false, must_enrol_second_factor: false, epoch: 5, features: [] } }).resume().take(gone);
  assert.equal(page.state.welcome.error, 'Over.');
});

test('another person who signs in sees nothing of the one before', () => {
  const page = Page.open().take({ type: 'link', link: { state: 'offline', error: '' }, failure: { status: -32001, code: '', message: 'Over.' } });
  assert.equal(page.state.welcome.error, 'Over.');
  page.clear().take({ type: 'signed_in', result: { user: noor, expires_at: 1, must_change_password: false, must_enrol_second_factor: false, epoch: 5, features: [] } });
  assert.equal(page.of('erase_cache').length, 1);
  assert.equal(page.state.rooms.size, 0);
});

test('a direct room that was asked for is a request until it is accepted', () => {
  const page = Page.open({ kind: 'direct', users: [lena, noor], direct: 'requested', requested_by: noor.id, accepted: false });
  page.does({ type: 'accept_direct', room: 7 });
  assert.equal(page.calls('direct.accept').length, 1);
  page.event('direct.changed', { room: 7, seq: 11, at: 9, by: lena.id, state: 'open' });
  assert.equal(page.room().info.direct, 'open');
  assert.equal(page.room().info.accepted, true);
});

test('typing is forgotten after a while, and when the message is there', () => {
  const page = Page.open().event('typing', { room: 7, user: noor.id });
  assert.equal(page.room().typing.size, 1);
  page.waits(6_000);
  assert.equal(page.room().typing.size, 0);
  posted(page.event('typing', { room: 7, user: noor.id }), 11);
  assert.equal(page.room().typing.size, 0);
});

test('a room in which nothing has happened yet has its beginning', () => {
  const page = Page.open({ seq: 0, count: 0, marker: { seq: 0, count: 0 } });
  assert.equal(page.room().timeline.live, true);
  assert.equal(page.room().timeline.from, 1);
  posted(page, 1);
  assert.deepEqual(page.texts(), ['message 1']);
});

test('nothing of the one before goes over to the next: status, what was read out, who is known', () => {
  const page = Page.open().does({ type: 'presence', presence: 'busy', text: 'at the dentist' });
  posted(page, 11, 'a secret');
  assert.match(page.state.said.text, /a secret/);
  page.does({ type: 'sign_out' }).clear();
  assert.ok(!page.state.said.text);
  assert.equal(page.state.strays.size + page.state.peopleAsked.size + page.state.browse.length, 0);
  page.take({ type: 'signed_in', result: { user: noor, expires_at: 1, must_change_password: false, must_enrol_second_factor: false, epoch: 5, features: [] } });
  page.resume();
  assert.equal(page.calls('presence.set').length, 0);
});

test('a sign-out that did not reach the server says so, and is tried again by the next page', () => {
  const page = Page.open().does({ type: 'sign_out' }).take({ type: 'sign_out_waits', waits: true });
  assert.equal(page.state.welcome.signOutWaits, true);
  page.take({ type: 'sign_out_waits', waits: false });
  assert.equal(page.state.welcome.signOutWaits, false);
  const next = new Page();
  next.take({ type: 'profile', profile: { me: null, epoch: 0, settings: { theme: 'system', doNotDisturb: false, lastRoom: 0 }, rooms: [], threadDrafts: [], told: [], people: [], outbox: [], uploads: [], invite: '', signOutWaits: true } });
  assert.equal(next.of('sign_out').length, 1);
  assert.equal(next.state.welcome.signOutWaits, true);
});
