// A real Postfix hands mail over by LMTP: each once, several recipients of ours as one mail, and it comes again when the desk was
// away or asked it to. The same Postfix hands mail over through its pipe in the walk (tests/browser).

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { databases, makeDesk } from '../harness/desk.mjs';
import { lmtpPort } from '../harness/lmtp.mjs';
import { sendMail, writeMail } from '../harness/mail.mjs';
import { postfixObstacle, startPostfix } from './postfix.mjs';

const obstacle = postfixObstacle();
if (obstacle && process.env.RAPPORT_TEST_REQUIRE) throw new Error(obstacle);
const mailCount = 60;

for (const database of databases) {
  describe(`Postfix and LMTP on ${database}`, { skip: obstacle ?? false }, () => {
    let desk, postfix, port;
    before(async () => {
      desk = makeDesk({ database });
      desk.settle();
      desk.run(['mailbox', 'add', 'sales@desk.example']);
      await desk.serve(['--lmtp-listen', '127.0.0.1:0']);
      port = lmtpPort(desk);
      postfix = await startPostfix({ lmtp: port });
    });
    after(async () => { postfix?.stop(); await desk.stop(); });
    const check = () => JSON.parse(desk.run(['check', '--json']));
    const mail = (index, more = {}) => writeMail({
      from: `Customer ${index} <c${index}@customer.example>`, to: 'help@desk.example', subject: `Order ${index}`,
      text: `Where is my order ${index}?\n.\n..and a line with dots`, ...more,
    });
    const until = async (count, what = 'originals') => {
      for (const deadline = Date.now() + 60_000; check()[what] < count; await pause(100)) {
        if (Date.now() > deadline) throw new Error(`only ${check()[what]} of ${count} arrived. Postfix says:\n${postfix.log()}`);
      }
    };

    test('every mail arrives, once', async () => {
      await Promise.all(Array.from({ length: 6 }, async (_, part) => {
        for (let index = part; index < mailCount; index += 6) {
          await sendMail({ port: postfix.port, from: `c${index}@customer.example`, to: 'help@desk.example', mail: mail(index) });
        }
      }));
      await until(mailCount);
      const found = check();
      assert.equal(found.originals, mailCount);
      assert.equal(found.conversations, mailCount);
      assert.equal(found.ok, true);
    });

    test('while the desk is away Postfix keeps the mail, and brings it when it is back', async () => {
      const before = check().originals;
      await desk.end('SIGKILL');
      for (let index = 100; index < 110; index++) {
        await sendMail({ port: postfix.port, from: `c${index}@customer.example`, to: 'help@desk.example', mail: mail(index) });
      }
      await pause(500); // a first try that meets nobody
      assert.equal(check().originals, before);
      await desk.serve(['--lmtp-listen', `127.0.0.1:${port}`]);
      await until(before + 10);
      assert.equal(check().originals, before + 10);
    });

    test('plus addresses and mail without a sender', async () => {
      const before = check().originals;
      await sendMail({ port: postfix.port, from: '', to: 'help+1001.abc@desk.example', mail: mail(200, { headers: { 'Auto-Submitted': 'auto-replied' } }) });
      await until(before + 1);
      assert.equal(check().failed, 0);
    });
  });
}
