// What guides an answer, in a real Chromium: the steps above it, scripts by a press and by "/", blanks that hold an answer back,
// supervisors who change the words, calls that are logged, and what stays private.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accessibilityFindings, openPage, phone, picture, signIn, startBrowser } from '../harness/browser.mjs';
import { makeDesk } from '../harness/desk.mjs';
import { writeMail } from '../harness/mail.mjs';
import { startSmtpPeer } from '../harness/smtp-peer.mjs';

const mira = 'mira@desk.example';
const teodor = 'teodor@desk.example'; // an administrator
let desk, peer, browser;
let mails = 0;

function customerWrites({ name, subject, text, address = `guided-${++mails}@customer.example` }) {
  const { code, complaint } = desk.deliver(writeMail({ from: `${name} <${address}>`, to: 'help@desk.example', subject, text }));
  assert.equal(code, 0, complaint);
  return address;
}
const frustrated = 'I have been waiting for three weeks for my refund and I am very frustrated. I called twice and nobody listened.';
const open = async (page, name) => {
  await page.goto('/?view=open');
  await page.getByRole('link', { name: new RegExp(name) }).click();
  await page.getByRole('region', { name: 'Thread' }).waitFor();
};
// What the customer writes next, in the same conversation.
const numberOf = page => new URL(page.url()).pathname.split('/').at(-1);
const writesAgain = (page, name, subject, address, text) => customerWrites({ name, subject: `Re: ${subject} [#${numberOf(page)}]`, text, address });
const answer = page => page.getByRole('textbox', { name: 'Your answer' });
const steps = page => page.getByRole('list', { name: 'Steps' });

before(async () => {
  desk = makeDesk();
  desk.settle();
  peer = await startSmtpPeer(() => '250 2.0.0 taken');
  await desk.serve(['--smtp-url', peer.smtpUrl]);
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await desk?.stop();
  await peer?.stop();
});

describe('every page is for everybody', () => {
  const looks = [['on a desktop', { viewport: { width: 1280, height: 800 } }], ['on a phone', { viewport: phone }],
    ['in the dark', { viewport: { width: 1280, height: 800 }, dark: true }], ['on a phone in the dark', { viewport: phone, dark: true }]];
  const pages = ['/protocols', '/protocols/hostile', '/protocols/frustrated/edit', '/protocols/new', '/protocols/calm/history', '/scripts',
    '/scripts?q=nothing+has+these+words', '/scripts/security-money-back', '/scripts/security-money-back/edit', '/scripts/new', '/conversations/new', '/reflections'];

  for (const [look, options] of looks) {
    test(`with folds open ${look}`, async () => {
      customerWrites({ name: `Karim ${look}`, subject: 'Where is my money', text: frustrated });
      const page = await openPage(browser, desk, options);
      await signIn(page, teodor);
      for (const address of pages) {
        await page.goto(address);
        assert.deepEqual(await accessibilityFindings(page), [], address);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, `${address} is wider than the screen`);
      }
      await open(page, `Karim ${look}`);
      await page.locator('#card-how > summary').click();
      assert.deepEqual(await accessibilityFindings(page), []);
      await picture(page, `guidance ${look}`);
      await page.locator('#card-scripts > summary').click();
      await page.getByRole('button', { name: 'All scripts' }).click();
      await page.getByRole('heading', { name: /Scripts for #/ }).waitFor();
      assert.deepEqual(await accessibilityFindings(page), []);
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });
  }
});

test('the steps follow the customer, and the agent may take other ones', async () => {
  const address = customerWrites({ name: 'Selma Step', subject: 'A refund', text: frustrated });
  const page = await openPage(browser, desk);
  await signIn(page, mira);
  await open(page, 'Selma Step');
  await answer(page).focus(); // the steps stand there while one writes
  assert.deepEqual(await steps(page).getByRole('checkbox').evaluateAll(all => all.map(each => `${each.dataset.step} ${each.ariaChecked}`)),
    ['restate false', 'empathy false', 'options false', 'next_step false', 'agreement false']);
  await page.locator('#card-how > summary').click();
  await page.getByLabel('Use another protocol').selectOption({ label: 'Saying no' });
  await page.getByRole('button', { name: 'Use it' }).click();
  await answer(page).focus();
  await page.locator('[data-step=who_decides]').waitFor();
  writesAgain(page, 'Selma Step', 'A refund', address, 'Good morning, one more question: which form do I need? Thank you.');
  await page.locator('.message.new').waitFor();
  await page.locator('#card-how > summary', { hasText: 'A calm message' }).waitFor(); // without loading the page again
  assert.equal(await page.locator('[data-step=who_decides]').count(), 0);
  await page.context().close();
});

test('"/" at the beginning of a line, with the keyboard alone', async () => {
  const address = customerWrites({ name: 'Petra Stroke', subject: 'Broken on arrival', text: 'It came broken. I am disappointed.' });
  const page = await openPage(browser, desk);
  await signIn(page, mira);
  await open(page, 'Petra Stroke');
  await answer(page).focus();
  await page.keyboard.type('Either/or.'); // within a line it is a stroke
  await page.keyboard.press('Enter');
  await page.keyboard.press('/');
  const field = page.getByRole('combobox', { name: 'Find a script' });
  await field.waitFor();
  assert.deepEqual(await accessibilityFindings(page), []);
  await page.keyboard.type('arrived bro');
  await page.getByRole('listbox', { name: 'Scripts' }).getByRole('option', { name: /It arrived broken/ }).waitFor();
  await page.waitForFunction(() => document.querySelectorAll('dialog.pick[open] [role=option]').length === 1);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => !document.querySelector('dialog.pick').open);
  assert.match(await answer(page).inputValue(), /^Either\/or\.\n\nHello Petra,\n\nyou looked forward to \{\{thing\}\}/);
  await page.keyboard.type('your lamp'); // the first blank is selected
  assert.match(await answer(page).inputValue(), /you looked forward to your lamp and got it broken/);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText(/Something is still to be filled in, so nothing was sent: {{amount}}\./).waitFor();
  await answer(page).fill((await answer(page).inputValue()).replace('{{amount}}', '40 euros'));
  await page.getByRole('button', { name: 'Send anyway' }).click();
  await page.locator('.from-agent').waitFor();
  const conversation = page.url();
  await page.goto('/scripts/damaged-on-arrival');
  await page.getByText('Used once. Not enough yet to say how it went: 0 of 10 customers wrote again.').waitFor();
  await page.goto(conversation);
  writesAgain(page, 'Petra Stroke', 'Broken on arrival', address, 'Wonderful, thank you so much, that makes me happy.');
  await page.goto('/scripts/damaged-on-arrival');
  await page.getByText('1 of 10 customers wrote again.').waitFor();
  assert.deepEqual(page.complaints.filter(each => !/422/.test(each)), []);
  await page.context().close();
});

test('"/" twice is a stroke, and Escape leads back', async () => {
  customerWrites({ name: 'Paul Path', subject: 'A path', text: 'Where do I find the file?' });
  const page = await openPage(browser, desk);
  await signIn(page, mira);
  await open(page, 'Paul Path');
  await answer(page).focus();
  await page.keyboard.press('/');
  await page.getByRole('combobox', { name: 'Find a script' }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('etc');
  assert.equal(await answer(page).inputValue(), '/etc');
  await answer(page).fill('');
  await page.keyboard.press('/');
  await page.locator('dialog.pick[open] [role=option]').first().waitFor();
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.activeElement?.id === 'reply-text');
  assert.equal(await answer(page).inputValue(), '');
  await page.context().close();
});

test('a script by a press stands where the writer is', async () => {
  customerWrites({ name: 'Greta Press', subject: 'A refund', text: frustrated });
  const page = await openPage(browser, desk);
  await signIn(page, mira);
  await open(page, 'Greta Press');
  await answer(page).fill('Above.');
  await page.locator('#card-scripts > summary').click();
  await page.getByRole('button', { name: 'Two ways, and the choice is theirs' }).click();
  await page.waitForFunction(() => document.querySelector('#reply-text').value.includes('Hello Greta'));
  assert.match(await answer(page).inputValue(), /^Above\.\n\nHello Greta,/);
  await page.context().close();
});

test('without scripts of the page everything works too', async () => {
  customerWrites({ name: 'Nora Plain', subject: 'A refund', text: frustrated });
  const page = await openPage(browser, desk, { scripts: false });
  await signIn(page, mira);
  await open(page, 'Nora Plain');
  await answer(page).fill('My own beginning.');
  await page.locator('#card-scripts > summary').click();
  await page.getByRole('button', { name: 'Two ways, and the choice is theirs' }).click();
  assert.match(await answer(page).inputValue(), /^My own beginning\.\n\nHello Nora,/);
  await page.locator('#card-scripts > summary').click();
  await page.getByRole('button', { name: 'All scripts' }).click();
  await page.getByLabel('Part of a name or text').fill('settled');
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByRole('button', { name: 'Use it: Asking whether it is settled' }).click();
  assert.match(await answer(page).inputValue(), /My own beginning\.[^]*Is it settled for you too\?/);
  await page.context().close();
});

test('a supervisor changes the words and sees what changed', async () => {
  const page = await openPage(browser, desk);
  await signIn(page, teodor);
  await page.goto('/scripts/no-news-yet');
  await page.getByRole('link', { name: 'Change it' }).click();
  await page.getByLabel('Text').fill('Hello {{customer.first}},\n\nI have no news yet, and I write because I promised to.');
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.getByText('It is kept. Everybody has it from now on.').waitFor();
  await page.getByRole('link', { name: 'History' }).click();
  await page.locator('ins', { hasText: 'because I promised to' }).waitFor();
  await page.locator('del', { hasText: 'I promised to write today' }).waitFor();
  assert.deepEqual(await accessibilityFindings(page), []);
  await picture(page, 'history of a script');
  await page.getByRole('button', { name: 'Bring it back: version 1' }).click();
  await page.getByText(/Version 3, back to version 1/).waitFor();
  await page.context().close();
});

test('an agent reads them and finds no way to change them', async () => {
  const page = await openPage(browser, desk);
  await signIn(page, mira);
  await page.getByRole('navigation', { name: 'Rapport' }).getByRole('link', { name: 'Protocols' }).click();
  await page.getByRole('link', { name: 'A hostile customer' }).click();
  await page.getByRole('heading', { name: 'Say it is hard to focus' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Change it' }).count(), 0);
  await page.goto('/protocols/hostile/edit');
  await page.getByText('This is not open to the role').waitFor();
  await page.context().close();
});

test('a call is logged while they talk', async () => {
  const page = await openPage(browser, desk, { viewport: phone });
  await signIn(page, mira);
  await page.getByRole('link', { name: 'More', exact: true }).click(); // the rest of the rail, on a small screen
  await page.getByRole('link', { name: 'Log a call' }).click();
  await page.getByRole('complementary', { name: 'Protocol' }).getByText('Listen to the end.').waitFor();
  await page.getByLabel('What they say, in their own words').fill('I am furious. The lamp broke on the first day and nobody answers the phone.');
  await page.getByLabel('Their name').fill('Old Tom');
  await page.getByLabel('Phone', { exact: true }).fill('01 234 5678');
  await page.getByRole('button', { name: 'Keep it, with me' }).click();
  await page.getByText(/The number to tell them is #/).waitFor();
  const said = page.locator('.from-customer');
  await said.getByText('on the phone').waitFor();
  await page.getByRole('note', { name: 'Reading of this message' }).waitFor();
  await page.getByText('This customer has no address that mail can be sent to.').waitFor();
  assert.deepEqual(await accessibilityFindings(page), []);
  await picture(page, 'a logged call on a phone');
  await page.context().close();
});

test('what I keep for myself is mine, and stays while others write', async () => {
  const address = customerWrites({ name: 'Rosa Quiet', subject: 'A hard one', text: frustrated });
  const page = await openPage(browser, desk), other = await openPage(browser, desk);
  await signIn(page, mira);
  await open(page, 'Rosa Quiet');
  await page.locator('#reflect-before > summary').click();
  await page.getByLabel('What is my intention?').fill('To listen before I explain.');
  writesAgain(page, 'Rosa Quiet', 'A hard one', address, 'Are you still there?');
  await page.locator('.message.new').waitFor();
  assert.equal(await page.getByLabel('What is my intention?').inputValue(), 'To listen before I explain.');
  await page.getByRole('button', { name: 'Keep for myself' }).click();
  await page.getByText('(kept)').waitFor();
  const path = new URL(page.url()).pathname;
  await signIn(other, teodor);
  for (const each of [path, '/reflections', '/account']) {
    await other.goto(each);
    assert.ok(!(await other.content()).includes('before I explain'), each);
  }
  await page.goto('/reflections');
  await page.getByText('To listen before I explain.').waitFor();
  await page.getByRole('button', { name: /Forget/ }).click();
  await page.getByText('Nothing is kept').waitFor();
  await page.context().close();
  await other.context().close();
});
