// Threads, on both pages, with the server away in between.
import assert from 'node:assert/strict';
import { look } from './browser.mjs';
import { openRoom, row, sees } from './page.mjs';

const kRoot = 'Who brings the cake on Friday?';
const pane = (page) => page.locator('.panel.thread');
const inPane = (page, text) => pane(page).locator('.message:not(.pending)').filter({ hasText: text });
const under = (page) => row(page, kRoot).first().locator('.replies');

async function reply(page, text) {
  await pane(page).locator('textarea').fill(text);
  await pane(page).locator('.send').click();
}

export async function threads(walk) {
  const { office, step } = walk;
  const { desktop, phone } = walk;

  await step('a thread beside its room', async () => {
    for (const page of [desktop, phone]) await openRoom(page, 'general');
    await office.ctlAs('mateo', ['say', 'general', kRoot]);
    for (const page of [desktop, phone]) await sees(page, kRoot);
    await row(desktop, kRoot).first().hover();
    await row(desktop, kRoot).first().getByRole('button', { name: 'Reply in thread' }).click();
    await pane(desktop).waitFor();
    await reply(desktop, 'I do, with plums');
    await inPane(desktop, 'with plums').waitFor();
    await under(phone).filter({ hasText: '1 reply' }).waitFor();
    await under(phone).click();
    await inPane(phone, 'with plums').waitFor();
    await look(phone, 'thread', 'phone');
    await reply(phone, 'Then I bring coffee');
    await inPane(desktop, 'bring coffee').waitFor();
    await look(desktop, 'thread', 'desktop');
    // It stands in the thread alone.
    assert.equal(await desktop.locator('.room .message').filter({ hasText: 'bring coffee' }).count(), 0);
  });

  await step('a draft of a thread stays, Back closes it, and one that is followed is told', async () => {
    await pane(phone).locator('textarea').fill('And milk');
    await phone.goBack();
    await pane(phone).waitFor({ state: 'detached' });
    await under(phone).filter({ hasText: 'Draft' }).waitFor();
    await reply(desktop, 'Plums are gone, it is apples');
    await under(phone).filter({ hasText: '3 replies' }).waitFor();
    await under(phone).locator('.badge').waitFor();
    await phone.getByRole('button', { name: 'All rooms' }).click();
    await phone.getByRole('button', { name: /^Threads/ }).click();
    await look(phone, 'threads', 'phone');
    await phone.locator('.panel').getByRole('button', { name: /cake on Friday/ }).click();
    await inPane(phone, 'it is apples').waitFor();
    assert.equal(await pane(phone).locator('textarea').inputValue(), 'And milk');
  });

  await step('a reply written while the server is away arrives once, in its thread', async () => {
    await office.kill();
    await reply(phone, 'And milk, written alone');
    await pane(phone).locator('.pending').waitFor();
    await office.serve();
    await inPane(phone, 'written alone').waitFor();
    await inPane(desktop, 'written alone').waitFor();
    assert.equal(await inPane(desktop, 'written alone').count(), 1);
    await pane(desktop).locator('textarea').press('Escape');
    await pane(desktop).waitFor({ state: 'detached' });
    await phone.goBack();
    await pane(phone).waitFor({ state: 'detached' });
  });
}
