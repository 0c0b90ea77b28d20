import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { State } from '../model/state.ts';
import { heldUp } from '../model/state.ts';
import { unreadTotal } from '../model/select.ts';
import { roomName } from '../model/names.ts';
import { EmitContext } from './context.ts';
import type { Emit } from './context.ts';
import { OpenDialog } from './dialogs.tsx';
import { SidePanel } from './panels.tsx';
import { IconButton, Isolated } from './parts.tsx';
import { PictureContext } from './picture.tsx';
import type { PictureSource } from './picture.tsx';
import { Room } from './room.tsx';
import { SideBar } from './side_bar.tsx';
import { LogAlarm } from './watch.tsx';
import { Duties, Welcome } from './welcome.tsx';

function Banners({ state, emit }: { state: State; emit: Emit }): JSX.Element {
  const { standing, acknowledged, closed } = state.announcement;
  const shown = standing && standing.until > state.wall && !acknowledged && closed !== standing.id;
  return (
    <>
      <LogAlarm state={state} emit={emit} />
      {state.link.state !== 'online' && state.link.error && (
        <div class="banner">
          <p>{state.link.error}</p>
          <button type="button" onClick={() => emit({ type: 'retry_connection' })}>Try now</button>
        </div>
      )}
      {state.newerPage && (
        <div class="banner">
          <p>There is a newer version of this page.</p>
          <button type="button" onClick={() => emit({ type: 'load_page_anew' })}>Load it</button>
        </div>
      )}
      {shown && (
        <div class="banner announcement">
          <p><strong>Announcement</strong> <Isolated>{standing.text}</Isolated></p>
          {standing.must_acknowledge ? <button type="button" class="primary" onClick={() => emit({ type: 'acknowledge' })}>I have read it</button>
            : <IconButton icon="close" label="Put the announcement away" onClick={() => emit({ type: 'close_announcement' })} />}
        </div>
      )}
    </>
  );
}

// The browser's Back closes what lies on top, as people expect of a phone.
function useBack(depth: number, close: () => void): void {
  const pushed = useRef(0);
  const closing = useRef(close);
  closing.current = close;
  useEffect(() => {
    const onPop = (event: PopStateEvent): void => {
      const to = Number((event.state as { depth?: number } | null)?.depth ?? 0);
      if (to < pushed.current) {
        pushed.current = to;
        closing.current();
      } else {
        pushed.current = to;
      }
    };
    addEventListener('popstate', onPop);
    return () => removeEventListener('popstate', onPop);
  }, []);
  useEffect(() => {
    while (pushed.current < depth) history.pushState({ depth: ++pushed.current }, '');
    const closed = pushed.current - depth;
    pushed.current = depth;
    if (closed > 0) history.go(-closed);
  }, [depth]);
}

function useShortcuts(state: State, emit: Emit): void {
  const now = useRef(state);
  now.current = state;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (now.current.dialog.kind !== 'none' || document.querySelector('dialog[open]')) return;
      const command = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      if (command && key === 'k') emit({ type: 'show_dialog', dialog: { kind: 'jump' } });
      else if (command && key === 'f') emit({ type: 'open_search', everywhere: event.shiftKey });
      else if (event.altKey && (key === 'arrowup' || key === 'arrowdown')) emit({ type: 'step_room', by: key === 'arrowup' ? -1 : 1, unreadOnly: event.shiftKey });
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

function Window({ state, emit }: { state: State; emit: Emit }): JSX.Element {
  const room = state.rooms.get(state.openRoom);
  const showsRoom = room && !state.sideBar;
  const depth = (showsRoom ? 1 : 0) + (state.panel !== 'none' ? 1 : 0) + (state.dialog.kind !== 'none' ? 1 : 0);
  useBack(depth, () => {
    if (state.dialog.kind !== 'none') emit({ type: 'show_dialog', dialog: { kind: 'none' } });
    else if (state.panel !== 'none') emit({ type: 'close_panel' });
    else emit({ type: 'show_side_bar' });
  });
  useShortcuts(state, emit);
  return (
    <main id="main" class={`window ${showsRoom ? 'shows-room' : 'shows-rooms'} ${state.panel !== 'none' ? 'has-panel' : ''}`}>
      <h1 class="hidden">Wardroom</h1>
      <div class="banners"><Banners state={state} emit={emit} /></div>
      <SideBar state={state} emit={emit} />
      {room ? <Room state={state} room={room} emit={emit} />
        : <section class="room empty" aria-label="No room"><p class="quiet">{state.roomsListed ? "You aren't in any rooms yet. Browse the public ones, or create one." : 'Loading…'}</p></section>}
      <SidePanel state={state} room={room} emit={emit} />
    </main>
  );
}

export function Root({ state, emit, pictures }: { state: State; emit: Emit; pictures: PictureSource }): JSX.Element {
  const { theme } = state.settings;
  const room = state.rooms.get(state.openRoom);
  const total = state.signedIn ? unreadTotal(state) : 0;
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
  const title = `${total ? `(${total}) ` : ''}${state.signedIn && room ? `${roomName(state, room)} – ` : ''}Wardroom`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  if (!state.ready || (!state.signedIn && state.welcome.step === 'starting')) return <main class="welcome" id="main"><h1 class="hidden">Wardroom</h1><p class="quiet">Loading…</p></main>;
  return (
    <EmitContext.Provider value={emit}>
      <PictureContext.Provider value={pictures}>
      {!state.signedIn ? <Welcome state={state} emit={emit} /> : heldUp(state) ? <Duties state={state} emit={emit} /> : <Window state={state} emit={emit} />}
      {state.signedIn && !heldUp(state) && <OpenDialog state={state} emit={emit} />}
      <div class="toasts" {...(state.toasts.length > 0 && { role: 'region', 'aria-label': 'Notices' })}>
        {state.toasts.map((toast) => (
          <div key={toast.id} class={`toast ${toast.bad ? 'bad' : ''}`}>
            <p><Isolated>{toast.text}</Isolated></p>
            <IconButton icon="close" label="Dismiss" onClick={() => emit({ type: 'dismiss_toast', id: toast.id })} />
          </div>
        ))}
      </div>
      <div class="hidden" role="status" aria-live="polite">{state.said.text}{state.said.serial % 2 ? '\u00a0' : ''}</div>
      </PictureContext.Provider>
    </EmitContext.Provider>
  );
}
