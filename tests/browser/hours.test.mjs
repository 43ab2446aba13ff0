// The page of hours in a real Chromium: for everybody, by keyboard, and without scripts from an empty desk to a complaint's deadlines.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accessibilityFindings, openPage, phone, signIn, startBrowser } from '../harness/browser.mjs';
import { makeDesk } from '../harness/desk.mjs';

const nuala = 'nuala@desk.example'; // an administrator
let desk, browser;

before(async () => {
  desk = makeDesk();
  desk.settle();
  await desk.serve();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await desk?.stop();
});

const part = (page, name) => page.getByRole('region', { name });
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

test('without scripts, from an empty desk to the deadlines of a complaint', async () => {
  const page = await openPage(browser, desk, { scripts: false });
  await signIn(page, nuala);
  await page.getByRole('navigation', { name: 'Rapport' }).getByRole('link', { name: 'House' }).click();
  await page.getByRole('link', { name: 'Hours and deadlines' }).click();
  await page.getByLabel('Time zone').fill('Europe/London');
  await page.getByLabel('Saturday', { exact: true }).fill('10-14');
  await press(page, 'Keep the week');
  assert.equal(await page.getByLabel('Saturday', { exact: true }).inputValue(), '10:00–14:00');

  await page.getByLabel('UK FCA, DISP', { exact: true }).check();
  await press(page, 'Keep the profile');
  await part(page, 'Holidays').getByText(/knows no public holiday/).waitFor();
  await page.getByLabel(/Bank holidays of England and Wales/).check();
  await press(page, 'Import');
  assert.equal(await page.getByText(/knows no public holiday/).count(), 0);

  await page.getByLabel('Received at').fill('2026-04-01T17:30');
  await part(page, 'What this means').getByLabel('Serious').check();
  await press(page, 'Work it out');
  const summary = part(page, 'What this means').getByRole('listitem').filter({ hasText: 'Summary resolution communication' }).first();
  const told = await summary.innerText();
  assert.match(told, /due Thursday 9 April 2026, 17:00/);
  assert.match(told, /may be treated as received on the next business day, Thursday 2 April/);
  assert.match(told, /Friday 3 April is Good Friday and does not count/);
  assert.match(told, /Business day 3: Thursday 9 April/);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('by keyboard: a mistake is where the cursor is, and putting it right keeps it', async () => {
  const page = await openPage(browser, desk);
  await signIn(page, nuala);
  await page.goto('/hours');
  const friday = page.getByLabel('Friday', { exact: true });
  await friday.focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('9-12, 11-17');
  await page.keyboard.press('Enter');
  await page.getByText('09:00–12:00 and 11:00–17:00 overlap.').waitFor();
  const focused = page.locator(':focus');
  assert.equal(await focused.getAttribute('name'), 'day-5');
  assert.equal(await focused.getAttribute('aria-invalid'), 'true');
  assert.deepEqual(await accessibilityFindings(page), []);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('9-12, 13-17');
  await page.keyboard.press('Enter');
  await page.getByText('It is kept.').waitFor();
  assert.equal(await friday.inputValue(), '09:00–12:00, 13:00–17:00');
  await page.context().close();
});

describe('for everybody', () => {
  for (const [look, options] of [['on a desktop', {}], ['on a phone', { viewport: phone }], ['in the dark', { dark: true }], ['on a phone in the dark', { viewport: phone, dark: true }]]) {
    test(look, async () => {
      const page = await openPage(browser, desk, options);
      await signIn(page, nuala);
      await page.goto('/hours');
      assert.deepEqual(await accessibilityFindings(page), []);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'the page is wider than the screen');
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });
  }
});
