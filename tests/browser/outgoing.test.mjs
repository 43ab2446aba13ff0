// What leaves the house, with nothing replaced: an agent answers in a real Chromium, a real Postfix carries it, and what lies in the
// customers' Maildirs is read: both parts, the picture in its place, who sees whom, the signature. Then taking an answer back, with and
// without scripts, and what a mail server refuses for one recipient or returns later.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { accessibilityFindings, openPage, phone, picture, signIn, startBrowser } from '../harness/browser.mjs';
import { makeDesk } from '../harness/desk.mjs';
import { addressOf, newMessageId, writeMail } from '../harness/mail.mjs';
import { startSmtpPeer } from '../harness/smtp-peer.mjs';
import { postfixObstacle, startPostfix } from '../postfix/postfix.mjs';

const anna = 'Anna Berg <anna@customer.example>';
const mira = 'mira@desk.example';
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

const obstacle = postfixObstacle();
if (obstacle && process.env.RAPPORT_TEST_REQUIRE) throw new Error(obstacle);

const thread = page => page.getByRole('region', { name: 'Thread' });
const answerBox = page => page.getByRole('textbox', { name: 'Your answer' });
const mine = (page, words) => page.getByRole('article').filter({ hasText: words });
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

function customerWrites(desk, { from = anna, subject, text = 'Good morning, where is my saddle?' }) {
  const done = desk.deliver(writeMail({ from, to: 'help@desk.example', subject, text }));
  assert.equal(done.code, 0, done.complaint);
}

async function open(page, subject) {
  await page.goto('/?view=open');
  await page.getByRole('region', { name: 'Open' }).getByRole('link', { name: new RegExp(subject) }).click();
  await thread(page).waitFor();
}

// python3-dkim shares nothing with what signed; `record` stands in for the name server.
function checkSignature(mail, record) {
  const script = `import sys, dkim
record = sys.argv[1].encode()
sys.stdout.write('good' if dkim.verify(sys.stdin.buffer.read(), dnsfunc=lambda name, timeout=5: record) else 'bad')`;
  const done = spawnSync('/usr/bin/python3', ['-c', script, record], { input: Buffer.from(mail.raw, 'latin1'), encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
  return done.stdout;
}

describe('an answer goes out', { skip: obstacle ?? false }, () => {
  let desk, postfix, browser, page, record;

  before(async () => {
    desk = makeDesk();
    desk.settle();
    desk.run(['mailbox', 'set', 'help@desk.example', '--sender', '{{first}} at the Desk', '--signature', 'The Desk, Tannery Lane']);
    const said = desk.run(['dkim', 'new', 'desk.example', 'test1']);
    assert.match(said, /test1\._domainkey\.desk\.example/);
    record = [...said.matchAll(/^ {2}"(.*)"$/gm)].map(([, part]) => part).join('');
    postfix = await startPostfix({ deliver: desk.deliverCommand });
    await desk.serve(['--smtp-url', postfix.smtpUrl]);
    browser = await startBrowser();
    page = await openPage(browser, desk);
    await signIn(page, mira);
  });
  after(async () => {
    await browser?.close();
    await desk?.stop();
    postfix?.stop();
  });

  test('to the customer, with a copy that is seen and one that is not', async () => {
    customerWrites(desk, { subject: 'Where is my saddle' });
    await postfix.nextMail('anna@customer.example', mail => mail.header('Auto-Submitted'));
    await open(page, 'Where is my saddle');
    await answerBox(page).fill('Dear Anna,\n\nit is **on its way**:\n\n![the saddle](saddle.png)\n\n- blue\n- yours');
    await page.getByText('Add Cc, Bcc').click();
    await page.getByLabel('Cc', { exact: true }).fill('Bruno Falk <bruno@customer.example>');
    await page.getByLabel('Bcc', { exact: true }).fill('carla@customer.example');
    await page.getByLabel('Attach files to your answer').setInputFiles([
      { name: 'saddle.png', mimeType: 'image/png', buffer: png },
      { name: 'terms.txt', mimeType: 'text/plain', buffer: Buffer.from('thirty days\n') },
      { name: 'wrong.txt', mimeType: 'text/plain', buffer: Buffer.from('not this\n') },
    ]);
    const chosen = page.getByRole('list', { name: 'Files that go along' });
    assert.equal(await chosen.getByRole('listitem').count(), 3);
    await page.getByRole('button', { name: 'Remove wrong.txt' }).click();
    assert.equal(await chosen.getByRole('listitem').count(), 2);
    assert.deepEqual(await accessibilityFindings(page), []);
    await picture(page, 'outgoing-composer');
    await press(page, 'Send');
    await mine(page, 'on its way').getByText('Sent', { exact: true }).waitFor({ timeout: 20_000 });
    await mine(page, 'on its way').getByText('Sent', { exact: true }).click();
    await mine(page, 'on its way').getByText('The mail server said: 250 2.0.0 Ok').waitFor();
    await mine(page, 'on its way').getByText('carla@customer.example').waitFor(); // agents see it
  });

  let arrived;
  test('arrives as text and HTML, with the picture in its place', async () => {
    arrived = await postfix.nextMail('anna@customer.example', mail => /on its way/.test(mail.text));
    assert.equal(arrived.header('From'), 'Mira at the Desk <help@desk.example>');
    assert.match(arrived.text, /^Dear Anna,[^]*\n-- \r?\nThe Desk, Tannery Lane/);
    assert.match(arrived.text, /\[ref \d+\.[0-9a-f]{16}\][^]*On \d+ \w+ \d{4} at \d\d:\d\d, Anna Berg wrote:\r?\n> Good morning/);
    const html = /Content-Type: text\/html[^]*?\r?\n\r?\n([^]*?)\r?\n--/.exec(arrived.raw)[1].replace(/=\r?\n/g, '').replace(/=3D/g, '=');
    assert.match(html, /<strong>on its way<\/strong>/);
    assert.match(html, /<li>blue<\/li>/);
    const cid = /<img src="cid:([^"]+)"/.exec(html)[1];
    assert.ok(arrived.raw.includes(`Content-Id: <${cid}>`) || arrived.raw.includes(`Content-ID: <${cid}>`));
    assert.match(arrived.raw, /multipart\/mixed[^]*multipart\/alternative[^]*text\/plain[^]*multipart\/related[^]*text\/html/);
    assert.match(arrived.raw, /Content-Disposition: inline; filename=saddle\.png/);
    assert.match(arrived.raw, /Content-Disposition: attachment; filename=terms\.txt/);
    assert.ok(!arrived.raw.includes('wrong.txt'));
  });

  test('shows nobody who got it unseen', async () => {
    const bruno = await postfix.nextMail('bruno@customer.example');
    const carla = await postfix.nextMail('carla@customer.example');
    for (const mail of [arrived, bruno, carla]) {
      assert.equal(addressOf(mail.header('To')), 'anna@customer.example');
      assert.equal(addressOf(mail.header('Cc')), 'bruno@customer.example');
      assert.equal(mail.header('Bcc'), undefined);
      assert.equal(mail.header('Message-Id') ?? mail.header('Message-ID'), arrived.header('Message-ID'));
    }
    assert.ok(!arrived.raw.includes('carla'));
  });

  test('carries a signature that another program finds good', () => {
    assert.match(arrived.header('DKIM-Signature'), /a=rsa-sha256; c=relaxed\/relaxed; d=desk\.example; s=test1/);
    assert.equal(checkSignature(arrived, record), 'good');
    assert.equal(checkSignature({ raw: arrived.raw.replace('on its way', 'on its vay') }, record), 'bad');
    assert.equal(checkSignature({ raw: arrived.raw.replace(/^Subject: .*$/m, 'Subject: Give me your money') }, record), 'bad');
  });

  test('who got a copy answers into the same conversation', async () => {
    const reply = writeMail({ from: 'Bruno Falk <bruno@customer.example>', to: arrived.header('Reply-To'), subject: 'Re: saddle', text: 'I can fetch it for her.',
      inReplyTo: arrived.header('Message-ID') });
    await postfix.send(reply, { to: addressOf(arrived.header('Reply-To')) });
    await mine(page, 'I can fetch it for her').waitFor({ timeout: 20_000 });
    await page.reload();
    await answerBox(page).focus();
    await page.getByText('Reply to all, Cc, Bcc').waitFor();
  });

  test('one address that the mail server refuses keeps the mail from nobody else', async () => {
    customerWrites(desk, { subject: 'A second question' });
    await open(page, 'A second question');
    await answerBox(page).fill('Here is the second answer.');
    await page.getByText('Add Cc, Bcc').click();
    await page.getByLabel('Cc', { exact: true }).fill('nobody@customer.example');
    await press(page, 'Send');
    const answer = page.getByRole('listitem').filter({ has: mine(page, 'the second answer') });
    await answer.getByText('Not delivered', { exact: true }).waitFor({ timeout: 20_000 });
    await answer.getByRole('listitem').filter({ hasText: 'anna@customer.example: sent' }).waitFor();
    const refused = answer.getByRole('listitem').filter({ hasText: 'nobody@customer.example: not delivered' });
    assert.match(await refused.innerText(), /550/);
    await picture(page, 'outgoing-partly-refused');
    await postfix.nextMail('anna@customer.example', mail => /second answer/.test(mail.text));
    await press(page, 'Try again');
    await answer.getByText('Not delivered', { exact: true }).waitFor({ timeout: 20_000 });
    assert.match(desk.said, /was not taken for nobody@customer\.example: 550/);
    assert.equal(postfix.waitingMails('anna@customer.example'), 1); // the acknowledgement; not the answer once more
  });

  test('what comes back later says so beside the answer', async () => {
    const sender = /<(.*)>/.exec(arrived.header('Return-Path'))[1];
    const report = ['From: MAILER-DAEMON@customer.example', `To: ${sender}`, 'Subject: Undelivered Mail Returned to Sender', `Message-ID: ${newMessageId('x@customer.example')}`,
      'Auto-Submitted: auto-replied', 'MIME-Version: 1.0', 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"', '',
      '--b', '', 'It could not be delivered.', '', '--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.customer.example', '',
      'Final-Recipient: rfc822; anna@customer.example', 'Action: failed', 'Status: 5.1.1', '', '--b', 'Content-Type: message/rfc822', '',
      `Message-ID: ${arrived.header('Message-ID')}`, 'Subject: x', '', 'x', '--b--', ''].join('\r\n');
    await postfix.send(report, { from: '', to: sender });
    await open(page, 'Where is my saddle');
    await mine(page, 'on its way').getByText('It came back').waitFor({ timeout: 20_000 });
  });

  test('all is in order', async () => {
    const found = JSON.parse(desk.run(['check', '--json']));
    assert.equal(found.ok, true);
    assert.deepEqual(page.complaints, []);
  });
});

describe('taking an answer back', () => {
  let desk, peer, browser;
  const answersTaken = words => peer.taken.filter(each => each.mail.text.includes(words)).length;

  before(async () => {
    desk = makeDesk();
    desk.settle();
    peer = await startSmtpPeer();
    await desk.serve(['--smtp-url', peer.smtpUrl, '--undo-delay', '6 s', '--attachments', '200 kB']);
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await desk?.stop();
    await peer?.stop();
  });

  for (const scripts of [true, false]) {
    const how = scripts ? 'with scripts' : 'without scripts';

    test(`${how} the answer stands in the composer again, with its files and copies`, async () => {
      const page = await openPage(browser, desk, { scripts });
      await signIn(page, mira);
      customerWrites(desk, { subject: `Undo ${how}` });
      await open(page, `Undo ${how}`);
      await answerBox(page).fill(`Dear Anna, no. (${how})`);
      await page.getByText('Add Cc, Bcc').click();
      await page.getByLabel('Cc', { exact: true }).fill('bruno@customer.example');
      await page.getByLabel('Attach files to your answer').setInputFiles({ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('the plan\n') });
      await press(page, 'Send and solve');
      const bar = mine(page, `no. (${how})`);
      await bar.getByText(/Sending in [1-6] s/).waitFor();
      await page.getByRole('button', { name: 'Reopen' }).waitFor();
      await picture(page, `outgoing-undo-${scripts ? 'bar' : 'bar-without-scripts'}`);
      await press(page, 'Undo');
      await page.getByText('It was not sent.').waitFor();
      assert.equal(await answerBox(page).inputValue(), `Dear Anna, no. (${how})`);
      assert.equal(await page.getByLabel('Cc', { exact: true }).inputValue(), 'bruno@customer.example');
      if (scripts) await page.getByRole('button', { name: 'Remove plan.txt' }).waitFor();
      else assert.equal(await page.getByRole('checkbox', { name: /plan\.txt/ }).isChecked(), true);
      await page.getByRole('button', { name: 'Solve', exact: true }).waitFor(); // it is open again
      assert.equal(await page.getByRole('article').filter({ hasText: `no. (${how})` }).count(), 0);
      await picture(page, `outgoing-undone-${scripts ? 'scripts' : 'no-scripts'}`);

      await answerBox(page).fill(`Dear Anna, yes. (${how})`);
      await press(page, 'Send');
      await mine(page, `yes. (${how})`).getByRole('link', { name: /plan\.txt/ }).waitFor();
      await peer.mail(`yes. (${how})`);
      assert.equal(answersTaken(`no. (${how})`), 0);
      const [sent] = peer.taken.filter(each => each.mail.text.includes(`yes. (${how})`));
      assert.deepEqual(sent.to.sort(), ['anna@customer.example', 'bruno@customer.example']);
      assert.match(sent.mail.raw, /filename=plan\.txt/);
      await page.goto(page.url().replace(/[?#].*/, ''));
      assert.equal(await answerBox(page).inputValue(), '');
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });
  }

  test('the seconds are counted, and what is sent stays sent', async () => {
    const page = await openPage(browser, desk);
    const other = await openPage(browser, desk, { scripts: false });
    await signIn(page, mira);
    await signIn(other, mira);
    customerWrites(desk, { subject: 'Counting' });
    await open(page, 'Counting');
    await answerBox(page).fill('This one goes.');
    await press(page, 'Send');
    const bar = mine(page, 'This one goes.');
    await bar.getByText(/Sending in [1-3] s/).waitFor();
    await open(other, 'Counting');
    await other.getByRole('button', { name: 'Undo' }).waitFor();
    await bar.getByText('Sent', { exact: true }).waitFor({ timeout: 20_000 });
    await press(other, 'Undo'); // that page is old
    await other.getByText('It was on its way already').waitFor();
    await picture(other, 'outgoing-too-late');
    assert.equal(await answerBox(other).inputValue(), '');
    await page.context().close();
    await other.context().close();
  });

  test('a colleague sees that it is being sent, and cannot stop it', async () => {
    const page = await openPage(browser, desk);
    const other = await openPage(browser, desk);
    await signIn(page, mira);
    await signIn(other, 'jonas@desk.example');
    customerWrites(desk, { subject: 'Two at once' });
    await open(page, 'Two at once');
    await open(other, 'Two at once');
    await answerBox(page).fill('Said by Mira.');
    await press(page, 'Send');
    await mine(other, 'Said by Mira.').getByText('Waiting to be sent').waitFor();
    assert.equal(await other.getByRole('button', { name: 'Undo' }).count(), 0);
    await press(page, 'Undo');
    await page.getByText('It was not sent.').waitFor();
    await mine(other, 'Said by Mira.').waitFor({ state: 'detached' }); // it goes from the colleague's page too
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('button', { name: 'Discard' }).waitFor({ state: 'detached' });
    assert.equal(await answerBox(page).inputValue(), '');
    await page.context().close();
    await other.context().close();
  });

  test('a wrong address, without scripts: the text and the files are kept', async () => {
    const page = await openPage(browser, desk, { scripts: false });
    await signIn(page, mira);
    customerWrites(desk, { subject: 'Wrong address' });
    await open(page, 'Wrong address');
    await answerBox(page).fill('Kept.');
    await page.getByText('Add Cc, Bcc').click();
    await page.getByLabel('Bcc', { exact: true }).fill('bruno at home');
    await page.getByLabel('Attach files to your answer').setInputFiles({ name: 'kept.txt', mimeType: 'text/plain', buffer: Buffer.from('kept\n') });
    await press(page, 'Send');
    await page.getByRole('alert').filter({ hasText: 'bruno at home' }).waitFor();
    assert.equal(await answerBox(page).inputValue(), 'Kept.');
    assert.equal(await page.getByRole('checkbox', { name: /kept\.txt/ }).isChecked(), true);
    await page.getByLabel('Bcc', { exact: true }).fill('');
    await press(page, 'Send');
    await peer.mail('Kept.');
    assert.match(peer.taken.find(each => each.mail.text.includes('Kept.')).mail.raw, /filename=kept\.txt/);
    await page.context().close();
  });

  test('too much is said before it travels, and again by the desk', async () => {
    const page = await openPage(browser, desk), plain = await openPage(browser, desk, { scripts: false });
    const large = { name: 'large.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(300_000) };
    customerWrites(desk, { subject: 'Too large' });
    for (const each of [page, plain]) {
      await signIn(each, mira);
      await open(each, 'Too large');
      await answerBox(each).fill('With a large file.');
      await each.getByLabel('Attach files to your answer').setInputFiles(large);
    }
    await page.getByText('The files are 300 KB together').waitFor();
    await press(page, 'Send');
    assert.equal(await answerBox(page).inputValue(), 'With a large file.');
    await press(plain, 'Send');
    await plain.getByRole('alert').filter({ hasText: 'larger than' }).waitFor();
    assert.equal(await answerBox(plain).inputValue(), 'With a large file.');
    await page.context().close();
    await plain.context().close();
  });

  test('on a phone the composer stays within the thumb\u2019s reach, copies and all', async () => {
    const page = await openPage(browser, desk, { viewport: phone, dark: true });
    await signIn(page, mira);
    customerWrites(desk, { subject: 'From the pocket' });
    await open(page, 'From the pocket');
    await answerBox(page).fill('From the pocket too.');
    await answerBox(page).focus();
    await page.getByText('Add Cc, Bcc').click();
    await page.getByLabel('Cc', { exact: true }).fill('bruno@customer.example');
    await page.getByLabel('Attach files to your answer').setInputFiles({ name: `a-${'long-'.repeat(20)}name.txt`, mimeType: 'text/plain', buffer: Buffer.from('x\n') });
    assert.deepEqual(await accessibilityFindings(page), []);
    await picture(page, 'outgoing-phone');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await press(page, 'Send');
    await mine(page, 'From the pocket too.').getByText(/Sending in/).waitFor();
    await picture(page, 'outgoing-phone-undo');
    assert.deepEqual(await accessibilityFindings(page), []);
    await page.context().close();
  });
});
