import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { kEmoji, kQuickReactions } from '../model/emoji.ts';
import { lengthWords } from '../model/lengths.ts';
import { matches, personName, roomName } from '../model/names.ts';
import { kSanctionLengths, kSlowLengths } from '../model/reasons.ts';
import { roomOrder } from '../model/rooms.ts';
import type { Dialog as DialogState, State } from '../model/state.ts';
import { isMe, unreadOf } from '../model/state.ts';
import { dateTime } from '../model/words.ts';
import { findMessage } from '../model/threads.ts';
import { PasswordForm, Profile, SecondFactor, Sessions, Settings } from './account.tsx';
import type { Emit } from './context.ts';
import { Dialog } from './dialog.tsx';
import { Viewer } from './picture.tsx';
import { Reports } from './reports.tsx';
import { Transcript } from './transcript.tsx';
import { Watch } from './watch.tsx';
import { Avatar, Field, Icon, Isolated, valuesOf } from './parts.tsx';

interface Props {
  state: State;
  emit: Emit;
}
type Of<K extends DialogState['kind']> = Extract<DialogState, { kind: K }>;

function Browse({ state, emit }: Props): JSX.Element {
  return (
    <div>
      <Field label="Find a room" name="query" autoFocus onInput={(query) => emit({ type: 'browse', query })} />
      {state.form.error && <p class="error" role="alert">{state.form.error}</p>}
      <ul class="choices-list" aria-busy={state.form.busy}>
        {state.browse.map((room) => (
          <li key={room.id}>
            <span class="person-words"><strong># <Isolated>{room.name}</Isolated></strong><small>{room.members} {room.members === 1 ? 'member' : 'members'}{room.topic && <> · <Isolated>{room.topic}</Isolated></>}</small></span>
            <button type="button" aria-label={`${room.joined ? 'Open' : 'Join'} ${room.name}`} onClick={() => {
              emit({ type: 'join_room', room: room.id });
              if (room.joined) {
                emit({ type: 'show_dialog', dialog: { kind: 'none' } });
                emit({ type: 'open_room', room: room.id });
              }
            }}>{room.joined ? 'Open' : 'Join'}</button>
          </li>
        ))}
      </ul>
      {!state.browse.length && !state.form.busy && <p class="none">There's no public room like that.</p>}
    </div>
  );
}

function Create({ state, emit }: Props): JSX.Element {
  return (
    <form noValidate onSubmit={(event) => {
      const { name = '', topic = '', kind } = valuesOf(event);
      emit({ type: 'create_room', name, topic, isPrivate: kind === 'private' });
    }}>
      <Field label="Name" name="name" autoFocus maxLength={64} />
      <Field label="Topic" name="topic" hint="What it is for, if the name doesn't say it." />
      <fieldset>
        <legend>Who finds it</legend>
        <div class="choices">
          <label><input type="radio" name="kind" value="public" defaultChecked />Everybody</label>
          <label><input type="radio" name="kind" value="private" />Only people who are added</label>
        </div>
      </fieldset>
      {state.form.error && <p class="error" role="alert">{state.form.error}</p>}
      <button type="submit" class="primary wide-button" disabled={state.form.busy}>Make the room</button>
    </form>
  );
}

function People({ state, emit, many }: Props & { many: boolean }): JSX.Element {
  const [chosen, setChosen] = useState<number[]>([]);
  const open = state.rooms.get(state.openRoom);
  const listed = state.directory.filter((user) => !isMe(state, user.id) && (many || !open?.members.some((member) => member.user === user.id)));
  const press = (id: number): void => {
    if (!many) return emit({ type: 'add_member', room: state.openRoom, user: id });
    setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id].slice(0, 7));
  };
  return (
    <div>
      <Field label="Find a person" name="query" autoFocus onInput={(query) => emit({ type: 'find_people', query })} />
      {state.form.error && <p class="error" role="alert">{state.form.error}</p>}
      {chosen.length > 0 && <p class="chosen-people">With <Isolated>{chosen.map((id) => personName(state, id)).join(', ')}</Isolated></p>}
      <ul class="choices-list people" aria-busy={state.form.busy}>
        {listed.map((user) => (
          <li key={user.id}>
            <button type="button" class="person" aria-pressed={many ? chosen.includes(user.id) : undefined} onClick={() => press(user.id)}>
              <Avatar name={user.display_name || user.name} small />
              <span class="person-words"><Isolated>{user.display_name || user.name}</Isolated><small>@<Isolated>{user.name}</Isolated></small></span>
              {chosen.includes(user.id) && <Icon name="check" />}
            </button>
          </li>
        ))}
      </ul>
      {!listed.length && !state.form.busy && <p class="none">Nobody by that name.</p>}
      {many && <button type="button" class="primary wide-button" disabled={!chosen.length || state.form.busy} onClick={() => emit({ type: 'open_direct', people: chosen })}>Write</button>}
    </div>
  );
}

function Jump({ state, emit }: Props): JSX.Element {
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const found = roomOrder(state).filter((room) => matches(query, roomName(state, room), ...(room.info.users ?? []).map((user) => user.name))).slice(0, 12);
  const go = (index: number): void => {
    const room = found[index];
    if (!room) return;
    emit({ type: 'show_dialog', dialog: { kind: 'none' } });
    emit({ type: 'open_room', room: room.info.id });
  };
  return (
    <div onKeyDown={(event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        setAt((at + step + Math.max(1, found.length)) % Math.max(1, found.length));
      }
      if (event.key === 'Enter' && !(event.target as HTMLElement).matches('button')) {
        event.preventDefault();
        go(at);
      }
    }}>
      <Field label="Room or person" name="query" autoFocus onInput={(value) => { setQuery(value); setAt(0); }} />
      <ul class="choices-list" ref={list}>
        {found.map((room, index) => (
          <li key={room.info.id}>
            <button type="button" class={`person ${index === at ? 'chosen' : ''}`} onClick={() => go(index)}>
              <span class="sign" aria-hidden="true">{room.info.kind === 'direct' ? '@' : '#'}</span><Isolated>{roomName(state, room)}</Isolated>
              {unreadOf(room) > 0 && <span class="badge">{unreadOf(room)}<span class="hidden"> unread</span></span>}
            </button>
          </li>
        ))}
      </ul>
      {!found.length && <p class="none">No matches.</p>}
    </div>
  );
}

const kReasonTitles: Record<Of<'reason'>['act'], [title: string, button: string]> = {
  delete: ['Delete a message', 'Delete'], restore: ['Restore a message', 'Restore'], report: ['Report a message', 'Report'],
  mute: ['Mute', 'Mute'], kick: ['Remove from this room', 'Remove'], ban: ['Ban from this room', 'Ban'], lock: ['Lock the room', 'Lock'],
  unlock: ['Unlock the room', 'Unlock'], archive: ['Archive the room', 'Archive'], unarchive: ['Open the room again', 'Open'], slow_mode: ['Slow mode', 'Set'],
};

function Reason({ state, emit, dialog }: Props & { dialog: Of<'reason'> }): JSX.Element {
  const lengths = dialog.act === 'mute' || dialog.act === 'ban' ? kSanctionLengths : dialog.act === 'slow_mode' ? kSlowLengths : [];
  const preset = lengths.includes(dialog.seconds) ? dialog.seconds : lengths[1] ?? 0;
  return (
    <form noValidate onSubmit={(event) => {
      const { reason = '', seconds } = valuesOf(event);
      emit({ type: 'give_reason', reason, seconds: Number(seconds ?? 0) });
    }}>
      {dialog.user > 0 && <p class="lead"><Isolated>{personName(state, dialog.user)}</Isolated></p>}
      {lengths.length > 0 && (
        <fieldset>
          <legend>{dialog.act === 'slow_mode' ? 'One message each in' : 'For how long'}</legend>
          <div class="choices">
            {lengths.map((seconds) => <label key={seconds}><input type="radio" name="seconds" value={seconds} defaultChecked={seconds === preset} />{seconds ? lengthWords(seconds) : dialog.act === 'slow_mode' ? 'Off' : 'No end'}</label>)}
          </div>
        </fieldset>
      )}
      <Field label="Reason" name="reason" value={dialog.reason} autoFocus {...(state.form.error && { error: state.form.error })} />
      <button type="submit" class="primary wide-button" disabled={state.form.busy}>{kReasonTitles[dialog.act][1]}</button>
    </form>
  );
}

function React({ state, emit, dialog }: Props & { dialog: Of<'react'> }): JSX.Element {
  const [query, setQuery] = useState('');
  const message = findMessage(state, dialog.room, dialog.seq);
  const found = query ? kEmoji.filter(([name]) => name.includes(query.replace(/:/g, '').toLowerCase())) : kEmoji;
  const give = (emoji: string): void => {
    const mine = message?.reactions?.some((one) => one.emoji === emoji && one.users.some((user) => isMe(state, user)));
    emit({ type: 'react', room: dialog.room, seq: dialog.seq, emoji, on: !mine });
  };
  const button = (emoji: string, name: string): JSX.Element => <button type="button" key={name} aria-label={name.replace(/_/g, ' ')} title={`:${name}:`} onClick={() => give(emoji)}>{emoji}</button>;
  return (
    <div>
      <div class="emoji-grid quick">{kQuickReactions.map((emoji) => button(emoji, kEmoji.find((one) => one[1] === emoji)?.[0] ?? emoji))}</div>
      <Field label="Find an emoji" name="query" onInput={setQuery} />
      <div class="emoji-grid">{found.map(([name, emoji]) => button(emoji, name))}</div>
    </div>
  );
}

function Versions({ state, dialog }: { state: State; dialog: Of<'versions'> }): JSX.Element {
  return (
    <ol class="versions">
      {state.form.error && <li class="error">{state.form.error}</li>}
      {dialog.versions.map((one) => (
        <li key={one.version}>
          <small>{one.act} by <Isolated>{personName(state, one.by)}</Isolated>, {dateTime(one.at, state.wall)}{one.reason && <>: <Isolated>{one.reason}</Isolated></>}</small>
          <p dir="auto">{one.erased ? 'Erased.' : one.text}</p>
        </li>
      ))}
    </ol>
  );
}

function LinkTarget({ emit, dialog }: { emit: Emit; dialog: Of<'link'> }): JSX.Element {
  const { hostname } = new URL(dialog.url);
  return (
    <div>
      <p>This isn't where it may seem to lead. It goes to{hostname ? <> <strong dir="ltr">{hostname}</strong></> : ''}:</p>
      <p class="address" dir="ltr"><code>{dialog.url}</code></p>
      <div class="buttons">
        <button type="button" class="primary" onClick={() => emit({ type: 'follow_link' })}>Open</button>
        <button type="button" data-autofocus onClick={() => emit({ type: 'show_dialog', dialog: { kind: 'none' } })}>Stay here</button>
      </div>
    </div>
  );
}

const kKeys: [string, string][] = [
  ['Ctrl K', 'Jump to a room or person'], ['Ctrl F', 'Search in this room'], ['Ctrl Shift F', 'Search everywhere'], ['Alt ↑ / Alt ↓', 'The room above or below'],
  ['Alt Shift ↑ / Alt Shift ↓', 'The unread room above or below'], ['Enter', 'Send'], ['Shift Enter', 'New line'], ['↑', 'Edit your last message, with an empty composer'],
  ['@ : /', 'Complete a person, an emoji, a command'], ['↑ ↓ Enter', 'In the messages: choose one, and what to do with it'], ['Esc', 'Close, stop editing'],
];

function Confirm({ emit, text, button, act }: { emit: Emit; text: string; button: string; act: () => void }): JSX.Element {
  const close = (): void => emit({ type: 'show_dialog', dialog: { kind: 'none' } });
  return (
    <div>
      <p>{text}</p>
      <div class="buttons">
        <button type="button" class="danger" onClick={() => { close(); act(); }}>{button}</button>
        <button type="button" data-autofocus onClick={close}>Not now</button>
      </div>
    </div>
  );
}

function Topic({ state, emit }: Props): JSX.Element {
  return (
    <form noValidate onSubmit={(event) => emit({ type: 'set_topic', room: state.openRoom, topic: valuesOf(event).topic ?? '' })}>
      <Field label="Topic" name="topic" value={state.rooms.get(state.openRoom)?.info.topic ?? ''} autoFocus {...(state.form.error && { error: state.form.error })} />
      <button type="submit" class="primary wide-button" disabled={state.form.busy}>Save</button>
    </form>
  );
}

export function OpenDialog({ state, emit }: Props): JSX.Element | null {
  const { dialog } = state;
  const close = (): void => emit({ type: 'show_dialog', dialog: { kind: 'none' } });
  const box = (title: string, inside: JSX.Element, wide = false): JSX.Element => <Dialog key={dialog.kind} title={title} close={close} wide={wide}>{inside}</Dialog>;
  switch (dialog.kind) {
    case 'browse': return box('Public rooms', <Browse state={state} emit={emit} />);
    case 'create': return box('Make a room', <Create state={state} emit={emit} />);
    case 'direct': return box('Write to somebody', <People state={state} emit={emit} many />);
    case 'add_member': return box('Bring somebody in', <People state={state} emit={emit} many={false} />);
    case 'jump': return box('Jump to', <Jump state={state} emit={emit} />);
    case 'settings': return box('Settings', <Settings state={state} emit={emit} />);
    case 'profile': return box('Display name', <Profile state={state} emit={emit} />);
    case 'password': return box('Change password', <PasswordForm state={state} emit={emit} />);
    case 'second_factor': return box('Second factor', <SecondFactor state={state} emit={emit} />);
    case 'sessions': return box("Where you're signed in", <Sessions state={state} emit={emit} />);
    case 'topic': return box('Topic', <Topic state={state} emit={emit} />);
    case 'reason': return box(kReasonTitles[dialog.act][0], <Reason state={state} emit={emit} dialog={dialog} />);
    case 'react': return box('React', <React state={state} emit={emit} dialog={dialog} />);
    case 'picture': return box('Picture', <Viewer state={state} emit={emit} dialog={dialog} />, true);
    case 'versions': return box('Earlier texts', <Versions state={state} dialog={dialog} />);
    case 'link': return box('Open this link?', <LinkTarget emit={emit} dialog={dialog} />);
    case 'transcript': return box('Save what is written here', <Transcript state={state} emit={emit} room={dialog.room} />);
    case 'reports': return box('Reports', <Reports state={state} emit={emit} />, true);
    case 'watch': return box("The office's audit log", <Watch state={state} emit={emit} />);
    case 'keys': return box('Keyboard shortcuts', <dl class="keys">{kKeys.map(([key, meaning]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{meaning}</dd></div>)}</dl>);
    case 'confirm_leave':
      return box('Leave this room?', <Confirm emit={emit} text="A private room lets you back in only when somebody brings you." button="Leave" act={() => emit({ type: 'leave_room', room: dialog.room })} />);
    case 'confirm_end':
      return box('End this conversation?', <Confirm emit={emit} text="It ends for all its people. It can still be read." button="End it" act={() => emit({ type: 'end_direct', room: dialog.room })} />);
    default: return null;
  }
}
