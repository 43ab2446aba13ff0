// Search and views in a real Chromium: by keyboard and by finger, with and without scripts, and while mail comes in.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accessibilityFindings, openPage, phone, picture, signIn, startBrowser } from '../harness/browser.mjs';
import { makeDesk } from '../harness/desk.mjs';

const mira = 'mira@desk.example';
let desk, browser, letters = 0;

const write = (from, subject, body) => {
  const done = desk.deliver(`From: ${from}\nTo: help@desk.example\nSubject: ${subject}\nMessage-ID: <s${++letters}@x.example>\n`
    + `MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n${body}\n`);
  assert.equal(done.code, 0, done.complaint);
};
const rail = page => page.getByRole('navigation', { name: 'Rapport' });
const hits = page => page.locator('.hit');

// What was delivered can be found a moment later.
async function find(page, query, count) {
  for (const until = Date.now() + 8000; ;) {
    await page.goto(`/search?q=${encodeURIComponent(query)}`);
    if (await hits(page).count() === count) return;
    assert.ok(Date.now() < until, `${query}: ${await hits(page).count()} found`);
  }
}

before(async () => {
  desk = makeDesk();
  desk.settle();
  await desk.serve();
  write('Agnès Moor <agnes@moor.example>', 'My panniers', 'The blue panniers of order GC-20345 leak. <script>alert(1)</script>');
  write('Bram Visser <bram@visser.example>', 'A bell', 'It rings by itself, and I am furious. This is a disgrace!');
  write('王芳 <wang@fang.example>', '退款', '我想退款，自行车坏了。');
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await desk?.stop();
});

describe('search', () => {
  test('a part of a word, another script, a number', async () => {
    const page = await openPage(browser, desk);
    await signIn(page, mira);
    await find(page, 'annier', 1);
    assert.equal(await hits(page).locator('.what mark').innerText(), 'annier');
    assert.match(await hits(page).locator('.said').innerText(), /leak\. <script>/);
    await find(page, '自行车', 1);
    assert.equal(await hits(page).locator('.said mark').innerText(), '自行车');
    await find(page, '#1002', 1);
    await find(page, '', 0);
    assert.deepEqual(page.complaints, []);
    assert.deepEqual(await accessibilityFindings(page), []);
    await page.context().close();
  });

  test('by keyboard: the slash, a suggested filter, and what was found', async () => {
    const page = await openPage(browser, desk);
    await signIn(page, mira);
    await page.keyboard.press('/');
    const field = page.getByRole('combobox').or(page.getByRole('searchbox'));
    await field.waitFor();
    await field.focus();
    await page.keyboard.type('is:un');
    await page.getByRole('option', { name: 'is:unassigned' }).waitFor();
    assert.deepEqual(await accessibilityFindings(page), []);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.equal(await field.inputValue(), 'is:unassigned ');
    await page.keyboard.type('fro');
    await page.keyboard.press('Tab');
    await page.keyboard.type('bram');
    await page.keyboard.press('Enter');
    await hits(page).first().waitFor();
    assert.equal(await hits(page).count(), 1);
    await hits(page).getByRole('link').click();
    await page.waitForURL(/conversations\/1002/);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  test('what is not understood is said, and the rest is found', async () => {
    const page = await openPage(browser, desk);
    await signIn(page, mira);
    await find(page, 'bell is:opne', 1);
    assert.match(await page.getByRole('alert').filter({ hasText: 'is:opne' }).innerText(), /is not known/);
    assert.deepEqual(await accessibilityFindings(page), []);
    for (const hostile of ['"', '\'); DROP TABLE message; --', 'NEAR(a b) OR *', '\u0000', '('.repeat(3000)]) {
      const answer = await page.goto(`/search?q=${encodeURIComponent(hostile)}`);
      assert.equal(answer.status(), 200);
    }
    await page.context().close();
  });

  test('without scripts, on a phone: filters are links', async () => {
    const page = await openPage(browser, desk, { viewport: phone, scripts: false });
    await signIn(page, mira);
    await page.goto('/search');
    await page.getByRole('searchbox').fill('panniers');
    await page.getByRole('button', { name: 'Search' }).click();
    assert.equal(await hits(page).count(), 1);
    await page.getByText('Filters', { exact: true }).click();
    await page.getByRole('link', { name: 'is:open' }).click();
    assert.equal(await page.getByRole('searchbox').inputValue(), 'panniers is:open');
    assert.equal(await hits(page).count(), 1);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth).catch(() => true), true);
    await page.context().close();
  });
});

describe('from what was found and back', () => {
  const query = 'squeaking', text = 'This gear is squeaking.';
  before(() => { for (let i = 1; i <= 34; i++) write(`Guest ${i} <g${i}@guest.example>`, `Gear ${i}`, text); });
  const numbers = page => page.locator('#rows .row > a').evaluateAll(rows => rows.map(row => row.id.replace('row-', '')));
  const secondPage = async (page, { scripts }) => {
    for (const until = Date.now() + 8000; ;) {
      await page.goto(`/search?q=${query}`);
      await page.getByRole('link', { name: 'Show more' }).click();
      await page.waitForURL(/after=/);
      if (await hits(page).count() === 4) return;
      assert.ok(Date.now() < until, `${await hits(page).count()} on the second page${scripts ? '' : ', without scripts'}`);
    }
  };

  for (const scripts of [true, false]) test(`the results stand beside a conversation, and the way back leads to them with${scripts ? '' : 'out'} scripts`, async () => {
    const page = await openPage(browser, desk, { scripts });
    await signIn(page, mira);
    await secondPage(page, { scripts });
    const found = await hits(page).evaluateAll(items => items.map(item => item.id.replace('hit-', ''))), at = new URL(page.url());
    await hits(page).nth(1).getByRole('link').click();
    await page.waitForURL(new RegExp(`conversations/${found[1]}`));
    assert.deepEqual(await numbers(page), found);
    assert.match(await page.locator('.row > a[aria-current]').getAttribute('id'), new RegExp(found[1]));
    await page.getByRole('heading', { name: `Search: ${query}` }).waitFor();
    if (scripts) {
      assert.deepEqual(await accessibilityFindings(page), []);
      await picture(page, 'search-beside');
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
    } else await page.locator('.row > a').nth(2).click();
    await page.waitForURL(new RegExp(`conversations/${found[2]}`));
    assert.deepEqual(await numbers(page), found);
    // whatever is done to it, they stay
    await page.getByRole('button', { name: 'Assign to me' }).click();
    await page.getByRole('button', { name: 'Hand back' }).waitFor();
    assert.deepEqual(await numbers(page), found);
    await page.getByRole('button', { name: 'Hand back' }).click();
    await page.getByRole('button', { name: 'Assign to me' }).waitFor();
    assert.match(page.url(), /q=squeaking/);
    assert.equal(new URL(await page.locator('.to-list').evaluate(link => link.href)).search, at.search);
    if (scripts) await page.keyboard.press('u');
    else await page.locator('.to-list').evaluate(link => link.href).then(href => page.goto(href));
    await page.waitForURL(address => address.pathname + address.search === at.pathname + at.search);
    await hits(page).first().waitFor();
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  test('two tabs with two searches know nothing of each other, and a search that is not known any more is the open ones', async () => {
    const page = await openPage(browser, desk);
    await signIn(page, mira);
    await find(page, 'panniers', 1);
    const other = await page.context().newPage();
    await find(other, 'bell', 1);
    for (const each of [page, other]) await hits(each).getByRole('link').click();
    for (const [each, number] of [[page, '1001'], [other, '1002']]) {
      await each.getByRole('button', { name: 'Assign to me' }).click();
      await each.getByRole('button', { name: 'Hand back' }).click();
      await each.getByRole('button', { name: 'Assign to me' }).waitFor();
      assert.deepEqual(await numbers(each), [number]);
    }
    await other.close();
    await page.goto('/conversations/1001?view=found');
    assert.equal(await page.locator('.to-list').innerText(), 'Open');
    await page.goto('/?view=found');
    await page.getByRole('heading', { name: 'Open', exact: true }).waitFor();
    await page.context().close();
  });

  for (const viewport of [{ width: 1366, height: 768 }, phone]) test(`the folds stand above what was found, and Back finds one's place, at ${viewport.width} px`, async () => {
    const page = await openPage(browser, desk, { viewport });
    await signIn(page, mira);
    await page.goto(`/search?q=${query}`);
    const first = await hits(page).first().boundingBox();
    for (const fold of ['Filters', 'Keep this as a view']) {
      const box = await page.getByText(fold, { exact: true }).boundingBox();
      assert.ok(box.y + box.height <= first.y && box.height >= 24, `${fold} at ${box.y}`);
    }
    assert.equal(await page.locator('.filters[open]').count(), 0);
    assert.ok(first.y < viewport.height / 2, `what was found begins at ${first.y}`);
    assert.deepEqual(await accessibilityFindings(page), []);
    await picture(page, `search-found-${viewport.width}`);
    await page.getByText('Filters', { exact: true }).click();
    await picture(page, `search-filters-${viewport.width}`);
    await page.getByText('Filters', { exact: true }).click();
    const place = () => page.evaluate(() => Math.max(scrollY, document.querySelector('main.page').scrollTop));
    await hits(page).nth(20).scrollIntoViewIfNeeded();
    const before = await place();
    assert.ok(before > 100);
    await hits(page).nth(20).getByRole('link').click();
    await page.waitForURL(/conversations/);
    await page.goBack();
    await page.waitForFunction(before => Math.abs(Math.max(scrollY, document.querySelector('main.page').scrollTop) - before) < 3, before);
    await page.goForward();
    await page.waitForURL(/conversations/);
    await page.locator('.to-list').evaluate(link => link.click());
    await page.waitForURL(/search/);
    await page.waitForFunction(() => { const { top, bottom } = document.querySelectorAll('.hit')[20].getBoundingClientRect(); return top >= 0 && bottom <= innerHeight; });
    await page.context().close();
  });
});

describe('views', () => {
  test('a view is made of a search, counted as mail comes in, and removed', async () => {
    const page = await openPage(browser, desk);
    await signIn(page, mira);
    await find(page, 'is:open bell', 1);
    await page.getByText('Keep this as a view').click();
    await page.getByLabel('Name', { exact: true }).fill('Bells');
    await page.getByLabel('For everybody').check();
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    await page.getByRole('heading', { name: 'Bells' }).waitFor();
    const count = rail(page).getByRole('link', { name: /^Bells/ }).locator('.count');
    await page.waitForFunction(() => document.querySelector('.rail [aria-current] .count')?.textContent === '1');
    write('Cy <cy@else.example>', 'Another bell', 'The bell is mute.');
    await page.waitForFunction(() => document.querySelector('.rail [aria-current] .count')?.textContent === '2', null, { timeout: 8000 });
    assert.equal(await count.innerText(), '2');
    await page.locator('.row').nth(1).waitFor();
    assert.deepEqual(await accessibilityFindings(page), []);
    await picture(page, 'view-bells');
    // the list beside a conversation is the view, and leads back to it
    await page.locator('.row a').first().click();
    await page.waitForURL(/view=saved-/);
    await page.locator('.row').nth(1).waitFor();
    await page.getByRole('button', { name: 'Solve', exact: true }).first().click();
    await page.waitForFunction(() => [...document.querySelectorAll('.rail a')].find(a => a.textContent.includes('Bells'))?.querySelector('.count')?.textContent === '1', null, { timeout: 8000 });
    await rail(page).getByRole('link', { name: /^Bells/ }).click();
    await page.getByText('Everybody’s view').click();
    await page.getByText('Remove this view').click();
    await page.getByText('It goes from everybody’s rail.').waitFor();
    await page.getByRole('button', { name: 'Remove it' }).click();
    await page.getByRole('heading', { name: 'Open', exact: true }).waitFor();
    assert.equal(await rail(page).getByText('Bells').count(), 0);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  test('a name that is taken is said beside the field, without scripts too', async () => {
    const page = await openPage(browser, desk, { scripts: false });
    await signIn(page, mira);
    for (const [, words] of [[1, null], [2, /already/]].entries()) {
      await page.goto('/search?q=panniers');
      await page.getByText('Keep this as a view').click();
      await page.getByLabel('Name', { exact: true }).fill('Panniers');
      await page.getByRole('button', { name: 'Keep', exact: true }).click();
      if (words[1]) assert.match(await page.getByRole('alert').filter({ hasText: 'view' }).innerText(), words[1]);
      else await page.getByRole('heading', { name: 'Panniers' }).waitFor();
    }
    await page.context().close();
  });

  const makeView = async (page, query, name, isShared) => {
    await page.goto(`/search?q=${encodeURIComponent(query)}`);
    await page.getByText('Keep this as a view').click();
    await page.getByLabel('Name', { exact: true }).fill(name);
    if (isShared) await page.getByLabel('For everybody').check();
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    await page.getByRole('heading', { name }).waitFor();
  };
  const counted = (page, name, count) => page.waitForFunction(([name, count]) =>
    [...document.querySelectorAll('.rail a')].find(a => a.textContent.includes(name))?.querySelector('.count')?.textContent === count, [name, count], { timeout: 8000 });

  test('a view is changed, and a colleague who has it open sees it become another', async () => {
    const page = await openPage(browser, desk), colleague = await openPage(browser, desk);
    await signIn(page, mira);
    await signIn(colleague, 'jonas@desk.example');
    await makeView(page, 'panniers', 'Leaking', true);
    await counted(page, 'Leaking', '1');
    await colleague.goto('/?view=open');
    await rail(colleague).getByRole('link', { name: /^Leaking/ }).click();
    await colleague.getByRole('heading', { name: 'Leaking' }).waitFor();
    await colleague.getByText('Everybody’s view').click();
    assert.equal(await colleague.getByRole('button', { name: 'Change this view' }).count(), 0); // it is not theirs to change
    await page.getByText('Everybody’s view').focus(); // by keyboard alone
    await page.keyboard.press('Enter');
    await page.getByLabel('Name', { exact: true }).focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('Ringing');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('from:bram');
    assert.deepEqual(await accessibilityFindings(page), []);
    await picture(page, 'view-change');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Ringing' }).waitFor();
    await counted(page, 'Ringing', '1');
    await page.locator('.row').getByText('Bram Visser').waitFor();
    assert.equal(await page.locator('.row').count(), 1);
    await colleague.getByRole('heading', { name: 'Ringing' }).waitFor();
    await colleague.locator('.row').getByText('Bram Visser').waitFor();
    assert.equal(await rail(colleague).getByText('Leaking').count(), 0);
    assert.deepEqual([...page.complaints, ...colleague.complaints], []);
    await page.context().close();
    await colleague.context().close();
  });

  // Axe needs scripts, so the same is done on a page that has them.
  for (const scripts of [false, true]) test(`what a view cannot become is said beside the field, on a phone with${scripts ? '' : 'out'} scripts`, async () => {
    const page = await openPage(browser, desk, { scripts, viewport: phone }), which = scripts ? 'S' : 'P';
    await signIn(page, mira);
    await makeView(page, 'bell', `${which} bells`);
    await makeView(page, 'saddle', `${which} saddles`);
    await page.getByText('Your view').click();
    const name = page.getByLabel('Name', { exact: true }), query = page.getByLabel('What it looks for');
    await name.fill(`${which} BELLS`);
    await query.fill('saddle is:opne');
    await page.getByRole('button', { name: 'Change this view' }).click();
    await page.locator('#view-name-problem').waitFor();
    assert.equal(await name.inputValue(), `${which} BELLS`);
    assert.equal(await query.inputValue(), 'saddle is:opne');
    assert.match(await page.locator('#view-query-problem').innerText(), /is:opne/);
    assert.match(await page.locator('#view-name-problem').innerText(), /already/);
    assert.equal(await query.getAttribute('aria-describedby'), 'view-query-problem');
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    if (scripts) assert.deepEqual(await accessibilityFindings(page), []);
    await picture(page, `view-change-problem-${which}`);
    await name.fill(`${which} seats`);
    await query.fill('saddle is:open');
    await page.getByRole('button', { name: 'Change this view' }).click();
    await page.getByRole('heading', { name: `${which} seats` }).waitFor();
    await page.context().close();
  });

  test('who changes a view that somebody changed meanwhile hears of it first', async () => {
    const page = await openPage(browser, desk), other = await openPage(browser, desk);
    await signIn(page, mira);
    await signIn(other, mira);
    await makeView(page, 'bell', 'First');
    await other.goto(page.url());
    for (const each of [page, other]) await each.getByText('Your view').click();
    await page.getByLabel('Name', { exact: true }).fill('Second');
    await page.getByRole('button', { name: 'Change this view' }).click();
    await page.getByRole('heading', { name: 'Second' }).waitFor();
    await other.getByLabel('Name', { exact: true }).fill('Third');
    await other.getByRole('button', { name: 'Change this view' }).click();
    await other.getByRole('alert').filter({ hasText: 'meanwhile' }).waitFor();
    await other.getByRole('heading', { name: 'Second' }).waitFor();
    assert.equal(await other.getByLabel('Name', { exact: true }).inputValue(), 'Third');
    assert.deepEqual(await accessibilityFindings(other), []);
    await other.getByRole('button', { name: 'Change this view' }).click();
    await other.getByRole('heading', { name: 'Third' }).waitFor();
    await page.context().close();
    await other.context().close();
  });

  test('every view of the rail opens, in another order too, on a phone as on a desk', async () => {
    const page = await openPage(browser, desk);
    await signIn(page, mira);
    await page.locator('.fold summary').click();
    for (const view of ['open', 'mine', 'unassigned', 'upset', 'waiting', 'due', 'snoozed', 'mentions', 'following', 'drafts', 'solved']) {
      const answer = await page.goto(`/?view=${view}`);
      assert.equal(answer.status(), 200);
      assert.equal(await rail(page).locator('[aria-current]').count(), 1, view);
      assert.ok(await rail(page).locator('[aria-current]').isVisible(), view);
    }
    await page.goto('/?view=open');
    await page.locator('.order summary').first().click();
    await page.getByRole('link', { name: 'The newest change comes first' }).click();
    await page.locator('.row').first().waitFor();
    await page.setViewportSize(phone);
    assert.deepEqual(await accessibilityFindings(page), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
});
