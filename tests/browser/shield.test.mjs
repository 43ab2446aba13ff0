// What protects the people who answer, in a real browser: abusive words folded in list, thread and mails; notes that only their owner's sign-in
// opens; handing on; a break; and the pad to let go, with everything watched that a page could leave behind.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { accessibilityFindings, openPage, phone, picture, signIn, startBrowser } from '../harness/browser.mjs';
import { databases, makeDesk, password } from '../harness/desk.mjs';

const mail = (id, subject, body, more = '') => 'From: Rex Moor <rex@moor.example>\nTo: help@desk.example\n' +
  `Subject: ${subject}\nMessage-ID: <${id}@moor.example>\nDate: Sun, 22 Nov 2026 10:00:00 +0000\n${more}\n${body}\n`;
const rude = 'You fucking idiots lost my parcel again! I paid 40 euros and it was my daughter\'s birthday. Where is it?';
const html = 'MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n';
const both = text => `--b\nContent-Type: text/plain\n\n${text}\n--b\nContent-Type: text/html\n\n<p>${text}</p>\n--b--`;

for (const database of databases) {
  describe(`the shield on ${database}`, () => {
    let desk, browser, page;
    const open = async (options, path = '/conversations/1001', email = 'mira@desk.example') => {
      await page?.context().close();
      page = await openPage(browser, desk, options);
      await signIn(page, email);
      await page.goto(path);
    };
    const thread = () => page.getByRole('region', { name: 'Thread' });
    const folds = () => thread().locator('.message details.shielded');

    before(async () => {
      desk = makeDesk({ database });
      desk.settle();
      await desk.serve();
      assert.equal(desk.deliver(mail('a', 'You stupid morons, my parcel', rude)).code, 0);
      assert.equal(desk.deliver(mail('b', 'Nothing else', 'Fuck you. You are an idiot.').replaceAll('rex@', 'max@')).code, 0);
      assert.equal(desk.deliver(mail('c', 'Furious', both('You useless idiots. Where the hell is my money?'), html).replaceAll('rex@', 'lex@')).code, 0);
      browser = await startBrowser();
      await open({});
    });
    after(async () => {
      await browser?.close();
      await desk?.stop();
    });

    test('insults are folded in list, title and thread; the problem stays in view', async () => {
      assert.doesNotMatch(await page.locator('body').innerText(), /idiots|morons/);
      assert.doesNotMatch(await page.title(), /morons/);
      assert.match(await page.locator('#rows').innerText(), /\[Hostile words, 3\] my parcel/);
      assert.match(await folds().first().locator('..').innerText(), /Hostile words, 3\s+lost my parcel again! I paid 40 euros/);
      assert.deepEqual(await accessibilityFindings(page), []);
      await picture(page, `shield-${database}`);
    });

    test('one press of a key opens one, and the original stays as it came', async () => {
      await folds().first().locator('summary').focus();
      await page.keyboard.press('Enter');
      assert.match(await folds().first().innerText(), /You fucking idiots/);
      await picture(page, `shield-open-${database}`);
      const original = await page.request.get('/messages/1/original');
      assert.match(await original.text(), /You fucking idiots lost my parcel/);
    });

    test('a message that is nothing but abuse says so', async () => {
      await page.goto('/conversations/1002');
      assert.match(await thread().locator('.shield-sum').innerText(), /^Nothing but abuse\./);
      assert.doesNotMatch(await thread().innerText(), /Fuck|idiot/);
      await picture(page, `shield-nothing-else-${database}`);
    });

    test('the look of a mail asks once more', async () => {
      await page.goto('/conversations/1003');
      assert.match(await thread().innerText(), /Where the hell is my money\?/);
      await page.getByText('As it looked').click();
      assert.equal(await page.locator('.message iframe').isVisible(), false);
      const asked = page.waitForResponse(/\/html\?shown=yes/); // what is in the frame runs nothing, so it cannot be asked
      await page.getByText('Show it all the same').click();
      assert.match(await (await asked).text(), /You useless idiots/);
      assert.equal(await page.locator('.message iframe').isVisible(), true);
    });

    test('without scripts it is the same, on a phone', async () => {
      await open({ viewport: phone, scripts: false });
      assert.doesNotMatch(await thread().innerText(), /idiots/);
      await folds().first().locator('summary').click();
      assert.match(await folds().first().innerText(), /You fucking idiots/);
      assert.equal(await page.getByRole('button', { name: 'Let go' }).isVisible(), false);
      await picture(page, `shield-phone-${database}`);
    });

    test('everybody chooses how much', async () => {
      await open({}, '/care');
      assert.deepEqual(await accessibilityFindings(page), []);
      await picture(page, `care-${database}`);
      await page.getByLabel('nothing', { exact: true }).check();
      await page.getByRole('region', { name: 'What is folded for me' }).getByRole('button', { name: 'Keep' }).click();
      await page.goto('/conversations/1001');
      assert.match(await thread().innerText(), /You fucking idiots lost my parcel/);
      await page.goto('/care');
      await page.getByLabel('insults too', { exact: true }).check();
      await page.getByRole('region', { name: 'What is folded for me' }).getByRole('button', { name: 'Keep' }).click();
    });

    test('a note to oneself appears beside what presses that button, and for nobody else', async () => {
      await page.goto('/care');
      await page.getByLabel('What I want to tell myself').fill('Breathe. It is the parcel, not you.');
      await page.getByLabel(/^At these words/).fill('lost my parcel, birthday');
      await page.getByRole('button', { name: 'Keep for myself' }).click();
      await page.goto('/conversations/1001');
      await page.getByRole('complementary', { name: 'Your notes to yourself' }).getByText('Breathe. It is the parcel, not you.').waitFor();
      assert.deepEqual(await accessibilityFindings(page), []);
      await picture(page, `shield-note-${database}`);
      await open({}, '/conversations/1001', 'nuala@desk.example');
      assert.doesNotMatch(await page.content(), /Breathe/);
    });

    test('it is there again after signing out and after a new password', async () => {
      await open({}, '/account');
      await page.getByRole('button', { name: 'Sign out', exact: true }).click();
      await open({}, '/conversations/1001');
      await page.getByText('Breathe. It is the parcel, not you.').waitFor();
      await page.goto('/account');
      await page.getByLabel('Password now').fill(password);
      await page.getByLabel('New password').fill('another quiet room');
      await page.getByRole('button', { name: 'Change password' }).click();
      await page.getByText('The password is changed.').waitFor();
      await page.goto('/conversations/1001');
      await page.getByText('Breathe. It is the parcel, not you.').waitFor();
    });

    test('no file of the desk, no log and no command shows it', { skip: database !== 'sqlite' }, () => {
      const looked = readdirSync(desk.data).map(name => readFileSync(join(desk.data, name)));
      assert.ok(looked.some(bytes => bytes.includes('lost my parcel'))); // the mail itself is there
      for (const bytes of looked) assert.equal(bytes.includes('Breathe'), false);
      assert.doesNotMatch(desk.said, /Breathe/);
      for (const command of [['check', '--json'], ['user', 'list'], ['user', 'list', '--json']]) assert.doesNotMatch(desk.try(command).output, /Breathe/);
    });

    test('a password that somebody else set keeps it shut, and says so', async () => {
      desk.run(['user', 'password', 'mira@desk.example', '--password-stdin'], `${password}\n`);
      await open({}, '/care');
      assert.doesNotMatch(await page.content(), /Breathe/);
      await picture(page, `care-shut-${database}`);
      assert.deepEqual(await accessibilityFindings(page), []);
      await page.getByLabel('The password you had before').fill('another quiet room');
      await page.getByLabel('The password you have now').first().fill(password);
      await page.getByRole('button', { name: 'Open it' }).click();
      await page.getByText('Breathe. It is the parcel, not you.').first().waitFor();
    });

    test('a hard one is handed on without a word', async () => {
      await page.goto('/conversations/1001');
      await page.getByRole('button', { name: 'Assign to me' }).click();
      await page.getByRole('button', { name: 'Hand on' }).click();
      await page.waitForURL(/\/\?view=/);
      await page.goto('/conversations/1001');
      await page.getByText('What happened').click();
      const history = await page.locator('.history').innerText();
      assert.match(history, /Handed on/);
      assert.doesNotMatch(history, /Mira Lindqvist (handed|unassigned)/i);
    });

    test('after a hard one a break is offered, taken, and over when one says so', async () => {
      await page.goto('/conversations/1001');
      await page.getByRole('textbox', { name: 'Your answer' }).fill('I am looking for your parcel now.');
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await page.getByText('That was a hard one.').waitFor();
      await picture(page, `shield-break-${database}`);
      assert.deepEqual(await accessibilityFindings(page), []);
      await page.getByRole('button', { name: 'Take five minutes' }).click();
      await page.getByText('You are having a break.').waitFor();
      await page.getByRole('button', { name: 'I am back' }).click();
      await page.goto('/care');
      assert.equal(await page.getByText('You are having a break.').count(), 0);
    });

    if (database === 'sqlite') describe('the pad to let go', () => { // it knows no database
      const words = 'what-i-would-really-like-to-say';
      const pad = () => page.getByRole('dialog', { name: 'Let go' });
      const area = () => pad().getByRole('textbox');
      let heard;

      // Everything that could carry words out of the page.
      const watch = async () => {
        heard = [];
        const session = await page.context().newCDPSession(page);
        await session.send('Network.enable');
        for (const kind of ['requestWillBeSent', 'webSocketCreated', 'webTransportCreated'])
          session.on(`Network.${kind}`, event => heard.push(`${kind} ${event.request?.url ?? event.url}`));
        session.on('Network.eventSourceMessageReceived', () => {});
        await page.evaluate(() => {
          globalThis.leaks = [];
          const wrap = (owner, name) => { const was = owner[name]; owner[name] = function (...given) { globalThis.leaks.push(name); return was.apply(this, given); }; };
          wrap(Navigator.prototype, 'sendBeacon'); wrap(Storage.prototype, 'setItem'); wrap(IDBFactory.prototype, 'open'); wrap(CacheStorage.prototype, 'open');
          wrap(History.prototype, 'pushState'); wrap(History.prototype, 'replaceState'); wrap(globalThis, 'fetch'); wrap(XMLHttpRequest.prototype, 'send');
          wrap(BroadcastChannel.prototype, 'postMessage'); wrap(console, 'log');
        });
      };
      const everythingKept = () => page.evaluate(async () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href, history.state,
        document.title, window.name, await indexedDB.databases(), await caches.keys(), document.documentElement.outerHTML, globalThis.leaks]));

      test('it opens from the composer, by a key, and from my own page', async () => {
        await open({});
        await page.getByRole('button', { name: 'Let go' }).click();
        await area().waitFor();
        assert.equal(await area().evaluate(each => document.activeElement === each), true);
        assert.deepEqual(await accessibilityFindings(page), []);
        await picture(page, `let-go-${database}`);
        await page.keyboard.press('Escape');
        await pad().waitFor({ state: 'detached' });
        await page.locator('h1').first().click();
        await page.keyboard.press('l');
        await area().waitFor();
        await pad().getByRole('button', { name: 'Close' }).click();
        await page.goto('/care');
        await page.getByRole('button', { name: 'Open the pad' }).click();
        await area().waitFor();
      });

      test('nothing of what is written leaves the page or stays in it', async () => {
        await open({});
        await page.getByRole('button', { name: 'Let go' }).click();
        await area().waitFor();
        await watch();
        await area().pressSequentially(`${words} `);
        await page.keyboard.press('Control+Enter');
        await pad().getByText(/^Gone/).waitFor();
        await area().pressSequentially(`${words} again`);
        await pad().getByRole('button', { name: 'Throw it away' }).click();
        await pad().getByText(/^Gone/).waitFor();
        assert.equal(await area().inputValue(), '');
        await area().pressSequentially(`${words} once more`);
        await page.keyboard.press('Escape');
        await pad().waitFor({ state: 'detached' });
        await page.waitForTimeout(1200); // longer than drafts, hints and lists wait
        assert.deepEqual(heard, []);
        const kept = await everythingKept();
        assert.doesNotMatch(kept, new RegExp(words));
        assert.match(kept, /\[\]\]$/); // nobody called anything that keeps or sends
      });

      test('it is gone when one looks away, and coming back brings nothing', async () => {
        await page.getByRole('button', { name: 'Let go' }).click();
        await area().fill(words);
        assert.equal(await area().getAttribute('spellcheck'), 'false');
        assert.equal(await area().getAttribute('autocomplete'), 'off');
        assert.equal(await area().evaluate(each => `${each.form} ${each.name}`), 'null ');
        await page.evaluate(() => {
          Object.defineProperty(document, 'hidden', { value: true, configurable: true });
          document.dispatchEvent(new Event('visibilitychange'));
          delete document.hidden;
        });
        await pad().waitFor({ state: 'detached' });
        await page.getByRole('button', { name: 'Let go' }).click();
        assert.equal(await area().inputValue(), '');
        await area().fill(words);
        await page.goto('/account');
        await page.goBack();
        await page.getByRole('heading', { level: 1 }).waitFor();
        assert.equal(await pad().count(), 0);
        assert.doesNotMatch(await page.content(), new RegExp(words));
      });

      test('throwing away moves for those who like it, also on a phone', async () => {
        await open({ viewport: phone });
        await page.emulateMedia({ reducedMotion: 'no-preference' });
        await page.keyboard.press('l');
        await area().fill('Why can nobody ever read the manual before writing in capitals to me');
        await picture(page, `let-go-phone-${database}`);
        await pad().getByRole('button', { name: 'Throw it away' }).click();
        await page.locator('.let-go-paper').waitFor();
        await page.waitForTimeout(350);
        await picture(page, `let-go-drift-${database}`);
        await pad().getByText(/^Gone/).waitFor();
        assert.equal(await page.locator('.let-go-paper').count(), 0);
        await area().fill('And then they call it my fault');
        await pad().getByRole('button', { name: 'Throw it away' }).click();
        await page.waitForTimeout(500);
        await picture(page, `let-go-crumple-${database}`);
        await pad().getByText(/^Gone/).waitFor();
        assert.deepEqual(page.complaints, []);
      });
    });
  });
}
