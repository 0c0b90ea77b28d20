// The server killed, tabs that end, and people who mean harm.
import assert from 'node:assert/strict';
import { kAttacks } from './attacks.mjs';
import { look } from './browser.mjs';
import { until } from './office.mjs';
import { countOf, openRoom, post, sees } from './page.mjs';

export async function badDays(walk) {
  const { office, program, step } = walk;
  let { desktop, phone } = walk;

  await step('the server dies while people write, and comes back', async () => {
    await openRoom(desktop, 'general');
    await office.kill();
    await post(desktop, 'written while it was gone, one');
    await post(desktop, 'written while it was gone, two');
    await post(phone, 'written on the phone meanwhile');
    if (program) {
      await program.post('written in the program meanwhile');
      await program.has('written in the program meanwhile');
      await program.picture('offline');
    }
    await desktop.locator('.pending').nth(1).waitFor();
    await desktop.locator('.banner').waitFor();
    await look(desktop, 'offline', 'desktop');
    // The tab ends before it could send: what it wrote is on the disk, and the next one sends it.
    const context = desktop.context();
    await desktop.close({ runBeforeUnload: false });
    desktop = walk.desktop = await context.newPage();
    await office.serve();
    await desktop.goto(office.url);
    await sees(desktop, 'from a shell');
    await office.ctlAs('mateo', ['say', 'general', 'it is back']);
    for (const page of [desktop, phone]) for (const text of ['gone, one', 'gone, two', 'phone meanwhile', 'it is back', ...(program ? ['program meanwhile'] : [])]) await sees(page, text);
    for (const text of ['gone, one', 'gone, two', 'phone meanwhile', 'it is back']) await program?.has(text);
    await desktop.locator('.pending').first().waitFor({ state: 'detached' });
  });

  await step('killed in the middle of many posts: nothing lost, nothing doubled', async () => {
    for (let i = 0; i < 12; ++i) {
      await post(i % 2 ? desktop : phone, `number ${i}.`);
      if (i === 6) {
        await office.kill();
        await program?.kill();
      }
      if (i === 9) await office.serve();
    }
    await program?.start();
    for (let i = 0; i < 12; ++i) await program?.has(`number ${i}.`);
    await program?.picture('room');
    for (const page of [desktop, phone]) for (let i = 0; i < 12; ++i) await sees(page, `number ${i}.`);
    for (const page of [desktop, phone]) for (let i = 0; i < 12; ++i) assert.equal(await countOf(page, `number ${i}.`), 1, `number ${i}. once`);
    const rooms = (await office.call('mateo', 'room.list', {})).rooms;
    const general = rooms.find((one) => one.name === 'general').id;
    // What the program was killed with is as little doubled as what the pages were.
    const kept = (await office.call('mateo', 'message.history', { room: general, limit: 200 })).messages.map((one) => one.text);
    for (let i = 0; i < 12; ++i) assert.equal(kept.filter((text) => text === `number ${i}.`).length, 1);
    for (const text of ['written while it was gone, one', 'written while it was gone, two', 'written on the phone meanwhile', ...(program ? ['written in the program meanwhile', 'And from the program', 'The program has none now'] : [])])
      assert.equal(kept.filter((one) => one === text).length, 1, text);
    assert.ok(kept.indexOf('written while it was gone, one') < kept.indexOf('written while it was gone, two'), 'in the order written');
  });

  await step('search, and a jump', async () => {
    await desktop.getByRole('button', { name: 'Search', exact: true }).click();
    await until('the index knows it', async () => {
      await desktop.getByLabel('Search for').fill('typo');
      await desktop.locator('.search-form button').click();
      await desktop.locator('.hit').first().waitFor({ timeout: 3_000 });
      return true;
    });
    await look(desktop, 'search', 'desktop');
    await desktop.locator('.hit').first().click();
    await desktop.locator('.message.marked', { hasText: 'This has no typo' }).waitFor();
  });

  await step('two tabs, one connection', async () => {
    const second = await desktop.context().newPage();
    const sockets = [];
    second.on('websocket', (socket) => sockets.push(socket.url()));
    await second.goto(office.url);
    await sees(second, 'it is back');
    await post(second, 'from the second tab');
    await sees(phone, 'from the second tab');
    await sees(desktop, 'from the second tab');
    assert.equal(sockets.length, 0, 'the second tab opens no connection');
    await desktop.close();
    desktop = walk.desktop = second;
    await office.ctlAs('mateo', ['say', 'general', 'the first tab is gone']);
    await sees(desktop, 'the first tab is gone');
    await post(desktop, 'and the second one goes on');
    await sees(phone, 'and the second one goes on');
    assert.ok(sockets.length >= 1, 'now it does');
  });

  await step('attacks as message, topic, name, reaction', async () => {
    await desktop.setViewportSize({ width: 1280, height: 800 });
    const rooms = (await office.call('mateo', 'room.list', {})).rooms;
    const crane = rooms.find((one) => one.name === 'harbour-crane').id;
    await openRoom(desktop, 'harbour-crane');
    await post(desktop, 'react to this');
    await sees(desktop, 'react to this');
    const target = (await office.call('mateo', 'message.history', { room: crane, limit: 1 })).messages[0].seq;
    let at = 0;
    const refused = [];
    for (const text of kAttacks) {
      ++at;
      await office.postAs('mateo', { room: crane, text, client_id: `0190b0b0-0000-7000-8000-${String(at).padStart(12, '0')}` }).catch((error) => refused.push(`${JSON.stringify(text.slice(0, 40))}: ${error.message}`));
      if (at % 8 === 1) {
        await office.call('lena', 'room.update', { room: crane, topic: text.replace(/[\x00-\x1f\x7f]/g, ' ').slice(0, 120) }).catch(() => {});
        await office.call('mateo', 'account.set_profile', { display_name: text.replace(/[\x00-\x1f\x7f]/g, ' ').slice(0, 40) }).catch(() => {});
        await office.call('mateo', 'message.react', { room: crane, seq: target, emoji: text.slice(0, 12), on: true }).catch(() => {});
      }
    }
    // What the server doesn't take can do no harm; but if it took little, this would have looked at nothing.
    if (refused.length) console.log(`   the server refused ${refused.length} of ${kAttacks.length}:\n   ${refused.join('\n   ')}`);
    assert.ok(refused.length < kAttacks.length / 10, 'most attacks are in the room');
    const last = kAttacks[kAttacks.length - 1];
    await sees(desktop, last);
    const bad = await desktop.evaluate(() => {
      const found = [];
      for (const link of document.querySelectorAll('a[href]')) if (!/^(https?:|mailto:)/.test(link.href)) found.push(link.outerHTML.slice(0, 200));
      for (const one of document.querySelectorAll('.rich *, .room-title *, .room-link *, .reactions *'))
        if (!/^(P|STRONG|EM|S|CODE|PRE|A|BDI|SPAN|UL|LI|BLOCKQUOTE|BUTTON|H2|svg|path)$/.test(one.tagName)) found.push(one.outerHTML.slice(0, 200));
      for (const one of document.querySelectorAll('*')) for (const attribute of one.attributes) if (/^on/i.test(attribute.name)) found.push(one.outerHTML.slice(0, 200));
      return found;
    });
    assert.deepEqual(bad, []);
    await look(desktop, 'attacks', 'desktop');
    await office.call('mateo', 'account.set_profile', { display_name: 'Mateo Ruiz' });
  });
}
