import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { onlyOther, roomName } from '../model/names.ts';
import { typingSentence } from '../model/select.ts';
import { hindranceOf, moderates } from '../model/standing.ts';
import type { RoomState, State } from '../model/state.ts';
import { droppedFiles, hasFiles } from './attaching.ts';
import { Composer } from './composer.tsx';
import type { Emit } from './context.ts';
import type { Item } from './dialog.tsx';
import { Menu } from './dialog.tsx';
import { IconButton, Isolated } from './parts.tsx';
import { Timeline } from './timeline.tsx';

function itemsFor(state: State, room: RoomState, emit: Emit): Item[] {
  const id = room.info.id;
  const items: Item[] = [
    { label: 'Mark as read', act: () => emit({ type: 'mark_read', room: id }) },
    { label: 'Files', act: () => emit({ type: 'toggle_panel', panel: 'files' }) },
    { label: 'Save what is written…', act: () => emit({ type: 'show_dialog', dialog: { kind: 'transcript', room: id } }) },
  ];
  const reason = (act: 'lock' | 'unlock' | 'archive' | 'unarchive' | 'slow_mode') => () =>
    emit({ type: 'ask_reason', what: { act, room: id, seq: 0, user: 0, reason: '', seconds: act === 'slow_mode' ? room.info.slow_mode_s || 30 : 0 } });
  if (room.info.kind === 'direct') {
    if (room.info.direct !== 'ended') items.push({ label: 'End this conversation…', danger: true, act: () => emit({ type: 'show_dialog', dialog: { kind: 'confirm_end', room: id } }) });
    return items;
  }
  items.push({ label: 'Bring somebody in…', act: () => emit({ type: 'show_dialog', dialog: { kind: 'add_member' } }) });
  if (moderates(state, room)) {
    items.push({ label: 'Change the topic…', act: () => emit({ type: 'show_dialog', dialog: { kind: 'topic' } }) });
    items.push({ label: room.info.locked ? 'Unlock…' : 'Lock…', act: reason(room.info.locked ? 'unlock' : 'lock') });
    items.push({ label: 'Slow mode…', act: reason('slow_mode') });
    items.push({ label: room.info.archived ? 'Open again…' : 'Archive…', act: reason(room.info.archived ? 'unarchive' : 'archive') });
  }
  items.push({ label: 'Leave this room…', danger: true, act: () => emit({ type: 'show_dialog', dialog: { kind: 'confirm_leave', room: id } }) });
  return items;
}

export function Room({ state, room, emit }: { state: State; room: RoomState; emit: Emit }): JSX.Element {
  const [menu, setMenu] = useState<{ x: number; y: number } | null>(null);
  const [dropping, setDropping] = useState(false);
  const { info } = room;
  const writes = hindranceOf(state, room) === '';
  const over = (event: DragEvent): void => {
    if (!writes || !hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    setDropping(true);
  };
  const drop = (event: DragEvent): void => {
    setDropping(false);
    if (!writes || !event.dataTransfer || !hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    emit({ type: 'attach', room: info.id, chosen: droppedFiles(event.dataTransfer) });
  };
  const other = state.people.get(onlyOther(state, room));
  const under = info.kind === 'direct' ? other?.status || (other ? `@${other.user.name}` : '') : info.topic;
  return (
    <section class={`room ${dropping ? 'dropping' : ''}`} data-drop="Drop it here to attach it" aria-label={roomName(state, room)}
      onDragOver={over} onDrop={drop} onDragLeave={(event) => { if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDropping(false); }}>
      <header class="room-head">
        <IconButton class="only-narrow" icon="back" label="All rooms" onClick={() => emit({ type: 'show_side_bar' })} />
        <div class="room-title">
          <h2>{info.kind !== 'direct' && <span aria-hidden="true"># </span>}<Isolated>{roomName(state, room)}</Isolated></h2>
          {under && <p title={under}><Isolated>{under}</Isolated></p>}
        </div>
        {state.search.cameFrom > 0 && state.search.cameFrom !== info.id && state.rooms.has(state.search.cameFrom) &&
          <button type="button" class="back-to" onClick={() => emit({ type: 'return_from_hit' })}>Back to <Isolated>{roomName(state, state.rooms.get(state.search.cameFrom)!)}</Isolated></button>}
        <IconButton icon="search" label="Search" pressed={state.panel === 'search'} onClick={() => emit(state.panel === 'search' ? { type: 'close_panel' } : { type: 'open_search', everywhere: false })} />
        <IconButton icon="pin" label="Pinned messages" pressed={state.panel === 'pins'} onClick={() => emit({ type: 'toggle_panel', panel: 'pins' })} />
        <IconButton icon="people" label={room.membersLoaded ? `Members, ${room.members.length}` : 'Members'} pressed={state.panel === 'members'} onClick={() => emit({ type: 'toggle_panel', panel: 'members' })}>
          {room.membersLoaded && <span class="count">{room.members.length}</span>}
        </IconButton>
        <IconButton icon="more" label="More about this room" onClick={(event) => {
          const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
          setMenu({ x: box.right, y: box.bottom });
        }} />
      </header>
      <Timeline key={info.id} state={state} room={room} emit={emit} />
      <p class="typing"><Isolated>{typingSentence(state, room)}</Isolated></p>
      <Composer state={state} room={room} emit={emit} />
      {menu && <Menu title="This room" items={itemsFor(state, room, emit)} at={menu} close={() => setMenu(null)} />}
    </section>
  );
}
