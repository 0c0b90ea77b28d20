// A phone-sized page, a desktop-sized page and wardroomctl in one room at the same time, against a real server that serves
// web/dist itself and is killed in between. Needs wardroomd and wardroomctl in WARDROOM_BIN, Debian's chromium, and web/dist.
import assert from 'node:assert/strict';
import { arriving } from './arriving.mjs';
import { badDays } from './bad_days.mjs';
import { axeFindings, launch } from './browser.mjs';
import { dialogs } from './dialogs.mjs';
import { files } from './files.mjs';
import { Office, pictures } from './office.mjs';
import { talking } from './talking.mjs';

const kStepEnds = 10 * 60_000; // a step that hangs ends the walk, and says which it was

async function step(name, act) {
  const begun = Date.now();
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`"${name}" doesn't end`)), kStepEnds);
  });
  try {
    await Promise.race([act(), late]);
  } catch (error) {
    error.message = `${name}: ${error.message}`;
    throw error;
  } finally {
    clearTimeout(timer);
  }
  console.log(`ok ${name} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
}

// What the parts hand on: tabs end and others take their place.
const walk = { office: new Office(), browser: null, desktop: null, phone: null, faults: [], step };

try {
  walk.browser = await launch();
  for (const part of [arriving, talking, files, badDays, dialogs]) await part(walk);
  assert.deepEqual(walk.faults, [], 'what pages complained of');
  assert.deepEqual(axeFindings(), [], 'what axe found');
  console.log('The walk is over: nothing lost, nothing doubled, nothing found.');
} catch (error) {
  console.error(error);
  console.error([...walk.faults, ...axeFindings()].join('\n'));
  for (const [person, context] of (walk.browser?.contexts() ?? []).entries())
    for (const [at, page] of context.pages().entries())
      await page.screenshot({ path: `${pictures}failed-${person}-${at}.png`, timeout: 5_000 }).catch(() => {});
  process.exitCode = 1;
} finally {
  await walk.browser?.close();
  walk.office.end();
}
