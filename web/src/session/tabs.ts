import type { OutboxRow, Settings, State, UploadRow } from '../model/state.ts';
import type { Resumed, SignedIn } from '../model/session_life.ts';
import type { WatchAct, WatchTold } from '../model/watch.ts';
import type { Failure } from '../wire/failure.ts';

// What the tabs of one browser tell each other. One of them, who holds the lock, has the connection ("leads").
export type Letter =
  | { kind: 'hello'; from: string }
  | { kind: 'leads' } // from now on; whoever waits for the one before waits in vain
  | { kind: 'is_there'; from: string } // asked of the one who leads …
  | { kind: 'there'; to: string } // … who says so
  | { kind: 'call'; from: string; id: number; method: string; params: unknown }
  | { kind: 'answer'; to: string; id: number; result?: unknown; failure?: Failure }
  | { kind: 'event'; method: string; params: unknown }
  | { kind: 'link'; link: State['link']; failure?: Failure }
  | { kind: 'resumed'; to: string; result: Resumed } // to "": all
  | { kind: 'again'; reopen: boolean }
  | { kind: 'outbox_taken'; row: OutboxRow; replaces?: string }
  | { kind: 'outbox_gone'; client_id: string }
  | { kind: 'upload_taken'; row: UploadRow }
  | { kind: 'upload_saved'; id: string; blob?: Blob } // blob: it isn't on the disk
  | { kind: 'upload_gone'; id: string }
  | { kind: 'upload_went'; id: string; upload: string; sent: number }
  | { kind: 'upload_ended'; id: string; failure?: Failure }
  | { kind: 'watch_told'; told: WatchTold }
  | { kind: 'watch_asked'; act: WatchAct }
  | { kind: 'signed_in'; result: SignedIn }
  | { kind: 'signed_out' }
  | { kind: 'settings'; settings: Settings };

export interface TabsHooks {
  onLead(): void;
  onLeft(): void; // another one leads: this one was thought dead
  onLetter(letter: Letter): void;
}

const kName = 'wardroom';
const kAskEvery = 10_000; // whether the one who leads is still there, while somebody looks at this one
const kWordWithin = 10_000;

// A browser that keeps nothing for this page may give it no channel either.
function openChannel(): BroadcastChannel | null {
  try {
    return new BroadcastChannel(kName);
  } catch {
    return null;
  }
}

// Web Locks and BroadcastChannel rather than a SharedWorker: Chrome on Android has no SharedWorker, the lock passes on
// by itself when its tab ends, however it ends, and each tab keeps a whole model that goes on if another one dies.
export class Tabs {
  readonly id: string;
  leads = false;
  private readonly channel: BroadcastChannel | null;
  private waiting: ReturnType<typeof setTimeout> | null = null; // for the word of the one who leads

  constructor(private readonly hooks: TabsHooks) {
    this.id = Array.from(crypto.getRandomValues(new Uint32Array(2)), (word) => word.toString(36)).join('');
    this.channel = openChannel();
    if (this.channel) this.channel.onmessage = (message) => this.read(message.data as Letter);
  }
  start(): void {
    // Without them each tab is on its own.
    if (!navigator.locks || !this.channel) return this.lead();
    this.request({});
    setInterval(() => this.askLeader(), kAskEvery);
  }
  send(letter: Letter): void {
    this.channel?.postMessage(letter);
  }

  private lead(): void {
    this.leads = true;
    this.stopWaiting();
    this.send({ kind: 'leads' });
    this.hooks.onLead();
  }
  private request(options: LockOptions): void {
    navigator.locks.request(kName, options, () => {
      this.lead();
      return new Promise<never>(() => {});
    }).catch((error: unknown) => {
      if (!(error instanceof DOMException) || error.name !== 'AbortError') return this.lead();
      // Taken away while this tab was frozen.
      this.leads = false;
      this.hooks.onLeft();
      this.request({});
    });
  }

  // A browser may freeze a tab that nobody looks at, with the lock and the connection in it.
  private askLeader(): void {
    if (this.leads || this.waiting || document.visibilityState !== 'visible') return;
    this.waiting = setTimeout(() => {
      this.waiting = null;
      if (!this.leads) this.request({ steal: true });
    }, kWordWithin);
    this.send({ kind: 'is_there', from: this.id });
  }
  private stopWaiting(): void {
    if (this.waiting) clearTimeout(this.waiting);
    this.waiting = null;
  }
  private read(letter: Letter): void {
    if (letter.kind === 'is_there') {
      if (this.leads) this.send({ kind: 'there', to: letter.from });
    } else if (letter.kind === 'there') {
      if (letter.to === this.id) this.stopWaiting();
    } else {
      if (letter.kind === 'leads') this.stopWaiting();
      this.hooks.onLetter(letter);
    }
  }
}
