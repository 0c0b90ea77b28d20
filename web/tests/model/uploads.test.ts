import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attachedTo } from '../../src/model/uploads.ts';
import { lena, Page } from './office.ts';

const bytes = {} as Blob;
const chosen = (...names: string[]) => names.map((name) => ({ name, size: 1_000, type: 'text/plain', blob: bytes }));
const attach = (page: Page, ...names: string[]) => page.does({ type: 'attach', room: 7, chosen: chosen(...names) });
const idOf = (page: Page, at = -1) => page.of('save_upload').at(at)!.row.id;
const kept = (page: Page, id = idOf(page)) => page.take({ type: 'upload_saved', id, error: '' });
const went = (page: Page, id: string, sent = 10) => page.take({ type: 'upload_went', id, upload: `server-${id}`, sent });
const whole = (page: Page, id: string) => went(page, id).take({ type: 'upload_ended', id });
const refused = (page: Page, id: string, failure: { status?: number; code?: string; message?: string; retryAfterMs?: number }) =>
  page.take({ type: 'upload_ended', id, failure: { status: -32009, code: '', message: 'No.', ...failure } });
const send = (page: Page, text: string) => page.does({ type: 'send', room: 7, text });
const saved = (page: Page) => page.take({ type: 'outbox_saved', client_id: page.of('save_outbox').at(-1)!.row.client_id, error: '' });
const stored = { id: 'x', name: 'plan.pdf', size: 1_000, type: 'application/pdf', sha256: 'y' };

test('a file is in this browser before it goes up, and goes up while the person still writes', () => {
  const page = attach(Page.open(), 'plan.pdf');
  assert.equal(page.of('save_upload')[0]!.blob, bytes);
  assert.equal(page.of('send_upload').length, 0);
  kept(page);
  assert.equal(page.of('send_upload')[0]!.row.name, 'plan.pdf');
  assert.deepEqual(attachedTo(page.state, 7).map((entry) => entry.stage), ['sending']);
});

test('one file after the other', () => {
  const page = attach(Page.open(), 'one', 'two');
  kept(page, idOf(page, 0));
  kept(page, idOf(page, 1));
  assert.deepEqual(page.of('send_upload').map((effect) => effect.row.name), ['one']);
  whole(page, idOf(page, 0));
  assert.deepEqual(page.of('send_upload').map((effect) => effect.row.name), ['one', 'two']);
});

test('a message goes out with all of its files, not before, and what is written after it does not wait', () => {
  const page = kept(attach(Page.open(), 'plan.pdf'));
  saved(send(page, 'see this'));
  assert.equal(page.calls('message.post').length, 0);
  assert.equal(attachedTo(page.state, 7).length, 0);
  saved(send(page, 'something else'));
  assert.deepEqual(page.calls('message.post').map((call) => call.params.text), ['something else']);
  page.answer('message.post', { seq: 11, at: 2 });
  whole(page, idOf(page));
  assert.deepEqual(page.calls('message.post').at(-1)!.params.files, [`server-${idOf(page)}`]);
});

test('files alone are a message, nothing at all is none', () => {
  const page = send(Page.open(), ' ');
  assert.equal(page.of('save_outbox').length, 0);
  saved(send(whole(kept(attach(page, 'plan.pdf')), idOf(page)), ''));
  assert.equal(page.calls('message.post')[0]!.params.text, '');
});

test('the row stays until the event brings the files, whatever comes first', () => {
  for (const eventFirst of [true, false]) {
    const page = kept(attach(Page.open(), 'plan.pdf'));
    saved(send(whole(page, idOf(page)), 'see this'));
    const { client_id } = page.calls('message.post')[0]!.params;
    const event = () => page.event('message.posted', { room: 7, seq: 11, at: 2, author: lena.id, client_id, text: 'see this', files: [stored] });
    if (eventFirst) event();
    page.answer('message.post', { seq: 11, at: 2 });
    if (!eventFirst) {
      assert.equal(page.state.outbox[0]!.stage, 'stored');
      event();
    }
    assert.equal(page.state.outbox.length, 0);
    assert.deepEqual(page.room().timeline.message(11)!.files, [stored]);
    assert.deepEqual(page.of('drop_upload').map((effect) => effect.atServer), [false]);
    assert.equal(page.state.uploads.length, 0);
  }
});

test('an event that was lost is asked for', () => {
  const page = kept(attach(Page.open(), 'plan.pdf'));
  saved(send(whole(page, idOf(page)), 'see this')).answer('message.post', { seq: 11, at: 2 });
  page.waits(500);
  assert.equal(page.calls('message.changes')[0]!.params.since, 10);
});

test('posted before a crash: the same answer again ends the row', () => {
  const row = { client_id: 'c-1', room: 7, text: '', files: ['u-1'], at: 1 };
  const page = Page.open();
  page.take({ type: 'sends', sends: true, rows: [row], uploads: [{ id: 'u-1', room: 7, name: 'a', size: 1, type: '', at: 1, upload: 's-1' }] });
  page.take({ type: 'upload_ended', id: 'u-1' });
  page.answer('message.post', { seq: 9, at: 2 });
  assert.equal(page.state.outbox.length, 0);
  assert.equal(page.of('erase_outbox').length, 1);
});

test('a lost connection is waited out, and the next try asks where to go on', () => {
  const page = kept(attach(Page.open(), 'plan.pdf'));
  went(page, idOf(page), 400);
  page.lose();
  page.take({ type: 'upload_ended', id: idOf(page), failure: { status: 0, code: 'connection_lost', message: 'gone' } }).clear();
  page.waits(60_000);
  assert.equal(page.of('send_upload').length, 0, 'offline');
  const id = page.state.uploads[0]!.row.id;
  page.resume();
  assert.equal(page.of('send_upload')[0]!.row.upload, `server-${id}`);
});

test('what the server will not take is said at the file, and keeps a message from going without it', () => {
  const page = kept(attach(Page.open(), 'setup.exe'));
  refused(page, idOf(page), { code: 'file_type_refused', message: "Files of this type aren't taken." });
  send(page, 'here it is');
  assert.equal(page.of('save_outbox').length, 0);
  assert.equal(page.room().draft, 'here it is');
  page.does({ type: 'remove_upload', room: 7, id: idOf(page) });
  assert.equal(page.of('drop_upload')[0]!.atServer, true);
  saved(send(page, 'here it is'));
  assert.equal(page.calls('message.post')[0]!.params.files, undefined);
});

test('refused after the message was sent: the message says so, waits, and can be taken back with its files', () => {
  const page = kept(attach(Page.open(), 'setup.exe'));
  saved(send(page, 'here it is'));
  refused(page, idOf(page), { code: 'file_type_refused', message: 'Not taken.' });
  assert.match(page.state.outbox[0]!.row.failure!, /setup\.exe: Not taken/);
  page.does({ type: 'rewrite_message', room: 7, clientId: page.state.outbox[0]!.row.client_id });
  assert.equal(page.room().draft, 'here it is');
  assert.deepEqual(attachedTo(page.state, 7).map((entry) => entry.row.name), ['setup.exe']);
  assert.equal(page.of('drop_upload').length, 0);
});

test('a message that is thrown away takes what was sent of its files with it', () => {
  const page = kept(attach(Page.open(), 'setup.exe'));
  saved(send(page, ''));
  refused(page, idOf(page), { code: 'file_type_refused' });
  page.does({ type: 'discard_message', room: 7, clientId: page.state.outbox[0]!.row.client_id });
  assert.deepEqual(page.of('drop_upload').map((effect) => effect.atServer), [true]);
});

test('an upload that the server no longer has goes up again, and so does the message', () => {
  const page = kept(attach(Page.open(), 'plan.pdf'));
  saved(send(whole(page, idOf(page)), 'see this')).clear();
  page.take({ type: 'answer', method: 'message.post', params: { room: 7, client_id: page.state.outbox[0]!.row.client_id, text: 'see this' },
    error: { status: -32004, code: '', message: 'No such upload.', field: 'params.files[0]' } } as never);
  assert.equal(page.of('send_upload').length, 1);
  assert.equal(page.calls('message.post').length, 0);
  whole(page, page.state.uploads[0]!.row.id);
  assert.equal(page.calls('message.post').length, 1);
});

test('a row whose file is gone is not sent with fewer', () => {
  const page = Page.open();
  page.take({ type: 'sends', sends: true, rows: [{ client_id: 'c-1', room: 7, text: 'two files', files: ['u-1', 'u-2'], at: 1 }],
    uploads: [{ id: 'u-1', room: 7, name: 'a', size: 1, type: '', at: 1 }] });
  assert.match(page.state.outbox[0]!.row.failure!, /isn't in this browser any more/);
  assert.equal(page.calls('message.post').length, 0);
});

test('what a dead tab was sending goes on here', () => {
  const page = Page.open();
  page.take({ type: 'sends', sends: false, rows: [], uploads: [] });
  page.take({ type: 'upload_taken', row: { id: 'u-1', room: 7, name: 'a', size: 9, type: '', at: 1 } });
  went(page, 'u-1', 4);
  assert.equal(page.of('send_upload').length, 0);
  page.take({ type: 'sends', sends: true, rows: [], uploads: [] });
  assert.equal(page.of('send_upload')[0]!.row.upload, 'server-u-1');
});

test('ten files are the most; the others are not forgotten without a word', () => {
  const page = attach(Page.open(), ...Array.from({ length: 12 }, (_, i) => `f${i}`));
  assert.equal(page.of('save_upload').length, 10);
  assert.match(page.state.toasts[0]!.text, /10 files at most/);
});

test('a browser that is full says that the page must stay open, and sends all the same', () => {
  const page = attach(Page.open(), 'film.mp4');
  page.take({ type: 'upload_saved', id: idOf(page), error: 'its storage is full.' });
  assert.match(page.state.toasts[0]!.text, /storage is full.*Leave this page open/);
  assert.equal(page.of('send_upload').length, 1);
});

test('leaving a room keeps what was attached, as a message that was not sent', () => {
  const page = kept(attach(Page.open(), 'plan.pdf'));
  page.event('member.left', { room: 7, seq: 11, at: 2, user: lena.id });
  assert.deepEqual(page.state.outbox.map((entry) => [entry.stage, entry.row.files!.length]), [['failed', 1]]);
});

test('signing out forgets files, too', () => {
  const page = kept(attach(Page.open(), 'plan.pdf')).does({ type: 'sign_out' });
  assert.equal(page.state.uploads.length, 0);
});
