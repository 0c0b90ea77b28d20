import assert from 'node:assert/strict';
import { test } from 'node:test';
import { render } from 'preact';
import type { Action } from '../../src/model/actions.ts';
import type { Dialog } from '../../src/model/state.ts';
import { Root } from '../../src/views/root.tsx';
import { noor, Page } from '../model/office.ts';
import { kAttacks } from '../walk/attacks.mjs';
import { openDocument } from './fake_dom.ts';
import type { FakeElement } from './fake_dom.ts';

const root = openDocument();
const pictures = { take: async () => ({ error: 'none here' }), release: () => {}, ownUrl: () => '' };
const done: Action[] = [];

async function draw(page: Page): Promise<FakeElement> {
  render(<Root state={page.state} emit={(action) => done.push(action)} pictures={pictures} />, root as never);
  // Effects come behind the drawing.
  await new Promise((resolve) => setTimeout(resolve, 5));
  return root;
}
const find = (name: string, value: string, attribute = 'class'): FakeElement[] =>
  root.all.filter((one) => (one.attributes[attribute] ?? String((one as never)[attribute === 'class' ? 'className' : attribute] ?? '')).split(' ').includes(value) && one.localName.startsWith(name));
const hrefOf = (one: FakeElement): string | undefined => one.attributes.href ?? (one as never as { href?: string }).href;
const file = (id: number, name: string, type: string) => ({ id: `0190b0b0-0000-7000-8000-${String(id).padStart(12, '0')}`, name, size: 2_048, type, sha256: 'x' });

test('the sign-in page, and what it says of a sign-out that is due', async () => {
  const page = new Page();
  page.take({ type: 'profile', profile: { me: null, epoch: 0, settings: { theme: 'system', doNotDisturb: false, lastRoom: 0 }, rooms: [], threadDrafts: [], told: [], people: [], outbox: [], uploads: [], invite: '', signOutWaits: true } });
  assert.match((await draw(page)).textContent, /Sign in at chat\.example:7443.*couldn't be told yet/);
});

test('a room with files in a message, in the composer, and on their way', async () => {
  const page = Page.open();
  page.event('message.posted', { room: 7, seq: 11, at: 2, author: noor.id, text: '', files: [file(1, 'crane.png', 'image/png'), file(2, 'plan.pdf', 'application/pdf')] });
  page.does({ type: 'open_room', room: 7 }).does({ type: 'attach', room: 7, chosen: [{ name: 'one.txt', size: 9, type: '', blob: {} as Blob }] });
  page.does({ type: 'send', room: 7, text: 'with a file' });
  page.does({ type: 'attach', room: 7, chosen: [{ name: 'two.txt', size: 9, type: '', blob: {} as Blob }] });
  const { textContent } = await draw(page);
  for (const words of ['crane.png', 'plan.pdf', '2.0 kB', 'one.txt', 'two.txt', 'with a file']) assert.ok(textContent.includes(words), words);
  const [save] = root.all.filter((one) => one.localName === 'a' && one.textContent.includes('plan.pdf'));
  assert.equal(save!.attributes.href ?? (save as never as { href: string }).href, '/api/v1/files/0190b0b0-0000-7000-8000-000000000002');
  assert.equal(find('li', 'upload').length, 2);
});

test('every dialog and panel is drawn', async () => {
  const page = Page.open();
  page.event('message.posted', { room: 7, seq: 11, at: 2, author: noor.id, text: 'look', files: [file(1, 'crane.png', 'image/png')] });
  const dialogs: [Dialog, RegExp][] = [
    [{ kind: 'browse' }, /Public rooms/], [{ kind: 'create' }, /Make the room/], [{ kind: 'direct' }, /Write to somebody/], [{ kind: 'settings' }, /Do not disturb/],
    [{ kind: 'sessions' }, /Where you're signed in/], [{ kind: 'password' }, /Change password/], [{ kind: 'second_factor' }, /Your password/], [{ kind: 'keys' }, /Shift Enter/],
    [{ kind: 'profile' }, /Display name/], [{ kind: 'topic' }, /Topic/], [{ kind: 'jump' }, /Jump to/], [{ kind: 'add_member' }, /Bring somebody in/],
    [{ kind: 'link', url: 'https://evil.example/' }, /evil\.example/], [{ kind: 'react', room: 7, seq: 11 }, /React/], [{ kind: 'picture', room: 7, seq: 11, at: 0 }, /crane\.png, 2\.0 kB/],
    [{ kind: 'versions', room: 7, seq: 11, versions: [] }, /Earlier texts/], [{ kind: 'confirm_leave', room: 7 }, /Leave this room/], [{ kind: 'confirm_end', room: 7 }, /End this conversation/],
    [{ kind: 'watch' }, /Nothing that can be read/], [{ kind: 'reports' }, /Closed/], [{ kind: 'transcript', room: 7 }, /Plain text/],
    [{ kind: 'reason', act: 'mute', room: 7, seq: 0, user: noor.id, reason: '', seconds: 3_600 }, /For how long/],
  ];
  for (const [dialog, words] of dialogs) {
    page.state.dialog = dialog;
    await draw(page);
    assert.match(root.all.filter((one) => one.localName === 'dialog').map((one) => one.textContent).join(), words, dialog.kind);
  }
  page.state.dialog = { kind: 'none' };
  page.state.roomFiles = { room: 7, files: [{ seq: 11, at: 2, author: noor.id, file: file(1, 'crane.png', 'image/png') }], more: true, loaded: true, busy: false, error: '' };
  for (const [panel, words] of [['members', /Members/], ['pins', /Pinned/], ['search', /Everywhere/], ['files', /crane\.png.*More/]] as const) {
    page.state.panel = panel;
    assert.match((await draw(page)).textContent, words, panel);
  }
});

test('an alarm about the audit log stands over everything, with both heads and what may be done', async () => {
  const page = Page.open();
  const note = `office.test/wardroom\n50\n${'A'.repeat(43)}=\n\n\u2014 x y\n`;
  page.state.watch.told = { ...page.state.watch.told, canSettle: true, memory: { ...page.state.watch.told.memory, alarm: { at: 1, sentence: 'Records were lost.', seen: { size: 50, at: 1, note }, seenKey: 'k', shown: 30, shownNote: note, shownKey: 'k' } } };
  assert.match((await draw(page)).textContent, /Records were lost\..*Hide until tomorrow/);
  page.state.dialog = { kind: 'watch' };
  assert.match((await draw(page)).textContent, /50 records.*AAAA-AAAA.*What the server showed instead.*30 records.*Auditors and administrators end it/);
});

test('a report with its evidence, and a second factor with its code', async () => {
  const page = Page.open();
  page.state.me = { ...page.state.me!, role: 'moderator' };
  const message = { seq: 4, at: 1, author: noor.id, text: 'the words' };
  page.does({ type: 'show_reports', tab: 'open' }).answer('moderation.reports', { more: false, open: 1, reports: [{ id: 1, room: 7, seq: 4, reporter: noor, reason: 'insults', at: 1, evidence_hash: 'h', open: true, evidence: { message, before: [], versions: [], room_kind: 'public', room_name: 'general', users: [noor] } }] });
  assert.match((await draw(page)).textContent, /Open \(1\).*Noor Haddad.*# general, public.*insults/);
  page.state.dialog = { kind: 'second_factor' };
  page.state.secondFactor = { stage: 'begun', secret: 'ABCD', uri: 'otpauth://totp/x?secret=ABCD', codes: [] };
  await draw(page);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const [code] = find('svg', 'qr');
  assert.match(code!.all[0]!.attributes.d!, /^M0 0h1v1h-1z/);
});

test('whatever people write, name or send: only elements of ours, and links that lead where they may', async () => {
  const page = Page.open();
  let seq = 10;
  for (const text of kAttacks as string[]) {
    ++seq;
    page.event('message.posted', { room: 7, seq, at: seq, author: noor.id, text, files: [file(seq, text.slice(0, 200), seq % 2 ? 'image/svg+xml' : 'text/html'), { ...file(0, text.slice(0, 50), 'text/plain'), id: text }] });
    page.event('message.reacted', { room: 7, seq: ++seq, at: 2, message: seq - 1, user: noor.id, emoji: text.slice(0, 16), on: true });
  }
  for (const text of (kAttacks as string[]).slice(0, 30)) {
    page.state.people.set(noor.id, { user: { ...noor, display_name: text }, presence: 'online', status: text });
    page.room().info = { ...page.room().info, topic: text, name: text };
    page.state.toasts = [{ id: seq, text, bad: true, until: Infinity }];
    await draw(page);
    for (const one of root.all) {
      assert.match(one.localName, /^(main|div|nav|section|header|button|span|bdi|h[123]|p|ul|ol|li|dl|dt|dd|kbd|svg|path|time|strong|em|s|code|pre|blockquote|a|img|textarea|input|small|progress)$/, one.localName);
      for (const name of Object.keys(one.attributes)) assert.ok(!/^on|^style$|^srcdoc$/.test(name), name);
      const href = hrefOf(one);
      if (href !== undefined) assert.match(href, /^(https?:\/\/|mailto:|\/api\/v1\/files\/[0-9a-f-]{36}$)/, href);
      const src = one.attributes.src ?? (one as never as { src?: string }).src;
      if (src !== undefined) assert.match(src, /^blob:/);
    }
  }
  // Else this would have looked at nothing.
  assert.equal(find('li', 'message').length, kAttacks.length + 2);
  assert.ok(root.all.filter((one) => one.localName === 'a' && /^http/.test(String(hrefOf(one)))).length > 5, 'links are links');
});
