// Two agents at one conversation, in a real Chromium: drafts that nothing loses, files that travel while one writes, the preview, names in
// notes, the ways an answer goes, and knowing who else is here.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accessibilityFindings, openPage, phone, picture, signIn, startBrowser } from '../harness/browser.mjs';
import { makeDesk } from '../harness/desk.mjs';
import { writeMail } from '../harness/mail.mjs';

const mira = 'mira@desk.example', jonas = 'jonas@desk.example';
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

const answerBox = page => page.getByRole('textbox', { name: 'Your answer' });
const noteBox = page => page.getByRole('textbox', { name: 'Your note' });
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
const toNote = page => page.locator('label[for=mode-note]').click();
const saved = page => page.getByText('Draft saved').waitFor();
const ready = page => page.locator('#composer:not([data-script])').waitFor(); // its script comes when somebody stirs
const thread = page => page.getByRole('region', { name: 'Thread' });

describe('the composer', () => {
  let desk, browser, hers, his;
  const numbers = {};

  before(async () => {
    desk = makeDesk();
    desk.settle();
    for (const subject of ['First', 'Second', 'Third', 'Fourth']) {
      const done = desk.deliver(writeMail({ from: `Anna ${subject} <${subject.toLowerCase()}@customer.example>`, to: 'help@desk.example', subject, text: `Where is my saddle? (${subject})` }));
      assert.equal(done.code, 0, done.complaint);
      numbers[subject] = Object.keys(numbers).length + 1001;
    }
    await desk.serve(['--undo-delay', '20 s']);
    browser = await startBrowser();
    [hers, his] = await Promise.all([openPage(browser, desk), openPage(browser, desk)]);
    await signIn(hers, mira);
    await signIn(his, jonas);
  });
  after(async () => {
    await browser?.close();
    await desk?.stop();
  });

  async function open(page, subject) {
    await page.goto(`/conversations/${numbers[subject]}?view=open`);
    await thread(page).waitFor();
  }

  async function paste(page, box, parts) {
    await box(page).focus();
    await ready(page);
    await page.evaluate(({ parts, bytes }) => {
      const data = new DataTransfer();
      for (const [type, text] of Object.entries(parts)) data.setData(type, text);
      if (bytes) data.items.add(new File([new Uint8Array(bytes)], 'image.png', { type: 'image/png' }));
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }, { parts: parts.bytes ? {} : parts, bytes: parts.bytes ? [...parts.bytes] : null });
  }

  test('a draft is there on another device, and nobody else reads it', async () => {
    await open(hers, 'First');
    await answerBox(hers).fill('Dear Anna, the saddle');
    await saved(hers);
    await toNote(hers);
    await noteBox(hers).fill('She called twice.');
    await hers.locator('#note').getByText('Draft saved').waitFor();

    const pocket = await openPage(browser, desk, { viewport: phone, scripts: false });
    await signIn(pocket, mira);
    await open(pocket, 'First');
    assert.equal(await answerBox(pocket).inputValue(), 'Dear Anna, the saddle');
    await toNote(pocket);
    assert.equal(await noteBox(pocket).inputValue(), 'She called twice.');
    await pocket.context().close();

    await open(his, 'First'); // that, and never what
    assert.match(await his.locator('#others-write').innerText(), /Mira Lindqvist/);
    assert.ok(!(await his.content()).includes('the saddle'));
    assert.equal(await answerBox(his).inputValue(), '');
  });

  test('two tabs of one person lose nothing', async () => {
    await open(hers, 'Second');
    const other = await hers.context().newPage();
    await open(other, 'Second');
    await answerBox(hers).fill('Written on the left.');
    await saved(hers);
    await answerBox(other).fill('Written on the right.');
    const older = other.getByRole('group', { name: 'Also written by you' });
    await older.getByText('Written on the left.').waitFor();
    assert.equal(await answerBox(other).inputValue(), 'Written on the right.');
    assert.deepEqual(await accessibilityFindings(other), []);
    await picture(other, 'composer-two-tabs');
    await press(other, 'Use this text');
    await older.getByText('Written on the right.').waitFor();
    assert.equal(await answerBox(other).inputValue(), 'Written on the left.');
    await press(other, 'Put it away');
    await older.waitFor({ state: 'detached' });
    await other.close();
    await hers.reload();
    assert.equal(await answerBox(hers).inputValue(), 'Written on the left.');
  });

  test('what an answer offers, and to whom it goes besides, stands as it was', async () => {
    await open(hers, 'Fourth');
    const options = page => page.getByRole('textbox', { name: 'Options, one a line' }), copies = page => page.getByRole('textbox', { name: 'Cc', exact: true });
    await answerBox(hers).fill('Dear Anna, {{what}} is done.');
    await hers.getByText('Offer options', { exact: true }).click();
    await options(hers).fill('A new saddle\nYour money back');
    await hers.getByText('Add Cc, Bcc').click();
    await copies(hers).fill('bruno@customer.example');
    await saved(hers);
    await hers.reload();
    assert.equal(await options(hers).inputValue(), 'A new saddle\nYour money back');
    assert.ok(await options(hers).isVisible());
    assert.equal(await copies(hers).inputValue(), 'bruno@customer.example');

    const other = await hers.context().newPage(); // the same person, at two pages
    await open(other, 'Fourth');
    await answerBox(hers).focus();
    await options(other).fill('A new saddle');
    await saved(other);
    await hers.evaluate(() => document.dispatchEvent(new Event('visibilitychange'))); // looked at again
    await hers.waitForFunction(() => document.getElementById('reply-options').value === 'A new saddle');
    await options(hers).fill('Your money back');
    await saved(hers);
    await copies(other).fill(''); // has not seen that
    const older = other.getByRole('group', { name: 'Also written by you' });
    await older.getByText('Options: Your money back').waitFor();
    await picture(other, 'composer-two-offers');
    await press(other, 'Use this text');
    assert.equal(await options(other).inputValue(), 'Your money back');
    assert.equal(await copies(other).inputValue(), 'bruno@customer.example');
    await press(other, 'Put it away');
    await other.close();

    await hers.reload();
    await press(hers, 'Send and solve'); // refused: something is not filled in
    await hers.getByRole('alert').filter({ hasText: 'still to be filled in' }).waitFor();
    assert.equal(await options(hers).inputValue(), 'Your money back');
    await hers.evaluate(() => localStorage.removeItem('way')); // as in another browser
    await open(hers, 'Fourth');
    await hers.locator('#reply button.first').filter({ hasText: 'Send and solve' }).waitFor();
    assert.equal(await options(hers).inputValue(), 'Your money back');
    await press(hers, 'Discard');
    await open(hers, 'Fourth');
    assert.equal(await hers.locator('#reply-options').inputValue(), '');
    hers.complaints.length = 0; // the 422 itself
  });

  test('while the desk is away the text stays in the tab, and is saved when it is back', async () => {
    await open(hers, 'Third');
    await hers.route('**/draft', route => route.abort());
    await answerBox(hers).fill('Written in a tunnel.');
    await hers.getByText('Kept in this tab', { exact: true }).waitFor();
    await hers.unroute('**/draft');
    await hers.reload();
    assert.equal(await answerBox(hers).inputValue(), 'Written in a tunnel.');
    await saved(hers);
    await answerBox(hers).fill('Left in the middle of a w');
    await open(hers, 'Fourth'); // without a pause
    await open(his, 'Third');
    const again = await openPage(browser, desk, { scripts: false });
    await signIn(again, mira);
    await open(again, 'Third');
    assert.equal(await answerBox(again).inputValue(), 'Left in the middle of a w');
    await press(again, 'Discard');
    await again.context().close();
    hers.complaints.length = 0; // what was aborted above
  });

  test('a pasted picture stands in the answer, and the preview shows the mail', async () => {
    await open(hers, 'Third');
    await answerBox(hers).fill('Here **it** is: <b>\n\n');
    await answerBox(hers).press('Control+End');
    await paste(hers, answerBox, { bytes: png });
    const files = hers.getByRole('list', { name: 'Files that go along' });
    await files.getByRole('button', { name: 'Remove picture-1.png' }).waitFor();
    assert.match(await answerBox(hers).inputValue(), /!\[picture\]\(picture-1\.png\)/);
    await saved(hers);
    await answerBox(hers).press('Alt+p');
    const preview = hers.getByRole('group', { name: 'What they will see' });
    await preview.getByText('it', { exact: true }).waitFor();
    assert.equal(await preview.locator('strong').innerText(), 'it');
    assert.equal(await preview.getByRole('img', { name: 'picture' }).evaluate(image => image.decode().then(() => image.naturalWidth)), 1);
    assert.deepEqual(await accessibilityFindings(hers), []);
    await picture(hers, 'composer-preview');
    await answerBox(hers).press('Alt+p');
    await preview.waitFor({ state: 'detached' });
    await hers.reload(); // kept with the draft
    const dropped = hers.waitForResponse(/files\/drop$/);
    await press(hers, 'Remove picture-1.png');
    await files.waitFor({ state: 'detached' });
    await dropped;
    await hers.reload();
    assert.equal(await files.count(), 0);
  });

  test('a file that is dropped beside the composer goes along, and the page stays', async () => {
    await open(hers, 'Third');
    const isTaken = await hers.evaluate(() => {
      const data = new DataTransfer();
      data.items.add(new File(['the plan'], 'beside.txt', { type: 'text/plain' }));
      return ['dragover', 'drop'].every(type => !document.getElementById('message-list').dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true })));
    });
    assert.ok(isTaken);
    const dropped = hers.waitForResponse(/files\/drop$/);
    await hers.getByRole('button', { name: 'Remove beside.txt' }).click();
    await dropped;
    assert.ok(!await hers.locator('#composer').evaluate(each => each.classList.contains('dropping')));
  });

  test('Ctrl B and Ctrl I set words off, take it back, and the browser undoes it', async () => {
    await open(hers, 'Third');
    const is = async words => assert.equal(await answerBox(hers).inputValue(), words);
    await answerBox(hers).fill('it is here');
    await answerBox(hers).evaluate(area => area.setSelectionRange(3, 5));
    await answerBox(hers).press('Control+b');
    await is('it **is** here');
    await answerBox(hers).press('Control+i');
    await is('it ***is*** here');
    await answerBox(hers).press('Control+b');
    await is('it *is* here');
    await answerBox(hers).press('Control+z');
    await is('it ***is*** here');
    await answerBox(hers).press('Control+a');
    await answerBox(hers).press('Delete');
    await answerBox(hers).press('Control+b'); // with nothing chosen one writes between them
    await answerBox(hers).pressSequentially('now');
    await is('**now**');
    await answerBox(hers).fill('');
    await hers.waitForTimeout(100);
  });

  test('files are dropped, shown on their way, stopped, and too much is said', async () => {
    await open(hers, 'Third');
    await answerBox(hers).fill('With files.');
    let letGo;
    const gate = new Promise(done => { letGo = done; });
    await hers.route('**/draft/files', async route => { await gate; await route.continue(); });
    await hers.evaluate(() => {
      const data = new DataTransfer();
      for (const name of ['plan.txt', 'wrong.txt']) data.items.add(new File(['the plan'], name, { type: 'text/plain' }));
      for (const type of ['dragover', 'drop']) document.getElementById('reply-text').dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    });
    await hers.getByRole('progressbar', { name: 'plan.txt: on its way' }).waitFor();
    await picture(hers, 'composer-files');
    await hers.getByRole('button', { name: 'Cancel wrong.txt' }).click();
    letGo();
    await hers.getByRole('button', { name: 'Remove plan.txt' }).waitFor();
    await hers.unroute('**/draft/files');
    assert.equal(await hers.getByRole('listitem').filter({ hasText: 'wrong.txt' }).count(), 0);
    await press(hers, 'Discard');
    await hers.waitForLoadState();
    assert.equal(await answerBox(hers).inputValue(), '');
    hers.complaints.length = 0;
  });

  test('rich text is pasted as Markdown', async () => {
    await open(hers, 'Third');
    await paste(hers, answerBox, { 'text/plain': 'Dear Anna', 'text/html': '<p>Dear <b>Anna</b>, see <a href="https://godwit.example/x">this</a>:</p><ul><li>one</li><li>two</li></ul>' });
    await hers.waitForFunction(() => document.getElementById('reply-text').value.includes('two'));
    assert.equal(await answerBox(hers).inputValue(), 'Dear **Anna**, see [this](https://godwit.example/x):\n\n- one\n- two');
    await answerBox(hers).fill('');
    await hers.waitForTimeout(100);
  });

  test('"@" in a note names a colleague by keyboard', async () => {
    await open(hers, 'Third');
    await toNote(hers);
    await noteBox(hers).pressSequentially('Look at this, @te');
    const names = hers.getByRole('listbox', { name: 'Colleagues' });
    await names.getByRole('option', { name: 'Teodor Iliescu' }).waitFor();
    assert.deepEqual(await accessibilityFindings(hers), []);
    await picture(hers, 'composer-mention');
    await noteBox(hers).press('Enter');
    await names.waitFor({ state: 'detached' });
    assert.equal(await noteBox(hers).inputValue(), 'Look at this, @Teodor Iliescu ');
    await press(hers, 'Keep note');
    await hers.getByRole('article').filter({ hasText: '@Teodor Iliescu' }).waitFor();
    await hers.reload();
    assert.equal(await hers.locator('#note-text').inputValue(), ''); // it did not come back
  });

  test('each sees who else is here and who writes, and it ends when they leave', async () => {
    await open(his, 'Fourth');
    await open(hers, 'Fourth');
    await his.locator('#also-here').getByTitle('Mira Lindqvist is here').waitFor();
    await his.locator(`#row-${numbers.Fourth}`).getByTitle('Mira Lindqvist is here').waitFor();
    await answerBox(hers).pressSequentially('Dear');
    await his.locator('#others-write').getByText('Mira Lindqvist is writing an answer').waitFor();
    await his.locator('#also-here').getByTitle('Mira Lindqvist is writing an answer').waitFor();
    await answerBox(his).fill('I write all the same.'); // nothing is locked
    assert.deepEqual(await accessibilityFindings(his), []);
    await picture(his, 'composer-here');
    assert.equal(await his.locator('#also-here').getByTitle(/Jonas/).count(), 0); // oneself is no company
    await saved(hers);
    await hers.goto('/?view=open');
    await his.locator('#also-here .face').waitFor({ state: 'detached' });
    await his.locator('#others-write').getByText('Mira Lindqvist has begun an answer').waitFor();
    const there = hers.locator(`#row-${numbers.Fourth}`); // the list shows it too
    await there.getByTitle(/^Jonas Feld is/).waitFor();
    await picture(hers, 'composer-here-list');
  });

  test('what was written meanwhile stops the send, is shown, and then it goes', async () => {
    await open(his, 'Fourth');
    await open(hers, 'Fourth');
    const seen = await hers.locator('#reply [name=seen]').inputValue();
    await answerBox(hers).fill('Dear Anna, it is coming.');
    await saved(hers);
    await answerBox(his).fill('Dear Anna, from Jonas.');
    await press(his, 'Send');
    await his.getByRole('article').filter({ hasText: 'from Jonas' }).waitFor();
    await hers.getByText('Jonas Feld wrote just now.', { exact: true }).waitFor();
    assert.equal(await hers.locator('#reply [name=seen]').inputValue(), seen);
    await press(hers, 'Send');
    const notice = hers.getByRole('alert').filter({ hasText: 'Somebody wrote while you were writing' });
    await notice.getByText('Dear Anna, from Jonas.').waitFor();
    assert.equal(await answerBox(hers).inputValue(), 'Dear Anna, it is coming.');
    assert.deepEqual(await accessibilityFindings(hers), []);
    await picture(hers, 'composer-changed');
    await press(hers, 'Send anyway');
    await hers.getByRole('article').filter({ hasText: 'it is coming' }).waitFor();
    hers.complaints.length = 0; // the 409 itself
  });

  test('send and next leads on and can be undone; what was used last is at hand', async () => {
    await hers.goto('/?view=open');
    const first = await hers.locator('#rows .row > a').first().getAttribute('href'), second = await hers.locator('#rows .row > a').nth(1).getAttribute('href');
    await hers.goto(first);
    await answerBox(hers).fill('On to the next.');
    await press(hers, 'Send and next');
    await hers.waitForURL(url => url.pathname === new URL(second, desk.address).pathname);
    const notice = hers.locator('form.sent');
    await notice.getByText(/goes out in \d+ s/).waitFor();
    assert.deepEqual(await accessibilityFindings(hers), []);
    await picture(hers, 'composer-sent-next');
    await notice.getByRole('button', { name: 'Undo' }).click();
    await hers.getByText('It was not sent.').waitFor();
    assert.equal(await answerBox(hers).inputValue(), 'On to the next.');
    await hers.locator('#reply button.first').filter({ hasText: 'Send and next' }).waitFor();
    await hers.getByText('Add Cc, Bcc').click();
    await hers.getByRole('textbox', { name: 'Cc', exact: true }).press('Control+Enter'); // wherever one writes
    await hers.waitForURL(/sent=/);
    await open(hers, 'Second');
    await answerBox(hers).fill('Done with that.');
    await press(hers, 'Send and solve');
    await hers.getByRole('button', { name: 'Reopen' }).waitFor();
    await press(hers, 'Undo');
    await hers.getByRole('button', { name: 'Solve', exact: true }).waitFor();
    assert.equal(await answerBox(hers).inputValue(), 'Done with that.');
    await press(hers, 'Discard');
  });

  test('without scripts: a preview, and the next one', async () => {
    const page = await openPage(browser, desk, { scripts: false });
    await signIn(page, jonas);
    await open(page, 'First');
    await answerBox(page).fill('Dear *Anna*');
    await page.getByLabel('Attach files to your answer').setInputFiles({ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('plan') });
    await press(page, 'Preview');
    assert.equal(await page.locator('#preview em').innerText(), 'Anna');
    assert.equal(await page.getByRole('checkbox', { name: /plan\.txt/ }).isChecked(), true);
    await press(page, 'Send and next');
    assert.match(page.url(), /sent=\d+/);
    await page.locator('form.sent').getByRole('button', { name: 'Undo' }).click();
    await page.getByText('It was not sent.').waitFor();
    await page.context().close();
  });

  for (const [how, options] of [['with scripts', {}], ['without scripts', { scripts: false }], ['on a phone', { viewport: phone }]]) {
    test(`at rest it leaves the room to the thread, ${how}, and nothing of it is out of reach`, async () => {
      const page = await openPage(browser, desk, options);
      await signIn(page, jonas);
      await open(page, 'Fourth');
      const height = async () => (await page.locator('#composer').boundingBox()).height, send = page.getByRole('button', { name: 'Send', exact: true });
      const rests = () => send.waitFor({ state: 'hidden' });
      await rests();
      assert.ok(await height() < 200, `${await height()} px`);
      await answerBox(page).focus();
      await send.waitFor();
      await page.getByText('Add Cc, Bcc').click(); // stays while one is in the form, and once it is open
      await page.locator('#thread-header h1').click();
      assert.ok(await send.isVisible());
      await page.getByText('Add Cc, Bcc').click();
      await page.locator('#thread-header h1').click();
      await rests();
      await answerBox(page).fill('Somebody wrote.');
      await page.locator('#thread-header h1').click();
      assert.ok(await send.isVisible());
      await answerBox(page).fill('');
      await page.locator('#card summary').last().click(); // what is pressed while it shrinks stays under the finger
      await page.locator('#card-scripts[open]').waitFor();
      await rests();
      await page.context().close();
    });
  }

  test('the end of the thread stays in view when the composer grows', async () => {
    const page = await openPage(browser, desk, { viewport: { width: 1360, height: 480 } });
    await signIn(page, jonas);
    await open(page, 'Fourth');
    const below = () => page.locator('#messages').evaluate(here => here.scrollHeight - here.scrollTop - here.clientHeight);
    await page.locator('#messages').evaluate(here => { here.scrollTop = here.scrollHeight; });
    const earlier = await page.locator('#messages').evaluate(here => here.clientHeight);
    await answerBox(page).focus();
    await page.waitForFunction(height => document.querySelector('#messages').clientHeight < height, earlier);
    await page.waitForFunction(() => { const here = document.querySelector('#messages'); return here.scrollHeight - here.scrollTop - here.clientHeight < 2; });
    assert.ok(await below() < 2);
    await page.context().close();
  });

  test('on a phone it is all within reach', async () => {
    const page = await openPage(browser, desk, { viewport: phone });
    await signIn(page, mira);
    await open(page, 'Third');
    await answerBox(page).fill('From the pocket.');
    await page.getByText('Offer options', { exact: true }).click();
    await page.getByRole('textbox', { name: 'Options, one a line' }).fill('A new saddle');
    await answerBox(page).focus();
    await saved(page);
    assert.deepEqual(await accessibilityFindings(page), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await picture(page, 'composer-phone');
    await page.context().close();
  });

  test('no page complained', () => {
    assert.deepEqual([...hers.complaints, ...his.complaints], []);
  });

  test('a draft outlives the desk itself', async () => {
    await Promise.all([hers.context().close(), his.context().close()]);
    assert.equal(await desk.end(), 0);
    await desk.serve();
    const page = await openPage(browser, desk);
    await signIn(page, mira);
    await open(page, 'Third');
    assert.equal(await answerBox(page).inputValue(), 'From the pocket.');
    assert.equal(await page.getByRole('textbox', { name: 'Options, one a line' }).inputValue(), 'A new saddle');
    await page.context().close();
  });
});
