import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Completion, Token } from '../model/completion.ts';
import { complete, findToken } from '../model/completion.ts';
import { bytesOf } from '../model/composer.ts';
import { personName, roomName } from '../model/names.ts';
import { excerptOf } from '../model/select.ts';
import { hindranceOf, muteOf, slowModeWait } from '../model/standing.ts';
import type { RoomState, State } from '../model/state.ts';
import { draftIn } from '../model/threads.ts';
import { attachedTo } from '../model/uploads.ts';
import { dateTime } from '../model/words.ts';
import { kMaxTextBytes } from '../wire/limits.ts';
import { asTextFile, chosenFrom, pastedFiles } from './attaching.ts';
import type { Emit } from './context.ts';
import { Attached } from './files.tsx';
import { Icon, IconButton, Isolated } from './parts.tsx';

const kMostHeight = 200;

function Hindrance({ state, room, emit }: { state: State; room: RoomState; emit: Emit }): JSX.Element {
  const id = room.info.id;
  const why = hindranceOf(state, room);
  const mute = muteOf(state, room);
  const asker = room.info.requested_by ? personName(state, room.info.requested_by) : 'Somebody';
  switch (why) {
    case 'asked':
      return (
        <div class="hindrance">
          <p><Isolated>{asker}</Isolated> would like to write to you.</p>
          <div class="buttons">
            <button type="button" class="primary" onClick={() => emit({ type: 'accept_direct', room: id })}>Accept</button>
            <button type="button" onClick={() => emit({ type: 'decline_direct', room: id })}>Decline</button>
          </div>
        </div>
      );
    case 'waiting':
      return <div class="hindrance"><p>You asked to chat. You can write as soon as everybody has accepted.</p></div>;
    case 'ended':
      return (
        <div class="hindrance">
          <p>This conversation has ended. It can still be read.</p>
          <div class="buttons"><button type="button" onClick={() => emit({ type: 'ask_again', room: id })}>Ask again</button></div>
        </div>
      );
    case 'archived':
      return <div class="hindrance"><p>This room is archived. It can still be read.</p></div>;
    case 'locked':
      return <div class="hindrance"><p>Only moderators can post here at the moment.</p></div>;
    default:
      return (
        <div class="hindrance">
          <p>You're muted here{mute?.until ? ` until ${dateTime(mute.until, state.wall)}` : ''}.{mute?.reason ? <> Reason: <Isolated>{mute.reason}</Isolated></> : ''}</p>
        </div>
      );
  }
}

// What is being written in a room, or in one of its threads.
interface Writing {
  draft: string;
  version: number;
  editing: number;
  replyTo: number;
}

function writingIn(state: State, room: RoomState, thread: number): Writing {
  if (!thread) return { draft: room.draft, version: room.draftVersion, editing: room.editing, replyTo: room.replyTo };
  const { text, version, editing, edited } = draftIn(state, room.info.id, thread);
  return { draft: editing ? edited : text, version, editing, replyTo: 0 };
}

// `thread`: the message that it began with; 0: the room.
export function Composer({ state, room, thread = 0, emit }: { state: State; room: RoomState; thread?: number; emit: Emit }): JSX.Element {
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const [token, setToken] = useState<Token | null>(null);
  const [chosen, setChosen] = useState(0);
  const id = room.info.id;
  const list = thread ? 'thread-completions' : 'completions';
  const hindered = hindranceOf(state, room) !== '';
  const { draft, version, editing, replyTo } = writingIn(state, room, thread);
  const attached = thread ? [] : attachedTo(state, id);
  const changed = (text: string): void => emit(thread ? { type: 'draft_in_thread', room: id, root: thread, text } : { type: 'draft', room: id, text });
  const leave = (): void => emit(thread ? { type: 'cancel_edit_in_thread', room: id, root: thread } : { type: editing ? 'cancel_edit' : 'cancel_reply', room: id });

  const grow = (): void => {
    const area = field.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight, kMostHeight)}px`;
  };
  // The model, not the person, changed the draft: another room, an edit, a text that came back.
  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    area.value = draft;
    setToken(null);
    grow();
    if (editing || replyTo) area.focus();
  }, [id, thread, version, hindered]);
  useEffect(() => {
    if ((editing || replyTo) && field.current) field.current.focus();
  }, [editing, replyTo]);
  useEffect(() => {
    if (matchMedia('(hover: hover)').matches) field.current?.focus();
  }, [id, thread]);

  if (hindered) return <Hindrance state={state} room={room} emit={emit} />;

  const offered: Completion[] = token ? complete(state, room, token) : [];
  const wait = slowModeWait(state, room);
  const look = (): void => {
    const area = field.current!;
    const found = area.selectionStart === area.selectionEnd ? findToken(area.value, area.selectionStart) : null;
    if (found?.begin !== token?.begin || found?.query !== token?.query) setChosen(0);
    setToken(found);
  };
  const take = (completion: Completion): void => {
    const area = field.current!;
    const end = area.selectionStart;
    const before = area.value.slice(0, token!.begin) + completion.insert;
    area.value = `${before} ${area.value.slice(end).replace(/^ /, '')}`;
    area.setSelectionRange(before.length + 1, before.length + 1);
    setToken(null);
    changed(area.value);
    area.focus();
    grow();
  };
  const send = (): void => {
    const area = field.current!;
    const text = area.value;
    if ((!text.trim() && !attached.length) || (wait > 0 && !editing)) return;
    area.value = '';
    emit(thread ? { type: 'send_in_thread', room: id, root: thread, text } : { type: 'send', room: id, text });
    setToken(null);
    grow();
    area.focus();
  };
  const pick = (event: Event): void => {
    const input = event.currentTarget as HTMLInputElement;
    const chosen = chosenFrom(input.files ?? []);
    // The same file again is a change, too.
    input.value = '';
    if (chosen.length) emit({ type: 'attach', room: id, chosen });
    field.current?.focus();
  };
  const onPaste = (event: ClipboardEvent): void => {
    if (!event.clipboardData || editing || thread) return;
    const text = event.clipboardData.getData('text/plain');
    const chosen = bytesOf(text) > kMaxTextBytes ? [asTextFile(text)] : pastedFiles(event.clipboardData);
    if (!chosen.length) return;
    event.preventDefault();
    emit({ type: 'attach', room: id, chosen });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (offered.length) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        return setChosen((chosen + step + offered.length) % offered.length);
      }
      // A command that is typed whole is sent, not completed.
      const whole = token!.kind === 'command' && offered[chosen]!.insert === `/${token!.query}`;
      if ((event.key === 'Enter' && !whole) || event.key === 'Tab') {
        event.preventDefault();
        return take(offered[chosen]!);
      }
      if (event.key === 'Escape') {
        event.preventDefault();
        return setToken(null);
      }
    }
    const phone = matchMedia('(pointer: coarse)').matches && !matchMedia('(hover: hover)').matches;
    if (event.key === 'Enter' && !event.shiftKey && !phone) {
      event.preventDefault();
      return send();
    }
    if (event.key === 'ArrowUp' && field.current!.value === '') {
      event.preventDefault();
      return emit(thread ? { type: 'edit_in_thread', room: id, seq: 0 } : { type: 'edit_last', room: id });
    }
    if (event.key === 'Escape' && (editing || replyTo)) {
      event.preventDefault();
      event.stopPropagation();
      leave();
    }
  };
  const answered = replyTo ? room.timeline.message(replyTo) : undefined;
  return (
    <div class="composer">
      {offered.length > 0 && (
        <ul class="completions" id={list} role="listbox" aria-label="Completions">
          {offered.map((one, at) => (
            <li key={one.insert} id={`${list}${at}`} role="option" aria-selected={at === chosen} class={at === chosen ? 'chosen' : ''}
              onMouseDown={(event) => { event.preventDefault(); take(one); }}>
              <Isolated>{one.label}</Isolated> <span class="detail"><Isolated>{one.detail}</Isolated></span>
            </li>
          ))}
        </ul>
      )}
      {(editing > 0 || replyTo > 0) && (
        <div class="composer-note">
          <span>{editing ? 'Editing your message' : answered
            ? <>Replying to <Isolated class="author">{personName(state, answered.author)}</Isolated>: <Isolated>{excerptOf(answered)}</Isolated></> : 'Replying to an earlier message'}</span>
          <IconButton icon="close" label={editing ? 'Stop editing' : "Don't reply"} onClick={leave} />
        </div>
      )}
      {!thread && <Attached state={state} room={room} emit={emit} />}
      <div class="composer-field">
        <input ref={picker} type="file" multiple hidden onChange={pick} />
        <input ref={camera} type="file" accept="image/*" capture="environment" hidden onChange={pick} />
        {!thread && <IconButton icon="clip" label="Attach files" onClick={() => picker.current?.click()} />}
        {!thread && <IconButton icon="camera" class="only-touch" label="Take a picture" onClick={() => camera.current?.click()} />}
        <textarea ref={field} rows={1} dir="auto" aria-label={thread ? 'Reply in thread' : `Message ${roomName(state, room)}`} placeholder={thread ? 'Reply in thread' : `Message ${room.info.kind === 'direct' ? '' : '# '}${roomName(state, room)}`}
          aria-autocomplete="list" aria-controls={offered.length ? list : undefined} aria-activedescendant={offered.length ? `${list}${chosen}` : undefined}
          enterkeyhint="send" onKeyDown={onKeyDown} onClick={look} onKeyUp={(event) => { if (event.key.startsWith('Arrow') && !offered.length) look(); }}
          onBlur={() => setToken(null)} onPaste={onPaste}
          onInput={() => { changed(field.current!.value); look(); grow(); }} />
        <button type="button" class="icon-button send" aria-label="Send" title="Send" onMouseDown={(event) => event.preventDefault()} onClick={send} disabled={wait > 0 && !editing}>
          <Icon name="send" />
        </button>
      </div>
      {wait > 0 && <p class="hint">Slow mode: you can write again in {wait} s.</p>}
    </div>
  );
}
