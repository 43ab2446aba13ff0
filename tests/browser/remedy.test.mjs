// Remedies in a real Chromium: an agent gives what they may, asks for more, and a second person decides; two who decide at once; who
// may not; and all of it once without scripts. On each database.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accessibilityFindings, openPage, phone, picture, signIn, startBrowser } from '../harness/browser.mjs';
import { databases, makeDesk } from '../harness/desk.mjs';
import { tabTo } from '../harness/keyboard.mjs';
import { writeMail } from '../harness/mail.mjs';
import { startSmtpPeer } from '../harness/smtp-peer.mjs';

const people = { mira: 'mira@desk.example', jonas: 'jonas@desk.example', teodor: 'teodor@desk.example', nuala: 'nuala@desk.example' };
const complaint = 'I am very disappointed. The saddle I paid 180 euros for came torn, and nobody answered my first letter. I want my money back.';

const panel = page => page.getByRole('complementary', { name: 'About the customer' });
const card = (page, title) => page.getByRole('region', { name: title, exact: true });
const press = (place, name) => place.getByRole('button', { name, exact: true }).click();

for (const database of databases) {
  describe(`remedies on ${database}`, () => {
    let desk, peer, browser, mira, teodor, nuala;

    const openAs = async (email, options) => {
      const page = await openPage(browser, desk, options);
      await signIn(page, email);
      return page;
    };
    const toConversation = page => page.goto('/conversations/1001');
    const fillIn = async (page, { kind = 'refund', amount, reason }) => {
      await panel(page).getByText('Give a remedy').click();
      await panel(page).getByRole('combobox').selectOption(kind);
      await panel(page).getByLabel('Amount').fill(amount);
      await panel(page).getByLabel('Why').fill(reason);
      await press(panel(page), 'Give it');
    };
    const setLimit = async (page, role, scope, amount, days = '30') => {
      await page.goto('/limits');
      await page.getByRole('combobox', { name: 'Role' }).selectOption(role);
      await page.getByRole('combobox', { name: 'What is limited' }).selectOption(scope);
      await page.getByLabel('Up to, in EUR').fill(amount);
      await page.getByLabel('For totals').fill(days);
      await press(page, 'Set this limit');
      await page.getByText('It is kept, and holds from now on.').waitFor();
    };

    before(async () => {
      desk = makeDesk({ database });
      desk.settle();
      desk.run(['set', 'notices-after', '0']);
      peer = await startSmtpPeer();
      await desk.serve(['--smtp-url', peer.smtpUrl]);
      const done = desk.deliver(writeMail({ from: 'Anna Berg <anna@customer.example>', to: 'help@desk.example', subject: 'A torn saddle', text: complaint }));
      assert.equal(done.code, 0, done.complaint);
      browser = await startBrowser();
      mira = await openAs(people.mira, { viewport: { width: 1440, height: 900 } });
      teodor = await openAs(people.teodor, { viewport: { width: 1440, height: 900 } });
      nuala = await openAs(people.nuala);
      for (const page of [teodor, nuala]) { // they hear by mail at whatever hour this runs
        await page.goto('/account');
        await page.getByLabel('at any time').check();
        await page.locator('#notices').getByRole('button', { name: 'Keep' }).click();
        await page.locator('#notices').getByText('It is kept').waitFor();
      }
    });
    after(async () => {
      await browser?.close();
      await desk?.stop();
      await peer?.stop();
    });

    test('those above set the limits', async () => {
      await setLimit(nuala, 'supervisor', 'each', '500');
      await setLimit(teodor, 'agent', 'each', '50');
      await setLimit(teodor, 'agent', 'customer', '80');
      assert.deepEqual(await teodor.getByRole('combobox', { name: 'Role' }).locator('option').allInnerTexts(), ['agent']);
      assert.deepEqual(await accessibilityFindings(nuala), []);
      await picture(nuala, `remedy-${database}-limits`);
    });

    test('within the limit it is given at once', async () => {
      await toConversation(mira);
      await panel(mira).getByText('Give a remedy').click();
      await panel(mira).getByText('You may give up to 50.00 EUR. The limit is 50.00 EUR each.').waitFor();
      assert.deepEqual(await accessibilityFindings(mira), []);
      await picture(mira, `remedy-${database}-form`);
      await panel(mira).getByText('Give a remedy').click();
      await fillIn(mira, { amount: '40', reason: 'The saddle came torn.' });
      await card(mira, 'Refund of 40.00 EUR').getByText('given by you, just now').waitFor();
      await panel(mira).getByText('given by you, just now; still to be paid or sent').waitFor();
      await panel(mira).getByText('Give a remedy').click();
      await panel(mira).getByText('You may give up to 40.00 EUR. The limit is 80.00 EUR to one customer in 30 days; 40.00 EUR was given already.').waitFor();
    });

    test('above it, a second person is asked', async () => {
      await toConversation(mira);
      await fillIn(mira, { amount: '140', reason: 'All of it: it cannot be repaired.' });
      await mira.getByText('This goes further than you may go by yourself.').waitFor();
      assert.deepEqual(await accessibilityFindings(mira), []);
      await picture(mira, `remedy-${database}-above`);
      await mira.getByLabel('A decision is needed within').fill('4');
      await press(mira, 'Ask for approval');
      await card(mira, 'Refund of 140.00 EUR').getByText(/waits for approval, needed by \d+ \w+ \d{4}, \d\d:\d\d/).waitFor();
      await card(mira, 'Refund of 140.00 EUR').getByRole('button', { name: 'Withdraw the request' }).waitFor();
      await toConversation(mira);
      assert.equal(await mira.getByRole('button', { name: 'Approve' }).count(), 0);
    });

    test('who can decide hears of it by mail and on the rail', async () => {
      const asks = () => peer.taken.filter(each => /asks for approval of a refund of 140\.00 EUR/.test(each.mail.text));
      await peer.until(() => asks().length >= 2, 'to both who may decide');
      await teodor.goto('/');
      await teodor.getByRole('link', { name: /Approvals 1 wait for you/ }).click();
      await teodor.getByRole('heading', { name: 'Refund of 140.00 EUR for Anna Berg' }).waitFor();
      assert.deepEqual(await accessibilityFindings(teodor), []);
      await picture(teodor, `remedy-${database}-approvals`);
    });

    test('the second person approves, and the thread of the first shows it without a reload', async () => {
      await toConversation(mira);
      await mira.evaluate(() => { window.wasHereAllTheTime = true; });
      await toConversation(teodor);
      const asked = card(teodor, 'Refund of 140.00 EUR');
      assert.deepEqual(await accessibilityFindings(teodor), []);
      await picture(teodor, `remedy-${database}-decide`);
      await asked.getByLabel('Amount in EUR').fill('130');
      await asked.getByLabel('Why, for Mira Lindqvist').fill('The case stays with her.');
      await teodor.keyboard.press('Enter'); // which decides nothing
      await tabTo(teodor, asked.getByRole('button', { name: 'Approve' }), 2);
      await teodor.keyboard.press('Enter');
      await card(teodor, 'Refund of 130.00 EUR').getByText('approved by you, just now; 140.00 EUR was asked for').waitFor();
      await card(mira, 'Refund of 130.00 EUR').getByText('approved by Teodor Iliescu, just now; 140.00 EUR was asked for').waitFor({ timeout: 20_000 });
      await card(mira, 'Refund of 130.00 EUR').getByText('The case stays with her.').waitFor();
      assert.equal(await mira.evaluate(() => window.wasHereAllTheTime), true);
    });

    test('it was paid, and the journal says all of it', async () => {
      await card(mira, 'Refund of 130.00 EUR').getByText('It was paid or sent').click();
      await card(mira, 'Refund of 130.00 EUR').getByLabel('How, for the record').fill('bank transfer 77');
      await press(card(mira, 'Refund of 130.00 EUR'), 'Mark as done');
      await card(mira, 'Refund of 130.00 EUR').getByText('carried out just now by Mira Lindqvist: bank transfer 77').waitFor();
      await panel(mira).getByText('What happened').click();
      const journal = await panel(mira).locator('.history').innerText();
      for (const line of [/Mira Lindqvist gave a remedy: refund of 40\.00 EUR/, /Mira Lindqvist asked for approval: refund of 140\.00 EUR/,
        /Teodor Iliescu approved: refund of 130\.00 EUR/, /Mira Lindqvist carried out: refund of 130\.00 EUR/]) assert.match(journal, line);
      assert.deepEqual(await accessibilityFindings(mira), []);
      await picture(mira, `remedy-${database}-thread`);
    });

    test('of two who decide at once, the second is told who was first', async () => {
      await toConversation(mira);
      await fillIn(mira, { kind: 'credit', amount: '60', reason: 'For the waiting.' });
      await press(mira, 'Ask for approval');
      await card(mira, 'Credit of 60.00 EUR').waitFor();
      for (const page of [teodor, nuala]) {
        await page.goto('/approvals');
        await page.getByLabel('Why, for Mira Lindqvist').fill('It is fair.');
      }
      const answers = await Promise.all([teodor, nuala].map(async page => {
        const [answer] = await Promise.all([page.waitForResponse(each => each.request().method() === 'POST'), press(page, 'Approve')]);
        return answer.status();
      }));
      assert.deepEqual(answers.sort(), [303, 409]);
      const late = [teodor, nuala][await teodor.getByRole('heading', { name: 'Somebody was faster' }).count() ? 0 : 1];
      await late.getByText(/has approved this already; your decision was not kept\./).waitFor();
      assert.deepEqual(await accessibilityFindings(late), []);
      await picture(late, `remedy-${database}-conflict`);
      const found = JSON.parse(desk.run(['check', '--json']));
      assert.equal(found.ok, true);
    });

    test('the ledger adds up and leaves as a file', async () => {
      await teodor.goto('/remedies');
      await teodor.getByRole('row', { name: /refund agent 1 40\.00 EUR 0\.00 EUR/ }).waitFor();
      await teodor.getByRole('row', { name: /refund supervisor 1 130\.00 EUR 130\.00 EUR/ }).waitFor();
      assert.deepEqual(await accessibilityFindings(teodor), []);
      await picture(teodor, `remedy-${database}-ledger`);
      const [download] = await Promise.all([teodor.waitForEvent('download'), teodor.getByRole('link', { name: /CSV/ }).click()]);
      assert.match(download.suggestedFilename(), /^remedies-\d{4}-\d\d\.csv$/);
    });

    test('agents neither approve nor set limits', async () => {
      const jonas = await openAs(people.jonas);
      assert.equal(await jonas.getByRole('link', { name: /Approvals/ }).count(), 0);
      for (const path of ['/approvals', '/remedies', '/remedies.csv']) assert.equal((await jonas.goto(path)).status(), 403, path);
      await jonas.goto('/limits');
      await jonas.getByText('Agent: up to 50.00 EUR each, any remedy').waitFor();
      assert.equal(await jonas.getByRole('button', { name: /End|Set this limit|Keep/ }).count(), 0);
      await jonas.context().close();
    });

    test('without scripts, on a phone, in the dark', async () => {
      const page = await openAs(people.mira, { viewport: phone, scripts: false, dark: true });
      await page.goto('/conversations/1001/remedy');
      await page.getByRole('combobox').selectOption('gesture');
      await page.getByLabel('Amount').fill('1.234');
      await page.getByLabel('Why').fill('A bell, for the wait.');
      await press(page, 'Give it');
      await page.getByText(/cannot be read as an amount/).waitFor();
      assert.equal(await page.getByLabel('Why').inputValue(), 'A bell, for the wait.');
      await page.getByLabel('Amount').fill('12');
      await press(page, 'Give it');
      await page.getByText('This goes further than you may go by yourself.').waitFor(); // the customer had 80.00 long since
      await picture(page, `remedy-${database}-phone-above`);
      await press(page, 'Ask for approval');
      const asked = card(page, 'Gesture of 12.00 EUR');
      await asked.getByText(/waits for approval, needed by/).waitFor();
      await picture(page, `remedy-${database}-phone-thread`);
      await press(asked, 'Withdraw the request');
      await asked.getByText('withdrawn, just now').waitFor();
      await page.context().close();
    });

    test('no page complained', () => { // but of what was refused, and 405: news fetches the page again, whose address takes forms alone
      for (const page of [mira, teodor, nuala])
        assert.deepEqual(page.complaints.filter(each => !/status of (405|409|422)/.test(each)), []);
    });
  });
}
