import type { Events, Message } from '../wire/catalogue.ts';
import type { Change } from './change.ts';
import { applyChange, messageOf } from './change.ts';
import { leaveDeleted } from './composer.ts';
import { changeDirect, directNotice } from './direct.ts';
import type { Durable } from './incoming.ts';
import { countMessages, rememberChange, takeMessages } from './incoming.ts';
import { filesChanged } from './files_panel.ts';
import { lengthWords } from './lengths.ts';
import { notifyOf } from './notifications.ts';
import { isWaiting } from './outbox.ts';
import { forgetTyping, learnPeople, needPerson } from './people.ts';
import { loadPins } from './pins.ts';
import { markRead, storeRoom } from './reading.ts';
import type { RoomState } from './state.ts';
import { isMe, unreadOf } from './state.ts';
import type { Notice } from './timeline.ts';
import { changeInThread, leaveDeletedReply } from './threads.ts';
import { trimRoom } from './trimming.ts';
import type { Turn } from './turn.ts';

function addNotice(turn: Turn, room: RoomState, seq: number, notice: Notice): void {
  needPerson(turn, notice.who);
  if (notice.by) needPerson(turn, notice.by);
  room.timeline.putNotice(seq, notice);
}

function changedState(turn: Turn, room: RoomState, seq: number): void {
  room.stateSeq = Math.max(room.stateSeq, seq);
  storeRoom(turn, room);
}

function changeMessage(turn: Turn, room: RoomState, change: Change, by: number): void {
  needPerson(turn, by);
  const seq = messageOf(change);
  const apply = (message: Message) => applyChange(message, change);
  room.timeline.replace(seq, apply);
  rememberChange(room, seq, apply);
  changeInThread(turn.state, room, seq, apply);
  turn.effect({ type: 'change_message', room: room.info.id, change, seq: change.params.seq });
  if (change.method !== 'message.pinned' && !room.pins.some((pin) => pin.seq === seq)) return;
  room.pinsLoaded = false;
  loadPins(turn);
}

export function applyReplies(turn: Turn, room: RoomState, event: Events['thread.changed']): void {
  for (const user of event.replies?.repliers ?? []) needPerson(turn, user);
  const change: Change = { method: 'thread.changed', params: { ...event, seq: event.changed } };
  const apply = (message: Message) => applyChange(message, change);
  room.timeline.replace(event.root, apply);
  rememberChange(room, event.root, apply);
  changeInThread(turn.state, room, event.root, apply);
  // It has no number of the room's own.
  turn.effect({ type: 'change_message', room: room.info.id, change, seq: 0 });
}

function applyPosted(turn: Turn, room: RoomState, event: Extract<Durable, { method: 'message.posted' }>['params']): void {
  const { state } = turn;
  const { room: _, ...message } = event;
  forgetTyping(room, message.author);
  const own = isMe(state, message.author);
  if (!own && !message.thread && !state.focused && unreadOf(room) === 0) room.unreadAfter = room.info.marker.seq;
  if (own) {
    if (!message.thread) room.unreadAfter = -1;
    room.postedAt = Math.max(room.postedAt, state.now - Math.max(0, state.wall - message.at));
  }
  countMessages(turn, room, [message]);
  // Whoever wrote it here saw what stands before it.
  if (own && !message.thread && message.client_id && isWaiting(state, message.client_id)) markRead(turn, room);
  notifyOf(turn, room, message);
  takeMessages(turn, room, [message], message.seq, message.seq);
  storeRoom(turn, room);
  if (message.files?.length) filesChanged(turn, room);
}

function applyUpdated(turn: Turn, room: RoomState, event: Extract<Durable, { method: 'room.updated' }>['params']): void {
  const { info } = room;
  const { seq, at, by: who } = event;
  // One event, one row: the first of them that changed says it. Who may read here comes before all else.
  if (event.kind) {
    const kind = event.kind === 'private' ? 'made_private' : event.open_history ? 'opened_with_history' : 'opened_from_now';
    addNotice(turn, room, seq, { kind, at, who });
  }
  if (event.name !== info.name) addNotice(turn, room, seq, { kind: 'renamed', at, who, text: event.name });
  if (event.topic !== info.topic) addNotice(turn, room, seq, { kind: 'topic', at, who, text: event.topic });
  if (event.locked !== info.locked) addNotice(turn, room, seq, { kind: event.locked ? 'locked' : 'unlocked', at, who });
  if (event.slow_mode_s !== info.slow_mode_s)
    addNotice(turn, room, seq, { kind: 'slow_mode', at, who, text: lengthWords(event.slow_mode_s) });
  const { name, topic, locked, slow_mode_s } = event;
  room.info = { ...info, name, topic, locked, slow_mode_s, kind: event.kind ?? info.kind };
  changedState(turn, room, seq);
}

// `fresh`: nothing that filled a gap brought it before.
export function applyDurable(turn: Turn, room: RoomState, event: Durable, fresh: boolean): void {
  const { state } = turn;
  switch (event.method) {
    case 'message.posted':
      if (fresh) applyPosted(turn, room, event.params);
      return;
    case 'message.edited':
    case 'message.pinned':
    case 'message.restored':
      if (event.method === 'message.restored') {
        needPerson(turn, event.params.message.author);
        filesChanged(turn, room);
      }
      return changeMessage(turn, room, event, event.params.by);
    case 'message.reacted':
      return changeMessage(turn, room, event, event.params.user);
    case 'message.deleted':
      // First: afterwards nobody knows any more whether its text was changed.
      leaveDeleted(turn, room, event.params.message);
      leaveDeletedReply(turn, room.info.id, event.params.message);
      changeMessage(turn, room, event, event.params.by);
      if (room.replyTo === event.params.message) room.replyTo = 0;
      filesChanged(turn, room);
      return;
    case 'room.updated':
      return applyUpdated(turn, room, event.params);
    case 'room.archived': {
      const { on, at, by, seq } = event.params;
      room.info = { ...room.info, archived: on };
      addNotice(turn, room, seq, { kind: on ? 'archived' : 'unarchived', at, who: by });
      return changedState(turn, room, seq);
    }
    case 'room.trimmed':
      trimRoom(turn, room, event.params.before);
      return changedState(turn, room, event.params.seq);
    case 'direct.changed': {
      const { at, by, seq } = event.params;
      addNotice(turn, room, seq, { kind: directNotice(room, event.params), at, who: by, text: 'conversation' });
      changeDirect(turn, room, event.params);
      return changedState(turn, room, seq);
    }
    case 'member.joined': {
      const { user, by, at, seq } = event.params;
      learnPeople(turn, [user]);
      if (!room.members.some((member) => member.user === user.id))
        room.members = [...room.members, { user: user.id, role: 'member', muted: false }];
      state.watchDue = true;
      const added = by && by !== user.id;
      return addNotice(turn, room, seq, { kind: added ? 'added' : 'joined', at, who: user.id, ...(by && { by }) });
    }
    case 'member.left': {
      const { user, by, at, seq } = event.params;
      room.members = room.members.filter((member) => member.user !== user);
      forgetTyping(room, user);
      state.watchDue = true;
      const removed = by && by !== user;
      return addNotice(turn, room, seq, { kind: removed ? 'removed' : 'left', at, who: user, ...(by && { by }) });
    }
    case 'member.changed': {
      const { user, role, muted, seq } = event.params;
      learnPeople(turn, [user]);
      room.members = room.members.map((one) => (one.user === user.id ? { user: user.id, role, muted } : one));
      if (!isMe(state, user.id)) return;
      const { muted: before, ...rest } = room.info;
      // Why and until when comes to the person alone (moderation.applied).
      room.info = { ...rest, role, ...(muted && { muted: before ?? { reason: '' } }) };
      return changedState(turn, room, seq);
    }
  }
}
