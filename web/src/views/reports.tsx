import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { decides, kResolutions, readsSanctions, resolutionWords } from '../model/moderation.ts';
import type { ModerationTab, Resolution } from '../model/moderation.ts';
import { personName, roomName } from '../model/names.ts';
import type { ReasonedAct, State } from '../model/state.ts';
import { isMe } from '../model/state.ts';
import { dateTime } from '../model/words.ts';
import type { Message, MessageVersion, Report, Sanction } from '../wire/catalogue.ts';
import type { Emit } from './context.ts';
import { Field, Isolated, valuesOf } from './parts.tsx';

interface Props {
  state: State;
  emit: Emit;
}
const kActWords: Record<MessageVersion['act'], string> = { posted: 'posted', edited: 'edited', deleted: 'deleted', restored: 'brought back' };

// As people were called when it was reported.
function nameIn(report: Report, user: number): string {
  return report.evidence.users.find(({ id }) => id === user)?.display_name || 'somebody';
}
function placeOf(state: State, report: Report): string {
  if (report.evidence.room_kind === 'direct') return 'a direct room';
  const known = state.rooms.get(report.room);
  const name = report.evidence.room_name || (known ? roomName(state, known) : `room ${report.room}`);
  return `# ${name}, ${report.evidence.room_kind}`;
}

function Evidence({ state, report, message }: { state: State; report: Report; message: Message }): JSX.Element {
  const mark = message.deleted ? ', deleted' : message.edited_at ? ', edited' : '';
  return (
    <div class="evidence">
      <small><Isolated class="author">{nameIn(report, message.author)}</Isolated> · {dateTime(message.at, state.wall)}{mark}</small>
      <p><Isolated>{message.text}</Isolated></p>
      {message.files?.map((file) => <p key={file.id} class="quiet"><Isolated>{file.name}</Isolated>, {file.size} bytes</p>)}
    </div>
  );
}

function Acts({ state, emit, report }: Props & { report: Report }): JSX.Element | null {
  const { message, room_kind: kind } = report.evidence;
  const ask = (act: ReasonedAct) => () => emit({ type: 'ask_reason', what: { act, room: report.room, seq: report.seq, user: act === 'delete' ? 0 : message.author, reason: report.reason, seconds: 3_600, report: report.id } });
  const taken = state.moderation.taken.get(report.id);
  // Direct rooms have no moderators; nobody acts against themselves.
  if (kind === 'direct' || isMe(state, message.author)) return taken ? <p class="hint">Done here: {taken.map(resolutionWords).join(', ')}</p> : null;
  return (
    <>
      <div class="buttons">
        <button type="button" onClick={ask('delete')}>Delete the message…</button>
        <button type="button" onClick={ask('mute')}>Mute…</button>
        <button type="button" onClick={ask('kick')}>Remove…</button>
        <button type="button" onClick={ask('ban')}>Ban…</button>
      </div>
      {taken && <p class="hint">Done here: {taken.map(resolutionWords).join(', ')}</p>}
    </>
  );
}

function Decision({ state, emit, report }: Props & { report: Report }): JSX.Element {
  const taken = state.moderation.taken.get(report.id) ?? [];
  const preset: Resolution = taken[taken.length - 1] ?? 'warned';
  return (
    <form noValidate key={`${report.id}${preset}`} onSubmit={(event) => {
      const { resolution = '', reason = '' } = valuesOf(event);
      emit({ type: 'resolve_report', report: report.id, resolution: report.open ? (resolution as Resolution) : '', reason });
    }}>
      {report.open && (
        <fieldset>
          <legend>What was done</legend>
          <div class="choices">{kResolutions.map(([value, words]) => <label key={value}><input type="radio" name="resolution" value={value} defaultChecked={value === preset} />{words}</label>)}</div>
        </fieldset>
      )}
      <Field label={report.open ? 'Why (the person who reported it sees this)' : 'Why it is being reopened'} name="reason" {...(state.form.error && { error: state.form.error })} />
      <button type="submit" class="primary wide-button" disabled={state.form.busy}>{report.open ? 'Close the report' : 'Open it again'}</button>
    </form>
  );
}

function Details({ state, emit, report }: Props & { report: Report }): JSX.Element {
  const { before, message, versions } = report.evidence;
  return (
    <div class="report">
      <p class="hint">Reported by <Isolated>{report.reporter.display_name || report.reporter.name}</Isolated>, {dateTime(report.at, state.wall)}: <Isolated>{report.reason}</Isolated></p>
      {report.erased && <p class="hint">What was written is erased.</p>}
      {before.length > 0 && <h3>Before it</h3>}
      {before.map((one) => <Evidence key={one.seq} state={state} report={report} message={one} />)}
      <h3>The message</h3>
      <Evidence state={state} report={report} message={message} />
      {versions.length > 1 && <h3>All its texts</h3>}
      {versions.length > 1 && versions.map((one) => (
        <div class="evidence" key={one.version}>
          <small>{kActWords[one.act]} by <Isolated>{nameIn(report, one.by)}</Isolated>, {dateTime(one.at, state.wall)}{one.reason && <>: <Isolated>{one.reason}</Isolated></>}</small>
          <p><Isolated>{one.text}</Isolated></p>
        </div>
      ))}
      <p class="hint">Evidence <code>{report.evidence_hash}</code></p>
      {!report.open && report.resolution && (
        <p>{resolutionWords(report.resolution)}{report.resolved_by && <> · <Isolated>{report.resolved_by.display_name}</Isolated></>}{report.resolution_reason && <>: <Isolated>{report.resolution_reason}</Isolated></>}</p>
      )}
      {decides(state, report) ? <>{report.open && <Acts state={state} emit={emit} report={report} />}<Decision state={state} emit={emit} report={report} /></>
        : <p class="hint">You read this, and moderators decide it.</p>}
    </div>
  );
}

function Sanctions({ state, emit }: Props): JSX.Element {
  const [lifting, setLifting] = useState<Sanction | null>(null);
  const where = (sanction: Sanction): string => {
    const room = sanction.room && state.rooms.get(sanction.room);
    return !sanction.room ? 'every room' : room ? `# ${roomName(state, room)}` : `room ${sanction.room}`;
  };
  return (
    <ul class="versions">
      {state.moderation.sanctions.map((one) => (
        <li key={`${one.kind}${one.user.id}/${one.room ?? 0}`}>
          <strong><Isolated>{personName(state, one.user.id)}</Isolated></strong> {one.kind === 'mute' ? 'muted' : 'banned'}, <Isolated>{where(one)}</Isolated>, {one.until ? `until ${dateTime(one.until, state.wall)}` : 'until lifted'}
          <small> · <Isolated>{personName(state, one.by.id)}</Isolated>: <Isolated>{one.reason}</Isolated></small>
          {lifting !== one ? <button type="button" aria-label={`Lift it for ${personName(state, one.user.id)}`} onClick={() => setLifting(one)}>Lift…</button> : (
            <form noValidate onSubmit={(event) => emit({ type: 'lift_sanction', sanction: one, reason: valuesOf(event).reason ?? '' })}>
              <Field label="Reason" name="reason" />
              <button type="submit" class="primary" disabled={state.form.busy}>Lift it</button>
            </form>
          )}
        </li>
      ))}
    </ul>
  );
}

export function Reports({ state, emit }: Props): JSX.Element {
  const [chosen, setChosen] = useState(state.moderation.acted);
  const { tab, reports, sanctions, more, open, busy, loaded, error } = state.moderation;
  const tabs: [ModerationTab, string][] = [['open', `Open (${open})`], ['resolved', 'Closed'], ...(readsSanctions(state) ? [['sanctions', 'Mutes and bans'] as [ModerationTab, string]] : [])];
  const empty = { open: 'There are no open reports.', resolved: 'None has been closed yet.', sanctions: 'There are no mutes or bans.' }[tab];
  return (
    <div>
      <div class="buttons" role="group" aria-label="What is shown">
        {tabs.map(([one, words]) => <button key={one} type="button" aria-pressed={tab === one} onClick={() => emit({ type: 'show_reports', tab: one })}>{words}</button>)}
      </div>
      {error && <p class="error" role="alert">{error}</p>}
      {state.form.saved && <p class="saved" role="status">{state.form.saved}</p>}
      {tab === 'sanctions' && state.form.error && <p class="error" role="alert">{state.form.error}</p>}
      {loaded && !reports.length && !sanctions.length && !busy && <p class="none">{empty}</p>}
      {!loaded && busy && <p class="none">Loading…</p>}
      {tab === 'sanctions' ? <Sanctions state={state} emit={emit} /> : (
        <ul class="versions" aria-busy={busy}>
          {reports.map((report) => (
            <li key={report.id}>
              <button type="button" class="person" aria-expanded={chosen === report.id} onClick={() => setChosen(chosen === report.id ? 0 : report.id)}>
                <span class="person-words"><strong><Isolated>{nameIn(report, report.evidence.message.author)}</Isolated></strong> <Isolated>{placeOf(state, report)}</Isolated>
                  <small>{dateTime(report.at, state.wall)} · <Isolated>{report.reason}</Isolated></small></span>
              </button>
              {chosen === report.id && <Details state={state} emit={emit} report={report} />}
            </li>
          ))}
        </ul>
      )}
      {tab !== 'sanctions' && more && <button type="button" class="wide-button" disabled={busy} onClick={() => emit({ type: 'more_reports' })}>More</button>}
    </div>
  );
}
