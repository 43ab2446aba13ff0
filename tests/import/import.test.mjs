// `rapport import`: an archive becomes history, in its order, once, and nobody is written to.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { databases, makeDesk } from '../harness/desk.mjs';
import { giveToServiceUser } from '../harness/service-user.mjs';

const mail = (index, { day = 1 + index % 28, body = `My bell number ${index} is broken.`, extra = '' } = {}) =>
  `Received: from x (x [192.0.2.1]) by mx.desk.example; ${day} Mar 2019 10:00:00 +0000\n` +
  `Received: from y by x; 1 Jan 2018 10:00:00 +0000\n${extra}` +
  `From: Customer ${index} <c${index}@customer.example>\nTo: help@desk.example\nSubject: Bell ${index}\nMessage-ID: <bell-${index}@customer.example>\n\n${body}\n`;
const separator = 'From c@customer.example Fri Mar  1 10:00:00 2019\n';

for (const database of databases) {
  describe(`importing mail on ${database}`, () => {
    let desk, folder;
    before(() => {
      desk = makeDesk({ database });
      desk.settle();
      folder = mkdtempSync(join(tmpdir(), 'rapport-import-'));
      giveToServiceUser(folder);
    });
    after(() => { desk.stop(); rmSync(folder, { recursive: true, force: true }); });
    const check = () => JSON.parse(desk.run(['check', '--json']));
    const keep = (name, content) => { writeFileSync(join(folder, name), content, { mode: 0o644 }); return join(folder, name); };

    test('an mbox: each mail once, no answer to anybody, and again changes nothing', () => {
      const path = keep('archive.mbox', Array.from({ length: 130 }, (_, index) => `${separator}${mail(index)}\n`).join(''));
      assert.match(desk.run(['import', 'mbox', path, '--to', 'help@desk.example']), /^130 mails read: 130 new, which opened 130 conversations; 0 here already; 0 set aside/);
      const found = check();
      assert.equal(found.conversations, 130);
      assert.equal(found.outbox, 0);
      assert.match(desk.run(['import', 'mbox', path, '--to', 'help@desk.example']), /^130 mails read: 0 new.*130 here already/);
      assert.deepEqual(check(), found);
    });

    test('an import that was cut short goes on where it was', () => {
      const all = Array.from({ length: 30 }, (_, index) => `${separator}${mail(500 + index)}\n`);
      const before = check().conversations;
      desk.run(['import', 'mbox', keep('half.mbox', all.slice(0, 13).join(''))]);
      assert.match(desk.run(['import', 'mbox', keep('whole.mbox', all.join(''))]), /^30 mails read: 17 new.*13 here already/);
      assert.equal(check().conversations, before + 30);
    });

    test('quoted "From " lines come back, and those in a text part no mail in two', async () => {
      const body = 'Hello,\n\n>From here on I quote.\n>>From deeper.\nFrom now on all is well.\n\nFrom the desk of Anna\n\nThe end.';
      const path = keep('from.mbox', `${separator}${mail(700, { body })}\n${separator}${mail(701)}\n`);
      assert.match(desk.run(['import', 'mbox', path]), /^2 mails read: 2 new/);
    });

    test('a flood from one sender is no flood in an archive', () => {
      const path = keep('flood.mbox', Array.from({ length: 150 }, (_, index) =>
        `${separator}${mail(900, { day: 3, body: `Part ${index}.` }).replace('<bell-900', `<flood-${index}`)}\n`).join(''));
      desk.run(['import', 'mbox', path]);
      assert.equal(check().quarantined, 0);
    });

    test('a maildir: what is new and what was seen', () => {
      for (const inner of ['cur', 'new', 'tmp']) mkdirSync(join(folder, 'box', inner), { recursive: true });
      for (let index = 0; index < 12; index++) {
        writeFileSync(join(folder, 'box', index % 2 ? 'new' : 'cur', `15514${index}.host${index % 2 ? '' : ':2,S'}`), mail(800 + index));
      }
      writeFileSync(join(folder, 'box', 'tmp', 'half'), mail(899));
      writeFileSync(join(folder, 'box', 'cur', 'empty'), '');
      const said = desk.run(['import', 'maildir', join(folder, 'box')]);
      assert.match(said, /^12 mails read: 12 new/);
      assert.match(said, /1 were empty/);
    });

    test('what is no archive is said so, and nothing is taken', () => {
      const before = check();
      assert.equal(desk.try(['import', 'mbox', join(folder, 'nowhere')]).code, 66);
      assert.equal(desk.try(['import', 'mbox', keep('letter.txt', 'Dear all,\n')]).code, 65);
      assert.equal(desk.try(['import', 'mbox', folder]).code, 65);
      assert.equal(desk.try(['import', 'maildir', folder]).code, 65);
      assert.equal(desk.try(['import', 'tape', folder]).code, 64);
      assert.equal(desk.try(['import']).code, 64);
      assert.match(desk.run(['import', 'mbox', keep('empty.mbox', '')]), /^0 mails read/);
      assert.deepEqual(check(), before);
    });
  });
}
