// Firefox, by its own remote protocol, Marionette: WebDriver's commands as JSON on a socket. Debian has no geckodriver, which
// would only translate.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { kPatience, until } from './office.mjs';

const kFirefox = process.env.FIREFOX ?? '/usr/bin/firefox-esr';
const kElement = 'element-6066-11e4-a52e-4f735466cecf'; // WebDriver's name for the id of an element

export function whyNoFirefox() {
  return existsSync(kFirefox) ? '' : 'apt install firefox-esr';
}

export class Firefox {
  constructor(office) {
    this.office = office;
    this.waiting = new Map();
    this.nextId = 1;
  }
  async start() {
    const profile = join(this.office.root, 'firefox');
    mkdirSync(profile);
    // On a port that is free, which it then writes into its profile.
    writeFileSync(join(profile, 'user.js'), 'user_pref("marionette.port", 0);\nuser_pref("intl.accept_languages", "en-GB");\nuser_pref("ui.prefersReducedMotion", 1);\n');
    this.office.spawn(kFirefox, ['--headless', '--marionette', '--no-remote', '--profile', profile], 'firefox.log', { ...process.env, HOME: this.office.root, MOZ_HEADLESS_WIDTH: '1280', MOZ_HEADLESS_HEIGHT: '900' });
    const portFile = join(profile, 'MarionetteActivePort');
    const port = await until('Firefox listens', () => existsSync(portFile) && Number(readFileSync(portFile, 'utf8')));
    this.socket = connect(port, '127.0.0.1');
    let got = Buffer.alloc(0);
    const hello = new Promise((resolve) => this.waiting.set(0, { resolve }));
    this.socket.on('data', (data) => {
      got = Buffer.concat([got, data]);
      for (;;) {
        const colon = got.indexOf(':');
        const size = Number(got.subarray(0, colon));
        if (colon < 0 || got.length < colon + 1 + size) return;
        this.read(JSON.parse(got.subarray(colon + 1, colon + 1 + size)));
        got = got.subarray(colon + 1 + size);
      }
    });
    this.socket.on('close', () => { for (const { reject } of this.waiting.values()) reject?.(new Error('Firefox is gone')); });
    await hello;
    await this.send('WebDriver:NewSession', { acceptInsecureCerts: true });
    await this.send('WebDriver:SetTimeouts', { script: 60_000 * kPatience, pageLoad: 60_000 * kPatience });
  }
  read(message) {
    // The first is a greeting, the others are [1, id, error, result].
    const [, id, error, result] = Array.isArray(message) ? message : [1, 0, null, message];
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (error) waiting?.reject(new Error(`${error.error}: ${error.message}`));
    else waiting?.resolve(result);
  }
  send(command, params = {}) {
    const id = this.nextId++;
    const bytes = Buffer.from(JSON.stringify([0, id, command, params]));
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.socket.write(Buffer.concat([Buffer.from(`${bytes.length}:`), bytes]));
    });
  }

  goto(url) {
    return this.send('WebDriver:Navigate', { url });
  }
  async evaluate(script, ...args) {
    return (await this.send('WebDriver:ExecuteScript', { script, args })).value;
  }
  // The first element that shows and has that text.
  async find(selector, text = '') {
    const found = await this.evaluate(`return [...document.querySelectorAll(arguments[0])]
      .find((one) => one.getClientRects().length && (one.textContent + (one.getAttribute('aria-label') ?? '')).includes(arguments[1])) ?? null`, selector, text);
    return found?.[kElement];
  }
  sees(selector, text = '') {
    return until(`${selector} "${text}"`, () => this.find(selector, text));
  }
  async click(selector, text = '') {
    await until(`${selector} "${text}" can be clicked`, async () => {
      await this.send('WebDriver:ElementClick', { id: await this.sees(selector, text) });
      return true;
    });
  }
  async type(selector, text) {
    await this.send('WebDriver:ElementSendKeys', { id: await this.sees(selector), text });
  }
  async picture(path) {
    const { value } = await this.send('WebDriver:TakeScreenshot', { full: false, hash: false });
    writeFileSync(path, Buffer.from(value, 'base64'));
  }
  async end() {
    await this.send('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => {});
    this.socket.destroy();
  }
}
