import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { World } from '../../src/worker/shell.ts';
import { Shell } from '../../src/worker/shell.ts';

const kHere = 'https://office.test:7443';

// The browser's caches, and a server that can be taken away.
class Fake implements World {
  kept = new Map<string, Map<string, Response>>();
  served = new Map<string, string>();
  asked: string[] = [];
  timers: (() => void)[] = [];
  hangs = false;
  full = false;
  private store(name: string): Cache {
    const files = this.kept.get(name) ?? new Map<string, Response>();
    this.kept.set(name, files);
    return {
      match: async (key: string) => files.get(key)?.clone(),
      put: async (key: string, answer: Response) => {
        if (this.full) throw new DOMException('full', 'QuotaExceededError');
        files.set(key, answer);
      },
    } as unknown as Cache;
  }
  caches = {
    open: async (name: string) => this.store(name), keys: async () => [...this.kept.keys()], delete: async (name: string) => this.kept.delete(name),
    match: async (key: string) => [...this.kept.values()].map((files) => files.get(key)).find((one) => one)?.clone(),
  } as unknown as CacheStorage;
  async fetch(request: Request | string): Promise<Response> {
    const path = typeof request === 'string' ? request : new URL(request.url).pathname;
    this.asked.push(path);
    if (this.hangs) return new Promise(() => {});
    const body = this.served.get(path === '/join' ? '/' : path);
    if (!this.served.size) throw new TypeError('no network');
    return body === undefined ? new Response('no', { status: 404 }) : new Response(body);
  }
  after(): Promise<void> {
    return new Promise((resolve) => this.timers.push(resolve));
  }
  show(letter: string): this {
    this.served = new Map([['/', `page of /assets/app-${letter}.js`], [`/assets/app-${letter}.js`, `script ${letter}`], ['/icon.svg', `icon ${letter}`]]);
    return this;
  }
}
const shellOf = (world: Fake, letter: string): Shell => new Shell({ version: letter, script: `/assets/app-${letter}.js`, files: [`/assets/app-${letter}.js`, '/icon.svg'] }, world);
const ask = (path: string, mode = 'no-cors', method = 'GET'): Request => ({ url: kHere + path, method, mode }) as Request;
const text = async (answer: Promise<Response> | undefined): Promise<string> => (await answer!).text();

test('without a connection the page starts from what was kept, also by an invite link', async () => {
  const world = new Fake().show('A');
  const shell = shellOf(world, 'A');
  await shell.install();
  world.served.clear();
  assert.equal(await text(shell.answer(ask('/', 'navigate'), kHere)), 'page of /assets/app-A.js');
  assert.equal(await text(shell.answer(ask('/join', 'navigate'), kHere)), 'page of /assets/app-A.js');
  assert.equal(await text(shell.answer(ask('/assets/app-A.js'), kHere)), 'script A');
});

test('while the server answers, its page is shown, whatever is kept and whatever it says', async () => {
  const world = new Fake().show('A');
  const shell = shellOf(world, 'A');
  await shell.install();
  world.show('B');
  assert.equal(await text(shell.answer(ask('/', 'navigate'), kHere)), 'page of /assets/app-B.js');
  assert.equal(await text(shell.answer(ask('/assets/app-B.js'), kHere)), 'script B');
  world.served.delete('/');
  assert.equal((await shell.answer(ask('/', 'navigate'), kHere)!).status, 404);
});

test('a server that does not answer is waited for five seconds', async () => {
  const world = new Fake().show('A');
  const shell = shellOf(world, 'A');
  await shell.install();
  world.hangs = true;
  const answer = text(shell.answer(ask('/', 'navigate'), kHere));
  world.timers[0]!();
  assert.equal(await answer, 'page of /assets/app-A.js');
});

test('old and new files are never one page: a worker whose page was replaced meanwhile is not installed', async () => {
  const world = new Fake().show('B');
  await assert.rejects(shellOf(world, 'A').install(), /another page/);
  assert.deepEqual([...world.kept.keys()], []);
  world.show('A').served.delete('/icon.svg');
  await assert.rejects(shellOf(world, 'A').install(), /icon/);
  world.show('A').full = true;
  await assert.rejects(shellOf(world, 'A').install(), /full/);
  assert.deepEqual([...world.kept.keys()], [], 'all or nothing');
});

test('the build before stays for tabs that run it, older ones go, and other caches are left alone', async () => {
  const world = new Fake();
  world.kept.set('another', new Map());
  for (const letter of ['A', 'B', 'C']) {
    world.show(letter);
    await shellOf(world, letter).install();
  }
  const shell = shellOf(world, 'C');
  await shell.activate();
  assert.deepEqual([...world.kept.keys()], ['another', 'wardroom-shell-B', 'wardroom-shell-C']);
  assert.equal(await text(shell.answer(ask('/assets/app-B.js'), kHere)), 'script B');
  assert.equal(await text(shell.answer(ask('/', 'navigate'), kHere)), 'page of /assets/app-C.js');
});

test('calls, files of people, other pages, other hosts and anything but reading go their own way', async () => {
  const world = new Fake().show('A');
  const shell = shellOf(world, 'A');
  await shell.install();
  for (const request of [ask('/api/v1/account.get', 'cors', 'POST'), ask('/api/v1/files/1'), ask('/trust', 'navigate'), ask('/ca.crt', 'navigate'), ask('/', 'cors'), ask('/assets/app-A.js', 'cors', 'POST')])
    assert.equal(shell.answer(request, kHere), undefined, request.url);
  assert.equal(shell.answer({ ...ask('/'), url: 'https://elsewhere.test/', mode: 'navigate' } as Request, kHere), undefined);
  assert.ok(![...world.kept.get('wardroom-shell-A')!.keys()].some((name) => name.startsWith('/api')));
});
