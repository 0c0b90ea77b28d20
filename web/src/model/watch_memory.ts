// What a browser keeps of the office's audit log. It belongs to the browser, not to who is signed in: signing out leaves it.

export interface SeenHead {
  size: number;
  at: number; // wall clock, when this browser saw it
  note: string; // as the server signed it: evidence, should the server deny it
  reason?: string; // only of a head that was given up: why, as the person said
}

export interface WitnessMemory {
  key: string; // that signs the log's heads; "": nothing was seen yet
  heads: SeenHead[]; // the last of each day, the newest at the end
  restores: string[]; // leaf hashes of the restorations that are known
  contradicted: SeenHead[]; // heads that a person gave up for what the server showed instead
}

// What this browser holds against the server. It stays although the server may later show the right log again.
export interface WatchAlarm {
  at: number;
  sentence: string;
  seen: SeenHead | null; // null: it can't tell any more
  seenKey: string; // that signed it
  shown: number; // records, as the server shows them
  shownNote: string;
  shownKey: string;
  cosigned?: string; // what another device had cosigned and the server showed, when it was that which contradicts
}

export interface WatchMemory {
  since: number; // when this browser first saw a head; 0: it didn't
  witness: WitnessMemory;
  alarm: WatchAlarm | null;
  hiddenUntil: number; // the person wants to see the alarm again only then
  changes: number; // how often it was changed: of two, the later one counts
}

export const noWitness: WitnessMemory = { key: '', heads: [], restores: [], contradicted: [] };
export const noMemory: WatchMemory = { since: 0, witness: noWitness, alarm: null, hiddenUntil: 0, changes: 0 };

export interface Finding {
  // undecided: the server had no time, ask again later. From `restored` on: alarms.
  kind: 'first_seen' | 'grown' | 'undecided' | 'restored' | 'shrunk' | 'forked' | 'another_key' | 'bad_head';
  sentence: string;
  shown: number; // records that the server shows now
  cosigned: string; // of an alarm: the note that another device cosigned and that doesn't go with it
}
export function isAlarm({ kind }: Finding): boolean {
  return kind !== 'first_seen' && kind !== 'grown' && kind !== 'undecided';
}

// One comparison of what is remembered with what the server shows.
export interface Checked {
  finding: Finding;
  memory: WitnessMemory; // what is to be kept from now on; after an alarm it is what it was, so that the alarm comes back
  holds: boolean; // what the server shows is signed by the key that came with it
}

function isHead(value: unknown): value is SeenHead {
  const head = value as SeenHead | null;
  return typeof head?.size === 'number' && typeof head.at === 'number' && typeof head.note === 'string';
}
// Whether that is what this page writes down.
export function isMemory(value: unknown): value is WatchMemory {
  const memory = value as WatchMemory | null;
  const { witness, alarm } = memory ?? {};
  const areHeads = (heads: unknown): boolean => Array.isArray(heads) && heads.every(isHead);
  return typeof memory?.since === 'number' && typeof memory.hiddenUntil === 'number' && typeof memory.changes === 'number'
    && typeof witness?.key === 'string' && areHeads(witness.heads) && areHeads(witness.contradicted) && Array.isArray(witness.restores)
    && (alarm === null || (typeof alarm?.sentence === 'string' && typeof alarm.at === 'number' && (alarm.seen === null || isHead(alarm.seen))));
}
