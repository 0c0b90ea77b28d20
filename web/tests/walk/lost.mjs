// The connection is lost in each act, once before the server gets to know of it and once after it has done it: nothing is
// lost, nothing doubled, and what was typed is still there to be sent again.
import assert from 'node:assert/strict';
import { openBrowser } from './browser.mjs';
import { until } from './office.mjs';
import { act, openRoom, post, row, sees, signIn } from './page.mjs';

// Between page and server: at the next call of `method` the connection ends, "before" it is handed on or "after" it was answered.
async function cuttingLine(page) {
  const line = { next: null, cuts: 0 };
  await page.routeWebSocket(/\/api\/v1\/ws/, (socket) => {
    const server = socket.connectToServer();
    let waitedFor = null;
    const cut = () => {
      line.next = null;
      ++line.cuts;
      socket.close({ code: 1011 });
      server.close();
    };
    socket.onMessage((text) => {
      const { id, method } = JSON.parse(text);
      if (method === line.next?.method) {
        if (line.next.when === 'before') return cut();
        waitedFor = id;
      }
      server.send(text);
    });
    server.onMessage((text) => {
      const { id } = JSON.parse(text);
      if (waitedFor !== null && id === waitedFor) return cut();
      socket.send(text);
    });
  });
  line.cutAt = (method, when) => {
    line.next = { method, when };
    line.cuts = 0;
  };
  return line;
}

export async function lost(walk) {
  const { office, step } = walk;
  const page = await openBrowser(walk.browser, 'desktop', 'light', walk.faults);
  const line = await cuttingLine(page);
  const composer = page.locator('.composer textarea').first(); // the room's
  let room;
  const messages = async () => (await office.call('mateo', 'message.history', { room, limit: 100 })).messages;
  const named = async (text) => (await messages()).find((one) => one.text === text);
  const online = () => page.locator('.banner').waitFor({ state: 'detached' });
  // The act, cut off; then the connection is back.
  const cutOff = async (method, when, doIt) => {
    line.cutAt(method, when);
    await doIt();
    await until(`the connection was cut at ${method}`, () => line.cuts === 1);
    await online();
  };
  // What is true in the end may be true at once, or the page still has what the person gave it, and takes it again.
  const inBothWays = async (name, method, prepare, doIt, again, check) => {
    for (const when of ['before', 'after'])
      await step(`the connection is lost ${when} ${name}`, async () => {
        const it = `${name.replaceAll(' ', '-')}-${when}`;
        await prepare(it);
        await cutOff(method, when, () => doIt(it));
        if (!(await check(it).catch(() => false))) await again(it);
        await until(`${it} is as it should be`, () => check(it));
      });
  };
  const nothing = async () => {};
  const said = async (text) => {
    await post(page, text);
    await sees(page, text);
  };

  await step('somebody is in a room', async () => {
    await signIn(page, office, 'lena');
    await openRoom(page, 'general');
    room = (await office.call('mateo', 'room.list', {})).rooms.find((one) => one.name === 'general').id;
  });

  await inBothWays('a post', 'message.post', nothing, (it) => post(page, it), nothing,
    async (it) => (await messages()).filter((one) => one.text === it).length === 1 && (await row(page, it).count()) === 1);

  await inBothWays('an edit', 'message.edit', said, async (it) => {
    await composer.press('ArrowUp');
    await until('the text to edit', async () => (await composer.inputValue()) === it);
    await composer.fill(`${it}, better`);
    await composer.press('Enter');
  }, async (it) => {
    await until('the text came back', async () => (await composer.inputValue()) === `${it}, better`);
    await composer.press('Enter');
  }, async (it) => !!(await named(`${it}, better`)) && !(await named(it)) && (await row(page, `${it}, better`).count()) === 1);
  // An edit that was done, and whose answer was lost, may stand in the composer still.
  await composer.press('Escape');
  await composer.fill('');

  await inBothWays('a reaction', 'message.react', said, async (it) => {
    await act(page, it, 'React…');
    await page.locator('.emoji-grid.quick button').first().click();
  }, async (it) => {
    await act(page, it, 'React…');
    await page.locator('.emoji-grid.quick button').first().click();
  }, async (it) => (await named(it)).reactions.length === 1 && (await row(page, it).locator('.reaction').count()) === 1);

  await inBothWays('a pin', 'message.pin', said, (it) => act(page, it, 'Pin'), (it) => act(page, it, 'Pin'),
    async (it) => !!(await named(it)).pinned && (await row(page, it).locator('.pinned').count()) === 1);

  const deleteIt = (it) => act(page, it, 'Delete');
  await inBothWays('a deletion', 'message.delete', said, deleteIt, deleteIt, async (it) => !(await named(it)) && (await row(page, it).count()) === 0);

  await inBothWays('a reply in a thread', 'message.post', async (it) => {
    if (await page.locator('.thread').count()) await page.getByRole('button', { name: 'Close: Thread' }).click();
    await said(it);
    await act(page, it, 'Reply in thread');
    await page.locator('.thread textarea').waitFor();
  }, async (it) => {
    await page.locator('.thread textarea').fill(`${it}, the reply`);
    await page.locator('.thread .send').click();
  }, nothing, async (it) => {
    const { seq } = await named(it);
    const { messages: replies } = await office.call('mateo', 'message.thread', { room, root: seq });
    return replies.filter((one) => one.text === `${it}, the reply`).length === 1 && (await page.locator('.thread .message:not(.pending)', { hasText: `${it}, the reply` }).count()) === 1;
  });
  await page.getByRole('button', { name: 'Close: Thread' }).click();

  const makeRoom = async (it) => {
    if (!(await page.locator('dialog[open]').count())) {
      await page.getByRole('button', { name: 'Make a room' }).click();
      await page.locator('.dialog').getByLabel('Name', { exact: true }).fill(it);
    }
    await page.locator('.dialog').getByRole('button', { name: 'Make the room' }).click();
  };
  await inBothWays('a new room', 'room.create', nothing, makeRoom, makeRoom, async (it) => (await page.locator('.room-link', { hasText: it }).count()) === 1);
  for (const open of await page.locator('dialog[open]').all()) await open.press('Escape');
  await openRoom(page, 'general');

  const sought = (it) => it.replace('search', 'post');
  const search = async (it) => {
    if (!(await page.getByLabel('Search for').isVisible())) await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByLabel('Search for').fill(sought(it));
    await page.locator('.search-form button').click();
  };
  await inBothWays('a search', 'message.search', nothing, search, search, async (it) => (await page.locator('.hit', { hasText: sought(it) }).count()) >= 1);

  for (const when of ['before', 'after'])
    await step(`the connection is lost ${when} a piece of a file`, async () => {
      const it = `file-${when}.txt`;
      let cut = 0;
      await page.route(/\/api\/v1\/uploads\//, async (route) => {
        if (route.request().method() !== 'PATCH' || cut++) return route.continue();
        if (when === 'after') await route.fetch();
        return route.abort('connectionreset');
      });
      await page.locator('input[type=file]').first().setInputFiles({ name: it, mimeType: 'text/plain', buffer: Buffer.from('tide '.repeat(1_000)) });
      await page.locator('.send').first().click();
      await until('the file is there', async () => (await messages()).filter((one) => one.files?.some((file) => file.name === it)).length === 1);
      assert.ok(cut >= 1, 'it was cut');
      await page.unroute(/\/api\/v1\/uploads\//);
      const [file] = (await messages()).flatMap((one) => one.files ?? []).filter((one) => one.name === it);
      assert.equal(file.size, 5_000);
    });

  for (const when of ['before', 'after'])
    await step(`the connection is lost ${when} signing in`, async () => {
      const other = await openBrowser(walk.browser, 'phone', 'light', walk.faults);
      let cut = 0;
      await other.route(/\/api\/v1\/web\/session/, async (route) => {
        if (route.request().method() !== 'POST' || cut++) return route.continue();
        if (when === 'after') await route.fetch();
        return route.abort('connectionreset');
      });
      await other.goto(office.url);
      await other.getByLabel('Name').fill('mateo');
      await other.getByLabel('Password').fill('three boats at noon');
      await other.getByRole('button', { name: 'Sign in' }).click();
      await other.getByText("The server doesn't answer").waitFor();
      assert.equal(await other.getByLabel('Name').inputValue(), 'mateo');
      await signIn(other, office, 'mateo');
      await other.context().close();
    });
  await page.context().close();
}
