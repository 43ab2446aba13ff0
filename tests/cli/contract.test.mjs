// The command line as mail servers, scripts and administrators rely on it: exit codes, JSON, and what is said when something is wrong.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { databases, makeDesk } from '../harness/desk.mjs';
import { asServiceUser } from '../harness/service-user.mjs';

const mail = 'From: Agnes Moor <agnes@moor.example>\r\nTo: help@desk.example\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n' +
  'Message-ID: <a1@moor.example>\r\nIn-Reply-To: <p1@x>\r\nReferences: <p0@x> <p1@x>\r\nDate: Sun, 22 Nov 2026 10:00:00 +0100\r\n\r\n' +
  'It broke again.\r\n\r\nOn Friday, Mira wrote:\r\n> It is mended.\r\n';

const emotions = ['admiration', 'amusement', 'anger', 'annoyance', 'approval', 'caring', 'confusion', 'curiosity', 'desire', 'disappointment',
  'disapproval', 'disgust', 'embarrassment', 'excitement', 'fear', 'gratitude', 'grief', 'joy', 'love', 'nervousness', 'optimism', 'pride',
  'realization', 'relief', 'remorse', 'sadness', 'surprise', 'neutral'];

for (const database of databases) {
  describe(`the command line on ${database}`, () => {
    let desk;
    before(() => { desk = makeDesk({ database }); desk.settle(); });
    after(() => desk.stop());
    const counts = () => JSON.parse(desk.run(['check', '--json']));

    test('deliver keeps a mail and answers 0; the same mail again changes nothing', () => {
      assert.equal(desk.deliver(mail).code, 0);
      assert.equal(desk.deliver(mail).code, 0);
      const found = counts();
      assert.equal(found.ok, true);
      assert.equal(found.conversations, 1);
      assert.equal(found.originals, 1);
      assert.equal(found.outbox, 1); // the acknowledgement
    });

    test('deliver without an address uses the mail\'s own', () => {
      assert.equal(desk.try(['deliver'], mail.replace('a1@', 'a2@').replace('broke', 'fell')).code, 0);
    });

    test('deliver refuses an empty input and a wrong call, and takes nothing', () => {
      const before = counts();
      assert.equal(desk.try(['deliver'], '').code, 65);
      assert.equal(desk.try(['deliver', '--nonsense'], mail).code, 75); // a mail server would bounce the mail for 64
      assert.deepEqual(counts(), before);
    });

    test('deliver keeps a mail whatever its recipient is written like', () => {
      const before = counts();
      for (const [index, to] of [Buffer.from('a@b\xf0', 'latin1'), Buffer.from('a\xff@x.example', 'latin1'), Buffer.from('x'.repeat(5000))].entries()) {
        const line = Buffer.concat([Buffer.from(`exec "$0" deliver ${desk.where.map(word => `'${word}'`).join(' ')} --to "$(printf '`), Buffer.from([...to].map(byte => `\\${byte.toString(8).padStart(3, '0')}`).join('')), Buffer.from(`')"`)]);
        const done = spawnSync('sh', ['-c', line.toString(), desk.program], { input: mail.replace('a1@', `to${index}@`).replace('broke', `broke ${index}`), ...asServiceUser });
        assert.equal(done.status, 0, done.stderr.toString());
      }
      assert.equal(counts().originals, before.originals + 3);
    });

    test('what is no mail at all still becomes a conversation', () => {
      const before = counts();
      assert.equal(desk.try(['deliver'], Buffer.from([0, 1, 2, 255, 254, 10, 13, 0])).code, 0);
      assert.equal(desk.try(['deliver'], 'Subject: ' + 'x'.repeat(200_000) + '\n' + 'X-Line: y\n'.repeat(10_000) + '\nbody').code, 0);
      assert.equal(desk.try(['deliver'], 'Subject: bad \xff bytes\nContent-Type: text/plain; charset=nobody-knows\n\n\xff\xfe').code, 0);
      assert.equal(desk.try(['deliver'], Buffer.concat([Buffer.from('Subject: large\n\n'), Buffer.alloc(30_000_000, 'a')])).code, 0);
      assert.equal(counts().originals, before.originals + 4);
    });

    test('user: add, list, password, disable, and refusals with a reason', () => {
      assert.match(desk.run(['user', 'add', '--email', 'ada@desk.example', '--name', 'Ada']), /password: \S{16}/);
      const list = JSON.parse(desk.run(['user', 'list', '--json']));
      assert.deepEqual(list.find(each => each.email === 'ada@desk.example'), { email: 'ada@desk.example', name: 'Ada', role: 'agent', active: true });
      assert.equal(desk.try(['user', 'add', '--email', 'ADA@desk.example', '--name', 'Ada']).code, 75); // taken
      assert.equal(desk.try(['user', 'add', '--email', 'no address', '--name', 'X']).code, 65);
      assert.match(desk.try(['user', 'add', '--email', 'b@desk.example', '--name', 'B', '--password-stdin'], 'short\n').complaint, /at least 10/);
      assert.equal(desk.try(['user', 'add', '--email', 'b@desk.example', '--role', 'emperor']).code, 64);
      desk.run(['user', 'password', '--email', 'ada@desk.example', '--password-stdin'], 'another good one\n');
      desk.run(['user', 'disable', 'ada@desk.example']);
      assert.equal(JSON.parse(desk.run(['user', 'list', '--json'])).find(each => each.email === 'ada@desk.example').active, false);
      assert.equal(desk.try(['user', 'disable', 'nobody@desk.example']).code, 66);
    });

    test('template: other words are tried, used and taken back', () => {
      assert.match(desk.run(['template', 'list']), /^acknowledgement +de +built in$/m);
      assert.match(desk.run(['template', 'preview', 'acknowledgement', 'fr']), /^Subject: [^]*#1042[^]*Bonjour Anna Berg,[^]*au plus tard le /);
      const words = 'Subject: Got it [#{{number}}]\n\nWe answer by {{day}}.\n';
      assert.equal(desk.try(['template', 'set', 'acknowledgement', 'en', '--mailbox', 'help@desk.example'], words).code, 0);
      assert.equal(desk.run(['template', 'show', 'acknowledgement', 'en', '--mailbox', 'help@desk.example']), words);
      assert.match(desk.run(['template', 'show', 'acknowledgement', 'en']), /Hello\{\{ name\}\}/);
      assert.match(desk.run(['template', 'list']), /^acknowledgement +en +help@desk\.example$/m);
      const refused = desk.try(['template', 'set', 'acknowledgement', 'en'], 'Subject: x\n\n{{secret}}\n');
      assert.equal(refused.code, 65);
      assert.match(refused.complaint, /\{\{secret\}\}.*number, name/);
      assert.equal(desk.try(['template', 'reset', 'acknowledgement', 'en', '--mailbox', 'help@desk.example']).code, 0);
      assert.equal(desk.try(['template', 'reset', 'acknowledgement', 'en', '--mailbox', 'help@desk.example']).code, 66);
      assert.equal(desk.try(['template', 'show', 'farewell', 'en']).code, 66);
    });

    test('mailbox set changes how it answers, and refuses what makes no sense', () => {
      assert.equal(desk.try(['mailbox', 'set', 'help@desk.example', '--zone', 'Europe/Dublin', '--closes', '16:30', '--language', 'de']).code, 0);
      assert.match(desk.run(['template', 'preview', 'acknowledgement', 'de', '--mailbox', 'help@desk.example']), /16:30/);
      assert.equal(desk.try(['mailbox', 'set', 'help@desk.example', '--zone', 'Europe/Nowhere']).code, 65);
      assert.equal(desk.try(['mailbox', 'set', 'help@desk.example', '--closes', '25:00']).code, 64);
      assert.equal(desk.try(['mailbox', 'set', 'nobody@desk.example', '--closes', '16:00']).code, 66);
    });

    test('a mailbox is there once', () => {
      assert.equal(desk.try(['mailbox', 'add', 'help@desk.example']).code, 75);
      assert.equal(desk.try(['mailbox', 'add', 'nonsense']).code, 65);
      assert.equal(desk.try(['mailbox', 'add', 'help+sales@desk.example']).code, 65);
      assert.ok(JSON.parse(desk.run(['mailbox', 'list', '--json'])).some(each => each.address === 'help@desk.example'));
    });
  });
}

describe('what needs no desk', () => {
  const desk = makeDesk();
  after(() => desk.stop());
  const say = (words, input = '') => {
    const done = spawnSync(desk.program, words, { input, env: { PATH: process.env.PATH, HOME: '/nonexistent' }, ...asServiceUser });
    return { code: done.status, output: done.stdout.toString(), complaint: done.stderr.toString() };
  };

  test('parse tells what a mail says', () => {
    const parsed = JSON.parse(say(['parse'], mail).output);
    assert.deepEqual(parsed.from, { name: 'Agnes Moor', address: 'agnes@moor.example' });
    assert.deepEqual(parsed.to, [{ name: '', address: 'help@desk.example' }]);
    assert.deepEqual(parsed.cc, []);
    assert.equal(parsed.subject, 'Grüße');
    assert.equal(parsed.date, '2026-11-22T09:00:00Z');
    assert.equal(parsed.message_id, 'a1@moor.example');
    assert.deepEqual(parsed.references, ['p1@x', 'p0@x']);
    assert.equal(parsed.kind, 'person');
    assert.equal(parsed.reply.trim(), 'It broke again.');
    assert.match(parsed.quoted, /Mira wrote[\s\S]*> It is mended/);
    assert.match(parsed.text, /broke again[\s\S]*mended/);
    assert.equal(parsed.html, null);
    assert.deepEqual(parsed.attachments, []);
    assert.ok(Array.isArray(parsed.problems));
  });

  test('parse never fails, whatever comes in', () => {
    for (const input of ['', '\0', '\n\n\n', 'From', ': : :', Buffer.alloc(5000, 0xff)]) {
      const done = say(['parse'], input);
      assert.equal(done.code, 0);
      JSON.parse(done.output);
    }
  });

  test('read tells what a text expresses, with the words it rests on', () => {
    const text = 'Grüße. I am furious, this is the third time and nobody answers!';
    const reading = JSON.parse(say(['read'], text).output);
    assert.deepEqual(Object.keys(reading.emotions).sort(), [...emotions].sort());
    assert.ok(reading.felt.includes('anger') && reading.valence < 0 && reading.intensity > 1);
    assert.equal(reading.main, 'anger');
    assert.notEqual(reading.behaviour, 'calm');
    const bytes = Buffer.from(text);
    const words = reading.spans.map(span => bytes.subarray(span.start, span.end).toString());
    assert.ok(words.some(each => /furious/i.test(each)), words.join(' | '));
  });

  test('coach names the rules that a draft does not meet, where, and better words; it knows the message', () => {
    const words = 'We will look into the issue soon \u2013 you should have read the manual.';
    const bytes = Buffer.from(words);
    const { steps, advice, read } = JSON.parse(say(['coach'], words).output);
    assert.equal(read, true);
    assert.equal(steps.next_step, false);
    const found = Object.fromEntries(advice.map(each => [each.rule, each]));
    assert.equal(bytes.subarray(found.i_not_we.start, found.i_not_we.end).toString(), 'We will look into the issue soon');
    assert.equal(found.i_not_we.instead, 'I will look into the issue soon');
    assert.equal(bytes.subarray(found.accusing_you.start, found.accusing_you.end).toString(), 'you should have read the manual');
    for (const each of advice) assert.ok(each.why && each.instead && each.start >= 0 && each.start <= each.end && each.end <= bytes.length);
    const folder = mkdtempSync(join(tmpdir(), 'coach-'));
    chmodSync(folder, 0o755); // the program may run as somebody else
    writeFileSync(join(folder, 'message'), 'My blue lamp arrived broken and nobody answers.');
    const known = JSON.parse(say(['coach', '--message', join(folder, 'message')], words).output).advice;
    assert.match(known.find(each => each.rule === 'concrete').instead, /blue lamp/);
    rmSync(folder, { recursive: true });
    assert.equal(say(['coach', '--message', join(folder, 'message')], words).code, 66);
    assert.equal(say(['coach', 'extra'], words).code, 64);
    assert.deepEqual(JSON.parse(say(['coach'], '').output).advice, []);
  });

  test('read --lines gives one line of JSON for each line of text', () => {
    const lines = say(['read', '--lines'], 'Thank you so much!\n\nI will sue you.\n').output.trim().split('\n').map(line => JSON.parse(line));
    assert.equal(lines.length, 3);
    assert.ok(lines[0].valence > 0);
    assert.ok(lines[2].flags.includes('legal') && lines[2].behaviour !== 'abusive');
  });

  test('a wrong call says how to call', () => {
    assert.equal(say([]).code, 64);
    assert.match(say(['nonsense']).complaint, /no verb "nonsense"/);
    assert.match(say(['help']).output, /rapport deliver|deliver \[--to/);
    assert.equal(say(['parse', '--listen']).code, 64);
    assert.equal(say(['serve', '--threads', 'many', '--data', '/tmp']).code, 64);
    for (const url of ['desk.example.org', 'ftp://desk.example.org', 'https://desk.example.org/path', 'https://', 'https://a@b.example']) {
      assert.match(say(['serve', '--url', url, '--data', '/tmp/nowhere']).complaint, /write it as https/);
    }
  });
});

describe('keys that sign', () => {
  let desk;
  before(() => { desk = makeDesk(); });
  after(() => desk.stop());

  test('are made once, shown as the record to publish, and readable by their owner alone', () => {
    const made = desk.run(['dkim', 'new', 'Desk.Example', 's1']);
    assert.match(made, /in use\n {2}s1\._domainkey\.desk\.example\n {2}"v=DKIM1; k=rsa; p=/);
    for (const [, part] of made.matchAll(/"(.*)"/g)) assert.ok(part.length <= 255);
    assert.equal(statSync(join(desk.data, 'dkim/desk.example/s1.pem')).mode & 0o777, 0o600);
    assert.equal(desk.try(['dkim', 'new', 'desk.example', 's1']).code, 75);
    assert.match(desk.run(['dkim', 'new', 'desk.example', 's2']), /^not in use$/m);
    assert.equal(desk.try(['dkim', 'use', 'desk.example', 's2']).code, 0);
    assert.match(desk.run(['dkim', 'list']), /not in use\n {2}s1\._[^]*^in use\n {2}s2\._/m);
    assert.equal(desk.try(['dkim', 'use', 'desk.example', 's3']).code, 66);
    assert.equal(desk.try(['dkim', 'new', '../desk.example', 's1']).code, 65);
  });
});

describe('when the place is wrong', () => {
  const desk = makeDesk();
  before(() => desk.settle());
  after(() => desk.stop());

  test('deliver leaves a mail with its server when the data folder is missing', () => {
    const done = spawnSync(desk.program, ['deliver', '--data', join(desk.data, 'mistyped')], { input: mail, ...asServiceUser });
    assert.equal(done.status, 75);
    assert.match(done.stderr.toString(), /mistyped cannot be used/);
  });

  test('a data folder that is a file, or may not be read, is named', () => {
    const file = join(desk.data, 'a-file');
    writeFileSync(file, '');
    assert.match(spawnSync(desk.program, ['check', '--data', file]).stderr.toString(), /is not a folder/);
    const closed = join(desk.data, 'closed');
    mkdirSync(closed, { mode: 0o000 });
    if (process.getuid() === 0 || asServiceUser.uid) {
      const done = spawnSync(desk.program, ['deliver', '--data', closed], { input: mail, ...asServiceUser });
      assert.equal(done.status, 75);
    }
  });

  test('what the desk keeps is readable by its owner alone', () => {
    assert.equal(statSync(join(desk.data, 'rapport.db')).mode & 0o077, 0);
  });

  test('deliver leaves a mail with its server when the settings make no sense, wherever they stand', () => {
    for (const words of [['deliver', '--threads', 'many'], ['--threads', 'many', 'deliver']]) {
      assert.equal(spawnSync(desk.program, words, { input: mail, ...asServiceUser }).status, 75);
    }
  });

  test('a second server on the same folder is refused, and says why; deliver still works', async () => {
    await desk.serve();
    const second = desk.try(['serve', '--listen', '127.0.0.1:0']);
    assert.equal(second.code, 75);
    assert.match(second.complaint, /Another `rapport serve` is working/);
    assert.equal(desk.deliver(mail).code, 0);
    assert.equal(await desk.end(), 0);
  });

  test('a port that is taken is named', async () => {
    await desk.serve();
    const other = makeDesk();
    other.settle();
    const done = other.try(['serve', '--listen', new URL(desk.address).host]);
    assert.equal(done.code, 75);
    assert.match(done.complaint, new RegExp(new URL(desk.address).port));
    await other.stop();
    await desk.end();
  });

  test('a database server that is away is an error to try again, not a crash', () => {
    const done = spawnSync(desk.program, ['deliver', '--database', 'postgres://127.0.0.1:1/none'], { input: mail, ...asServiceUser });
    assert.equal(done.status, 75);
    const unknown = spawnSync(desk.program, ['deliver', '--database', 'postgres://no-such-host.invalid/none'], { input: mail, ...asServiceUser });
    assert.equal(unknown.status, 75);
    assert.match(unknown.stderr.toString(), /no-such-host\.invalid/);
  });

  test('a damaged database is called damaged', () => {
    const hurt = makeDesk();
    writeFileSync(join(hurt.data, 'rapport.db'), 'this is no database, it only has its name. '.repeat(100), { mode: 0o666 });
    const done = hurt.try(['deliver'], mail);
    assert.equal(done.code, 75); // a mail server would bounce the mail for 70
    assert.ok(done.complaint.length > 20);
    hurt.stop();
  });
});

describe('when the disk is full', () => {
  const desk = makeDesk();
  before(() => desk.settle());
  after(() => desk.stop());
  // A limit on the size of files stands in for the end of the disk: the write fails in the same place, on any machine.
  const deliverWithin = (bytes, input) =>
    spawnSync('prlimit', [`--fsize=${bytes}`, desk.program, 'deliver', '--to', 'help@desk.example', ...desk.where], { input, ...asServiceUser });
  const wide = index => `From: c${index}@customer.example\nMessage-ID: <w${index}@x>\nSubject: s\n\n${Buffer.from(Array.from({ length: 90_000 }, (_, i) => (i * i * (index + 3)) % 251)).toString('base64')}`;

  test('deliver answers 75, nothing is damaged, and the mail can be sent again', () => {
    let refused = 0, mails = 0;
    const limit = statSync(join(desk.data, 'rapport.db')).size + 300_000;
    for (; refused < 3 && mails < 60; mails++) { // what is free in the file is filled first
      const index = mails;
      const done = deliverWithin(limit, wide(index));
      if (done.status === 0) continue;
      refused++;
      assert.equal(done.status, 75, done.stderr.toString());
      assert.match(done.stderr.toString(), /disk|space|full|written/i);
    }
    assert.ok(refused > 0, 'the limit was never reached');
    for (let index = 0; index < mails; index++) assert.equal(desk.deliver(wide(index)).code, 0);
    const found = JSON.parse(desk.run(['check', '--json']));
    assert.equal(found.ok, true);
    assert.equal(found.originals, mails);
  });
});

describe('the sample workspace', () => {
  const desk = makeDesk();
  after(() => desk.stop());

  test('is filled once, found again, and in order', () => {
    const first = desk.run(['sample']);
    assert.match(first, /administrator\s+\S+@\S+\s+\S+/);
    assert.equal(desk.run(['sample']), first);
    const found = JSON.parse(desk.run(['check', '--json']));
    assert.equal(found.ok, true);
    assert.ok(found.conversations >= 40);
    assert.equal(found.outbox, 0);
    assert.equal(readFileSync(join(desk.data, 'sample-sign-in.txt'), 'utf8'), first);
  });

  test('is never poured over a desk that is in use', () => {
    const used = makeDesk();
    used.settle();
    used.deliver(mail);
    assert.equal(used.try(['sample']).code, 75);
    used.stop();
  });
});
