import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinedDrafts } from '../../src/model/draft_sync.ts';
import { draftIn } from '../../src/model/threads.ts';
import { lena, message, noor, Page } from './office.ts';

const elsewhere = (page: Page, text: string, thread?: number): Page =>
  page.event('draft.changed', { draft: { room: 7, ...(thread && { thread }), text, at: 5 }, origin: 'another device' });
const types = (page: Page, text: string): Page => page.does({ type: 'draft', room: 7, text });
const told = (page: Page): string[] => page.calls('draft.set').map(({ params }) => params.text);
const listed = (page: Page, drafts: { room: number; thread?: number; text: string }[]): Page => page.answer('draft.list', { drafts: drafts.map((draft) => ({ ...draft, at: 5 })) });

test('a draft is told once typing pauses, and comes back to its tab as nothing new', () => {
  const page = Page.open();
  types(page, 'hal').waits(1_500);
  types(page, 'half a').waits(1_500);
  assert.deepEqual(told(page), []);
  page.waits(1_000);
  assert.deepEqual(told(page), ['half a']);
  const { params } = page.calls('draft.set')[0]!;
  types(page, 'another thought');
  page.event('draft.changed', { draft: { room: 7, text: 'half a', at: 5 }, origin: params.origin }).answer('draft.set', { at: 5 });
  assert.equal(page.room().draft, 'another thought');
  page.does({ type: 'send', room: 7, text: 'another thought' }).waits(3_000);
  assert.deepEqual(told(page), ['half a', '']);
});

test('what another device wrote is here, and goes where it is sent or thrown away there', () => {
  const page = Page.open();
  elsewhere(page, 'from the phone');
  assert.equal(page.room().draft, 'from the phone');
  assert.deepEqual(page.of('save_draft').at(-1), { type: 'save_draft', room: 7, text: 'from the phone' });
  elsewhere(page, '').waits(5_000);
  assert.equal(page.room().draft, '');
  assert.deepEqual(told(page), []);
  elsewhere(page, 'a reply', 9);
  page.does({ type: 'open_thread', room: 7, root: 9 });
  assert.equal(draftIn(page.state, 7, 9).text, 'a reply');
});

test('where two devices wrote at one draft both texts stay, and both are told', () => {
  assert.deepEqual([joinedDrafts('a', 'ab'), joinedDrafts('ab', 'a'), joinedDrafts('a', 'b')], ['ab', 'ab', 'a\nb']);
  const page = Page.open();
  types(page, 'by keyboard');
  elsewhere(page, 'by phone').waits(3_000);
  assert.equal(page.room().draft, 'by keyboard\nby phone');
  assert.deepEqual(told(page), ['by keyboard\nby phone']);
});

test('another device touches no message that is being edited', () => {
  const page = Page.open();
  page.event('message.posted', { room: 7, ...message(11, { author: lena.id, text: 'mine' }) });
  page.does({ type: 'edit_last', room: 7 });
  elsewhere(page, 'from the phone');
  assert.equal(page.room().draft, 'mine');
  page.does({ type: 'cancel_edit', room: 7 });
  assert.equal(page.room().draft, 'from the phone');
});

test('a list that was read before a draft was told takes nothing back', () => {
  const page = Page.open();
  listed(page.resume().answer('room.list', { rooms: [page.room().info] }), [{ room: 7, text: 'old' }]);
  types(page, 'old and new');
  page.resume().answer('room.list', { rooms: [page.room().info] });
  page.waits(3_000).answer('draft.set', { at: 6 });
  listed(page, [{ room: 7, text: 'old' }]);
  assert.equal(page.room().draft, 'old and new');
});

test('written offline, a draft is told when the connection is back; so is one whose call was lost', () => {
  const page = Page.open();
  page.lose();
  types(page, 'written offline').waits(5_000);
  assert.deepEqual(told(page), []);
  page.resume().answer('room.list', { rooms: [page.room().info] });
  listed(page, []).waits(3_000);
  assert.deepEqual(told(page), ['written offline']);
  page.lose().resume().waits(1_000);
  assert.deepEqual(told(page), ['written offline', 'written offline']);
});

test('a page that starts anew knows what was sent elsewhere meanwhile, and what was written here', () => {
  const before = Page.open();
  types(before, 'told').waits(3_000).answer('draft.set', { at: 5 });
  const start = (draft: string): Page => {
    const page = new Page();
    page.take({ type: 'profile', profile: { me: lena, epoch: 5, settings: { theme: 'system', doNotDisturb: false, lastRoom: 0 }, rooms: [{ info: before.room().info, upTo: 10, draft, apart: [] }], threadDrafts: [], told: before.of('save_told').at(-1)!.told, people: [noor], outbox: [], uploads: [], invite: '', signOutWaits: false } });
    return page.resume().answer('room.list', { rooms: [before.room().info] });
  };
  const sentElsewhere = listed(start('told'), []);
  assert.equal(sentElsewhere.room().draft, '');
  const sentHere = listed(start(''), [{ room: 7, text: 'told' }]).waits(3_000);
  assert.deepEqual([sentHere.room().draft, ...told(sentHere)], ['', '']);
  const writtenOn = listed(start('told, and more'), [{ room: 7, text: 'told' }]).waits(3_000);
  assert.deepEqual([writtenOn.room().draft, ...told(writtenOn)], ['told, and more', 'told, and more']);
});

test("a backup of before was restored, which doesn't know the draft: it stays, and is told", () => {
  const page = Page.open();
  types(page, 'told').waits(3_000).answer('draft.set', { at: 5 }).waits(1_000);
  page.lose().resume([], 6).answer('room.list', { rooms: [page.room().info] });
  listed(page, []).waits(3_000);
  assert.equal(page.room().draft, 'told');
  assert.deepEqual(told(page), ['told', 'told']);
  assert.deepEqual(page.of('save_told').at(-1)!.told, []);
});

test('nothing of what was told stays when the person signs out', () => {
  const page = Page.open();
  types(page, 'told').waits(3_000).answer('draft.set', { at: 5 });
  page.does({ type: 'sign_out' });
  assert.equal(page.state.sharedDrafts.size, 0);
});
