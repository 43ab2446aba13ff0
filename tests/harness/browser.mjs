// A real Chromium, as an agent has it on the desk or in the pocket.

import { createRequire } from 'node:module';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { password } from './desk.mjs';

const require = createRequire(new URL('../browser/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const axeSource = require('axe-core').source;

export const desktop = { width: 1360, height: 860 };
export const phone = { width: 390, height: 844 };

// `hosts`: "desk.example 127.0.0.1:8700", names that the browser finds there.
export function startBrowser({ hosts } = {}) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', ...(hosts ? [`--host-resolver-rules=MAP ${hosts}`] : [])],
  });
}

// A person at the desk: a browser context of their own. What the page complains about is kept in `page.complaints`.
export async function openPage(browser, desk, { viewport = desktop, scripts = true, dark = false, locale = 'en-GB', zone = 'Europe/Dublin' } = {}) {
  const context = await browser.newContext({
    viewport, baseURL: desk.address, javaScriptEnabled: scripts, colorScheme: dark ? 'dark' : 'light',
    locale, timezoneId: zone, reducedMotion: 'reduce', hasTouch: viewport.width < 600,
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  page.complaints = [];
  page.on('pageerror', problem => page.complaints.push(String(problem)));
  page.on('console', said => { if (said.type() === 'error') page.complaints.push(said.text()); });
  return page;
}

export async function signIn(page, email) {
  await page.goto('/');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation').first().waitFor();
}

// What axe-core finds against WCAG 2.2 AA, one line a finding; an empty list is what we want. Evaluated through the
// debugger, so the page's own content security policy stays as it is.
export async function accessibilityFindings(page) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => window.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations'],
    preload: false,
    iframes: false,
  }));
  return violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary.replace(/\s+/g, ' ')}`));
}

// Saves a picture of the page for a person to look at, when RAPPORT_TEST_PICTURES names a folder for it.
export async function picture(page, name) {
  const folder = process.env.RAPPORT_TEST_PICTURES;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
