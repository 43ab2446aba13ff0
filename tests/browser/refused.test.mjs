// What was not taken, in a real Chromium: a form that the desk refuses, and a form that arrives when its writer is signed out. The page
// stays live, whoever does not look is led to what was said, and what was written is where it was or is said to be lost.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { accessibilityFindings, openPage, phone, picture, signIn, startBrowser } from '../harness/browser.mjs';
import { makeDesk, password } from '../harness/desk.mjs';
import { writeMail } from '../harness/mail.mjs';

const mira = 'mira@desk.example', jonas = 'jonas@desk.example';

const answerBox = page => page.getByRole('textbox', { name: 'Your answer' });
// What this tab kept stands there once the composer's script has come.
const says = (page, words) => page.waitForFunction(text => document.querySelector('#reply-text').value === text, words);
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
const saved = page => page.getByText('Draft saved').waitFor();
const somebodyWrote = page => page.getByRole('alert').filter({ hasText: 'Somebody wrote while you were writing' });
const hasFocus = each => each.evaluate(element => element === document.activeElement);
const isInView = each => each.evaluate(element => { const { top, bottom } = element.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight && bottom > top; });

describe('what was not taken', () => {
  let desk, browser, hers, his, number = 1000;

  before(async () => {
    desk = makeDesk();
    desk.settle();
    await desk.serve();
    browser = await startBrowser();
    his = await openPage(browser, desk);
    await signIn(his, jonas);
  });
  after(async () => {
    await browser?.close();
    await desk?.stop();
  });
  beforeEach(async () => {
    number++;
    const done = desk.deliver(writeMail({ from: `Anna ${number} <anna${number}@customer.example>`, to: 'help@desk.example', subject: `Saddle ${number}`, text: 'Where is my saddle?' }));
    assert.equal(done.code, 0, done.complaint);
  });
  afterEach(() => hers?.context().close());

  const sitDown = async options => {
    hers = await openPage(browser, desk, options);
    await signIn(hers, mira);
    await hers.goto(`/conversations/${number}?view=mine`);
  };
  async function heNotes(words) {
    await his.goto(`/conversations/${number}`);
    await his.locator('label[for=mode-note]').click();
    await his.getByRole('textbox', { name: 'Your note' }).fill(words);
    await press(his, 'Keep note');
    await his.getByRole('article').filter({ hasText: words }).waitFor();
  }
  const hearsOf = words => hers.getByRole('article').filter({ hasText: words }).waitFor();
  async function signOutElsewhere() {
    const other = await hers.context().newPage();
    await other.goto('/account');
    await other.getByRole('button', { name: 'Sign out', exact: true }).click();
    await other.waitForURL(/sign-in/);
    await other.close();
  }
  async function signInHere() {
    await hers.getByLabel('E-mail').fill(mira);
    await hers.getByLabel('Password').fill(password);
    await press(hers, 'Sign in');
    await hers.getByRole('heading', { level: 1, name: `Saddle ${number}` }).waitFor();
  }

  for (const [how, options] of [['at a desk', {}], ['on a phone', { viewport: phone }], ['in the evening', { dark: true }]]) {
    test(`an answer that crossed with another stays in a live page, ${how}`, async () => {
      await sitDown(options);
      await hers.route('**/live*', route => route.abort()); // she does not hear of it
      await hers.reload();
      await answerBox(hers).fill('Dear Anna, it is on its way.');
      await saved(hers);
      await heNotes('I rang the carrier.');
      await hers.unroute('**/live*');
      await press(hers, 'Send');
      await somebodyWrote(hers).getByText('I rang the carrier.').waitFor();
      assert.equal(new URL(hers.url()).pathname + new URL(hers.url()).search, `/conversations/${number}?view=mine`);
      assert.ok(await hasFocus(somebodyWrote(hers)));
      assert.ok(await isInView(somebodyWrote(hers)));
      assert.deepEqual(await accessibilityFindings(hers), []);
      await picture(hers, `refused-crossed-${how.replaceAll(' ', '-')}`);

      await heNotes('It is in Hamburg.'); // and is told of again
      await hearsOf('It is in Hamburg.');
      await hers.getByText(/^Jonas Feld wrote just now\.$/).waitFor();
      await press(hers, 'Send anyway');
      await somebodyWrote(hers).getByText('It is in Hamburg.').waitFor();
      assert.ok(await hasFocus(somebodyWrote(hers)));
      await says(hers, 'Dear Anna, it is on its way.');
      await hers.reload(); // sends nothing
      await says(hers, 'Dear Anna, it is on its way.');
      assert.equal(await somebodyWrote(hers).count(), 0);
      await press(hers, 'Send');
      await hearsOf('it is on its way');
    });
  }

  test('what another tab wrote is shown in a page that was refused', async () => {
    await sitDown();
    await answerBox(hers).focus();
    await press(hers, 'Send');
    await hers.getByRole('alert').filter({ hasText: 'Nothing is written yet' }).waitFor();
    const other = await hers.context().newPage();
    await other.goto(`/conversations/${number}`);
    await answerBox(other).fill('Written on the left.');
    await saved(other);
    await other.close();
    await answerBox(hers).fill('Written on the right.');
    await hers.getByRole('group', { name: 'Also written by you' }).getByText('Written on the left.').waitFor();
  });

  for (const [how, options] of [['beside the thread', { viewport: { width: 1440, height: 900 } }], ['in a sheet', {}], ['on a phone', { viewport: phone }], ['on a phone without scripts', { viewport: phone, scripts: false }]]) {
    test(`a form of the panel that was refused is in sight, ${how}`, async () => {
      await sitDown(options);
      if (how === 'beside the thread') await hers.keyboard.press('i'); // folded
      await hers.goto(`/conversations/${number}?view=mine#context`);
      await hers.locator('#work summary').filter({ hasText: 'Tags' }).click();
      await hers.locator('#tag-form [name=tag]').fill(' ');
      await hers.locator('#tag-form button').last().click();
      const refusal = hers.locator('#context').getByRole('alert');
      await refusal.waitFor();
      assert.ok(await isInView(refusal));
      await picture(hers, `refused-tag-${how.replaceAll(' ', '-')}`);
      if (options.scripts === false) return;
      assert.ok(await hasFocus(refusal));
      assert.deepEqual(await accessibilityFindings(hers), []);
      await heNotes('A note beside it.');
      await hers.locator('#message-list').getByText('A note beside it.').waitFor({ state: 'attached' });
      assert.ok(await hasFocus(refusal)); // it was not taken away
    });
  }

  test('a page of the house that refused a form is asked for where its form stood', async () => {
    hers = await openPage(browser, desk);
    await signIn(hers, mira);
    await hers.goto('/account');
    await hers.getByLabel('Password now').fill('wrong');
    await hers.getByLabel('New password').fill('a longer one than before');
    await press(hers, 'Change password');
    const refusal = hers.locator('main').getByRole('alert').first();
    await refusal.waitFor();
    assert.equal(new URL(hers.url()).pathname, '/account');
    assert.ok(await hasFocus(refusal));
  });

  test('signed out in another tab, an answer says that it was not sent and is there after signing in', async () => {
    await sitDown();
    await answerBox(hers).fill('Dear Anna, it is on its way.');
    await saved(hers);
    await signOutElsewhere();
    await answerBox(hers).fill('Dear Anna, it is on its way. Mira');
    const strip = hers.getByRole('alert').filter({ hasText: 'You are signed out' });
    await strip.waitFor();
    await hers.getByText('You are signed out; kept in this tab').waitFor();
    assert.deepEqual(await accessibilityFindings(hers), []);
    await picture(hers, 'signed-out-writing');
    await press(hers, 'Send');
    const words = hers.getByRole('alert').filter({ hasText: 'You were signed out, so nothing was sent' });
    await words.getByText('kept in this tab').waitFor();
    assert.equal(await words.getByText('was not kept').isVisible(), false);
    assert.deepEqual(await accessibilityFindings(hers), []);
    await picture(hers, 'signed-out-sign-in');
    await hers.getByLabel('E-mail').fill(mira);
    await hers.getByLabel('Password').fill('wrong');
    await press(hers, 'Sign in');
    await hers.getByText('do not match').waitFor();
    await words.getByText('kept in this tab').waitFor(); // still
    await signInHere();
    assert.equal(new URL(hers.url()).search, '?view=mine');
    await says(hers, 'Dear Anna, it is on its way. Mira');
    await saved(hers);
    await press(hers, 'Send');
    await hearsOf('on its way. Mira');
    await hers.reload();
    await says(hers, '');
  });

  test('what travels with another button than Send is not lost either', async () => {
    await sitDown();
    await answerBox(hers).fill('Dear Anna,');
    await saved(hers);
    await signOutElsewhere();
    await answerBox(hers).fill('Dear Anna, more than the desk has');
    await hers.locator('#card-scripts summary').click();
    await press(hers, 'All scripts');
    await hers.getByRole('alert').getByText('kept in this tab').waitFor();
    await signInHere();
    await says(hers, 'Dear Anna, more than the desk has');
  });

  test('the link of who is signed out while writing leads back to the text', async () => {
    await sitDown({ viewport: phone });
    await answerBox(hers).fill('From the pocket');
    await saved(hers);
    await signOutElsewhere();
    await heNotes('A note for the news.'); // the page asks for it, and hears
    await hers.getByRole('link', { name: 'Sign in again' }).waitFor();
    await answerBox(hers).fill('From the pocket, signed out');
    await hers.getByText('You are signed out; kept in this tab').waitFor();
    await picture(hers, 'signed-out-writing-phone');
    await hers.getByRole('link', { name: 'Sign in again' }).click();
    await signInHere();
    await says(hers, 'From the pocket, signed out');
  });

  test('signed in again in another tab, the page goes on', async () => {
    await sitDown();
    await answerBox(hers).fill('Dear Anna');
    await saved(hers);
    await signOutElsewhere();
    await answerBox(hers).fill('Dear Anna, hello');
    await hers.getByRole('link', { name: 'Sign in again' }).waitFor();
    const other = await hers.context().newPage();
    await signIn(other, mira);
    await other.close();
    await answerBox(hers).fill('Dear Anna, hello again');
    await saved(hers);
    await hers.getByRole('link', { name: 'Sign in again' }).waitFor({ state: 'hidden' });
    await press(hers, 'Send');
    await hearsOf('hello again');
  });

  test('another form says that it was not kept, and leads back', async () => {
    await sitDown();
    await hers.locator('#work summary').filter({ hasText: 'Tags' }).click();
    await hers.locator('#tag-form [name=tag]').fill('carrier');
    await signOutElsewhere();
    await hers.locator('#tag-form button').last().click();
    await hers.getByRole('alert').getByText('What you wrote last was not kept.').waitFor();
    await signInHere();
    assert.equal(new URL(hers.url()).pathname, `/conversations/${number}`);
  });

  test('without scripts nothing is promised', async () => {
    await sitDown({ scripts: false });
    await answerBox(hers).fill('Dear Anna');
    await signOutElsewhere();
    await press(hers, 'Send');
    const words = hers.getByRole('alert').filter({ hasText: 'You were signed out, so nothing was sent' });
    await words.getByText('What you wrote last was not kept.').waitFor();
    assert.equal(await words.getByText('kept in this tab').isVisible(), false);
    await picture(hers, 'signed-out-without-scripts');
    await signInHere();
    await says(hers, '');
  });

  test('a page that follows the news keeps what was refused in sight', async () => {
    hers = await openPage(browser, desk);
    await signIn(hers, 'teodor@desk.example');
    const write = (subject, text) => assert.equal(desk.deliver(writeMail({ from: 'Max Wolf <max@wolf.example>', to: 'help@desk.example', subject, text })).code, 0);
    write('You', 'I know where you live. I will come to your office and hurt you.');
    await hers.getByRole('region', { name: 'Safety' }).getByRole('link', { name: 'See to it' }).click();
    await press(hers, 'Close the alert'); // without a word
    const refusal = hers.locator('main').getByRole('alert'), open = hers.locator('#rail').getByRole('link', { name: /^Open/ });
    await refusal.waitFor();
    assert.match(new URL(hers.url()).pathname, /^\/safety\/\d+$/);
    const before = await open.innerText();
    write('Another thing', 'When are you open?');
    await hers.waitForFunction(words => document.querySelector('#rail [href="/?view=open"]').innerText !== words, before);
    assert.ok(await hasFocus(refusal));
  });
});
