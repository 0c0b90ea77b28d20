import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { personName, roomName } from '../model/names.ts';
import { excerptOf } from '../model/select.ts';
import { answersToMe, moderates } from '../model/standing.ts';
import type { Hit, RoomState, State } from '../model/state.ts';
import { isMe } from '../model/state.ts';
import { dateTime } from '../model/words.ts';
import type { Emit } from './context.ts';
import type { Item } from './dialog.tsx';
import { Menu } from './dialog.tsx';
import { FilesList } from './files.tsx';
import { Avatar, IconButton, Isolated, valuesOf } from './parts.tsx';
import { Thread, ThreadList } from './thread.tsx';

function Panel({ title, emit, children }: { title: string; emit: Emit; children: ComponentChildren }): JSX.Element {
  const panel = useRef<HTMLElement>(null);
  // On a narrow page it lies over the room.
  useEffect(() => {
    if (matchMedia('(max-width: 1099px)').matches) panel.current?.querySelector<HTMLElement>('input, button')?.focus();
  }, [title]);
  return (
    <section class="panel" aria-label={title} ref={panel} onKeyDown={(event) => { if (event.key === 'Escape') emit({ type: 'close_panel' }); }}>
      <header class="panel-head"><h2>{title}</h2><IconButton icon="close" label={`Close: ${title}`} onClick={() => emit({ type: 'close_panel' })} /></header>
      {children}
    </section>
  );
}

function Members({ state, room, emit }: { state: State; room: RoomState; emit: Emit }): JSX.Element {
  const [menu, setMenu] = useState<{ user: number; x: number; y: number } | null>(null);
  const members = room.info.kind === 'direct' && !room.membersLoaded
    ? (room.info.users ?? []).map((user) => ({ user: user.id, role: 'member' as const, muted: false })) : room.members;
  const sorted = [...members].sort((a, b) => personName(state, a.user).localeCompare(personName(state, b.user)));
  const here = sorted.filter((member) => (state.people.get(member.user)?.presence ?? 'offline') !== 'offline');
  const away = sorted.filter((member) => !here.includes(member));
  const itemsFor = (user: number): Item[] => {
    const member = members.find((one) => one.user === user)!;
    const id = room.info.id;
    const items: Item[] = [];
    if (!isMe(state, user) && state.me?.role !== 'guest') items.push({ label: 'Write to them', act: () => emit({ type: 'open_direct', people: [user] }) });
    const reason = (act: 'mute' | 'kick' | 'ban') => () => emit({ type: 'ask_reason', what: { act, room: id, seq: 0, user, reason: '', seconds: 3_600 } });
    if (moderates(state, room) && !isMe(state, user))
      items.push({ label: member.role === 'moderator' ? 'Make a member again' : 'Make a moderator', act: () => emit({ type: 'set_role', room: id, user, moderator: member.role !== 'moderator' }) });
    if (answersToMe(state, room, member)) {
      if (member.muted) items.push({ label: 'Unmute', act: () => emit({ type: 'unmute', room: id, user }) });
      else items.push({ label: 'Mute…', danger: true, act: reason('mute') });
      items.push({ label: 'Remove from this room…', danger: true, act: reason('kick') }, { label: 'Ban from this room…', danger: true, act: reason('ban') });
    }
    return items;
  };
  const list = (title: string, people: typeof sorted): JSX.Element | null => !people.length ? null : (
    <section>
      <h3>{title} — {people.length}</h3>
      <ul>
        {people.map((member) => {
          const person = state.people.get(member.user);
          const name = personName(state, member.user);
          const words = [member.role === 'moderator' && 'moderator', person?.user.role === 'guest' && 'guest', member.muted && 'muted', person?.status].filter(Boolean).join(' · ');
          return (
            <li key={member.user}>
              <button type="button" class="person" aria-haspopup="dialog" onClick={(event) => {
                const box = event.currentTarget.getBoundingClientRect();
                if (itemsFor(member.user).length) setMenu({ user: member.user, x: box.right, y: box.bottom });
              }}>
                <Avatar name={name} presence={person?.presence ?? 'offline'} small />
                <span class="person-words"><span><Isolated>{name}</Isolated>{isMe(state, member.user) && ' (you)'}</span>{words && <small><Isolated>{words}</Isolated></small>}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
  return (
    <Panel title="Members" emit={emit}>
      <div class="panel-body">{list('Online', here)}{list('Offline', away)}</div>
      {menu && <Menu title={personName(state, menu.user)} items={itemsFor(menu.user)} at={menu} close={() => setMenu(null)} />}
    </Panel>
  );
}

function Pins({ state, room, emit }: { state: State; room: RoomState; emit: Emit }): JSX.Element {
  return (
    <Panel title="Pinned" emit={emit}>
      <div class="panel-body">
        {!room.pins.length && <p class="none">{room.pinsLoaded ? 'Nothing is pinned here.' : 'Loading…'}</p>}
        <ul>
          {room.pins.map((message) => (
            <li key={message.seq}>
              <button type="button" class="hit" onClick={() => { emit({ type: 'jump_to_message', room: room.info.id, seq: message.seq }); leaveIfOver(emit, 'pins'); }}>
                <span class="hit-head"><Isolated class="author">{personName(state, message.author)}</Isolated> <time>{dateTime(message.at, state.wall)}</time></span>
                <Isolated class="hit-text">{excerptOf(message)}</Isolated>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}

// On a phone the panel lies over the room, and over what was jumped to.
function leaveIfOver(emit: Emit, panel: 'pins' | 'search' | 'files'): void {
  if (matchMedia('(max-width: 719px)').matches) emit({ type: 'leave_panel', panel });
}

// The marks count bytes of UTF-8, as the server does.
function Marked({ hit }: { hit: Hit }): JSX.Element {
  const bytes = new TextEncoder().encode(hit.message.text);
  const decoder = new TextDecoder();
  const parts: JSX.Element[] = [];
  let at = 0;
  for (const { begin, end } of hit.marks) {
    if (begin < at || end > bytes.length) continue;
    parts.push(<>{decoder.decode(bytes.slice(at, begin))}</>, <mark>{decoder.decode(bytes.slice(begin, end))}</mark>);
    at = end;
  }
  return <bdi class="hit-text">{parts}{decoder.decode(bytes.slice(at))}</bdi>;
}

function Search({ state, emit }: { state: State; emit: Emit }): JSX.Element {
  const { search } = state;
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), [search.serial]);
  const room = state.rooms.get(state.openRoom);
  return (
    <Panel title="Search" emit={emit}>
      <form class="search-form" role="search" onSubmit={(event) => {
        const { query, where } = valuesOf(event);
        emit({ type: 'search', query: query ?? '', everywhere: where === 'everywhere' });
      }}>
        <input ref={field} name="query" type="search" aria-label="Search for" placeholder='Words, "in quotes", from:name…' defaultValue={search.query} enterkeyhint="search" dir="auto" />
        <div class="search-where" role="group" aria-label="Where">
          <label><input type="radio" name="where" value="here" defaultChecked={!search.everywhere} />{room ? <Isolated>{roomName(state, room)}</Isolated> : 'Here'}</label>
          <label><input type="radio" name="where" value="everywhere" defaultChecked={search.everywhere} />Everywhere</label>
        </div>
        <button type="submit" class="primary">Search</button>
      </form>
      <div class="panel-body" aria-busy={search.busy}>
        {search.error && <p class="error">{search.error}</p>}
        {search.busy && !search.hits.length && <p class="none">Searching…</p>}
        {search.note && <p class="none"><Isolated>{search.note}</Isolated></p>}
        <ul>
          {search.hits.map((hit) => {
            const where = state.rooms.get(hit.room);
            return (
              <li key={`${hit.room}/${hit.message.seq}`}>
                <button type="button" class="hit" onClick={() => { emit({ type: 'show_hit', room: hit.room, seq: hit.message.seq }); leaveIfOver(emit, 'search'); }}>
                  <span class="hit-head"><Isolated class="author">{personName(state, hit.message.author)}</Isolated> <time>{dateTime(hit.message.at, state.wall)}</time>
                    {search.everywhere && where && <> · <Isolated>{roomName(state, where)}</Isolated></>}</span>
                  <Marked hit={hit} />
                </button>
              </li>
            );
          })}
        </ul>
        {search.more && <button type="button" class="wide-button" disabled={search.busy} onClick={() => emit({ type: 'search_on' })}>More</button>}
      </div>
    </Panel>
  );
}

export function SidePanel({ state, room, emit }: { state: State; room: RoomState | undefined; emit: Emit }): JSX.Element | null {
  if (state.panel === 'threads') return <Panel title="Threads" emit={emit}><ThreadList state={state} emit={emit} /></Panel>;
  if (state.panel === 'search') return <Search state={state} emit={emit} />;
  if (!room || state.panel === 'none') return null;
  if (state.panel === 'thread') return state.threads.open ? <Thread state={state} room={room} emit={emit} /> : null;
  if (state.panel === 'files') return <Panel title="Files" emit={emit}><FilesList state={state} emit={emit} jumped={() => leaveIfOver(emit, 'files')} /></Panel>;
  return state.panel === 'pins' ? <Pins state={state} room={room} emit={emit} /> : <Members state={state} room={room} emit={emit} />;
}
