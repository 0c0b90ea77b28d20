import type { OutboxRow, Settings, State, UploadRow } from '../model/state.ts';
import type { Resumed, SignedIn } from '../model/session_life.ts';
import type { WatchAct, WatchTold } from '../model/watch.ts';
import type { Failure } from '../wire/failure.ts';

// What the tabs of one browser tell each other. One of them, who holds the lock, has the connection ("leads").
export type Letter =
  | { kind: 'hello'; from: string }
  | { kind: 'leads' } // from now on; whoever waits for the one before waits in vain
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
  onLetter(letter: Letter): void;
}

const kName = 'wardroom';

// Web Locks and BroadcastChannel rather than a SharedWorker: Chrome on Android has no SharedWorker, the lock passes on
// by itself when its tab ends, however it ends, and each tab keeps a whole model that goes on if another one dies.
export class Tabs {
  readonly id: string;
  leads = false;
  private readonly channel: BroadcastChannel | null;

  constructor(private readonly hooks: TabsHooks) {
    this.id = Array.from(crypto.getRandomValues(new Uint32Array(2)), (word) => word.toString(36)).join('');
    this.channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(kName);
    if (this.channel) this.channel.onmessage = (message) => this.hooks.onLetter(message.data as Letter);
  }
  start(): void {
    const lead = (): void => {
      this.leads = true;
      this.send({ kind: 'leads' });
      this.hooks.onLead();
    };
    // Without them each tab is on its own.
    if (!navigator.locks || !this.channel) return lead();
    navigator.locks.request(kName, () => {
      lead();
      return new Promise<never>(() => {});
    }).catch(lead);
  }
  send(letter: Letter): void {
    this.channel?.postMessage(letter);
  }
}
