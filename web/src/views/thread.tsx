import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { personName, roomName } from '../model/names.ts';
import { excerptOf, repliesWords, selectThreadRows, unsentIn } from '../model/select.ts';
import { hindranceOf, moderates } from '../model/standing.ts';
import type { RoomState, State } from '../model/state.ts';
import { isOnline } from '../model/state.ts';
import type { MyThread } from '../model/threads.ts';
import { mayBeSeen, mayLoadOlder } from '../model/threads.ts';
import { dateTime } from '../model/words.ts';
import { Composer } from './composer.tsx';
import type { Emit } from './context.ts';
import { MessageRow, PendingRow } from './message_row.tsx';
import { IconButton, Isolated } from './parts.tsx';

const kBottom = 32; // pixels
const kNearTop = 200;

function whereWords(state: State, room: RoomState): string {
  return `${room.info.kind === 'direct' ? '' : '#'}${roomName(state, room)}`;
}

// The message that a thread began with, and the replies, beside the room; on a phone over it.
export function Thread({ state, room, emit }: { state: State; room: RoomState; emit: Emit }): JSX.Element {
  const open = state.threads.open!;
  const panel = useRef<HTMLElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const stuck = useRef(true); // at the newest end, as the person left it
  const height = useRef(0);
  const oldest = useRef(0);
  const rows = selectThreadRows(state, room, open);
  const rights = [hindranceOf(state, room), moderates(state, room), state.me?.name, 'thread'].join();
  const look = (): void => {
    const box = scroller.current!;
    stuck.current = box.scrollHeight - box.scrollTop - box.clientHeight < kBottom;
    if (box.scrollTop < kNearTop && mayLoadOlder(state)) emit({ type: 'older_replies' });
    if (stuck.current && state.focused && mayBeSeen(state)) emit({ type: 'seen_thread' });
  };
  // Keeps what is read where it is; at the newest end it stays there.
  useLayoutEffect(() => {
    const box = scroller.current!;
    const first = open.replies[0]?.seq ?? 0;
    if (stuck.current) box.scrollTop = box.scrollHeight;
    else if (first < oldest.current) box.scrollTop += box.scrollHeight - height.current;
    height.current = box.scrollHeight;
    oldest.current = first;
  });
  useEffect(() => {
    stuck.current = true;
    scroller.current!.scrollTop = scroller.current!.scrollHeight;
  }, [open.room, open.root]);
  useEffect(look, [state.revision]);
  const last = rows.filter((row) => row.kind === 'message').at(-1)?.key ?? '';
  const { following } = open;
  return (
    <section class="panel thread" aria-label="Thread" ref={panel} onKeyDown={(event) => { if (event.key === 'Escape') emit({ type: 'close_panel' }); }}>
      <header class="panel-head">
        <h2>Thread <small><Isolated>{whereWords(state, room)}</Isolated></small></h2>
        <button type="button" class="follow" aria-pressed={following.on} disabled={!isOnline(state) || open.rootless} onClick={() => emit({ type: 'follow_thread', on: !following.on })}>
          {following.on ? 'Following' : 'Follow'}
        </button>
        <IconButton icon="close" label="Close: Thread" onClick={() => emit({ type: 'close_panel' })} />
      </header>
      {open.error && <p class="error">{open.error}</p>}
      {!isOnline(state) && <p class="hint">You're offline. These are the replies that this device has.</p>}
      <div class="panel-body thread-rows" ref={scroller} tabIndex={0} role="region" aria-label="Replies" onScroll={look} aria-busy={open.loading}>
        {open.loading && <p class="quiet">Loading…</p>}
        {open.rootless && <p class="quiet">The message that this thread began with isn't there any more.</p>}
        <ol class="rows">
          {rows.map((row) => {
            switch (row.kind) {
              case 'message': return <MessageRow key={row.key} state={state} room={room} row={row} inThread active={row.key === last} marked={false} rights={rights} emit={emit} />;
              case 'pending': return <PendingRow key={row.key} state={state} row={row} emit={emit} />;
              case 'day': return <li key={row.key} class="row line"><span>{row.text}</span></li>;
              default: return null;
            }
          })}
        </ol>
      </div>
      {open.rootless ? <div class="hindrance"><p>This thread can still be read.</p></div> : <Composer key={`${open.room}/${open.root}`} state={state} room={room} thread={open.root} emit={emit} />}
    </section>
  );
}

function ThreadLink({ state, one, emit }: { state: State; one: MyThread; emit: Emit }): JSX.Element | null {
  const room = state.rooms.get(one.room);
  if (!room) return null;
  const root = one.message ?? room.timeline.message(one.root);
  const unread = one.following.unread;
  const unsent = unsentIn(state, one.room, one.root);
  return (
    <li>
      <button type="button" class={`hit ${unread ? 'unread' : ''}`} onClick={() => emit({ type: 'open_thread', room: one.room, root: one.root })}>
        <span class="hit-head"><Isolated class="author">{root ? personName(state, root.author) : 'A message'}</Isolated> · <Isolated>{whereWords(state, room)}</Isolated>
          {unread > 0 && <> <span class="badge loud">{unread}<span class="hidden"> new</span></span></>}</span>
        <Isolated class="hit-text">{!root ? "It isn't there any more." : root.deleted ? 'This message was deleted.' : excerptOf(root)}</Isolated>
        <span class="hit-head">{[root && repliesWords(state, root).count, dateTime(one.last_at, state.wall)].filter(Boolean).join(' · ')}
          {unsent && <span class={unsent === 'failed' ? 'error' : ''}> · {unsent === 'failed' ? "A reply wasn't sent" : 'Draft'}</span>}</span>
      </button>
    </li>
  );
}

// The threads that the person follows.
export function ThreadList({ state, emit }: { state: State; emit: Emit }): JSX.Element {
  const { list, loading, more, error } = state.threads;
  return (
    <div class="panel-body" aria-busy={loading}>
      {error && <p class="error">{error}</p>}
      {!isOnline(state) && <p class="none">You're offline. Newer replies are shown when the connection is back.</p>}
      {!list.length && !error && <p class="none">{loading ? 'Loading…' : 'You follow no threads yet. You follow those that you reply to, and those that your messages began.'}</p>}
      <ul>{list.map((one) => <ThreadLink key={`${one.room}/${one.root}`} state={state} one={one} emit={emit} />)}</ul>
      {more && <button type="button" class="wide-button" disabled={loading || !isOnline(state)} onClick={() => emit({ type: 'more_threads' })}>More</button>}
    </div>
  );
}
