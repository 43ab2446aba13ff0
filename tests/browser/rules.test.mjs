// Rules, targets and notices as people work with them: a rule that is tried, kept and fires, and its log; rules about fields of the desk's
// own and about who has it, and what becomes of them when a field is retired; a target that is missed and goes to
// somebody; a notice that arrives in the browser of the second agent while they look elsewhere; and choosing what one hears of.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { accessibilityFindings, desktop, openPage, phone, picture, signIn, startBrowser } from '../harness/browser.mjs';
import { makeDesk } from '../harness/desk.mjs';
import { newMessageId, writeMail } from '../harness/mail.mjs';
import { fillRule, writeRule } from '../harness/rules.mjs';
import { giveToServiceUser } from '../harness/service-user.mjs';

const mira = 'mira@desk.example', jonas = 'jonas@desk.example', teodor = 'teodor@desk.example', nuala = 'nuala@desk.example';
let desk, browser;
let kofis; // the id of his mail
const mail = (from, subject, text = 'Hello.', more = {}) => {
  const messageId = newMessageId(from);
  const done = desk.deliver(writeMail({ from, to: 'help@desk.example', subject, messageId, text, ...more }));
  assert.equal(done.code, 0, done.complaint);
  return messageId;
};
const visit = async (email, path, settings) => {
  const page = await openPage(browser, desk, settings);
  await signIn(page, email);
  if (path) await page.goto(path);
  return page;
};
const visitNew = async page => { await page.goto('/rules/new'); return page; };
const done = async page => {
  assert.deepEqual(page.complaints.filter(each => !each.includes('422')), []); // what was typed wrong is no fault of the page
  await page.context().close();
};
const quiet = async (page, name) => {
  assert.deepEqual(await accessibilityFindings(page), []);
  await picture(page, name);
};

before(async () => {
  desk = makeDesk();
  desk.settle();
  await desk.serve();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await desk?.stop();
});

test('a rule is tried on what there is, kept, fires, and its log says what it did', async () => {
  mail('Maeve Corrigan-Bell <maeve@bell.example>', 'A refund for my lamp');
  mail('Olga Petrenko <olga@petrenko.example>', 'My order');
  const page = await visit(teodor, null, { scripts: false });
  await page.goto('/house');
  await page.getByRole('link', { name: 'Rules', exact: true }).click();
  await page.getByText('There are none yet').waitFor();
  await fillRule(page, { name: 'Refunds', when: ['A conversation is opened'], conditions: [['Subject contains', 'refund']],
    actions: [['Give it to', 'Mira Lindqvist'], ['Add the tag', 'money'], ['Set the priority to', 'enormous']] });
  await page.getByRole('button', { name: 'Try it on the last thousand' }).click();
  await page.getByText('Choose one of: low, normal, high, urgent.').waitFor(); // said where it is wrong, and nothing is lost
  assert.equal(await page.getByLabel('Value of condition 1').inputValue(), 'refund');
  await page.getByLabel('Who, which or how long, for action 3').fill('high');
  await page.getByRole('button', { name: 'Try it on the last thousand' }).click();
  await page.getByText('Of the last 2 conversations, this came to pass in 2, and what it asks holds in 1 of these').waitFor();
  await page.getByRole('link', { name: '#1001 Maeve Corrigan-Bell' }).waitFor();
  await page.getByRole('button', { name: 'Keep the rule' }).click();
  await page.getByText('Subject contains refund').waitFor();
  kofis = mail('Kofi Mensah <kofi@mensah.example>', 'Refund, please');
  await page.goto('/rules/log');
  await page.getByText('given to somebody; tagged; priority high').waitFor();
  await page.getByRole('link', { name: '#1003 Kofi Mensah' }).click();
  await page.locator('#context').getByText('What happened').click();
  await page.locator('#context').getByText('By rule: Refunds: given to somebody').waitFor();
  await page.goto('/rules');
  await page.getByRole('link', { name: 'fired 1 time' }).waitFor();
  await page.getByRole('button', { name: 'Switch off: Refunds' }).click();
  await page.getByRole('button', { name: 'Switch on: Refunds' }).waitFor();
  await fillRule(await visitNew(page), { name: 'For a day', when: ['A conversation is opened'], conditions: [], actions: [['Add the tag', 'today']] });
  await page.getByRole('button', { name: 'Keep the rule' }).click();
  await page.getByText('It is kept.').waitFor();
  await page.getByRole('link', { name: 'For a day' }).click();
  await page.getByText('Remove the rule').click(); // a question first
  await page.getByText('cannot be brought back').waitFor();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await page.getByText('It is removed.').waitFor();
  await done(page);
});

test('days are a number of days: an amount of hours is refused and not made another rule', async () => {
  const page = await visit(teodor, null, { scripts: false });
  const rule = amount => fillRule(page, { name: 'Untouched', when: ['Nothing was written for so many days'], amount, actions: [['Set the priority to', 'high']] });
  for (const amount of ['4 h', '3x', '-2', '0', '400']) {
    await rule(amount);
    await page.getByRole('button', { name: 'Keep the rule' }).click();
    await page.getByText('Write how many days, from 1 to 366.').waitFor();
    assert.equal(await page.getByLabel('How long', { exact: true }).inputValue(), amount);
  }
  await rule('4 days');
  await page.getByRole('button', { name: 'Keep the rule' }).click();
  await page.getByText('Nothing was written for so many days: 4').waitFor();
  await page.getByRole('link', { name: 'Untouched' }).click();
  await page.getByText('Remove the rule').click();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await done(page);
});

test('an agent may write no rule and set no target', async () => {
  const page = await openPage(browser, desk);
  await signIn(page, mira);
  for (const path of ['/rules', '/rules/new', '/targets']) assert.equal((await page.goto(path)).status(), 403, path);
  await page.context().close();
});

test('a notice arrives live while one looks elsewhere, names nothing of what was written, and is seen by opening it', async () => {
  const page = await visit(mira, '/notices'), other = await visit(jonas, '/account');
  const bell = of => of.getByRole('navigation', { name: 'Rapport' }).getByRole('link', { name: /Notices/ });
  await page.getByRole('link', { name: '#1003 of Kofi Mensah is with you now' }).waitFor();
  await page.getByRole('button', { name: 'I have seen them all' }).click();
  await page.getByText('not seen').waitFor({ state: 'detached' });
  await page.goto('/account');
  mail('Kofi Mensah <kofi@mensah.example>', 'Re: Refund, please', 'This is between us.', { inReplyTo: kofis });
  await bell(page).locator('.count').filter({ hasText: '1' }).waitFor(); // by itself
  await bell(page).click();
  await page.getByRole('link', { name: 'Kofi Mensah wrote in #1003' }).first().waitFor();
  assert.equal(await page.getByText('This is between us').count(), 0);
  await quiet(page, 'notices');
  await page.getByRole('link', { name: 'Kofi Mensah wrote in #1003' }).first().click();
  await page.getByText('This is between us').first().waitFor();
  await page.goto('/account');
  assert.equal(await bell(page).locator('.count').count(), 0);
  assert.equal(await bell(other).locator('.count').count(), 0); // it was none of his
  await done(page);
  await done(other);
});

test('targets are set by priority, a mistake is said beside its field, and the clock stands beside the conversation', async () => {
  const page = await visit(teodor, '/targets');
  await quiet(page, 'targets');
  const normal = page.getByRole('group', { name: 'normal' });
  await normal.getByLabel('First answer').fill('soon');
  await page.getByRole('button', { name: 'Keep these targets' }).click();
  await page.getByText('Write it as 8 h, 45 min or 1 h 30 min.').waitFor();
  await normal.getByLabel('First answer').fill('1 h');
  await page.getByRole('button', { name: 'Keep these targets' }).click();
  await page.getByText('It is kept.').waitFor();
  await page.goto('/conversations/1002');
  await page.locator('.due-clocks').getByText('First answer').click();
  await page.locator('.due-clocks').getByText('1 business hour for normal priority').waitFor();
  await done(page);
});

test('a target that is missed goes to somebody by a rule', async () => {
  const week = await visit(nuala, '/hours');
  for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']) await week.getByLabel(day, { exact: true }).fill('00:00-24:00');
  await week.getByRole('button', { name: 'Keep the week' }).click();
  await done(week);
  const theirs = await visit(teodor);
  await writeRule(theirs, { name: 'Late', when: ['A target is missed'],
    actions: [['Set the priority to', 'urgent'], ['Tell', 'supervisors', 'This one is late.']] });
  await quiet(theirs, 'rules');
  await done(theirs);
  await desk.end();
  const file = join(desk.data, 'old.mbox'), from = 'Anna Berg <anna@customer.example>', at = new Date(Date.now() - 2 * 36e5);
  writeFileSync(file, `From anna@customer.example ${at.toUTCString()}\n` + writeMail({ from, to: 'help@desk.example', subject: 'My saddle', text: 'Where is it?',
    headers: { Date: at.toUTCString().replace('GMT', '+0000') } }).replace(/\r\n/g, '\n'));
  giveToServiceUser(file);
  desk.run(['import', 'mbox', file, '--to', 'help@desk.example']);
  await desk.serve();
  const page = await visit(teodor, '/notices');
  const told = page.getByRole('link', { name: /of Anna Berg: This one is late/ });
  for (let i = 0; i < 40 && !await told.count(); i++) {
    await page.waitForTimeout(500);
    await page.goto('/notices');
  }
  await told.click();
  await page.locator('.due-clocks').getByText(/late/).first().waitFor();
  await page.locator('#context').getByText('What happened').click();
  await page.locator('#context').getByText('Late: First answer').waitFor();
  await done(page);
});

test('what one hears of is a table of kinds and ways', async () => {
  const page = await visit(jonas, '/account', { scripts: false });
  await page.getByLabel('A note names me, by mail').check();
  await page.getByLabel('A customer writes in one of mine, in the desk').uncheck();
  await page.getByLabel('in my own hours, below').check();
  await page.getByLabel('until').fill('08:00');
  await page.locator('#notices').getByRole('button', { name: 'Keep' }).click();
  await page.getByText('an end that is later than the beginning').waitFor();
  await page.getByLabel('until').fill('18:30');
  await page.locator('#notices').getByRole('button', { name: 'Keep' }).click();
  await page.getByText('It is kept.').waitFor();
  assert.ok(await page.getByLabel('A note names me, by mail').isChecked());
  assert.ok(!await page.getByLabel('A customer writes in one of mine, in the desk').isChecked());
  assert.equal(await page.getByLabel('until').inputValue(), '18:30');
  await done(page);
});

const happened = async (page, words) => {
  await page.locator('#context').getByText('What happened').click();
  await page.locator('#context').getByText(words).first().waitFor();
};
let lamp; // the number of the conversation about a lamp

test('a rule asks for a field of the desk’s own and fills it in, without scripts', async () => {
  const page = await visit(teodor, '/fields', { scripts: false });
  for (const [name, kind, choices] of [['Shop', 'choice', 'Dublin\nCork'], ['Bought on', 'date', ''], ['Paid', 'number', '']]) {
    await page.getByRole('textbox', { name: 'Name' }).last().fill(name);
    await page.getByRole('combobox', { name: 'What it holds' }).selectOption(kind);
    await page.getByRole('textbox', { name: /Choices, where/ }).fill(choices);
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.getByRole('heading', { name }).waitFor();
  }
  await fillRule(page, { name: 'Lamps', when: ['A conversation is opened'],
    conditions: [['Subject contains', 'lamp'], ['Shop is empty'], ['Customer’s conversations in 30 days is less than', '9']],
    actions: [['Fill in “Shop” with', 'Paris'], ['Fill in “Bought on” with', 'today - 7']] });
  await page.getByRole('button', { name: 'Try it on the last thousand' }).click();
  await page.getByText('This is none of the choices; take one of the list.').waitFor();
  await page.getByLabel('Who, which or how long, for action 1').fill('cork');
  await page.getByRole('button', { name: 'Try it on the last thousand' }).click();
  await page.getByText('Fill in “Shop” with Cork: in 1').waitFor(); // Maeve's
  await page.getByRole('button', { name: 'Keep the rule' }).click();
  await page.getByText('Subject contains lamp, and Shop is empty, and Customer’s conversations in 30 days is less than 9').waitFor();
  await page.getByText('Fill in “Shop” with Cork; Fill in “Bought on” with today - 7').waitFor();
  mail('Nino Beridze <nino@beridze.example>', 'My lamp flickers');
  await page.goto('/rules/log');
  await page.getByText('“Shop” filled in; “Bought on” filled in').waitFor();
  lamp = (await page.getByRole('link', { name: /Nino Beridze/ }).textContent()).match(/#(\d+)/)[1];
  await page.getByRole('link', { name: /Nino Beridze/ }).click();
  const filled = page.locator('#context .filled');
  await filled.getByText('Cork').waitFor();
  await happened(page, 'Shop: Cork');
  await page.locator('#context').getByText('By rule: Lamps').waitFor();
  await done(page);
});

test('a field that changes, and a conversation that is handed back, are moments of their own', async () => {
  const page = await visit(teodor);
  await writeRule(page, { name: 'To Dublin', when: ['A field changes'], watched: 'Shop', conditions: [['Shop is', 'dublin']], actions: [['Add the tag', 'for Dublin']] });
  await page.getByText('A field changes: Shop').waitFor();
  await writeRule(page, { name: 'Back', when: ['It is handed back, and nobody has it'], actions: [['Set the priority to', 'high']] });
  await writeRule(page, { name: 'Somebody', when: ['It is given to a person'], actions: [['Keep the note', '', 'Somebody has it now.']] });
  const log = async rule => {
    await page.goto('/rules/log');
    return page.getByRole('link', { name: rule, exact: true }).count();
  };
  const agent = await visit(mira, `/conversations/${lamp}`, { scripts: false });
  const fields = agent.locator('#fields-form');
  await agent.getByText('Fields', { exact: true }).click();
  await fields.getByLabel('Paid').fill('12,50');
  await fields.getByRole('button', { name: 'Keep' }).click();
  assert.equal(await log('To Dublin'), 0); // it is another field
  await agent.getByText('Fields', { exact: true }).click();
  await fields.getByLabel('Shop').selectOption('Dublin');
  await fields.getByRole('button', { name: 'Keep' }).click();
  assert.equal(await log('To Dublin'), 1);
  await agent.getByRole('button', { name: 'Assign to me' }).click();
  await agent.getByText('Somebody has it now.').first().waitFor();
  assert.equal(await log('Back'), 0);
  await agent.getByRole('button', { name: 'Hand back' }).click();
  assert.equal(await log('Back'), 1);
  await done(agent);
  await done(page);
});

test('a field that is retired: the page and the log say so, and the rule does not fire on it', async () => {
  const page = await visit(teodor, '/fields');
  await page.getByRole('button', { name: 'Retire Shop' }).click();
  mail('Ana Kos <ana@kos.example>', 'Another lamp');
  await page.goto('/rules/log');
  await page.getByText('nothing: the field “Shop” is not asked for any more').waitFor();
  await page.goto('/rules');
  await page.getByText('A condition never holds: the field “Shop” is not asked for any more.').first().waitFor();
  await page.getByText('This never happens: the field “Shop” is not asked for any more.').waitFor();
  await quiet(page, 'rules-retired');
  await page.getByRole('link', { name: 'Lamps', exact: true }).click();
  const line = page.locator('.rule-line').filter({ has: page.getByLabel('Condition 2', { exact: true }) });
  await line.getByText('A condition never holds').waitFor(); // beside the line, which stands as it was
  assert.equal(await page.getByLabel('Condition 2', { exact: true }).locator('option:checked').textContent(), 'Shop is empty');
  await page.getByRole('button', { name: 'Keep the rule' }).click();
  await line.getByText('This cannot be asked: the field “Shop” is not asked for any more.').waitFor();
  await page.getByLabel('Condition 2', { exact: true }).selectOption({ label: '—' });
  await page.getByLabel('Action 1', { exact: true }).selectOption({ label: '—' });
  await page.getByLabel('Who, which or how long, for action 1').fill('');
  await page.getByRole('button', { name: 'Keep the rule' }).click();
  await page.getByText('It is kept.').waitFor();
  mail('Ana Kos <ana@kos.example>', 'A third lamp');
  await page.goto('/rules/log');
  await page.getByText('“Bought on” filled in', { exact: true }).waitFor();
  await done(page);
});

test('a rule about a field is written with the keyboard alone', async () => {
  const page = await visit(teodor, '/rules/new');
  await page.getByLabel('Name').focus();
  await page.keyboard.type('By hand');
  await page.getByLabel('A field changes').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Paid');
  assert.equal(await page.getByLabel('Which field').locator('option:checked').textContent(), 'Paid');
  await page.getByLabel('Condition 1', { exact: true }).focus();
  await page.keyboard.type('Paid is more');
  await page.keyboard.press('Tab');
  await page.keyboard.type('99');
  await page.getByLabel('Action 1', { exact: true }).focus();
  await page.keyboard.type('Empty');
  await page.getByRole('button', { name: 'Keep the rule' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Paid is more than 99').waitFor();
  await page.getByText('A field changes: Paid').waitFor();
  await done(page);
});

for (const [name, viewport] of [['desktop', desktop], ['phone', phone]])
  test(`the pages are whole on a ${name}`, async () => {
    const page = await visit(teodor, '/rules/new', { viewport });
    await quiet(page, `rule-${name}`);
    for (const path of ['/rules', '/rules/log', '/targets', '/notices', '/account']) {
      await page.goto(path);
      await quiet(page, `${path.slice(1).replace('/', '-')}-${name}`);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), path);
    }
    await done(page);
  });
