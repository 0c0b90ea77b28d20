import { render } from 'preact';
import type { Action } from '../model/actions.ts';
import { IdSource } from '../model/ids.ts';
import { inviteToken } from '../model/invites.ts';
import { newState } from '../model/state.ts';
import { Session } from '../session/session.ts';
import { Root } from '../views/root.tsx';
import './style.css';
import './files.css';
import './dialogs.css';

// An invite link opened in a browser. What stands behind # never reaches a server, and leaves the address at once, so that
// it isn't in the history either.
function takeInvite(): string {
  const token = inviteToken(location.hash.slice(1));
  if (location.pathname === '/join' || location.hash) history.replaceState(null, '', '/');
  return token;
}

const page = document.getElementById('page')!;
const state = newState(new IdSource((bytes) => crypto.getRandomValues(bytes)));
let asked = false;
const emit = (action: Action): void => session.dispatch({ type: 'action', action });

// Several events of one turn of the browser are drawn once.
function draw(): void {
  asked = false;
  render(<Root state={state} emit={emit} pictures={session.pictures} />, page);
}
const session = new Session(state, () => {
  if (asked) return;
  asked = true;
  queueMicrotask(draw);
});

// A phone's keyboard takes its room from the page, also where the browser doesn't say so in its layout.
const seen = window.visualViewport;
seen?.addEventListener('resize', () => {
  const covered = innerHeight - seen.height;
  document.documentElement.style.setProperty('--covered', covered > 60 ? `${covered}px` : '0px');
});

// A file that is dropped beside the room would else be opened in place of the page.
for (const name of ['dragover', 'drop'] as const)
  addEventListener(name, (event) => {
    if (!event.defaultPrevented && event.dataTransfer?.types.includes('Files')) event.preventDefault();
  });

draw();
void session.start(takeInvite());
