// How a walk uses a page.
import { kPassword, until } from './office.mjs';

const messages = (page) => page.locator('.message:not(.pending)');
export const row = (page, text) => messages(page).filter({ hasText: text });
export const sees = (page, text) => row(page, text).first().waitFor();
export const countOf = (page, text) => row(page, text).count();

export async function post(page, text) {
  await page.locator('textarea').fill(text);
  await page.locator('.send').click();
}
// Typed and sent in one go: what stands in several composers of one person for a while is one draft, of all of them.
export function postAtOnce(page, text) {
  return page.locator('textarea').evaluate((field, text) => {
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    document.querySelector('.send').click();
  }, text);
}
export async function act(page, text, label) {
  const target = row(page, text).first();
  await target.hover();
  await target.locator('.row-more').click();
  await page.locator('dialog.sheet').getByRole('button', { name: label, exact: true }).click();
}
export async function openRoom(page, name) {
  const back = page.getByRole('button', { name: 'All rooms' });
  if (await back.isVisible()) await back.click();
  await page.locator('.room-link').filter({ hasText: name }).first().click();
  await page.locator('.room-title').filter({ hasText: name }).waitFor();
}
export async function closeDialog(page) {
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await page.locator('dialog').first().waitFor({ state: 'detached' });
}
// By the cookie of before where there is one. `outcome` "no session": the browser doesn't keep it.
export async function signIn(page, office, name, outcome = 'signed in') {
  if (!page.url().startsWith(office.url)) await page.goto(office.url);
  await page.getByLabel('Password').waitFor();
  // A busy machine needs longer for a password than the server waits for one.
  await until(`${name} ${outcome}`, async () => {
    if (await page.locator(outcome === 'signed in' ? '.side-bar' : '.error').isVisible()) return true;
    if (await page.locator('[aria-busy="true"]').count()) return false;
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('Password').fill(kPassword);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.locator(outcome === 'signed in' ? '.side-bar' : '.error').waitFor({ timeout: 20_000 });
    return true;
  });
}
