import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { test } from 'node:test';
import type { Finding, WitnessMemory } from '../../src/model/watch_memory.ts';
import { isAlarm, noWitness } from '../../src/model/watch_memory.ts';
import { spokenRoot } from '../../src/witness/checkpoint.ts';
import { checkHead, isOffer } from '../../src/witness/head_check.ts';
import { kName, pathOf, Server, Signer } from './log.ts';

globalThis.crypto ??= webcrypto as Crypto;
type Offer = ReturnType<Server['offer']>;

// A browser that keeps its memory.
class Browser {
  memory: WitnessMemory = noWitness;
  now = 1_795_160_000_000;
  async meets(server: Server, offer: Offer = server.offer()): Promise<Finding> {
    const checked = await checkHead(this.memory, offer, this.now, async (params) => ({ result: server.prove(params) }));
    this.memory = checked.memory;
    return checked.finding;
  }
}
async function seen(server: Server): Promise<Browser> {
  const browser = new Browser();
  await browser.meets(server);
  return browser;
}

test('a log that only grows is followed without a word, and its newest head kept', async () => {
  const server = new Server().grow(7);
  const browser = new Browser();
  assert.equal((await browser.meets(server)).kind, 'first_seen');
  for (let i = 0; i < 40; ++i) {
    server.grow(i % 5);
    assert.equal((await browser.meets(server)).kind, 'grown');
    assert.equal(browser.memory.heads.at(-1)!.size, server.lines.length);
    browser.now += 11 * 3_600_000;
  }
  assert.ok(browser.memory.heads.length < 22, 'one a day');
});

test('a log that was cut, or was grown over the cut, is an alarm each time; what was seen stays', async () => {
  const server = new Server().grow(50);
  const browser = await seen(server);
  const cut = server.copy();
  cut.lines.length = 30;
  for (let i = 0; i < 2; ++i) {
    const finding = await browser.meets(cut);
    assert.equal(finding.kind, 'shrunk');
    assert.equal(finding.shown, 30);
    assert.match(finding.sentence, /lost records: this browser saw 50.*Tell your auditor/);
  }
  assert.equal((await browser.meets(cut.grow(100, 'another'))).kind, 'forked');
  assert.equal(browser.memory.heads.at(-1)!.size, 50);
  assert.equal((await browser.meets(server)).kind, 'grown');
});

test('one changed record among those that were seen is found, however long the log has become', async () => {
  const server = new Server().grow(70);
  for (const which of [0, 1, 63, 64, 69]) {
    const browser = await seen(server);
    const forked = server.copy();
    forked.lines[which] += ' ';
    assert.equal((await browser.meets(forked)).kind, 'forked');
    assert.equal((await browser.meets(forked.grow(77))).kind, 'forked');
  }
});

test('a backup that was put back is an alarm with a sentence of its own, and excuses nothing that was changed before', async () => {
  const server = new Server().grow(40);
  const browser = await seen(server);
  browser.now += 48 * 3_600_000;
  await browser.meets(server.grow(60));
  const finding = await browser.meets(server.copy().restoreTo(70));
  assert.equal(finding.kind, 'restored');
  assert.ok(isAlarm(finding));
  assert.match(finding.sentence, /record 70, 2026-11-20.*The first 40 records were not changed.*Ask the administrator/);
  assert.deepEqual(browser.memory.restores, []);
  assert.equal((await browser.meets(server.copy().restoreTo(70).grow(300))).kind, 'restored', 'outgrown');
  const forged = server.copy();
  forged.lines[12] += 'forged';
  assert.equal((await browser.meets(forged.restoreTo(70))).kind, 'forked');
  // A record that only claims to be in the log explains nothing.
  const cut = server.copy();
  cut.lines.length = 70;
  assert.equal((await browser.meets(cut, { ...cut.offer(), restores: server.copy().restoreTo(70).offer().restores })).kind, 'shrunk');
  // One of its own place in the tree, with the true nodes beside it, but another one than stands there.
  const line = '{"ts":"2026-11-20T09:00:00.000Z","type":"server.backup_restored"}';
  const claimed = { record: { idx: 69, leaf: 'x', line }, nodes: pathOf(69, cut.leaves) };
  assert.equal((await browser.meets(cut, { ...cut.offer(), restores: [claimed] })).kind, 'shrunk');
});

test('a new key is followed when the old one handed over, and is an alarm when it did not', async () => {
  const server = new Server().grow(10);
  const browser = await seen(server);
  const away = await seen(server);
  assert.equal((await browser.meets(server.rotate('b').grow(3))).kind, 'grown');
  assert.equal((await browser.meets(server.rotate('c').grow(3))).kind, 'grown');
  assert.equal((await away.meets(server)).kind, 'grown', 'over both');
  const thief = server.copy();
  thief.keys.push(new Signer(kName, 'x'));
  assert.equal((await browser.meets(thief)).kind, 'another_key');
  const [y, x] = [new Signer(kName, 'y'), thief.keys.at(-1)!];
  const text = `${kName}\nwardroom audit key rotation v1\n3\n${x.text}\n`;
  thief.rotations.push(y.sign(text) + x.signLine(text));
  assert.equal((await browser.meets(thief)).kind, 'another_key');
  // The old key's word alone isn't enough.
  thief.rotations.push(server.keys.at(-1)!.sign(text));
  assert.equal((await browser.meets(thief)).kind, 'another_key');
});

test('a head whose signature does not hold is an alarm, also the first one', async () => {
  const server = new Server().grow(10);
  const browser = await seen(server);
  const offer = server.offer();
  for (const note of [offer.note.replace('10\n', '11\n'), offer.note.slice(0, offer.note.indexOf('\n\n') + 2), 'nonsense', new Signer('another/log', 'a').sign(server.text)]) {
    const { kind } = await browser.meets(server, { ...offer, note });
    assert.equal(kind, 'bad_head');
    assert.equal((await new Browser().meets(server, { ...offer, note })).kind, 'bad_head');
  }
  assert.equal(browser.memory.heads.length, 1);
});

test('a lost connection decides nothing, a refusal or a proof that is none does', async () => {
  const server = new Server().grow(10);
  const browser = await seen(server);
  server.grow(10);
  const met = (answer: object) => checkHead(browser.memory, server.offer(), browser.now, async () => answer);
  for (const status of [0, -32029, -32053]) {
    const { finding, memory } = await met({ failure: { status, code: '', message: 'gone' } });
    assert.equal(finding.kind, 'undecided');
    assert.equal(memory, browser.memory);
  }
  for (const answer of [{ failure: { status: -32602, code: '', message: 'No.' } }, { result: { proof: ['x'] } }, { result: {} }, { result: { proof: [] } }])
    assert.equal((await met(answer)).finding.kind, 'forked');
});

test('a head that another device vouched for and that does not go with what is shown is an alarm', async () => {
  const server = new Server().grow(30);
  const browser = await seen(server);
  const witness = new Signer(`${kName}/witness/0011223344556677`, 'w', 4);
  const vouches = (of: Server, proof: string[]) => ({ key: witness.text, note: of.offer().note + witness.cosignLine(of.text, 1_795_160_000), proof });
  const honest = vouches(server, server.prove({ from: 30, to: 35 }).proof);
  server.grow(5);
  server.cosigned = [{ ...honest, proof: server.prove({ from: 30, to: 35 }).proof }];
  assert.equal((await browser.meets(server)).kind, 'grown');
  const other = new Server().grow(20, 'other');
  server.cosigned = [vouches(other, server.prove({ from: 20, to: 35 }).proof)];
  const finding = await browser.meets(server);
  assert.equal(finding.kind, 'forked');
  assert.match(finding.sentence, /Another device of the office vouched for an audit log of 20 records/);
  assert.equal(finding.cosigned, server.cosigned[0]!.note);
  // Whose cosignature doesn't hold says nothing.
  server.cosigned[0]!.note = other.offer().note + witness.cosignLine(server.text, 1_795_160_000);
  assert.equal((await browser.meets(server)).kind, 'grown');
});

test('only what has its shape is taken for an answer, and a root is read aloud in six groups', () => {
  const offer = new Server().grow(3).restoreTo(2).offer();
  assert.ok(isOffer(offer));
  for (const wrong of [null, {}, { ...offer, note: 1 }, { ...offer, restores: [{}] }, { ...offer, cosigned: [{ key: '' }] }, { ...offer, rotations: [1] }]) assert.ok(!isOffer(wrong));
  assert.match(spokenRoot(offer.note), /^([A-Z2-7]{4}-){5}[A-Z2-7]{4}$/);
  assert.equal(spokenRoot(`x\n1\n${Buffer.alloc(32).toString('base64')}\n`), 'AAAA-AAAA-AAAA-AAAA-AAAA-AAAA');
  assert.equal(spokenRoot('none'), '');
});
