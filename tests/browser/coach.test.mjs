// The coach as an agent has it: hints while they write, better words by one press or key, "not here", off, and the same without scripts.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accessibilityFindings, openPage, phone, picture, signIn, startBrowser } from '../harness/browser.mjs';
import { databases, makeDesk } from '../harness/desk.mjs';

const mail = 'From: Anna Berg <anna@customer.example>\nTo: help@desk.example\nSubject: Blue lamp\nMessage-ID: <lamp@customer.example>\n' +
  'Date: Sun, 22 Nov 2026 10:00:00 +0000\n\nMy blue lamp arrived broken three weeks ago and nobody answers. I am really disappointed.\n';

for (const database of databases) {
  describe(`the coach on ${database}`, () => {
    let desk, browser, page;
    const answer = () => page.getByRole('textbox', { name: 'Your answer' });
    const hints = () => page.getByRole('group', { name: 'Hints on your draft' });
    const hint = () => hints().getByRole('listitem');
    const open = async (options, email = 'mira@desk.example') => {
      await page?.context().close();
      page = await openPage(browser, desk, options);
      await signIn(page, email);
      await page.goto('/conversations/1001');
    };

    before(async () => {
      desk = makeDesk({ database });
      desk.settle();
      await desk.serve();
      assert.equal(desk.deliver(mail).code, 0);
      browser = await startBrowser();
      await open({});
    });
    after(async () => {
      await browser?.close();
      await desk?.stop();
    });

    test('nothing is said before anything is written', async () => {
      assert.equal(await hint().count(), 0);
    });

    test('after a pause two hints at most stand below the draft, with its words and better ones', async () => {
      await answer().fill('We will look into the issue soon. You should have called.');
      await hint().first().waitFor();
      assert.equal(await hint().count(), 2);
      assert.match(await hints().innerText(), /We will look into the issue soon/);
      assert.match(await hints().innerText(), /I will look into the issue soon/);
      assert.deepEqual(await accessibilityFindings(page), []);
      await picture(page, `coach-${database}`);
    });

    test('one press puts the better words in, and undo takes them back', async () => {
      await hint().filter({ hasText: 'I will look' }).getByRole('button', { name: 'Put it in' }).click();
      assert.equal(await answer().inputValue(), 'I will look into the issue soon. You should have called.');
      await answer().press('Control+z');
      assert.equal(await answer().inputValue(), 'We will look into the issue soon. You should have called.');
      await hint().filter({ hasText: 'I will look' }).waitFor();
    });

    test('one key puts in the first; what stands before it may be anything', async () => {
      await answer().fill('“Größe” 😀 is fine. We will call Anna.');
      await hint().filter({ hasText: 'I will call Anna' }).waitFor();
      await answer().press('Alt+.');
      assert.equal(await answer().inputValue(), '“Größe” 😀 is fine. I will call Anna.');
    });

    test('"Not here" makes a hint go, and it does not come back on this draft', async () => {
      await answer().fill('We will look into it. You should have called.');
      const first = hint().filter({ hasText: 'I will look' });
      await first.getByRole('button', { name: 'Not here' }).click();
      await first.waitFor({ state: 'detached' });
      assert.equal(await answer().evaluate(area => document.activeElement === area), true);
      await answer().press('End');
      await answer().pressSequentially(' Well.');
      await page.waitForResponse(response => response.url().endsWith('/coach'));
      await hint().first().waitFor();
      assert.equal(await hint().filter({ hasText: 'I will look' }).count(), 0);
    });

    test('"Check my draft" also says what the answer lacks', async () => {
      await answer().fill('The lamp is on its way.');
      await page.getByRole('button', { name: 'Check my draft' }).click();
      await hint().filter({ hasText: /beginning|end/ }).first().waitFor();
      assert.equal(await hint().count(), 2);
    });

    test('it never stands in the way: an answer with hints is sent as it is', async () => {
      await answer().fill('We will look into it, Anna.');
      await hint().first().waitFor();
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await page.getByRole('article').filter({ hasText: 'We will look into it, Anna.' }).waitFor();
    });

    test('it fits a phone, in the dark too', async () => {
      await open({ viewport: phone, dark: true });
      await answer().fill('We will look into the issue soon. You should have called.');
      await hint().first().waitFor();
      assert.deepEqual(await accessibilityFindings(page), []);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
      await picture(page, `coach-${database}-phone`);
    });

    for (const [where, viewport] of [['a small screen', { width: 1366, height: 640 }], ['a phone', phone]]) {
      test(`on ${where} what sends stays in sight, whatever stands above it, and so does what is folded out`, async () => {
        await open({ viewport });
        await answer().fill('We will look into the issue soon. You should have called.');
        await hint().nth(1).waitFor();
        for (const fold of ['Add Cc, Bcc', 'Offer options']) await page.locator('#reply').getByText(fold, { exact: true }).click();
        await page.waitForFunction(() => { // wholly, and nothing lies over its middle
          const shows = here => {
            const { left, top, right, bottom } = here.getBoundingClientRect(), there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
            return top >= 0 && bottom <= innerHeight && here.contains(there);
          };
          return [...document.querySelectorAll('#reply .goes')].every(shows) && shows(document.querySelector('#reply .options textarea'));
        });
        assert.deepEqual(await accessibilityFindings(page), []);
      });
    }

    test('without scripts a button shows the same, puts words in and takes "not here"', async () => {
      await open({ scripts: false }, 'jonas@desk.example');
      await answer().fill('We will look into it. You should have called.\nRegards');
      await page.getByText('Add Cc, Bcc').click();
      await page.getByRole('textbox', { name: 'Cc', exact: true }).fill('ben@customer.example');
      await page.getByRole('button', { name: 'Check my draft' }).click();
      await hint().first().waitFor();
      assert.equal(await hint().count(), 2);
      assert.equal(await page.getByRole('textbox', { name: 'Cc', exact: true }).inputValue(), 'ben@customer.example');
      await hint().filter({ hasText: 'I will look' }).getByRole('button', { name: 'Put it in' }).click();
      assert.match(await answer().inputValue(), /^I will look into it\. You should have called\.\r?\nRegards$/);
      const accusing = hint().filter({ hasText: 'You should have' });
      await accusing.getByRole('button', { name: 'Not here' }).click();
      assert.equal(await accusing.count(), 0);
      assert.match(await answer().inputValue(), /^I will look into it/);
    });

    test('it is switched off in the account, for this person alone', async () => {
      await open({});
      await page.goto('/account');
      await page.getByRole('radio', { name: 'never' }).last().check();
      await page.getByRole('region', { name: 'Hints while I write' }).getByRole('button', { name: 'Keep' }).click();
      await page.getByText('It is kept.').waitFor();
      assert.deepEqual(await accessibilityFindings(page), []);
      await page.goto('/conversations/1001');
      await answer().fill('We will look into it.');
      assert.equal(await page.locator('#coach').count(), 0);
      assert.equal(await page.getByRole('button', { name: 'Check my draft' }).count(), 0);
      await open({}, 'jonas@desk.example');
      await answer().fill('We will look into it.');
      await hint().first().waitFor();
    });

    test('nothing of a draft is logged', async () => { // it is kept for its writer, as a draft and nowhere else
      assert.equal(page.complaints.length, 0);
      assert.ok(!desk.said.includes('Größe') && !desk.said.includes('look into'));
    });
  });
}
