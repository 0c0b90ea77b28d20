import { beginSecondFactor, changePassword, confirmSecondFactor, endSession, finishSecondFactor, loadAccount, loadSessions, removeSecondFactor, setDisplayName } from './account.ts';
import { setOwnPresence } from './commands.ts';
import { changeDraft, editLast, saveDraft, sendMessage, startEdit, startReply, stopEditing } from './composer.ts';
import { loadFiles, loadMoreFiles } from './files_panel.ts';
import { jumpToMessage, jumpToNewest, loadNewer, loadOlder } from './history.ts';
import { discardMessage, retryMessage, rewriteMessage } from './outbox.ts';
import type { ModerationTab, Resolution } from './moderation.ts';
import { liftSanction, moreReports, resolveReport, showReports } from './moderation.ts';
import { loadPins } from './pins.ts';
import { markUnread, readOn, seeNewest, seeUpTo } from './reading.ts';
import type { Reasoned } from './reasons.ts';
import { askReason, giveReason } from './reasons.ts';
import { openRoom, roomOrder } from './rooms.ts';
import { openSearch, searchFor, searchOn, showHit } from './search.ts';
import { acceptInvite, signIn, signOut } from './session_life.ts';
import type { Sanction } from '../wire/catalogue.ts';
import type { Dialog, RoomState, ThemeChoice } from './state.ts';
import { idle, isMe, unreadOf } from './state.ts';
import type { Turn } from './turn.ts';
import { kOffline, showToast } from './turn.ts';
import type { Chosen } from './uploads.ts';
import { roomName } from './names.ts';
import { changeThreadDraft, closeThread, editReply, followThread, loadMoreThreads, loadOlderReplies, loadThreads, openThread, saveThreadDrafts, seeThread, sendInThread, stopEditingReply } from './threads.ts';
import type { TranscriptFormat } from './transcript.ts';
import { saveTranscript, stopTranscript } from './transcript.ts';
import { foldWatchAct, settleAlarm } from './watch.ts';
import { attach, removeAttached, retryUpload } from './uploads.ts';

// What a person does on the page, as values. Views emit them.
export type Action =
  | { type: 'sign_in'; user: string; password: string; code: string }
  | { type: 'accept_invite'; user: string; displayName: string; password: string; code: string }
  | { type: 'leave_invite' } // signs in instead
  | { type: 'use_invite'; token: string }
  | { type: 'sign_out' | 'retry_connection' | 'search_on' | 'return_from_hit' | 'close_panel' | 'show_side_bar' | 'load_sessions' | 'finish_second_factor' | 'acknowledge' | 'close_announcement' | 'more_files' | 'load_page_anew' }
  | { type: 'open_room' | 'mark_read' | 'leave_room' | 'load_older' | 'load_newer' | 'jump_to_newest' | 'seen_newest' | 'edit_last' | 'cancel_edit' | 'cancel_reply' | 'accept_direct' | 'decline_direct' | 'end_direct' | 'ask_again' | 'join_room'; room: number }
  | { type: 'seen_up_to' | 'mark_unread' | 'jump_to_message' | 'start_edit' | 'start_reply' | 'show_hit' | 'delete_own' | 'restore_own' | 'show_versions'; room: number; seq: number }
  | { type: 'step_room'; by: number; unreadOnly: boolean }
  | { type: 'create_room'; name: string; topic: string; isPrivate: boolean }
  | { type: 'open_direct'; people: number[] }
  | { type: 'add_member'; room: number; user: number }
  | { type: 'set_topic'; room: number; topic: string }
  | { type: 'set_role'; room: number; user: number; moderator: boolean }
  | { type: 'unmute'; room: number; user: number }
  | { type: 'react'; room: number; seq: number; emoji: string; on: boolean }
  | { type: 'pin'; room: number; seq: number; on: boolean }
  | { type: 'ask_reason'; what: Reasoned }
  | { type: 'give_reason'; reason: string; seconds: number }
  | { type: 'send'; room: number; text: string }
  | { type: 'draft'; room: number; text: string }
  | { type: 'attach'; room: number; chosen: Chosen[] }
  | { type: 'remove_upload' | 'retry_upload'; room: number; id: string }
  | { type: 'retry_message' | 'discard_message' | 'rewrite_message'; room: number; clientId: string }
  | { type: 'show_dialog'; dialog: Dialog }
  | { type: 'open_link'; url: string; named: boolean }
  | { type: 'follow_link' }
  | { type: 'toggle_panel'; panel: 'members' | 'pins' | 'files' | 'threads' }
  | { type: 'open_thread'; room: number; root: number }
  | { type: 'send_in_thread' | 'draft_in_thread'; room: number; root: number; text: string }
  | { type: 'edit_in_thread'; room: number; seq: number } // 0: one's last
  | { type: 'cancel_edit_in_thread'; room: number; root: number }
  | { type: 'leave_panel'; panel: 'pins' | 'search' | 'files' } // unless it led to another one
  | { type: 'follow_thread'; on: boolean }
  | { type: 'older_replies' | 'seen_thread' | 'more_threads' }
  | { type: 'open_search'; everywhere: boolean }
  | { type: 'search'; query: string; everywhere: boolean }
  | { type: 'find_people'; query: string }
  | { type: 'browse'; query: string }
  | { type: 'presence'; presence: 'online' | 'away' | 'busy'; text: string }
  | { type: 'theme'; theme: ThemeChoice }
  | { type: 'do_not_disturb'; on: boolean }
  | { type: 'display_name'; name: string }
  | { type: 'change_password'; current: string; fresh: string; again: string }
  | { type: 'end_session'; session: number } // 0: all but this one
  | { type: 'begin_second_factor'; password: string }
  | { type: 'confirm_second_factor'; code: string }
  | { type: 'remove_second_factor'; password: string; code: string }
  | { type: 'show_reports'; tab: ModerationTab }
  | { type: 'resolve_report'; report: number; resolution: Resolution | ''; reason: string } // '': it is opened again
  | { type: 'lift_sanction'; sanction: Sanction; reason: string }
  | { type: 'save_transcript'; room: number; format: TranscriptFormat }
  | { type: 'hide_log_alarm' | 'stop_transcript' | 'more_reports' }
  | { type: 'settle_log_alarm'; reason: string }
  | { type: 'dismiss_toast'; id: number };

function saveSettings(turn: Turn): void {
  turn.effect({ type: 'save_settings', settings: turn.state.settings });
}

function stepRoom(turn: Turn, by: number, unreadOnly: boolean): void {
  const { state } = turn;
  const order = roomOrder(state).filter((room) => !unreadOnly || unreadOf(room) > 0 || room.info.id === state.openRoom);
  if (!order.length) return;
  const at = order.findIndex((room) => room.info.id === state.openRoom);
  openRoom(turn, order[(at + by + order.length) % order.length]!.info.id);
}

function showDialog(turn: Turn, dialog: Dialog): void {
  const { state } = turn;
  state.dialog = dialog;
  stopTranscript(state);
  state.form = idle;
  if (dialog.kind === 'browse') state.form = { ...idle, busy: turn.call('room.browse', {}, { why: 'form' }) };
  if (dialog.kind === 'direct' || dialog.kind === 'add_member') foldSimple(turn, { type: 'find_people', query: '' });
  if (dialog.kind === 'sessions') loadSessions(turn);
  if (dialog.kind === 'second_factor' || dialog.kind === 'settings') loadAccount(turn);
  // Whoever compares by telephone wants the newest one.
  if (dialog.kind === 'watch') foldWatchAct(turn, { type: 'compare' });
  if (dialog.kind === 'none' && state.secondFactor.stage === 'begun') state.secondFactor = { ...state.secondFactor, stage: 'off', secret: '', uri: '' };
}

// Sends, or says that it can't.
function sent(turn: Turn, was: boolean): void {
  if (!was) showToast(turn, kOffline);
}

function inRoom(turn: Turn, room: RoomState, action: Extract<Action, { room: number }>): void {
  const id = room.info.id;
  switch (action.type) {
    case 'open_room':
      turn.state.sideBar = false;
      return openRoom(turn, id);
    case 'mark_read': return readOn(turn, room);
    case 'leave_room': return sent(turn, turn.call('room.leave', { room: id }));
    case 'load_older': return loadOlder(turn, room);
    case 'load_newer': return loadNewer(turn, room);
    case 'jump_to_newest': return jumpToNewest(turn, room);
    case 'seen_newest': return seeNewest(turn, room);
    case 'seen_up_to': return seeUpTo(turn, room, action.seq);
    case 'mark_unread': return markUnread(turn, room, action.seq);
    case 'jump_to_message': return jumpToMessage(turn, room, action.seq);
    case 'show_hit': return showHit(turn, id, action.seq);
    case 'edit_last': return editLast(turn, room);
    case 'start_edit': return startEdit(turn, room, action.seq);
    case 'cancel_edit': return stopEditing(room);
    case 'start_reply': return startReply(room, action.seq);
    case 'cancel_reply':
      room.replyTo = 0;
      return;
    case 'accept_direct': return sent(turn, turn.call('direct.accept', { room: id }));
    case 'decline_direct': return sent(turn, turn.call('direct.decline', { room: id }));
    case 'end_direct': return sent(turn, turn.call('direct.end', { room: id }));
    case 'ask_again': {
      const users = (room.info.users ?? []).filter((user) => !isMe(turn.state, user.id)).map((user) => user.id);
      return sent(turn, turn.call('direct.open', { users }));
    }
    case 'send': return sendMessage(turn, id, action.text);
    case 'draft': return changeDraft(turn, room, action.text);
    case 'attach': return attach(turn, room, action.chosen);
    case 'remove_upload': return removeAttached(turn, id, action.id);
    case 'retry_upload': return retryUpload(turn, action.id);
    case 'react': {
      if (turn.state.dialog.kind === 'react') turn.state.dialog = { kind: 'none' };
      return sent(turn, turn.call('message.react', { room: id, seq: action.seq, emoji: action.emoji, on: action.on }));
    }
    case 'pin': return sent(turn, turn.call('message.pin', { room: id, seq: action.seq, on: action.on }));
    case 'delete_own': return sent(turn, turn.call('message.delete', { room: id, seq: action.seq }));
    case 'restore_own': return sent(turn, turn.call('message.restore', { room: id, seq: action.seq }));
    case 'show_versions':
      turn.state.dialog = { kind: 'versions', room: id, seq: action.seq, versions: [] };
      turn.state.form = { ...idle, busy: turn.call('message.versions', { room: id, seq: action.seq }) };
      return;
    case 'save_transcript': return saveTranscript(turn, id, action.format, `${room.info.kind === 'direct' ? '' : '#'}${roomName(turn.state, room)}`);
    case 'set_role': return sent(turn, turn.call('room.set_role', { room: id, user: action.user, role: action.moderator ? 'moderator' : 'member' }));
    case 'unmute': return sent(turn, turn.call('moderation.unmute', { room: id, user: action.user }));
    case 'add_member': {
      const was = turn.call('room.add_member', { room: id, user: action.user }, { why: 'form' });
      turn.state.form = { busy: was, error: was ? '' : kOffline, saved: '' };
      return;
    }
    case 'set_topic': {
      const was = turn.call('room.update', { room: id, topic: action.topic.trim() }, { why: 'form' });
      turn.state.form = { busy: was, error: was ? '' : kOffline, saved: '' };
      return;
    }
    case 'rewrite_message': return rewriteMessage(turn, room, action.clientId);
    case 'open_thread':
      // Of another room: from the list of threads.
      if (turn.state.openRoom !== id) openRoom(turn, id);
      turn.state.sideBar = false;
      return openThread(turn, room, action.root);
    case 'send_in_thread': return sendInThread(turn, room, action.root, action.text);
    case 'draft_in_thread': return changeThreadDraft(turn, id, action.root, action.text);
    case 'edit_in_thread': return editReply(turn, action.seq);
    case 'cancel_edit_in_thread': return stopEditingReply(turn.state, id, action.root);
  }
}

function foldSimple(turn: Turn, action: Action): void {
  const { state } = turn;
  switch (action.type) {
    case 'sign_in': return signIn(turn, action);
    case 'accept_invite': return acceptInvite(turn, action);
    case 'leave_invite':
      state.welcome = { ...state.welcome, step: 'sign_in', invite: '', error: '', field: '' };
      return;
    case 'use_invite':
      if (state.signedIn) return showToast(turn, "You're already signed in. Sign out first to use another invitation.", false);
      state.welcome = { ...state.welcome, step: 'invite', invite: action.token, error: '', field: '' };
      return;
    case 'sign_out': return signOut(turn);
    case 'load_page_anew':
      // What was typed last is on the disk first.
      for (const room of state.rooms.values()) saveDraft(turn, room);
      saveThreadDrafts(turn, false);
      return turn.effect({ type: 'load_page_anew' });
    case 'retry_connection': return turn.effect({ type: 'retry_now' });
    case 'join_room': {
      const was = turn.call('room.join', { room: action.room }, { why: 'form' });
      state.form = { busy: was, error: was ? '' : kOffline, saved: '' };
      return;
    }
    case 'step_room': return stepRoom(turn, action.by, action.unreadOnly);
    case 'create_room': {
      const { name, topic, isPrivate } = action;
      const was = turn.call('room.create', { name: name.trim(), kind: isPrivate ? 'private' : 'public', ...(topic.trim() && { topic: topic.trim() }) }, { why: 'form' });
      state.form = { busy: was, error: was ? '' : kOffline, saved: '' };
      return;
    }
    case 'open_direct': {
      const was = turn.call('direct.open', { users: action.people }, { why: 'form' });
      state.form = { busy: was, error: was ? '' : kOffline, saved: '' };
      if (!was && state.dialog.kind === 'none') showToast(turn, kOffline);
      return;
    }
    case 'ask_reason': return askReason(turn, action.what);
    case 'give_reason': return giveReason(turn, action.reason, action.seconds);
    case 'retry_message': return retryMessage(turn, action.clientId);
    case 'discard_message': return discardMessage(turn, action.clientId);
    case 'show_dialog': return showDialog(turn, action.dialog);
    case 'open_link':
      if (action.named) state.dialog = { kind: 'link', url: action.url };
      else turn.effect({ type: 'open_url', url: action.url });
      return;
    case 'follow_link':
      if (state.dialog.kind === 'link') turn.effect({ type: 'open_url', url: state.dialog.url });
      state.dialog = { kind: 'none' };
      return;
    case 'toggle_panel':
      state.panel = state.panel === action.panel ? 'none' : action.panel;
      if (state.panel === 'threads') loadThreads(turn);
      loadFiles(turn);
      return loadPins(turn);
    case 'more_files': return loadMoreFiles(turn);
    case 'leave_panel':
      if (state.panel === action.panel) state.panel = 'none';
      return;
    case 'follow_thread': return followThread(turn, action.on);
    case 'older_replies': return loadOlderReplies(turn);
    case 'seen_thread': return seeThread(turn);
    case 'more_threads': return loadMoreThreads(turn);
    case 'close_panel':
      if (state.panel === 'thread') closeThread(turn);
      state.panel = 'none';
      return;
    case 'show_side_bar':
      state.sideBar = true;
      return;
    case 'open_search': return openSearch(state, action.everywhere);
    case 'search': return searchFor(turn, action.query, action.everywhere);
    case 'search_on': return searchOn(turn);
    case 'return_from_hit': {
      const back = state.search.cameFrom;
      state.search = { ...state.search, cameFrom: 0 };
      if (state.rooms.has(back)) openRoom(turn, back);
      return;
    }
    case 'find_people':
      state.directoryQuery = action.query.trim();
      state.form = { ...idle, busy: turn.call('user.list', state.directoryQuery ? { query: state.directoryQuery, limit: 50 } : { limit: 50 }, { why: 'form' }) };
      // As asked, so that the answer is known for its own.
      return;
    case 'browse':
      state.form = { ...idle, busy: turn.call('room.browse', action.query.trim() ? { query: action.query.trim() } : {}, { why: 'form' }) };
      return;
    case 'presence': return setOwnPresence(turn, action.presence, action.text.trim());
    case 'theme':
      state.settings = { ...state.settings, theme: action.theme };
      return saveSettings(turn);
    case 'do_not_disturb':
      state.settings = { ...state.settings, doNotDisturb: action.on };
      return saveSettings(turn);
    case 'display_name': return setDisplayName(turn, action.name);
    case 'change_password': return changePassword(turn, action);
    case 'load_sessions': return loadSessions(turn);
    case 'end_session': return endSession(turn, action.session);
    case 'begin_second_factor': return beginSecondFactor(turn, action.password);
    case 'confirm_second_factor': return confirmSecondFactor(turn, action.code);
    case 'remove_second_factor': return removeSecondFactor(turn, action.password, action.code);
    case 'finish_second_factor': return finishSecondFactor(turn);
    case 'acknowledge': {
      const { standing } = state.announcement;
      if (standing) sent(turn, turn.call('announcement.acknowledge', { announcement: standing.id }));
      return;
    }
    case 'close_announcement':
      state.announcement = { ...state.announcement, closed: state.announcement.standing?.id ?? 0 };
      return;
    case 'stop_transcript': return stopTranscript(state);
    case 'show_reports': return showReports(turn, action.tab);
    case 'more_reports': return moreReports(turn);
    case 'resolve_report': return resolveReport(turn, action.report, action.resolution, action.reason);
    case 'lift_sanction': return liftSanction(turn, action.sanction, action.reason);
    case 'hide_log_alarm': return foldWatchAct(turn, { type: 'hide' });
    case 'settle_log_alarm': return settleAlarm(turn, action.reason);
    case 'dismiss_toast':
      state.toasts = state.toasts.filter((toast) => toast.id !== action.id);
  }
}

export function foldAction(turn: Turn, action: Action): void {
  const room = 'room' in action && action.type !== 'join_room' && action.type !== 'retry_message' && action.type !== 'discard_message'
    ? turn.state.rooms.get(action.room) : undefined;
  if (room) return inRoom(turn, room, action as Extract<Action, { room: number }>);
  // A room that isn't listed yet is opened when it is.
  if (action.type === 'open_room') return openRoom(turn, action.room);
  foldSimple(turn, action);
}
