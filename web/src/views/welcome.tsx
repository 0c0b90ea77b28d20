import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { State } from '../model/state.ts';
import type { Emit } from './context.ts';
import { Field, valuesOf } from './parts.tsx';
import { PasswordForm, SecondFactor } from './account.tsx';

export function Welcome({ state, emit }: { state: State; emit: Emit }): JSX.Element {
  const { welcome } = state;
  const form = useRef<HTMLFormElement>(null);
  const { step, field, needsCode } = welcome;
  useEffect(() => {
    const wanted = field || (needsCode ? 'code' : step === 'invite' ? 'user' : welcome.name ? 'password' : 'user');
    form.current?.querySelector<HTMLInputElement>(`[name="${wanted}"]`)?.focus();
  }, [step, field, needsCode, welcome.error]);
  const errorOf = (name: string): { error?: string } => (field === name && welcome.error ? { error: welcome.error } : {});
  const invited = step === 'invite';
  return (
    <main class="welcome" id="main">
      <div class="card">
        <h1>Wardroom</h1>
        <p class="lead">{invited ? 'You are invited. Choose how you sign in.' : `Sign in at ${location.host}.`}</p>
        {welcome.signOutWaits && (
          <p class="error" role="alert">You're signed out here, but the server couldn't be told yet. Leave this page open until this line goes, or end the session from another device.</p>
        )}
        <form ref={form} noValidate aria-busy={welcome.busy} onSubmit={(event) => {
          const { user = '', password = '', code = '', display_name: displayName = '' } = valuesOf(event);
          if (welcome.busy) return;
          emit(invited ? { type: 'accept_invite', user, displayName, password, code } : { type: 'sign_in', user, password, code });
        }}>
          <Field label="Name" name="user" value={welcome.name} autocomplete="username" {...errorOf('user')}
            {...(invited && { hint: 'Leave it empty if your administrator made the account.' })} />
          {invited && <Field label="Display name" name="display_name" autocomplete="name" hint="As others see it, such as Noor Haddad." {...errorOf('display_name')} />}
          <Field label={invited ? 'New password' : 'Password'} name="password" type="password" autocomplete={invited ? 'new-password' : 'current-password'} {...errorOf('password')}
            {...(invited && { hint: '8 characters or more.' })} />
          {needsCode && <Field label="Code" name="code" autocomplete="one-time-code" hint="Of your authenticator app, or a recovery code." {...errorOf('code')} />}
          {welcome.error && !['user', 'display_name', 'password', 'code'].includes(field) && <p class="error" role="alert">{welcome.error}</p>}
          <button type="submit" class="primary wide-button" aria-disabled={welcome.busy}>{welcome.busy ? 'One moment…' : invited ? 'Join' : 'Sign in'}</button>
          {invited && <button type="button" class="link-button" onClick={() => emit({ type: 'leave_invite' })}>I have an account already</button>}
        </form>
      </div>
    </main>
  );
}

// What the office wants of the person before it lets them in.
export function Duties({ state, emit }: { state: State; emit: Emit }): JSX.Element {
  return (
    <main class="welcome" id="main">
      <div class="card">
        {state.mustChangePassword ? (
          <>
            <h1>Choose a new password</h1>
            <p class="lead">Your administrator asks for one before you go on.</p>
            <PasswordForm state={state} emit={emit} />
          </>
        ) : (
          <>
            <h1>Second factor</h1>
            <p class="lead">Your office asks for one: a code of an app on your phone besides your password.</p>
            <SecondFactor state={state} emit={emit} />
          </>
        )}
        <button type="button" class="link-button" onClick={() => emit({ type: 'sign_out' })}>Sign out</button>
      </div>
    </main>
  );
}
