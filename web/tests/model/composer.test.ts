import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complete, findToken } from '../../src/model/completion.ts';
import { parseLength } from '../../src/model/lengths.ts';
import { lena, message, noor, Page } from './office.ts';

const own = (seq: number, text: string) => message(seq, { author: lena.id, text });
function withOwn(): Page {
  return Page.open().event('message.posted', { room: 7, ...own(11, 'mine') }).clear();
}

test('Up edits the last own message, Escape brings the draft back', () => {
  const page = withOwn().does({ type: 'draft', room: 7, text: 'a draft' }).does({ type: 'edit_last', room: 7 });
  assert.equal(page.room().draft, 'mine');
  page.does({ type: 'cancel_edit', room: 7 });
  assert.equal(page.room().draft, 'a draft');
});

test('a refused edit comes back into the composer', () => {
  const page = withOwn().does({ type: 'edit_last', room: 7 }).does({ type: 'send', room: 7, text: 'mine, better' });
  assert.equal(page.calls('message.edit')[0]!.params.text, 'mine, better');
  page.refuse('message.edit', { code: 'room_locked' });
  assert.equal(page.room().draft, 'mine, better');
  assert.equal(page.room().editing, 11);
});

test('an edit of what is deleted meanwhile becomes a draft', () => {
  const page = withOwn().does({ type: 'edit_last', room: 7 }).does({ type: 'draft', room: 7, text: 'mine, better' });
  page.event('message.deleted', { room: 7, seq: 12, at: 9, message: 11, by: noor.id });
  assert.equal(page.room().editing, 0);
  assert.equal(page.room().draft, 'mine, better');
});

test('a reply names what it answers, once', () => {
  const page = Page.open().does({ type: 'start_reply', room: 7, seq: 9 }).does({ type: 'send', room: 7, text: 'yes' });
  assert.equal(page.of('save_outbox')[0]!.row.reply_to, 9);
  assert.equal(page.room().replyTo, 0);
});

test('a draft is saved a second later, not with each key', () => {
  const page = Page.open().does({ type: 'draft', room: 7, text: 'a' }).does({ type: 'draft', room: 7, text: 'ab' });
  assert.equal(page.of('save_draft').length, 0);
  page.waits(1_100);
  assert.deepEqual(page.of('save_draft').map((effect) => effect.text), ['ab']);
  assert.equal(page.calls('typing.send').length, 1);
});

test('a page that is left has its drafts on the disk at once', () => {
  const page = Page.open().does({ type: 'draft', room: 7, text: 'half a thought' });
  assert.equal(page.of('save_draft').length, 0);
  page.take({ type: 'focus', focused: false });
  assert.deepEqual(page.of('save_draft').map((effect) => effect.text), ['half a thought']);
});

test('a path is text, a command is a command, a wrong one keeps its text', () => {
  const page = Page.open().does({ type: 'send', room: 7, text: '/etc/hosts is a file' });
  assert.equal(page.of('save_outbox').length, 1);
  page.does({ type: 'send', room: 7, text: '/frobnicate now' });
  assert.equal(page.room().draft, '/frobnicate now');
  page.does({ type: 'send', room: 7, text: '/msg noor' });
  assert.deepEqual(page.calls('direct.open')[0]!.params, { users: [2] });
  page.refuse('direct.open', { message: 'Not now.' });
  assert.equal(page.room().draft, '/msg noor');
});

test('16 KiB of bytes, not of letters, are the most', () => {
  const page = Page.open().does({ type: 'send', room: 7, text: 'é'.repeat(8_193) });
  assert.equal(page.of('save_outbox').length, 0);
  assert.equal(page.room().draft.length, 8_193);
});

test('offline, a command stays in the composer and a message waits', () => {
  const page = Page.open().lose().clear().does({ type: 'send', room: 7, text: '/topic new' });
  assert.equal(page.room().draft, '/topic new');
  page.does({ type: 'send', room: 7, text: 'hello' });
  assert.equal(page.state.outbox.length, 1);
});

test('completion by @, : and /', () => {
  const page = Page.open();
  page.room().members = [{ user: 2, role: 'member', muted: false }];
  const offered = (text: string) => {
    const token = findToken(text, text.length);
    return token ? complete(page.state, page.room(), token).map((one) => one.insert) : [];
  };
  assert.deepEqual(offered('hello @had'), ['@noor']);
  assert.deepEqual(offered('@ro'), ['@room']);
  assert.ok(offered('nice :tad').includes('🎉') || offered('nice :part').includes('🎉'));
  assert.deepEqual(offered('/join'), ['/join']);
  assert.deepEqual(offered('at 10:30'), []);
  assert.deepEqual(offered('mail@noor'), []);
  assert.ok(!offered('/').includes('/mute'), 'moderators only');
});

test('lengths', () => {
  assert.deepEqual(['10m', '1h', '2d', '30', 'soon', '0', '99999999d'].map(parseLength), [600, 3_600, 172_800, 30, 0, 0, 0]);
});
