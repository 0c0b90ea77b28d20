import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { test } from 'node:test';
import type { Bytes } from '../../src/witness/bytes.ts';
import { fromBase64, fromHex, toHex } from '../../src/witness/bytes.ts';
import { canCheck } from '../../src/witness/crypto.ts';
import { isConsistent, leafHash, nodeHash, rootFrom } from '../../src/witness/proofs.ts';
import { consistency, hashLeaf, mth, pathOf } from './log.ts';

globalThis.crypto ??= webcrypto as Crypto;

// The eight entries of the tests of Google's certificate-transparency repository, which accompany RFC 6962.
const kEntries = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const kRoots = ['6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d', 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4', '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c', '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'];
const kPaths: [leaf: number, size: number, nodes: string[]][] = [
  [0, 8, ['96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7', '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e', '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4']],
  [5, 8, ['bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b', 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7']],
  [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
  [1, 5, ['6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d', '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e', 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b']],
];
const kConsistent: [from: number, to: number, proof: string[]][] = [
  [1, 1, []],
  [1, 8, ['96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7', '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e', '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4']],
  [6, 8, ['0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a', 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7']],
  [2, 5, ['5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e', 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b']],
];
const leaves = kEntries.map((entry) => hashLeaf(Buffer.from(entry, 'hex')));
const bytes = (digest: Buffer): Bytes => new Uint8Array(digest);
const root = (size: number): Bytes => fromHex(kRoots[size - 1]!)!;

test('the published roots, from the published leaves', async () => {
  for (let size = 1; size <= 8; ++size) {
    const nodes = await Promise.all(kEntries.slice(0, size).map(async (entry, index) => ({ level: 0, index, hash: await leafHash(fromHex(entry)!) })));
    assert.equal(toHex((await rootFrom(size, nodes))!), kRoots[size - 1]);
    assert.equal(mth(leaves.slice(0, size)).toString('hex'), kRoots[size - 1], 'the tree that these tests compare with');
  }
  assert.equal(toHex(await nodeHash(bytes(leaves[0]!), bytes(leaves[1]!))), kRoots[1]);
});

test('the published audit paths lead to the published roots, and nothing else does', async () => {
  for (const [leaf, size, hashes] of kPaths) {
    const path = pathOf(leaf, leaves.slice(0, size));
    assert.deepEqual(path.map((node) => node.hash), hashes);
    const nodes = [{ level: 0, index: leaf, hash: bytes(leaves[leaf]!) }, ...path.map((node) => ({ ...node, hash: fromHex(node.hash)! }))];
    assert.equal(toHex((await rootFrom(size, nodes))!), kRoots[size - 1]);
    for (let at = 0; at < nodes.length; ++at) {
      assert.equal(await rootFrom(size, nodes.filter((_, other) => other !== at)), undefined, 'a node fewer');
      assert.equal(await rootFrom(size, [...nodes, nodes[at]!]), undefined, 'a node twice');
      const found = await rootFrom(size, nodes.map((node, other) => (other === at ? { ...node, hash: bytes(leaves[7]!) } : node)));
      assert.ok(leaf === 7 || !found || toHex(found) !== kRoots[size - 1], 'another hash');
    }
    assert.equal(await rootFrom(size, [...nodes, { level: 9, index: 0, hash: root(8) }]), undefined, 'a node outside the tree');
  }
});

test('the published consistency proofs hold, and nothing else does', async () => {
  for (const [from, to, proof] of kConsistent) {
    assert.deepEqual(consistency(from, leaves.slice(0, to)).map((one) => one.toString('hex')), proof);
    const hashes = proof.map((one) => fromHex(one)!);
    assert.ok(await isConsistent(from, root(from), to, root(to), hashes));
    for (let at = 0; at < hashes.length; ++at) {
      assert.ok(!(await isConsistent(from, root(from), to, root(to), hashes.filter((_, other) => other !== at))), 'cut short');
      assert.ok(!(await isConsistent(from, root(from), to, root(to), hashes.map((one, other) => (other === at ? root(8) : one)))), 'another hash');
    }
    assert.ok(!(await isConsistent(from, root(from), to, root(to), [...hashes, root(8)])), 'more');
    assert.ok(!(await isConsistent(from, root(from === 1 ? 2 : 1), to, root(to), hashes)), 'another first root');
  }
});

test('every pair of sizes of a larger tree', async () => {
  const d = Array.from({ length: 33 }, (_, at) => hashLeaf(Buffer.from(`record ${at}`)));
  for (let to = 1; to <= d.length; ++to)
    for (let from = 0; from <= to; ++from) {
      const proof = consistency(from, d.slice(0, to)).map(bytes);
      assert.ok(await isConsistent(from, bytes(mth(d.slice(0, from))), to, bytes(mth(d.slice(0, to))), proof), `${from} to ${to}`);
      if (from) assert.ok(!(await isConsistent(from, bytes(mth([...d.slice(1, from), d[0]!])), to, bytes(mth(d.slice(0, to))), proof)) || from === 1);
    }
  assert.ok(!(await isConsistent(5, root(5), 4, root(4), [])));
});

test('bytes are written in one way only, and this engine knows the signatures', async () => {
  for (const text of ['AA', 'AB==', 'A===', 'AA==\n', 'AA-=', 'é===']) assert.equal(fromBase64(text), undefined, text);
  assert.deepEqual(fromBase64('AA=='), new Uint8Array([0]));
  assert.ok(await canCheck());
});
