// The complaint beside its conversation, as agents and supervisors work with it: made by the suggestion, by key, and by rule; led from
// receipt to closing with a promise on the way; refused with its outside routes by somebody whose browser runs no scripts.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accessibilityFindings, desktop, openPage, phone, picture, signIn, startBrowser } from '../harness/browser.mjs';
import { makeDesk } from '../harness/desk.mjs';
import { tabTo } from '../harness/keyboard.mjs';
import { newMessageId, writeMail } from '../harness/mail.mjs';
import { writeRule } from '../harness/rules.mjs';
import { startSmtpPeer } from '../harness/smtp-peer.mjs';

const anna = 'Anna Berg <anna@customer.example>';
const words = 'I am very disappointed. I ordered a blue saddle three weeks ago and paid at once, and it still has not come. '
  + 'I wrote to you twice and nobody answered me. You treat me like a number. I want my saddle before the weekend.';

let desk, peer, browser, page;
const panel = (of = page) => of.locator('#complaint');
const stage = (of = page) => panel(of).locator('[aria-current=step] .stage-name');
const act = (title, of = page) => panel(of).locator('details.act').filter({ has: of.locator('summary', { hasText: title }) });
const open = async (title, of = page) => {
  const part = act(title, of);
  if (!await part.evaluate(details => details.open)) await part.locator('> summary').click();
  return part;
};
const mail = (from, subject, text, to = 'help@desk.example') => {
  const done = desk.deliver(writeMail({ from, to, subject, messageId: newMessageId(from), text }), to);
  assert.equal(done.code, 0, done.complaint);
};
const sent = async () => {
  const until = Date.now() + 15_000;
  while (await page.getByText('Waiting to be sent').count()) {
    assert.ok(Date.now() < until, 'the answer was not sent');
    await page.waitForTimeout(100);
  }
};
const quiet = async (of, name) => {
  assert.deepEqual(await accessibilityFindings(of), []);
  await picture(of, name);
};

before(async () => {
  desk = makeDesk();
  desk.settle();
  peer = await startSmtpPeer();
  await desk.serve(['--smtp-url', peer.smtpUrl]);
  browser = await startBrowser();
  page = await openPage(browser, desk);
  await signIn(page, 'mira@desk.example');
});
after(async () => {
  await browser?.close();
  await desk?.stop();
  await peer?.stop();
});

describe('a complaint from receipt to closing', () => {
  test('it reads like a complaint, and is made one', async () => {
    mail(anna, 'Where is my saddle?', words);
    await page.goto('/conversations/1001');
    const line = page.getByRole('note').filter({ hasText: 'This reads like a complaint: they sound frustrated.' });
    await line.getByRole('button', { name: 'Make it one' }).waitFor();
    await quiet(page, 'complaint-suggested');
    await line.getByRole('button', { name: 'Make it one' }).click();
    await stage().waitFor();
    assert.match(await panel().innerText(), /Say how severe it is|Tell them that it arrived/);
    assert.equal(await page.getByRole('note').filter({ hasText: 'This reads like' }).count(), 0);
  });

  test('it cannot be solved while it is open', async () => {
    await page.getByRole('button', { name: 'Solve', exact: true }).click();
    await page.getByText('Close the complaint first').waitFor();
    await page.goto('/conversations/1001');
  });

  test('it is assessed, with the line of stages moving on and the journal saying who', async () => {
    const form = await open('How severe it is');
    await form.getByLabel('serious').check();
    await form.getByLabel('What it is about').fill('Blue saddle');
    await form.getByLabel('What they seek').fill('The saddle before the weekend');
    await form.getByRole('button', { name: 'It is assessed' }).click();
    await page.waitForFunction(() => document.querySelector('#complaint [aria-current=step] .stage-name').textContent === 'Assessed');
    await panel().getByText('Its journal').click();
    await panel().getByText('serious, about Blue saddle; they seek: The saddle before the weekend').waitFor();
    await quiet(page, 'complaint-assessed');
  });

  test('clocks show their arithmetic', async () => {
    const clock = panel().locator('.clocks details').first();
    await clock.locator('summary').click();
    assert.match(await clock.innerText(), /Due /);
    assert.ok((await clock.locator('.arithmetic').innerText()).length > 20);
  });

  test('the gap is proposed from their words, confirmed, and put into the answer that is being written', async () => {
    await page.getByRole('textbox', { name: 'Your answer' }).fill('Dear Anna,');
    const form = await open('The gap');
    assert.match(await form.getByLabel('Where they want to be').inputValue(), /saddle/);
    await form.getByLabel('Where they are now').fill('I paid three weeks ago and have no saddle');
    await form.getByRole('button', { name: 'Keep it' }).click();
    await act('The gap').locator('summary').getByText('confirmed').waitFor();
    await (await open('The gap')).getByRole('button', { name: /Insert: as I understand it/ }).click();
    await page.waitForURL(/#composer/);
    const answer = await page.getByRole('textbox', { name: 'Your answer' }).inputValue();
    assert.match(answer, /^Dear Anna,\n\nAs I understand it/);
    assert.match(answer, /I paid three weeks ago and have no saddle/);
  });

  test('what went wrong is one press', async () => {
    const form = await open('What went wrong');
    await form.getByRole('button', { name: 'They were not listened to' }).last().click();
    await (await open('What went wrong')).getByRole('button', { name: 'Take back: They were not listened to' }).waitFor();
  });

  test('an answer that was sent can be named as the answer, and only then', async () => {
    const before = await open('It is answered');
    await before.getByText('Write the answer first').waitFor();
    await page.getByRole('textbox', { name: 'Your answer' }).focus();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('Sent', { exact: true }).waitFor({ timeout: 15_000 });
    await sent();
    const form = await open('It is answered');
    await form.getByRole('button', { name: 'It is answered' }).click();
    await page.waitForFunction(() => document.querySelector('#complaint [aria-current=step] .stage-name').textContent === 'Answered');
  });

  test('they agree, a promise is made, and closing waits for it', async () => {
    let form = await open('They said yes');
    await form.getByLabel('What they agreed to').fill('A saddle by courier');
    await form.getByRole('button', { name: 'They agreed' }).click();
    form = await open('Promises');
    await form.getByLabel('What we promise').fill('Ring her when the saddle is there');
    const day = new Date(Date.now() + 3 * 864e5).toISOString().slice(0, 10);
    await form.getByLabel('By the end of').fill(day);
    await form.getByRole('button', { name: 'Promise it' }).click();
    await panel().getByText('Keep the promise: “Ring her when the saddle is there”.').waitFor();
    form = await open('Close it');
    await form.getByRole('button', { name: 'Close the complaint' }).click();
    await panel().getByRole('alert').getByText('A promise is still running').waitFor();
    await quiet(page, 'complaint-agreed');
  });

  test('the promise stands on its list, and is settled there', async () => {
    await page.getByRole('link', { name: 'Promises' }).click();
    const row = page.getByRole('listitem').filter({ hasText: 'Ring her when the saddle is there' });
    await row.getByText('promised by Mira Lindqvist').waitFor();
    await quiet(page, 'promises');
    await row.getByText('Was it kept?').click();
    await row.getByLabel('What came of it').fill('She has it');
    await row.getByRole('button', { name: 'It was kept' }).click();
    await page.getByText('we kept 1 of 1 (100 %)').waitFor();
  });

  test('it is closed and can be solved; a customer who writes again is news', async () => {
    await page.goto('/conversations/1001');
    const form = await open('Close it');
    await form.getByRole('button', { name: 'Close the complaint' }).click();
    await page.waitForFunction(() => document.querySelector('#complaint [aria-current=step] .stage-name').textContent === 'Closed');
    await page.getByRole('button', { name: 'Solve', exact: true }).click();
    await page.getByRole('button', { name: 'Reopen', exact: true }).waitFor();
    mail(anna, 'Re: Where is my saddle? [#1001]', 'The saddle is broken.');
    await panel().getByText('They wrote again. Reopen it, or say why it stays closed.').waitFor({ timeout: 15_000 });
  });
});

describe('a refusal, in a browser without scripts', () => {
  let plain;
  before(async () => {
    plain = await openPage(browser, desk, { scripts: false });
    await signIn(plain, 'jonas@desk.example');
  });

  test('the button in the panel makes a complaint of any conversation', async () => {
    mail('Bram Visser <bram@visser.example>', 'A second refund', 'I want a second refund for the bell.');
    await plain.goto('/conversations/1002');
    await panel(plain).getByRole('button', { name: 'Make it a complaint' }).click();
    await stage(plain).waitFor();
  });

  test('what is missing is said, and what was written is still there', async () => {
    const form = await open('How severe it is', plain);
    await form.getByLabel('What they seek').fill('A second refund');
    await form.getByRole('button', { name: 'It is assessed' }).click();
    const found = await open('What was found', plain);
    await found.getByLabel('What happened, and why').fill('It was refunded on Monday.');
    await found.getByRole('button', { name: 'Note what was found' }).click();
    const no = await open('Our final no', plain);
    await no.getByLabel('Why, in a sentence').fill('It was refunded once.');
    await no.locator('[name=outside]').evaluate(area => area.removeAttribute('required'));
    await no.getByRole('button', { name: 'Refuse, with these routes' }).click();
    await panel(plain).getByRole('alert').getByText('Name where they can go from here').waitFor();
    assert.equal(await (await open('Our final no', plain)).getByLabel('Why, in a sentence').inputValue(), 'It was refunded once.');
    await (await open('Our final no', plain)).getByLabel('Where they can go from here').fill('The consumer ombudsman, www.ombudsman.example');
    await (await open('Our final no', plain)).getByRole('button', { name: 'Refuse, with these routes' }).click();
    await (await open('Close it', plain)).getByRole('button', { name: 'Close the complaint' }).click();
    assert.equal(await stage(plain).innerText(), 'Closed');
    await panel(plain).getByText('Its journal').click();
    await panel(plain).getByText(/Where they can go from here: The consumer ombudsman/).waitFor();
  });
});

describe('keys, rules and small screens', () => {
  test('c makes a complaint, and leads to it afterwards; the rest is reached by Tab', async () => {
    mail('Ines Duarte <ines@duarte.example>', 'A bell', 'How do I mount the bell?');
    await page.goto('/conversations/1003');
    await page.keyboard.press('c');
    await stage().waitFor();
    await page.keyboard.press('c');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'complaint');
    await tabTo(page, act('How severe it is').locator('> summary'));
    await tabTo(page, act('How severe it is').getByLabel('What they seek'));
    await page.keyboard.type('An answer');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('#complaint [aria-current=step] .stage-name').textContent === 'Assessed');
  });

  test('somebody who was slower sees first what the other did', async () => {
    const other = await openPage(browser, desk);
    await signIn(other, 'jonas@desk.example');
    await other.goto('/conversations/1003');
    const theirs = await open('Withdrawn', other);
    await theirs.getByLabel('Why').fill('He only asked a question.');
    const ours = await open('What was found');
    await ours.getByLabel('What happened, and why').fill('The manual lacks a page.');
    await ours.getByRole('button', { name: 'Note what was found' }).click();
    await page.waitForFunction(() => document.querySelector('#complaint [aria-current=step] .stage-name').textContent === 'Investigated');
    await theirs.getByRole('button', { name: 'Close it as withdrawn' }).click();
    await panel(other).getByRole('alert').getByText('Somebody was faster').waitFor();
    assert.equal(await (await open('Withdrawn', other)).getByLabel('Why').inputValue(), 'He only asked a question.');
    await other.context().close();
  });

  test('a rule that a supervisor makes turns mail into complaints; an agent may not make one', async () => {
    assert.equal((await page.goto('/rules')).status(), 403);
    const theirs = await openPage(browser, desk);
    await signIn(theirs, 'teodor@desk.example');
    await writeRule(theirs, { name: 'Formal ones', when: ['A conversation is opened'], conditions: [['Subject or text contains', 'formal complaint']],
      actions: [['Make it a complaint']] });
    await quiet(theirs, 'complaint-rules');
    mail('Kofi Mensah <kofi@mensah.example>', 'FORMAL  Complaint', 'About the pump.');
    await theirs.goto('/conversations/1004');
    await stage(theirs).waitFor();
    await panel(theirs).getByText('Its journal').click();
    await panel(theirs).getByText('By rule: Formal ones').waitFor();
    await panel(theirs).getByText('the supervisors', { exact: false }).first().waitFor();
    await theirs.context().close();
  });

  test('“It is not” is remembered', async () => {
    mail('Olga Petrenko <olga@petrenko.example>', 'My order', words);
    await page.goto('/conversations/1005');
    await page.getByRole('button', { name: 'It is not' }).click();
    await page.getByRole('region', { name: 'Thread' }).waitFor();
    assert.equal(await page.getByText('This reads like a complaint').count(), 0);
  });

  for (const [name, viewport] of [['desktop', desktop], ['phone', phone]])
    for (const dark of [false, true])
      test(`it is whole on a ${name}${dark ? ' in the dark' : ''}`, async () => {
        const other = await openPage(browser, desk, { viewport, dark });
        await signIn(other, 'mira@desk.example');
        await other.goto('/conversations/1001#complaint');
        await stage(other).waitFor();
        await quiet(other, `complaint-${name}${dark ? '-dark' : ''}`);
        const width = await other.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.equal(width, 0, 'nothing is wider than the screen');
        assert.deepEqual(other.complaints, []);
        await other.context().close();
      });
});
