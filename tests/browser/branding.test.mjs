// The firm's logo from the page where it is chosen to the mail that a customer gets: below the answer, small, within the mail, and gone
// again when it is switched off.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessibilityFindings, openPage, phone, picture, signIn, startBrowser } from '../harness/browser.mjs';
import { makeDesk } from '../harness/desk.mjs';
import { writeMail } from '../harness/mail.mjs';
import { startSmtpPeer } from '../harness/smtp-peer.mjs';

const answerBox = page => page.getByRole('textbox', { name: 'Your answer' });
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
let desk, peer, browser, logo;

before(async () => {
  desk = makeDesk();
  desk.settle();
  desk.run(['mailbox', 'set', 'help@desk.example', '--signature', 'The Desk, Tannery Lane']);
  assert.equal(desk.deliver(writeMail({ from: 'Anna Berg <anna@customer.example>', to: 'help@desk.example', subject: 'My saddle', text: 'Where is my saddle?' })).code, 0);
  peer = await startSmtpPeer();
  await desk.serve(['--smtp-url', peer.smtpUrl]);
  browser = await startBrowser();
  const easel = await browser.newPage({ viewport: { width: 240, height: 80 } });
  await easel.setContent('<body style="margin:0;background:#863c21;color:#fff;font:bold 44px/80px serif;text-align:center">Godwit');
  logo = await easel.screenshot();
  await easel.close();
});
after(async () => {
  await browser?.close();
  await desk?.stop();
  await peer?.stop();
});

async function answer(page, words) {
  await page.goto('/conversations/1001');
  await answerBox(page).fill(words);
  await press(page, 'Send');
  return peer.mail(words);
}

// As a mail program shows it, which knows the files of the mail and fetches nothing.
async function show(mail, name, viewport = { width: 700, height: 460 }) {
  const page = await browser.newPage({ viewport });
  const fetched = [];
  page.on('request', request => { if (!/^(data|about):/.test(request.url())) fetched.push(request.url()); });
  await page.setContent(mail.html.replaceAll(/"cid:logo\.[^"]+"/g, `"data:image/png;base64,${logo.toString('base64')}"`));
  await picture(page, name);
  assert.deepEqual(fetched, []);
  return page;
}

test('the logo is chosen, and the answer carries it', async () => {
  const hers = await openPage(browser, desk), page = await openPage(browser, desk);
  await signIn(hers, 'nuala@desk.example');
  await hers.goto('/branding');
  await hers.getByLabel('Rust').check();
  await press(hers, 'Keep name and accent');
  await hers.getByLabel(/A picture/).setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: logo });
  await press(hers, 'Use this picture');
  assert.ok(await hers.getByLabel(/Answers to customers carry the logo/).isChecked());
  const [rust, swatch] = await Promise.all([hers.getByLabel('Rust').boundingBox(), hers.locator('.accent-rust .swatch').boundingBox()]);
  assert.ok(swatch.x - rust.x < 40 && Math.abs(swatch.y - rust.y) < 10); // beside each other
  assert.deepEqual(await accessibilityFindings(hers), []);
  await picture(hers, 'branding');

  await signIn(page, 'mira@desk.example');
  await page.goto('/conversations/1001');
  await answerBox(page).fill('Dear Anna, it is **here**.');
  await answerBox(page).press('Alt+p');
  const preview = page.getByRole('group', { name: 'What they will see' });
  assert.equal(await preview.getByRole('img', { name: 'Logo' }).evaluate(image => image.decode().then(() => image.naturalWidth)), 240);
  assert.deepEqual(await accessibilityFindings(page), []);
  await picture(page, 'branding-preview');

  const mail = await answer(page, 'Dear Anna, it is **here**.');
  assert.match(mail.header('Content-Type'), /^multipart\/alternative/);
  assert.match(mail.raw, /Content-Type: multipart\/related/);
  assert.match(mail.raw, /Content-Disposition: inline; filename=logo\.png/);
  assert.ok(mail.raw.includes(logo.toString('base64').slice(0, 60)));
  assert.doesNotMatch(mail.text, /logo/i);
  assert.ok(!mail.html.includes('http'));
  for (const [name, viewport] of [['mail', undefined], ['mail-phone', phone]]) {
    const shown = await show(mail, `branding-${name}`, viewport), box = await shown.getByRole('img', { name: 'Logo' }).boundingBox();
    assert.deepEqual([box.width, box.height], [84, 28]);
    assert.ok(await shown.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await shown.close();
  }
  assert.deepEqual([...hers.complaints, ...page.complaints], []);

  await hers.getByLabel(/Answers to customers carry the logo/).uncheck();
  await hers.locator('form[action="/branding/mails"]').getByRole('button', { name: 'Keep' }).click();
  await hers.getByText('It is kept.').waitFor();
  assert.ok(!(await answer(page, 'Without it.')).html.includes('<img'));
  await hers.context().close();
  await page.context().close();
});

test('without scripts a picture that mails cannot carry is said', async () => {
  const page = await openPage(browser, desk, { scripts: false });
  await signIn(page, 'nuala@desk.example');
  await page.goto('/branding');
  const large = Buffer.concat([logo, Buffer.alloc(41_000)]);
  await page.getByLabel(/A picture/).setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: large });
  await press(page, 'Use this picture');
  await page.getByLabel(/Answers to customers carry the logo/).check();
  await page.locator('form[action="/branding/mails"]').getByRole('button', { name: 'Keep' }).click();
  await page.getByText('This picture is left out of mails').waitFor();
  await page.context().close();
});
