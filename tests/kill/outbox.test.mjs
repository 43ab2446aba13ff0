// No answer is lost when the desk is killed while it sends.
//
// The outbox is filled, and `rapport serve` is killed with kill -9 again and again while it hands mails to a mail server that
// takes its time. Each mail must arrive. SMTP cannot promise "exactly once": a mail that was taken just when the desk died may
// come a second time; one that was taken and answered well before must not.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { makeDice } from '../harness/dice.mjs';
import { makeDesk } from '../harness/desk.mjs';
import { writeMail } from '../harness/mail.mjs';
import { startSmtpPeer } from '../harness/smtp-peer.mjs';

const mailCount = 40;
const killCount = 8;
const settleTime = 400; // milliseconds in which the desk must have written down that a mail was taken
const deadline = 60_000;

describe('a desk killed while it sends', () => {
  const dice = makeDice();
  const deaths = [];
  let desk, peer;

  before(async () => {
    desk = makeDesk();
    desk.settle();
    for (let index = 0; index < mailCount; index++) {
      const mail = writeMail({
        from: `Customer ${index} <customer-${index}@customer.example>`, to: 'help@desk.example', subject: `Question ${index}`,
        text: `When are you open on day ${index} of the month?`,
      });
      assert.equal(desk.deliver(mail).code, 0);
    }
    peer = await startSmtpPeer(async () => {
      await pause(dice.between(0, 60));
      return '250 2.0.0 taken';
    });
  });
  after(async () => {
    await desk.stop();
    await peer.stop();
  });

  test('sends each mail in the end', async () => {
    for (let kill = 0; kill < killCount; kill++) {
      await desk.serve(['--smtp-url', peer.smtpUrl]);
      const enough = peer.taken.length + 1 + Math.floor(dice.between(0, 4));
      await until(() => peer.taken.length >= Math.min(enough, mailCount));
      await pause(dice.between(0, 80));
      deaths.push(performance.now());
      await desk.end('SIGKILL');
    }
    await desk.serve(['--smtp-url', peer.smtpUrl]);
    await until(() => recipients(peer).size === mailCount);
    await until(() => JSON.parse(desk.run(['check', '--json'])).outbox === 0);
    assert.equal(await desk.end(), 0);
  });

  test('sends none again that was taken well before the desk died', t => {
    const firstTaken = new Map();
    let doubles = 0;
    for (const { mail, answeredAt } of peer.taken) {
      const id = mail.header('Message-ID');
      if (!firstTaken.has(id)) { firstTaken.set(id, answeredAt); continue; }
      doubles++;
      const first = firstTaken.get(id);
      assert.ok(deaths.some(death => Math.abs(death - first) < settleTime), `${id} was sent again though it had been settled`);
    }
    t.diagnostic(`seed ${dice.seed}: ${peer.taken.length} mails taken, ${doubles} of them a second time`);
    assert.equal(firstTaken.size, mailCount);
  });
});

function recipients(peer) {
  return new Set(peer.taken.flatMap(each => each.to));
}

async function until(isSo) {
  for (const end = performance.now() + deadline; !isSo(); await pause(20)) {
    if (performance.now() > end) assert.fail(`waited ${deadline / 1000} s in vain for: ${isSo}`);
  }
}
