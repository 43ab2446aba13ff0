// The process that parses mail, in the release program: what it tries after it has shut itself in does not work.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { makeDesk } from '../harness/desk.mjs';
import { writeMail } from '../harness/mail.mjs';
import { lmtpPort, openLmtp } from '../harness/lmtp.mjs';

describe('the process that parses mail', () => {
  let desk;
  before(() => { desk = makeDesk(); desk.settle(); });
  after(() => desk.stop());

  // What ends it at once, and what is refused.
  for (const act of ['execute', 'socket', 'kill', 'fork', 'code']) {
    test(`dies when it tries to ${act === 'code' ? 'make memory that can be run' : act}`, async () => {
      const child = desk.start(['parse-apart', 'try', act]);
      const ended = await new Promise(done => child.once('exit', (code, signal) => done(signal ?? code)));
      assert.equal(ended, 'SIGSYS');
    });
  }
  for (const act of ['open', 'write', 'memory']) {
    test(`cannot ${act === 'memory' ? 'have more than a gigabyte' : `${act} a file`}`, async () => {
      const child = desk.start(['parse-apart', 'try', act]);
      const ended = await new Promise(done => child.once('exit', (code, signal) => done(signal ?? code)));
      assert.equal(ended, 1);
      assert.ok(!existsSync('/tmp/rapport-was-here'));
    });
  }

  test('is there while the server runs: shut in, without files, environment or privileges', async () => {
    await desk.serve(['--lmtp-listen', '127.0.0.1:0', '--smtp-password', 'a secret of ours']);
    const client = await openLmtp(lmtpPort(desk));
    assert.match((await client.send(writeMail({ from: 'anna@customer.example', to: 'help@desk.example', text: 'My bell is broken.' })))[0], /^250/);
    await client.quit();
    const parsers = childrenOf(desk.serverId).filter(pid => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('parse-apart'));
    assert.ok(parsers.length >= 2);
    for (const pid of parsers) {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      if (!/^Seccomp:\s+2$/m.test(status)) continue; // one that is only just starting
      assert.match(status, /^NoNewPrivs:\s+1$/m);
      if (process.getuid() !== 0) continue; // what follows is not for everybody's eyes
      assert.deepEqual(readdirSync(`/proc/${pid}/fd`).sort(), ['0', '1', '2']);
      assert.ok(!readFileSync(`/proc/${pid}/environ`, 'utf8').includes('secret'));
    }
    assert.ok(parsers.some(pid => /^Seccomp:\s+2$/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))));
  });
});

function childrenOf(pid) {
  return readdirSync(`/proc/${pid}/task`).flatMap(task =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number));
}
