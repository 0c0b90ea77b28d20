// Chromium for a walk, and what is asked of every page in it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { kPatience, pictures } from './office.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// A context that ignores certificates doesn't for a worker's script: that takes the browser's own option.
const kLaunch = { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage', '--ignore-certificate-errors', '--host-resolver-rules=MAP evil.example 127.0.0.1'] };
export function launch() {
  return chromium.launch(kLaunch);
}

export const kSizes = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
};

const looks = (size, colorScheme) => ({ ...kSizes[size], colorScheme, ignoreHTTPSErrors: true, locale: 'en-GB', timezoneId: 'Europe/Berlin', reducedMotion: 'reduce' });

// A person's browser of that size.
export async function openBrowser(browser, size, colorScheme, faults) {
  return openIn(await browser.newContext(looks(size, colorScheme)), size, faults);
}

// One with settings of its own, as they stand in that profile.
export async function openWith(profile, size, colorScheme, faults) {
  return openIn(await chromium.launchPersistentContext(profile, { ...kLaunch, ...looks(size, colorScheme) }), size, faults);
}

// What a page complains of, or what runs in it that shouldn't, fails the walk.
async function openIn(context, size, faults) {
  context.setDefaultTimeout(30_000 * kPatience);
  await context.exposeFunction('wardroomFault', (what) => faults.push(`${size}: ${what}`));
  await context.addInitScript(() => {
    globalThis.alert = (what) => globalThis.wardroomFault(`alert ${what}`);
    addEventListener('securitypolicyviolation', (event) => globalThis.wardroomFault(`policy ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
  });
  context.on('page', (page) => {
    page.on('pageerror', (error) => faults.push(`${size}: ${error.stack ?? error}`));
    page.on('console', (message) => {
      // A connection that is lost is part of the walk.
      if (message.type() === 'error' && !/WebSocket connection|WebSocket is already in CLOSING|Failed to load resource/.test(message.text())) faults.push(`${size}: ${message.text()}`);
    });
  });
  const page = await context.newPage();
  return page;
}

const findings = [];
export async function checkAxe(page, name) {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    return violations.map((one) => `${one.id} (${one.impact}): ${one.nodes.slice(0, 4).map((node) => `${node.html.slice(0, 160)} | ${node.failureSummary?.replace(/\s+/g, ' ').slice(0, 240)}`).join('\n      ')}`);
  });
  for (const one of found) findings.push(`${name}: ${one}`);
  return found.length;
}
export function axeFindings() {
  return findings;
}

// In both themes: looked at by axe, and a picture of it.
export async function look(page, name, size) {
  for (const colorScheme of ['dark', 'light']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await checkAxe(page, `${name}-${size}-${colorScheme}`);
    await page.screenshot({ path: join(pictures, `${name}-${size}-${colorScheme}.png`) });
  }
}
