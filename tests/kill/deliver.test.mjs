// Nothing is lost and nothing doubles when `rapport deliver` is killed.
//
// Many mails are delivered, several at once, and most deliveries are killed with kill -9 at a random moment. A mail that was
// not answered with 0 is sent again, as a mail server would. In the end each mail must be there exactly once.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import { makeDice } from '../harness/dice.mjs';
import { databases, makeDesk } from '../harness/desk.mjs';
import { writeMail } from '../harness/mail.mjs';

const mailCount = 80;
const atOnce = 4;

for (const database of databases) {
  describe(`deliveries killed at random on ${database}`, () => {
    const dice = makeDice();
    const mails = Array.from({ length: mailCount }, (_, index) => mailFrom(index));
    const tally = { tries: 0, killed: 0, asked: 0 };
    let desk;

    before(() => {
      desk = makeDesk({ database });
      desk.settle();
    });
    after(() => desk.stop());

    test('each mail is answered with 0 in the end', async () => {
      const usual = usualDuration(desk);
      const waiting = [...mails];
      const work = async () => {
        for (let mail = waiting.shift(); mail; mail = waiting.shift()) await deliverAtLast(desk, mail, dice, usual, tally);
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      assert.ok(tally.killed > mailCount / 4, `too few deliveries were killed to show anything: ${tally.killed} of ${tally.tries}`);
    });

    test('each mail is there exactly once, and the desk finds no damage', t => {
      const found = check(desk);
      t.diagnostic(`seed ${dice.seed}: ${tally.tries} deliveries, ${tally.killed} killed, ${tally.asked} asked to come again`);
      assert.equal(found.originals, mailCount + 1);
      assert.equal(found.conversations, mailCount + 1);
      assert.equal(found.quarantined + found.failed, 0);
    });

    test('handing all of them in again changes nothing', () => {
      const earlier = check(desk);
      for (const mail of mails) assert.equal(desk.deliver(mail).code, 0);
      assert.deepEqual(check(desk), earlier);
    });
  });
}

function mailFrom(index) {
  return writeMail({
    from: `Customer ${index} <customer-${index}@customer.example>`,
    to: 'help@desk.example',
    subject: `Order ${4000 + index} has not come`,
    text: `Good morning,\n\nmy order ${4000 + index} should have been here a week ago. When will it come?\n\n${'The parcel matters to me. '.repeat(index % 40)}`,
  });
}

// How long one delivery takes here, undisturbed, in milliseconds.
function usualDuration(desk) {
  const mail = writeMail({ from: 'first@customer.example', to: 'help@desk.example', text: 'The first mail of all.' });
  const began = performance.now();
  assert.equal(desk.deliver(mail).code, 0);
  return performance.now() - began;
}

async function deliverAtLast(desk, mail, dice, usual, tally) {
  for (let attempt = 1; ; attempt++) {
    const isToDie = attempt <= 4 && dice.roll() < 0.8;
    const outcome = await deliverOnce(desk, mail, isToDie ? dice.between(0, usual * 2.5) : null);
    tally.tries++;
    if (outcome === 0) return;
    if (outcome === 'SIGKILL') tally.killed++;
    else if (outcome === 75) tally.asked++;
    else assert.fail(`rapport deliver ended with ${outcome}`);
    assert.ok(attempt < 40, 'a mail could not be delivered in forty tries');
  }
}

// 0, another exit code, or the signal that ended it.
async function deliverOnce(desk, mail, killAfter) {
  const child = desk.start(['deliver', '--to', 'help@desk.example']);
  child.stdin.on('error', () => {}); // killed before it read all
  child.stdin.end(mail);
  child.stdout.resume();
  child.stderr.resume();
  const timer = killAfter === null ? null : setTimeout(() => child.kill('SIGKILL'), killAfter);
  const [code, signal] = await once(child, 'exit');
  clearTimeout(timer);
  return signal ?? code;
}

function check(desk) {
  return JSON.parse(desk.run(['check', '--json']));
}
