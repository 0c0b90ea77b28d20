import type { SignedIn } from '../model/session_life.ts';
import type { Methods } from '../wire/catalogue.ts';
import type { Failure } from '../wire/failure.ts';
import { failureOfProblem, kInternal, kRateLimited, kUnavailable } from '../wire/failure.ts';

// The calls of a browser over HTTP: the answer puts the session's token into a cookie that no script can read.

const kAnswerWithin = 30_000;
const kNoAnswer = [0, kRateLimited, kUnavailable, kInternal]; // the server wasn't reached, or couldn't say
const kHeaders = { 'Content-Type': 'application/json', 'X-Wardroom-Web': '1' };

async function call(method: string, path: string, body?: unknown): Promise<{ result?: unknown; failure?: Failure }> {
  try {
    const answer = await fetch(path, { method, headers: kHeaders, ...(body !== undefined && { body: JSON.stringify(body) }), cache: 'no-store', signal: AbortSignal.timeout(kAnswerWithin) });
    const text = await answer.text();
    const json: unknown = text ? JSON.parse(text) : {};
    return answer.ok ? { result: json } : { failure: failureOfProblem(answer.status, json) };
  } catch {
    return { failure: { status: 0, code: 'connection_lost', message: "The server doesn't answer. Is this device online?" } };
  }
}

function describe(): { name: string; client: string } {
  const agent = navigator.userAgent;
  const browser = /Edg\//.test(agent) ? 'Edge' : /Firefox\//.test(agent) ? 'Firefox' : /Chrom(e|ium)\//.test(agent) ? 'Chrome' : /Safari\//.test(agent) ? 'Safari' : 'Browser';
  const system = /Android/.test(agent) ? 'Android' : /iPhone|iPad/.test(agent) ? 'iOS' : /Windows/.test(agent) ? 'Windows' : /Mac OS/.test(agent) ? 'macOS' : /Linux/.test(agent) ? 'Linux' : '';
  return { name: system ? `${browser} on ${system}` : browser, client: 'web' };
}

export async function openSession(given: { user: string; password: string; code?: string }): Promise<{ result?: SignedIn; failure?: Failure }> {
  const { result, failure } = await call('POST', '/api/v1/web/session', { ...given, device: describe() });
  return failure ? { failure } : { result: result as SignedIn };
}

export async function acceptInvite(given: { token: string; user?: string; display_name?: string; password: string; code?: string }): Promise<{ result?: SignedIn; failure?: Failure }> {
  const { result, failure } = await call('POST', '/api/v1/web/invite', { ...given, device: describe() });
  return failure ? { failure } : { result: result as SignedIn };
}

// Whose session the cookie stands for, if any. Without an answer nobody knows: `unreached` says so.
export async function findSession(): Promise<{ result?: SignedIn; unreached?: string }> {
  const { result, failure } = await call('POST', '/api/v1/account.get', {});
  const account = result as Methods['account.get']['result'] | undefined;
  // Resuming says the rest.
  if (account?.user) return { result: { user: account.user, expires_at: 0, must_change_password: account.must_change_password, must_enrol_second_factor: false, epoch: 0, features: [] } };
  return failure && kNoAnswer.includes(failure.status) ? { unreached: failure.message } : {};
}

// False: the server wasn't reached, or couldn't. The cookie is still there then, and what it stands for.
export async function closeSession(): Promise<boolean> {
  const { failure } = await call('DELETE', '/api/v1/web/session');
  return !failure || !kNoAnswer.includes(failure.status);
}
