// The pages of the desk in a real Chromium: for everybody (WCAG, keyboard alone, phone, dark room), without scripts, small on
// the wire, live, and with two people at work at once.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accessibilityFindings, openPage, phone, picture, signIn, startBrowser } from '../harness/browser.mjs';
import { makeDesk, password } from '../harness/desk.mjs';
import { tabTo } from '../harness/keyboard.mjs';
import { writeMail } from '../harness/mail.mjs';
import { startSmtpPeer } from '../harness/smtp-peer.mjs';

const mira = 'mira@desk.example';
const jonas = 'jonas@desk.example';
let desk, peer, browser;
let mails = 0;

// A mail from a customer of their own, so that no test meets another's conversation.
function customerWrites({ name, subject, text = 'Good morning, I have a question about my order.', headers, address = `customer-${++mails}@customer.example` }) {
  const mail = writeMail({ from: `${name} <${address}>`, to: 'help@desk.example', subject, text, headers });
  const { code, complaint } = desk.deliver(mail);
  assert.equal(code, 0, complaint);
}

const region = (page, name) => page.getByRole('region', { name });
const rail = page => page.getByRole('navigation', { name: 'Rapport' });
const openConversation = async (page, name) => {
  await page.goto('/?view=open');
  await region(page, 'Open').getByRole('link', { name: new RegExp(name) }).click();
  await region(page, 'Thread').waitFor();
};

before(async () => {
  desk = makeDesk();
  desk.settle();
  peer = await startSmtpPeer(mail => (/refused/.test(mail.header('To')) ? '550 5.1.1 nobody has this name here' : '250 2.0.0 taken'));
  // These wait longest, so they stand on top of the list; the others fill more than a page of it.
  customerWrites({
    name: 'Greta Moll', subject: 'A picture of the damage',
    text: '<html><body><h1>Look at this</h1><script>document.title = "taken over"</script><img src="http://elsewhere.example/spy.png"><p>It came broken.</p></body></html>',
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
  });
  customerWrites({ name: 'Karim Aziz', subject: 'You useless idiots', text: 'You are useless idiots and liars. I have had enough of you. Give me my money back NOW!!!' });
  customerWrites({ name: 'نور الهدى', subject: 'سؤال عن الطلب', text: 'مرحبا، أين طلبي؟ شكرا لكم' });
  customerWrites({ name: `Wolfeschlegelsteinhausenbergerdorff-${'Longname'.repeat(12)}`, subject: 'x'.repeat(400), text: `${'y'.repeat(3000)}\n> quoted before\n> and more` });
  customerWrites({ name: 'Kim Keys', subject: 'A question for the keyboard' });
  for (let index = 0; index < 55; index++) {
    customerWrites({ name: `Customer Number ${index}`, subject: `Order ${700 + index}`, text: `Where is my order ${700 + index}? I am waiting for it.` });
  }
  await desk.serve(['--smtp-url', peer.smtpUrl]);
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await desk?.stop();
  await peer?.stop();
});

describe('every page is for everybody', () => {
  const looks = [
    { look: 'on a desktop', options: {} },
    { look: 'on a phone', options: { viewport: phone } },
    { look: 'on a desktop in the dark', options: { dark: true } },
  ];
  const pages = [
    ['the open conversations', '/?view=open'], ['an empty list', '/?view=mine'], ['the unassigned conversations', '/?view=unassigned'],
    ['the solved conversations', '/?view=solved'], ['the quarantine', '/mailroom/quarantined'], ['the failed mail', '/mailroom/failed'],
    ['the outbox', '/mailroom/outbox'], ['the dismissed mail', '/mailroom/dismissed'], ['the channels', '/mailroom/channels'], ['my own page', '/account'], ['a page that is not there', '/conversations/99999999'],
  ];

  for (const { look, options } of looks) {
    test(`the sign-in page ${look}, also after a mistake`, async () => {
      const page = await openPage(browser, desk, options);
      await page.goto('/');
      assert.deepEqual(await accessibilityFindings(page), []);
      await page.getByLabel('E-mail').fill('nobody@desk.example');
      await page.getByLabel('Password').fill('wrong wrong wrong');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').waitFor();
      assert.deepEqual(await accessibilityFindings(page), []);
      await page.context().close();
    });

    test(`all others ${look}`, async t => {
      const page = await openPage(browser, desk, options);
      await signIn(page, 'teodor@desk.example');
      for (const [name, address] of pages) {
        await t.test(name, async () => {
          await page.goto(address);
          await fitsTheScreen(page);
          assert.deepEqual(await accessibilityFindings(page), []);
        });
      }
      for (const name of ['Greta Moll', 'Karim Aziz', 'نور', 'Wolfeschlegel']) {
        await t.test(`the conversation with ${name}`, async () => {
          await openConversation(page, name);
          await fitsTheScreen(page);
          assert.deepEqual(await accessibilityFindings(page), []);
          await picture(page, `conversation with ${name} ${look}`.replaceAll(' ', '-'));
        });
      }
      await page.context().close();
    });
  }

  // Nothing may push the page wider than the screen.
  async function fitsTheScreen(page) {
    const { excess, widest } = await page.evaluate(() => {
      const reach = element => element.getBoundingClientRect().right;
      const widest = [...document.body.querySelectorAll('*')].reduce((most, each) => (reach(each) > reach(most) ? each : most));
      return { excess: document.documentElement.scrollWidth - window.innerWidth, widest: widest.outerHTML.slice(0, 120) };
    });
    assert.ok(excess <= 0, `the page is ${excess} pixels too wide; what reaches out furthest is ${widest}`);
  }
});

describe('everything works without scripts', () => {
  let page;
  before(async () => {
    customerWrites({ name: 'Vera Plain', subject: 'A plain question' });
    page = await openPage(browser, desk, { scripts: false });
  });
  after(() => page.context().close());

  test('signing in', () => signIn(page, mira));

  test('paging through the list', async () => {
    await page.goto('/?view=unassigned');
    assert.equal(await region(page, 'Unassigned').getByRole('listitem').count(), 50);
    await page.getByRole('link', { name: 'Show the next 50' }).click();
    await page.getByRole('link', { name: 'Back to the top' }).waitFor();
    assert.ok(await region(page, 'Unassigned').getByRole('listitem').count() >= 9);
  });

  test('taking a conversation and handing it back', async () => {
    await page.goto('/?view=unassigned');
    const last = page.getByRole('link', { name: 'Show the next 50' });
    await last.click();
    await region(page, 'Unassigned').getByRole('link', { name: /Vera Plain/ }).click();
    await page.getByRole('button', { name: 'Assign to me' }).click();
    await region(page, 'Thread').getByText('with you', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Hand back' }).click();
    await region(page, 'Thread').getByText('with nobody yet', { exact: true }).waitFor();
  });

  test('keeping a note', async () => {
    await page.getByText('Note', { exact: true }).click();
    await page.getByRole('textbox', { name: 'Your note' }).fill('She called as well.');
    await page.getByRole('button', { name: 'Keep note' }).click();
    await page.getByRole('article', { name: 'Your note' }).getByText('She called as well.').waitFor();
  });

  test('an answer without words is refused, kindly', async () => {
    await page.getByText('Reply', { exact: true }).click();
    await page.getByRole('textbox', { name: 'Your answer' }).fill('   ');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('alert').waitFor();
  });

  test('answering with an attachment, and solving in one go', async () => {
    await page.getByText('Reply', { exact: true }).click();
    await page.getByRole('textbox', { name: 'Your answer' }).fill('A plain answer.');
    await page.getByLabel('Attach files to your answer').setInputFiles({ name: 'prices.txt', mimeType: 'text/plain', buffer: Buffer.from('saddle 40\n') });
    await page.getByRole('button', { name: 'Send and solve' }).click();
    const mine = page.getByRole('article').filter({ hasText: 'A plain answer.' });
    await mine.getByRole('link', { name: /prices\.txt/ }).waitFor();
    await page.getByRole('button', { name: 'Reopen' }).click();
    await page.getByRole('button', { name: 'Solve', exact: true }).waitFor();
    await untilTaken(mail => mail.text.includes('A plain answer.') && mail.raw.includes('prices.txt'));
  });

  test('changing the password ends the other sessions', async () => {
    const other = await openPage(browser, desk, { scripts: false });
    await signIn(other, mira);
    await page.goto('/account');
    await page.getByLabel('Password now').fill(password);
    await page.getByLabel('New password').fill(password);
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('The password is changed').waitFor();
    await other.goto('/?view=open');
    await other.getByRole('button', { name: 'Sign in' }).waitFor();
    await other.context().close();
  });

  test('signing out', async () => {
    await page.goto('/account');
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.getByLabel('E-mail').waitFor();
    await page.goto('/?view=open');
    await page.getByLabel('E-mail').waitFor();
  });
});

describe('everything works with the keyboard alone', () => {
  test('from signing in to a sent answer', async () => {
    const page = await openPage(browser, desk);
    await page.goto('/?view=open');
    await page.locator('input[type=email]:focus').waitFor(); // the first field has the focus
    await page.keyboard.type(mira);
    await page.keyboard.press('Tab');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await rail(page).waitFor();

    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to the content');
    await page.goto('/?view=unassigned');
    await tabTo(page, region(page, 'Unassigned').getByRole('link', { name: /Kim Keys/ }));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'A question for the keyboard' }).waitFor();

    await tabTo(page, page.getByRole('button', { name: 'Assign to me' }));
    await page.keyboard.press('Enter');
    await region(page, 'Thread').getByText('with you', { exact: true }).waitFor();
    await tabTo(page, page.getByRole('textbox', { name: 'Your answer' }));
    await page.keyboard.type('An answer without a mouse.');
    await tabTo(page, page.getByRole('button', { name: 'Send', exact: true }), 14);
    await page.keyboard.press('Enter');
    await page.getByRole('article').filter({ hasText: 'An answer without a mouse.' }).waitFor();
    await page.context().close();
  });
});

describe('pages are small', () => {
  // What a browser with an empty cache asks the desk for, and the bytes that come over the wire, headers included.
  async function firstLoad(page, address) {
    const wire = await page.context().newCDPSession(page);
    await wire.send('Network.enable');
    await wire.send('Network.clearBrowserCache');
    const asked = new Map();
    let bytes = 0;
    wire.on('Network.requestWillBeSent', ({ requestId, request }) => {
      const { protocol, pathname } = new URL(request.url);
      if (protocol !== 'data:') asked.set(requestId, pathname); // that is a part of the style sheet, and nobody is asked for it
    });
    wire.on('Network.responseReceived', ({ requestId, response }) => { if (response.fromDiskCache) asked.delete(requestId); }); // the icon of the tab
    wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => { if (asked.has(requestId)) bytes += encodedDataLength; });
    await page.goto(address, { waitUntil: 'load' });
    await page.waitForTimeout(500); // what scripts ask for afterwards counts too
    await wire.detach();
    return { requests: [...asked.values()], bytes };
  }

  // A conversation carries its list, the guides, the forms of the complaint and of remedies; its HTML is not compressed, because what
  // strangers write stands beside what is secret in it (BREACH).
  for (const [name, most, times] of [['the list', 60_000, 5], ['a conversation', 90_000, 5]]) { // the composer's script comes when somebody stirs
    test(`the first load of ${name} takes at most ${times} requests and ${most / 1000} KB`, async t => {
      const page = await openPage(browser, desk);
      await signIn(page, jonas);
      const address = name === 'the list' ? '/?view=open' : await region(page, 'Open').getByRole('link').first().getAttribute('href');
      await page.goto('about:blank');
      const { requests, bytes } = await firstLoad(page, address);
      t.diagnostic(`${bytes} bytes, ${requests.join(' ')}`);
      // The sprite is the tab's icon too; the browser may name it twice, and has it after the first time.
      assert.ok(new Set(requests).size <= times, requests.join(' '));
      assert.ok(bytes > 0 && bytes < most, `${bytes} bytes`);
      await page.context().close();
    });
  }
});

describe('mail from strangers stays in its frame', () => {
  test('scripts do not run, and nothing is fetched from elsewhere', async () => {
    const page = await openPage(browser, desk);
    const elsewhere = [];
    page.on('request', request => { if (!request.url().startsWith(desk.address)) elsewhere.push(request.url()); });
    await signIn(page, jonas);
    await openConversation(page, 'Greta Moll');
    await page.getByText('As it looked').click();
    const frame = page.frameLocator('iframe[title="The mail as it looked"]');
    await frame.getByRole('heading', { name: 'Look at this' }).waitFor();
    assert.equal(await frame.locator('script').count(), 0);
    assert.doesNotMatch(await page.title(), /taken over/);
    assert.deepEqual(elsewhere, []);
    await page.context().close();
  });
});

describe('the desk is live, for several people at once', () => {
  let hers, his;
  before(async () => {
    [hers, his] = await Promise.all([mira, jonas].map(async who => {
      const page = await openPage(browser, desk);
      await signIn(page, who);
      return page;
    }));
  });
  after(() => Promise.all([hers, his].map(page => page.context().close())));

  test('a count goes up when a mail comes', async () => {
    const count = async () => Number(/\d+/.exec(await rail(hers).getByRole('link', { name: 'Unassigned' }).innerText())[0]);
    await hers.goto('/?view=unassigned');
    const earlier = await count();
    customerWrites({ name: 'Lena Live', subject: 'A lively question' });
    await until(async () => await count() === earlier + 1);
  });

  test('taking a conversation shows on the page of a colleague', async () => {
    await openLast(hers, 'Lena Live');
    await openLast(his, 'Lena Live');
    await his.getByRole('button', { name: 'Assign to me' }).click();
    await region(hers, 'Thread').getByText('with Jonas Feld', { exact: true }).waitFor();
  });

  test('an answer shows on the page of a colleague, whose draft stays', async () => {
    await hers.getByRole('textbox', { name: 'Your answer' }).fill('My own draft.');
    await his.getByRole('textbox', { name: 'Your answer' }).fill('Jonas was quicker.');
    await his.getByRole('button', { name: 'Send', exact: true }).click();
    await hers.getByRole('article').filter({ hasText: 'Jonas was quicker.' }).waitFor();
    assert.equal(await hers.getByRole('textbox', { name: 'Your answer' }).inputValue(), 'My own draft.');
  });

  test('who writes while the thread changes is asked before it is sent', async () => {
    const blind = await openPage(browser, desk, { scripts: false });
    await signIn(blind, mira);
    await openLast(blind, 'Lena Live');
    await his.getByRole('textbox', { name: 'Your answer' }).fill('Jonas again.');
    await his.getByRole('button', { name: 'Send', exact: true }).click();
    await his.getByRole('article').filter({ hasText: 'Jonas again.' }).waitFor();
    await blind.getByRole('textbox', { name: 'Your answer' }).fill('Mira, unaware.');
    await blind.getByRole('button', { name: 'Send', exact: true }).click();
    await blind.getByRole('alert').getByText('Somebody wrote while you were writing').waitFor();
    assert.equal(await blind.getByRole('textbox', { name: 'Your answer' }).inputValue(), 'Mira, unaware.');
    await blind.getByRole('button', { name: 'Send anyway' }).click();
    await blind.getByRole('article').filter({ hasText: 'Mira, unaware.' }).waitFor();
    await blind.context().close();
  });

  test('a message that came while somebody writes stops the send, whatever happens elsewhere meanwhile', async () => {
    const sarah = { name: 'Sarah Slow', address: 'sarah@customer.example' };
    customerWrites({ ...sarah, subject: 'One thing after another' });
    await openLast(hers, 'Sarah Slow');
    const number = /conversations\/(\d+)/.exec(hers.url())[1];
    await hers.getByRole('textbox', { name: 'Your answer' }).fill('Mira writes slowly.');
    customerWrites({ ...sarah, subject: `More about it [#${number}]`, text: 'Wait, there is more.' });
    await hers.getByRole('article').filter({ hasText: 'Wait, there is more.' }).waitFor();
    const count = async () => Number(/\d+/.exec(await rail(hers).getByRole('link', { name: 'Unassigned' }).innerText())[0]);
    const earlier = await count();
    customerWrites({ name: 'Udo Unrelated', subject: 'Something else' });
    await until(async () => await count() === earlier + 1);
    await hers.getByRole('button', { name: 'Send', exact: true }).click();
    await hers.getByRole('alert').getByText('Somebody wrote while you were writing').waitFor();
    assert.equal(await hers.getByRole('textbox', { name: 'Your answer' }).inputValue(), 'Mira writes slowly.');
  });

  test('a draft outlives a note, and belongs to the one who wrote it', async () => {
    await hers.reload();
    await hers.getByText('Note', { exact: true }).click();
    await hers.getByRole('textbox', { name: 'Your note' }).fill('She will write again.');
    await hers.getByRole('button', { name: 'Keep note' }).click();
    await hers.getByRole('article').filter({ hasText: 'She will write again.' }).waitFor();
    const draft = () => hers.getByRole('textbox', { name: 'Your answer', includeHidden: true }).inputValue();
    assert.equal(await draft(), 'Mira writes slowly.');
    const address = hers.url();
    await hers.goto('/account');
    await hers.getByRole('button', { name: 'Sign out', exact: true }).click();
    await signIn(hers, 'teodor@desk.example');
    await hers.goto(address);
    assert.equal(await draft(), '');
    await hers.goto('/account');
    await hers.getByRole('button', { name: 'Sign out', exact: true }).click();
    await signIn(hers, mira);
  });

  test('an answer that the mail server refuses says so in the thread and in the mail room', async () => {
    const mail = writeMail({ from: 'Rita Refused <refused@customer.example>', to: 'help@desk.example', subject: 'Does this reach me?', text: 'I wonder whether your answer reaches me.' });
    assert.equal(desk.deliver(mail).code, 0);
    await openLast(hers, 'Rita Refused');
    await hers.getByRole('textbox', { name: 'Your answer' }).fill('It should.');
    await hers.getByRole('button', { name: 'Send', exact: true }).click();
    const answer = hers.getByRole('article').filter({ hasText: 'It should.' });
    await answer.getByText('Not delivered').waitFor({ timeout: 20_000 });
    await answer.getByText('nobody has this name here').waitFor();
    const supervisor = await openPage(browser, desk);
    await signIn(supervisor, 'teodor@desk.example');
    await supervisor.goto('/mailroom/outbox');
    await supervisor.getByRole('listitem').filter({ hasText: 'nobody has this name here' }).first().waitFor();
    await supervisor.context().close();
  });
});

// The newest conversation stands last in a list that shows who waits longest first.
async function openLast(page, name) {
  await page.goto('/?view=open');
  const more = page.getByRole('link', { name: 'Show the next 50' });
  const row = region(page, 'Open').getByRole('link', { name: new RegExp(name) });
  while (await row.count() === 0) await more.click();
  await row.click();
  await region(page, 'Thread').waitFor();
}

async function untilTaken(isIt) {
  await until(() => peer.taken.some(({ mail }) => isIt(mail)));
}

async function until(isSo, patience = 15_000) {
  for (const end = performance.now() + patience; performance.now() < end; await new Promise(next => setTimeout(next, 50))) if (await isSo()) return;
  assert.fail(`waited ${patience / 1000} s in vain for: ${isSo}`);
}
