import type { JSX } from 'preact';
import { personName } from '../model/names.ts';
import type { State, ThemeChoice } from '../model/state.ts';
import { dateTime } from '../model/words.ts';
import type { Emit } from './context.ts';
import { Field, Isolated, valuesOf } from './parts.tsx';
import { QrCode } from './qr_code.tsx';
import { statusOf } from './watch.tsx';

function FormWords({ state }: { state: State }): JSX.Element | null {
  const { error, saved } = state.form;
  if (error) return <p class="error" role="alert">{error}</p>;
  return saved ? <p class="saved">{saved}</p> : null;
}

export function PasswordForm({ state, emit }: { state: State; emit: Emit }): JSX.Element {
  return (
    <form noValidate key={state.form.saved} onSubmit={(event) => {
      const { current = '', fresh = '', again = '' } = valuesOf(event);
      emit({ type: 'change_password', current, fresh, again });
    }}>
      <input class="hidden" type="text" name="user" autocomplete="username" value={state.me?.name ?? ''} readOnly tabIndex={-1} aria-hidden="true" />
      <Field label="Current password" name="current" type="password" autocomplete="current-password" autoFocus />
      <Field label="New password" name="fresh" type="password" autocomplete="new-password" hint="8 characters or more. Your other devices are signed out." />
      <Field label="New password again" name="again" type="password" autocomplete="new-password" />
      <FormWords state={state} />
      <button type="submit" class="primary wide-button" disabled={state.form.busy}>Change password</button>
    </form>
  );
}

export function SecondFactor({ state, emit }: { state: State; emit: Emit }): JSX.Element {
  const { stage, secret, uri, codes } = state.secondFactor;
  if (stage === 'codes') {
    return (
      <div>
        <p>Your second factor is on. These recovery codes are shown once; each is good for one sign-in without your phone. Keep them where you keep paper that matters.</p>
        <ul class="codes">{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ul>
        <button type="button" class="primary wide-button" data-autofocus onClick={() => emit({ type: 'finish_second_factor' })}>I've saved them</button>
      </div>
    );
  }
  if (stage === 'begun') {
    return (
      <form noValidate onSubmit={(event) => emit({ type: 'confirm_second_factor', code: valuesOf(event).code ?? '' })}>
        <p>Scan this with your authenticator app, or type the key below into it, or <a href={uri.startsWith('otpauth:') ? uri : undefined}>open it in an app on this device</a>.</p>
        {uri.startsWith('otpauth:') && <QrCode text={uri} label="QR code of the key below, for your authenticator app" />}
        <p class="secret"><code>{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code></p>
        <Field label="Code that the app shows" name="code" inputMode="numeric" autocomplete="one-time-code" autoFocus />
        <FormWords state={state} />
        <button type="submit" class="primary wide-button" disabled={state.form.busy}>Turn on</button>
      </form>
    );
  }
  if (stage === 'on' && !state.mustEnrol) {
    return (
      <div>
        <p>Your second factor is on. {state.account ? `${state.account.recovery_codes_left} recovery codes are left.` : ''}</p>
        <form noValidate onSubmit={(event) => emit({ type: 'confirm_second_factor', code: valuesOf(event).code ?? '' })}>
          <Field label="Code, for new recovery codes" name="code" inputMode="numeric" autocomplete="one-time-code" />
          <button type="submit" disabled={state.form.busy}>Make new recovery codes</button>
        </form>
        <form noValidate onSubmit={(event) => {
          const { password = '', code = '' } = valuesOf(event);
          emit({ type: 'remove_second_factor', password, code });
        }}>
          <Field label="Password" name="password" type="password" autocomplete="current-password" />
          <Field label="Code, to turn it off" name="code" inputMode="numeric" autocomplete="one-time-code" />
          <FormWords state={state} />
          <button type="submit" class="danger" disabled={state.form.busy}>Turn off</button>
        </form>
      </div>
    );
  }
  return (
    <form noValidate onSubmit={(event) => emit({ type: 'begin_second_factor', password: valuesOf(event).password ?? '' })}>
      <p>With a second factor, signing in takes a code of an app on your phone besides your password.</p>
      <Field label="Your password" name="password" type="password" autocomplete="current-password" autoFocus />
      <FormWords state={state} />
      <button type="submit" class="primary wide-button" disabled={state.form.busy}>Begin</button>
    </form>
  );
}

export function Sessions({ state, emit }: { state: State; emit: Emit }): JSX.Element {
  return (
    <div>
      <FormWords state={state} />
      {!state.sessions.length && <p class="none">{state.form.busy ? 'Loading…' : ''}</p>}
      <ul class="sessions">
        {state.sessions.map((session) => (
          <li key={session.id}>
            <div>
              <strong><Isolated>{session.device || 'A device'}</Isolated></strong>{session.current && ' — this one'}
              <small><Isolated>{session.client}</Isolated> · {session.ip} · {session.connected ? 'connected now' : `last used ${dateTime(session.last_used_at, state.wall)}`}</small>
            </div>
            {!session.current && <button type="button" aria-label={`Sign out ${session.device}`} disabled={state.form.busy} onClick={() => emit({ type: 'end_session', session: session.id })}>Sign out</button>}
          </li>
        ))}
      </ul>
      {state.sessions.length > 1 && <button type="button" class="danger wide-button" disabled={state.form.busy} onClick={() => emit({ type: 'end_session', session: 0 })}>Sign out everywhere else</button>}
    </div>
  );
}

export function Settings({ state, emit }: { state: State; emit: Emit }): JSX.Element {
  const themes: [ThemeChoice, string][] = [['system', 'As the system'], ['light', 'Light'], ['dark', 'Dark']];
  const { theme, doNotDisturb } = state.settings;
  const show = (kind: 'sessions' | 'password' | 'second_factor' | 'profile' | 'watch') => () => emit({ type: 'show_dialog', dialog: { kind } });
  const asks = typeof Notification !== 'undefined' && Notification.permission === 'default';
  return (
    <div class="settings">
      <fieldset>
        <legend>Theme</legend>
        <div class="choices">
          {themes.map(([value, label]) => (
            <label key={value}><input type="radio" name="theme" checked={theme === value} onChange={() => emit({ type: 'theme', theme: value })} data-autofocus={theme === value || undefined} />{label}</label>
          ))}
        </div>
      </fieldset>
      <label class="check"><input type="checkbox" checked={doNotDisturb} onChange={(event) => emit({ type: 'do_not_disturb', on: event.currentTarget.checked })} />Do not disturb: no notifications</label>
      {asks && <button type="button" onClick={() => { Notification.requestPermission().then(() => emit({ type: 'do_not_disturb', on: false })); }}>Let this page notify me</button>}
      <ul class="settings-list">
        <li><button type="button" onClick={show('profile')}>Display name<small><Isolated>{state.me ? personName(state, state.me.id) : ''}</Isolated></small></button></li>
        <li><button type="button" onClick={show('password')}>Password</button></li>
        <li><button type="button" onClick={show('second_factor')}>Second factor<small>{state.secondFactor.stage === 'on' ? 'On' : state.secondFactor.stage === 'off' ? 'Off' : ''}</small></button></li>
        <li><button type="button" onClick={show('sessions')}>Where you're signed in</button></li>
        <li><button type="button" onClick={show('watch')}>What this browser saw of the audit log<small>{statusOf(state)}</small></button></li>
      </ul>
    </div>
  );
}

export function Profile({ state, emit }: { state: State; emit: Emit }): JSX.Element {
  return (
    <form noValidate onSubmit={(event) => emit({ type: 'display_name', name: valuesOf(event).name ?? '' })}>
      <Field label="Display name" name="name" value={state.me?.display_name ?? ''} autocomplete="name" maxLength={64} autoFocus />
      <FormWords state={state} />
      <button type="submit" class="primary wide-button" disabled={state.form.busy}>Save</button>
    </form>
  );
}
