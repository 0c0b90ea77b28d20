// A phone-sized page, a desktop-sized page, the desktop program and wardroomctl in one room at the same time, against a real
// server that serves web/dist itself and is killed in between. Needs wardroomd and wardroomctl in WARDROOM_BIN, Debian's
// chromium, and web/dist; the program, Xvfb, xdotool, ImageMagick and sqlite3, or it goes without that one and says so.
import assert from 'node:assert/strict';
import { arriving, settling } from './arriving.mjs';
import { badDays } from './bad_days.mjs';
import { axeFindings, launch } from './browser.mjs';
import { days } from './days.mjs';
import { dialogs } from './dialogs.mjs';
import { foreign } from './foreign.mjs';
import { files } from './files.mjs';
import { inFirefox } from './in_firefox.mjs';
import { intruders } from './intruders.mjs';
import { lost } from './lost.mjs';
import { kPatience, Office, pictures } from './office.mjs';
import { talking } from './talking.mjs';
import { threads } from './threads.mjs';

const kStepEnds = 10 * 60_000 * kPatience; // a step that hangs ends the walk, and says which it was

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
const walk = { office: new Office(), browser: null, desktop: null, phone: null, program: null, faults: [], step };

// Each can be walked alone: walk.mjs days intruders. Those of the story have one another's people and rooms before them.
const kWalks = { story: [arriving, talking, threads, files, badDays, dialogs], days: [days], lost: [lost], foreign: [foreign], firefox: [inFirefox], intruders: [intruders] };
const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(kWalks);
const unknown = wanted.filter((name) => !kWalks[name]);
if (unknown.length) throw new Error(`There is no walk ${unknown}; there are ${Object.keys(kWalks)}.`);
const parts = wanted.flatMap((name) => kWalks[name]);

try {
  walk.browser = await launch();
  for (const part of [settling, ...parts]) await part(walk);
  assert.deepEqual(walk.faults, [], 'what pages complained of');
  assert.deepEqual(axeFindings(), [], 'what axe found');
  console.log('The walk is over: nothing lost, nothing doubled, nothing found.');
  if (wanted.includes('story') && !walk.program) console.log('But it went without the desktop program.');
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
