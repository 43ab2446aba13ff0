// The keyboard in a real Chromium: the command bar, the panel that folds, single keys and switching them off.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessibilityFindings, openPage, signIn, startBrowser } from '../harness/browser.mjs';
import { makeDesk } from '../harness/desk.mjs';
import { writeMail } from '../harness/mail.mjs';

let desk, browser, page;
const bar = () => page.getByRole('combobox', { name: 'What do you want to do?' });
const options = () => page.locator('dialog.pick[open]').getByRole('option');
const titles = () => page.locator('dialog.pick[open] [role=option] > .line > :first-child, dialog.pick[open] [role=option] > .line').evaluateAll(rows => rows.map(row => row.firstChild.textContent));
const openBar = async () => {
  await page.keyboard.press('Control+k');
  await bar().waitFor();
  await options().first().waitFor();
};

before(async () => {
  desk = makeDesk();
  desk.settle();
  for (const [name, subject] of [['Ada Finch', 'The new chain jumps'], ['Bo Lind', 'Where is my order?']]) {
    const mail = writeMail({ from: `${name} <${name[0].toLowerCase()}@customer.example>`, to: 'help@desk.example', subject, text: 'I am disappointed, it does not work.' });
    assert.equal(desk.deliver(mail).code, 0);
  }
  await desk.serve();
  browser = await startBrowser();
  page = await openPage(browser, desk);
  await signIn(page, 'teodor@desk.example');
});
after(async () => {
  await browser?.close();
  await desk?.stop();
});

test('Ctrl-K lists what can be done here and where one can go, and is for everybody', async () => {
  await page.goto('/conversations/1001');
  await openBar();
  assert.deepEqual(await accessibilityFindings(page), []);
  const all = await titles();
  for (const title of ['Snoozed', 'Tags', 'Priority', 'Assign to me', 'Solve', 'Note', 'Open', 'Complaints', 'Limits']) assert.ok(all.includes(title), `${title} is not among ${all.join(', ')}`);
});

test('a verb runs on the conversation', async () => {
  await page.keyboard.type('assign');
  await page.waitForFunction(() => document.querySelector('dialog.pick[open] [role=option][aria-selected=true]')?.textContent.startsWith('Assign to me'));
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Hand back' }).waitFor();
});

test('a place, a number and a room of the house are reached by their names', async () => {
  for (const [typed, address] of [['compl', /\/complaints$/], ['1002', /\/conversations\/1002/], ['hours', /\/hours$/]]) {
    if (typed === 'hours') { // for administrators alone: a supervisor does not find it
      await openBar();
      await page.keyboard.type('Hours and');
      await page.waitForFunction(() => document.querySelectorAll('dialog.pick[open] [role=option]').length === 1);
      assert.match((await titles())[0], /^Search for/);
      await page.keyboard.press('Escape');
      await page.waitForFunction(() => !document.querySelector('dialog[open]'));
      continue;
    }
    await openBar();
    await page.keyboard.type(typed);
    await page.keyboard.press('Enter');
    await page.waitForURL(address);
  }
});

test('i folds what stands beside the thread, and it stays folded', async () => {
  await page.goto('/conversations/1001');
  const panel = page.getByRole('complementary', { name: 'About the customer' });
  assert.ok(await panel.isVisible());
  await page.keyboard.press('i');
  await panel.waitFor({ state: 'hidden' });
  await page.reload();
  assert.ok(!await panel.isVisible());
  assert.deepEqual(await accessibilityFindings(page), []);
  await page.getByRole('link', { name: 'About' }).click();
  await panel.waitFor();
});

test('? explains the keys; switched off, single keys do nothing, and Ctrl-K still does', async () => {
  await page.goto('/?view=open');
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await dialog.waitFor();
  assert.deepEqual(await accessibilityFindings(page), []);
  await dialog.getByLabel('Single keys are on').uncheck();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.keyboard.press('j');
  assert.equal(await page.evaluate(() => document.activeElement.closest('#rows')), null);
  await openBar();
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !document.querySelector('dialog[open]') && document.activeElement === document.body); // its field keeps the focus until the next frame
  await page.evaluate(() => localStorage.removeItem('keys'));
  await page.keyboard.press('j');
  assert.ok(await page.evaluate(() => document.activeElement.closest('#rows')));
  assert.deepEqual(page.complaints, []);
});

test('every other key does what its button does', async () => {
  const focused = () => page.evaluate(() => document.activeElement.closest('[id]')?.id);
  const isAt = id => page.waitForFunction(wanted => document.activeElement.closest('[id]')?.id === wanted, id);
  const header = page.locator('#thread-header'), panel = page.getByRole('complementary', { name: 'About the customer' });
  await page.goto('/?view=open');
  const table = [
    ['j', () => isAt('row-1001')],
    ['j', () => isAt('row-1002')],
    ['k', () => isAt('row-1001')],
    ['j', () => isAt('row-1002')],
    ['o', () => page.waitForURL(/\/conversations\/1002\b/)],
    ['u', () => isAt('row-1002')], // the list, where one left it
    ['k', () => isAt('row-1001')],
    ['o', () => page.waitForURL(/\/conversations\/1001\b/)],
    ['j', () => page.waitForURL(/\/conversations\/1002\b/)],
    ['k', () => page.waitForURL(/\/conversations\/1001\b/)],
    ['r', () => isAt('reply-text')],
    ['t', () => isAt('tag-form')],
    ['p', () => isAt('priority-form')],
    ['a', () => isAt('assign-form')],
    ['f', () => panel.getByText('Followed by Teodor Iliescu').waitFor()],
    ['f', () => panel.getByRole('button', { name: 'Follow', exact: true }).waitFor()],
    ['m', () => isAt('assign-form')], // it is with me already
    ['e', () => header.getByText('solved', { exact: true }).waitFor()],
    ['e', () => header.getByRole('button', { name: 'Solve', exact: true }).waitFor()],
  ];
  for (const [key, happens] of table) {
    if (await focused() !== 'rows' && !/^row-/.test(await focused() ?? '')) await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press(key);
    await happens();
  }
  await page.goto('/conversations/1002?view=open');
  await page.keyboard.press('m');
  await header.getByText('with you', { exact: true }).waitFor();
  assert.deepEqual(page.complaints, []);
});

test('while one types, a key is a letter', async () => {
  const letters = 'jkourentpmafzxcil?/';
  await page.goto('/conversations/1002?view=open');
  for (const [key, field] of [['r', '#reply-text'], ['t', '#tag-form [name=tag]']]) {
    await page.keyboard.press(key);
    await page.keyboard.type(letters);
    assert.equal(await page.locator(field).inputValue(), letters);
    await page.locator(field).fill('');
    await page.evaluate(() => document.activeElement.blur());
  }
  assert.equal(await page.locator('dialog[open]').count(), 0);
  assert.match(page.url(), /\/conversations\/1002\?view=open$/);
  await page.keyboard.press('a'); // and in a choice it is the first letter of one
  await page.keyboard.press('t');
  assert.equal(await page.evaluate(() => document.activeElement.name), 'to');
});

test('news leave the focus in the rail on its link, also when that link moves, and on a fold of the panel', async () => {
  await page.goto('/?view=open');
  const complaints = page.getByRole('navigation', { name: 'Rapport' }).getByRole('link', { name: 'Complaints' });
  const open = page.locator('#rail a[href="/?view=open"] .count');
  const mail = writeMail({ from: 'Cy Ray <c@customer.example>', to: 'help@desk.example', subject: 'A third one', text: 'Do you have bells?' });
  await complaints.focus();
  assert.equal(await open.innerText(), '2');
  assert.equal(desk.deliver(mail).code, 0);
  await page.waitForFunction(() => document.querySelector('#rail a[href="/?view=open"] .count').textContent === '3');
  assert.ok(await complaints.evaluate(link => link === document.activeElement));

  const mentions = page.locator('#rail a[href="/?view=mentions"]'), isFolded = () => mentions.evaluate(link => Boolean(link.closest('details')));
  await page.getByText('More views').click();
  await mentions.focus();
  assert.ok(await isFolded());
  const hers = await openPage(browser, desk);
  await signIn(hers, 'mira@desk.example');
  await hers.goto('/conversations/1002');
  await hers.keyboard.press('n');
  await hers.getByRole('textbox', { name: 'Your note' }).fill('@Teodor, will you?');
  await hers.keyboard.press('Control+Enter');
  await mentions.locator('.count').waitFor(); // no longer empty, so no longer folded away
  assert.ok(!await isFolded());
  assert.ok(await mentions.evaluate(link => link === document.activeElement));

  await page.goto('/conversations/1002');
  const fold = page.locator('#context summary').nth(2);
  await fold.focus();
  await hers.getByRole('button', { name: 'Assign to me' }).click();
  await page.waitForFunction(() => document.querySelector('#context').textContent.includes('Mira'));
  assert.ok(await fold.evaluate(summary => summary === document.activeElement));
  await hers.context().close();
  assert.deepEqual(page.complaints, []);
});

test('the keys are a page too, which the rail leads to', async () => {
  await page.goto('/keys');
  assert.deepEqual(await accessibilityFindings(page), []);
  await page.getByText('write a reply').waitFor();
  await page.getByLabel('Compact lists').check();
  await page.goto('/?view=open');
  assert.equal(await page.evaluate(() => document.documentElement.dataset.density), 'compact');
  await page.getByRole('link', { name: 'Keys' }).click(); // over the page that one is on
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  assert.ok(await dialog.getByLabel('Compact lists').isChecked());
  await dialog.getByLabel('Compact lists').uncheck();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await page.evaluate(() => document.documentElement.dataset.density), '');
});

test('where the keys cannot be fetched, the page stays and says so', async () => {
  await page.goto('/?view=open');
  await page.route('**/keys', route => route.abort());
  await page.keyboard.press('?');
  await page.getByRole('status').filter({ hasText: 'The desk cannot be reached.' }).waitFor({ state: 'attached' });
  await page.unroute('**/keys');
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
});
