import { spokenRoot } from '../witness/checkpoint.ts';
import type { State } from './state.ts';
import type { WatchMemory } from './watch_memory.ts';

// What is shown of what this browser saw of the audit log, in the desktop's words.

export function watchStatus(state: State, past: (at: number) => string): string {
  const { memory, cannot, unkept, lastCompared, trouble, atPeace } = state.watch.told;
  const since = memory.since ? `Watched since ${past(memory.since)}. ` : '';
  const kept = unkept && ` ${unkept}`;
  if (cannot) return `${since}This browser can't check the signatures of the audit log (Ed25519), so it doesn't watch it. Newer browsers can, and so does the desktop program.`;
  if (!lastCompared) return `${since}${trouble ? `Not compared yet: ${trouble}` : 'Not compared yet since this page was opened.'}${kept}`;
  const compared = `${since}Last compared ${past(lastCompared)}`;
  // What came to nothing since isn't passed over.
  const later = trouble && ` Since then it couldn't be: ${trouble}`;
  if (!memory.alarm) return `${compared}: nothing was changed.${later}${kept}`;
  return `${compared}: ${atPeace ? 'the server shows the log that this browser knows again.' : 'it is still so.'}${later}${kept}`;
}

function headText(title: string, key: string, note: string): string {
  if (!note) return `\n${title}\nNothing that can be read.\n`;
  return `\n${title}\nTo be read aloud: ${spokenRoot(note)}\nKey: ${key}\n----\n${note}${note.endsWith('\n') ? '' : '\n'}----\n`;
}

// All that an auditor needs to hold the two heads against each other without this program.
export function watchReport({ alarm, witness }: WatchMemory, place: string): string {
  const time = (at: number): string => new Date(at).toISOString();
  const last = witness.heads[witness.heads.length - 1];
  let text = `Wardroom: what a computer of the office saw of the audit log\n\nServer: ${place}\n`;
  if (alarm) {
    const { seen } = alarm;
    text += `Found: ${time(alarm.at)}\n${alarm.sentence}\n`;
    text += headText(seen ? `What this browser saw: ${seen.size} records, ${time(seen.at)}` : 'What this browser saw:', alarm.seenKey, seen?.note ?? '');
    text += headText(`What the server showed instead: ${alarm.shown} records, ${time(alarm.at)}`, alarm.shownKey, alarm.shownNote);
    if (alarm.cosigned) text += headText('What another device vouched for, as the server showed it:', alarm.shownKey, alarm.cosigned);
  } else if (last) {
    text += headText(`What this browser saw: ${last.size} records, ${time(last.at)}`, witness.key, last.note);
  }
  return `${text}\nEach head is a signed note (c2sp.org/tlog-checkpoint): the log's name, its number of records, the SHA-256 root of its Merkle tree (RFC 6962), and an Ed25519 signature by the key above it.\n`;
}

// Who ends an alarm, by the office's rules.
export function maySettle({ me }: State): boolean {
  return me?.role === 'auditor' || me?.role === 'admin';
}
