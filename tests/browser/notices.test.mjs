// Notices by the browser, with permission given: what is really shown, of what, when, and where a press on it leads. Each is built by the
// page as ever; the test only listens to that.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accessibilityFindings, openPage, picture, signIn, startBrowser } from '../harness/browser.mjs';
import { makeDesk } from '../harness/desk.mjs';
import { newMessageId, writeMail } from '../harness/mail.mjs';

const mira = 'mira@desk.example';
const anna = 'Anna Berg <anna@customer.example>', kofi = 'Kofi Mensah <kofi@mensah.example>';
const rude = 'You fucking arseholes <rick@rude.example>';
const secret = 'This is between us, you fucking arseholes.';

describe('notices by the browser', () => {
  let desk, browser, page;
  let told = []; // { title, body, tag } of each that the browser showed
  let wakeUp = () => {};
  const threads = new Map(); // a customer to the number and the first id of their conversation

  function write(from, text = secret) {
    const thread = threads.get(from);
    const messageId = newMessageId(from);
    const done = desk.deliver(writeMail({ from, to: 'help@desk.example', subject: 'My saddle', messageId, text,
      ...(thread && { inReplyTo: thread.id, references: thread.id }) }));
    assert.equal(done.code, 0, done.complaint);
    if (!thread) threads.set(from, { id: messageId, number: 1001 + threads.size });
  }
  async function shown(count) {
    const late = setTimeout(() => wakeUp(new Error(`${told.length} of ${count} notices came: ${JSON.stringify(told)}`)), 15_000);
    while (told.length < count) {
      const problem = await new Promise(done => { wakeUp = done; });
      if (problem) throw problem;
    }
    clearTimeout(late);
    assert.equal(told.length, count, JSON.stringify(told));
    return told.splice(0);
  }
  // The browser of a test has no other window to look at, so the page is told that it is hidden.
  const hide = (target, is) => target.evaluate(hidden => {
    if (hidden) Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    else delete document.hidden;
    document.dispatchEvent(new Event('visibilitychange'));
  }, is);
  const bell = target => target.getByRole('navigation', { name: 'Rapport' }).getByRole('link', { name: /Notices/ });
  async function choose(change) {
    await page.goto('/account');
    await change(page.locator('#notices'));
    await page.locator('#notices').getByRole('button', { name: 'Keep' }).click();
    await page.getByText('It is kept').waitFor();
  }

  before(async () => {
    desk = makeDesk();
    desk.settle();
    for (const from of [anna, kofi, rude]) write(from);
    await desk.serve();
    browser = await startBrowser();
    page = await openPage(browser, desk);
    const context = page.context();
    await context.grantPermissions(['notifications'], { origin: desk.address });
    await context.exposeBinding('heardOf', (_, notice) => { told.push(notice); wakeUp(); });
    await context.addInitScript(() => {
      const Plain = globalThis.Notification;
      globalThis.Notification = class extends Plain {
        constructor(title, options) {
          super(title, options);
          globalThis.latest = this;
          this.addEventListener('show', () => globalThis.heardOf({ title: this.title, body: this.body, tag: this.tag }));
        }
      };
    });
    await signIn(page, mira);
    for (const { number } of threads.values()) {
      await page.goto(`/conversations/${number}`);
      await page.getByRole('button', { name: 'Assign to me' }).click();
      await page.getByRole('button', { name: 'Hand back' }).waitFor();
    }
  });
  after(async () => {
    await browser?.close();
    await desk?.stop();
  });

  test('the settings say that this browser may, and it tells at any time', async () => {
    await choose(form => form.getByLabel('at any time').check());
    await page.getByText('This browser may tell you.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Let this browser tell me' }).isVisible(), false);
    assert.deepEqual(told, []);
  });

  test('one looks at another page: it is shown, says no word of the mail, and leads to the conversation', async () => {
    write(anna);
    const [notice] = await shown(1);
    assert.equal(notice.title, `Anna Berg wrote in #${threads.get(anna).number}`);
    assert.equal(notice.body, '');
    await page.evaluate(() => globalThis.latest.dispatchEvent(new Event('click')));
    await page.waitForURL(url => url.pathname === `/conversations/${threads.get(anna).number}`);
    await page.getByText('This is between us').first().waitFor();
    assert.equal(await bell(page).locator('.count').count(), 0); // opened, it is seen
  });

  test('the conversation that one looks at is not told of', async () => {
    const before = await page.getByText('This is between us').count();
    write(anna);
    await page.waitForFunction(count => document.querySelectorAll('#message-list > li.from-customer').length > count, before);
    write(kofi);
    const [notice] = await shown(1);
    assert.match(notice.title, /Kofi Mensah/);
  });

  test('hidden, what comes at once is told once, with all that it is', async () => {
    let letGo;
    const all = new Promise(done => { letGo = done; }); // however long it takes until all four are there
    await page.route('**/notices/news*', async route => { await all; await route.continue(); });
    await hide(page, true);
    for (const from of [anna, anna, kofi, anna]) write(from);
    await page.evaluate(() => { // looked at too shortly for the page to follow: it must not follow unseen, since that has seen what is told
      delete document.hidden;
      document.dispatchEvent(new Event('visibilitychange'));
      Object.defineProperty(document, 'hidden', { value: true, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    letGo();
    const [notice] = await shown(1);
    await page.unroute('**/notices/news*');
    assert.match(notice.title, /^Anna Berg wrote in #/);
    assert.match(notice.body, /^Kofi Mensah wrote in #\d+$/); // each customer once
    assert.doesNotMatch(JSON.stringify(notice), /between us/);
    await page.evaluate(() => globalThis.latest.dispatchEvent(new Event('click')));
    await page.waitForURL('**/notices');
    await page.getByRole('button', { name: 'I have seen them all' }).click();
    await page.getByText('not seen').first().waitFor({ state: 'detached' });
  });

  test('of two hidden tabs one tells, and when it is closed the other goes on', async () => {
    const other = await page.context().newPage();
    await other.goto('/account');
    await hide(other, true);
    await hide(page, true);
    write(anna);
    await shown(1);
    await other.close();
    write(kofi);
    assert.match((await shown(1))[0].title, /Kofi/);
    await hide(page, false);
  });

  test('a name that is abuse is folded, in the notice and on the page', async () => {
    await page.goto('/account');
    write(rude);
    const [notice] = await shown(1);
    assert.doesNotMatch(JSON.stringify(notice), /arseholes/);
    assert.match(notice.title, new RegExp(`wrote in #${threads.get(rude).number}$`));
    await page.goto('/notices');
    await page.getByRole('link', { name: `wrote in #${threads.get(rude).number}` }).first().waitFor();
    assert.doesNotMatch(await page.locator('main').innerText(), /arseholes/);
    await picture(page, 'notices-folded');
  });

  test('what one does not want to hear of is silent', async () => {
    await choose(form => form.getByLabel('A customer writes in one of mine, by the browser').uncheck());
    write(anna);
    await bell(page).locator('.count').waitFor(); // the bell has it
    await choose(form => form.getByLabel('A customer writes in one of mine, by the browser').check());
    write(kofi);
    assert.match((await shown(1))[0].title, /Kofi/);
  });

  test('outside of one\u2019s hours it is silent, and what was missed is not told later', async () => {
    const elsewhen = (new Date().getUTCDay() + 3) % 7; // never today, whatever the zone
    await choose(async form => {
      await form.getByLabel('in my own hours, below').check();
      for (const [at, day] of ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'].entries())
        await form.getByLabel(day, { exact: true }).setChecked(at === elsewhen);
    });
    await page.goto('/notices');
    await page.getByRole('button', { name: 'I have seen them all' }).click();
    await page.goto('/account');
    write(anna);
    await bell(page).locator('.count').waitFor();
    assert.deepEqual(told, []);
    await choose(form => form.getByLabel('at any time').check());
    write(kofi);
    assert.match((await shown(1))[0].title, /Kofi/);
  });

  test('no page complained', () => assert.deepEqual(page.complaints, []));

  test('a browser that was told not to is said kindly', async () => {
    const theirs = await openPage(browser, desk);
    await signIn(theirs, 'jonas@desk.example');
    await theirs.goto('/account#notices');
    await theirs.getByRole('button', { name: 'Let this browser tell me' }).waitFor(); // not asked yet
    await theirs.context().grantPermissions(['geolocation'], { origin: desk.address }); // that, and nothing else
    await theirs.reload();
    assert.equal(await theirs.evaluate(() => Notification.permission), 'denied');
    await theirs.getByText('This browser was told not to show notices of the desk.').waitFor();
    assert.equal(await theirs.getByRole('button', { name: 'Let this browser tell me' }).isVisible(), false);
    await theirs.locator('#browser-notices').scrollIntoViewIfNeeded();
    assert.deepEqual(await accessibilityFindings(theirs), []);
    await picture(theirs, 'notices-denied');
    assert.deepEqual(theirs.complaints, []);
    await theirs.context().close();
  });
});
