// Why a call has no result: the server's words where there are some, else ours.
export interface Failure {
  status: number; // JSON-RPC's code (docs/protocol.md, "Errors"); 0: the link was lost
  code: string; // its own code, such as "slow_mode"; "" where there is none
  message: string;
  field?: string;
  retryAfterMs?: number;
}

export const kRateLimited = -32029;
export const kUnavailable = -32053;
export const kInternal = -32603;
export const kUnauthenticated = -32001;
export const kForbidden = -32003;
export const kParams = -32602;
export const kUnknownMethod = -32601;

export const lost: Failure = { status: 0, code: 'connection_lost', message: "You're offline." };

const kStatusOfHttp: Record<number, number> = {
  400: kParams, 401: kUnauthenticated, 403: kForbidden, 404: -32004, 409: -32009, 413: -32013, 415: -32009, 429: kRateLimited,
  500: kInternal, 503: kUnavailable,
};

function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

// From a JSON-RPC error object. What isn't as it should be is left out.
export function failureOfRpc(error: unknown): Failure {
  const { code, message, data } = (error ?? {}) as { code?: unknown; message?: unknown; data?: unknown };
  const more = (data ?? {}) as Record<string, unknown>;
  return {
    status: typeof code === 'number' ? code : kInternal,
    code: asText(more.code),
    message: asText(message) || "The server refused, but didn't say why.",
    ...(asText(more.field) && { field: asText(more.field) }),
    ...(typeof more.retry_after_ms === 'number' && { retryAfterMs: more.retry_after_ms }),
  };
}

// From an RFC 9457 problem.
export function failureOfProblem(httpStatus: number, body: unknown): Failure {
  const problem = (body ?? {}) as Record<string, unknown>;
  return {
    status: kStatusOfHttp[httpStatus] ?? kInternal,
    code: asText(problem.code),
    message: asText(problem.detail) || asText(problem.title) || `The server answered ${httpStatus}.`,
    ...(asText(problem.field) && { field: asText(problem.field) }),
    ...(typeof problem.retry_after_ms === 'number' && { retryAfterMs: problem.retry_after_ms }),
  };
}
