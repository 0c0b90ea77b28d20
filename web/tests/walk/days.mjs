// What a browser, a device or another server does to a page. Each day begins with a browser of its own that is signed in.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBrowser, openWith } from './browser.mjs';
import { pictures, until } from './office.mjs';
import { closeDialog, countOf, openRoom, post, postAtOnce, row, sees, signIn } from './page.mjs';

const kWeek = 7 * 24 * 3600_000;

// Between the page and the server: stops handing on, or changes what passes.
async function between(page, change = {}) {
  const line = { deaf: false, opened: 0 };
  await page.routeWebSocket(/\/api\/v1\/ws/, (socket) => {
    const server = socket.connectToServer();
    const mine = ++line.opened;
    const isDead = () => line.deaf && mine === line.deafOne;
    socket.onMessage((message) => { if (!isDead()) for (const one of [change.up?.(message) ?? message].flat()) server.send(one); });
    server.onMessage((message) => { if (!isDead()) for (const one of [change.down?.(message) ?? message].flat()) socket.send(one); });
  });
  line.fallSilent = () => { line.deafOne = line.opened; line.deaf = true; };
  return line;
}

export async function days(walk) {
  const { office, step } = walk;
  const open = [];
  const fresh = async (size = 'desktop', prepare = async () => {}, person = 'mateo') => {
    const page = await openBrowser(walk.browser, size, 'light', walk.faults);
    open.push(page.context());
    await prepare(page);
    await signIn(page, office, person);
    await openRoom(page, 'general');
    return page;
  };
  // None needs another one, so that one that goes wrong hides nothing of the rest.
  const day = async (name, act) => {
    try {
      await step(name, act);
    } catch (error) {
      console.log(`-- ${error.stack}`);
      walk.faults.push(error.message);
      for (const [at, page] of open.flatMap((context) => context.pages()).entries())
        await page.screenshot({ path: `${pictures}failed-${walk.faults.length}-${at}.png`, timeout: 5_000 }).catch(() => {});
      if (office.server.exitCode !== null || office.server.signalCode !== null) await office.serve();
    }
    for (const context of open.splice(0)) await context.close();
    // A draft is on all devices of its person, and would be in the next day's composer.
    const { drafts } = await office.call('mateo', 'draft.list', {});
    for (const { room, thread } of drafts) await office.call('mateo', 'draft.set', { room, ...(thread && { thread }), text: '' });
  };
  const say = (text) => office.ctl(['say', 'general', text]);
  const stored = async (text) => {
    const { rooms } = await office.call('lena', 'room.list', {});
    const general = rooms.find((one) => one.name === 'general').id;
    const { messages } = await office.call('lena', 'message.history', { room: general, limit: 200 });
    return messages.filter((one) => one.text === text).length;
  };

  await day('asleep for a week: the connection that looks alive is found dead', async () => {
    let line;
    const page = await fresh('desktop', async (page) => {
      await page.clock.install();
      line = await between(page);
    });
    line.fallSilent();
    await say('said while it slept');
    await page.clock.fastForward(kWeek);
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    const begun = Date.now();
    await sees(page, 'said while it slept');
    const took = Date.now() - begun;
    console.log(`   it saw after ${(took / 1000).toFixed(1)} s what was said`);
    assert.equal(line.opened, 2, 'one connection more');
    assert.ok(took < 30_000, "a person doesn't wait for a heartbeat");
    await post(page, 'awake again');
    await until('stored', async () => (await stored('awake again')) === 1);
  });

  await day('a clock that is years off', async () => {
    for (const [name, off] of [['1970', -Date.now() + 5_000], ['ten years on', 10 * 365 * 24 * 3600_000]]) {
      const page = await fresh('phone', (page) => page.addInitScript((off) => {
        const now = Date.now.bind(Date);
        Date.now = () => now() + off;
      }, off));
      await post(page, `by a clock of ${name}, one`);
      await post(page, `by a clock of ${name}, two`);
      for (const which of ['one', 'two']) {
        await sees(page, `by a clock of ${name}, ${which}`);
        await until('stored', async () => (await stored(`by a clock of ${name}, ${which}`)) === 1);
      }
      await page.reload();
      await openRoom(page, 'general');
      await sees(page, `by a clock of ${name}, two`);
      const shown = await page.locator('.message').allTextContents();
      const at = (which) => shown.findIndex((text) => text.includes(`by a clock of ${name}, ${which}`));
      assert.ok(at('one') < at('two'), 'in the order written');
    }
  });

  await day('the storage is full: nothing is lost, and it is said', async () => {
    const page = await fresh();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: office.url, quotaSize: 1 });
    await post(page, 'written on a full disk');
    const entry = page.locator('.message', { hasText: 'written on a full disk' });
    await until('stored, or refused with a word', async () => (await stored('written on a full disk')) === 1 || (await entry.getByText('storage is full').count()) === 1);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: office.url });
    if ((await stored('written on a full disk')) === 0) {
      await entry.getByRole('button', { name: 'Try again' }).click();
      await until('stored', async () => (await stored('written on a full disk')) === 1);
    }
    await sees(page, 'written on a full disk');
    assert.equal(await stored('written on a full disk'), 1);
  });

  await day("the site's data is cleared while the page is open", async () => {
    const page = await fresh();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Storage.clearDataForOrigin', { origin: office.url, storageTypes: 'indexeddb,service_workers,cache_storage' });
    await post(page, 'after the broom');
    await sees(page, 'after the broom');
    assert.equal(await stored('after the broom'), 1);
  });

  const refusals = {
    'IndexedDB refuses (a private window)': () => { indexedDB.open = () => { throw new DOMException('no', 'SecurityError'); }; },
    'IndexedDB fails': () => {
      indexedDB.open = () => {
        const request = { error: new DOMException('no', 'UnknownError') };
        setTimeout(() => request.onerror?.({ target: request }), 10);
        return request;
      };
    },
    'IndexedDB never answers': () => { indexedDB.open = () => ({}); },
    "there are no locks, no channel, no worker": () => {
      for (const name of ['locks', 'serviceWorker']) Object.defineProperty(Navigator.prototype, name, { value: undefined });
      delete globalThis.BroadcastChannel;
    },
    'the channel refuses': () => { globalThis.BroadcastChannel = class { constructor() { throw new DOMException('no', 'SecurityError'); } }; },
  };
  for (const [name, refuse] of Object.entries(refusals))
    await day(name, async () => {
      const page = await fresh('desktop', (page) => page.addInitScript(refuse));
      const text = `although ${name}`;
      await post(page, text);
      await sees(page, text);
      await until('stored', async () => (await stored(text)) === 1);
      await page.reload();
      await sees(page, text);
    });

  await day("the browser's own setting takes no cookies, and with them no storage: it is said, and the page is no blank one", async () => {
    const profile = join(office.root, 'without-cookies');
    mkdirSync(join(profile, 'Default'), { recursive: true });
    writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }));
    const page = await openWith(profile, 'desktop', 'light', walk.faults);
    open.push(page.context());
    await signIn(page, office, 'mateo', 'no session');
    // Else it would be another browser than the one that is meant.
    assert.equal(await page.evaluate(() => { try { return typeof localStorage; } catch (error) { return error.name; } }), 'SecurityError');
    await page.getByText("Signing in worked, but this browser didn't keep the session. Allow cookies for this page, then sign in again.").waitFor();
    await page.reload();
    await page.getByLabel('Password').waitFor();
  });

  await day('cookies are off: it is said, and what was typed stays', async () => {
    const page = await openBrowser(walk.browser, 'desktop', 'light', walk.faults);
    open.push(page.context());
    await page.route(/\/api\/v1\/web\/session/, async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      const response = await route.fetch();
      await page.context().clearCookies();
      await route.fulfill({ response, headers: Object.fromEntries(Object.entries(response.headers()).filter(([name]) => name !== 'set-cookie')) });
    });
    await signIn(page, office, 'mateo', 'no session');
    await page.getByText(/cookies/).waitFor();
    assert.equal(await page.getByLabel('Name').inputValue(), 'mateo');
  });

  await day('a draft is on all devices of its person, and gone where it was sent on one', async () => {
    const [desk, pocket] = [await fresh(), await fresh('phone')];
    const draftOn = (page) => page.locator('textarea').inputValue();
    await desk.locator('textarea').fill('begun at the desk');
    await until('the draft on the phone', async () => (await draftOn(pocket)) === 'begun at the desk');
    await pocket.locator('.send').click();
    await sees(desk, 'begun at the desk');
    await until('no draft at the desk', async () => (await draftOn(desk)) === '');
    assert.equal(await stored('begun at the desk'), 1);
    // A device that comes later has it, too.
    await desk.locator('textarea').fill('for later');
    await until('told', async () => (await office.call('mateo', 'draft.list', {})).drafts.some((draft) => draft.text === 'for later'));
    const later = await fresh();
    await until('the draft on a device that comes later', async () => (await draftOn(later)) === 'for later');
  });

  await day('five tabs: one connection, and each message once', async () => {
    const first = await fresh();
    const tabs = [first];
    const sockets = [];
    for (let i = 1; i < 5; ++i) {
      const tab = await first.context().newPage();
      tab.on('websocket', (socket) => sockets.push(socket.url()));
      await tab.goto(office.url);
      await openRoom(tab, 'general');
      tabs.push(tab);
    }
    await Promise.all(tabs.map((tab, i) => postAtOnce(tab, `tab ${i} of five`)));
    for (const tab of tabs) for (let i = 0; i < 5; ++i) await sees(tab, `tab ${i} of five`);
    for (const tab of tabs) for (let i = 0; i < 5; ++i) assert.equal(await countOf(tab, `tab ${i} of five`), 1);
    assert.deepEqual(sockets, [], 'one connection');
    // The one with the connection dies as a tab does that takes too much memory.
    await post(tabs[1], 'while a tab dies');
    const devtools = await first.context().newCDPSession(first);
    devtools.send('Page.crash').catch(() => {});
    for (const tab of tabs.slice(1)) await sees(tab, 'while a tab dies');
    await until('stored', async () => (await stored('while a tab dies')) === 1);
    await say('to those who are left');
    for (const tab of tabs.slice(1)) await sees(tab, 'to those who are left');
    assert.equal(await stored('while a tab dies'), 1);
  });

  await day('the tab with the connection is frozen: another one takes it', async () => {
    const first = await fresh();
    const second = await first.context().newPage();
    await second.goto(office.url);
    await openRoom(second, 'general');
    await sees(second, 'by a clock of');
    const devtools = await first.context().newCDPSession(first);
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
    await second.bringToFront();
    await post(second, 'beside a frozen tab');
    await until('stored', async () => (await stored('beside a frozen tab')) === 1);
    await sees(second, 'beside a frozen tab');
    await devtools.send('Page.setWebLifecycleState', { state: 'active' });
    await sees(first, 'beside a frozen tab');
    await post(first, 'thawed');
    await sees(second, 'thawed');
    for (const text of ['beside a frozen tab', 'thawed']) assert.equal(await stored(text), 1, text);
  });

  await day('the tab is killed while it sends', async () => {
    const page = await fresh();
    const context = page.context();
    for (let i = 0; i < 5; ++i) await post(page, `sent and killed ${i}`);
    await page.close({ runBeforeUnload: false });
    const next = await context.newPage();
    await next.goto(office.url);
    await openRoom(next, 'general');
    for (let i = 0; i < 5; ++i) await sees(next, `sent and killed ${i}`);
    for (let i = 0; i < 5; ++i) assert.equal(await stored(`sent and killed ${i}`), 1);
  });

  await day('the session is ended from elsewhere: what others wrote goes, what was typed stays', async () => {
    const page = await fresh();
    await page.locator('textarea').fill('not sent yet');
    await sees(page, 'to those who are left');
    const { sessions } = await office.call('mateo', 'session.list', {});
    for (const one of sessions.filter((one) => one.client?.startsWith('Browser'))) await office.call('mateo', 'session.revoke', { session: one.id }).catch(() => {});
    await page.getByLabel('Password').waitFor();
    assert.ok(!(await page.content()).includes('to those who are left'), 'nothing to read');
    const left = await page.evaluate(async () => {
      const database = await new Promise((resolve) => { indexedDB.open('wardroom').onsuccess = (event) => resolve(event.target.result); });
      const count = await new Promise((resolve) => { database.transaction('messages').objectStore('messages').count().onsuccess = (event) => resolve(event.target.result); });
      database.close();
      return count;
    });
    assert.equal(left, 0, 'nothing on the disk');
    await signIn(page, office, 'mateo');
    await openRoom(page, 'general');
    assert.equal(await page.locator('textarea').inputValue(), 'not sent yet');
    await page.locator('textarea').fill('');
  });

  await day('a newer page while this one is open: told, taken, nothing lost', async () => {
    const page = await fresh();
    await page.locator('textarea').fill('typed in the old page');
    const before = office.page;
    const newer = join(office.root, 'newer');
    cpSync(before, newer, { recursive: true });
    const script = readdirSync(join(newer, 'assets')).find((name) => /^app-.*\.js$/.test(name));
    const renamed = 'app-AAAAAAAA.js';
    for (const name of readdirSync(join(newer, 'assets')).filter((one) => one.startsWith(script))) {
      cpSync(join(newer, 'assets', name), join(newer, 'assets', name.replace(script, renamed)));
      rmSync(join(newer, 'assets', name));
    }
    for (const name of ['index.html', 'sw.js']) {
      writeFileSync(join(newer, name), readFileSync(join(newer, name), 'utf8').replaceAll(script, renamed));
      for (const packed of ['.gz', '.br']) rmSync(join(newer, name + packed), { force: true });
    }
    await office.showPage(newer);
    await office.kill();
    await office.serve();
    await page.getByText('There is a newer version').waitFor();
    // The tab that goes on needs what it loads late, which the server doesn't have any more under every name.
    await page.locator('.self').click();
    await page.locator('dialog.sheet').getByRole('button', { name: 'Settings' }).click();
    await closeDialog(page);
    await page.getByRole('button', { name: 'Load it' }).click();
    await until('the newer one', () => page.evaluate((name) => !!document.querySelector(`script[src*="${name}"]`), renamed));
    await openRoom(page, 'general');
    assert.equal(await page.locator('textarea').inputValue(), 'typed in the old page');
    assert.equal(await page.getByText('There is a newer version').count(), 0);
    await page.locator('textarea').fill('');
    await office.showPage(before);
  });

  await day('an old page against a new server: what it does not know does no harm', async () => {
    const unknown = { jsonrpc: '2.0', method: 'canvas.drawn', params: { room: 1, seq: 4, strokes: [[1, 2]] } };
    const page = await fresh('desktop', (page) => between(page, {
      down: (text) => {
        const message = JSON.parse(text);
        const grow = (value) => {
          if (Array.isArray(value)) return value.map(grow);
          if (!value || typeof value !== 'object') return value;
          const grown = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, grow(one)]));
          return 'seq' in grown && 'text' in grown ? { ...grown, canvas: { strokes: [] }, flags: ['new'] } : { ...grown, newer: true };
        };
        return [JSON.stringify(unknown), JSON.stringify({ ...message, ...(message.params && { params: grow(message.params) }), ...(message.result && { result: grow(message.result) }) })];
      },
      up: (text) => {
        const message = JSON.parse(text);
        // As a server answers that has given a method up.
        return JSON.stringify(message.method === 'message.pins' ? { ...message, method: 'message.pins_of_before' } : message);
      },
    }));
    await say('from a newer server');
    await sees(page, 'from a newer server');
    await post(page, 'from an older page');
    await until('stored', async () => (await stored('from an older page')) === 1);
    await row(page, 'from an older page').waitFor();
    await page.getByRole('button', { name: 'Pinned messages' }).click();
    await page.locator('.panel').waitFor();
  });
}
