import type { UploadRow } from '../model/state.ts';
import type { Effect } from '../model/turn.ts';
import type { Event } from '../model/update.ts';
import type { Failure } from '../wire/failure.ts';
import type { Cache } from './cache.ts';
import type { Letter, Tabs } from './tabs.ts';
import { endUpload, sendUpload } from './tus.ts';

type UploadEffect = Extract<Effect, { type: 'save_upload' | 'send_upload' | 'drop_upload' }>;

// Files on their way up: their bytes, in the cache or, where it has no room, in memory; and the one that goes up now.
export class Transfers {
  private readonly unkept = new Map<string, Blob>(); // what isn't on the disk, of all tabs
  private running: { id: string; upload: string; abort: AbortController } | null = null;

  constructor(private readonly cache: Cache, private readonly tabs: Tabs, private readonly dispatch: (event: Event) => void) {}

  run(effect: UploadEffect): void {
    switch (effect.type) {
      case 'save_upload': {
        const { row, blob } = effect;
        // The others hear of it at once: a message that names it may come before its copy is made.
        this.tabs.send({ kind: 'upload_taken', row });
        this.cache.saveUpload(row, blob).then(({ isKept, error }) => {
          if (!isKept) this.unkept.set(row.id, blob);
          this.tabs.send({ kind: 'upload_saved', id: row.id, ...(!isKept && { blob }) });
          this.dispatch({ type: 'upload_saved', id: row.id, error });
        });
        return;
      }
      case 'send_upload':
        void this.send(effect.row);
        return;
      case 'drop_upload': {
        const { row, atServer } = effect;
        this.unkept.delete(row.id);
        this.cache.dropUpload(row.id);
        this.end(row.id, atServer ? row.upload ?? '' : '', atServer);
        // Of a message that is stored every tab hears by its event.
        if (atServer) this.tabs.send({ kind: 'upload_gone', id: row.id });
      }
    }
  }

  read(letter: Letter): void {
    switch (letter.kind) {
      case 'upload_taken': return this.dispatch({ type: 'upload_taken', row: letter.row, isSaving: true });
      case 'upload_saved':
        if (letter.blob) this.unkept.set(letter.id, letter.blob);
        return this.dispatch({ type: 'upload_saved', id: letter.id, error: '' });
      case 'upload_gone':
        this.unkept.delete(letter.id);
        this.end(letter.id, '', true);
        return this.dispatch({ type: 'upload_gone', id: letter.id });
      case 'upload_went': return this.dispatch({ type: 'upload_went', id: letter.id, upload: letter.upload, sent: letter.sent });
      case 'upload_ended': return this.dispatch({ type: 'upload_ended', id: letter.id, ...(letter.failure && { failure: letter.failure }) });
    }
  }

  // Another tab sends from now on.
  stopSending(): void {
    this.running?.abort.abort();
    this.running = null;
  }
  // Signed out: nothing of the person goes on.
  stop(): void {
    this.stopSending();
    this.unkept.clear();
  }

  // `upload`: at the server, as far as who asks knows it; this tab may know more.
  private end(id: string, upload: string, atServer: boolean): void {
    let known = upload;
    if (this.running?.id === id) {
      known ||= this.running.upload;
      this.running.abort.abort();
      this.running = null;
    }
    if (atServer && known) endUpload(known);
  }

  private async send(row: UploadRow): Promise<void> {
    const mine = { id: row.id, upload: row.upload ?? '', abort: new AbortController() };
    this.running?.abort.abort();
    this.running = mine;
    const isOurs = (): boolean => this.running === mine;
    const failure = await this.work(row, mine);
    if (!isOurs()) return;
    this.running = null;
    this.tabs.send({ kind: 'upload_ended', id: row.id, ...(failure && { failure }) });
    this.dispatch({ type: 'upload_ended', id: row.id, ...(failure && { failure }) });
  }

  private async work(row: UploadRow, mine: NonNullable<Transfers['running']>): Promise<Failure | undefined> {
    const refuse = (message: string): Failure => ({ status: -32004, code: 'file_gone', message });
    const blob = (await this.cache.loadBlob(row.id)) ?? this.unkept.get(row.id);
    if (!blob) return refuse("It isn't in this browser any more. Remove it, and attach it again.");
    // A file in memory is the person's own, where it lies: moved away or changed since, it can't be read.
    const isReadable = await blob.slice(0, 1).arrayBuffer().then(() => true, () => false);
    if (!isReadable || blob.size !== row.size) return refuse('It was changed or moved since it was attached. Remove it, and attach it again.');
    if (this.running !== mine) return undefined;
    return sendUpload({
      row, blob, signal: mine.abort.signal,
      went: (upload, sent) => {
        if (this.running !== mine) return;
        mine.upload = upload;
        this.tabs.send({ kind: 'upload_went', id: row.id, upload, sent });
        this.dispatch({ type: 'upload_went', id: row.id, upload, sent });
      },
    });
  }
}
