// What bench/page.sh measures, in an office of its own.
import { createHash, X509Certificate } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { kPassword, Office } from '../tests/walk/office.mjs';
import { openRoom, signIn } from '../tests/walk/page.mjs';

const kMessages = Number(process.env.MESSAGES ?? 100_000);
const kRounds = Number(process.env.ROUNDS ?? 5);
const kSeconds = Number(process.env.SECONDS_EACH ?? 20);
const kProcessor = 4; // times slower
const kRoundTrip = 150; // ms
const kLine = 1_600_000 / 8; // bytes a second, each way
const kFirstFile = /(?:src|href)="(\/assets\/[^"]+)"/g;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const spread = (values, unit, digits = 0) => `${median(values).toFixed(digits)} ${unit} (${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)})`;
const table = [];
function row(what, measured) {
  table.push(`| ${what} | ${measured} |`);
  console.log(`   ${what}: ${measured}`);
}

// A slow line before the server: all connections share it, and what goes in comes out later by the half of a round trip. Not a
// browser's own, which neither a worker's requests nor the handshakes pass.
async function slowLine(port) {
  const way = () => {
    const onTheWay = []; // timers of different lengths don't keep an order
    let freeAt = 0;
    return (bytes, put) => {
      freeAt = Math.max(freeAt, performance.now()) + (bytes.length / kLine) * 1000;
      onTheWay.push(put);
      setTimeout(() => onTheWay.shift()(), freeAt - performance.now() + kRoundTrip / 2);
    };
  };
  const [up, down] = [way(), way()];
  const server = createServer((near) => {
    const far = connect({ port, host: '127.0.0.1', noDelay: true });
    near.setNoDelay(true);
    const pass = (from, to, later, first) => {
      let opened = !first;
      from.on('data', (bytes) => {
        // TCP's own handshake takes a round trip before the first word.
        if (opened) return later(bytes, () => { if (!to.destroyed) to.write(bytes); });
        opened = true;
        from.pause();
        setTimeout(() => { later(bytes, () => { if (!to.destroyed) to.write(bytes); }); from.resume(); }, kRoundTrip);
      });
      from.on('end', () => later(Buffer.alloc(0), () => to.end()));
      from.on('error', () => to.destroy());
    };
    pass(near, far, up, true);
    pass(far, near, down, false);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

// A certificate that is let pass keeps a browser from caching anything: this one is known to it.
function launch(office) {
  const key = new X509Certificate(readFileSync(join(office.data, 'tls/server.crt'))).publicKey.export({ type: 'spki', format: 'der' });
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--enable-precise-memory-info', `--ignore-certificate-errors-spki-list=${createHash('sha256').update(key).digest('base64')}`],
  });
}

class Caller {
  constructor(office, connections) {
    this.office = office;
    this.agent = new Agent({ keepAlive: true, maxSockets: connections, ca: readFileSync(join(office.data, 'tls/ca.crt')) });
  }
  ask(method, path, headers = {}, body = '') {
    return new Promise((resolve, reject) => {
      const asked = request({ agent: this.agent, host: 'localhost', port: this.office.port, method, path, headers }, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => resolve({ status: answer.statusCode, body: Buffer.concat(parts) }));
      });
      asked.on('error', reject);
      asked.end(body);
    });
  }
  async call(method, params) {
    const { status, body } = await this.ask('POST', `/api/v1/${method}`, { 'Content-Type': 'application/json', ...(this.token && { Authorization: `Bearer ${this.token}` }) }, JSON.stringify(params));
    if (status !== 200) throw new Error(`${method}: ${status} ${body}`);
    return JSON.parse(body);
  }
}

const kWords = 'the crane stands at the quay and bearing three is warm again since this morning so somebody should look at it before the tide turns'.split(' ');
const textOf = (at) => Array.from({ length: 3 + ((at * 7919) % 40) }, (_, i) => kWords[(at * 31 + i * 17) % kWords.length]).join(' ');

async function fill(office, room) {
  const callers = new Caller(office, 64);
  callers.token = (await callers.call('session.open', { user: 'mateo', password: kPassword, device: { name: 'bench', client: 'bench' } })).token;
  let next = 0, newest = 0;
  const begun = Date.now();
  await Promise.all(Array.from({ length: 64 }, async () => {
    while (next < kMessages) {
      const at = next++;
      const { seq } = await callers.call('message.post', { room, text: textOf(at), client_id: `0190b0b0-0000-7000-8000-${String(at).padStart(12, '0')}` });
      newest = Math.max(newest, seq);
    }
  }));
  // Else it would be opened at its beginning, where the first unread one is.
  await callers.call('marker.set', { room, seq: newest });
  callers.agent.destroy();
  console.log(`-- ${kMessages} messages in a room, after ${((Date.now() - begun) / 1000).toFixed(0)} s`);
}

// From the navigation's start until the picture with the first message is drawn.
async function firstMessage(context, url) {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: kProcessor });
  await page.addInitScript(() => {
    const seen = () => document.querySelector('.message') && requestAnimationFrame(() => requestAnimationFrame(() => { globalThis.firstMessageAt ??= performance.now(); }));
    new MutationObserver(seen).observe(document, { childList: true, subtree: true });
  });
  await page.goto(url);
  await page.waitForFunction(() => globalThis.firstMessageAt, undefined, { timeout: 120_000 });
  const at = await page.evaluate(() => globalThis.firstMessageAt);
  return { page, at };
}

async function measureStarts(browser, url, office) {
  const signedIn = await browser.newContext({ serviceWorkers: 'allow' });
  await signIn(await signedIn.newPage(), { ...office, url }, 'mateo');
  const { cookies } = await signedIn.storageState();
  await signedIn.close();
  const cold = [], warm = [];
  for (let i = 0; i < kRounds; ++i) {
    const context = await browser.newContext();
    await context.addCookies(cookies);
    const first = await firstMessage(context, url);
    cold.push(first.at);
    // What a start leaves behind: the page's files, its messages.
    await first.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await first.page.locator('.message').nth(20).waitFor();
    await first.page.waitForFunction(() => new Promise((resolve) => {
      indexedDB.open('wardroom').onsuccess = ({ target: { result: database } }) => {
        database.transaction('messages').objectStore('messages').count().onsuccess = ({ target }) => { database.close(); resolve(target.result > 20); };
      };
    }));
    await first.page.close();
    const second = await firstMessage(context, url);
    warm.push(second.at);
    await context.close();
  }
  const conditions = `processor ${kProcessor}× slower, 1.6 Mbit/s, ${kRoundTrip} ms`;
  row(`first message visible, signed in, nothing kept; ${conditions}`, spread(cold.map((ms) => ms / 1000), 's', 2));
  row('… on a device that was here before', spread(warm.map((ms) => ms / 1000), 's', 2));
}

async function measureScrolling(browser, office) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    globalThis.longTasks = [];
    new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) globalThis.longTasks.push(duration); }).observe({ type: 'longtask', buffered: true });
  });
  await signIn(page, office, 'mateo');
  await openRoom(page, 'large');
  await page.locator('.message').nth(20).waitFor();
  const devtools = await context.newCDPSession(page);
  const heap = async () => {
    await devtools.send('HeapProfiler.collectGarbage');
    return page.evaluate(() => performance.memory.usedJSHeapSize / 2 ** 20);
  };
  const before = await heap();
  const topmost = () => page.evaluate(() => Number(document.querySelector('.timeline [data-seq]').dataset.seq));
  const [from, most] = [await topmost(), []];
  await page.evaluate(() => { globalThis.longTasks = []; });
  await page.mouse.move(640, 400);
  const begun = performance.now();
  while (performance.now() - begun < kSeconds * 1000) {
    await page.mouse.wheel(0, -1_200);
    await pause(50);
    most.push(await page.evaluate(() => performance.memory.usedJSHeapSize / 2 ** 20));
  }
  const took = (performance.now() - begun) / 1000;
  const tasks = await page.evaluate(() => globalThis.longTasks);
  const rows = await page.locator('.timeline [data-seq]').count();
  row(`a room of ${kMessages.toLocaleString('en')} messages scrolled back for ${took.toFixed(0)} s: messages that went by`, `${(from - (await topmost())).toLocaleString('en')}, ${rows} rows at the end`);
  row('… long tasks (over 50 ms)', tasks.length ? `${tasks.length}, together ${(tasks.reduce((a, b) => a + b, 0) / 1000).toFixed(2)} s, the longest ${Math.max(...tasks).toFixed(0)} ms` : 'none');
  row('… JS heap before, at most, and at the end', `${before.toFixed(1)}, ${Math.max(...most).toFixed(1)}, ${(await heap()).toFixed(1)} MiB`);
  await context.close();
}

// Of the server, of all its threads.
function processorSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / Number(execFileSync('getconf', ['CLK_TCK']));
}

async function measureViews(office) {
  const caller = new Caller(office, 16);
  const html = String((await caller.ask('GET', '/')).body);
  const files = ['/', ...[...html.matchAll(kFirstFile)].map(([, path]) => path), '/app.webmanifest', '/icon.svg'];
  const view = async (one) => {
    let bytes = 0;
    for (const path of files) {
      const { status, body } = await one.ask('GET', path, { 'Accept-Encoding': 'br' });
      if (status !== 200) throw new Error(`${path}: ${status}`);
      bytes += body.length;
    }
    return bytes;
  };
  const bytes = await view(caller);
  for (const [how, keep] of [['over a new connection each', false], ['over kept connections', true]]) {
    const before = processorSeconds(office.server.pid);
    const begun = performance.now();
    let views = 0;
    await Promise.all(Array.from({ length: 16 }, async () => {
      const kept = keep && new Caller(office, 1);
      while (performance.now() - begun < kSeconds * 500) {
        const one = kept || new Caller(office, 1);
        await view(one);
        if (!kept) one.agent.destroy();
        ++views;
      }
      if (kept) kept.agent.destroy();
    }));
    row(`page views a second of the server's processor, ${how} (${files.length} files, ${(bytes / 1024).toFixed(0)} KiB)`, (views / (processorSeconds(office.server.pid) - before)).toFixed(0));
  }
  caller.agent.destroy();
}

const office = new Office();
let browser, line;
try {
  await office.begin(['unauthenticated_per_address', 'requests_per_second', 'requests_burst', 'messages_per_second', 'messages_burst'].map((name) => [name, '100000']));
  await office.ctl(['room', 'create', 'large']);
  await office.logIn('mateo', await office.invite('mateo', 'Mateo Ruiz'));
  await office.ctlAs('mateo', ['room', 'join', 'large']);
  const room = (await office.call('mateo', 'room.list', {})).rooms[0].id;
  await fill(office, room);
  browser = await launch(office);
  line = await slowLine(office.port);
  await measureStarts(browser, `https://localhost:${line.address().port}`, office);
  await measureScrolling(browser, office);
  await measureViews(office);
  console.log(['', '| what | measured |', '|---|---|', ...table].join('\n'));
} finally {
  await browser?.close();
  line?.close();
  office.end();
}
