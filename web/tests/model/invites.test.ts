import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inviteToken } from '../../src/model/invites.ts';

const kToken = 'VjrB1XyN5u2wqQ0_-Zk3aT7cLpE9sHdF6gJmR8tYxWo';
const kPin = 'ca=k5qXb3N7Zt1u0cPjW8mLr2yHsVdEfGiTnQoKaRxBz4A';

test('the token of an invite is the one that the link of the server has', () => {
  assert.equal(inviteToken(`${kPin}&t=${kToken}`), kToken);
  // While the office changes its authority.
  assert.equal(inviteToken(`${kPin}&next=${kPin.slice(3)}&t=${kToken}`), kToken);
});

test('what is no invite has no token', () => {
  for (const fragment of ['', kPin, kToken, `${kPin}&t=`, 't=short', `t=${kToken}<b>`, `t=${'a'.repeat(129)}`])
    assert.equal(inviteToken(fragment), '', fragment);
});
