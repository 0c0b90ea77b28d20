// The desktop's client on a screen of its own, used by keyboard as a person would. What came to it is in its cache.
import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { kPatience, kPassword, pictures, programs, until } from './office.mjs';

const run = promisify(execFile);
const kNeeded = ['Xvfb', 'xdotool', 'import', 'sqlite3'];

// Why there can't be one here; "": there can.
export function whyNoProgram() {
  if (process.env.WALK_PROGRAM === '0') return 'WALK_PROGRAM=0 leaves it out';
  if (!existsSync(join(programs, 'wardroom'))) return `${programs} has no wardroom`;
  const missing = kNeeded.filter((name) => !(process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, name))));
  return missing.length ? `apt install xvfb xdotool imagemagick sqlite3 (${missing.join(', ')} is missing)` : '';
}

export class Program {
  constructor(office, name) {
    this.office = office;
    this.name = name;
    this.environment = {
      ...process.env, HOME: office.root, XDG_CONFIG_HOME: office.root, XDG_DATA_HOME: join(office.root, 'share'),
      LIBGL_ALWAYS_SOFTWARE: '1', ASAN_OPTIONS: 'detect_leaks=0', WAYLAND_DISPLAY: '',
    };
  }
  async screen() {
    // On a number that is free, as Xvfb finds it.
    const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp', '-noreset'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    this.office.children.push(screen);
    const number = await new Promise((resolve, reject) => {
      screen.stdio[3].once('data', (bytes) => resolve(String(bytes).trim()));
      screen.once('exit', () => reject(new Error("Xvfb doesn't start")));
    });
    this.environment.DISPLAY = `:${number}`;
  }
  async start(link) {
    this.child = this.office.spawn(join(programs, 'wardroom'), ['--profile', this.name, ...(link ? [link] : [])], `program-${this.name}.log`, this.environment);
    const window = await until('the window of the program', async () => (await this.xdotool('search', '--onlyvisible', '--class', 'wardroom')).split('\n')[0]);
    await this.xdotool('windowfocus', window);
    // The first frames come before the profile is read, and show a background only.
    await until('the first screen of the program', async () => Number((await run('sh', ['-c', 'import -window root png:- | identify -format %k -'], { env: this.environment })).stdout) > 60);
  }
  async xdotool(...args) {
    return (await run('xdotool', args, { env: this.environment })).stdout.trim();
  }
  async shown() {
    return (await run('sh', ['-c', 'import -window root -depth 8 rgb:- | md5sum'], { env: this.environment })).stdout;
  }
  // Until nothing moves any more: what is typed before a field has the keyboard is lost.
  async still() {
    let last = '';
    await until('the program is still', async () => {
      const now = await this.shown();
      const same = now === last;
      last = now;
      if (!same) await new Promise((resolve) => setTimeout(resolve, 300));
      return same;
    }, 30_000 * kPatience).catch(() => {});
  }
  type(text) {
    return this.xdotool('type', '--delay', '40', '--', text);
  }
  async press(key) {
    await this.still();
    await this.xdotool('key', key);
    await this.still();
  }
  // With an invite, by keyboard: name, display name, password.
  async join(link, displayName) {
    await this.start(link);
    for (const [text, key] of [[this.name, 'Tab'], [displayName, 'Tab'], [kPassword, 'Return']]) {
      await this.type(text);
      await this.press(key);
    }
    await until('the program is signed in', () => /"token":"[^"]/.test(readFileSync(join(this.folder(), 'credentials.json'), 'utf8')));
  }
  async post(text) {
    await this.type(text);
    await this.press('Return');
  }
  folder() {
    return join(this.office.root, 'share', 'wardroom', this.name);
  }
  has(text) {
    return until(`the program has "${text}"`, () =>
      readdirSync(this.folder()).filter((name) => name.startsWith('cache.db')).some((name) => readFileSync(join(this.folder(), name)).includes(text)));
  }
  // The server has it, and the program knows.
  sent() {
    return until('the program has nothing left to send', async () => (await run('sqlite3', ['-readonly', join(this.folder(), 'cache.db'), 'SELECT count(*) FROM outbox'])).stdout.trim() === '0');
  }
  async kill() {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    process.kill(this.child.pid, 'SIGKILL');
    await gone;
  }
  async picture(name) {
    await this.still();
    await run('import', ['-window', 'root', join(pictures, `${name}-program.png`)], { env: this.environment });
  }
}
