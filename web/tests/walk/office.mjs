// An office of its own for a walk: a real server in a directory that is thrown away, which shows web/dist, and wardroomctl
// for its people.
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const kPassword = 'three boats at noon';
// How many times longer than usual a busy machine, or a server under a sanitizer, may take.
export const kPatience = Number(process.env.WALK_PATIENCE ?? 1);
export const programs = process.env.WARDROOM_BIN ?? new URL('../../../build/dev/bin', import.meta.url).pathname;

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

export function until(what, ask, within = 60_000 * kPatience) {
  const end = Date.now() + within;
  return new Promise((resolve, reject) => {
    const again = async () => {
      const got = await Promise.resolve(ask()).catch(() => null);
      if (got) return resolve(got);
      if (Date.now() > end) return reject(new Error(`never: ${what}`));
      setTimeout(again, 200);
    };
    again();
  });
}

export class Office {
  constructor() {
    this.root = mkdtempSync(join(process.env.WALK_DIR ?? tmpdir(), 'wardroom-walk-'));
    this.data = join(this.root, 'data');
    this.children = [];
  }
  // `more` options, by name and value.
  async begin(more = []) {
    this.port = await freePort();
    this.url = `https://localhost:${this.port}`;
    await this.run('wardroomd', ['init', '--data', this.data, '--host', 'localhost,127.0.0.1', '--port', String(this.port), '--name', 'Harbour']);
    const options = join(this.data, 'wardroom.toml');
    this.page = new URL('../../dist', import.meta.url).pathname;
    let text = readFileSync(options, 'utf8');
    for (const [name, value] of [['direct_policy', '"request"'], ['folder', JSON.stringify(this.page)], ['free_mib', '64'], ['messages_per_second', '100'], ['messages_burst', '200'], ...more]) {
      const line = new RegExp(`^#? *${name} = .*$`, 'm');
      if (!line.test(text)) throw new Error(`${options} has no ${name}`);
      text = text.replace(line, `${name} = ${value}`);
    }
    writeFileSync(options, text);
    await this.serve();
    await until('the first administrator', () =>
      this.run('wardroomctl', ['setup', '--data', this.data, '--user', 'lena', '--password-stdin'], `${kPassword}\n`).then(() => true, (error) => /no set-up code/.test(String(error))));
    const link = (await this.run('wardroomd', ['link', '--data', this.data])).trim();
    await this.logIn('lena', link);
  }
  // From the server's next start on.
  async showPage(folder) {
    const options = join(this.data, 'wardroom.toml');
    writeFileSync(options, readFileSync(options, 'utf8').replace(/^folder = .*$/m, `folder = ${JSON.stringify(folder)}`));
    this.page = folder;
  }
  async logIn(name, link) {
    // A busy machine needs longer for a password than the server waits for one.
    await until(`${name} signed in`, () => this.ctlAs(name, ['login', link, '--user', name, '--password-stdin'], `${kPassword}\n`).then(() => true));
  }
  // Makes an account, and gives the one-use token of its invite.
  async invite(name, displayName) {
    const said = await this.ctl(['user', 'add', name, '--display-name', displayName]);
    return /wardroom:\/\/\S+/.exec(said)[0];
  }
  spawn(program, args, log, env = process.env) {
    const out = openSync(join(this.root, log), 'a');
    const child = spawn(program, args, { stdio: ['ignore', out, out], cwd: this.root, env });
    this.children.push(child);
    return child;
  }
  says(log, words) {
    return until(`${log} says ${words}`, () => readFileSync(join(this.root, log), 'utf8').includes(words));
  }
  async serve() {
    this.starts = (this.starts ?? 0) + 1;
    const log = `server-${this.starts}.log`;
    this.server = this.spawn(join(programs, 'wardroomd'), ['run', '--data', this.data], log);
    await this.says(log, 'ready port=');
  }
  async kill() {
    const gone = new Promise((resolve) => this.server.once('exit', resolve));
    process.kill(this.server.pid, 'SIGKILL');
    await gone;
  }
  run(program, args, input = '') {
    return new Promise((resolve, reject) => {
      const child = execFile(join(programs, program), args, { env: { ...process.env, HOME: this.home ?? this.root, XDG_CONFIG_HOME: this.home ?? this.root }, timeout: 90_000 * kPatience },
        (error, out, said) => (error ? reject(new Error(`${program} ${args.join(' ')}: ${said || error}`)) : resolve(out)));
      child.stdin.end(input);
    });
  }
  ctlAs(name, args, input) {
    return this.run('wardroomctl', ['--profile', name, ...args], input);
  }
  ctl(args, input) {
    return this.ctlAs('lena', args, input);
  }
  async call(name, method, params) {
    return JSON.parse(await this.ctlAs(name, ['call', method, JSON.stringify(params)]));
  }
  // Waits where the server says that it is too much at once; what else it says is an answer.
  async postAs(name, params) {
    for (;;) {
      try {
        return await this.call(name, 'message.post', params);
      } catch (error) {
        if (!/too many|rate_limited/i.test(error.message)) throw error;
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
    }
  }
  end() {
    for (const child of this.children) if (child.exitCode === null && child.signalCode === null) process.kill(child.pid, 'SIGKILL');
    if (!process.env.WALK_KEEP) rmSync(this.root, { recursive: true, force: true });
  }
}

export const pictures = new URL('../../.test/pictures/', import.meta.url).pathname;
mkdirSync(pictures, { recursive: true });
