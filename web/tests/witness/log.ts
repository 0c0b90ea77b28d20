import { createHash, createPrivateKey, createPublicKey, sign as signBytes } from 'node:crypto';

// A server with a log, honest unless its lines are changed; with RFC 6962 once more, written straight from its text and
// node's crypto instead of the code under test.

export type Digest = Buffer;
const hash = (...parts: Buffer[]): Digest => createHash('sha256').update(Buffer.concat(parts)).digest();
export const hashLeaf = (entry: Buffer): Digest => hash(Buffer.from([0]), entry);
export const hashChildren = (left: Digest, right: Digest): Digest => hash(Buffer.from([1]), left, right);

// "Let k be the largest power of two smaller than n."
function below(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}
export function mth(d: Digest[]): Digest {
  if (d.length < 2) return d[0] ?? hash();
  const k = below(d.length);
  return hashChildren(mth(d.slice(0, k)), mth(d.slice(k)));
}
function subproof(m: number, d: Digest[], b: boolean): Digest[] {
  if (m === d.length) return b ? [] : [mth(d)];
  const k = below(d.length);
  return m <= k ? [...subproof(m, d.slice(0, k), b), mth(d.slice(k))] : [...subproof(m - k, d.slice(k), false), mth(d.slice(0, k))];
}
export function consistency(m: number, d: Digest[]): Digest[] {
  return m > 0 && m < d.length ? subproof(m, d, true) : [];
}
// What must be added to a leaf for the root, by level and index.
export function pathOf(leaf: number, d: Digest[]): { level: number; index: number; hash: string }[] {
  const nodes = [];
  let row = d;
  for (let level = 0, index = leaf; row.length > 1; ++level, index = Math.floor(index / 2)) {
    const beside = index % 2 ? index - 1 : index + 1;
    if (beside < row.length) nodes.push({ level, index: beside, hash: row[beside]!.toString('hex') });
    row = Array.from({ length: Math.ceil(row.length / 2) }, (_, at) => (row[at * 2 + 1] ? hashChildren(row[at * 2]!, row[at * 2 + 1]!) : row[at * 2]!));
  }
  return nodes;
}

// An Ed25519 key by its seed, with the name of whom it speaks for.
export class Signer {
  private readonly key;
  readonly text: string;
  private readonly id: Buffer;
  constructor(readonly name: string, fill: string, type = 1) {
    this.key = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, fill)]), format: 'der', type: 'pkcs8' });
    const raw = createPublicKey(this.key).export({ format: 'der', type: 'spki' }).subarray(-32);
    const typed = Buffer.concat([Buffer.from([type]), raw]);
    this.id = hash(Buffer.from(`${name}\n`), typed).subarray(0, 4);
    this.text = `${name}+${this.id.toString('hex')}+${typed.toString('base64')}`;
  }
  private line(blob: Buffer): string {
    return `\u2014 ${this.name} ${Buffer.concat([this.id, blob]).toString('base64')}\n`;
  }
  signLine(text: string): string {
    return this.line(signBytes(null, Buffer.from(text), this.key));
  }
  sign(text: string): string {
    return `${text}\n${this.signLine(text)}`;
  }
  cosignLine(text: string, seconds: number): string {
    const time = Buffer.alloc(8);
    time.writeBigUInt64BE(BigInt(seconds));
    return this.line(Buffer.concat([time, signBytes(null, Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`), this.key)]));
  }
}

export const kName = 'office.test/wardroom';
export class Server {
  lines: string[] = [];
  keys = [new Signer(kName, 'a')];
  rotations: string[] = [];
  cosigned: { key: string; note: string; proof: string[] }[] = [];

  grow(count: number, what = 'record'): this {
    for (let i = 0; i < count; ++i) this.lines.push(`{"type":"${what}","number":${this.lines.length}}`);
    return this;
  }
  copy(): Server {
    const other = new Server();
    Object.assign(other, { lines: [...this.lines], keys: [...this.keys], rotations: [...this.rotations], cosigned: [...this.cosigned] });
    return other;
  }
  restoreTo(size: number): this {
    this.lines = [...this.lines.slice(0, size), `{"ts":"2026-11-20T09:00:00.000Z","type":"server.backup_restored","after":{"size":${size}}}`];
    return this;
  }
  rotate(fill: string): this {
    const from = this.keys.at(-1)!;
    const to = new Signer(kName, fill);
    const text = `${kName}\nwardroom audit key rotation v1\n${this.lines.length}\n${to.text}\n`;
    this.rotations.push(from.sign(text) + to.signLine(text));
    this.keys.push(to);
    return this;
  }
  get leaves(): Digest[] {
    return this.lines.map((line) => hashLeaf(Buffer.from(line)));
  }
  get text(): string {
    return `${kName}\n${this.lines.length}\n${mth(this.leaves).toString('base64')}\n`;
  }
  offer() {
    const { leaves } = this;
    return {
      note: this.keys.at(-1)!.sign(this.text), size: leaves.length, at: 1, key: this.keys.at(-1)!.text, rotations: [...this.rotations], cosigned: [...this.cosigned],
      restores: this.lines.flatMap((line, idx) => (line.includes('backup_restored') ? [{ record: { idx, leaf: leaves[idx]!.toString('hex'), line }, nodes: pathOf(idx, leaves) }] : [])),
    };
  }
  // What audit.consistency answers.
  prove({ from, to }: { from: number; to: number }): { proof: string[] } {
    return { proof: consistency(from, this.leaves.slice(0, to)).map((one) => one.toString('hex')) };
  }
}
