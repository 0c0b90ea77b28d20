// Pages of other origins, which want to act as somebody who is signed in here: from another site, and from another port of
// the same host, for which a browser sends the cookie.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openBrowser } from './browser.mjs';
import { openRoom, post, sees, signIn } from './page.mjs';

const run = promisify(execFile);
const kEvilHost = 'evil.example'; // browser.mjs has it lead here

// One pixel.
const kPicture = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

async function serveForeignPages(office) {
  const [key, certificate] = ['foreign.key', 'foreign.crt'].map((name) => join(office.root, name));
  await run('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', `/CN=${kEvilHost}`, '-keyout', key, '-out', certificate]);
  const server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (_, answer) => {
    answer.writeHead(200, { 'Content-Type': 'text/html' });
    answer.end('<!doctype html><title>Win a boat</title><h1>Win a boat</h1>');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

// What a page can try in a browser, and what came of it. Each text that it would post is looked for afterwards.
async function attack(page, target, room, file, mark = 'forged') {
  return page.evaluate(async ({ target, room, file, mark }) => {
    const came = {};
    const fetched = async (name, path, options) => {
      try {
        const answer = await fetch(target + path, { credentials: 'include', ...options });
        came[name] = answer.type === 'opaque' ? 'opaque' : `read ${answer.status}: ${(await answer.text()).slice(0, 200)}`;
      } catch {
        came[name] = 'refused';
      }
    };
    const body = (how) => JSON.stringify({ room, text: `${mark} by ${how}`, client_id: crypto.randomUUID() });
    await fetched('a call as text', '/api/v1/message.post', { method: 'POST', mode: 'no-cors', headers: { 'Content-Type': 'text/plain' }, body: body('text') });
    await fetched('a call as JSON', '/api/v1/message.post', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: body('JSON') });
    await fetched("a call with the page's own header", '/api/v1/message.post', { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Wardroom-Web': '1' }, body: body('header') });
    await fetched('an upload', '/api/v1/uploads', { method: 'POST', headers: { 'Tus-Resumable': '1.0.0', 'Upload-Length': '4' }, body: 'boat' });
    await fetched('who is signed in', '/api/v1/account.get', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' });
    await fetched('a file', `/api/v1/files/${file}`, {});

    came['a WebSocket'] = await new Promise((resolve) => {
      const socket = new WebSocket(`${target.replace('https', 'wss')}/api/v1/ws`, 'wardroom.v1');
      socket.onopen = () => resolve('open');
      socket.onerror = () => resolve('refused');
    });
    came['a picture'] = await new Promise((resolve) => {
      const picture = new Image();
      picture.onload = () => resolve(`shown, ${picture.naturalWidth} wide`);
      picture.onerror = () => resolve('refused');
      picture.src = `${target}/api/v1/files/${file}`;
    });
    came['a script'] = await new Promise((resolve) => {
      const script = document.createElement('script');
      script.onload = () => resolve('run');
      script.onerror = () => resolve('refused');
      // A page of ours takes no address of a script from a text at all.
      try {
        script.src = `${target}/api/v1/files/${file}`;
      } catch {
        return resolve('refused');
      }
      document.body.append(script);
    });

    const frame = document.createElement('iframe');
    frame.name = 'frame';
    frame.src = target;
    document.body.append(frame);
    await new Promise((resolve) => { frame.onload = resolve; });

    for (const [how, type] of [['form', 'text/plain'], ['long form', 'application/x-www-form-urlencoded']]) {
      const form = Object.assign(document.createElement('form'), { method: 'post', action: `${target}/api/v1/message.post`, enctype: type, target: 'frame' });
      const text = body(how);
      // So that "name=value" is JSON.
      form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: `${text.slice(0, -1)},"x":"`, value: '"}' }));
      document.body.append(form);
      form.submit();
      await new Promise((resolve) => { frame.onload = resolve; });
    }
    await fetched('signing out', '/api/v1/web/session', { method: 'DELETE', headers: { 'X-Wardroom-Web': '1' } });
    return came;
  }, { target, room, file, mark });
}

export async function foreign(walk) {
  const { office, step } = walk;
  const browser = await openBrowser(walk.browser, 'desktop', 'light', []);
  const server = await serveForeignPages(office);

  try {
    let room, file;
    await step('somebody is signed in, with a file', async () => {
      await signIn(browser, office, 'mateo');
      await openRoom(browser, 'general');
      await post(browser, 'written here');
      await sees(browser, 'written here');
      room = (await office.call('mateo', 'room.list', {})).rooms.find((one) => one.name === 'general').id;
      const picture = join(office.root, 'boat.png');
      writeFileSync(picture, Buffer.from(kPicture, 'base64'));
      await office.ctlAs('mateo', ['file', 'send', 'general', picture]);
      file = (await office.call('mateo', 'message.history', { room, limit: 1 })).messages[0].files[0].id;
      // The same browser may have it: what follows is refused for whose page asks, not for what is asked.
      const shown = await browser.evaluate(async (file) => {
        const picture = new Image();
        picture.src = `/api/v1/files/${file}`;
        await picture.decode();
        return picture.naturalWidth;
      }, file);
      assert.equal(shown, 1);
    });

    for (const host of [kEvilHost, 'localhost'])
      await step(`a page of ${host === 'localhost' ? 'another port of the same host' : 'another site'} gets nothing and changes nothing`, async () => {
        const page = await browser.context().newPage();
        await page.goto(`https://${host}:${server.address().port}/`);
        const came = await attack(page, office.url, room, file);
        for (const [what, result] of Object.entries(came)) assert.match(result, /^(refused|opaque)$/, what);
        const frame = page.frames().find((one) => one !== page.mainFrame());
        assert.ok(!(await frame.content().catch(() => '')).includes('side-bar'), 'the page shows in no frame');

        // By a window of its own, which the page would then hold.
        const [opened] = await Promise.all([browser.context().waitForEvent('page'), page.evaluate((target) => { globalThis.opened = open(target); }, office.url)]);
        await opened.locator('.side-bar').waitFor();
        assert.equal(await opened.evaluate(() => globalThis.opener), null, 'it has no opener');
        assert.equal(await page.evaluate(() => { try { return globalThis.opened.closed || globalThis.opened.length; } catch { return 'held'; } }), true, 'nobody holds it');
        await opened.close();
        await page.close();

        const { messages } = await office.call('mateo', 'message.history', { room, limit: 50 });
        assert.deepEqual(messages.filter((one) => one.text.includes('forged')), []);
        await browser.reload();
        await sees(browser, 'written here');
        console.log(`   ${Object.keys(came).length} calls, 2 forms, a frame and a window`);
      });
    // Else the steps above would hold for calls that nobody could make.
    await step('the same from the page itself is answered', async () => {
      const came = await attack(browser, office.url, room, file, 'own');
      for (const what of ["a call with the page's own header", 'signing out']) assert.match(came[what], /^read 200/, what);
      assert.match(came['a WebSocket'], /open/);
      assert.match(came['a picture'], /shown, 1 wide/);
      const { messages } = await office.call('mateo', 'message.history', { room, limit: 50 });
      assert.deepEqual(messages.filter((one) => one.text.startsWith('own')).map((one) => one.text), ['own by header']);
    });
  } finally {
    server.close();
    await browser.context().close();
  }
}
