import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { onlyOther, personName, roomName } from '../model/names.ts';
import { isRequest } from '../model/direct.ts';
import { roomSections } from '../model/rooms.ts';
import { readsReports } from '../model/moderation.ts';
import type { RoomState, State } from '../model/state.ts';
import { unreadOf } from '../model/state.ts';
import type { Emit } from './context.ts';
import type { Item } from './dialog.tsx';
import { Menu } from './dialog.tsx';
import { Avatar, Icon, IconButton, Isolated } from './parts.tsx';

const kPresenceWords = { online: 'Online', away: 'Away', busy: 'Busy', offline: 'Offline' };

function RoomLink({ state, room, emit }: { state: State; room: RoomState; emit: Emit }): JSX.Element {
  const unread = unreadOf(room);
  const open = room.info.id === state.openRoom;
  const other = state.people.get(onlyOther(state, room));
  const name = roomName(state, room);
  const mentions = room.info.mentions;
  const asked = isRequest(room);
  const failed = state.outbox.some((entry) => entry.row.room === room.info.id && entry.stage === 'failed');
  return (
    <li>
      <button type="button" class={`room-link ${unread || asked ? 'unread' : ''} ${open ? 'open' : ''}`} aria-current={open ? 'page' : undefined}
        onClick={() => emit({ type: 'open_room', room: room.info.id })}>
        {room.info.kind === 'direct' ? (other ? <Avatar name={name} presence={other.presence} small /> : <span class="sign" aria-hidden="true"><Icon name="people" /></span>)
          : <span class="sign" aria-hidden="true">{room.info.kind === 'private' ? <Icon name="lock" /> : '#'}</span>}
        <Isolated class="room-name">{name}</Isolated>
        {room.info.kind === 'private' && <span class="hidden">, private</span>}
        {other && <span class="hidden">, {kPresenceWords[other.presence]}</span>}
        {asked && <span class="badge loud">asks</span>}
        {failed && <span class="badge loud" title="A message wasn't sent">!<span class="hidden"> A message wasn't sent</span></span>}
        {!open && mentions > 0 && <span class="badge loud">{mentions}<span class="hidden"> mentions</span></span>}
        {!open && unread > 0 && mentions === 0 && <span class={`badge ${room.info.kind === 'direct' ? 'loud' : ''}`}>{unread}<span class="hidden"> unread</span></span>}
      </button>
    </li>
  );
}

function Section({ title, rooms, state, emit, none, children }: { title: string; rooms: RoomState[]; state: State; emit: Emit; none?: string; children?: preact.ComponentChildren }): JSX.Element | null {
  if (!rooms.length && none === undefined) return null;
  return (
    <section>
      <div class="section-head"><h2>{title}</h2>{children}</div>
      {rooms.length ? <ul>{rooms.map((room) => <RoomLink key={room.info.id} state={state} room={room} emit={emit} />)}</ul> : <p class="none">{none}</p>}
    </section>
  );
}

export function SideBar({ state, emit }: { state: State; emit: Emit }): JSX.Element {
  const [menu, setMenu] = useState<{ x: number; y: number } | null>(null);
  const { requests, unread, rooms, direct } = roomSections(state);
  // Its menu closes with the press on "Sign out", which draws this once more before the page without anybody is drawn.
  if (!state.me) return <></>;
  const name = personName(state, state.me.id);
  const presence = state.link.state === 'online' ? state.ownPresence : 'offline';
  const show = (kind: 'browse' | 'create' | 'direct' | 'jump' | 'settings') => () => emit({ type: 'show_dialog', dialog: { kind } });
  const items: Item[] = [
    ...(['online', 'away', 'busy'] as const).map((one) => ({ label: `${one === state.ownPresence ? '✓ ' : ''}${kPresenceWords[one]}`, act: () => emit({ type: 'presence', presence: one, text: '' }) })),
    ...(readsReports(state) ? [{ label: `Reports${state.moderation.open ? ` (${state.moderation.open})` : ''}`, act: () => emit({ type: 'show_reports', tab: 'open' }) }] : []),
    { label: 'Settings', act: show('settings') },
    { label: 'Keyboard shortcuts', act: () => emit({ type: 'show_dialog', dialog: { kind: 'keys' } }) },
    { label: 'Sign out', danger: true, act: () => emit({ type: 'sign_out' }) },
  ];
  return (
    <nav class="side-bar" aria-label="Rooms">
      <button type="button" class="self" aria-haspopup="dialog" onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        setMenu({ x: box.left + 220, y: box.bottom });
      }}>
        <Avatar name={name} presence={presence} />
        <span class="self-words">
          <Isolated class="author">{name}</Isolated>
          <span class="self-presence">{kPresenceWords[presence]}{state.ownStatus && presence !== 'offline' && <> · <Isolated>{state.ownStatus}</Isolated></>}</span>
        </span>
        <span class="hidden">, your account</span>
      </button>
      <button type="button" class="jump" onClick={show('jump')}><Icon name="search" /><span>Jump to…</span><kbd aria-hidden="true">Ctrl K</kbd></button>
      <button type="button" class={`jump ${state.threads.unread ? 'unread' : ''}`} aria-pressed={state.panel === 'threads'} onClick={() => emit({ type: 'toggle_panel', panel: 'threads' })}>
        <Icon name="thread" /><span>Threads</span>{state.threads.unread > 0 && <span class="badge loud">{state.threads.unread}<span class="hidden"> with new replies</span></span>}
      </button>
      <div class="side-rooms">
        <Section title="Asks to chat" rooms={requests} state={state} emit={emit} />
        <Section title="Unread" rooms={unread} state={state} emit={emit} />
        <Section title="Rooms" rooms={rooms} state={state} emit={emit} none={state.roomsListed ? 'None yet.' : 'Loading…'}>
          <IconButton icon="compass" label="Browse public rooms" onClick={show('browse')} />
          <IconButton icon="plus" label="Make a room" onClick={show('create')} />
        </Section>
        <Section title="Direct" rooms={direct} state={state} emit={emit} none="Nobody yet.">
          <IconButton icon="plus" label="Write to somebody" onClick={show('direct')} />
        </Section>
      </div>
      <p class="server"><Icon name="lock" /> <span>{location.host}</span></p>
      {menu && <Menu title="Your account" items={items} at={menu} close={() => setMenu(null)} />}
    </nav>
  );
}
