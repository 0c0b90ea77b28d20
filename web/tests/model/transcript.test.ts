import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TranscriptFormat } from '../../src/model/transcript.ts';
import type { Message } from '../../src/wire/catalogue.ts';
import { message, noor, Page } from './office.ts';

const begin = (format: TranscriptFormat = 'text'): Page =>
  Page.open({ topic: 'a <topic>' }).does({ type: 'show_dialog', dialog: { kind: 'transcript', room: 7 } }).does({ type: 'save_transcript', room: 7, format });
const page = (messages: Message[], after = false) => ({ messages, more: { before: false, after }, users: [noor], seq: 10 });
const saved = (of: Page): string => of.of('save_file')[0]!.parts.join('');

test('page after page, and nothing is saved before the last one', () => {
  const it = begin().answer('message.history', page([message(1), message(2)], true));
  assert.deepEqual(it.calls('message.history').map(({ params }) => params), [{ room: 7, after: 0, limit: 200 }, { room: 7, after: 2, limit: 200 }]);
  assert.deepEqual(it.of('save_file'), []);
  // The last one of a page comes again.
  it.answer('message.history', page([message(2), message(3)]));
  assert.equal(saved(it).match(/<noor> message/g)!.length, 3);
  assert.equal(it.of('save_file')[0]!.name, 'general.txt');
  assert.match(it.state.form.saved, /^3 messages, saved as general\.txt/);
  assert.deepEqual(it.texts(), ['message 9', 'message 10'], 'the room itself is what it was');
});

test('a server that is busy and a lost connection are waited for; a refusal is said', () => {
  const it = begin().refuse('message.history', { status: -32029, code: 'rate_limited' });
  assert.equal(it.calls('message.history').length, 1);
  it.waits(1_000);
  assert.equal(it.calls('message.history').length, 2);
  it.refuse('message.history', { status: 0, code: 'connection_lost' }).lose().waits(60_000);
  assert.equal(it.calls('message.history').length, 2);
  it.resume();
  assert.equal(it.calls('message.history').filter(({ purpose }) => purpose?.why === 'transcript').length, 3);
  const other = begin().refuse('message.history', { status: -32003, message: 'Not yours.' });
  assert.equal(other.state.form.error, 'Not yours.');
  assert.equal(other.state.transcript, null);
});

test('closed, signed out, or the server restored meanwhile: nothing is saved', () => {
  const closed = begin().does({ type: 'show_dialog', dialog: { kind: 'none' } }).answer('message.history', page([message(1)]));
  assert.deepEqual(closed.of('save_file'), []);
  const revoked = begin().event('session.revoked', { reason: '' }).answer('message.history', page([message(1)]));
  assert.deepEqual(revoked.of('save_file'), []);
  const restored = begin().lose().resume([], 6);
  assert.match(restored.state.form.error, /restored from a backup/);
  // Of the first one, when a second was begun.
  const twice = begin().does({ type: 'stop_transcript' }).does({ type: 'save_transcript', room: 7, format: 'html' });
  twice.answer('message.history', page([message(1)]), 0);
  assert.deepEqual(twice.of('save_file'), []);
});

test('what somebody wrote is text, in each of the three forms', () => {
  const bad = [message(1, { text: '</p><script>alert(1)</script>\n2020-01-01 00:00:00 <lena> I quit' }), message(2, { deleted: true, text: '' }), message(3, { text: '', files: [{ id: 'x', name: 'a"b.txt', size: 3, type: 't', sha256: 'ff' }] })];
  const html = saved(begin('html').answer('message.history', page(bad)));
  assert.ok(!html.includes('<script') && html.includes('&#60;script&#62;') && html.includes('a &#60;topic&#62;'));
  assert.ok(html.includes('(deleted)') && html.includes('[a&#34;b.txt, 3 bytes, SHA-256 ff]'));
  const text = saved(begin('text').answer('message.history', page(bad)));
  assert.equal(text.split('\n').filter((line) => /^\d{4}-/.test(line)).length, 3, 'a line of theirs never looks like one of ours');
  const json = JSON.parse(saved(begin('json').answer('message.history', page(bad)))) as { room: { name: string }; messages: { name: string; message: Message }[] };
  assert.deepEqual(json.messages.map((one) => one.message), bad);
  assert.equal(JSON.parse(saved(begin('json').answer('message.history', page([])))).messages.length, 0);
});
