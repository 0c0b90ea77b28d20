import { kMinPasswordBytes } from '../wire/limits.ts';
import { bytesOf } from './composer.ts';
import type { State } from './state.ts';
import { idle } from './state.ts';
import type { Answer, Turn } from './turn.ts';
import { kOffline } from './turn.ts';

export function takeDuties(state: State, password: boolean, secondFactor: boolean): void {
  state.mustChangePassword = password;
  state.mustEnrol = secondFactor;
  if (secondFactor) state.enrolling = true;
}

// The office's demands are fulfilled: in.
function goOn(turn: Turn): void {
  turn.effect({ type: 'retry_now' });
}

function begin(turn: Turn, sent: boolean): void {
  turn.state.form = { busy: sent, error: sent ? '' : kOffline, saved: '' };
}

export function changePassword(turn: Turn, given: { current: string; fresh: string; again: string }): void {
  const { state } = turn;
  const wrong = !given.current ? 'Type your current password.'
    : bytesOf(given.fresh) < kMinPasswordBytes ? 'Passwords need at least 8 characters.'
      : given.fresh !== given.again ? "The two new passwords don't match." : '';
  if (wrong) {
    state.form = { busy: false, error: wrong, saved: '' };
    return;
  }
  begin(turn, turn.call('account.change_password', { current_password: given.current, new_password: given.fresh }, { why: 'form' }));
}

export function setDisplayName(turn: Turn, name: string): void {
  begin(turn, turn.call('account.set_profile', { display_name: name.trim() }, { why: 'form' }));
}
export function loadSessions(turn: Turn): void {
  begin(turn, turn.call('session.list', {}, { why: 'form' }));
}
export function endSession(turn: Turn, session: number): void {
  begin(turn, turn.call('session.revoke', session ? { session } : {}, { why: 'form' }));
}
export function loadAccount(turn: Turn): void {
  turn.call('account.get', {});
}
export function beginSecondFactor(turn: Turn, password: string): void {
  begin(turn, turn.call('account.totp_begin', { current_password: password }, { why: 'form' }));
}
export function confirmSecondFactor(turn: Turn, code: string): void {
  begin(turn, turn.call('account.totp_confirm', { code: code.trim() }, { why: 'form' }));
}
export function removeSecondFactor(turn: Turn, password: string, code: string): void {
  begin(turn, turn.call('account.totp_remove', { current_password: password, code: code.trim() }, { why: 'form' }));
}
// The recovery codes were read.
export function finishSecondFactor(turn: Turn): void {
  const { state } = turn;
  state.secondFactor = { stage: 'on', secret: '', uri: '', codes: [] };
  const held = state.enrolling;
  state.enrolling = false;
  if (held) goOn(turn);
}

export function foldAccount(turn: Turn, answer: Answer): void {
  const { state } = turn;
  if (answer.error) {
    state.form = { busy: false, error: answer.error.message, saved: '' };
    return;
  }
  switch (answer.method) {
    case 'account.get':
      state.account = answer.result!;
      if (state.secondFactor.stage !== 'begun' && state.secondFactor.stage !== 'codes')
        state.secondFactor = { ...state.secondFactor, stage: answer.result!.second_factor ? 'on' : 'off' };
      return;
    case 'account.change_password':
      state.form = { busy: false, error: '', saved: 'Your password is changed. Your other devices are signed out.' };
      if (state.mustChangePassword) {
        state.mustChangePassword = false;
        state.form = idle;
        if (!state.mustEnrol) goOn(turn);
      }
      return;
    case 'account.set_profile':
      state.form = { busy: false, error: '', saved: 'Your name is changed.' };
      return;
    case 'session.list':
      state.sessions = answer.result!.sessions;
      state.form = { ...state.form, busy: false };
      return;
    case 'session.revoke':
      state.form = { busy: false, error: '', saved: 'Signed out there.' };
      turn.call('session.list', {}, { why: 'more' });
      return;
    case 'account.totp_begin':
      state.secondFactor = { stage: 'begun', secret: answer.result!.secret, uri: answer.result!.uri, codes: [] };
      state.form = idle;
      return;
    case 'account.totp_confirm':
      state.secondFactor = { stage: 'codes', secret: '', uri: '', codes: answer.result!.recovery_codes };
      state.mustEnrol = false;
      state.form = idle;
      return;
    case 'account.totp_remove':
      state.secondFactor = { stage: 'off', secret: '', uri: '', codes: [] };
      state.form = { busy: false, error: '', saved: 'Your second factor is off.' };
  }
}
