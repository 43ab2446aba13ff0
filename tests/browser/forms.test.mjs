// Administration in a real Chromium: what is wrong has the focus and stands beside its words, a tag is found by a part of its name, somebody's
// address is changed, two customers are found by name; and how it lies on a phone and on a low screen.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessibilityFindings, openPage, phone, picture, signIn, startBrowser } from '../harness/browser.mjs';
import { makeDesk } from '../harness/desk.mjs';
import { writeMail } from '../harness/mail.mjs';

const laptop = { width: 1366, height: 768 };
const nuala = 'nuala@desk.example', mira = 'mira@desk.example';
let desk, browser;

const visit = async (email, path, settings) => {
  const page = await openPage(browser, desk, settings);
  await signIn(page, email);
  if (path) await page.goto(path);
  return page;
};
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
const focused = page => page.evaluate(() => ({ name: document.activeElement.name, value: document.activeElement.value, said: document.getElementById(document.activeElement.getAttribute('aria-describedby')?.split(' ')[0])?.textContent.trim() }));
const done = async (page, name) => {
  assert.deepEqual(await accessibilityFindings(page), []);
  await picture(page, `forms-${name}`);
  assert.deepEqual(page.complaints.filter(each => !each.includes('422')), []); // what was typed wrong is no fault of the page
  await page.context().close();
};

before(async () => {
  desk = makeDesk();
  desk.settle();
  for (const [at, who] of ['Agnes Moor <agnes@moor.example>', 'Agnes Moor-Quinn <aq@quinn.example>', 'Bert Quill <bert@quill.example>'].entries())
    assert.equal(desk.deliver(writeMail({ from: who, to: 'help@desk.example', subject: `Bell ${at}`, text: 'Hello.', messageId: `<${at}@forms.example>` })).code, 0);
  await desk.serve();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await desk?.stop();
});

test('a team that cannot be kept comes back open, as it was typed, with the focus on what is wrong', async () => {
  const page = await visit(nuala, '/teams', { viewport: laptop });
  for (const name of ['Workshop', 'Counter']) {
    await page.getByRole('textbox', { name: 'Name', exact: true }).last().fill(name);
    await press(page, 'Make it');
    await page.getByRole('heading', { name }).waitFor();
  }
  await page.getByText('Change the team Workshop').click();
  const card = page.locator('li.item', { has: page.getByRole('heading', { name: 'Workshop' }) });
  await card.getByRole('textbox', { name: 'Name' }).fill('Counter');
  for (const name of ['Mira Lindqvist', 'Jonas Feld', 'Teodor Iliescu']) await card.getByRole('checkbox', { name }).check();
  await press(card, 'Keep');
  await card.getByText('There is a team called "Counter" already.').waitFor();
  assert.deepEqual(await focused(page), { name: 'name', value: 'Counter', said: 'There is a team called "Counter" already.' });
  assert.equal(await card.getByRole('checkbox', { checked: true }).count(), 4); // turns, and three people
  assert.equal(await page.getByRole('textbox', { name: 'Name', exact: true }).last().inputValue(), '');
  await done(page, 'team');
});

test('a tag is suggested by a part of its name, also where there are too many to bring along', async () => {
  const page = await visit(nuala, null, { viewport: laptop });
  await page.context().request.get('/'); // its cookies
  await page.goto('/tags');
  await page.evaluate(async () => {
    const csrf = document.querySelector('form[action="/tags"] [name=csrf]').value;
    for (let i = 0; i < 60; i++) await fetch('/tags', { method: 'POST', body: new URLSearchParams({ csrf, name: `tag ${String(i).padStart(3, '0')}` }), redirect: 'manual' });
  });
  await page.goto('/tags');
  assert.equal(await page.locator('main li.item').count(), 50);
  await page.getByRole('link', { name: 'More', exact: true }).click();
  assert.equal(await page.locator('main li.item').count(), 10);
  await page.getByRole('searchbox', { name: 'Part of a name' }).fill('G 05');
  await press(page, 'Find');
  assert.equal(await page.locator('main li.item').count(), 10);
  await picture(page, 'forms-tags');
  await page.getByRole('link', { name: 'tag 057' }).click();
  await page.getByRole('combobox', { name: 'Unite with' }).pressSequentially('g 04');
  await page.waitForFunction(() => document.querySelectorAll('#known-tags option').length === 10);
  assert.equal(await page.locator('#known-tags option').first().getAttribute('value'), 'tag 040');
  await done(page, 'tag');
});

test('an administrator gives a colleague another address', async () => {
  const page = await visit(nuala, '/people', { viewport: laptop, scripts: false });
  await page.getByRole('link', { name: 'Jonas Feld' }).click();
  await page.getByLabel('They sign in with it').fill('MIRA@desk.example');
  await press(page, 'Keep the address');
  await page.getByText('Somebody with the e-mail MIRA@desk.example is there already.').waitFor();
  assert.equal(await page.getByLabel('They sign in with it').inputValue(), 'MIRA@desk.example');
  await page.getByLabel('They sign in with it').fill('jonas.feld@desk.example');
  await press(page, 'Keep the address');
  await page.getByText('No mail about it could be sent: tell them yourself.').waitFor(); // this desk has no mail server
  await page.goto('/audit');
  await page.getByText('E-mail address of a person changed').waitFor();
  await page.context().close();
  const jonas = await visit('Jonas.Feld@desk.example');
  await jonas.context().close();
});

test('two customers are compared by name, address or number', async () => {
  const page = await visit(mira, '/customers', { viewport: laptop, scripts: false });
  await page.getByRole('link', { name: 'Bert Quill' }).click();
  const field = page.getByLabel('Compare with, by name');
  await field.fill('agnes');
  await press(page, 'Side by side');
  await page.getByRole('heading', { name: 'Whom do you mean?' }).waitFor();
  assert.equal(await page.locator('main li.item').count(), 2);
  assert.deepEqual(await page.locator('main li.item h2').allTextContents(), ['Agnes Moor', 'Agnes Moor-Quinn']);
  await picture(page, 'forms-whom');
  await page.getByRole('link', { name: 'Side by side with Agnes Moor-Quinn' }).click();
  await page.getByRole('heading', { name: 'Are these one person?' }).waitFor();
  await page.goBack();
  await page.getByLabel('Name, address').fill('aq@quinn.example');
  await press(page, 'Find');
  await page.getByRole('heading', { name: 'Are these one person?' }).waitFor(); // there is one alone
  await page.goBack();
  await page.getByLabel('Name, address').fill('nobody at all');
  await press(page, 'Find');
  await page.getByText('Nobody else is found by this').waitFor();
  await page.context().close();
});

test('on a phone the roles stand beside what they may, and a tick beside its words', async () => {
  const page = await visit(nuala, '/permissions', { viewport: phone });
  const labels = await page.locator('td.may').evaluateAll(cells => cells.slice(0, 3).map(cell => getComputedStyle(cell, '::before').content));
  assert.deepEqual(labels, ['"agent "', '"supervisor "', '"administrator "']);
  await picture(page, 'forms-permissions-phone');
  await page.goto('/mailboxes/1');
  // the box and the beginning of its words are on one line
  const beside = name => page.getByRole('checkbox', { name }).evaluate(box => {
    const words = document.createRange();
    words.selectNodeContents(box.parentElement);
    words.setStartAfter(box);
    const [first] = words.getClientRects(), own = box.getBoundingClientRect();
    return own.right <= first.left + 1 && Math.abs(own.top - first.top) < own.height;
  });
  assert.equal(await beside('Mails of one monitoring system'), true);
  assert.equal(await beside('Answers go to From'), true);
  await picture(page, 'forms-mailbox-phone');
  await page.goto('/rules/new');
  assert.equal(await beside('It is switched on'), true);
  await done(page, 'rule-phone');
});

test('on a low screen an administrator sees the whole rail, and a shade where there is more', async () => {
  const page = await visit(nuala, '/house', { viewport: laptop });
  const rail = page.locator('.rail > ul').first();
  assert.deepEqual(await rail.evaluate(list => list.scrollHeight - list.clientHeight), 0);
  assert.equal(await page.locator('.rail a').evaluateAll(links => links.every(link => link.getClientRects().length === 0 || link.getBoundingClientRect().height >= 24)), true);
  await picture(page, 'forms-rail');
  await page.setViewportSize({ width: 1366, height: 480 });
  assert.match(await rail.evaluate(list => getComputedStyle(list).backgroundAttachment), /local.*scroll/);
  await done(page, 'rail-lower');
});
