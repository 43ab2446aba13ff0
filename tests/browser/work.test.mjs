// Sharing out the work in a real Chromium: a supervisor makes a team, tags and fields; agents give, snooze, tag, fill in and follow; many
// at once, and back again; a conversation is split, and a merge undone. With the keyboard, on a phone, and without scripts. On each
// database.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accessibilityFindings, openPage, phone, picture, signIn, startBrowser } from '../harness/browser.mjs';
import { databases, makeDesk } from '../harness/desk.mjs';
import { writeMail } from '../harness/mail.mjs';

const people = { mira: 'mira@desk.example', jonas: 'jonas@desk.example', teodor: 'teodor@desk.example' };
const wide = { width: 1440, height: 900 };

const panel = page => page.getByRole('complementary', { name: 'About the customer' });
const line = (page, name) => panel(page).locator('details.work-line', { has: page.locator('summary span', { hasText: name }) });
const press = (place, name) => place.getByRole('button', { name, exact: true }).click();
const open = (page, number, view = 'open') => page.goto(`/conversations/${number}?view=${view}`);
const row = (page, number) => page.locator(`.row:has(#row-${number})`);
const header = page => page.locator('#thread-header');

for (const database of databases) {
  describe(`sharing out the work on ${database}`, () => {
    let desk, browser, mira, jonas, teodor;
    const ids = {};

    const openAs = async (email, options) => {
      const page = await openPage(browser, desk, options);
      await signIn(page, email);
      return page;
    };
    const write = (who, id, text, more = {}) => {
      ids[id] = `<${id}@customer.example>`;
      const name = who.replace(/^./, letter => letter.toUpperCase());
      const done = desk.deliver(writeMail({ from: `${name} Berg <${who}@customer.example>`, to: 'help@desk.example', subject: `About the ${id}`, text, messageId: ids[id], ...more }));
      assert.equal(done.code, 0, done.complaint);
    };
    const looksRight = async (page, name) => {
      assert.deepEqual(page.complaints, []);
      if (database !== databases[0]) return; // the page is the same
      assert.deepEqual(await accessibilityFindings(page), []);
      await picture(page, `work-${name}`);
    };

    before(async () => {
      desk = makeDesk({ database });
      desk.settle();
      await desk.serve();
      write('anna', 'saddle', 'The saddle is torn. What can you do for me?');
      write('bert', 'bell', 'The bell does not ring.');
      write('bert', 'lamp', 'The lamp does not shine.');
      write('clara', 'chain', 'The chain jumps. I am really annoyed.');
      browser = await startBrowser();
      mira = await openAs(people.mira, { viewport: wide });
      jonas = await openAs(people.jonas, { viewport: wide });
      teodor = await openAs(people.teodor, { viewport: wide });
    });
    after(async () => {
      await browser?.close();
      await desk?.stop();
    });

    test('a supervisor makes a team, fields and tags', async () => {
      await teodor.goto('/house');
      await teodor.getByRole('link', { name: 'Teams' }).click();
      await teodor.getByRole('textbox', { name: 'Name' }).fill('Workshop');
      await press(teodor, 'Make it');
      await teodor.getByText('Change the team Workshop').click();
      await teodor.getByRole('checkbox', { name: 'Jonas Feld', exact: true }).check();
      await teodor.getByRole('checkbox', { name: /help@desk\.example/ }).check();
      await press(teodor, 'Keep');
      await teodor.getByText('1 person', { exact: true }).waitFor();
      await teodor.getByRole('textbox', { name: 'Room for open conversations of Jonas Feld' }).fill('1');
      await teodor.getByRole('button', { name: 'Keep the room of Jonas Feld' }).click();
      await looksRight(teodor, 'teams');
      await teodor.goto('/fields');
      for (const [name, kind, choices] of [['Frame number', 'text', ''], ['Shop', 'choice', 'Dublin\nCork'], ['Bought on', 'date', '']]) {
        await teodor.getByRole('textbox', { name: 'Name' }).last().fill(name);
        await teodor.getByRole('combobox', { name: 'What it holds' }).selectOption(kind);
        await teodor.getByRole('textbox', { name: /Choices, where/ }).fill(choices);
        await press(teodor, 'Make it');
        await teodor.getByRole('heading', { name }).waitFor();
      }
      await looksRight(teodor, 'fields');
      for (const name of ['gift card', 'giftcard']) {
        await teodor.goto('/tags');
        await teodor.getByRole('textbox', { name: 'A new tag' }).fill(name);
        await press(teodor, 'Make it');
        await teodor.getByRole('heading', { name, exact: true }).waitFor();
      }
      await teodor.getByRole('combobox', { name: 'Unite with' }).fill('gift card');
      await press(teodor, 'Go on');
      await teodor.getByText('is gone. This cannot be undone.').waitFor();
      await press(teodor, 'Unite them');
      await teodor.getByText('They are one now.').waitFor();
      await teodor.goto('/tags');
      await teodor.getByRole('link', { name: 'gift card', exact: true }).waitFor();
      assert.equal(await teodor.getByRole('link', { name: 'giftcard', exact: true }).count(), 0);
      await looksRight(teodor, 'tags');
    });

    test('new mail goes to the team, and to whose turn it is while they have room', async () => {
      write('dora', 'brake', 'The brake squeals.');
      write('emil', 'pump', 'The pump leaks.');
      await open(jonas, 1005);
      await header(jonas).getByText('with you').waitFor();
      await header(jonas).getByText('Workshop').waitFor();
      await open(jonas, 1006);
      await header(jonas).getByText('with nobody yet').waitFor();
    });

    test('an agent gives it, says how urgent it is, tags it and fills in what is asked for', async () => {
      await open(mira, 1001);
      await line(mira, 'With').locator('summary').click();
      await mira.getByRole('combobox', { name: 'Give it to' }).selectOption({ label: 'Mira Lindqvist' });
      await press(mira, 'Give');
      await header(mira).getByText('with you').waitFor();
      await line(mira, 'Priority').locator('summary').click();
      await press(mira, 'urgent');
      await header(mira).getByText('urgent', { exact: true }).waitFor();
      await line(mira, 'Tags').locator('summary').click();
      await mira.getByRole('combobox', { name: 'Tag' }).fill('Gift Card');
      await press(mira, 'Add');
      await panel(mira).getByRole('list', { name: 'Tags' }).getByText('gift card', { exact: true }).waitFor();
      await line(mira, 'Fields').locator('summary').click();
      await mira.getByRole('textbox', { name: 'Frame number' }).fill('W-3131');
      await mira.getByRole('combobox', { name: 'Shop' }).selectOption('Cork');
      await looksRight(mira, 'panel-open');
      await press(line(mira, 'Fields'), 'Keep');
      await panel(mira).getByText('W-3131', { exact: true }).waitFor();
      await press(mira, 'Follow');
      await panel(mira).getByText('Followed by Mira Lindqvist').waitFor();
      await looksRight(mira, 'panel');
    });

    test('what cannot be is said beside its form', async () => {
      await open(mira, 1001);
      await line(mira, 'Tags').locator('summary').click();
      await mira.getByRole('combobox', { name: 'Tag' }).fill('one, two');
      await press(mira, 'Add');
      await mira.getByText('A tag has no comma in it').waitFor();
      assert.equal(await mira.getByRole('combobox', { name: 'Tag' }).inputValue(), 'one, two');
      mira.complaints.length = 0; // the browser says that it was a 422
    });

    test('it is put off with the keyboard, and the customer brings it back', async () => {
      await open(mira, 1002);
      await mira.keyboard.press('z');
      await mira.getByRole('button', { name: /^Tomorrow/ }).waitFor();
      await mira.getByRole('button', { name: /^Tomorrow/ }).click();
      await header(mira).getByText(/snoozed until .*, 09:00/).waitFor();
      await mira.goto('/?view=open');
      assert.equal(await row(mira, 1002).count(), 0);
      await mira.goto('/?view=snoozed');
      await row(mira, 1002).getByText(/back .*09:00/).waitFor();
      await looksRight(mira, 'snoozed');
      write('bert', 'again', 'Any news of my bell?', { inReplyTo: ids.bell });
      await row(mira, 1002).waitFor({ state: 'detached' }); // live
    });

    test('somebody who is called in a note finds it', async () => {
      await open(jonas, 1004);
      await jonas.keyboard.press('n');
      await jonas.getByRole('textbox', { name: 'Note' }).fill('@Mira, is this your saddle again?');
      await jonas.keyboard.press('Control+Enter');
      await jonas.getByText('Jonas Feld called somebody in a note: Mira Lindqvist').waitFor({ state: 'attached' });
    });

    test('several at once with x and shift, and back again', async () => {
      await mira.goto('/?view=open');
      await mira.getByRole('checkbox', { name: 'Choose #1003' }).click();
      await mira.getByRole('checkbox', { name: 'Choose #1006' }).click({ modifiers: ['Shift'] });
      const count = await mira.locator('.choose-row :checked').count();
      assert.ok(count >= 3, `${count} are chosen`);
      await mira.getByText(`${count} chosen`).waitFor();
      await looksRight(mira, 'chosen');
      await press(mira, 'Choose none');
      await mira.locator('#row-1003').focus();
      await mira.keyboard.press('x');
      await mira.locator('#row-1006').focus();
      await mira.keyboard.press('x');
      await mira.getByText('2 chosen').waitFor();
      await press(mira, 'Solve');
      await mira.getByText('Solved: 2 conversations.').waitFor();
      assert.equal(await row(mira, 1003).count(), 0);
      await looksRight(mira, 'done');
      await press(mira, 'Undo');
      await mira.getByText('Put back as it was.').waitFor();
      await row(mira, 1003).waitFor();
    });

    test('the way back is offered again wherever one looks, until it is put away, to whoever did it alone', async () => {
      const chooseAndSolve = async () => {
        await mira.goto('/?view=open');
        for (const number of [1003, 1006]) await mira.getByRole('checkbox', { name: `Choose #${number}` }).check();
        await press(mira, 'Solve');
        await mira.getByText('Solved: 2 conversations.').waitFor();
      };
      const offered = page => page.locator('.bulk-notice');
      await chooseAndSolve();
      await row(mira, 1004).locator('> a').click();
      await header(mira).waitFor();
      assert.equal(await offered(mira).count(), 0); // beside a conversation it would lead away from it
      await mira.keyboard.press('u');
      await offered(mira).waitFor();
      assert.doesNotMatch(mira.url(), /batch/);
      await jonas.goto('/?view=open');
      assert.equal(await offered(jonas).count(), 0);
      await mira.goto('/?view=solved');
      await row(mira, 1003).waitFor();
      await press(offered(mira), 'Undo');
      await mira.getByText('Put back as it was.').waitFor();
      await mira.goto('/?view=open');
      await row(mira, 1003).waitFor();
      assert.equal(await offered(mira).count(), 0);
      await chooseAndSolve();
      const [cookie] = (await mira.context().cookies()).filter(({ name }) => name === 'batch');
      assert.ok(cookie.httpOnly && cookie.expires * 1000 - Date.now() <= 600_000, JSON.stringify(cookie));
      await mira.goto('/?view=waiting');
      await looksRight(mira, 'offered-again');
      await press(offered(mira), 'Put this away');
      await mira.waitForURL(/view=waiting$/);
      assert.equal(await offered(mira).count(), 0);
      for (const number of [1003, 1006]) {
        await open(mira, number);
        await press(header(mira), 'Reopen');
        await header(mira).getByRole('button', { name: 'Solve', exact: true }).waitFor();
      }
    });

    test('what is chosen stays so while one looks into a conversation, and is nothing after something was done', async () => {
      const page = await openAs(people.mira, { viewport: phone });
      await page.goto('/?view=open');
      const box = number => page.getByRole('checkbox', { name: `Choose #${number}` });
      for (const number of [1003, 1004]) await box(number).check();
      const { target, row: place, words } = await row(page, 1004).evaluate(row => {
        const bounds = element => element.getBoundingClientRect().toJSON();
        return { target: bounds(row.querySelector('.choose-row')), row: bounds(row), words: [...row.querySelectorAll('a p > *')].map(bounds) };
      });
      assert.ok(target.width >= 44 && target.height >= 44, JSON.stringify(target));
      assert.ok(target.right <= place.right - 4, 'it stands off the edge');
      assert.ok(words.every(each => each.right <= target.left), 'nothing that is read stands below it');
      await looksRight(page, 'phone-chosen');
      await row(page, 1006).locator('> a').click();
      await header(page).waitFor();
      await page.locator('.to-list').click();
      await page.getByText('2 chosen').waitFor();
      assert.deepEqual(await page.locator('.choose-row :checked').evaluateAll(boxes => boxes.map(each => each.value).sort()), ['1003', '1004']);
      await page.goto('/?view=unassigned');
      assert.equal(await page.locator('.choose-row :checked').count(), 0); // another view
      await page.goBack();
      await page.getByText('2 chosen').waitFor();
      await press(page, 'Choose none');
      await page.reload();
      await row(page, 1003).waitFor();
      assert.equal(await page.locator('.choose-row :checked').count(), 0);
      for (const number of [1003, 1004]) await box(number).check();
      await press(page, 'To me');
      await page.getByText('Given to Mira Lindqvist: 2 conversations.').waitFor();
      assert.equal(await page.locator('.choose-row :checked').count(), 0);
      await press(page, 'Undo');
      await page.getByText('Put back as it was.').waitFor();
      await page.context().close();
    });

    test('a line of the panel breaks no word, and a name that is too long comes back whole', async () => {
      await mira.setViewportSize({ width: 1366, height: 768 });
      await open(mira, 1004);
      const lines = await line(mira, 'Snoozed').locator('summary span').evaluate(span => { // at once: news put the panel in place anew
        span.closest('summary').querySelector('b').textContent = 'until 1 Dec 2026, 06:00 in the morning of that day';
        const range = document.createRange();
        range.selectNodeContents(span);
        return range.getClientRects().length;
      });
      assert.equal(lines, 1);
      await line(mira, 'Tags').locator('summary').click();
      const name = 'a name of more than forty characters which nobody can remember';
      await mira.getByRole('combobox', { name: 'Tag' }).fill(name);
      await press(line(mira, 'Tags'), 'Add');
      await mira.getByText('A tag has at most 40 characters; shorten it.').waitFor();
      assert.match(mira.complaints.pop(), /422/);
      assert.equal(await mira.getByRole('combobox', { name: 'Tag' }).inputValue(), name);
      await looksRight(mira, 'long-tag');
      await mira.setViewportSize(wide);
    });

    test('many more things can be done to several, and what changed since is left alone', async () => {
      await mira.goto('/?view=open');
      for (const number of [1003, 1004]) await mira.getByRole('checkbox', { name: `Choose #${number}` }).check();
      await press(mira, 'More…');
      await mira.getByRole('heading', { name: '2 conversations' }).waitFor();
      await looksRight(mira, 'several');
      await mira.getByRole('combobox', { name: 'Give them to' }).selectOption({ label: 'Jonas Feld' });
      await press(mira, 'Give');
      await mira.getByText('Given to Jonas Feld: 2 conversations.').waitFor();
      await open(jonas, 1004);
      await press(jonas, 'Hand back');
      await header(jonas).getByText('with nobody yet').waitFor();
      await press(mira, 'Undo');
      await mira.getByText('Put back as it was. Changed since, and left alone: #1004.').waitFor();
    });

    test('a conversation is split, and answers follow', async () => {
      write('clara', 'pedal', 'And another thing: the pedal is loose.', { inReplyTo: ids.chain });
      await open(mira, 1004);
      const said = mira.locator('.message', { hasText: 'the pedal is loose' });
      await said.hover();
      await said.getByRole('link', { name: 'Move this message' }).click();
      await mira.getByRole('heading', { name: 'Begin a new conversation here' }).waitFor();
      await looksRight(mira, 'apart');
      await press(mira, 'Split here');
      await header(mira).getByText('About the pedal').waitFor();
      await panel(mira).getByRole('link', { name: /#1004 About the chain/ }).first().waitFor(); // linked, both ways
      const part = mira.url().match(/conversations\/(\d+)/)[1];
      write('clara', 'more', 'The left pedal, I mean.', { inReplyTo: ids.pedal });
      await mira.getByText('The left pedal, I mean.').waitFor();
      assert.match(mira.url(), new RegExp(`conversations/${part}\\b`));
    });

    test('a message goes to another customer only when it is meant', async () => {
      await open(mira, 1002);
      const said = mira.locator('.message', { hasText: 'Any news of my bell' });
      await said.hover();
      await said.getByRole('link', { name: 'Move this message' }).click();
      await mira.getByRole('textbox', { name: /Number of the conversation/ }).fill('#1001');
      await press(mira, 'Go on');
      await mira.getByText('is another customer').waitFor();
      await looksRight(mira, 'move');
      await mira.getByRole('checkbox', { name: 'I mean this conversation' }).check();
      await press(mira, 'Move it to #1001');
      await header(mira).getByText('About the saddle').waitFor();
      await said.waitFor();
      await open(mira, 1002);
      await mira.locator('.message', { hasText: 'The bell does not ring.' }).waitFor();
      assert.equal(await said.count(), 0);
    });

    test('two conversations are linked by hand, and parted again', async () => {
      const form = panel(mira).locator('details', { has: mira.locator('#link-form') });
      await open(mira, 1005);
      await form.locator('summary').click();
      await form.getByRole('textbox', { name: 'Its number' }).fill('the pump');
      await press(form, 'Link');
      await form.getByText('That is no number of a conversation').waitFor();
      mira.complaints.length = 0; // the browser says that it was a 422
      await form.getByRole('textbox', { name: 'Its number' }).fill('#1006');
      await press(form, 'Link');
      await panel(mira).getByRole('link', { name: '#1006 About the pump' }).click();
      await header(mira).getByText('About the pump').waitFor();
      await panel(mira).getByRole('link', { name: '#1005 About the brake' }).waitFor();
      await looksRight(mira, 'linked');
      await press(panel(mira), 'Take the link to #1005 away');
      await panel(mira).getByRole('heading', { name: 'Linked with' }).waitFor({ state: 'detached' });
    });

    test('a merge is undone', async () => {
      await mira.goto('/conversations/1003/merge?into=1002');
      await looksRight(mira, 'merge');
      await press(mira, 'Merge into #1002');
      await panel(mira).getByRole('heading', { name: 'Merged into it' }).waitFor();
      await mira.getByRole('link', { name: 'Take #1003 out again' }).click();
      await looksRight(mira, 'unmerge');
      await press(mira, 'Take #1003 out');
      await header(mira).getByText('About the lamp').waitFor();
      await mira.getByText('The lamp does not shine.').waitFor();
    });

    test('on a phone everything is within reach', async () => {
      const page = await openAs(people.mira, { viewport: phone });
      await page.goto('/?view=open');
      await page.getByRole('checkbox', { name: 'Choose #1004' }).check();
      await page.getByText('1 chosen').waitFor();
      await looksRight(page, 'phone-list');
      await page.goto('/conversations/1001#context');
      await line(page, 'Snoozed').locator('summary').click();
      await looksRight(page, 'phone-panel');
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing is wider than the screen');
      await page.context().close();
    });

    test('without scripts everything is a form', async () => {
      const page = await openAs(people.jonas, { viewport: wide, scripts: false });
      await page.goto('/?view=open');
      await page.getByRole('link', { name: 'Choose several' }).click();
      await page.getByRole('checkbox', { name: 'Choose #1004' }).check();
      await page.getByRole('checkbox', { name: 'Choose #1006' }).check();
      await picture(page, 'work-plain-list');
      await press(page, 'More…');
      await page.getByRole('textbox', { name: 'Add a tag' }).or(page.getByRole('combobox', { name: 'Add a tag' })).fill('workshop');
      await press(page, 'Add');
      await page.getByText('Tagged "workshop": 2 conversations.').waitFor();
      await press(page, 'Undo');
      await page.getByText('Put back as it was.').waitFor();
      await open(page, 1006);
      await line(page, 'Snoozed').locator('summary').click();
      await page.getByLabel('Or until').fill('2036-01-02T10:30');
      await line(page, 'Snoozed').getByRole('button', { name: 'Snooze', exact: true }).click();
      await page.getByText('A conversation can be put off for a year at most.').waitFor();
      await line(page, 'Snoozed').getByRole('button', { name: /^In a week/ }).click();
      await header(page).getByText(/snoozed until/).waitFor();
      await page.context().close();
    });
  });
}
