// Customers and administration in a real Chromium: from an empty folder to a desk with a colleague, and one customer's whole page.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accessibilityFindings, openPage, phone, picture, signIn, startBrowser } from '../harness/browser.mjs';
import { makeDesk } from '../harness/desk.mjs';
import { fillRule } from '../harness/rules.mjs';

const nuala = 'nuala@desk.example', mira = 'mira@desk.example';
let browser;
before(async () => { browser = await startBrowser(); });
after(async () => { await browser?.close(); });

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
const fits = page => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

test('from an empty folder to a desk with a colleague, without scripts', async () => {
  const desk = makeDesk();
  try {
    await desk.serve();
    for (let waited = 0; !/\/setup\/\S+/.test(desk.said) && waited < 40; waited++) await new Promise(done => setTimeout(done, 50));
    const link = /http:\/\/\S+\/setup\/\S+/.exec(desk.said)[0];
    const page = await openPage(browser, desk, { scripts: false });
    await page.goto('/'); // nobody can sign in yet: it says where the link is, and not what it is
    await page.getByText('Nobody has set this desk up yet').waitFor();
    assert.equal(await page.getByLabel('Password').count(), 0);
    assert.equal((await page.content()).includes(new URL(link).pathname), false);
    const scripted = await openPage(browser, desk, { zone: 'Europe/Berlin' });
    await scripted.goto(link);
    assert.equal(await scripted.getByLabel('Time zone').inputValue(), 'Europe/Berlin'); // where they sit
    assert.deepEqual(await accessibilityFindings(scripted), []);
    await scripted.context().close();
    await page.goto(link);
    assert.equal(await page.getByLabel('Time zone').evaluate(field => field.value === '' && field.required), true);
    await page.getByLabel('Your name').fill('Nuala Brannigan');
    await page.getByLabel('Your e-mail').fill(nuala);
    await page.getByLabel('A password').fill('a quiet room with good light');
    await page.getByLabel('Its name, as customers know it').fill('Brekka Cycles');
    await page.getByLabel('The address that customers write to').fill('help@brekka.example');
    await page.getByLabel('Time zone').fill('Mars/Olympus');
    await press(page, 'Set the desk up');
    await page.getByRole('alert').first().waitFor(); // no such zone; what else was typed is still there
    assert.equal(await page.getByLabel('Your name').inputValue(), 'Nuala Brannigan');
    await page.getByLabel('Time zone').fill('Europe/Dublin');
    await page.getByLabel('A password').fill('a quiet room with good light');
    await press(page, 'Set the desk up');
    await page.getByRole('heading', { name: 'Brekka Cycles is open' }).waitFor();
    await page.getByText('smtp-url = ').waitFor();

    await page.getByRole('link', { name: 'Invite somebody' }).click();
    await page.getByLabel('E-mail').fill('ada@brekka.example');
    await page.getByLabel('Name', { exact: true }).fill('Ada Reyes');
    await page.getByRole('radio', { name: /^supervisor/ }).check();
    await press(page, 'Make the invitation');
    const invitation = await page.getByLabel('Link').inputValue();

    const ada = await openPage(browser, desk, { scripts: false });
    await ada.goto(invitation);
    await ada.getByLabel('Choose a password').fill('seven small boats at dawn');
    await press(ada, 'Keep it and come in');
    await ada.getByRole('navigation', { name: 'Rapport' }).waitFor();
    await ada.goto(invitation);
    await ada.getByRole('heading', { name: 'This link works no more' }).waitFor();

    const stranger = await openPage(browser, desk, { scripts: false });
    await stranger.goto(link);
    await stranger.getByRole('heading', { name: 'This link works no more' }).waitFor();

    await page.goto('/people');
    await page.getByRole('link', { name: 'Nuala Brannigan' }).click();
    await press(page, 'Disable');
    await page.getByText('is the only administrator who can sign in').waitFor();
    await page.goto('/audit');
    await page.getByText('Invitation accepted').waitFor();
    assert.match(desk.run(['check']), /Everything is in order/);
    for (const each of [page, ada, stranger]) await each.context().close();
  } finally {
    await desk.stop();
  }
});

describe('at a desk with customers', () => {
  let desk;
  const mail = (from, id, subject, body, more = '') =>
    `From: ${from}\nTo: help@desk.example\nSubject: ${subject}\nMessage-ID: <${id}@x.example>\n${more}\n${body}\n`;
  before(async () => {
    desk = makeDesk();
    desk.settle();
    const agnes = 'Agnes Moor <agnes@moor.example>';
    desk.deliver(mail(agnes, 'a', 'Bell', 'Hello, my bell is lovely, thank you so much.'));
    desk.deliver(mail(agnes, 'b', 'Torn saddle', 'I am furious. The saddle came torn and nobody answers me. This is a disgrace.'));
    desk.deliver(mail(agnes, 'b2', 'Re: Torn saddle', 'Hello? I am still waiting, this is unacceptable.', 'In-Reply-To: <b@x.example>\n'));
    desk.deliver(mail(agnes, 'c', 'New saddle', 'Thank you, I am very happy with the new saddle.'));
    desk.deliver(mail('Agnes Moor <agnes.moor@home.example>', 'd', 'Opening hours', 'When are you open on Saturday?'));
    desk.deliver(mail('Bruno Falk <bruno@falk.example>', 'e', 'Pump', 'Do you have pumps?'));
    await desk.serve();
  });
  after(async () => { await desk?.stop(); });

  test('from a conversation to the customer’s page: preferences, a note, two who are one, and parted again', async () => {
    const page = await openPage(browser, desk);
    await signIn(page, mira);
    await page.goto('/conversations/1002');
    await page.getByRole('complementary', { name: 'About the customer' }).getByRole('link', { name: 'Agnes Moor' }).click();
    await page.getByRole('heading', { name: 'Agnes Moor', level: 1 }).waitFor();
    await page.getByRole('img', { name: /Over 3 conversations/ }).waitFor();
    await picture(page, 'people-customer');
    assert.deepEqual(await accessibilityFindings(page), []);

    await page.getByLabel('They like to be called').fill('Dr. Moor');
    await page.getByLabel('Language').selectOption('de');
    await press(page, 'Keep what they prefer');
    await page.getByText('It is kept.').waitFor();
    await page.getByLabel('A new note').fill('Rings back after six.');
    await press(page, 'Keep the note');
    await page.getByText('Rings back after six.').first().waitFor();
    await page.getByLabel('Another address').fill('agnes.moor@home.example');
    await press(page, 'Add the address');
    await page.getByText('Somebody else has the address').waitFor();
    await page.getByRole('link', { name: 'Look at the two side by side' }).click();
    await page.getByRole('heading', { name: 'Are these one person?' }).waitFor();
    await picture(page, 'people-same');
    assert.deepEqual(await accessibilityFindings(page), []);
    await page.getByRole('button', { name: /this one stays/ }).first().click();
    await page.getByText('Joined into this one').waitFor();
    await page.getByText(/^4 conversations/).waitFor();
    await press(page, 'Part them again');
    await page.getByText(/^3 conversations/).waitFor();

    await page.goto('/conversations/1002');
    await page.getByText('Likes to be called').waitFor();
    assert.deepEqual(page.complaints.filter(each => !each.includes('422')), []);
    await page.context().close();
  });

  test('an organisation gathers people by their domain, without scripts', async () => {
    const page = await openPage(browser, desk, { scripts: false });
    await signIn(page, mira);
    await page.getByRole('navigation', { name: 'Rapport' }).getByRole('link', { name: 'Customers' }).click();
    await page.getByRole('link', { name: 'Organisations' }).click();
    await page.getByLabel('A new organisation').fill('Falk & Sons');
    await press(page, 'Add it');
    await page.getByLabel('Another domain').fill('falk.example');
    await press(page, 'Add the domain');
    await page.getByRole('region', { name: 'Its people' }).getByRole('link', { name: 'Bruno Falk' }).waitFor();
    await page.goto('/customers');
    await page.getByRole('searchbox').fill('falk sons');
    await press(page, 'Find');
    assert.equal(await page.getByRole('main').getByRole('listitem').count(), 1);
    await page.context().close();
  });

  // What the page of an organisation shows of all its people, and what happens when it is here twice.
  describe('an organisation that many write for', () => {
    const house = async (page, name, domain) => {
      await page.goto('/organisations');
      await page.getByLabel('A new organisation').fill(name);
      await press(page, 'Add it');
      await page.getByLabel('Another domain').fill(domain);
      await press(page, 'Add the domain');
      await page.getByText(`@${domain}`, { exact: true }).waitFor();
      return new URL(page.url()).pathname;
    };
    let tern, terns;
    before(async () => {
      for (let each = 0; each < 20; each++) desk.deliver(mail('Tilda Tern <tilda@tern.example>', `t${each}`, `Order ${each}`, 'Thank you, the parcel came and I am happy.'));
      desk.deliver(mail('Ole Tern <ole@tern.example>', 't-angry', 'Torn tent', 'I am furious. The tent came torn and nobody answers me. This is a disgrace.'));
      desk.deliver(mail('Ida Tern <ida@terns.example>', 't-ida', 'Rope', 'Do you have rope?'));
      const page = await openPage(browser, desk, { scripts: false });
      await signIn(page, mira);
      tern = await house(page, 'Tern Outdoor', 'tern.example');
      terns = await house(page, 'Tern Outdoor Ltd', 'terns.example');
      await page.getByLabel('What the team should know').fill('Wants one parcel for all.');
      await press(page, 'Keep it');
      await page.getByText('It is kept.').waitFor();
      await page.context().close();
    });

    for (const [look, options] of [['on a desktop', {}], ['on a phone in the dark', { viewport: phone, dark: true }], ['without scripts', { scripts: false }]]) {
      const shot = look.split(' ').pop();
      const check = async (page, name) => {
        await picture(page, `people-${name}-${shot}`);
        assert.ok(await fits(page), `${page.url()} is wider than the screen`);
        if (!look.includes('scripts')) assert.deepEqual(await accessibilityFindings(page), []);
      };
      test(`shows every conversation and how they felt; joined with its double and parted again, ${look}`, async () => {
        const page = await openPage(browser, desk, options);
        await signIn(page, mira);
        await page.goto(tern);
        const past = page.getByRole('region', { name: 'What there was' });
        const first = await past.getByRole('listitem').allTextContents();
        assert.equal(first.length, 20);
        assert.ok(first[0].includes('Torn tent') && first[0].includes('Ole Tern'));
        await page.getByRole('img', { name: /Over 21 conversations: .*worse than at first/ }).waitFor();
        await check(page, 'organisation');
        await page.getByText('The numbers').click();
        assert.equal(await page.getByRole('table').getByRole('row').count(), 22);
        await past.getByRole('link', { name: 'Earlier ones' }).click();
        await past.getByRole('link', { name: /Order 0$/ }).waitFor();
        assert.equal(await past.getByRole('listitem').count(), 1);

        await page.goto(tern);
        await page.getByRole('region', { name: 'Is it here twice?' }).getByRole('button', { name: 'Find' }).click();
        await page.getByRole('heading', { name: 'Which one is the same?' }).waitFor();
        await check(page, 'organisation-alike');
        await page.getByRole('link', { name: /^Side by side ?: Tern Outdoor Ltd$/ }).click();
        await page.getByRole('heading', { name: 'Are these one organisation?' }).waitFor();
        await page.getByRole('region', { name: 'What will happen' }).getByText('can be undone').waitFor();
        await check(page, 'organisation-same');
        await page.getByRole('button', { name: /this one stays ?: Tern Outdoor$/ }).click();
        await page.getByRole('heading', { name: 'Tern Outdoor', level: 1 }).waitFor();
        const people = page.getByRole('region', { name: 'Its people' });
        await people.getByRole('link', { name: 'Ida Tern' }).waitFor();
        assert.equal(await page.getByLabel('What the team should know').inputValue(), 'Wants one parcel for all.');
        await check(page, 'organisation-joined');
        await page.goto(terns); // the old page leads to the new one
        assert.equal(new URL(page.url()).pathname, tern);
        await page.goto('/organisations');
        assert.equal(await page.getByRole('link', { name: /^Tern/ }).count(), 1);

        await page.goto(tern);
        await page.getByRole('button', { name: /^Part them again ?: Tern Outdoor Ltd$/ }).click();
        await page.getByText('It is kept.').waitFor();
        assert.equal(await people.getByRole('link', { name: 'Ida Tern' }).count(), 0);
        await page.goto(terns);
        await page.getByRole('heading', { name: 'Tern Outdoor Ltd', level: 1 }).waitFor();
        assert.deepEqual(page.complaints, []);
        await page.context().close();
      });
    }
  });

  test('an administrator sets mailboxes and branding; a mistake is told beside what was typed', async () => {
    const page = await openPage(browser, desk);
    await signIn(page, nuala);
    await page.getByRole('navigation', { name: 'Rapport' }).getByRole('link', { name: 'House' }).click();
    await page.getByRole('link', { name: 'Mailboxes' }).click();
    await page.getByRole('link', { name: 'help@desk.example' }).click();
    await page.getByLabel('Signature').fill('Yours, the Desk');
    await press(page, 'Keep the mailbox');
    await page.getByText('It is kept.').waitFor();
    await press(page, 'Retire the mailbox');
    await page.getByText('is the last mailbox in use').waitFor();
    await page.goto('/branding');
    await page.getByLabel('Plum').check();
    await press(page, 'Keep name and accent');
    await page.getByLabel(/A picture/).setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from('<svg onload="alert(1)"/>') });
    await press(page, 'Use this picture');
    await page.getByText('This is no picture that the desk can show').waitFor();
    await page.getByLabel(/A picture/).setInputFiles({
      name: 'logo.png', mimeType: 'image/png',
      buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64') });
    await press(page, 'Use this picture');
    assert.equal(await page.getByRole('img', { name: 'The logo now' }).evaluate(each => each.decode().then(() => each.naturalWidth)), 1);
    await page.context().close();
  });

  // Without scripts: what is with somebody is said before they leave, and goes where the administrator chose.
  test('somebody leaves: what is with them is counted, goes to whom it should, and a rule that names them is told', async () => {
    const page = await openPage(browser, desk, { scripts: false }), hers = await openPage(browser, desk, { scripts: false });
    await signIn(page, nuala);
    await page.goto('/conversations/1001');
    await page.locator('details.work-line', { hasText: 'With' }).first().locator('summary').click();
    await page.locator('#assign-form select').selectOption({ label: 'Jonas Feld' });
    await page.locator('#assign-form').getByRole('button').click();
    await page.goto('/rules/new');
    await fillRule(page, { name: 'Pumps', when: ['A conversation is opened'], conditions: [], actions: [['Give it to', 'Jonas Feld']] });
    await press(page, 'Keep the rule');
    await page.goto('/people');
    await page.getByRole('link', { name: 'Jonas Feld' }).click();
    const leaving = page.getByRole('region', { name: 'Leaving' });
    await leaving.getByText('With them now: 1 open conversation.').waitFor();
    await leaving.getByRole('link', { name: 'Pumps' }).waitFor();
    await picture(page, 'people-leaving');
    await leaving.getByLabel('Their conversations go').selectOption({ label: 'to Mira Lindqvist' });
    await press(page, 'Disable');
    await page.getByText('Nothing is with them now.').waitFor();
    await page.goto('/rules');
    await page.getByText('Give it to Jonas Feld').waitFor();
    await page.getByText('Jonas Feld has left; give it to somebody else.').waitFor();
    await signIn(hers, mira);
    await hers.goto('/?view=mine');
    await hers.getByText('Bell').first().waitFor();
    await page.goto('/people');
    await page.getByRole('link', { name: 'Jonas Feld' }).click();
    await press(page, 'Let them in again');
    await page.getByText('Nothing is with them now.').waitFor(); // nothing is given back
    assert.match(desk.run(['check']), /Everything is in order/);
    for (const each of [page, hers]) await each.context().close();
  });

  const pages = ['/customers', '/customers/1', '/customers/same', '/customers/1/same/2', '/organisations', '/house', '/people', '/people/1',
    '/permissions', '/mailboxes', '/mailboxes/1', '/branding', '/audit', '/first-steps'];
  const tall = ['/customers', '/customers/1', '/customers/1/same/2', '/people/1', '/permissions', '/first-steps']; // looked at closely on a phone too
  for (const [look, options] of [['on a desktop', {}], ['on a phone in the dark', { viewport: phone, dark: true }]]) {
    test(`for everybody, ${look}`, async () => {
      const page = await openPage(browser, desk, options);
      await signIn(page, nuala);
      for (const path of pages) {
        await page.goto(path);
        if (!look.includes('phone') || tall.includes(path)) assert.deepEqual(await accessibilityFindings(page), [], path);
        assert.ok(await fits(page), `${path} is wider than the screen`);
        await picture(page, `people-${look.includes('phone') ? 'phone' : 'desktop'}${path.replaceAll('/', '-')}`);
      }
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });
  }
});
