// Whole stories of complaints, from the first mail to the last stage, as the people in them see them: a frustrated customer to agreement
// and follow-up; a request that is denied, said well; a remedy beyond an agent's authority; a complaint under the rules of the UK's FCA
// that is settled early. What lies days apart is told in src/pages/complaint/story_test.c, where the clock can be moved.

import assert from 'node:assert/strict';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { accessibilityFindings, openPage, phone, picture, signIn, startBrowser } from '../harness/browser.mjs';
import { databases, makeDesk } from '../harness/desk.mjs';
import { tabTo } from '../harness/keyboard.mjs';
import { writeMail } from '../harness/mail.mjs';
import { writeRule } from '../harness/rules.mjs';
import { startSmtpPeer } from '../harness/smtp-peer.mjs';

const home = 'http://desk.localhost';
const anna = 'Anna Berg <anna@customer.example>';
const bram = 'Bram Visser <bram@visser.example>';
const people = { mira: 'mira@desk.example', jonas: 'jonas@desk.example', teodor: 'teodor@desk.example', nuala: 'nuala@desk.example' };
const frustrated = 'I am very disappointed. I ordered a blue saddle three weeks ago and paid 90 euros at once, and it still has not come. '
  + 'I wrote to you twice and nobody answered me. You treat me like a number. I want my saddle before the weekend.';

const panel = page => page.locator('#complaint');
const act = (page, title) => panel(page).locator('details.act').filter({ has: page.locator('summary', { hasText: title }) });
const press = (place, name) => place.getByRole('button', { name, exact: true }).click();
const standsAt = (page, stage) => panel(page).locator('[aria-current=step] .stage-name').getByText(stage, { exact: true }).waitFor();
const isComplaint = page => panel(page).locator('.stages').waitFor();
const stageOnMap = (page, title) => page.locator('ol.way > li').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
const card = (page, title) => page.getByRole('region', { name: title, exact: true });
const side = page => page.getByRole('complementary', { name: 'About the customer' });

async function unfold(page, title) {
  const part = act(page, title);
  if (!await part.evaluate(details => details.open)) await part.locator('> summary').click();
  return part;
}

async function giveRemedy(page, { kind, amount, reason }) {
  await side(page).getByText('Give a remedy').click();
  await side(page).getByRole('combobox').selectOption(kind);
  await side(page).getByLabel('Amount').fill(amount);
  await side(page).getByRole('textbox', { name: 'Why', exact: true }).fill(reason);
  await press(side(page), 'Give it');
}

// What a stranger does with a bundle: RFC 7515, with the key in its header. Gives what was signed; throws when it was changed.
function readBundle({ protected: head, payload, signature }) {
  const header = JSON.parse(Buffer.from(head, 'base64url'));
  assert.equal(header.alg, 'EdDSA');
  const key = createPublicKey({ key: header.jwk, format: 'jwk' });
  if (!verify(null, Buffer.from(`${head}.${payload}`), key, Buffer.from(signature, 'base64url'))) throw new Error('the bundle was changed');
  const { crv, kty, x } = header.jwk; // RFC 7638
  assert.equal(createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url'), header.kid);
  return { header, file: JSON.parse(Buffer.from(payload, 'base64url')) };
}

async function downloaded(page, link) {
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

function readCsv(text) {
  const rows = text.trimEnd().split('\r\n').map(line => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)]
    .map(([, quoted, plain]) => quoted === undefined ? plain : quoted.replaceAll('""', '"')));
  return rows.slice(1).map(row => Object.fromEntries(row.map((cell, i) => [rows[0][i], cell])));
}

for (const database of databases) {
  describe(`stories on ${database}`, () => {
    let desk, peer, browser, mira, teodor, nuala, direct;

    const openAs = async (email, options) => {
      const page = await openPage(browser, desk, options);
      await signIn(page, email);
      return page;
    };
    const arrives = (from, subject, text) => {
      const done = desk.deliver(writeMail({ from, to: 'help@desk.example', subject, text }));
      assert.equal(done.code, 0, done.complaint);
    };
    const sent = words => peer.mail(words);
    // Answers with options, and comes back when the mail has left the house.
    const answer = async (page, words, { options = [], kind } = {}) => {
      await page.getByRole('textbox', { name: 'Your answer' }).fill(words);
      const fold = page.locator('details.options');
      if (!await fold.evaluate(details => details.open)) await fold.locator('summary').click();
      if (options.length) await page.getByRole('textbox', { name: 'Options, one a line' }).fill(options.join('\n'));
      if (kind) await page.getByLabel(kind, { exact: true }).check();
      await press(page, 'Send');
      const mail = await sent(words.slice(0, 24)); // long lines are folded
      return { mail, links: [...mail.text.matchAll(/<(http:\/\/desk\.localhost\/choose\/[^>]+)>/g)].map(([, link]) => link) };
    };
    // The panel is up to date when the page was loaded after what it shows.
    const until = async (page, number, stage) => {
      for (const deadline = Date.now() + 20_000;;) {
        await page.goto(`/conversations/${number}`);
        const now = await panel(page).locator('[aria-current=step] .stage-name').innerText();
        if (now === stage) return;
        assert.ok(Date.now() < deadline, `it is ${now}, and never became ${stage}`);
      }
    };

    before(async () => {
      desk = makeDesk({ database });
      desk.settle();
      peer = await startSmtpPeer();
      const address = await desk.serve(['--smtp-url', peer.smtpUrl, '--url', home]);
      browser = await startBrowser({ hosts: `desk.localhost ${new URL(address).host}` });
      direct = address;
      desk.address = home;
      mira = await openAs(people.mira);
      teodor = await openAs(people.teodor);
      nuala = await openAs(people.nuala);
      for (const [page, role, amount] of [[nuala, 'supervisor', '500'], [teodor, 'agent', '50']]) {
        await page.goto('/limits');
        await page.getByRole('combobox', { name: 'Role' }).selectOption(role);
        await page.getByRole('combobox', { name: 'What is limited' }).selectOption('each');
        await page.getByLabel('Up to, in EUR').fill(amount);
        await page.getByLabel('For totals').fill('30');
        await press(page, 'Set this limit');
        await page.getByText('It is kept, and holds from now on.').waitFor();
      }
    });
    after(async () => {
      await browser?.close();
      await desk?.stop();
      await peer?.stop();
    });

    describe('a frustrated customer, to agreement and follow-up', () => {
      test('her mail reads like a complaint, and the key c makes it one', async () => {
        arrives(anna, 'Where is my saddle?', frustrated);
        await mira.goto('/conversations/1001');
        await mira.getByRole('note').filter({ hasText: 'This reads like a complaint: they sound frustrated.' }).waitFor();
        await mira.keyboard.press('c');
        await isComplaint(mira);
      });

      test('it is assessed and looked into, and the gap goes into the answer in her own terms', async () => {
        let form = await unfold(mira, 'How severe it is');
        await form.getByLabel('serious').check();
        await form.getByLabel('What it is about').fill('Blue saddle');
        await form.getByLabel('What they seek').fill('The saddle before the weekend');
        await press(form, 'It is assessed');
        await standsAt(mira, 'Assessed');
        form = await unfold(mira, 'What was found');
        await form.getByLabel('What happened, and why').fill('The parcel was never booked; both letters lay in a closed mailbox.');
        await press(form, 'Note what was found');
        await standsAt(mira, 'Investigated');
        form = await unfold(mira, 'The gap');
        assert.match(await form.getByLabel('Where they want to be').inputValue(), /saddle/);
        await form.getByLabel('Where they are now').fill('You paid three weeks ago and have no saddle');
        await form.getByLabel('Where they want to be').fill('You want it before the weekend');
        await press(form, 'Keep it');
        await act(mira, 'The gap').locator('summary').getByText('confirmed').waitFor();
        form = await unfold(mira, 'What went wrong');
        await form.getByRole('button', { name: 'They were not listened to' }).last().click();
        await (await unfold(mira, 'What went wrong')).getByRole('button', { name: 'Take back: They were not listened to' }).waitFor();
        await (await unfold(mira, 'The gap')).getByRole('button', { name: /Insert: as I understand it/ }).click();
        await mira.waitForURL(/#composer/);
        assert.match(await mira.getByRole('textbox', { name: 'Your answer' }).inputValue(), /You paid three weeks ago and have no saddle/);
      });

      test('she gets options with the answer, and chooses by the link on her telephone', async () => {
        const gap = await mira.getByRole('textbox', { name: 'Your answer' }).inputValue();
        const { mail, links } = await answer(mira, `Dear Anna, this was our fault, and I put it right.\n${gap}`,
          { options: ['A courier brings it on Friday, and 20 euros back', 'All of your money back today'] });
        assert.equal(links.length, 2);
        assert.match(mail.text, /have no saddle/);
        await until(mira, 1001, 'Answered');
        const hers = await openPage(browser, desk, { viewport: phone });
        await hers.goto(links[0]);
        assert.deepEqual(await accessibilityFindings(hers), []);
        await press(hers, 'This is my choice');
        await hers.getByRole('heading', { name: 'Thank you' }).waitFor();
        assert.deepEqual(hers.complaints, []);
        await hers.context().close();
        await until(mira, 1001, 'Agreed');
      });

      test('it cannot be closed before what was given is carried out; then it is remedied by itself', async () => {
        await giveRemedy(mira, { kind: 'refund', amount: '20', reason: 'For three weeks of waiting.' });
        await card(mira, 'Refund of 20.00 EUR').getByText('given by you, just now').waitFor();
        await press(await unfold(mira, 'Close it'), 'Close the complaint');
        await panel(mira).getByRole('alert').getByText('A remedy was given and is not carried out yet.').waitFor();
        await mira.goto('/conversations/1001');
        await card(mira, 'Refund of 20.00 EUR').getByText('It was paid or sent').click();
        await card(mira, 'Refund of 20.00 EUR').getByLabel('How, for the record').fill('bank transfer 12');
        await press(card(mira, 'Refund of 20.00 EUR'), 'Mark as done');
        await card(mira, 'Refund of 20.00 EUR').getByText(/bank transfer 12/).waitFor();
        await standsAt(mira, 'Remedied');
      });

      test('a promise is made and kept', async () => {
        let form = await unfold(mira, 'Promises');
        await form.getByLabel('What we promise').fill('Ring her on Saturday');
        await form.getByLabel('By the end of').fill(new Date(Date.now() + 3 * 864e5).toISOString().slice(0, 10));
        await press(form, 'Promise it');
        await panel(mira).getByText('Keep the promise: “Ring her on Saturday”.').waitFor();
        await press(await unfold(mira, 'Close it'), 'Close the complaint');
        await panel(mira).getByRole('alert').getByText('A promise is still running').waitFor();
        await mira.goto('/conversations/1001');
        form = await unfold(mira, 'Promises');
        await form.getByText('Was it kept?').click();
        await form.getByLabel('What came of it').fill('She has it and rides it');
        await press(form, 'It was kept');
        await (await unfold(mira, 'Promises')).getByText(/^kept .*She has it and rides it/).waitFor();
      });

      test('she is asked whether it is right, and it is closed with her agreement', async () => {
        const form = await unfold(mira, 'They were asked whether it is right');
        await form.getByLabel('Where they said it').selectOption({ label: 'By telephone or in person' });
        await form.getByLabel('What they said').fill('It is perfect now');
        await press(form, 'They were asked');
        await standsAt(mira, 'Followed up');
        await press(await unfold(mira, 'Close it'), 'Close the complaint');
        await standsAt(mira, 'Closed');
        await press(mira, 'Solve');
        await mira.getByRole('button', { name: 'Reopen', exact: true }).waitFor();
      });

      test('the map shows each stage with its day, who it was, and the evidence', async () => {
        await mira.goto('/complaints/1001');
        const who = { Received: '', Acknowledged: '', Assessed: 'Mira Lindqvist', Investigated: 'Mira Lindqvist', Answered: 'Mira Lindqvist',
          Agreed: 'the customer', Remedied: 'Mira Lindqvist', 'Followed up': 'Mira Lindqvist', Closed: 'Mira Lindqvist' };
        assert.deepEqual(await mira.locator('ol.way h3').allInnerTexts(), Object.keys(who)); // without "Refused"
        for (const [title, name] of Object.entries(who)) {
          const told = await stageOnMap(mira, title).innerText();
          assert.match(told, /\d{1,2} \w{3,} 20\d\d, \d\d:\d\d/, title);
          assert.ok(told.includes(name), `${title}: ${told}`);
          assert.match(await stageOnMap(mira, title).locator('time').getAttribute('datetime'), /^20\d\d-\d\d-\d\dT[\d:.]+Z$/);
        }
        for (const title of ['Received', 'Acknowledged', 'Answered', 'Agreed']) {
          const evidence = stageOnMap(mira, title).getByRole('link', { name: /^message \d+$/ });
          assert.match(await evidence.getAttribute('href'), /^\/conversations\/1001#m\d+$/, title);
        }
        assert.equal(await stageOnMap(mira, 'Closed').getAttribute('aria-current'), 'step');
        const all = await mira.locator('main').innerText();
        for (const words of ['Blue saddle', 'The saddle before the weekend', 'You paid three weeks ago and have no saddle',
          'They were not listened to', 'A courier brings it on Friday, and 20 euros back', 'Refund of 20.00 EUR', 'Carried out on',
          'Ring her on Saturday', 'Kept. She has it and rides it', 'You treat me like a number', 'The parcel was never booked'])
          assert.ok(all.includes(words), words);
        assert.equal(await mira.locator('main .notice').count(), 0); // it is over
        await picture(mira, `story-map-${database}`);
      });

      test('the evidence leads to the message', async () => {
        await stageOnMap(mira, 'Answered').getByRole('link', { name: /^message \d+$/ }).click();
        const article = mira.locator(new URL(mira.url()).hash);
        await article.getByText('this was our fault, and I put it right').waitFor();
      });

      test('its bundle can be checked by anybody, holds every message, and shows when a byte was changed', async () => {
        await mira.goto('/complaints/1001');
        const { name, text } = await downloaded(mira, mira.getByRole('link', { name: 'Signed bundle' }));
        assert.equal(name, 'complaint-1001-signed.json');
        const bundle = JSON.parse(text), { header, file } = readBundle(bundle);
        for (const member of ['payload', 'signature']) {
          const bytes = Buffer.from(bundle[member], 'base64url');
          for (const at of [0, bytes.length >> 1, bytes.length - 1]) {
            const changed = Buffer.from(bytes);
            changed[at] ^= 1;
            assert.throws(() => readBundle({ ...bundle, [member]: changed.toString('base64url') }), /changed/, `${member} ${at}`);
          }
        }
        assert.deepEqual(file.messages.map(each => each.kind), ['customer', 'automatic', 'agent']);
        assert.ok(file.messages[0].text.includes('You treat me like a number'));
        assert.ok(file.messages[2].text.includes('this was our fault'));
        for (const message of file.messages) assert.match(message.original_sha256, /^[0-9a-f]{64}$/);
        assert.deepEqual(file.steps.filter(each => each.from !== each.to || each.event === 'receive').map(each => each.to),
          ['received', 'acknowledged', 'assessed', 'investigated', 'answered', 'agreed', 'remedied', 'followed-up', 'closed']);
        assert.equal(file.stage, 'closed');
        assert.equal(file.gap_confirmed, true);
        assert.deepEqual(file.offers.map(({ state, chosen, way }) => ({ state, chosen, way })), [{ state: 'chosen', chosen: 1, way: 'link' }]);
        assert.deepEqual(file.remedies.map(({ kind, amount, how }) => ({ kind, amount, how })),
          [{ kind: 'refund', amount: '20.00 EUR', how: 'bank transfer 12' }]);
        assert.deepEqual(file.promises.map(({ words, state, result }) => ({ words, state, result })),
          [{ words: 'Ring her on Saturday', state: 'kept', result: 'She has it and rides it' }]);
        await mira.goto('/complaints');
        await mira.getByText(header.kid).waitFor(); // so that it can be compared
      });

      test('she stands in the register\u2019s table', async () => {
        await mira.goto('/complaints?state=any');
        const { name, text } = await downloaded(mira, mira.getByRole('link', { name: /CSV/ }));
        assert.equal(name, 'complaints.csv');
        const row = readCsv(text).find(each => each.number === '1001');
        assert.ok(row, text);
        assert.deepEqual({ ...row, received: '', settled: '', closed: '' }, {
          number: '1001', received: '', customer: 'Anna Berg', address: 'anna@customer.example', subject: 'Where is my saddle?',
          about: 'Blue saddle', seeks: 'The saddle before the weekend', stage: 'closed', severity: 'serious', safety: 'no',
          owner: 'Mira Lindqvist', 'next due': '', late: 'no', settled: '', closed: '', 'legal profile': 'none',
        });
        for (const moment of ['received', 'settled', 'closed']) assert.match(row[moment], /^20\d\d-\d\d-\d\dT/, moment);
      });
    });

    describe('a request that is denied, said well', () => {
      const routes = 'The consumer ombudsman, www.ombudsman.example, free of charge.\nThe small claims court.';

      test('the refusal says what we can do instead, and where he can go from here', async () => {
        arrives(bram, 'A second refund', 'I am angry. I want a second refund for the bell. This is outrageous, you are thieves.');
        await mira.goto('/conversations/1002');
        await panel(mira).getByRole('button', { name: 'Make it a complaint' }).click();
        await isComplaint(mira);
        const form = await unfold(mira, 'How severe it is');
        await form.getByLabel('What they seek').fill('A second refund');
        await press(form, 'It is assessed');
        await standsAt(mira, 'Assessed');
        const { mail } = await answer(mira, 'Dear Bram, I understand that the bell let you down. The refund of Monday covered all of its price, '
          + `so I cannot pay it a second time. What I can do is send you a bell that holds.\n\nIf you see it differently:\n${routes}`, { kind: 'our answer' });
        assert.match(mail.text, /send you a bell that holds/);
        assert.match(mail.text, /small claims court/);
        await until(mira, 1002, 'Answered');
      });

      test('a final no without routes is turned down kindly, and nothing that was written is lost', async () => {
        const form = await unfold(mira, 'Our final no');
        await form.getByLabel('Why, in a sentence').fill('It was refunded in full on Monday.');
        await form.locator('[name=outside]').evaluate(area => { area.required = false; });
        await press(form, 'Refuse, with these routes');
        await panel(mira).getByRole('alert').getByText('Name where they can go from here: a final no carries its outside routes.').waitFor();
        await standsAt(mira, 'Answered');
        assert.equal(await (await unfold(mira, 'Our final no')).getByLabel('Why, in a sentence').inputValue(), 'It was refunded in full on Monday.');
        assert.equal(await act(mira, 'Close it').count(), 0); // neither a yes nor a no: it cannot be closed
      });

      test('with the routes it is refused, and closed', async () => {
        const form = await unfold(mira, 'Our final no');
        await form.getByLabel('Where they can go from here').fill(routes);
        await press(form, 'Refuse, with these routes');
        await standsAt(mira, 'Refused');
        await press(await unfold(mira, 'Close it'), 'Close the complaint');
        await standsAt(mira, 'Closed');
      });

      for (const dark of [false, true])
        test(`its map prints as a document${dark ? ' from a dark desk' : ''}: black on white, with the routes and without the desk around it`, async () => {
          const page = await openAs(people.jonas, { dark });
          await page.goto('/complaints/1002');
          assert.deepEqual((await page.locator('ol.way h3').allInnerTexts()).slice(-2), ['Refused', 'Closed']);
          assert.equal(await stageOnMap(page, 'Agreed').count(), 0);
          await page.emulateMedia({ media: 'print' });
          for (const gone of ['.rail', 'main .actions', 'main .no-print']) {
            const shown = await page.locator(gone).evaluateAll(all => all.map(each => each.checkVisibility()));
            assert.ok(shown.length > 0 && !shown.includes(true), gone);
          }
          const onPaper = page.locator('main section').filter({ has: page.getByRole('heading', { name: 'Where they can go from here' }) });
          assert.ok(await onPaper.isVisible());
          assert.match(await onPaper.innerText(), /ombudsman\.example[^]*small claims court/);
          assert.deepEqual(await page.evaluate(() => ({
            ink: getComputedStyle(document.querySelector('main')).color, paper: getComputedStyle(document.documentElement).backgroundColor,
          })), { ink: 'rgb(0, 0, 0)', paper: 'rgb(255, 255, 255)' });
          await picture(page, `story-print-${database}${dark ? '-dark' : ''}`);
          const pdf = await page.pdf({ format: 'A4' });
          assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
          assert.ok(pdf.length > 10_000);
          await page.context().close();
        });
    });

    describe('a remedy beyond what the agent may give', () => {
      const asked = page => card(page, 'Refund of 90.00 EUR');

      test('she asks, and the complaint cannot be closed while that waits', async () => {
        arrives('Ines Duarte <ines@duarte.example>', 'The rack broke', 'I am very disappointed. The rack broke on the first day. I want my money back.');
        await mira.goto('/conversations/1003');
        await mira.keyboard.press('c');
        await isComplaint(mira);
        const { links } = await answer(mira, 'Dear Ines, a rack must hold. I am sorry.', { options: ['Your money back'] });
        const hers = await openPage(browser, desk, { viewport: phone, scripts: false });
        await hers.goto(links[0]);
        await press(hers, 'This is my choice');
        await hers.getByRole('heading', { name: 'Thank you' }).waitFor();
        await hers.context().close();
        await until(mira, 1003, 'Agreed');
        await giveRemedy(mira, { kind: 'refund', amount: '90', reason: 'The price of the rack.' });
        await mira.getByText('This goes further than you may go by yourself.').waitFor();
        await press(mira, 'Ask for approval');
        await asked(mira).getByText(/waits for approval, needed by/).waitFor();
        await mira.goto('/conversations/1003');
        await panel(mira).getByText(/Wait for approval of what is to be given/).waitFor();
        await press(await unfold(mira, 'Close it'), 'Close the complaint');
        await panel(mira).getByRole('alert').waitFor();
        await standsAt(mira, 'Agreed');
      });

      test('the map says that it waits', async () => {
        await mira.goto('/complaints/1003');
        await mira.getByText(/Refund of 90\.00 EUR\..* It waits for approval since/).waitFor();
      });

      test('the supervisor approves, and she sees it without a reload', async () => {
        await mira.goto('/conversations/1003');
        await mira.evaluate(() => { window.wasHereAllTheTime = true; });
        await teodor.goto('/approvals');
        await teodor.getByLabel('Why, for Mira Lindqvist').fill('It broke on the first day.');
        await press(teodor, 'Approve');
        await asked(mira).getByText('approved by Teodor Iliescu, just now').waitFor({ timeout: 20_000 });
        assert.equal(await mira.evaluate(() => window.wasHereAllTheTime), true);
      });

      test('carried out, it is remedied and can be closed', async () => {
        await mira.goto('/conversations/1003');
        await asked(mira).getByText('It was paid or sent').click();
        await press(asked(mira), 'Mark as done');
        await standsAt(mira, 'Remedied');
        await press(await unfold(mira, 'Close it'), 'Close the complaint');
        await standsAt(mira, 'Closed');
        await mira.goto('/complaints/1003');
        await mira.getByText(/Refund of 90\.00 EUR\..* Approved by Teodor Iliescu\. Carried out on/).waitFor();
      });
    });

    describe('a complaint under the rules of the FCA', () => {
      test('the administrator chooses the profile, and an agreement in time ends with the summary resolution letter', async () => {
        await nuala.goto('/hours');
        await nuala.getByLabel('UK FCA, DISP', { exact: true }).check();
        await press(nuala, 'Keep the profile');
        await nuala.getByText('It is kept.').waitFor();
        arrives('Kofi Mensah <kofi@mensah.example>', 'The insurance', 'I complain about the insurance of my bicycle. You charged me twice.');
        await mira.goto('/conversations/1004');
        await mira.keyboard.press('c');
        await isComplaint(mira);
        const clocks = await panel(mira).locator('.clocks').innerText();
        for (const name of ['UK FCA, DISP', 'Summary resolution communication', 'Final response']) assert.ok(clocks.includes(name), clocks);
        const { links } = await answer(mira, 'Dear Kofi, we charged you twice, and I pay one back.', { options: ['40 euros back today'] });
        const his = await openPage(browser, desk, { viewport: phone });
        await his.goto(links[0]);
        await press(his, 'This is my choice');
        await his.getByRole('heading', { name: 'Thank you' }).waitFor();
        await his.context().close();
        await until(mira, 1004, 'Agreed');
        const { mail } = await answer(mira, 'Dear Kofi, the money is on its way.', { kind: 'the summary resolution communication' });
        const words = mail.text.replace(/\s+/g, ' ');
        assert.match(words, /we now consider it resolved/);
        assert.match(words, /you may be able to refer it to the Financial Ombudsman Service/);
        for (const deadline = Date.now() + 20_000;;) { // it has left; the desk writes that down a moment later
          await mira.goto('/complaints/1004');
          if (await mira.getByText('The summary resolution communication.').count()) break;
          assert.ok(Date.now() < deadline, 'the letter stands nowhere');
        }
        const row = name => mira.getByRole('row').filter({ has: mira.getByRole('rowheader', { name: new RegExp(`^${name}`) }) });
        for (const name of ['Summary resolution communication', 'Final response']) assert.match(await row(name).innerText(), /met .* before/, name);
        await until(mira, 1004, 'Agreed'); // the letter moved nothing
      });
    });

    describe('the register', () => {
      const rows = page => page.locator('table.register tbody tr');
      const show = async (page, query) => {
        await page.goto(`/complaints?${query}`);
        return rows(page).locator('th').allInnerTexts();
      };

      test('it is filtered by stage, state and words, with the form that a person fills in', async () => {
        await mira.goto('/complaints?state=any');
        await mira.getByRole('combobox', { name: 'Stage' }).selectOption({ label: 'Agreed' });
        await press(mira, 'Show');
        await mira.waitForURL(/stage=agreed/);
        assert.deepEqual(await rows(mira).locator('th').allInnerTexts(), ['#1004']);
        assert.deepEqual((await show(mira, 'state=closed')).sort(), ['#1001', '#1002', '#1003']);
        assert.deepEqual(await show(mira, 'state=any&text=VISSER'), ['#1002']);
        assert.deepEqual(await show(mira, 'state=any&text=saddle'), ['#1001']); // what it is about
        assert.deepEqual(await show(mira, 'state=any&text=nobody+has+this'), []);
        assert.deepEqual(await show(mira, 'state=any&severity=serious'), ['#1001']);
        assert.deepEqual(await show(mira, 'late=1'), []);
        await mira.getByRole('heading', { name: 'No complaint is here' }).waitFor();
        const refused = await mira.goto('/complaints?from=yesterday');
        assert.equal(refused.status(), 422);
        await mira.getByText('A day is written as year, month and day').waitFor();
      });

      test('agents read it and change no rule; who is not signed in reads nothing', async () => {
        const jonas = await openAs(people.jonas);
        for (const [path, status] of [['/complaints', 200], ['/complaints/1001', 200], ['/promises', 200], ['/complaints/rules', 403],
          ['/approvals', 403], ['/hours', 403], ['/complaints/999999', 404]]) assert.equal((await jonas.goto(path)).status(), status, path);
        for (const [path, status] of [['/complaints/rules', 200], ['/approvals', 200]]) assert.equal((await teodor.goto(path)).status(), status, path);
        for (const path of ['/complaints', '/complaints.csv', '/complaints/1001', '/complaints/1001/json', '/complaints/1001/bundle']) {
          const answered = await fetch(direct + path, { redirect: 'manual' });
          assert.equal(answered.status, 303, path);
          assert.match(answered.headers.get('location'), /^\/sign-in/, path);
          assert.equal((await answered.text()).includes('Anna'), false);
        }
        await jonas.context().close();
      });
    });

    describe('for everybody', () => {
      const looks = [['on a desktop', {}], ['in the dark', { dark: true }], ['on a phone', { viewport: phone }], ['on a phone in the dark', { viewport: phone, dark: true }]];
      for (const [look, options] of database === 'sqlite' ? looks : looks.slice(0, 1)) // which database it is makes no difference to the look
        test(`map, register and choice ${look}`, async () => {
          const page = await openAs(people.mira, options);
          const link = (await sent('Dear Kofi, we charged yo')).text.match(/<(http:\/\/desk\.localhost\/choose\/[^>]+)>/)[1];
          for (const path of ['/complaints/1001', '/complaints/1004', '/complaints?state=any&order=received', link]) {
            await page.goto(path);
            assert.deepEqual(await accessibilityFindings(page), [], path);
            assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, `${path} is wider than the screen`);
          }
          await page.goto('/complaints/1001');
          await picture(page, `story-map ${look}`);
          await page.goto('/complaints?state=any');
          await picture(page, `story-register ${look}`);
          assert.deepEqual(page.complaints, []);
          await page.context().close();
        });

      test('a choice that is still open, in light and dark', async () => {
        arrives('Olga Petrenko <olga@petrenko.example>', 'The pump', 'The pump leaks. I am disappointed.');
        await mira.goto('/?view=open');
        await mira.getByRole('region', { name: 'Open' }).getByRole('link', { name: /The pump/ }).click();
        await mira.getByRole('region', { name: 'Thread' }).waitFor();
        const { links } = await answer(mira, 'Dear Olga, pumps must not leak.', { options: ['A new pump', 'A seal'] });
        for (const dark of [false, true]) {
          const hers = await openPage(browser, desk, { viewport: phone, dark });
          await hers.goto(links[0]);
          await hers.getByRole('heading', { name: 'What suits you best?' }).waitFor();
          assert.deepEqual(await accessibilityFindings(hers), []);
          assert.deepEqual(hers.complaints, []);
          await hers.context().close();
        }
      });

      test('the keyboard alone: make it a complaint, find it in the register, read its map', async () => {
        arrives('Selma Step <selma@step.example>', 'The lock', 'The lock does not open. I am annoyed.');
        const page = await openAs(people.jonas);
        const keys = page.keyboard;
        await tabTo(page, page.getByRole('link', { name: /The lock/ }));
        await keys.press('Enter');
        await page.getByRole('region', { name: 'Thread' }).waitFor();
        await keys.press('c');
        await isComplaint(page);
        const number = new URL(page.url()).pathname.split('/').at(-1);
        await tabTo(page, page.getByRole('navigation', { name: 'Rapport' }).getByRole('link', { name: /^Complaints/ }));
        await keys.press('Enter');
        await page.getByRole('heading', { name: 'Complaints', exact: true }).waitFor();
        await tabTo(page, page.locator('details.finder > summary'));
        if (!await page.locator('details.finder').evaluate(details => details.open)) await keys.press('Enter');
        await tabTo(page, page.getByLabel('Words'), 3);
        await keys.type('the lock');
        await keys.press('Enter');
        await page.waitForURL(/text=the\+lock/);
        await tabTo(page, page.getByRole('link', { name: `#${number}`, exact: true }));
        await keys.press('Enter');
        await page.getByRole('heading', { name: `Complaint #${number}: The lock` }).waitFor();
        await tabTo(page, stageOnMap(page, 'Received').getByRole('link', { name: /^message \d+$/ }));
        await page.context().close();
      });
    });

    test('of many it shows a page at a time, each once, and the table holds all of them', async () => {
      await writeRule(teodor, { name: 'Formal ones', when: ['A conversation is opened'], conditions: [['Subject or text contains', 'formal complaint']],
        actions: [['Make it a complaint']] });
      for (let i = 0; i < 55; i++) arrives(`=cmd|calc <row${i}@rows.example>`, `=1+${i}, a formal complaint`, 'It is broken.');
      await mira.goto('/complaints?order=received');
      const first = await mira.locator('table.register tbody tr').locator('th').allInnerTexts();
      assert.equal(first.length, 50);
      await mira.getByRole('link', { name: 'Show more' }).click();
      await mira.waitForURL(/after=/);
      const second = await mira.locator('table.register tbody tr').locator('th').allInnerTexts();
      assert.equal(await mira.getByRole('link', { name: 'Show more' }).count(), 0);
      const numbers = [...first, ...second].map(each => Number(each.slice(1)));
      assert.equal(new Set(numbers).size, 57); // and two that are open from before
      assert.deepEqual(numbers, [...numbers].sort((a, b) => b - a)); // the newest first
      const { text } = await downloaded(mira, mira.getByRole('link', { name: /CSV/ }));
      const table = readCsv(text);
      assert.equal(table.length, 57);
      const hostile = table.find(each => each.address === 'row0@rows.example');
      assert.equal(hostile.subject, "'=1+0, a formal complaint"); // no spreadsheet takes it for a formula
      assert.equal(hostile.customer, "'=cmd|calc");
    });

    test('nothing is wrong in the database, and no page complained', () => {
      assert.equal(JSON.parse(desk.run(['check', '--json'])).ok, true);
      for (const page of [mira, teodor, nuala])
        assert.deepEqual(page.complaints.filter(each => !/status of (403|404|405|409|422)/.test(each)), []);
    });
  });
}
