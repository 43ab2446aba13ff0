// Where one is: in the list, which keeps its page and its place beside a conversation and when one comes back to it; in the thread, which
// opens at what a person wrote last; and in the queue, when a row has left it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openPage, phone, signIn, startBrowser } from '../harness/browser.mjs';
import { makeDesk } from '../harness/desk.mjs';
import { writeMail } from '../harness/mail.mjs';

const mira = 'mira@desk.example', count = 60; // more than a page
let desk, browser, page;
const numbers = () => page.locator('#rows .row > a').evaluateAll(rows => rows.map(row => Number(row.id.slice(4))));
const row = number => page.locator(`#row-${number}`);
const isInView = number => page.waitForFunction(id => {
  const here = document.getElementById(id)?.getBoundingClientRect(), list = document.querySelector('#rows').getBoundingClientRect();
  return here && here.top >= Math.max(list.top, 0) - 1 && here.bottom <= Math.min(list.bottom, innerHeight) + 1;
}, `row-${number}`);
const opened = number => page.waitForFunction(wanted => document.querySelector('main.conversation')?.dataset.number === wanted, String(number));
const hasFocus = number => page.waitForFunction(id => document.activeElement.id === id, `row-${number}`);

before(async () => {
  desk = makeDesk();
  desk.settle();
  for (let at = 0; at < count; at++) {
    const text = at === 1 ? `It began on Monday.\n\n${'The chain jumps, and nobody at the counter could say why.\n\n'.repeat(60)}` : 'Where is my order?';
    assert.equal(desk.deliver(writeMail({ from: `Customer ${at} <c${at}@customer.example>`, to: 'help@desk.example', subject: `Order ${at}`, text })).code, 0);
  }
  await desk.serve();
  browser = await startBrowser();
  page = await openPage(browser, desk, { viewport: { width: 1366, height: 768 } });
  await signIn(page, mira);
});
after(async () => {
  await browser?.close();
  await desk?.stop();
});

test('a row far down stays in view beside its conversation, and the list is there again when one comes back', async () => {
  await page.goto('/?view=open');
  await row(1040).click();
  await opened(1040);
  await isInView(1040);
  await page.keyboard.press('u');
  await page.waitForURL(/\/\?view=open$/);
  await isInView(1040);
  await hasFocus(1040);
  await page.goBack();
  await opened(1040);
  await isInView(1040);
});

for (const [order, sort] of [['usual', ''], ['newest', '&sort=newest']]) {
  test(`the second page stays beside its conversations in the ${order} order, and is where one comes back to`, async () => {
    await page.goto(`/?view=open${sort}`);
    const first = await numbers();
    await page.getByText('Show the next 50').click();
    await page.waitForURL(/after=/);
    const second = await numbers();
    assert.equal(first.length + second.length, count);
    await row(second[3]).click();
    await opened(second[3]);
    assert.deepEqual(await numbers(), second);
    await page.keyboard.press('j');
    await opened(second[4]);
    assert.deepEqual(await numbers(), second);
    await page.keyboard.press('u');
    await page.waitForURL(url => url.pathname === '/' && url.search.startsWith(`?view=open${sort}&after=`));
    await hasFocus(second[4]);
    assert.deepEqual(await numbers(), second);
    await page.keyboard.press('o');
    await opened(second[4]);
    await page.keyboard.press('m'); // what is done to a conversation leads back to it, and to the same list
    await page.getByRole('button', { name: 'Hand back' }).waitFor();
    assert.ok(page.url().includes(`?view=open${sort}&after=`), page.url());
    assert.deepEqual((await numbers()).filter(number => number !== second[4]), second.filter(number => number !== second[4])); // the newest order has it on top now
  });
}

test('solved, a conversation leaves the list, and the keys go on with the row that followed', async () => {
  await page.goto('/conversations/1013?view=open');
  await page.keyboard.press('e');
  await page.locator('#thread-header').getByText('solved', { exact: true }).waitFor();
  assert.equal(await row(1013).count(), 0);
  await page.keyboard.press('j');
  await opened(1014);
  await page.keyboard.press('k');
  await opened(1012);
});

test('in the list "e" solves the row with the focus, and it can be undone', async () => {
  await page.goto('/?view=open');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  const second = (await numbers())[1];
  await hasFocus(second);
  await page.keyboard.press('e');
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  assert.equal(await row(second).count(), 0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await row(second).waitFor();
});

test('a long mail opens at its beginning, whatever the desk answered by itself below it; the keys that scroll are about the thread', async () => {
  await page.goto('/conversations/1002?view=open#latest');
  const top = () => page.locator('#messages').evaluate(here => here.scrollTop);
  const begins = await page.getByText('It began on Monday.').boundingBox(), thread = await page.locator('#messages').boundingBox();
  assert.ok(begins.y >= thread.y && begins.y < thread.y + 200, `${begins.y} of ${thread.y}`);
  const before = await top();
  await page.keyboard.press('PageDown');
  await page.waitForFunction(earlier => document.querySelector('#messages').scrollTop > earlier + 100, before);
  await page.keyboard.press('Home');
  await page.waitForFunction(() => document.querySelector('#messages').scrollTop === 0);
});

test('where the panel is a sheet, Escape closes it', async () => {
  await page.setViewportSize({ width: 1280, height: 768 });
  await page.goto('/conversations/1002?view=open');
  const panel = page.getByRole('complementary', { name: 'About the customer' });
  await page.keyboard.press('z');
  await panel.waitFor();
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'hidden' });
  assert.ok(await page.evaluate(() => document.activeElement.matches('.to-about')));
  await page.setViewportSize({ width: 1366, height: 768 });
});

test('the help opens at its beginning, and Space switches nothing', async () => {
  await page.goto('/?view=open');
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await dialog.waitFor();
  await page.keyboard.press('Space');
  assert.ok(await dialog.getByLabel('Single keys are on').isChecked());
  assert.ok(await dialog.getByRole('heading', { name: 'Keys' }).isVisible());
  await page.keyboard.press('Escape');
  assert.deepEqual(page.complaints, []);
});

test('on a phone the way back leads to the place in the list', async () => {
  const pocket = await openPage(browser, desk, { viewport: phone });
  await signIn(pocket, mira);
  await pocket.goto('/?view=open');
  await pocket.locator('#row-1040').click();
  await pocket.locator('main.conversation[data-number="1040"]').waitFor();
  await pocket.getByRole('link', { name: 'Open' }).first().click();
  await pocket.waitForURL(/\/\?view=open$/);
  await pocket.waitForFunction(() => { const { top, bottom } = document.getElementById('row-1040').getBoundingClientRect(); return top >= 0 && bottom <= innerHeight; });
  assert.deepEqual(pocket.complaints, []);
  await pocket.context().close();
});

for (const [where, viewport] of [['on a phone', phone], ['where the panel is a sheet', { width: 1280, height: 768 }]]) {
  test(`without scripts the panel is reached ${where}`, async () => {
    const plain = await openPage(browser, desk, { viewport, scripts: false });
    await signIn(plain, mira);
    await plain.goto('/conversations/1005');
    await plain.getByRole('link', { name: 'About' }).click();
    await plain.getByRole('complementary', { name: 'About the customer' }).waitFor();
    await plain.getByText('Priority').first().waitFor();
    await plain.context().close();
  });
}
