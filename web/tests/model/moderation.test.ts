import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { User } from '../../src/wire/catalogue.ts';
import { decides, readsReports } from '../../src/model/moderation.ts';
import { lena, message, noor, Page } from './office.ts';

const report = (id: number, change: object = {}) => ({
  id, room: 99, seq: 4, reporter: noor, reason: 'insults', at: 5, evidence_hash: 'h', open: true,
  evidence: { message: message(4), versions: [], before: [], room_kind: 'private' as const, room_name: 'board', users: [noor] }, ...change,
});
function as(role: User['role'], room: 'member' | 'moderator' = 'member'): Page {
  const page = Page.open({ role: room });
  page.state.me = { ...lena, role };
  return page;
}

test('who reads reports and who decides them', () => {
  const both = (page: Page): [boolean, boolean] => [readsReports(page.state), decides(page.state, report(1, { room: 7 }) as never)];
  assert.deepEqual(both(as('member')), [false, false]);
  assert.deepEqual(both(as('member', 'moderator')), [true, true]);
  assert.deepEqual(both(as('auditor')), [true, false]);
  assert.deepEqual(both(as('moderator')), [true, true]);
  assert.equal(decides(as('member', 'moderator').state, report(1) as never), false, 'another room');
});

test('reports are counted without reading one until somebody opens the queue', () => {
  const page = as('moderator').event('report.filed', { report: 1, room: 99 });
  assert.deepEqual(page.calls('moderation.reports').map(({ params }) => params), [{ before: 1, limit: 1 }]);
  page.answer('moderation.reports', { reports: [], more: false, open: 3 });
  assert.equal(page.state.moderation.open, 3);
  page.does({ type: 'show_reports', tab: 'open' }).answer('moderation.reports', { reports: [report(3), report(2)], more: true, open: 3 });
  page.does({ type: 'more_reports' });
  assert.equal(page.calls('moderation.reports').at(-1)!.params.before, 2);
  page.does({ type: 'more_reports' }).answer('moderation.reports', { reports: [report(1)], more: false, open: 3 });
  assert.deepEqual(page.state.moderation.reports.map(({ id }) => id), [3, 2, 1]);
  assert.equal(as('member').event('report.filed', { report: 1, room: 99 }).effects.length, 0, 'others are told nothing');
});

test('an answer for a tab that is not shown any more changes nothing', () => {
  const page = as('moderator').does({ type: 'show_reports', tab: 'open' }).does({ type: 'show_reports', tab: 'resolved' });
  page.answer('moderation.reports', { reports: [report(1)], more: false, open: 1 }, 0);
  assert.deepEqual(page.state.moderation.reports, []);
  page.answer('moderation.reports', { reports: [report(2, { open: false })], more: false, open: 1 });
  assert.deepEqual(page.state.moderation.reports.map(({ id }) => id), [2]);
});

test('what is done from a report, also in a room that one is not in, stands beside it', () => {
  const page = as('moderator').does({ type: 'show_reports', tab: 'open' }).answer('moderation.reports', { reports: [report(3)], more: false, open: 1 });
  page.does({ type: 'ask_reason', what: { act: 'mute', room: 99, seq: 4, user: noor.id, reason: 'insults', seconds: 3_600, report: 3 } });
  page.does({ type: 'give_reason', reason: 'insults', seconds: 600 });
  assert.deepEqual(page.calls('moderation.mute')[0]!.params, { room: 99, user: noor.id, seconds: 600, reason: 'insults' });
  page.refuse('moderation.mute', { message: 'They outrank you.' });
  assert.equal(page.state.dialog.kind, 'reason');
  assert.equal(page.state.form.error, 'They outrank you.');
  page.does({ type: 'give_reason', reason: 'insults', seconds: 600 }).answer('moderation.mute', { sanction: {} });
  assert.equal(page.state.dialog.kind, 'reports');
  assert.deepEqual(page.state.moderation.taken.get(3), ['muted']);
  assert.equal(page.state.moderation.acted, 3);
});

test('a report is closed once; one that somebody else closed meanwhile is read anew', () => {
  const page = as('moderator').does({ type: 'show_reports', tab: 'open' }).answer('moderation.reports', { reports: [report(3)], more: false, open: 1 });
  page.does({ type: 'resolve_report', report: 3, resolution: 'warned', reason: ' had a word ' }).does({ type: 'resolve_report', report: 3, resolution: 'warned', reason: '' });
  assert.deepEqual(page.calls('moderation.resolve').map(({ params }) => params), [{ report: 3, resolution: 'warned', reason: 'had a word' }]);
  page.refuse('moderation.resolve', { code: 'already_resolved', message: 'It is closed.' });
  assert.equal(page.state.form.error, 'It is closed.');
  assert.equal(page.calls('moderation.reports').length, 2);
  page.does({ type: 'resolve_report', report: 3, resolution: '', reason: 'again' });
  assert.ok(!('resolution' in page.calls('moderation.resolve').at(-1)!.params));
});

test('a mute is lifted where it holds, and the list is read anew', () => {
  const sanction = { kind: 'mute' as const, user: noor, by: lena, reason: 'r', at: 1 };
  const page = as('moderator').does({ type: 'show_reports', tab: 'sanctions' }).answer('moderation.sanctions', { sanctions: [sanction] });
  page.does({ type: 'lift_sanction', sanction, reason: ' ' });
  assert.deepEqual(page.calls('moderation.unmute')[0]!.params, { user: noor.id });
  page.answer('moderation.unmute', {}).answer('moderation.sanctions', { sanctions: [] });
  assert.deepEqual(page.state.moderation.sanctions, []);
});

test('a lost connection and a session that is over leave no evidence behind', () => {
  const page = as('moderator').does({ type: 'show_reports', tab: 'open' }).answer('moderation.reports', { reports: [report(3)], more: false, open: 1 });
  page.lose().does({ type: 'resolve_report', report: 3, resolution: 'warned', reason: 'x' });
  assert.match(page.state.form.error, /offline/);
  page.clear().resume();
  page.event('session.revoked', { reason: '' });
  assert.deepEqual(page.state.moderation.reports, []);
  assert.equal(page.state.moderation.taken.size, 0);
});
