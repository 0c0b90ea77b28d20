// An office, and how its people come in.
import assert from 'node:assert/strict';
import { look, openBrowser } from './browser.mjs';
import { kPassword, until } from './office.mjs';
import { openRoom } from './page.mjs';
import { Program, whyNoProgram } from './program.mjs';

export function settling({ office, step }) {
  return step('an office', async () => {
    await office.begin();
    await office.ctl(['room', 'create', 'general', '--topic', 'What concerns everybody']);
    await office.ctl(['room', 'create', 'harbour-crane', '--topic', 'Bearings, tides, grease']);
    await office.logIn('mateo', await office.invite('mateo', 'Mateo Ruiz'));
    await office.ctlAs('mateo', ['room', 'join', 'general']);
    await office.ctlAs('mateo', ['room', 'join', 'harbour-crane']);
  });
}

export async function arriving(walk) {
  const { office, step } = walk;
  let { desktop, phone } = walk;

  await step('sign in on a desktop', async () => {
    walk.desktop = desktop = await openBrowser(walk.browser, 'desktop', 'dark', walk.faults);
    await desktop.goto(office.url);
    await desktop.getByLabel('Name').waitFor();
    await look(desktop, 'sign-in', 'desktop');
    await desktop.getByLabel('Name').fill('lena');
    await desktop.getByLabel('Password').fill('not this one');
    await desktop.getByRole('button', { name: 'Sign in' }).click();
    await desktop.locator('.error').waitFor();
    await until('signed in', async () => {
      if (await desktop.locator('.side-bar').isVisible()) return true;
      if (await desktop.locator('[aria-busy="true"]').count()) return false;
      await desktop.getByLabel('Password').fill(kPassword);
      await desktop.getByRole('button', { name: 'Sign in' }).click();
      await desktop.locator('.side-bar').waitFor({ timeout: 20_000 });
      return true;
    });
    await desktop.locator('.room-title').waitFor();
    const stored = await desktop.evaluate(() => document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage));
    assert.equal(stored, '{}{}', 'no script reads the session');
  });

  await step('accept an invite on a phone', async () => {
    const link = await office.invite('noor', 'Noor Haddad');
    walk.phone = phone = await openBrowser(walk.browser, 'phone', 'light', walk.faults);
    await phone.goto(`${office.url}/join#${new URL(link.replace('wardroom:', 'https:')).search.slice(1)}`);
    await phone.getByText('You are invited').waitFor();
    assert.equal(new URL(phone.url()).hash, '', 'the token leaves the address');
    await look(phone, 'invite', 'phone');
    await phone.getByLabel('New password').fill(kPassword);
    await phone.getByRole('button', { name: 'Join' }).click();
    await phone.locator('.side-bar').waitFor({ timeout: 60_000 });
  });

  const without = whyNoProgram();
  if (without) console.log(`-- without the desktop program: ${without}`);
  else await step('accept an invite in the desktop program', async () => {
    const program = new Program(office, 'tomasz');
    await program.screen();
    await program.join(await office.invite('tomasz', 'Tomasz Wilk'), 'Tomasz Wilk');
    const { users } = await office.call('lena', 'user.list', { query: 'tomasz' });
    const { rooms } = await office.call('lena', 'room.list', {});
    await office.call('lena', 'room.add_member', { room: rooms.find((one) => one.name === 'general').id, user: users[0].id });
    await office.ctl(['say', 'general', 'Welcome aboard, Tomasz']);
    await program.has('Welcome aboard, Tomasz');
    walk.program = program;
  });

  await step('browse and join', async () => {
    await look(phone, 'rooms-empty', 'phone');
    await phone.getByRole('button', { name: 'Browse public rooms' }).click();
    await phone.getByRole('button', { name: 'Join general' }).waitFor();
    await look(phone, 'browse', 'phone');
    await phone.getByRole('button', { name: 'Join general' }).click();
    await phone.locator('.room-title').filter({ hasText: 'general' }).waitFor();
    await openRoom(desktop, 'general');
  });
}
