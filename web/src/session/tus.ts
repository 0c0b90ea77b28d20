import type { Failure } from '../wire/failure.ts';
import { failureOfProblem, lost } from '../wire/failure.ts';
import { kUploadsPath } from '../wire/limits.ts';

// One upload by tus 1.0 (docs/files.md), by the session's cookie. XMLHttpRequest, because fetch doesn't say how much of a
// body has left.

const kStalledAfter = 120_000; // without a byte leaving or an answer
const kTellEvery = 250;
const kMostPieces = 1_000; // answers that move the offset but not to the end; a server that never gets there isn't asked for good

interface Answer {
  status: number; // 0: no answer
  header(name: string): string;
  text: string;
}

export interface UploadWork {
  row: { name: string; size: number; room: number; upload?: string };
  blob: Blob;
  went(upload: string, sent: number): void;
  signal: AbortSignal;
}

type Ask = { headers?: Record<string, string>; body?: Blob; onSent?: (bytes: number) => void; signal?: AbortSignal };

function ask(verb: string, path: string, { headers = {}, body, onSent, signal }: Ask): Promise<Answer> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    let timer: ReturnType<typeof setTimeout>;
    const wait = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => request.abort(), kStalledAfter);
    };
    const stop = (): void => request.abort();
    request.open(verb, path);
    for (const [name, value] of Object.entries({ 'X-Wardroom-Web': '1', 'Tus-Resumable': '1.0.0', ...headers })) request.setRequestHeader(name, value);
    if (onSent) {
      request.upload.onprogress = (event) => {
        wait();
        onSent(event.loaded);
      };
    }
    request.onloadend = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      resolve({ status: request.status, header: (name) => (request.status ? request.getResponseHeader(name) ?? '' : ''), text: request.status ? request.responseText : '' });
    };
    wait();
    signal?.addEventListener('abort', stop);
    request.send(body ?? null);
  });
}

function failureOf(answer: Answer): Failure {
  if (!answer.status) return lost;
  let body: unknown = {};
  try {
    body = JSON.parse(answer.text || '{}');
  } catch {
    // A proxy's page; the status says enough.
  }
  return failureOfProblem(answer.status, body);
}

function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}

function idIn(location: string): string {
  return /\/api\/v1\/uploads\/([0-9a-f-]{36})$/.exec(location)?.[1] ?? '';
}

function numberIn(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : -1;
}

const kMisunderstood: Failure = { status: -32013, code: 'misunderstood', message: "The server's answer wasn't understood. Load the page again." };

// Where to go on. `upload` is "" where the server knows nothing of it.
async function findOffset({ row, signal }: UploadWork): Promise<{ upload: string; offset: number } | Failure> {
  const { upload } = row;
  if (!upload) return { upload: '', offset: 0 };
  const answer = await ask('HEAD', `${kUploadsPath}/${upload}`, { signal });
  if (answer.status === 404) return { upload: '', offset: 0 };
  // To HEAD there is no body that could say why.
  if (answer.status !== 200) return failureOf(answer);
  const offset = numberIn(answer.header('Upload-Offset'));
  return offset < 0 || offset > row.size ? kMisunderstood : { upload, offset };
}

async function create({ row, signal }: UploadWork): Promise<{ upload: string; offset: number } | Failure> {
  const metadata = `room ${base64(String(row.room))},filename ${base64(row.name)}`;
  const answer = await ask('POST', kUploadsPath, { headers: { 'Upload-Length': String(row.size), 'Upload-Metadata': metadata }, signal });
  if (answer.status !== 201) return failureOf(answer);
  const upload = idIn(answer.header('Location'));
  return upload ? { upload, offset: 0 } : kMisunderstood;
}

// Nothing: the server has all of it.
export async function sendUpload(work: UploadWork): Promise<Failure | undefined> {
  const { row, blob, went, signal } = work;
  let at = await findOffset(work);
  if ('status' in at) return at;
  if (!at.upload) at = await create(work);
  if ('status' in at) return at;
  const { upload } = at;
  let { offset } = at;
  went(upload, offset);
  for (let pieces = 0; offset < row.size; ++pieces) {
    if (pieces === kMostPieces) return kMisunderstood;
    const from = offset;
    let told = 0;
    const answer = await ask('PATCH', `${kUploadsPath}/${upload}`, {
      headers: { 'Upload-Offset': String(from), 'Content-Type': 'application/offset+octet-stream' },
      body: blob.slice(from),
      signal,
      onSent: (bytes) => {
        if (Date.now() - told < kTellEvery) return;
        told = Date.now();
        went(upload, Math.min(row.size, from + bytes));
      },
    });
    if (answer.status !== 204) return failureOf(answer);
    offset = numberIn(answer.header('Upload-Offset'));
    if (offset <= from || offset > row.size) return kMisunderstood;
  }
  return undefined;
}

// What isn't heard goes by itself after a day.
export function endUpload(upload: string): void {
  void ask('DELETE', `${kUploadsPath}/${upload}`, {});
}
