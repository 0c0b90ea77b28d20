// What people do with one another.
import assert from 'node:assert/strict';
import { look } from './browser.mjs';
import { until } from './office.mjs';
import { act, closeDialog, countOf, openRoom, post, row, sees } from './page.mjs';

export async function talking(walk) {
  const { office, program, step } = walk;
  let { desktop, phone } = walk;

  await step('all say something at the same time', async () => {
    await Promise.all([post(desktop, 'Good morning from the **desktop**'), post(phone, 'Hello from the phone 👋'), office.ctlAs('mateo', ['say', 'general', 'And from a shell']),
      program?.post('And from the program')]);
    for (const page of [desktop, phone]) for (const text of ['from the desktop', 'from the phone', 'from a shell', ...(program ? ['from the program'] : [])]) await sees(page, text);
    for (const text of ['Good morning from the', 'Hello from the phone', 'And from a shell']) await program?.has(text);
    await desktop.locator('strong', { hasText: 'desktop' }).waitFor();
  });

  await step('typing and presence', async () => {
    await phone.locator('textarea').pressSequentially('I am', { delay: 60 });
    await desktop.getByText('Noor Haddad is typing…').waitFor();
    await phone.locator('textarea').fill('');
    await desktop.getByRole('button', { name: /^Members/ }).click();
    await desktop.locator('.panel').getByText('Noor Haddad').waitFor();
    await desktop.locator('.panel h3').filter({ hasText: 'Online' }).waitFor();
  });

  await step('react, reply, edit, pin', async () => {
    await act(desktop, 'from the phone', 'React…');
    await desktop.locator('.emoji-grid.quick button').first().click();
    await row(phone, 'from the phone').locator('.reaction').waitFor();
    await row(phone, 'from the phone').locator('.reaction').click();
    await row(desktop, 'from the phone').locator('.reaction', { hasText: '2' }).waitFor();
    await act(phone, 'from the desktop', 'Reply');
    await post(phone, 'An answer with `code` and a [link](https://example.org/there)');
    await row(desktop, 'An answer with').locator('.quote', { hasText: 'Good morning' }).waitFor();
    await post(desktop, 'This has a typoo');
    // Only what is stored can be edited.
    for (const page of [phone, desktop]) await sees(page, 'typoo');
    await desktop.locator('textarea').press('ArrowUp');
    await until('the text to edit', async () => (await desktop.locator('textarea').inputValue()) === 'This has a typoo');
    await desktop.locator('textarea').fill('This has no typo');
    await desktop.locator('textarea').press('Enter');
    await row(phone, 'This has no typo').locator('.edited', { hasText: 'edited' }).waitFor();
    await program?.has('This has no typo');
    if (program) {
      await program.post('The program has a typoo');
      await sees(phone, 'The program has a typoo');
      await program.sent();
      await program.press('Up');
      await program.press('ctrl+a');
      await program.post('The program has none now');
      for (const page of [phone, desktop]) await row(page, 'The program has none now').locator('.edited').waitFor();
    }
    assert.equal(await countOf(phone, 'typoo'), 0);
    await act(desktop, 'This has no typo', 'Pin');
    await row(phone, 'This has no typo').locator('.pinned').waitFor();
    await act(desktop, 'This has no typo', 'Earlier texts');
    await desktop.getByText('This has a typoo').waitFor();
    await look(desktop, 'versions', 'desktop');
    await closeDialog(desktop);
    await office.ctlAs('mateo', ['say', 'general', 'gone soon']);
    await act(desktop, 'gone soon', 'Delete…');
    await desktop.getByLabel('Reason').fill('only for the walk');
    await look(desktop, 'reason', 'desktop');
    await desktop.locator('.dialog').getByRole('button', { name: 'Delete' }).click();
    await row(phone, 'Deleted by lena: only for the walk').waitFor();
  });

  await step('a link shows where it leads before it opens', async () => {
    await row(desktop, 'An answer with').getByRole('link', { name: 'link' }).click();
    await desktop.locator('.dialog').getByText('https://example.org/there').waitFor();
    await look(desktop, 'link', 'desktop');
    await desktop.getByRole('button', { name: 'Stay here' }).click();
  });

  await step('completion', async () => {
    const field = desktop.locator('textarea');
    await field.pressSequentially('ask @noo');
    await desktop.locator('.completions li').first().waitFor();
    await look(desktop, 'completion', 'desktop');
    await field.press('Enter');
    await field.pressSequentially(':tad');
    await desktop.locator('.completions li', { hasText: ':tada:' }).waitFor();
    await field.fill('@noor please look');
    await field.press('Enter');
    await phone.locator('.message.called').waitFor();
    await field.pressSequentially('/top');
    await desktop.locator('.completions li', { hasText: '/topic' }).waitFor();
    await field.fill('/topic Tides and grease');
    await field.press('Escape');
    await field.press('Enter');
    await phone.locator('.room-title', { hasText: 'Tides and grease' }).waitFor();
  });

  await step('a direct room: asked for, accepted', async () => {
    await desktop.getByRole('button', { name: 'Write to somebody' }).click();
    await desktop.locator('.dialog .person', { hasText: 'Noor' }).click();
    await look(desktop, 'direct', 'desktop');
    await desktop.getByRole('button', { name: 'Write', exact: true }).click();
    await desktop.locator('.hindrance', { hasText: 'You asked to chat' }).waitFor();
    await phone.getByRole('button', { name: 'All rooms' }).click();
    await phone.locator('.room-link', { hasText: 'asks' }).click();
    await phone.locator('.hindrance', { hasText: 'would like to write to you' }).waitFor();
    await look(phone, 'asked', 'phone');
    await phone.getByRole('button', { name: 'Accept' }).click();
    await desktop.locator('textarea').waitFor();
    await post(desktop, 'Just between us');
    await sees(phone, 'Just between us');
  });

  await step('unread, mentions, and the way back', async () => {
    await office.ctlAs('mateo', ['say', 'harbour-crane', 'bearing 3 is warm again']);
    await office.ctlAs('mateo', ['say', 'general', '@noor the crane']);
    await phone.goBack();
    await phone.locator('.room-link', { hasText: 'general' }).locator('.badge.loud', { hasText: '1' }).waitFor();
    await look(phone, 'rooms', 'phone');
    await openRoom(phone, 'general');
    await phone.locator('.line.new').waitFor();
    await look(phone, 'room', 'phone');
  });
}
