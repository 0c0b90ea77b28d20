import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Failure } from '../../src/wire/failure.ts';
import { endUpload, sendUpload } from '../../src/session/tus.ts';

const kId = '0190b0b0-0000-7000-8000-00000000000a';

// A server of tus, as docs/files.md has it, behind XMLHttpRequest.
class Server {
  uploads = new Map<string, { size: number; bytes: string; metadata: string }>();
  asked: string[] = [];
  headers: Record<string, string>[] = [];
  breakAfter = Infinity; // bytes of the next PATCH, then the connection is lost
  refuse: { status: number; body: object } | null = null;

  async answer(verb: string, path: string, headers: Record<string, string>, body: Blob | null): Promise<{ status: number; headers: Record<string, string>; text: string }> {
    this.asked.push(`${verb} ${path}`);
    this.headers.push(headers);
    const say = (status: number, said: Record<string, string> = {}, text = '') => ({ status, headers: said, text });
    if (this.refuse) return say(this.refuse.status, {}, JSON.stringify(this.refuse.body));
    if (verb === 'POST') {
      this.uploads.set(kId, { size: Number(headers['Upload-Length']), bytes: '', metadata: headers['Upload-Metadata']! });
      return say(201, { Location: `/api/v1/uploads/${kId}`, 'Upload-Offset': '0' });
    }
    const upload = this.uploads.get(path.split('/').pop()!);
    if (!upload) return say(404);
    if (verb === 'HEAD') return say(200, { 'Upload-Offset': String(upload.bytes.length) });
    if (verb === 'DELETE') return this.uploads.delete(path.split('/').pop()!), say(204);
    if (Number(headers['Upload-Offset']) !== upload.bytes.length) return say(409, {}, JSON.stringify({ code: 'offset_wrong', detail: 'No.' }));
    const came = await body!.text();
    const part = came.slice(0, this.breakAfter);
    upload.bytes += part;
    const lost = part.length < came.length;
    this.breakAfter = Infinity;
    return lost ? say(0) : say(204, { 'Upload-Offset': String(upload.bytes.length) });
  }
}
let server: Server;

class FakeRequest {
  upload: { onprogress?: (event: { loaded: number }) => void } = {};
  onloadend?: () => void;
  status = 0;
  responseText = '';
  private verb = '';
  private path = '';
  private readonly sent: Record<string, string> = {};
  private got: Record<string, string> = {};
  private over = false;
  open(verb: string, path: string): void {
    Object.assign(this, { verb, path });
  }
  setRequestHeader(name: string, value: string): void {
    this.sent[name] = value;
  }
  getResponseHeader(name: string): string | null {
    return this.got[name] ?? null;
  }
  abort(): void {
    this.end({ status: 0, headers: {}, text: '' });
  }
  private end(answer: { status: number; headers: Record<string, string>; text: string }): void {
    if (this.over) return;
    this.over = true;
    this.status = answer.status;
    this.got = answer.headers;
    this.responseText = answer.text;
    this.onloadend?.();
  }
  send(body: Blob | null): void {
    if (body) this.upload.onprogress?.({ loaded: body.size });
    void server.answer(this.verb, this.path, this.sent, body).then((answer) => this.end(answer));
  }
}

beforeEach(() => {
  server = new Server();
  Object.assign(globalThis, { XMLHttpRequest: FakeRequest });
});

function work(text: string, upload?: string) {
  const told: [string, number][] = [];
  const abort = new AbortController();
  const blob = new Blob([text]);
  const done = sendUpload({
    row: { name: 'Pläne 📎.pdf', size: blob.size, room: 12, ...(upload && { upload }) }, blob, signal: abort.signal, went: (id, sent) => told.push([id, sent]),
  });
  return { told, abort, done };
}

test('a file goes up: announced, sent, and named by the server', async () => {
  const { told, done } = work('hello');
  assert.equal(await done, undefined);
  assert.deepEqual(server.asked, ['POST /api/v1/uploads', `PATCH /api/v1/uploads/${kId}`]);
  assert.equal(server.uploads.get(kId)!.bytes, 'hello');
  assert.deepEqual(told[0], [kId, 0]);
  assert.equal(server.uploads.get(kId)!.metadata, `room ${btoa('12')},filename ${Buffer.from('Pläne 📎.pdf').toString('base64')}`);
  for (const headers of server.headers) assert.equal(headers['X-Wardroom-Web'], '1');
});

test('a lost connection: the next try goes on at the byte that the server has', async () => {
  server.breakAfter = 3;
  assert.equal((await work('hello').done)?.code, 'connection_lost');
  assert.equal(await work('hello', kId).done, undefined);
  assert.equal(server.uploads.get(kId)!.bytes, 'hello');
  assert.equal(server.headers.at(-1)!['Upload-Offset'], '3');
});

test('whole already: nothing is sent twice', async () => {
  await work('hello').done;
  server.asked = [];
  assert.equal(await work('hello', kId).done, undefined);
  assert.deepEqual(server.asked, [`HEAD /api/v1/uploads/${kId}`]);
});

test('what the server no longer has is announced anew', async () => {
  assert.equal(await work('hello', '0190b0b0-0000-7000-8000-00000000000b').done, undefined);
  assert.equal(server.uploads.get(kId)!.bytes, 'hello');
});

test('an empty file is whole as soon as it is announced', async () => {
  assert.equal(await work('').done, undefined);
  assert.deepEqual(server.asked, ['POST /api/v1/uploads']);
});

test("a refusal has the server's words", async () => {
  server.refuse = { status: 413, body: { code: 'file_too_large', detail: 'Files may have 100 MB (files.max_mib).' } };
  const failure = (await work('hello').done) as Failure;
  assert.equal(failure.code, 'file_too_large');
  assert.match(failure.message, /files\.max_mib/);
});

test('an answer that makes no sense ends it, and is not asked for good', async () => {
  for (const headers of [{}, { 'Upload-Offset': '-1' }, { 'Upload-Offset': '99999' }, { 'Upload-Offset': '0' }] as Record<string, string>[]) {
    server.uploads.set(kId, { size: 5, bytes: '', metadata: '' });
    const answer = server.answer.bind(server);
    server.answer = async (verb, path, sent, body) => (verb === 'PATCH' ? { status: 204, headers, text: '' } : answer(verb, path, sent, body));
    assert.equal((await work('hello', kId).done)?.code, 'misunderstood');
    server = new Server();
  }
  server.answer = async () => ({ status: 201, headers: { Location: 'https://evil.example/api/v1/files' }, text: '' });
  assert.equal((await work('hello').done)?.code, 'misunderstood');
});

test('cancelled, it stops, and the server is told', async () => {
  server.answer = () => new Promise(() => {});
  const { abort, done } = work('hello', kId);
  abort.abort();
  assert.equal((await done)?.code, 'connection_lost');
  server = new Server();
  endUpload(kId);
  assert.deepEqual(server.asked, [`DELETE /api/v1/uploads/${kId}`]);
});
