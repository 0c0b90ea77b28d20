import type { Failure } from '../wire/failure.ts';
import { failureOfRpc, kUnauthenticated, lost } from '../wire/failure.ts';
import { kSocketPath, kSubprotocol } from '../wire/limits.ts';

export interface SocketHooks {
  resumeParams(): unknown;
  onResumed(result: { reconnect_min_ms: number; reconnect_max_ms: number }): void;
  onEvent(method: string, params: unknown): void;
  onLink(state: 'connecting' | 'offline', error: string, failure?: Failure): void;
}

const kAnswerWithin = 30_000;
const kHeartbeat = 45_000;
const kQuietFor = 10_000; // then whoever looks at the page has it ask whether the server is still there …
const kWordWithin = 5_000; // … and waits no longer than that for a word
const kLongestPause = 30_000;
// Close codes after which only the person can help (docs/protocol.md, "Close codes").
const kFinal: Record<number, string> = {
  4001: '', 4003: 'You were signed out.', 4004: 'Your session is over. Sign in again.',
  4010: 'The server and this page misunderstood each other. Load the page again.',
  4011: "That's larger than the server accepts.",
};

interface Waiting {
  done(result: unknown, failure?: Failure): void;
  timer: ReturnType<typeof setTimeout>;
}

// The one connection to the server: signs in with the browser's cookie, calls, hands events on, comes back.
export class Socket {
  private socket: WebSocket | null = null;
  private waiting = new Map<number, Waiting>();
  private nextId = 1;
  private signedIn = false;
  private attempts = 0;
  private least = 500;
  private most = 5_000;
  private retry: ReturnType<typeof setTimeout> | null = null;
  private heartbeat: ReturnType<typeof setInterval> | null = null;
  private wanted = false;
  private heardAt = 0; // by the wall's clock, since the other may stand still while a device sleeps

  constructor(private readonly hooks: SocketHooks) {}

  connect(): void {
    this.wanted = true;
    this.attempts = 0;
    if (!this.socket) this.open();
  }
  retryNow(): void {
    if (!this.wanted || this.signedIn) return;
    this.attempts = 0;
    if (this.retry) this.open();
  }
  // After a sleep the connection may be dead without a word.
  check(): void {
    if (!this.signedIn) return this.retryNow();
    if (Math.abs(Date.now() - this.heardAt) > kQuietFor) this.call('announcement.get', {}, () => {}, kWordWithin);
  }
  // For duties fulfilled: the server says anew what holds.
  reopen(): void {
    this.attempts = 0;
    if (this.socket) this.socket.close();
    else this.connect();
  }
  close(): void {
    this.wanted = false;
    if (this.retry) clearTimeout(this.retry);
    this.retry = null;
    const { socket } = this;
    this.forget();
    socket?.close(1000);
  }

  call(method: string, params: unknown, done: Waiting['done'], within = kAnswerWithin): void {
    if (!this.socket || this.socket.readyState !== WebSocket.OPEN) return done(undefined, lost);
    const id = this.nextId++;
    const timer = setTimeout(() => this.leave(), within);
    this.waiting.set(id, { done, timer });
    this.socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
  }

  private open(): void {
    if (this.retry) clearTimeout(this.retry);
    this.retry = null;
    this.hooks.onLink('connecting', '');
    const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}${kSocketPath}`, kSubprotocol);
    this.socket = socket;
    socket.onopen = () => this.resume(socket);
    socket.onmessage = (message) => this.read(socket, message.data);
    socket.onclose = (event) => {
      if (this.socket === socket) this.lose(event.code);
    };
  }
  private resume(socket: WebSocket): void {
    this.call('session.resume', this.hooks.resumeParams(), (result, failure) => {
      if (this.socket !== socket) return;
      if (!failure) {
        const resumed = result as { reconnect_min_ms: number; reconnect_max_ms: number };
        this.signedIn = true;
        this.attempts = 0;
        if (resumed.reconnect_max_ms > 0) {
          this.least = resumed.reconnect_min_ms;
          this.most = resumed.reconnect_max_ms;
        }
        // Browsers can't ping: a small call says that both are there.
        this.heartbeat = setInterval(() => this.call('announcement.get', {}, () => {}), kHeartbeat);
        return this.hooks.onResumed(resumed);
      }
      if (failure.status !== kUnauthenticated) return socket.close();
      this.wanted = false;
      this.forget();
      socket.close(1000);
      this.hooks.onLink('offline', failure.message, failure);
    });
  }
  // Where nobody is at the other end, a browser waits long for a goodbye.
  private leave(): void {
    const { socket } = this;
    if (!socket) return;
    this.lose(1006);
    socket.close();
  }
  private read(socket: WebSocket, data: unknown): void {
    if (this.socket !== socket) return;
    this.heardAt = Date.now();
    let message: { id?: number; method?: string; params?: unknown; result?: unknown; error?: unknown };
    try {
      message = JSON.parse(String(data));
    } catch {
      return socket.close();
    }
    if (typeof message.method === 'string') return this.hooks.onEvent(message.method, message.params ?? {});
    const waiting = this.waiting.get(message.id ?? -1);
    if (!waiting) return;
    this.waiting.delete(message.id!);
    clearTimeout(waiting.timer);
    if (message.error !== undefined) waiting.done(undefined, failureOfRpc(message.error));
    else waiting.done(message.result);
  }
  private lose(code: number): void {
    const final = kFinal[code];
    this.forget();
    if (final !== undefined) {
      this.wanted = false;
      const isOver = code !== 4010 && code !== 4011;
      return this.hooks.onLink('offline', final, isOver ? { status: kUnauthenticated, code: '', message: final } : undefined);
    }
    if (!this.wanted) return;
    // Everybody comes back after a restart: not all at once.
    const most = Math.min(kLongestPause, this.most * 2 ** Math.min(this.attempts, 4));
    const pause = this.attempts === 0 ? this.least * Math.random() + 200 : this.least + Math.random() * (most - this.least);
    ++this.attempts;
    this.hooks.onLink('offline', "You're offline. What you write is sent when the connection is back.");
    this.retry = setTimeout(() => this.open(), pause);
  }
  private forget(): void {
    this.socket = null;
    this.signedIn = false;
    if (this.heartbeat) clearInterval(this.heartbeat);
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    for (const { done, timer } of waiting) {
      clearTimeout(timer);
      done(undefined, lost);
    }
  }
}
