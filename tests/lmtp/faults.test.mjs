// LMTP when things go wrong: a server killed under load, its parsers killed, no room on the disk, and mails made to hurt. Nothing that
// was answered with 250 is lost, nothing is there twice, and the next mail is taken as if nothing had been.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { databases, makeDesk } from '../harness/desk.mjs';
import { makeDice } from '../harness/dice.mjs';
import { lmtpPort, openLmtp } from '../harness/lmtp.mjs';
import { writeMail } from '../harness/mail.mjs';
import { asServiceUser } from '../harness/service-user.mjs';

const check = desk => JSON.parse(desk.run(['check', '--json']));
const listen = ['--lmtp-listen', '127.0.0.1:0'];
const mailFrom = index => writeMail({
  from: `Customer ${index} <customer-${index}@customer.example>`,
  to: 'help@desk.example',
  subject: `Order ${4000 + index} has not come`,
  messageId: `<order-${index}@customer.example>`,
  text: `Good morning,\n\nmy order ${4000 + index} should have been here a week ago. When will it come?\n${'It matters. '.repeat(index % 50)}`,
});

for (const database of databases) {
  describe(`LMTP under fire on ${database}`, () => {
    const dice = makeDice();
    let desk;
    before(() => { desk = makeDesk({ database }); desk.settle(); });
    after(() => desk.stop());

    test('a server that is killed loses nothing it said yes to, and doubles nothing that is sent again', async t => {
      const mails = Array.from({ length: 240 }, (_, index) => mailFrom(index));
      const answered = new Set();
      let kills = 0;
      while (answered.size < mails.length) {
        await desk.serve(listen);
        const port = lmtpPort(desk);
        const waiting = mails.map((_, index) => index).filter(index => !answered.has(index));
        const work = async () => {
          const client = await openLmtp(port);
          for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
            if ((await client.send(mails[index], { from: `customer-${index}@customer.example` }))[0].startsWith('250')) answered.add(index);
          }
        };
        const killer = kills < 5 ? setTimeout(() => process.kill(desk.serverId, 'SIGKILL'), dice.between(50, 400)) : null;
        await Promise.allSettled(Array.from({ length: 6 }, work));
        clearTimeout(killer);
        if (killer) kills++;
        await desk.end(killer ? 'SIGKILL' : 'SIGTERM');
        const kept = check(desk);
        assert.equal(kept.ok, true, kept.problems.join(' '));
        assert.ok(kept.originals >= answered.size, `${answered.size} were answered, ${kept.originals} are there`);
      }
      const found = check(desk);
      t.diagnostic(`seed ${dice.seed}: killed ${kills} times`);
      assert.equal(found.originals, mails.length);
      assert.equal(found.conversations, mails.length);
      assert.equal(found.failed, 0);
    });

    test('parsers that are killed cost no mail its place', async () => {
      const before = check(desk);
      await desk.serve(listen);
      const port = lmtpPort(desk);
      let isOver = false;
      const killing = (async () => {
        for (; !isOver; await new Promise(done => setTimeout(done, 60))) for (const pid of parsersOf(desk.serverId).slice(0, 1)) killQuietly(pid);
      })();
      await Promise.all([0, 1, 2].map(async part => {
        const client = await openLmtp(port);
        for (let index = 0; index < 20; index++) {
          const number = 1000 + part * 100 + index;
          let answer = '';
          for (let tries = 0; tries < 50 && !answer.startsWith('250'); tries++) [answer] = await client.send(mailFrom(number));
          assert.match(answer, /^250/); // 451 while no parser could be started: the mail came again
        }
        await client.quit();
      }));
      isOver = true;
      await killing;
      assert.equal(await desk.end(), 0);
      const found = check(desk);
      assert.equal(found.originals, before.originals + 60);
      // A mail whose parser is killed twice in a row is set aside, and nothing worse.
      assert.equal(found.conversations + found.failed, before.conversations + before.failed + 60);
    });
  });
}

describe('LMTP and mails made to hurt', () => {
  let desk, port;
  before(async () => { desk = makeDesk(); desk.settle(); await desk.serve([...listen, '--mail-budget', '20 s']); port = lmtpPort(desk); });
  after(() => desk.stop());

  const head = name => `From: ${name}@customer.example\r\nTo: help@desk.example\r\nSubject: ${name}\r\nMessage-ID: <${name}@customer.example>\r\n`;
  const hurtful = {
    '50 MB': () => Buffer.from(`${head('large')}Content-Type: application/octet-stream\r\n\r\n${'x'.repeat(76)}\r\n`.padEnd(49_000_000, `${'y'.repeat(74)}\r\n`)),
    '60 MB, over the limit': () => Buffer.from(`${head('too-large')}\r\n`.padEnd(60_000_000, `${'z'.repeat(74)}\r\n`)),
    '100,000 parts': () => `${head('parts')}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(100_000)}--b--\r\n`,
    '10,000 recipients': () => `${head('many')}Cc: ${Array.from({ length: 10_000 }, (_, i) => `c${i}@customer.example`).join(',\r\n ')}\r\n\r\nx\r\n`,
    'nested 1,000 deep': () => {
      const open = Array.from({ length: 1000 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`).join('');
      return `${head('deep')}${open}\r\ninnermost\r\n`;
    },
    'nested messages': () => `${head('russian-dolls')}${'Content-Type: message/rfc822\r\n\r\n'.repeat(1000)}\r\ninnermost\r\n`,
  };
  for (const [name, make] of Object.entries(hurtful)) {
    test(`${name}: kept once, and the next mail is not late`, async () => {
      const before = check(desk);
      const client = await openLmtp(port), other = await openLmtp(port);
      const mail = make();
      const answer = client.send(mail, { from: 'hurtful@customer.example' });
      const began = performance.now();
      assert.match((await other.send(mailFrom(`beside-${name.replace(/\W/g, '')}`)))[0], /^250/);
      assert.ok(performance.now() - began < 20_000);
      assert.match((await answer)[0], /^250/);
      assert.match((await client.send(mail, { from: 'hurtful@customer.example' }))[0], /^250.*once/);
      const found = check(desk);
      assert.equal(found.originals, before.originals + 2);
      assert.equal(found.ok, true, found.problems.join(' '));
      await client.quit();
      await other.quit();
    });
  }

  test('10,000 recipients in the envelope: as many as are taken at once, the others later', async () => {
    const client = await openLmtp(port);
    const all = Array.from({ length: 10_000 }, (_, i) => `help+${i}@desk.example`);
    await client.say('MAIL FROM:<many@customer.example>');
    client.write(all.map(each => `RCPT TO:<${each}>\r\n`).join(''));
    const answers = [];
    for (let i = 0; i < all.length; i++) answers.push(await client.answer());
    assert.equal(answers.filter(each => each.startsWith('250')).length, 1000);
    assert.equal(answers.filter(each => each.startsWith('452')).length, 9000);
    assert.match(await client.say('DATA'), /^354/);
    client.write(`${mailFrom('many')}.\r\n`);
    for (let i = 0; i < 1000; i++) assert.match(await client.answer(), /^250/);
    await client.quit();
  });
});

describe('LMTP without room on the disk', () => {
  let desk;
  before(() => { desk = makeDesk(); desk.settle(); });
  after(() => desk.stop());

  test('what does not fit is answered with 4xx, and comes in once there is room', async t => {
    // A limit on the size of files is to the program what a full disk is.
    const line = 'ulimit -f 3000; exec "$0" serve --listen 127.0.0.1:0 --lmtp-listen 127.0.0.1:0 --data "$1"';
    const child = spawn('sh', ['-c', line, desk.program, desk.data], { ...asServiceUser });
    let said = '';
    child.stdout.on('data', data => { said += data; });
    child.stderr.resume();
    while (!/LMTP on/.test(said)) await new Promise(done => child.stdout.once('data', done));
    const client = await openLmtp(Number(/LMTP on 127\.0\.0\.1:(\d+)/.exec(said)[1]));
    const mails = Array.from({ length: 40 }, (_, index) => writeMail({
      from: `c${index}@customer.example`, to: 'help@desk.example', messageId: `<full-${index}@customer.example>`,
      text: Array.from({ length: 4000 }, (_, at) => ((index * 7919 + at * 104729) % 1000003).toString(36) + Math.sin(index * 5000 + at).toString(36)).join('\n'),
    }));
    const refused = [];
    for (const [index, mail] of mails.entries()) {
      const [answer] = await client.send(mail);
      assert.match(answer, /^(250|451)/);
      if (answer.startsWith('451')) refused.push(index);
    }
    assert.ok(refused.length > 0 && refused.length < mails.length, `${refused.length} of ${mails.length} were refused`);
    t.diagnostic(`${refused.length} of ${mails.length} did not fit`);
    child.kill('SIGTERM');
    await new Promise(done => child.once('exit', done));
    assert.equal(check(desk).originals, mails.length - refused.length);
    await desk.serve(listen);
    const again = await openLmtp(lmtpPort(desk));
    for (const mail of mails) assert.match((await again.send(mail))[0], /^250/);
    await again.quit();
    const found = check(desk);
    assert.equal(found.originals, mails.length);
    assert.equal(found.ok, true);
  });
});

function parsersOf(pid) {
  return readdirSync(`/proc/${pid}/task`).flatMap(task => {
    try {
      return readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
    } catch { // a thread that has ended meanwhile
      return [];
    }
  });
}

function killQuietly(pid) {
  try { process.kill(pid, 'SIGKILL'); } catch { /* it has gone by itself */ }
}
