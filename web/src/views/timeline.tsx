import type { JSX } from 'preact';
import { Component, createRef } from 'preact';
import { hasOlder } from '../model/history.ts';
import { roomName } from '../model/names.ts';
import { selectRows } from '../model/select.ts';
import { hindranceOf, moderates } from '../model/standing.ts';
import type { RoomState, State } from '../model/state.ts';
import { isOnline, unreadOf } from '../model/state.ts';
import type { Emit } from './context.ts';
import { MessageRow, PendingRow } from './message_row.tsx';
import { Isolated } from './parts.tsx';

interface Props {
  state: State;
  room: RoomState;
  emit: Emit;
}
interface Snapshot {
  bottom: boolean;
  key: string;
  top: number;
}

const kNearEdge = 600; // pixels from an end of what is loaded, where more is asked for
const kBottom = 32;
const kMarkedFor = 2_500;

// Keeps what is read where it is, whatever comes in above and below; at the newest end it stays there.
export class Timeline extends Component<Props, { active: string; marked: number; atBottom: boolean }> {
  override state = { active: '', marked: 0, atBottom: true };
  private readonly scroller = createRef<HTMLDivElement>();
  private jumped = 0;
  private placed = false;
  private observer: ResizeObserver | null = null;
  private stuck = true; // at the newest end, as the person left it

  private isAtBottom(): boolean {
    const box = this.scroller.current;
    return !box || box.scrollHeight - box.scrollTop - box.clientHeight < kBottom;
  }

  override getSnapshotBeforeUpdate(): Snapshot {
    const box = this.scroller.current;
    if (!box) return { bottom: true, key: '', top: 0 };
    const edge = box.getBoundingClientRect().top;
    for (const row of box.querySelectorAll<HTMLElement>('[data-key]')) {
      const { top, bottom } = row.getBoundingClientRect();
      if (bottom > edge) return { bottom: this.stuck, key: row.dataset.key!, top };
    }
    return { bottom: this.stuck, key: '', top: 0 };
  }

  override componentDidMount(): void {
    this.jumped = this.props.room.jump.seq ? this.props.room.jump.serial - 1 : this.props.room.jump.serial;
    this.place(null);
    this.observer = new ResizeObserver(() => {
      if (this.stuck && this.props.room.timeline.live) this.toBottom();
    });
    this.observer.observe(this.scroller.current!);
    this.observer.observe(this.scroller.current!.firstElementChild!);
  }
  override componentDidUpdate(_: Props, __: unknown, snapshot: Snapshot): void {
    this.place(snapshot);
  }
  override componentWillUnmount(): void {
    this.observer?.disconnect();
  }

  private toBottom(): void {
    const box = this.scroller.current!;
    box.scrollTop = box.scrollHeight;
    this.stuck = true;
  }
  private find(key: string): HTMLElement | null {
    return this.scroller.current!.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  }

  private place(snapshot: Snapshot | null): void {
    const { room, emit } = this.props;
    const box = this.scroller.current!;
    const { timeline, jump } = room;
    if (jump.serial !== this.jumped && timeline.covers(jump.seq)) {
      const row = box.querySelector<HTMLElement>(`[data-seq="${jump.seq}"]`);
      if (row) {
        this.jumped = jump.serial;
        this.placed = true;
        row.scrollIntoView({ block: 'center' });
        row.focus({ preventScroll: true });
        this.stuck = this.isAtBottom();
        this.setState({ marked: jump.seq, active: row.dataset.key! });
        setTimeout(() => this.setState({ marked: 0 }), kMarkedFor);
        return;
      }
    }
    if (!this.placed && timeline.entries.length > 0) {
      this.placed = true;
      const line = this.find('unread');
      this.toBottom();
      if (line) {
        box.scrollTop += line.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 4;
        this.stuck = this.isAtBottom();
      }
    } else if (snapshot?.bottom && timeline.live) {
      this.toBottom();
    } else if (snapshot?.key) {
      const row = this.find(snapshot.key);
      if (row) box.scrollTop += row.getBoundingClientRect().top - snapshot.top;
    }
    this.look(emit);
  }

  // What is in sight: more is asked for near an end, and what was seen is read.
  private readonly look = (emit: Emit): void => {
    const { room, state } = this.props;
    const box = this.scroller.current;
    if (!box || !room.timeline.loaded || !this.placed) return;
    const id = room.info.id;
    if (box.scrollTop < kNearEdge && hasOlder(room) && !room.loadingOlder && isOnline(state) && state.now >= room.historyRetryAt) emit({ type: 'load_older', room: id });
    const below = box.scrollHeight - box.scrollTop - box.clientHeight;
    if (below < kNearEdge && !room.timeline.live && !room.loadingNewer && isOnline(state) && state.now >= room.historyRetryAt) emit({ type: 'load_newer', room: id });
    const atBottom = below < kBottom;
    if (atBottom !== this.state.atBottom) this.setState({ atBottom });
    if (!state.focused || room.markerHeld || (unreadOf(room) === 0 && room.info.mentions === 0)) return;
    if (atBottom && room.timeline.live) return emit({ type: 'seen_newest', room: id });
    const edge = box.getBoundingClientRect().bottom;
    let seen = 0;
    for (const row of box.querySelectorAll<HTMLElement>('[data-seq]')) {
      if (row.getBoundingClientRect().bottom > edge) break;
      seen = Number(row.dataset.seq);
    }
    if (seen > room.info.marker.seq && room.timeline.covers(room.info.marker.seq + 1)) emit({ type: 'seen_up_to', room: id, seq: seen });
  };

  private readonly onScroll = (): void => {
    this.stuck = this.isAtBottom();
    this.look(this.props.emit);
  };

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    if (!target.matches('.message, .timeline')) return;
    const rows = [...this.scroller.current!.querySelectorAll<HTMLElement>('.message[data-key]')];
    const here = rows.findIndex((row) => row === target);
    const go = (row: HTMLElement | undefined): void => {
      if (!row) return;
      event.preventDefault();
      this.setState({ active: row.dataset.key! });
      row.focus();
    };
    if (event.key === 'ArrowUp') go(here < 0 ? rows[rows.length - 1] : rows[here - 1]);
    if (event.key === 'ArrowDown') go(here < 0 ? rows[0] : rows[here + 1]);
    if (event.key === 'Home') go(rows[0]);
    if (event.key === 'End') go(rows[rows.length - 1]);
    if (event.key === 'Enter' && here >= 0) {
      event.preventDefault();
      rows[here]!.querySelector<HTMLElement>('.row-more')?.click();
    }
  };

  override render(): JSX.Element {
    const { state, room, emit } = this.props;
    const rows = selectRows(state, room);
    const { timeline } = room;
    const lastMessage = [...rows].reverse().find((row) => row.kind === 'message')?.key ?? '';
    const active = rows.some((row) => row.key === this.state.active) ? this.state.active : lastMessage;
    const rights = [hindranceOf(state, room), moderates(state, room), state.me?.name].join();
    const unread = unreadOf(room);
    const empty = timeline.entries.length === 0 && (hasOlder(room) || !timeline.loaded);
    return (
      <div class="timeline-box">
        <div class="timeline" ref={this.scroller} tabIndex={0} role="region" aria-label={`Messages in ${roomName(state, room)}`} onScroll={this.onScroll} onKeyDown={this.onKeyDown}>
          <div class="timeline-inner">
            {empty && <p class="quiet">{room.historyError || (isOnline(state) ? 'Loading…' : "You're offline, and this room's messages aren't on this device yet.")}</p>}
            {!empty && room.loadingOlder && <p class="quiet">Loading…</p>}
            <ol class="rows">
              {rows.map((row) => {
                switch (row.kind) {
                  case 'message':
                    return <MessageRow key={row.key} state={state} room={room} row={row} active={row.key === active} marked={row.seq === this.state.marked} rights={rights} emit={emit} />;
                  case 'pending':
                    return <PendingRow key={row.key} state={state} row={row} emit={emit} />;
                  case 'notice':
                    return <li key={row.key} class="row notice" data-key={row.key} data-seq={row.seq}><Isolated>{row.text}</Isolated></li>;
                  case 'day':
                    return <li key={row.key} class="row line" data-key={row.key}><span>{row.text}</span></li>;
                  case 'unread':
                    return <li key={row.key} class="row line new" data-key={row.key}><span>new</span></li>;
                  default:
                    return <li key={row.key} class="row beginning" data-key={row.key}><Isolated>{row.text}</Isolated></li>;
                }
              })}
            </ol>
          </div>
        </div>
        {(!this.state.atBottom || !timeline.live) && timeline.loaded && timeline.entries.length > 0 && (
          <button type="button" class="to-newest" onClick={() => {
            if (timeline.live) this.toBottom();
            else {
              this.placed = false;
              emit({ type: 'jump_to_newest', room: room.info.id });
            }
          }}>
            {unread > 0 ? `${unread} new` : 'Newest'} ↓
          </button>
        )}
      </div>
    );
  }
}
