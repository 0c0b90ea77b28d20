import { update } from '../model/update.ts';
import type { Event } from '../model/update.ts';
import { resumeParams } from '../model/session_life.ts';
import type { Resumed } from '../model/session_life.ts';
import { isPicture } from '../model/files.ts';
import type { State } from '../model/state.ts';
import type { Answer, Effect } from '../model/turn.ts';
import type { Failure } from '../wire/failure.ts';
import { lost } from '../wire/failure.ts';
import { Cache } from './cache.ts';
import { lookAtHead } from './head_look.ts';
import { keepShell } from './offline_start.ts';
import { isPageNewer } from './page_version.ts';
import { Pictures } from './pictures.ts';
import { saveFile } from './save_file.ts';
import { acceptInvite, closeSession, findSession, openSession } from './sign_in.ts';
import { Socket } from './socket.ts';
import type { Letter } from './tabs.ts';
import { Tabs } from './tabs.ts';
import { Transfers } from './transfers.ts';

const kTick = 500;
const kSlept = 20_000; // between two ticks; in the background a browser leaves one out, or has one a minute
const kSignOutPause = 5_000;

// Runs the model: brings it what happens, and does what it asks for.
export class Session {
  private readonly cache = new Cache();
  readonly pictures = new Pictures();
  private readonly tabs: Tabs;
  private readonly transfers: Transfers;
  private readonly socket: Socket;
  private resumed: Resumed | null = null; // the last one, for tabs that come later; without rooms
  private readonly asked = new Map<number, (result: unknown, failure?: Failure) => void>();
  private nextId = 1;
  private signOuts = 0; // grows when whoever still wants to tell the server of one should stop
  private readonly watched = new Map<string, number[]>(); // whose presence each tab wants to follow

  constructor(readonly state: State, private readonly changed: () => void) {
    this.tabs = new Tabs({ onLead: () => this.lead(), onLeft: () => this.leave(), onLetter: (letter) => this.read(letter) });
    this.transfers = new Transfers(this.cache, this.tabs, (event) => this.dispatch(event));
    this.socket = new Socket({
      resumeParams: () => resumeParams(this.state),
      onResumed: (result) => this.takeResumed(result as unknown as Resumed),
      onEvent: (method, params) => {
        this.tabs.send({ kind: 'event', method, params });
        this.dispatch({ type: 'event', method, params } as Event);
      },
      onLink: (state, error, failure) => {
        this.resumed = null;
        this.tabs.send({ kind: 'link', link: { state, error }, ...(failure && { failure }) });
        this.dispatch({ type: 'link', link: { state, error }, ...(failure && { failure }) });
      },
    });
  }

  async start(invite: string): Promise<void> {
    const profile = await this.cache.open();
    this.dispatch({ type: 'profile', profile: { ...profile, invite } });
    this.tabs.start();
    let ticked = Date.now();
    setInterval(() => {
      // The device slept, or the tab did.
      if (Math.abs(Date.now() - ticked) > kSlept && this.tabs.leads) this.socket.check();
      ticked = Date.now();
      this.dispatch({ type: 'tick' });
    }, kTick);
    addEventListener('online', () => this.run({ type: 'retry_now' }));
    const looked = (): void => {
      this.dispatch({ type: 'focus', focused: document.hasFocus() && document.visibilityState === 'visible' });
      if (document.visibilityState === 'visible') this.again(false);
    };
    for (const name of ['focus', 'blur']) addEventListener(name, looked);
    document.addEventListener('visibilitychange', looked);
    addEventListener('pagehide', () => this.dispatch({ type: 'focus', focused: false }));
    looked();
  }

  dispatch(event: Event): void {
    const before = this.state.revision;
    const effects = update(this.state, event, { now: performance.now(), wall: Date.now() });
    for (const effect of effects) this.run(effect);
    if (this.state.revision !== before) this.changed();
  }

  private run(effect: Effect): void {
    switch (effect.type) {
      case 'call': return this.call(effect);
      case 'connect':
        if (this.tabs.leads) this.socket.connect();
        else this.tabs.send({ kind: 'hello', from: this.tabs.id });
        return;
      case 'retry_now': return this.again(this.state.link.state === 'online');
      case 'find_session':
        findSession().then(({ result, unreached = '' }) => this.dispatch(result ? { type: 'signed_in', result } : { type: 'no_session', unreached }));
        return;
      case 'look_for_page':
        void keepShell();
        isPageNewer().then((newer) => { if (newer) this.dispatch({ type: 'newer_page' }); });
        return;
      case 'load_page_anew':
        // Behind what is still being written.
        void this.cache.settled().then(() => location.reload());
        return;
      case 'sign_in': {
        const { user, password, code } = effect;
        openSession({ user, password, ...(code && { code }) }).then((said) => this.takeSignIn(said));
        return;
      }
      case 'accept_invite': {
        const { token, user, displayName, password, code } = effect;
        acceptInvite({ token, password, ...(user && { user }), ...(displayName && { display_name: displayName }), ...(code && { code }) })
          .then((said) => this.takeSignIn(said));
        return;
      }
      case 'sign_out':
        this.socket.close();
        this.resumed = null;
        this.tabs.send({ kind: 'signed_out' });
        void this.endSession(++this.signOuts);
        return;
      case 'save_outbox': {
        const { row, replaces } = effect;
        this.cache.saveOutbox(row, replaces).then((error) => {
          this.dispatch({ type: 'outbox_saved', client_id: row.client_id, error });
          if (!error) this.tabs.send({ kind: 'outbox_taken', row, ...(replaces && { replaces }) });
        });
        return;
      }
      case 'erase_outbox':
        this.cache.take(effect);
        return this.tabs.send({ kind: 'outbox_gone', client_id: effect.client_id });
      case 'save_upload':
        if (isPicture(effect.row)) this.pictures.keepOwn(effect.row.id, effect.blob);
        return this.transfers.run(effect);
      case 'send_upload': return this.transfers.run(effect);
      case 'drop_upload':
        this.pictures.release(effect.row.id);
        return this.transfers.run(effect);
      case 'load_page': {
        const { room, before, limit } = effect;
        this.cache.loadPage(room, before, limit).then((page) => this.dispatch({ type: 'page_loaded', room, before, ...page }));
        return;
      }
      case 'save_file': return saveFile(effect.name, effect.mime, effect.parts);
      case 'check_head':
        lookAtHead(effect, (method, params, done) => this.socket.call(method, params, done)).then((event) => this.dispatch(event));
        return;
      case 'save_watch':
        this.cache.saveWatch(effect.memory).then((error) => this.dispatch({ type: 'watch_saved', error }));
        return;
      case 'tell_watch': return this.tabs.send({ kind: 'watch_told', told: effect.told });
      case 'ask_leader': return this.tabs.send({ kind: 'watch_asked', act: effect.act });
      case 'save_settings':
        this.cache.take(effect);
        return;
      case 'erase_cache':
        this.transfers.stop();
        this.pictures.clear();
        return this.cache.take(effect);
      case 'save_draft':
      case 'store_me':
        return this.cache.take(effect);
      case 'notify': return this.notify(effect);
      case 'open_url':
        window.open(effect.url, '_blank', 'noopener,noreferrer');
        return;
      default:
        // One writer: the tab whose events come in order.
        if (this.tabs.leads) this.cache.take(effect);
    }
  }

  // ---- Calls, here or through the tab that leads ----

  private call({ method, params, purpose }: Extract<Effect, { type: 'call' }>): void {
    const done = (result: unknown, failure?: Failure): void =>
      this.dispatch({ type: 'answer', method, params, ...(purpose && { purpose }), ...(failure ? { error: failure } : { result }) } as Answer);
    if (this.tabs.leads) return this.forward(this.tabs.id, method, params, done);
    const id = this.nextId++;
    this.asked.set(id, done);
    this.tabs.send({ kind: 'call', from: this.tabs.id, id, method, params });
  }
  private forward(tab: string, method: string, params: unknown, done: (result: unknown, failure?: Failure) => void): void {
    if (method !== 'presence.watch') return this.socket.call(method, params, done);
    // The connection follows whomever any tab wants to follow.
    this.watched.set(tab, (params as { users: number[] }).users);
    const users = [...new Set([...this.watched.values()].flat())].slice(0, 1000);
    this.socket.call(method, { users }, done);
  }
  private again(reopen: boolean): void {
    if (!this.tabs.leads) return this.tabs.send({ kind: 'again', reopen });
    if (reopen) this.socket.reopen();
    else this.socket.check();
  }

  // ---- Signing in, and what the connection says ----

  // The cookie is the server's to take away. Until it has, whoever comes to this browser next could still use it.
  private async endSession(mine: number): Promise<void> {
    const isDone = await closeSession();
    if (mine !== this.signOuts) return;
    this.cache.noteSignOut(!isDone);
    this.dispatch({ type: 'sign_out_waits', waits: !isDone });
    if (!isDone) setTimeout(() => { if (mine === this.signOuts) void this.endSession(mine); }, kSignOutPause);
  }
  // The cookie is another one now: what was open goes by the one before, and may be somebody else's.
  private forgetLastSession(): void {
    ++this.signOuts;
    this.cache.noteSignOut(false);
    if (this.tabs.leads) this.socket.close();
  }
  private takeSignIn(said: Awaited<ReturnType<typeof openSession>>): void {
    if (said.failure) return this.dispatch({ type: 'sign_in_failed', failure: said.failure });
    this.tabs.send({ kind: 'signed_in', result: said.result! });
    this.forgetLastSession();
    this.dispatch({ type: 'signed_in', result: said.result! });
  }
  private takeResumed(result: Resumed): void {
    this.resumed = { ...result, rooms: [] };
    this.watched.clear();
    this.dispatch({ type: 'resumed', result });
    this.tabs.send({ kind: 'resumed', to: '', result: this.resumed });
  }
  private lead(): void {
    Promise.all([this.cache.unsent(), this.cache.loadWatch()]).then(([unsent, watch]) => {
      this.dispatch({ type: 'sends', sends: true, ...unsent, watch });
      if (this.state.signedIn) this.socket.connect();
    });
  }

  private leave(): void {
    this.socket.close();
    this.transfers.stopSending();
    this.resumed = null;
    this.dispatch({ type: 'sends', sends: false, rows: [], uploads: [] });
    this.dispatch({ type: 'link', link: { state: 'connecting', error: '' } });
    this.tabs.send({ kind: 'hello', from: this.tabs.id });
  }

  // ---- Letters of other tabs ----

  private read(letter: Letter): void {
    if (this.tabs.leads) this.readAsLeader(letter);
    else this.readAsFollower(letter);
    this.transfers.read(letter);
    switch (letter.kind) {
      case 'outbox_taken':
        return this.dispatch({ type: 'outbox_taken', row: letter.row, ...(letter.replaces && { replaces: letter.replaces }) });
      case 'outbox_gone':
        return this.dispatch({ type: 'outbox_gone', client_id: letter.client_id });
      case 'signed_in':
        this.forgetLastSession();
        return this.dispatch({ type: 'signed_in', result: letter.result });
      case 'signed_out':
        if (this.tabs.leads) this.socket.close();
        this.resumed = null;
        return this.dispatch({ type: 'signed_out_elsewhere' });
    }
  }
  private readAsLeader(letter: Letter): void {
    if (letter.kind === 'watch_asked') this.dispatch({ type: 'watch_asked', act: letter.act });
    if (letter.kind === 'hello') {
      this.tabs.send({ kind: 'watch_told', told: this.state.watch.told });
      if (this.resumed) this.tabs.send({ kind: 'resumed', to: letter.from, result: this.resumed });
      else this.tabs.send({ kind: 'link', link: this.state.link });
    }
    if (letter.kind === 'again') this.again(letter.reopen);
    if (letter.kind !== 'call') return;
    const { from, id } = letter;
    this.forward(from, letter.method, letter.params, (result, failure) =>
      this.tabs.send({ kind: 'answer', to: from, id, ...(failure ? { failure } : { result }) }));
  }
  private readAsFollower(letter: Letter): void {
    const { id } = this.tabs;
    if (letter.kind === 'watch_told') this.dispatch({ type: 'watch_told', told: letter.told });
    if (letter.kind === 'event') this.dispatch({ type: 'event', method: letter.method, params: letter.params } as Event);
    if (letter.kind === 'link') this.dispatch({ type: 'link', link: letter.link, ...(letter.failure && { failure: letter.failure }) });
    if (letter.kind === 'resumed' && (letter.to === id || letter.to === '')) this.dispatch({ type: 'resumed', result: letter.result });
    if (letter.kind === 'answer' && letter.to === id) {
      const done = this.asked.get(letter.id);
      this.asked.delete(letter.id);
      done?.(letter.result, letter.failure);
    }
    if (letter.kind !== 'leads') return;
    this.dispatch({ type: 'link', link: { state: 'connecting', error: '' } });
    const waiting = [...this.asked.values()];
    this.asked.clear();
    for (const done of waiting) done(undefined, lost);
    this.tabs.send({ kind: 'hello', from: id });
  }

  private notify({ room, title, text }: Extract<Effect, { type: 'notify' }>): void {
    // One tab is enough.
    if (!this.tabs.leads || typeof Notification === 'undefined' || Notification.permission !== 'granted') return;
    try {
      const shown = new Notification(title, { body: text, tag: `room${room}` });
      shown.onclick = () => {
        window.focus();
        this.dispatch({ type: 'action', action: { type: 'open_room', room } });
      };
    } catch {
      // Phones want a service worker for it; the page's title counts all the same.
    }
  }
}
