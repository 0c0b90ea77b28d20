import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { State } from '../model/state.ts';
import { alarmShown } from '../model/watch.ts';
import { maySettle, watchReport, watchStatus } from '../model/watch_words.ts';
import { dateTime, fullTime } from '../model/words.ts';
import { spokenRoot } from '../witness/checkpoint.ts';
import type { Emit } from './context.ts';
import { Field, Isolated, valuesOf } from './parts.tsx';

// What this browser saw of the office's audit log. Words as on the desktop (common/desk/views/watch.cpp).

export function statusOf(state: State): string {
  return watchStatus(state, (at) => dateTime(at, state.wall));
}

export function LogAlarm({ state, emit }: { state: State; emit: Emit }): JSX.Element | null {
  if (!alarmShown(state)) return null;
  return (
    <div class="banner alarm" role="alert">
      <p><strong>Audit log</strong> <Isolated>{state.watch.told.memory.alarm!.sentence}</Isolated></p>
      <button type="button" onClick={() => emit({ type: 'show_dialog', dialog: { kind: 'watch' } })}>Details</button>
      <button type="button" onClick={() => emit({ type: 'hide_log_alarm' })}>Hide until tomorrow</button>
    </div>
  );
}

function Head({ title, size, at, note }: { title: string; size: number; at: number; note: string }): JSX.Element {
  return (
    <section class="log-head">
      <h3>{title}</h3>
      {!note ? <p class="quiet">Nothing that can be read.</p> : (
        <dl class="facts">
          <div><dt>Length</dt><dd>{size} {size === 1 ? 'record' : 'records'}</dd></div>
          <div><dt>Seen</dt><dd>{fullTime(at)}</dd></div>
          <div><dt>Checksum</dt><dd><code>{spokenRoot(note)}</code></dd></div>
        </dl>
      )}
    </section>
  );
}

function Settle({ state, emit }: { state: State; emit: Emit }): JSX.Element {
  const [asking, setAsking] = useState(false);
  const can = maySettle(state) && state.watch.told.canSettle;
  if (!asking) {
    return (
      <>
        <button type="button" class="wide-button" disabled={!can} onClick={() => setAsking(true)}>The auditor has looked into it…</button>
        {!maySettle(state) ? <p class="hint">Auditors and administrators end it, on record: one of them signs in in this browser. For everybody here it ends with that.</p>
          : !can && <p class="hint">Available once the server has shown its log again.</p>}
      </>
    );
  }
  return (
    <form noValidate onSubmit={(event) => emit({ type: 'settle_log_alarm', reason: valuesOf(event).reason ?? '' })}>
      <p>From then on this browser takes the log as the server shows it, and the alarm ends. What it saw before is kept, and the audit log says who ended it and why.</p>
      <Field label="What the auditor found, kept with what was seen" name="reason" placeholder="For example: the backup of Monday was restored" autoFocus {...(state.form.error && { error: state.form.error })} />
      <button type="submit" class="danger wide-button" disabled={!can || state.form.busy}>End the alarm</button>
    </form>
  );
}

export function Watch({ state, emit }: { state: State; emit: Emit }): JSX.Element {
  const [copied, setCopied] = useState('');
  const { memory } = state.watch.told;
  const { alarm, witness } = memory;
  const seen = alarm ? alarm.seen : witness.heads[witness.heads.length - 1];
  const copy = (): void => {
    navigator.clipboard.writeText(watchReport(memory, location.host)).then(() => setCopied('Copied.'), () => setCopied("This browser didn't let it be copied."));
  };
  return (
    <div>
      {alarm ? <p role="alert"><Isolated>{alarm.sentence}</Isolated></p>
        : <p>Every computer of the office remembers how long the audit log was and what stood in it. If somebody changes it afterwards, this browser notices. Whether the server shows somebody else another log, you find by reading the checksum to each other: for the same length it must be the same.</p>}
      <Head title="What this browser saw" size={seen?.size ?? 0} at={seen?.at ?? 0} note={seen?.note ?? ''} />
      {alarm && <Head title="What the server showed instead" size={alarm.shown} at={alarm.at} note={alarm.shownNote} />}
      <p class="hint">{statusOf(state)}</p>
      <p><button type="button" onClick={copy}>Copy everything for the auditor</button> <span role="status">{copied}</span></p>
      {alarm && <Settle state={state} emit={emit} />}
    </div>
  );
}
