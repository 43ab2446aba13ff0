// The main job, end to end, with nothing replaced: a customer's mail goes through a real Postfix into the desk, an agent reads and
// answers it in a real Chromium, the answer reaches the customer's real mailbox, and the customer's reply comes home to the same
// conversation. Once with SQLite, once with PostgreSQL.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openPage, picture, signIn, startBrowser } from '../harness/browser.mjs';
import { databases, makeDesk } from '../harness/desk.mjs';
import { addressOf, newMessageId, writeAnswer, writeMail } from '../harness/mail.mjs';
import { postfixObstacle, startPostfix } from '../postfix/postfix.mjs';

const anna = 'Anna Berg <anna@customer.example>';
const bruno = 'Bruno Falk <bruno@customer.example>';
const complaint = 'I am very disappointed. I ordered a blue saddle three weeks ago and paid at once, and it still has not come. '
  + 'I wrote to you twice and nobody answered me. You treat me like a number, and I expect to be taken seriously. Where is it?';

const obstacle = postfixObstacle();
if (obstacle && process.env.RAPPORT_TEST_REQUIRE) throw new Error(obstacle);

for (const database of databases) {
  describe(`a complaint by mail on ${database}`, { skip: obstacle ?? false }, () => {
    const first = { id: newMessageId(anna) };
    let desk, postfix, browser, page, answer;

    const list = () => page.getByRole('region', { name: 'Open' });
    const rowOf = name => list().getByRole('link', { name: new RegExp(name) });
    const thread = () => page.getByRole('region', { name: 'Thread' });
    const messages = () => thread().getByRole('article');
    const check = () => JSON.parse(desk.run(['check', '--json']));

    before(async () => {
      desk = makeDesk({ database });
      desk.settle();
      postfix = await startPostfix({ deliver: desk.deliverCommand });
      await desk.serve(['--smtp-url', postfix.smtpUrl]);
      browser = await startBrowser();
      page = await openPage(browser, desk);
    });
    after(async () => {
      await browser?.close();
      await desk?.stop();
      postfix?.stop();
    });

    test('the agent signs in and nobody is waiting', async () => {
      await signIn(page, 'mira@desk.example');
      await list().getByRole('heading', { name: 'Nobody is waiting' }).waitFor();
      await page.evaluate(() => { window.wasHereAllTheTime = true; });
    });

    test('a customer writes, and the list shows who, what and how they feel without a reload', async () => {
      await postfix.send(writeMail({ from: anna, to: 'help@desk.example', subject: 'Where is my saddle?', messageId: first.id, text: complaint }));
      await rowOf('Anna Berg').waitFor({ timeout: 20_000 });
      const words = await rowOf('Anna Berg').innerText();
      assert.match(words, /Where is my saddle\?/);
      assert.match(words, /frustrated/);
      assert.equal(await page.evaluate(() => window.wasHereAllTheTime), true);
    });

    test('the customer gets an acknowledgement with the number, marked as automatic', async () => {
      const mail = await postfix.nextMail(addressOf(anna));
      assert.match(mail.text, /number #\d+/);
      assert.match(mail.header('Auto-Submitted'), /^auto-replied/);
      assert.equal(mail.header('X-Auto-Response-Suppress'), 'All');
      assert.equal(mail.header('In-Reply-To'), first.id);
      assert.equal(mail.header('Return-Path'), '<>');
    });

    test('the agent opens it and sees the feeling, the need and the words behind them', async () => {
      await rowOf('Anna Berg').click();
      await page.getByRole('heading', { level: 1, name: 'Where is my saddle?' }).waitFor();
      const reading = thread().getByRole('note', { name: 'Reading of this message' });
      assert.match(await reading.innerText(), /frustrated[^]*perhaps needs/);
      await reading.getByText('Words behind it').click();
      assert.ok(await reading.getByRole('listitem').count() > 0);
      await picture(page, `walk-${database}-opened`);
    });

    test('the original mail comes back as it was sent', async () => {
      const [download] = await Promise.all([
        page.request.get(await thread().getByRole('link', { name: 'Original mail' }).first().getAttribute('href')),
      ]);
      const original = (await download.body()).toString('utf8');
      assert.ok(original.includes(`Message-ID: ${first.id}`));
      assert.ok(original.includes(complaint));
    });

    test('the agent takes it', async () => {
      await page.getByRole('button', { name: 'Assign to me' }).click();
      await thread().getByText('with you', { exact: true }).waitFor();
    });

    test('the agent answers, and sees that the answer was sent', async () => {
      await thread().getByRole('textbox', { name: 'Your answer' }).fill('Dear Anna,\n\nyou have waited far too long. Your saddle left us this morning.\n.\nMira');
      await thread().getByRole('button', { name: 'Send', exact: true }).click();
      const mine = messages().filter({ hasText: 'left us this morning' });
      await mine.getByText('Sent', { exact: true }).waitFor({ timeout: 20_000 });
      await thread().getByText('their turn', { exact: true }).waitFor();
    });

    test('the answer reaches the mailbox of the customer as a mail from a person', async () => {
      answer = await postfix.nextMail(addressOf(anna));
      assert.match(answer.text, /^Dear Anna,\r?\n\r?\nyou have waited far too long\./);
      assert.match(answer.text, /^\.\r?$/m);
      assert.equal(addressOf(answer.header('From')), 'help@desk.example');
      assert.equal(addressOf(answer.header('To')), addressOf(anna));
      assert.match(answer.header('Subject'), /^Re: Where is my saddle\? \[#\d+\]$/);
      assert.match(answer.header('Message-ID'), /^<[^<>@\s]+@desk\.example>$/);
      assert.equal(answer.header('In-Reply-To'), first.id);
      assert.ok(answer.header('References').includes(first.id));
      assert.match(addressOf(answer.header('Reply-To')), /^help\+\d+\.[0-9a-f]{16}@desk\.example$/);
      assert.equal(answer.header('Auto-Submitted'), undefined);
      for (const name of ['From', 'To', 'Subject', 'Date', 'Message-ID', 'Reply-To']) assert.equal(answer.headers(name).length, 1, name);
    });

    test('the customer answers, and the open page shows it', async () => {
      await page.evaluate(() => { window.wasHereAllTheTime = true; });
      const reply = writeAnswer(answer, { from: anna, text: 'Thank you, Mira. That is kind of you.' });
      await postfix.send(reply.mail, reply);
      await messages().filter({ hasText: 'That is kind of you' }).waitFor({ timeout: 20_000 });
      assert.equal(await page.evaluate(() => window.wasHereAllTheTime), true);
      assert.equal(check().conversations, 1);
      await picture(page, `walk-${database}-answered`);
    });

    test('a reply that lost all its ids comes home by its address', async () => {
      const to = addressOf(answer.header('Reply-To'));
      await postfix.send(writeMail({ from: anna, to, subject: 'One more thing', text: 'The parcel has come, and it is the right blue.' }));
      await messages().filter({ hasText: 'it is the right blue' }).waitFor({ timeout: 20_000 });
      assert.equal(check().conversations, 1);
    });

    test('a stranger who knows the address and the ids gets a conversation of his own', async () => {
      const reply = writeAnswer(answer, { from: bruno, text: 'Somebody forwarded this to me. What saddle is this about?' });
      await postfix.send(reply.mail, reply);
      await rowOf('Bruno Falk').waitFor({ timeout: 20_000 });
      assert.equal(await messages().filter({ hasText: 'What saddle is this about' }).count(), 0);
      assert.equal(check().conversations, 2);
    });

    test('the agent solves it, and it moves to the solved ones', async () => {
      await page.getByRole('button', { name: 'Solve', exact: true }).click();
      await page.getByRole('button', { name: 'Reopen' }).waitFor();
      assert.equal(await rowOf('Anna Berg').count(), 0);
      await page.getByRole('navigation', { name: 'Rapport' }).getByRole('link', { name: 'Solved' }).click();
      await page.getByRole('region', { name: 'Solved' }).getByRole('link', { name: /Anna Berg/ }).waitFor();
    });

    test('the customer writes once more, and it is open again', async () => {
      await page.getByRole('navigation', { name: 'Rapport' }).getByRole('link', { name: 'Open' }).click();
      const reply = writeAnswer(answer, { from: anna, text: 'The saddle squeaks a little. What can I do?' });
      await postfix.send(reply.mail, reply);
      await rowOf('Anna Berg').waitFor({ timeout: 20_000 });
      assert.equal(check().conversations, 2);
    });

    test('nothing was lost, nobody got a mail too many, and the page never complained', async () => {
      const found = check();
      assert.equal(found.ok, true);
      assert.equal(found.originals, 5);
      assert.equal(found.quarantined + found.failed + found.outbox + found.outbox_failed, 0);
      assert.equal(postfix.waitingMails(addressOf(anna)), 0);
      assert.deepEqual(page.complaints, []);
    });

    test('the desk ends cleanly when it is asked to', async () => {
      assert.equal(await desk.end(), 0);
    });
  });
}
