// Every dialog, every size, and the end of a session.
import assert from 'node:assert/strict';
import { look } from './browser.mjs';
import { kPassword, until } from './office.mjs';
import { closeDialog, openRoom } from './page.mjs';

export async function dialogs(walk) {
  const { office, step } = walk;
  let { desktop, phone } = walk;

  await step('the other dialogs, and the account', async () => {
    await openRoom(desktop, 'general');
    for (const [name, label] of [['browse', 'Browse public rooms'], ['create', 'Make a room'], ['jump', 'Jump to…']]) {
      await desktop.getByRole('button', { name: label }).click();
      await desktop.locator('dialog[open]').waitFor();
      await look(desktop, name, 'desktop');
      await closeDialog(desktop);
    }
    await desktop.getByRole('button', { name: 'Pinned messages' }).click();
    await desktop.locator('.panel .hit').waitFor();
    await look(desktop, 'pins', 'desktop');
    await desktop.getByRole('button', { name: /^Members/ }).click();
    await look(desktop, 'room', 'desktop');
    await desktop.getByRole('button', { name: 'More about this room' }).click();
    await look(desktop, 'menu', 'desktop');
    await desktop.locator('dialog.sheet').getByRole('button', { name: 'Save what is written…' }).click();
    await look(desktop, 'transcript', 'desktop');
    const saving = desktop.waitForEvent('download');
    await desktop.locator('.dialog').getByRole('button', { name: 'Save it' }).click();
    assert.equal((await saving).suggestedFilename(), 'general.html');
    await closeDialog(desktop);
    for (const [name, label] of [['profile', /Display name/], ['password', /^Password/], ['second-factor', /^Second factor/], ['sessions', /signed in/], ['watch', /audit log/]]) {
      await desktop.locator('.self').click();
      await desktop.locator('dialog.sheet').getByRole('button', { name: 'Settings' }).click();
      if (name === 'profile') await look(desktop, 'settings', 'desktop');
      await desktop.locator('.settings-list').getByRole('button', { name: label }).click();
      await desktop.locator('dialog[open]').waitFor();
      if (name === 'sessions') await desktop.locator('.sessions li').nth(1).waitFor();
      await look(desktop, name, 'desktop');
      await closeDialog(desktop);
    }
    await desktop.keyboard.press('Alt+ArrowDown');
    await desktop.locator('textarea').fill('/keys');
    await desktop.locator('textarea').press('Enter');
    await desktop.locator('.keys').waitFor();
    await look(desktop, 'keys', 'desktop');
    await closeDialog(desktop);
  });

  await step('sizes from 320 to 2560 have no sideways scrolling', async () => {
    await openRoom(desktop, 'general');
    for (const width of [320, 719, 720, 1099, 1280, 2560]) {
      await desktop.setViewportSize({ width, height: 800 });
      const wide = await desktop.evaluate(() => [document.documentElement, ...document.querySelectorAll('.window > :not(.hidden), .timeline')]
        .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => `${one.tagName}.${one.className} ${one.scrollWidth} in ${one.clientWidth}`));
      assert.deepEqual(wide, [], `${width}`);
      if (width === 2560) await look(desktop, 'room', 'wide');
    }
    const small = await phone.evaluate(() => [...document.querySelectorAll('button, input, textarea, a.file, a.save')].filter((one) => {
      const box = one.getBoundingClientRect();
      return box.width > 0 && !one.closest('.hidden') && (box.height < 43.5 || box.width < 43.5) && !one.matches('textarea');
    }).map((one) => `${one.className} ${one.getAttribute('aria-label') ?? one.textContent} ${Math.round(one.getBoundingClientRect().width)}×${Math.round(one.getBoundingClientRect().height)}`));
    assert.deepEqual(small, [], 'touch targets');
  });

  await step('a second factor', async () => {
    await desktop.setViewportSize({ width: 1280, height: 800 });
    // Begun only: that a code of it counts is the server's own test.
    await desktop.locator('.self').click();
    await desktop.locator('dialog.sheet').getByRole('button', { name: 'Settings' }).click();
    await desktop.locator('.settings-list').getByRole('button', { name: /^Second factor/ }).click();
    await desktop.locator('.dialog').getByLabel('Your password').fill(kPassword);
    await desktop.locator('.dialog').getByRole('button', { name: 'Begin' }).click();
    await desktop.locator('.secret').waitFor();
    await desktop.locator('svg.qr').waitFor();
    await look(desktop, 'second-factor-begun', 'desktop');
    await closeDialog(desktop);
  });

  await step('signing out leaves nothing', async () => {
    await desktop.locator('.self').click();
    await desktop.locator('dialog.sheet').getByRole('button', { name: 'Sign out' }).click();
    await desktop.getByLabel('Password').waitFor();
    const left = await until('an empty cache', () => desktop.evaluate(async () => {
      const database = await new Promise((resolve) => { indexedDB.open('wardroom').onsuccess = (event) => resolve(event.target.result); });
      let count = 0;
      for (const store of database.objectStoreNames) {
        // A witness doesn't forget.
        if (store === 'kv' || store === 'witness') continue;
        count += await new Promise((resolve) => { database.transaction(store).objectStore(store).count().onsuccess = (event) => resolve(event.target.result); });
      }
      database.close();
      return count === 0;
    }));
    assert.ok(left);
    await desktop.reload();
    await desktop.getByLabel('Password').waitFor();
  });
}
