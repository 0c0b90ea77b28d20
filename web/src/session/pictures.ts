import { fileAddress } from '../model/files.ts';
import { isShowable, pictureSize } from '../model/picture_size.ts';
import type { File } from '../wire/catalogue.ts';

const kMostUnused = 64 * 1024 * 1024; // bytes of pictures that nothing shows now
const kMostAtOnce = 3;

export type Picture = { url: string } | { error: string };

interface Kept {
  url: string;
  size: number;
  users: number;
}

// Pictures of messages, as addresses of their bytes in this page. They are fetched when they come near the screen, held
// against the message's SHA-256, and let go of, the one that wasn't shown for the longest time first.
export class Pictures {
  private readonly kept = new Map<string, Kept>(); // least recently used first
  private readonly coming = new Map<string, Promise<Picture>>();
  private busy = 0;
  private readonly turns: (() => void)[] = [];

  // Each take() that gave a url is followed by a release().
  async take(file: File): Promise<Picture> {
    let kept = this.kept.get(file.id);
    if (!kept) {
      let coming = this.coming.get(file.id);
      if (!coming) this.coming.set(file.id, (coming = this.fetch(file).finally(() => this.coming.delete(file.id))));
      const got = await coming;
      if ('error' in got) return got;
      kept = this.kept.get(file.id);
      // Cleared while it came.
      if (!kept) return { error: '' };
    }
    ++kept.users;
    return { url: kept.url };
  }
  release(id: string): void {
    const kept = this.kept.get(id);
    if (!kept) return;
    kept.users = Math.max(0, kept.users - 1);
    this.kept.delete(id);
    this.kept.set(id, kept);
    this.trim();
  }
  // Of what the person attaches: shown before it is sent.
  keepOwn(id: string, blob: Blob): void {
    this.kept.set(id, { url: URL.createObjectURL(blob), size: 0, users: 1 });
  }
  ownUrl(id: string): string {
    return this.kept.get(id)?.url ?? '';
  }
  clear(): void {
    for (const { url } of this.kept.values()) URL.revokeObjectURL(url);
    this.kept.clear();
  }

  private trim(): void {
    let unused = 0;
    for (const kept of this.kept.values()) if (!kept.users) unused += kept.size;
    for (const [id, kept] of this.kept) {
      if (kept.users || (unused <= kMostUnused && kept.size)) continue;
      unused -= kept.size;
      this.kept.delete(id);
      URL.revokeObjectURL(kept.url);
    }
  }

  private async fetch(file: File): Promise<Picture> {
    if (this.busy >= kMostAtOnce) await new Promise<void>((resolve) => this.turns.push(resolve));
    ++this.busy;
    try {
      const address = fileAddress(file.id);
      const answer = address ? await fetch(address, { headers: { 'X-Wardroom-Web': '1' } }) : undefined;
      if (!answer?.ok) return { error: answer?.status === 404 || !address ? "It isn't there any more." : "It couldn't be loaded." };
      const bytes = await answer.arrayBuffer();
      if (!(await isPromised(bytes, file))) return { error: "Its bytes aren't those of the message. Tell an administrator." };
      if (!isShowable(pictureSize(bytes))) return { error: "It's too large to be shown here. Save it instead." };
      this.kept.set(file.id, { url: URL.createObjectURL(new Blob([bytes], { type: file.type })), size: bytes.byteLength, users: 0 });
      return { url: '' };
    } catch {
      return { error: "It couldn't be loaded." };
    } finally {
      --this.busy;
      this.turns.shift()?.();
    }
  }
}

async function isPromised(bytes: ArrayBuffer, file: File): Promise<boolean> {
  if (bytes.byteLength !== file.size) return false;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') === file.sha256;
}
