import type { Message } from '../wire/catalogue.ts';

// What a room's timeline shows between the messages.
export interface Notice {
  kind:
    | 'joined' | 'left' | 'added' | 'removed' | 'renamed' | 'topic' | 'locked' | 'unlocked' | 'slow_mode'
    | 'made_private' | 'opened_from_now' | 'opened_with_history' | 'archived' | 'unarchived'
    | 'asked' | 'accepted' | 'declined' | 'ended';
  at: number;
  who: number;
  by?: number;
  text?: string;
}

// A message is never changed, only replaced: whoever drew it knows by its identity that it is the same.
export interface Entry {
  seq: number;
  key: string; // the client_id of an own message, so that its row stays the same when it is stored
  message?: Message;
  notice?: Notice;
}

// A window on a room's messages: all of what it covers, from `from` on, up to `to` or, when live, without end.
export class Timeline {
  entries: Entry[] = [];
  loaded = false;
  live = false;
  from = 0;
  to = 0;

  openLive(next: number): void {
    this.close();
    this.loaded = this.live = true;
    this.from = next;
  }
  openAt(from: number, to: number): void {
    this.close();
    this.loaded = true;
    this.from = from;
    this.to = to;
  }
  close(): void {
    this.entries = [];
    this.loaded = this.live = false;
    this.from = this.to = 0;
  }
  covers(seq: number): boolean {
    return this.loaded && seq >= this.from && (this.live || seq <= this.to);
  }
  find(seq: number): Entry | undefined {
    const at = this.place(seq);
    return this.entries[at]?.seq === seq ? this.entries[at] : undefined;
  }
  message(seq: number): Message | undefined {
    return this.find(seq)?.message;
  }
  newestSeq(): number {
    return this.entries.length ? this.entries[this.entries.length - 1]!.seq : 0;
  }

  // What the window knows may be newer than a page that was read before and came after.
  put(message: Message, key?: string): void {
    if (!this.covers(message.seq)) return;
    const at = this.place(message.seq);
    const known = this.entries[at];
    if (known?.seq !== message.seq) {
      this.entries.splice(at, 0, { seq: message.seq, key: key ?? `m${message.seq}`, message });
    } else if (!known.message || (known.message.changed ?? 0) <= (message.changed ?? 0)) {
      this.entries[at] = { ...known, message };
    }
  }
  putNotice(seq: number, notice: Notice): void {
    if (!this.covers(seq)) return;
    const at = this.place(seq);
    if (this.entries[at]?.seq !== seq) this.entries.splice(at, 0, { seq, key: `m${seq}`, notice });
  }
  replace(seq: number, change: (message: Message) => Message): void {
    const at = this.place(seq);
    const known = this.entries[at];
    if (known?.seq === seq && known.message) this.entries[at] = { ...known, message: change(known.message) };
  }
  // True: something went.
  dropBefore(at: number): boolean {
    let keep = this.entries.length;
    while (keep > 0 && !((this.entries[keep - 1]!.message?.at ?? Infinity) < at)) --keep;
    if (keep === 0) return false;
    this.from = this.entries[keep - 1]!.seq + 1;
    this.entries.splice(0, keep);
    return true;
  }
  trimOldest(count: number): void {
    if (this.entries.length <= count) return;
    this.entries.splice(0, this.entries.length - count);
    this.from = this.entries.length ? this.entries[0]!.seq : this.from;
  }
  trimNewest(count: number): void {
    if (this.entries.length <= count || count === 0) return;
    this.entries.length = count;
    this.to = this.newestSeq();
    this.live = false;
  }

  // Where an entry of this sequence number stands, or would stand.
  place(seq: number): number {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.entries[middle]!.seq < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
