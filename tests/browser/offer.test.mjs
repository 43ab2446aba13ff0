// Options from the agent's composer to the customer's choice: the mail that leaves, the page that its link opens on a telephone without
// an account, what a mail scanner does to it, and what the agent sees afterwards.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessibilityFindings, openPage, phone, picture, signIn, startBrowser } from '../harness/browser.mjs';
import { makeDesk } from '../harness/desk.mjs';
import { writeAnswer, writeMail } from '../harness/mail.mjs';
import { startSmtpPeer } from '../harness/smtp-peer.mjs';

const anna = 'Anna Berg <anna@customer.example>';
const home = 'http://desk.localhost';

let desk, peer, browser;

before(async () => {
  desk = makeDesk();
  desk.settle();
  peer = await startSmtpPeer();
  const address = await desk.serve(['--smtp-url', peer.smtpUrl, '--url', home]);
  browser = await startBrowser({ hosts: `desk.localhost ${new URL(address).host}` });
  desk.address = home;
});
after(async () => {
  await browser?.close();
  await desk?.stop();
  await peer?.stop();
});

const offer = page => page.getByRole('region', { name: 'What this answer offers' });

const sent = words => peer.mail(words);

async function open(page, subject) {
  await page.goto('/?view=open');
  await page.getByRole('region', { name: 'Open' }).getByRole('link', { name: new RegExp(subject) }).click();
  await page.getByRole('region', { name: 'Thread' }).waitFor();
}

// Mira answers a new conversation and offers two things; gives the mail and its links.
async function offerTwo(page, subject) {
  const done = desk.deliver(writeMail({ from: anna, to: 'help@desk.example', subject, text: 'My saddle broke after two weeks. I am disappointed.' }));
  assert.equal(done.code, 0, done.complaint);
  await open(page, subject);
  await page.getByRole('textbox', { name: 'Your answer' }).fill(`Dear Anna, I am sorry about ${subject}.`);
  await page.getByText('Offer options', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Options, one a line' }).fill('A new saddle by Friday\nYour money back\n');
  await picture(page, 'offer-composer');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await offer(page).getByRole('listitem').filter({ hasText: 'Your money back' }).waitFor();
  const mail = await sent(`sorry about ${subject}`);
  const links = [...mail.text.matchAll(/<(http:\/\/desk\.localhost\/choose\/[^>]+)>/g)].map(([, link]) => link);
  assert.equal(links.length, 2);
  return { mail, links };
}

for (const scripts of [true, false]) {
  test(`a customer chooses by the link ${scripts ? 'with' : 'without'} scripts`, async () => {
    const subject = `Saddle ${scripts ? 'one' : 'two'}`;
    const page = await openPage(browser, desk, { scripts });
    await signIn(page, 'mira@desk.example');
    const { links } = await offerTwo(page, subject);
    const theirs = await openPage(browser, desk, { viewport: phone, scripts });
    for (const link of links) assert.equal((await theirs.goto(link)).status(), 200); // what a mail scanner does
    const answer = await theirs.goto(links[1]);
    assert.equal(answer.headers()['referrer-policy'], 'same-origin'); // nobody else learns the link
    assert.equal(answer.headers()['cache-control'], 'no-store');
    assert.equal(await theirs.getByRole('radio', { name: 'Your money back' }).isChecked(), true);
    assert.equal((await theirs.content()).includes('Anna'), false); // who gets hold of the link learns no name
    await picture(theirs, 'offer-choose');
    await theirs.getByRole('radio', { name: 'A new saddle by Friday' }).check();
    await theirs.getByRole('button', { name: 'This is my choice' }).click();
    await theirs.getByRole('heading', { name: 'Thank you' }).waitFor();
    await theirs.getByText('A new saddle by Friday').waitFor();
    await theirs.goto(links[1]); // the other link shows what was chosen
    await theirs.getByRole('heading', { name: 'Thank you' }).waitFor();
    await picture(theirs, 'offer-chosen');
    await open(page, subject);
    await offer(page).getByText(/Anna Berg chose by the link/).waitFor();
    assert.match(await offer(page).getByRole('listitem').first().innerText(), /A new saddle by Friday\s*chosen/);
    await picture(page, 'offer-settled');
    assert.deepEqual([...page.complaints, ...theirs.complaints], []);
    await page.context().close();
    await theirs.context().close();
  });
}

test('none of these comes back as the customer\u2019s words', async () => {
  const page = await openPage(browser, desk);
  await signIn(page, 'mira@desk.example');
  const { links } = await offerTwo(page, 'Saddle three');
  const theirs = await openPage(browser, desk);
  await theirs.goto(links[0]);
  assert.deepEqual(await accessibilityFindings(theirs), []);
  await theirs.getByRole('radio', { name: 'None of these suits me' }).check();
  await theirs.getByRole('textbox').fill('Could you repair the old one?');
  await theirs.keyboard.press('Tab');
  await theirs.keyboard.press('Enter');
  await theirs.getByText('You told us that none of this suits you').waitFor();
  await open(page, 'Saddle three');
  await page.getByRole('article').filter({ hasText: 'Could you repair the old one?' }).waitFor();
  assert.deepEqual(await accessibilityFindings(page), []);
  await page.context().close();
  await theirs.context().close();
});

test('a written answer is read, and an agent notes it with one press', async () => {
  const page = await openPage(browser, desk);
  await signIn(page, 'mira@desk.example');
  const { mail } = await offerTwo(page, 'Saddle four');
  const answer = writeAnswer(mail, { from: anna, text: 'The second one, please.' });
  assert.equal(desk.deliver(answer.mail, answer.to).code, 0);
  await open(page, 'Saddle four');
  await offer(page).getByText('Their latest message reads as').waitFor();
  await picture(page, 'offer-guess');
  await page.getByRole('button', { name: 'Note it as their choice' }).click();
  await offer(page).getByText(/Anna Berg chose in an answer.*Mira.* noted it/).waitFor();
  await page.context().close();
});

test('a link with a letter changed, and one of an offer that was replaced, say so kindly', async () => {
  const page = await openPage(browser, desk);
  await signIn(page, 'mira@desk.example');
  const { links } = await offerTwo(page, 'Saddle five');
  const theirs = await openPage(browser, desk);
  assert.equal((await theirs.goto(`${links[0]}0`)).status(), 404);
  await page.getByRole('textbox', { name: 'Your answer' }).fill('Dear Anna, better still.');
  await page.getByText('Offer options', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Options, one a line' }).fill('Both');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await sent('better still');
  assert.equal((await theirs.goto(links[0])).status(), 410);
  await theirs.getByRole('heading', { name: 'This offer has ended' }).waitFor();
  await page.context().close();
  await theirs.context().close();
});
