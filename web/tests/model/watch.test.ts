import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alarmShown } from '../../src/model/watch.ts';
import { watchReport, watchStatus } from '../../src/model/watch_words.ts';
import type { Checked, WatchMemory } from '../../src/model/watch_memory.ts';
import { isMemory, noMemory, noWitness } from '../../src/model/watch_memory.ts';
import { lena, Page } from './office.ts';

const note = (size: number, letter = 'A'): string => `office.test/wardroom\n${size}\n${letter.repeat(43)}=\n\n\u2014 x y\n`;
const offer = (size: number, letter = 'A') => ({ note: note(size, letter), size, at: 1, key: 'k', rotations: [], restores: [] });
const good = (size: number, kind: 'first_seen' | 'grown' = 'grown'): Checked =>
  ({ finding: { kind, sentence: '', shown: size, cosigned: '' }, memory: { ...noWitness, key: 'k', heads: [{ size, at: 5, note: note(size) }] }, holds: true });
const bad = (page: Page, shown: number): Checked =>
  ({ finding: { kind: 'shrunk', sentence: 'The log has lost records.', shown, cosigned: '' }, memory: page.state.watch.told.memory.witness, holds: true });

class Watching extends Page {
  static at(memory: WatchMemory | null = null, error = '', unkept = ''): Watching {
    const page = Watching.open() as Watching;
    Object.setPrototypeOf(page, Watching.prototype);
    return page.take({ type: 'sends', sends: true, rows: [], uploads: [], watch: { memory, error, unkept } }) as Watching;
  }
  // The server shows a head, and what came of it.
  shows(size: number, checked: Checked, letter = 'A'): this {
    this.answer('audit.checkpoint', offer(size, letter));
    return this.found(checked);
  }
  found(checked: Checked | undefined, more: object = {}): this {
    const { serial, settledOnce, offer: shown } = this.of('check_head').at(-1)!;
    return this.take({ type: 'head_checked', serial, settledOnce, offer: shown, ...(checked && { checked }), ...more });
  }
  get told() {
    return this.state.watch.told;
  }
  get status(): string {
    return watchStatus(this.state, () => 'then');
  }
  asAuditor(): this {
    this.state.me = { ...lena, role: 'auditor' };
    return this;
  }
  settle(reason = 'Monday\'s backup'): this {
    return this.does({ type: 'show_dialog', dialog: { kind: 'watch' } }).does({ type: 'settle_log_alarm', reason });
  }
}

test('a head is asked for when there is a connection, every ten minutes, and sooner when the server says so', () => {
  const page = Watching.at();
  assert.equal(page.calls('audit.checkpoint').length, 1);
  page.shows(5, good(5, 'first_seen'));
  assert.equal(page.of('save_watch').length, 1);
  page.waits(60_000).waits(9 * 60_000 - 1);
  assert.equal(page.calls('audit.checkpoint').length, 1);
  page.waits(1);
  assert.equal(page.calls('audit.checkpoint').length, 2);
  page.shows(6, good(6)).waits(2_000).event('audit.checkpoint', { note: '', size: 7, at: 1 });
  assert.equal(page.calls('audit.checkpoint').length, 3);
  assert.equal(page.told.memory.witness.heads.at(-1)!.size, 6);
});

test('what was not found to be in order is not called so', () => {
  const page = Watching.at();
  assert.match(page.status, /^Not compared yet since/);
  page.answer('audit.checkpoint', offer(5));
  assert.match(page.status, /^Not compared yet since/, 'while it is being checked');
  page.found(undefined, { error: "The server's answer can't be read." });
  assert.match(page.status, /Not compared yet: The server's answer can't be read/);
  assert.equal(page.told.memory, noMemory);
  page.waits(2_000).shows(5, good(5, 'first_seen'));
  assert.match(page.status, /Last compared then: nothing was changed/);
  page.waits(600_000).answer('audit.checkpoint', offer(6)).found(undefined, { error: 'No.' });
  assert.match(page.status, /Since then it couldn't be: No\./);
});

test('a browser without Ed25519 says so, asks no more, and still shows an alarm that it knows', () => {
  const page = Watching.at();
  page.answer('audit.checkpoint', offer(5)).found(undefined, { cannot: true });
  page.waits(3_600_000);
  assert.equal(page.calls('audit.checkpoint').length, 1);
  assert.match(page.status, /can't check the signatures/);
  assert.ok(!/nothing was changed/.test(page.status));
  const alarm = { at: 1, sentence: 'Lost.', seen: null, seenKey: '', shown: 0, shownNote: '', shownKey: '' };
  const other = Watching.at({ ...noMemory, alarm, changes: 1 });
  other.answer('audit.checkpoint', offer(5)).found(undefined, { cannot: true });
  assert.ok(alarmShown(other.state));
});

test('a head that contradicts is kept at once with what was seen, and stays when the server shows the right log again', () => {
  const page = Watching.at();
  page.shows(50, good(50, 'first_seen')).waits(600_000);
  page.answer('audit.checkpoint', offer(600_000)).found(bad(page, 30));
  assert.ok(alarmShown(page.state));
  assert.equal(page.of('save_watch').length, 2);
  const { alarm } = page.told.memory;
  assert.equal(alarm!.seen!.size, 50);
  assert.equal(alarm!.shownNote, note(600_000));
  page.waits(600_000).shows(55, good(55));
  assert.equal(page.told.memory.alarm, alarm);
  assert.match(page.status, /shows the log that this browser knows again/);
  page.waits(600_000).answer('audit.checkpoint', offer(20)).found(bad(page, 20));
  assert.equal(page.told.memory.alarm, alarm, 'the first contradiction is the evidence');
  const report = watchReport(page.told.memory, 'office.test');
  assert.ok(report.includes(note(50)) && report.includes(note(600_000)));
});

test('a contradiction that is found after the connection was lost counts; a good word of then does not', () => {
  const page = Watching.at();
  page.shows(50, good(50, 'first_seen')).waits(600_000).answer('audit.checkpoint', offer(30));
  page.lose().found(good(60));
  assert.equal(page.told.memory.witness.heads.at(-1)!.size, 50);
  page.found(bad(page, 30));
  assert.ok(alarmShown(page.state));
  page.resume();
  assert.equal(page.calls('audit.checkpoint').length, 3, 'each connection begins with a comparison');
});

test('signing out, another person and a session that is revoked in the middle leave what was seen', () => {
  const page = Watching.at();
  page.shows(50, good(50, 'first_seen')).waits(600_000).answer('audit.checkpoint', offer(30));
  page.event('session.revoked', { reason: '' });
  assert.equal(page.state.signedIn, false);
  page.found(bad(page, 30));
  assert.ok(page.told.memory.alarm);
  page.does({ type: 'sign_out' });
  assert.ok(page.told.memory.alarm);
  assert.equal(page.told.memory.witness.heads.length, 1);
});

test('an alarm is hidden until midnight, and not for longer by a clock that was set back', () => {
  const page = Watching.at();
  page.shows(50, good(50, 'first_seen')).waits(600_000).answer('audit.checkpoint', offer(30)).found(bad(page, 30));
  page.does({ type: 'hide_log_alarm' });
  assert.ok(!alarmShown(page.state));
  page.waits(25 * 3_600_000);
  assert.ok(alarmShown(page.state));
  page.does({ type: 'hide_log_alarm' });
  page.wall -= 30 * 3_600_000;
  page.take({ type: 'tick' });
  assert.ok(alarmShown(page.state));
});

test('an alarm ends only with the server\'s word, for the head that was asked about, and with a reason', () => {
  const page = Watching.at().asAuditor();
  page.shows(50, good(50, 'first_seen')).waits(600_000).shows(30, bad(page, 30), 'E');
  page.settle(' ');
  assert.match(page.state.form.error, /Say what the auditor found/);
  assert.equal(page.calls('audit.accept_head').length, 0);
  page.settle();
  assert.equal(page.calls('audit.accept_head')[0]!.params.shown.size, 30);
  assert.equal(page.calls('audit.accept_head')[0]!.params.seen.size, 50);
  page.refuse('audit.accept_head', { message: "You can't." });
  assert.ok(page.told.memory.alarm);
  assert.equal(page.state.form.error, "You can't.");
  page.settle();
  page.lose();
  page.refuse('audit.accept_head', { status: 0, message: 'gone' });
  assert.ok(page.told.memory.alarm, 'without an answer it stays');
  page.resume().shows(30, bad(page, 30), 'E').settle().answer('audit.accept_head', {});
  assert.equal(page.told.memory.alarm, null);
  assert.equal(page.state.dialog.kind, 'none');
  const { witness } = page.told.memory;
  assert.equal(witness.heads[0]!.note, note(30, 'E'));
  assert.deepEqual(witness.contradicted.map(({ size, reason }) => [size, reason]), [[50, "Monday's backup"]]);
  assert.ok(isMemory(page.of('save_watch').at(-1)!.memory));
});

test('a check that began before the alarm was settled counts for nothing', () => {
  const page = Watching.at().asAuditor();
  page.shows(50, good(50, 'first_seen')).waits(600_000).shows(30, bad(page, 30)).settle();
  const before = bad(page, 30);
  page.waits(600_000).answer('audit.checkpoint', offer(31));
  page.answer('audit.accept_head', {});
  assert.equal(page.told.memory.alarm, null);
  page.found(before);
  assert.equal(page.told.memory.alarm, null);
});

test('what a browser kept and cannot read is an alarm, and is not written over', () => {
  const page = Watching.at(null, "it isn't what this page writes");
  page.shows(5, good(5, 'first_seen')).waits(600_000).shows(6, good(6));
  assert.match(page.told.memory.alarm!.sentence, /is damaged.*Tell your auditor/);
  assert.equal(page.told.memory.alarm!.shown, 6);
  assert.deepEqual(page.of('save_watch'), []);
  for (const wrong of [null, 1, {}, { ...noMemory, witness: { key: 1 } }, { ...noMemory, alarm: {} }]) assert.ok(!isMemory(wrong));
});

test('a tab that takes over from one that could not read it either does not call the log known', () => {
  const error = "it isn't what this page writes";
  const leader = Watching.at(null, error);
  leader.shows(5, good(5, 'first_seen')).does({ type: 'hide_log_alarm' });
  const page = Watching.open() as Watching;
  Object.setPrototypeOf(page, Watching.prototype);
  page.state.sends = false;
  page.take({ type: 'watch_told', told: structuredClone(leader.told) }).take({ type: 'sends', sends: true, rows: [], uploads: [], watch: { memory: null, error, unkept: '' } });
  page.shows(6, good(6, 'first_seen'));
  assert.match(page.told.memory.alarm!.sentence, /is damaged/);
  assert.equal(page.told.atPeace, false);
  assert.deepEqual(page.of('save_watch'), []);
});

test('a full storage and a private window are said, and tried again', () => {
  const page = Watching.at(null, '', 'This browser keeps nothing of it: it watches as long as this page is open.');
  page.shows(5, good(5, 'first_seen'));
  assert.match(page.status, /nothing was changed\. This browser keeps nothing/);
  page.take({ type: 'watch_saved', error: "What it saw couldn't be kept: its storage is full." }).clear();
  assert.match(page.status, /storage is full/);
  page.event('audit.checkpoint', { note: '', size: 6, at: 1 }).waits(2_000).shows(6, good(6));
  assert.equal(page.of('save_watch').length, 1);
  page.take({ type: 'watch_saved', error: '' });
  assert.ok(!/storage/.test(page.status));
});

test('five tabs: one compares, all show it, any of them ends it, and the next one goes on from there', () => {
  const leader = Watching.at().asAuditor();
  leader.shows(50, good(50, 'first_seen')).waits(600_000).shows(30, bad(leader, 30));
  const other = new Page();
  other.take({ type: 'profile', profile: { me: { ...lena, role: 'auditor' }, epoch: 5, settings: { theme: 'system', doNotDisturb: false, lastRoom: 0 }, rooms: [], threadDrafts: [], told: [], people: [], outbox: [], uploads: [], invite: '', signOutWaits: false } }).resume();
  other.state.me = { ...lena, role: 'auditor' };
  assert.deepEqual(other.calls('audit.checkpoint'), []);
  const listen = (): void => { for (const { told } of leader.of('tell_watch')) other.take({ type: 'watch_told', told: structuredClone(told) }); leader.clear(); };
  listen();
  assert.ok(alarmShown(other.state));
  other.does({ type: 'show_dialog', dialog: { kind: 'watch' } }).clear().does({ type: 'settle_log_alarm', reason: 'looked into' });
  const act = other.of('ask_leader')[0]!.act;
  leader.take({ type: 'watch_asked', act });
  const call = leader.calls('audit.accept_head')[0]!;
  leader.take({ type: 'answer', method: 'audit.accept_head', params: call.params, result: {} });
  listen();
  assert.equal(other.state.dialog.kind, 'none');
  assert.equal(alarmShown(other.state), false);
  // The tab with the connection ends before it could write: the next one knows it from what it heard.
  other.take({ type: 'sends', sends: true, rows: [], uploads: [], watch: { memory: noMemory, error: '', unkept: '' } });
  assert.equal(other.state.watch.told.memory.witness.heads[0]!.size, 30);
  assert.equal(other.of('save_watch').length, 1);
});
