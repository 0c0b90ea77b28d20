import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { beforeEach, test } from 'node:test';
import { IdSource } from '../../src/model/ids.ts';
import { newState } from '../../src/model/state.ts';
import { Session } from '../../src/session/session.ts';
import { lena, noor } from '../model/office.ts';
import { Server } from '../witness/log.ts';

// A session without a browser: no database, no other tabs, and a network that is looked at.
let sockets: FakeSocket[] = [];
let answers: Record<string, () => Response | Promise<Response>> = {};
let asked: string[] = [];
const timers: (() => void)[] = [];
const looks = new Map<string, () => void>(); // what the page hears of its window

class FakeSocket {
  static OPEN = 1;
  readyState = 1;
  sent: { id: number; method: string; params: Record<string, unknown> }[] = [];
  closed = false;
  onopen?: () => void;
  onmessage?: (event: { data: string }) => void;
  onclose?: (event: { code: number; reason: string }) => void;
  constructor() {
    sockets.push(this);
  }
  send(text: string): void {
    assert.ok(!this.closed, 'nothing is sent over a connection that was let go');
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.closed = true;
  }
  // The server's side.
  answer(method: string, result: unknown): void {
    const call = this.sent.findLast((one) => one.method === method)!;
    this.onmessage!({ data: JSON.stringify({ id: call.id, result }) });
  }
  resume(user: typeof lena): void {
    this.onopen!();
    const call = this.sent.find((one) => one.method === 'session.resume')!;
    this.onmessage!({ data: JSON.stringify({ id: call.id, result: { user, epoch: 1, features: [], reconnect_min_ms: 1, reconnect_max_ms: 2, rooms: [], users: [], must_change_password: false, must_enrol_second_factor: false } }) });
  }
}

const settle = async (): Promise<void> => {
  for (let i = 0; i < 20; ++i) await new Promise((resolve) => setImmediate(resolve));
};

beforeEach(() => {
  sockets = [];
  asked = [];
  timers.length = 0;
  answers = { 'GET /': () => new Response('<script src="/assets/app-AAAAAAAA.js">') };
  const define = (name: string, value: unknown) => Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  if (!globalThis.crypto) define('crypto', webcrypto);
  define('WebSocket', FakeSocket);
  define('BroadcastChannel', undefined);
  define('indexedDB', undefined);
  define('navigator', { userAgent: 'Firefox/128.0 Linux' });
  define('location', { origin: 'https://localhost:7443' });
  define('document', { hasFocus: () => true, visibilityState: 'visible', addEventListener: () => {}, querySelector: () => ({ src: 'https://localhost:7443/assets/app-AAAAAAAA.js' }) });
  define('addEventListener', (name: string, act: () => void) => looks.set(name, act));
  define('setInterval', () => 0);
  define('clearInterval', () => {});
  define('setTimeout', (act: () => void) => timers.push(act));
  define('clearTimeout', () => {});
  define('fetch', async (path: string, { method = 'GET' }: { method?: string } = {}) => {
    asked.push(`${method} ${path}`);
    const answer = answers[`${method} ${path}`];
    if (!answer) throw new TypeError('no network');
    return answer();
  });
});

async function begin(): Promise<Session> {
  const session = new Session(newState(new IdSource((bytes) => bytes.fill(7))), () => {});
  await session.start('');
  await settle();
  return session;
}
async function signIn(session: Session, user: typeof lena): Promise<void> {
  answers['POST /api/v1/web/session'] = () => new Response(JSON.stringify({ user, expires_at: 1, must_change_password: false, must_enrol_second_factor: false, epoch: 1, features: [] }));
  session.dispatch({ type: 'action', action: { type: 'sign_in', user: user.name, password: 'three boats at noon', code: '' } });
  await settle();
}

test('whoever signs in over another session goes by a connection of their own', async () => {
  const session = await begin();
  await signIn(session, lena);
  sockets[0]!.resume(lena);
  assert.equal(session.state.link.state, 'online');
  await signIn(session, noor);
  assert.equal(sockets.length, 2);
  assert.ok(sockets[0]!.closed);
  sockets[1]!.resume(noor);
  assert.equal(session.state.me!.id, noor.id);
});

test('a browser that kept nothing goes on by its cookie, and without one asks who it is', async () => {
  answers['POST /api/v1/account.get'] = () => new Response(JSON.stringify({ user: lena, must_change_password: false }));
  const session = await begin();
  sockets[0]!.resume(lena);
  assert.equal(session.state.me!.id, lena.id);
  assert.equal(session.state.link.state, 'online');
  const kNobody = "The server doesn't answer. Is this device online?";
  for (const [answer, why] of [[() => new Response('{"status":401}', { status: 401 }), ''], [undefined, kNobody], [() => new Response('<html>'), kNobody]] as const) {
    if (answer) answers['POST /api/v1/account.get'] = answer;
    else delete answers['POST /api/v1/account.get'];
    const other = await begin();
    assert.equal(other.state.signedIn, false);
    assert.equal(other.state.welcome.step, 'sign_in');
    assert.equal(other.state.welcome.error, why);
  }
});

test('a connection that says nothing any more is left soon after somebody looks', async () => {
  const session = await begin();
  await signIn(session, lena);
  sockets[0]!.resume(lena);
  const now = Date.now;
  try {
    Date.now = () => now() + 7 * 24 * 3600_000;
    const waiting = timers.length;
    looks.get('focus')!();
    assert.ok(sockets[0]!.sent.some((one) => one.method === 'announcement.get'), 'asked whether it is there');
    for (const act of timers.splice(waiting)) act();
    assert.ok(sockets[0]!.closed);
    assert.equal(session.state.link.state, 'offline');
    for (const act of timers.splice(waiting)) act();
    assert.equal(sockets.length, 2, 'and another one is opened');
    sockets[0]!.onmessage!({ data: '{"method":"message.posted","params":{}}' });
  } finally {
    Date.now = now;
  }
});

test('signing out without a connection is tried again until the server has heard of it', async () => {
  const session = await begin();
  await signIn(session, lena);
  sockets[0]!.resume(lena);
  session.dispatch({ type: 'action', action: { type: 'sign_out' } });
  await settle();
  assert.equal(session.state.welcome.signOutWaits, true);
  answers['DELETE /api/v1/web/session'] = () => new Response('{}');
  timers.pop()!();
  await settle();
  assert.equal(session.state.welcome.signOutWaits, false);
  assert.equal(asked.filter((one) => one.startsWith('DELETE')).length, 2);
});

test('a sign-out that is still due does not end the session of who signs in next', async () => {
  const session = await begin();
  await signIn(session, lena);
  session.dispatch({ type: 'action', action: { type: 'sign_out' } });
  await settle();
  const again = timers.pop()!;
  await signIn(session, noor);
  asked = [];
  again();
  await settle();
  assert.deepEqual(asked.filter((one) => one.startsWith('DELETE')), []);
});

test('a page that was replaced at the server is told of, the same one is not', async () => {
  const session = await begin();
  await signIn(session, lena);
  sockets[0]!.resume(lena);
  await settle();
  assert.equal(session.state.newerPage, false);
  answers['GET /'] = () => new Response('<script src="/assets/app-BBBBBBBB.js">');
  session.dispatch({ type: 'resumed', result: { user: lena, epoch: 1, features: [], reconnect_min_ms: 1, reconnect_max_ms: 2, rooms: [], users: [], must_change_password: false, must_enrol_second_factor: false } });
  await settle();
  assert.equal(session.state.newerPage, true);
});

test('the audit log is compared over the connection; what was shown falsely is an alarm, and nothing kept is said', async () => {
  const until = async (isThere: () => boolean): Promise<void> => {
    for (let i = 0; i < 5_000 && !isThere(); ++i) await new Promise((resolve) => setImmediate(resolve));
    assert.ok(isThere());
  };
  const session = await begin();
  await signIn(session, lena);
  const [socket] = sockets;
  socket!.resume(lena);
  const told = () => session.state.watch.told;
  const compare = (server: Server): void => {
    session.state.watch.nextAt = 0;
    session.dispatch({ type: 'tick' });
    socket!.answer('audit.checkpoint', server.offer());
  };
  const server = new Server().grow(5);
  compare(server);
  await until(() => told().lastCompared > 0);
  assert.match(told().unkept, /keeps nothing/);
  compare(server.grow(3));
  await until(() => socket!.sent.some((one) => one.method === 'audit.consistency'));
  socket!.answer('audit.consistency', server.prove({ from: 5, to: 8 }));
  await until(() => told().memory.witness.heads.at(-1)!.size === 8);
  assert.equal(told().memory.alarm, null);
  const forked = server.copy().grow(2);
  forked.lines[3] = 'another';
  socket!.sent = [];
  compare(forked);
  await until(() => socket!.sent.some((one) => one.method === 'audit.consistency'));
  socket!.answer('audit.consistency', forked.prove({ from: 8, to: 10 }));
  await until(() => told().memory.alarm !== null);
  assert.equal(told().memory.alarm!.seen!.size, 8);
  assert.equal(told().memory.witness.heads.at(-1)!.size, 8);
});
