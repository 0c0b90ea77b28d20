import type { JSX } from 'preact';
import { Component } from 'preact';
import { kQuickReactions } from '../model/emoji.ts';
import { mentionsMe } from '../model/notifications.ts';
import { personName } from '../model/names.ts';
import type { Row } from '../model/select.ts';
import { excerptOf, namesOf, repliesWords, tombstone, unsentIn } from '../model/select.ts';
import { answersToMe, hindranceOf, mayPin, mayRestore, moderates } from '../model/standing.ts';
import type { RoomState, State } from '../model/state.ts';
import { isMe } from '../model/state.ts';
import { clock, fullTime, isoTime } from '../model/words.ts';
import { findMessage, unreadReplies } from '../model/threads.ts';
import type { Message } from '../wire/catalogue.ts';
import type { Emit } from './context.ts';
import type { Item } from './dialog.tsx';
import { Menu } from './dialog.tsx';
import { MessageFiles, PendingFiles } from './files.tsx';
import { Avatar, Icon, IconButton, Isolated } from './parts.tsx';
import { RichText } from './rich_text.tsx';

type MessageRowProps = {
  state: State;
  room: RoomState;
  row: Extract<Row, { kind: 'message' }>;
  active: boolean; // the one row that Tab reaches
  marked: boolean; // jumped to
  inThread?: boolean; // beside the room
  rights: string; // what the menu depends on, so that the row knows when to change
  emit: Emit;
};

export function itemsFor({ state, room, row, inThread, emit }: Pick<MessageRowProps, 'state' | 'room' | 'row' | 'inThread' | 'emit'>): Item[] {
  const { message, seq } = row;
  const id = room.info.id;
  const mine = isMe(state, message.author);
  const writes = hindranceOf(state, room) === '';
  const items: Item[] = [];
  const reason = (act: 'delete' | 'restore' | 'report') => () => emit({ type: 'ask_reason', what: { act, room: id, seq, user: message.author, reason: '', seconds: 0 } });
  if (message.deleted) {
    if (mayRestore(state, room, message))
      items.push({ label: 'Restore', act: mine ? () => emit({ type: 'restore_own', room: id, seq }) : reason('restore') });
  } else {
    if (writes) {
      items.push({ label: 'React…', act: () => emit({ type: 'show_dialog', dialog: { kind: 'react', room: id, seq } }) });
      if (!inThread) {
        items.push({ label: 'Reply', act: () => emit({ type: 'start_reply', room: id, seq }) });
        items.push({ label: 'Reply in thread', act: () => emit({ type: 'open_thread', room: id, root: seq }) });
      }
    }
    // Where it is shown: on a phone the thread lies over the room.
    if (mine && writes) items.push({ label: 'Edit', act: () => emit({ type: inThread ? 'edit_in_thread' : 'start_edit', room: id, seq }) });
    if (message.text) items.push({ label: 'Copy text', act: () => { navigator.clipboard?.writeText(message.text).catch(() => {}); } });
    if (mayPin(state, room)) items.push({ label: message.pinned ? 'Unpin' : 'Pin', act: () => emit({ type: 'pin', room: id, seq, on: !message.pinned }) });
    if (!mine && !inThread) items.push({ label: 'Mark unread from here', act: () => emit({ type: 'mark_unread', room: id, seq }) });
    if ((mine || moderates(state, room)) && message.edited_at) items.push({ label: 'Earlier texts', act: () => emit({ type: 'show_versions', room: id, seq }) });
    if (mine) items.push({ label: 'Delete', danger: true, act: () => emit({ type: 'delete_own', room: id, seq }) });
    else if (answersToMe(state, room, { user: message.author, role: room.members.find((one) => one.user === message.author)?.role ?? 'member' }))
      items.push({ label: 'Delete…', danger: true, act: reason('delete') });
    if (!mine) items.push({ label: 'Report…', danger: true, act: reason('report') });
  }
  return items;
}

function Quote({ state, room, seq, emit }: { state: State; room: RoomState; seq: number; emit: Emit }): JSX.Element {
  const answered = findMessage(state, room.info.id, seq);
  const words = !answered ? 'an earlier message' : answered.deleted ? 'a deleted message' : excerptOf(answered);
  return (
    <button type="button" class="quote" onClick={() => emit({ type: 'jump_to_message', room: room.info.id, seq })}>
      <Icon name="reply" />
      <span class="hidden">In reply to </span>
      {answered && <Isolated class="quote-name">{personName(state, answered.author)}</Isolated>} <Isolated class="quote-text">{words}</Isolated>
    </button>
  );
}

// What stands under a message that began a thread.
function Replies({ state, room, message, tab, emit }: { state: State; room: number; message: Message; tab: number; emit: Emit }): JSX.Element | null {
  const { seq } = message;
  const unsent = unsentIn(state, room, seq);
  if (!message.replies && !unsent) return null;
  const { count, last, who } = repliesWords(state, message);
  const unread = unreadReplies(state, room, seq);
  return (
    <button type="button" class={`replies ${unread ? 'unread' : ''}`} tabIndex={tab} onClick={() => emit({ type: 'open_thread', room, root: seq })}>
      <Icon name="thread" />
      {count ? <span class="replies-count">{count}</span> : <span class="replies-count">Thread</span>}
      {unread > 0 && <span class="badge loud">{unread}<span class="hidden"> new</span></span>}
      {who && <span class="replies-who"><Isolated>{who}</Isolated></span>}
      {last && <time>{last}</time>}
      {unsent && <span class={unsent === 'failed' ? 'error' : 'detail'}>{unsent === 'failed' ? "A reply wasn't sent" : 'Draft'}</span>}
    </button>
  );
}

export class MessageRow extends Component<MessageRowProps, { menu: { x: number; y: number } | null }> {
  override state = { menu: null as { x: number; y: number } | null };
  override shouldComponentUpdate(next: MessageRowProps, nextState: { menu: unknown }): boolean {
    const { row } = this.props;
    return next.row.message !== row.message || next.row.grouped !== row.grouped || next.row.names !== row.names || next.active !== this.props.active ||
      next.marked !== this.props.marked || next.rights !== this.props.rights || nextState.menu !== this.state.menu;
  }

  private readonly openMenu = (event: MouseEvent): void => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    this.setState({ menu: { x: box.right, y: box.bottom } });
  };

  override render(): JSX.Element {
    const { state, room, row, inThread, active, marked, emit } = this.props;
    const { message, seq, grouped } = row;
    const name = personName(state, message.author);
    const mine = isMe(state, message.author);
    const writes = hindranceOf(state, room) === '';
    const called = !message.deleted && !mine && mentionsMe(state, message.text);
    const isMeAct = !message.deleted && message.text.startsWith('/me ');
    const tab = active ? 0 : -1;
    const items = itemsFor(this.props);
    const id = room.info.id;
    return (
      <li class={`row message ${grouped ? 'grouped' : ''} ${called ? 'called' : ''} ${marked ? 'marked' : ''}`} data-key={row.key} data-seq={seq} tabIndex={tab}>
        {message.reply_to && !message.deleted && <Quote state={state} room={room} seq={message.reply_to} emit={emit} />}
        <div class="row-main">
          <div class="row-side">{grouped ? <time class="row-time" dateTime={isoTime(message.at)} title={fullTime(message.at)}>{clock(message.at)}</time> : <Avatar name={name} />}</div>
          <div class="row-body">
            <div class={grouped ? 'hidden' : 'row-head'}>
              <Isolated class="author">{name}</Isolated> <time dateTime={isoTime(message.at)} title={fullTime(message.at)}>{clock(message.at)}</time>
              {message.pinned && <span class="pinned"><Icon name="pin" />pinned</span>}
            </div>
            {message.deleted ? <p class="tombstone">{tombstone(state, message)}</p>
              : isMeAct ? <p class="act"><Isolated>{name}</Isolated> <Isolated>{message.text.slice(4)}</Isolated></p>
                : message.text && <RichText text={message.text} selfName={state.me?.name ?? ''} />}
            <MessageFiles message={message} room={id} tab={tab} emit={emit} />
            {message.edited_at && !message.deleted && <span class="edited" title={fullTime(message.edited_at)}>edited</span>}
            {!!message.reactions?.length && !message.deleted && (
              <div class="reactions">
                {message.reactions.map((reaction) => {
                  const on = reaction.users.some((user) => isMe(state, user));
                  const names = namesOf(state, reaction.users);
                  return (
                    <button type="button" key={reaction.emoji} class={`reaction ${on ? 'on' : ''}`} aria-pressed={on} disabled={!writes} tabIndex={tab}
                      aria-label={`${reaction.emoji} ${reaction.users.length}, ${names}`} title={names}
                      onClick={() => emit({ type: 'react', room: id, seq, emoji: reaction.emoji, on: !on })}>
                      <Isolated class="reaction-emoji">{reaction.emoji}</Isolated> <span>{reaction.users.length}</span>
                    </button>
                  );
                })}
              </div>
            )}
            {!inThread && <Replies state={state} room={id} message={message} tab={tab} emit={emit} />}
          </div>
          {items.length > 0 && (
            <div class="row-acts">
              {!message.deleted && writes && (
                <>
                  {kQuickReactions.slice(0, 2).map((emoji) => (
                    <button type="button" key={emoji} class="icon-button on-hover" tabIndex={tab} aria-label={`React with ${emoji}`} title={`React with ${emoji}`}
                      onClick={() => emit({ type: 'react', room: id, seq, emoji, on: true })}>{emoji}</button>
                  ))}
                  <IconButton class="on-hover" icon="smile" label="React" tabIndex={tab} onClick={() => emit({ type: 'show_dialog', dialog: { kind: 'react', room: id, seq } })} />
                  {!inThread && <>
                    <IconButton class="on-hover" icon="reply" label="Reply" tabIndex={tab} onClick={() => emit({ type: 'start_reply', room: id, seq })} />
                    <IconButton class="on-hover" icon="thread" label="Reply in thread" tabIndex={tab} onClick={() => emit({ type: 'open_thread', room: id, root: seq })} />
                  </>}
                </>
              )}
              <IconButton class="row-more" icon="more" label={`Actions for the message of ${name}, ${clock(message.at)}`} tabIndex={tab} onClick={this.openMenu} />
            </div>
          )}
        </div>
        {this.state.menu && <Menu title={`Message of ${name}`} items={items} at={this.state.menu} close={() => this.setState({ menu: null })} />}
      </li>
    );
  }
}

export function PendingRow({ state, row, emit }: { state: State; row: Extract<Row, { kind: 'pending' }>; emit: Emit }): JSX.Element {
  const { entry, grouped } = row;
  const name = state.me ? personName(state, state.me.id) : '';
  const { client_id: clientId, room, failure } = entry.row;
  return (
    <li class={`row message pending ${grouped ? 'grouped' : ''}`} data-key={row.key} tabIndex={-1}>
      <div class="row-main">
        <div class="row-side">{grouped ? null : <Avatar name={name} />}</div>
        <div class="row-body">
          <div class={grouped ? 'hidden' : 'row-head'}><Isolated class="author">{name}</Isolated></div>
          {entry.row.text && <RichText text={entry.row.text} selfName={state.me?.name ?? ''} />}
          {entry.row.files && <PendingFiles state={state} ids={entry.row.files} emit={emit} />}
          {failure ? (
            <div class="failure">
              <p class="error"><Isolated>{failure}</Isolated></p>
              <div class="buttons">
                <button type="button" onClick={() => emit({ type: 'retry_message', room, clientId })}>Send again</button>
                <button type="button" onClick={() => emit({ type: 'rewrite_message', room, clientId })}>Edit</button>
                <button type="button" onClick={() => emit({ type: 'discard_message', room, clientId })}>Discard</button>
              </div>
            </div>
          ) : <span class="edited">{state.link.state === 'online' ? 'Sending…' : 'Sent when the connection is back'}</span>}
        </div>
      </div>
    </li>
  );
}
