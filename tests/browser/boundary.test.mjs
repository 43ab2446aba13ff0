// Conduct in a real Chromium, whole stories: an abusive customer from the first report to a restriction, a mail that comes under it, an
// appeal; the end of contact with two approvers; a threat that reaches a supervisor while another page is open. On each database.

import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { accessibilityFindings, openPage, phone, picture, signIn, startBrowser } from '../harness/browser.mjs';
import { databases, makeDesk, password } from '../harness/desk.mjs';
import { writeMail } from '../harness/mail.mjs';

const people = { mira: 'mira@desk.example', teodor: 'teodor@desk.example', nuala: 'nuala@desk.example' };
const grim = 'Victor Grim <victor@grim.example>';
const wide = { width: 1440, height: 900 };

const press = (place, name) => place.getByRole('button', { name, exact: true }).click();
const freePort = () => new Promise(found => {
  const server = createServer().listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => found(port)); });
});
const inDays = days => new Date(Date.now() + days * 864e5).toISOString().slice(0, 10);

for (const database of databases) {
  describe(`conduct on ${database}`, () => {
    let desk, browser, mira, teodor, nuala, odile;
    // How pages look is the same on both databases.
    const findings = database === databases[0] ? accessibilityFindings : async () => [];
    const shoot = database === databases[0] ? picture : async () => {};

    const openAs = async (email, options) => {
      const page = await openPage(browser, desk, options);
      await signIn(page, email);
      return page;
    };
    const deliver = (text, { from = grim, subject = 'My bell' } = {}) => {
      const done = desk.deliver(writeMail({ from, to: 'help@desk.example', subject, text }));
      assert.equal(done.code, 0, done.complaint);
    };
    const conversation = (page, number = 1001) => page.goto(`/conversations/${number}`);
    const openCase = async (page, name = 'Victor Grim') => {
      await page.goto('/conduct');
      await page.getByRole('link', { name, exact: true }).last().click();
      await page.getByRole('heading', { level: 1, name }).waitFor();
    };
    const ask = async (page, kind, more = async () => {}) => {
      await page.getByRole('link', { name: kind, exact: true }).click();
      await page.getByLabel('What happened').fill('On Monday you called Mira an idiot and a liar, three times.');
      await page.getByLabel('Asked or known: nothing is needed').check();
      await page.getByLabel('Whom you asked').fill('Mira asked on the phone.');
      await page.getByLabel('Who looks at it that is not us').fill('the Retail Ombudsman, 01 234 567');
      await more();
      await press(page, 'Write the letter');
      await page.getByRole('heading', { name: 'The letter' }).waitFor();
    };

    const propose = async page => {
      await press(page, 'Ask for it');
      await page.getByText('It waits for approval by somebody else.').waitFor();
    };
    const approve = async (page, name) => {
      await openCase(page, name);
      await press(page, 'Approve, and send the letter');
      await page.locator('.notice').first().waitFor();
    };

    before(async () => {
      desk = makeDesk({ database });
      desk.settle();
      desk.run(['user', 'add', '--email', 'odile@desk.example', '--name', 'Odile Brun', '--role', 'supervisor', '--password-stdin'], `${password}\n`);
      const port = await freePort(); // links in letters lead here
      await desk.serve(['--listen', `127.0.0.1:${port}`, '--url', `http://127.0.0.1:${port}`]);
      browser = await startBrowser();
      [mira, teodor, nuala, odile] = await Promise.all([openAs(people.mira, { viewport: wide }), openAs(people.teodor, { viewport: wide }),
        openAs(people.nuala), openAs('odile@desk.example')]);
    });
    after(async () => {
      await browser?.close();
      await desk?.stop();
    });

    test('an agent reports what was said, in the words of the message', async () => {
      deliver('Where is my bell? You are all idiots, you useless liar. I waited for two weeks.');
      await conversation(mira);
      await mira.getByText('Report', { exact: true }).click();
      assert.deepEqual(await findings(mira), []);
      await shoot(mira, `conduct-${database}-fold`);
      await mira.getByRole('link', { name: 'Report conduct' }).click();
      await mira.getByLabel('Abusive or discriminating').check();
      await mira.getByLabel(/Hostile words, 7/).check();
      assert.deepEqual(await findings(mira), []);
      await shoot(mira, `conduct-${database}-report`);
      await press(mira, 'Report it');
      await mira.getByText('Reported by you: abusive or discriminating').waitFor();
      await mira.getByText('An incident was reported. Supervisors look at it.').waitFor();
    });

    test('a supervisor asks for a warning, and cannot approve it', async () => {
      await openCase(teodor);
      await teodor.getByText('The words').click();
      await teodor.getByText('You are all idiots, you useless liar.').waitFor();
      await teodor.getByRole('link', { name: 'Written warning', exact: true }).click();
      await press(teodor, 'Write the letter');
      await teodor.getByText('Say what happened').waitFor(); // nothing is asked for without it
      await shoot(teodor, `conduct-${database}-missing`);
      await openCase(teodor);
      await ask(teodor, 'Written warning');
      assert.match(await teodor.getByLabel('What they will read').inputValue(), /Hello Victor,[^]*called Mira an idiot[^]*\{\{appeal\}\}[^]*Retail Ombudsman/);
      assert.deepEqual(await findings(teodor), []);
      await shoot(teodor, `conduct-${database}-letter`);
      await propose(teodor);
      await teodor.getByText('You asked for this, so somebody else decides about it.').waitFor();
      assert.equal(await teodor.getByRole('button', { name: 'Approve' }).count(), 0);
    });

    test('another one approves, and the letter is on its way', async () => {
      await nuala.goto('/');
      await nuala.getByRole('link', { name: /Conduct \d wait for you/ }).click();
      await nuala.getByRole('heading', { name: 'Waits for approval' }).waitFor();
      assert.deepEqual(await findings(nuala), []);
      await shoot(nuala, `conduct-${database}-cases`);
      await openCase(nuala);
      assert.deepEqual(await findings(nuala), []);
      await shoot(nuala, `conduct-${database}-decide`);
      await press(nuala, 'Approve, and send the letter');
      await nuala.getByText('It holds from now on, and the letter is on its way.').waitFor();
      await conversation(mira);
      await mira.getByText('Letter about conduct').waitFor();
      await mira.getByText(/waiting/).first().waitFor(); // for the answer to what was asked
    });

    test('after another incident a restriction, with one person who answers', async () => {
      deliver('Still nothing, you pathetic morons.', { subject: 'Re: My bell [#1001]' });
      await conversation(mira);
      await mira.getByText('Report', { exact: true }).last().click();
      await mira.getByRole('link', { name: 'Report conduct' }).last().click();
      await mira.getByLabel('Hostile or insulting').check();
      await press(mira, 'Report it');
      await openCase(teodor);
      await ask(teodor, 'Restriction', async () => {
        await teodor.getByLabel('Who answers them').selectOption({ label: 'Odile Brun' });
        await teodor.getByLabel('e-mail', { exact: true }).check();
        assert.deepEqual(await findings(teodor), []);
        await shoot(teodor, `conduct-${database}-terms`);
      });
      assert.match(await teodor.getByLabel('What they will read').inputValue(), /What changes: only Odile Brun answers, by e-mail\./);
      await propose(teodor);
      await approve(nuala);
      await nuala.getByRole('heading', { name: 'What holds: Restriction' }).waitFor();
    });

    test('a mail under it goes to her, and the composer of anybody else says so', async () => {
      deliver('My new lamp flickers, can you help?', { subject: 'A lamp' });
      await odile.goto('/conduct');
      await odile.getByRole('heading', { name: 'Mail under a restriction' }).waitFor();
      await shoot(odile, `conduct-${database}-tray`);
      await odile.getByRole('link', { name: /A lamp/ }).click();
      await odile.getByText('How they are heard').waitFor();
      await odile.getByText('with you').first().waitFor();
      const number = Number(/conversations\/(\d+)/.exec(odile.url())[1]);
      await conversation(mira, number);
      await mira.getByText(/A restriction holds: only Odile Brun answers this person/).waitFor();
      await mira.getByText(/Restriction until .*: only Odile Brun answers, by e-mail\./).waitFor();
      assert.deepEqual(await findings(mira), []);
      await shoot(mira, `conduct-${database}-warning`);
      await press(odile.locator('#conduct'), 'A new matter');
      await odile.getByText('Came under a restriction, to Odile Brun').waitFor();
      assert.equal(await odile.getByText('What is it?').count(), 0);
    });

    test('he appeals by the link, without an account and without scripts, and somebody without a part decides', async () => {
      const letter = await openPage(browser, desk, { viewport: phone, scripts: false });
      await conversation(mira);
      const link = /\/appeal\/[\d-]+\.[0-9a-f]{32}/.exec(await mira.locator('#message-list').innerHTML().then(html => html.slice(html.lastIndexOf('/appeal/'))))[0];
      await letter.goto(link);
      await letter.getByRole('heading', { name: 'You see it differently' }).waitFor();
      await openCase(teodor);
      assert.equal(await teodor.getByRole('heading', { name: /^Appeal against/ }).count(), 0); // opening the link appeals against nothing
      await letter.getByLabel('How you see it').fill('My mother had died that week. I am sorry for the words.');
      await shoot(letter, `conduct-${database}-phone-link`);
      const old = await openPage(browser, desk, { viewport: phone }); // a second window of his
      await old.goto(link);
      await press(letter, 'Send it');
      await letter.getByRole('heading', { name: 'It has reached us' }).waitFor();
      await openCase(teodor);
      await teodor.getByText('My mother had died that week.').waitFor();
      await teodor.getByText('You asked for what it is against. Somebody who had no part in it decides.').waitFor();
      await openCase(nuala);
      await nuala.getByText('You approved what it is against.').waitFor();
      await old.getByLabel('How you see it').fill('And another thing: it was my birthday.');
      await press(old, 'Send it');
      assert.match(await old.getByLabel(/^What you wrote now was not sent/).inputValue(), /birthday/); // given back, and what to do with it
      assert.deepEqual(await findings(old), []);
      await shoot(old, `conduct-${database}-phone-not-sent`);
      await letter.goto('/appeal/1-1.00112233445566778899aabbccddeeff');
      await letter.getByText('This link is damaged.').waitFor();
      await openCase(odile);
      assert.deepEqual(await findings(odile), []);
      await shoot(odile, `conduct-${database}-appeal`);
      await odile.getByLabel('Your reasons, as they will stand in the letter').fill('A hard week, and he said he is sorry.');
      await press(odile, 'They are right: lift it');
      await odile.getByText('Appeal granted').first().waitFor();
      await old.goto(link);
      await old.getByRole('heading', { name: 'Your appeal was decided' }).waitFor();
      assert.equal(await old.getByLabel('How you see it').count(), 0);
      await old.context().close();
      await conversation(mira);
      assert.equal(await mira.getByText('A restriction holds').count(), 0);
      await letter.context().close();
    });

    test('contact ends only with two who did not ask for it', async () => {
      const from = 'Dora Flint <dora@flint.example>';
      deliver('You are stupid liars.', { from, subject: 'My order' });
      const report = async (subject, level) => {
        await mira.goto('/');
        await mira.getByRole('link', { name: subject }).first().click();
        await mira.getByText('Report', { exact: true }).last().click();
        await mira.getByRole('link', { name: 'Report conduct' }).last().click();
        await mira.getByLabel(level).check();
        await press(mira, 'Report it');
      };
      await report(/Dora Flint.*My order/s, 'Abusive or discriminating');
      await openCase(teodor, 'Dora Flint');
      await ask(teodor, 'Written warning');
      await propose(teodor);
      await approve(nuala, 'Dora Flint');
      deliver('You will see what happens.', { from, subject: 'My order again' });
      await report(/Dora Flint.*My order again/s, 'Threatening or violent');
      await openCase(teodor, 'Dora Flint');
      await ask(teodor, 'End of contact', () => teodor.getByLabel('Ends by itself on').fill(inDays(60)));
      await propose(teodor);
      await approve(nuala, 'Dora Flint');
      await nuala.getByText('Your yes is in. A second person decides as well.').first().waitFor();
      await openCase(odile, 'Dora Flint');
      await odile.getByText('Nuala Brannigan has said yes.').waitFor();
      await press(odile, 'Approve, and send the letter');
      await odile.getByRole('heading', { name: 'What holds: End of contact' }).waitFor();
      await shoot(odile, `conduct-${database}-ended`);
    });

    test('a threat reaches a supervisor live, is taken, ticked and closed', async () => {
      await teodor.goto('/approvals');
      await teodor.evaluate(() => { window.wasHereAllTheTime = true; });
      deliver('I know where you live. I will come to your office and hurt you.', { from: 'Max Wolf <max@wolf.example>', subject: 'You' });
      const strip = teodor.getByRole('region', { name: 'Safety' });
      await strip.getByText(/raised by a reading/).waitFor({ timeout: 20_000 });
      assert.equal(await teodor.evaluate(() => window.wasHereAllTheTime), true);
      assert.deepEqual(await findings(teodor), []);
      await shoot(teodor, `conduct-${database}-strip`);
      await strip.getByRole('link', { name: 'See to it' }).last().click();
      await press(teodor, 'I see to it');
      await teodor.getByText(/with you/).first().waitFor();
      await press(teodor, 'Done: Go to the person it came to');
      await teodor.getByText('Done by Teodor Iliescu').waitFor();
      assert.deepEqual(await findings(teodor), []);
      await shoot(teodor, `conduct-${database}-alert`);
      const download = teodor.waitForEvent('download');
      await teodor.getByRole('link', { name: /Signed bundle/ }).click();
      assert.match((await download).suggestedFilename(), /^evidence-\d+-\d+-signed\.json$/);
      await teodor.getByLabel('What was done, and who looks after').fill('Police told; Odile walks with Mira this week.');
      await press(teodor, 'Close the alert');
      await teodor.getByText('Police told; Odile walks with Mira this week.').waitFor();
    });

    test('an agent calls with one press, and a false alarm is one press too', async () => {
      deliver('See you on Friday at five then.', { from: 'Eva Lind <eva@lind.example>', subject: 'Friday' });
      await mira.goto('/');
      await mira.getByRole('link', { name: /Eva Lind/ }).first().click();
      await mira.getByText('Report', { exact: true }).click();
      await press(mira, 'A threat: call a supervisor');
      await mira.getByText(/A threat: raised by Mira Lindqvist/).waitFor();
      await nuala.goto('/safety');
      await nuala.getByRole('link', { name: 'A threat', exact: true }).first().click();
      await press(nuala, 'They are calm');
      await nuala.getByText('a false alarm').first().waitFor();
    });

    test('on a phone', async () => {
      const small = await openAs('odile@desk.example', { viewport: phone });
      for (const [path, name] of [['/conduct', 'cases'], ['/conduct/1', 'case'], ['/safety', 'alerts'], ['/safety/1', 'alert'], ['/messages/1/conduct', 'report']]) {
        await small.goto(path);
        assert.deepEqual(await findings(small), [], path);
        assert.ok(await small.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} scrolls sideways`);
        await shoot(small, `conduct-${database}-phone-${name}`);
      }
      await small.context().close();
    });

    test('no page complained', () => {
      for (const page of [mira, teodor, nuala, odile]) assert.deepEqual(page.complaints.filter(each => !/status of (403|409|422)/.test(each)), []);
    });
  });
}
