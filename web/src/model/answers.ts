import { foldAccount } from './account.ts';
import { foldFoundPerson, foldTyped } from './commands.ts';
import { foldEdited } from './composer.ts';
import { foldDrafts, foldDraftSet } from './draft_sync.ts';
import { foldFiles } from './files_panel.ts';
import { foldHistory } from './history.ts';
import { foldChanges } from './incoming.ts';
import { foldLifted, foldReports, foldResolved, foldSanctions } from './moderation.ts';
import { foldPosted } from './outbox.ts';
import { foldPeople, learnPeople, setPresence } from './people.ts';
import { foldPins } from './pins.ts';
import { foldMarkerSet } from './reading.ts';
import { foldReasoned } from './reasons.ts';
import { foldBrowse, foldEntered, foldList, foldMembers, forgetRoom, listRooms } from './rooms.ts';
import { foldSearch } from './search.ts';
import { idle } from './state.ts';
import { foldFollow, foldThread, foldThreadList } from './threads.ts';
import { foldTranscriptPage } from './transcript.ts';
import { foldAcceptedHead, foldCheckpoint } from './watch.ts';
import type { Answer, Turn } from './turn.ts';
import { showToast } from './turn.ts';

function foldDirectory(turn: Turn, answer: Extract<Answer, { method: 'user.list' }>): void {
  const { state } = turn;
  if (answer.purpose?.why === 'find_person') return foldFoundPerson(turn, answer);
  if ((answer.params.query ?? '') !== state.directoryQuery) return;
  state.form = { ...state.form, busy: false, error: answer.error?.message ?? '' };
  if (!answer.result) return;
  learnPeople(turn, answer.result.users);
  state.directory = answer.result.users;
}

export function foldAnswer(turn: Turn, answer: Answer): void {
  const { state } = turn;
  switch (answer.method) {
    case 'message.post': return foldPosted(turn, answer);
    case 'message.edit': return foldEdited(turn, answer);
    case 'message.history':
      if (answer.purpose?.why === 'transcript') return foldTranscriptPage(turn, answer, answer.purpose.serial);
      return foldHistory(turn, answer);
    case 'message.changes': return foldChanges(turn, answer);
    case 'message.pins': return foldPins(turn, answer);
    case 'file.list': return foldFiles(turn, answer);
    case 'message.thread': return foldThread(turn, answer);
    case 'thread.list': return foldThreadList(turn, answer);
    case 'thread.follow':
    case 'thread.mark_read': return foldFollow(turn, answer);
    case 'message.search': return foldSearch(turn, answer);
    case 'marker.set': return foldMarkerSet(turn, answer);
    case 'draft.list': return foldDrafts(turn, answer);
    case 'draft.set': return foldDraftSet(turn, answer);
    case 'room.list': return foldList(turn, answer);
    case 'room.browse': return foldBrowse(turn, answer);
    case 'room.members': return foldMembers(turn, answer);
    case 'room.create':
    case 'room.join':
    case 'direct.open': return foldEntered(turn, answer);
    case 'room.leave':
      if (answer.error) return foldTyped(turn, answer);
      return forgetRoom(turn, answer.params.room);
    case 'direct.accept':
    case 'direct.decline':
      if (answer.error) return showToast(turn, answer.error.message);
      return listRooms(turn);
    case 'user.get': return foldPeople(turn, answer);
    case 'user.list': return foldDirectory(turn, answer);
    case 'presence.watch':
      for (const one of answer.result?.presence ?? []) setPresence(state, one);
      return;
    case 'message.versions':
      if (state.dialog.kind !== 'versions') return;
      state.form = { busy: false, error: answer.error?.message ?? '', saved: '' };
      if (!answer.result) return;
      learnPeople(turn, answer.result.users);
      state.dialog = { ...state.dialog, versions: answer.result.versions };
      return;
    case 'announcement.get':
      if (answer.result)
        state.announcement = { ...state.announcement, standing: answer.result.announcement ?? null, acknowledged: answer.result.acknowledged };
      return;
    case 'announcement.acknowledge':
      if (answer.error) return showToast(turn, answer.error.message);
      state.announcement = { ...state.announcement, acknowledged: true };
      return;
    case 'account.get':
    case 'account.change_password':
    case 'account.set_profile':
    case 'account.totp_begin':
    case 'account.totp_confirm':
    case 'account.totp_remove':
    case 'session.list':
    case 'session.revoke': return foldAccount(turn, answer);
    case 'message.delete':
    case 'message.restore':
    case 'moderation.report':
    case 'moderation.mute':
    case 'moderation.kick':
    case 'moderation.ban':
    case 'room.lock':
    case 'room.archive':
    case 'room.slow_mode': {
      if (answer.error && answer.purpose?.why === 'typed') return foldTyped(turn, answer);
      return foldReasoned(turn, answer);
    }
    case 'room.update':
    case 'room.add_member':
    case 'room.set_role':
    case 'moderation.unmute':
    case 'moderation.unban': {
      if (answer.purpose?.why === 'lift') return foldLifted(turn, answer);
      if (answer.purpose?.why !== 'form') {
        if (answer.error) return foldTyped(turn, answer);
        return foldReasoned(turn, answer);
      }
      if (!answer.error) state.dialog = { kind: 'none' };
      state.form = answer.error ? { busy: false, error: answer.error.message, saved: '' } : idle;
      return;
    }
    case 'moderation.reports': return foldReports(turn, answer);
    case 'moderation.sanctions': return foldSanctions(turn, answer);
    case 'moderation.resolve': return foldResolved(turn, answer);
    case 'audit.checkpoint': return foldCheckpoint(turn, answer);
    case 'audit.accept_head': return foldAcceptedHead(turn, answer);
    case 'typing.send':
      return;
    default:
      if (answer.error) foldTyped(turn, answer as never);
  }
}
