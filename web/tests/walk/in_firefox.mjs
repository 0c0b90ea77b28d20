// The main ways of a page in Firefox, which has an engine of its own.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Firefox, whyNoFirefox } from './firefox.mjs';
import { kPassword, pictures, until } from './office.mjs';

const kEnter = '\uE007', kUp = '\uE013';

export async function inFirefox(walk) {
  const { office, step } = walk;
  const without = whyNoFirefox();
  if (without) return console.log(`-- without Firefox: ${without}`);
  const firefox = new Firefox(office);
  const room = (await office.call('mateo', 'room.list', {})).rooms.find((one) => one.name === 'general').id;
  const stored = async (text) => (await office.call('mateo', 'message.history', { room, limit: 100 })).messages.filter((one) => one.text === text).length;
  const countOf = (text) => firefox.evaluate("return [...document.querySelectorAll('.message:not(.pending)')].filter((one) => one.textContent.includes(arguments[0])).length", text);
  const kRow = '.message:not(.pending)';
  const post = (text) => firefox.type('.composer textarea', text + kEnter);
  const openGeneral = async () => {
    await firefox.click('.room-link', 'general');
    await firefox.sees('.room-title', 'general');
  };

  try {
    await step('Firefox: sign in', async () => {
      await firefox.start();
      await firefox.goto(office.url);
      await firefox.type('input[name=user]', 'mateo');
      await firefox.type('input[type=password]', kPassword + kEnter);
      await firefox.sees('.side-bar');
      await openGeneral();
      assert.equal(await firefox.evaluate('return document.cookie'), '', 'no script reads the session');
    });

    await step('Firefox: messages come and go', async () => {
      await post('from Firefox, with a typoo');
      await firefox.sees(kRow, 'from Firefox, with a typoo');
      await firefox.type('.composer textarea', kUp);
      await until('the text to edit', async () => (await firefox.evaluate("return document.querySelector('.composer textarea').value")) === 'from Firefox, with a typoo');
      await firefox.evaluate("document.querySelector('.composer textarea').select()");
      await post('from Firefox, with none');
      await firefox.sees(kRow, 'from Firefox, with none');
      await until('stored', async () => (await stored('from Firefox, with none')) === 1);
      await office.ctl(['say', 'general', 'to Firefox: **boats** and 🚤 and שלום']);
      await firefox.sees('.message strong', 'boats');
    });

    await step('Firefox: a file', async () => {
      const file = join(office.root, 'tides of Firefox.txt');
      writeFileSync(file, 'tide '.repeat(2_000));
      const field = (await firefox.send('WebDriver:FindElement', { using: 'css selector', value: 'input[type=file]' })).value;
      await firefox.send('WebDriver:ElementSendKeys', { id: Object.values(field)[0], text: file });
      await firefox.click('.composer .send');
      await firefox.sees(`${kRow} .file`, 'tides of Firefox.txt');
    });

    await step('Firefox: a thread, and a search', async () => {
      await office.ctl(['say', 'general', 'a root for Firefox']);
      await firefox.sees(kRow, 'a root for Firefox');
      const row = await firefox.sees(kRow, 'a root for Firefox');
      await firefox.evaluate("arguments[0].querySelector('[aria-label=\"Reply in thread\"]').click()", { 'element-6066-11e4-a52e-4f735466cecf': row });
      await firefox.type('.thread textarea', `a reply by Firefox${kEnter}`);
      await firefox.sees('.thread .message:not(.pending)', 'a reply by Firefox');
      await firefox.click('button', 'Close: Thread');
      await firefox.click('button', 'Search');
      await firefox.type('.search-form input', `typoo OR none${kEnter}`);
      await firefox.sees('.hit', 'from Firefox, with none');
    });

    await step('Firefox: the server dies while one writes', async () => {
      await office.kill();
      await firefox.sees('.banner');
      await post('written in Firefox meanwhile');
      await firefox.sees('.pending', 'written in Firefox meanwhile');
      await office.serve();
      await firefox.sees(kRow, 'written in Firefox meanwhile');
      await until('stored once', async () => (await stored('written in Firefox meanwhile')) === 1);
      assert.equal(await countOf('written in Firefox meanwhile'), 1);
      await firefox.goto(office.url);
      await openGeneral();
      await firefox.sees(kRow, 'written in Firefox meanwhile');
      await firefox.picture(join(pictures, 'firefox.png'));
    });

    await step('Firefox: signing out', async () => {
      await firefox.click('.self');
      await firefox.click('dialog button', 'Sign out');
      await firefox.sees('input[type=password]');
      await firefox.goto(office.url);
      await firefox.sees('input[type=password]');
    });
  } catch (error) {
    await firefox.picture(join(pictures, 'failed-firefox.png')).catch(() => {});
    throw error;
  } finally {
    await firefox.end();
  }
}
