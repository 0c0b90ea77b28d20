// How a walk uses a page.
const messages = (page) => page.locator('.message:not(.pending)');
export const row = (page, text) => messages(page).filter({ hasText: text });
export const sees = (page, text) => row(page, text).first().waitFor();
export const countOf = (page, text) => row(page, text).count();

export async function post(page, text) {
  await page.locator('textarea').fill(text);
  await page.locator('.send').click();
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
