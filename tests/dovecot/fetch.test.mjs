// Mail is fetched from a real Dovecot: signed in to in every way there is, over TLS, while it restarts, counts anew, loses mails, and
// while the desk is killed or its disk is full. Each mail must be there exactly once in the end.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { makeDice } from '../harness/dice.mjs';
import { databases, makeDesk } from '../harness/desk.mjs';
import { writeMail } from '../harness/mail.mjs';
import { asServiceUser, giveToServiceUser } from '../harness/service-user.mjs';
import { dovecotObstacle, startDovecot } from './dovecot.mjs';

const obstacle = dovecotObstacle() ?? false;
if (obstacle && process.env.RAPPORT_TEST_REQUIRE) throw new Error(obstacle);
const patience = 60_000;

function makeStage(options = {}) {
  const stage = { ...options };
  before(async () => {
    if (obstacle) return;
    stage.dovecot = await startDovecot(options.dovecot);
    stage.desk = makeDesk({ database: options.database });
    stage.desk.settle();
  });
  after(async () => {
    await stage.desk?.stop();
    stage.dovecot?.stop();
  });
  return stage;
}

function setAccounts({ desk }, ...accounts) {
  const path = join(desk.data, 'accounts.conf');
  writeFileSync(path, accounts.join(''), { mode: 0o600 });
  chmodSync(path, 0o600);
  giveToServiceUser(path);
}

// The accounts stand in the data folder also when everything else is in PostgreSQL.
const serve = ({ desk }) => desk.serve(['--data', desk.data]);

function letter(index, to = 'help@desk.example') {
  return writeMail({
    from: `Customer ${index} <customer-${index}@customer.example>`, to, subject: `Order ${4000 + index}`,
    text: `Good morning,\n\nwhere is my order ${4000 + index}? äöü`,
  });
}

const check = ({ desk }) => JSON.parse(desk.run(['check', '--json']));
const channels = ({ desk }) => JSON.parse(desk.run(['channel', 'list', '--json']));
const channel = (stage, name = 'help') => channels(stage).find(each => each.name === name);

// Waits for the thing itself.
async function until(what, found, stage) {
  for (const deadline = Date.now() + patience; ; await pause(60)) {
    const result = found();
    if (result) return result;
    if (Date.now() > deadline) assert.fail(`not within ${patience / 1000} s: ${what}\n${stage?.desk.said}\n${stage?.dovecot.log()}`);
  }
}

const untilThere = (stage, count) => until(`${count} mails`, () => check(stage).originals >= count, stage);
const untilWaiting = (stage, name) => until('the account waits for mail', () => channel(stage, name)?.state === 'waiting', stage);
const untilSeen = (stage, count, user = 'help') =>
  until(`${count} mails are marked`, () => stage.dovecot.mails(user).filter(each => each.flags.includes('\\Seen')).length >= count, stage);

// So many mails, each filed once, and no damage.
function assertHolds(stage, count) {
  const found = check(stage);
  assert.deepEqual({ ...found, messages: 0, outbox: 0 },
    { ...found, ok: true, conversations: count, originals: count, quarantined: 0, failed: 0, messages: 0, outbox: 0, problems: [] });
}

for (const database of databases) {
  describe(`an account is fetched from into ${database}`, { skip: obstacle }, () => {
    const stage = makeStage({ database });

    test('what is there is taken and marked, nothing of it is lost in a restart of the mail server', async () => {
      const { dovecot } = stage;
      for (let index = 0; index < 12; index++) dovecot.put('help', letter(index));
      setAccounts(stage, dovecot.account('help'));
      await serve(stage);
      await untilThere(stage, 3);
      await dovecot.restart();
      await untilSeen(stage, 12);
      assertHolds(stage, 12);
    });

    test('what comes later comes in at once', async () => {
      await untilWaiting(stage);
      assert.match(channel(stage).words, /comes in at once/);
      const began = performance.now();
      stage.dovecot.put('help', letter(12));
      await untilThere(stage, 13);
      assert.ok(performance.now() - began < 10_000, 'it was told of and not asked for');
      await untilSeen(stage, 13);
    });

    test('mail that came while the mail server was down is taken when it is back', async () => {
      await stage.dovecot.halt();
      await until('the channel says that it fails', () => channel(stage).state === 'failing', stage);
      stage.dovecot.put('help', letter(13));
      await stage.dovecot.start();
      await untilSeen(stage, 14);
      await untilWaiting(stage);
      assert.notEqual(channel(stage).last_error, '');
      assert.equal(channel(stage).failing_since, null);
    });

    test('a folder that is counted anew is compared by content', async () => {
      const { desk, dovecot } = stage;
      await desk.end();
      dovecot.doveadm('mailbox', 'update', '--uid-validity', '77777', '-u', 'help', 'INBOX');
      dovecot.put('help', letter(14));
      await serve(stage);
      await untilSeen(stage, 15);
      await untilWaiting(stage);
      assertHolds(stage, 15);
      assert.equal(channel(stage).mails, 15);
    });

    test('it ends in good order', async () => {
      assert.equal(await stage.desk.end(), 0);
      assert.equal(channel(stage).state, 'stopped');
    });
  });
}

describe('signing in', { skip: obstacle }, () => {
  const stage = makeStage();
  const tryOut = (more, name = 'help') => {
    setAccounts(stage, stage.dovecot.account('help', more));
    return stage.desk.try(['channel', 'test', name]);
  };
  const assertWelcome = done => {
    assert.equal(done.code, 0, done.complaint);
    assert.match(done.output, /signed in\. INBOX holds \d+ mail/);
  };

  test('with a password over TLS', () => assertWelcome(tryOut({})));
  test('with a password after STARTTLS', () => assertWelcome(tryOut({ url: stage.dovecot.plainUrl })));
  test('with a password that a command prints', () => {
    const path = join(stage.desk.data, 'secret');
    writeFileSync(path, `${stage.dovecot.password}\nnot this\n`);
    giveToServiceUser(path);
    assertWelcome(tryOut({ password: undefined, 'password-command': `cat '${path}'` }));
  });
  test('with an access token of OAuth 2 that a command prints', () => {
    assertWelcome(tryOut({ password: undefined, 'bearer-command': `echo ${stage.dovecot.token('help')}` }));
  });
  test('a certificate that nobody vouches for is refused', () => {
    const done = tryOut({ 'ca-file': undefined });
    assert.equal(done.code, 77);
    assert.match(done.complaint, /certificate is not trusted.*ca-file/);
  });
  test('a certificate for another name is refused', () => {
    const done = tryOut({ url: stage.dovecot.url.replace('localhost', '127.0.0.1') });
    assert.equal(done.code, 77);
    assert.match(done.complaint, /certificate is not trusted/);
  });
  test('a folder that is not there is told', () => {
    const done = tryOut({ folder: 'Nowhere' });
    assert.notEqual(done.code, 0);
    assert.match(done.complaint, /refused: .*Nowhere/);
  });
  test('an account that is not there is told with those that are', () => {
    const done = tryOut({}, 'hepl');
    assert.equal(done.code, 66);
    assert.match(done.complaint, /no account "hepl" .* there are help/);
  });
  // Last: Dovecot lets an address wait that has failed to sign in.
  test('a token that has ended is refused', () => {
    const done = tryOut({ password: undefined, 'bearer-command': `echo ${stage.dovecot.token('help', -60)}` });
    assert.equal(done.code, 77);
    assert.match(done.complaint, /does not accept the name and the password or token/);
  });
  test('a wrong password is refused, in the words of the mail server', () => {
    const done = tryOut({ password: 'wrong' });
    assert.equal(done.code, 77);
    assert.match(done.complaint, /does not accept .*Authentication failed/);
  });
});

describe('what becomes of mails at the mail server', { skip: obstacle }, () => {
  const stage = makeStage({ dovecot: { users: ['keep', 'seen', 'move', 'delete'] } });

  test('they stay, are marked, moved or deleted, in four accounts at once', async () => {
    const { dovecot } = stage;
    const names = ['keep', 'seen', 'move', 'delete'];
    const ways = { keep: 'keep', seen: 'seen', move: 'move Übernommen & mehr', delete: 'delete' };
    for (const [at, name] of names.entries()) {
      for (let index = 0; index < 8; index++) dovecot.put(name, letter(100 * at + index, `${name}@desk.example`));
    }
    setAccounts(stage, ...names.map(name => dovecot.account(name, { after: ways[name], mailbox: `${name}@desk.example` })));
    await serve(stage);
    await untilThere(stage, 32);
    await untilSeen(stage, 8, 'seen');
    await until('they are moved', () => dovecot.mails('move').length === 0, stage);
    await until('they are deleted', () => dovecot.mails('delete').length === 0, stage);
    await untilWaiting(stage, 'keep');
    assert.equal(dovecot.mails('keep').filter(each => each.flags.includes('\\Seen')).length, 0);
    assert.equal(dovecot.mails('move', 'Übernommen & mehr').length, 8);
    assertHolds(stage, 32);
    const boxes = JSON.parse(stage.desk.run(['mailbox', 'list', '--json'])).map(each => each.address);
    for (const name of names) assert.ok(boxes.includes(`${name}@desk.example`), boxes.join());
  });
});

describe('a folder to move to that cannot be made', { skip: obstacle }, () => {
  const stage = makeStage();

  test('is told, and mail comes in all the same', async () => {
    stage.dovecot.put('help', letter(0));
    setAccounts(stage, stage.dovecot.account('help', { after: 'move not/allowed' })); // its folders are parted by dots
    await serve(stage);
    await untilThere(stage, 1);
    await untilWaiting(stage);
    assert.match(channel(stage).last_error, /cannot be moved to not\/allowed: The mail server refused: /);
    stage.dovecot.put('help', letter(1));
    await untilThere(stage, 2);
    assertHolds(stage, 2);
    assert.equal(stage.dovecot.mails('help').length, 2);
  });
});

describe('a mail server that cannot tell of news', { skip: obstacle }, () => {
  const stage = makeStage({ dovecot: { capabilities: 'IMAP4rev1 UIDPLUS' } });

  test('is asked', async () => {
    setAccounts(stage, stage.dovecot.account('help', { poll: '1 s' }));
    await serve(stage);
    await untilWaiting(stage);
    assert.match(channel(stage).words, /^Asks for mail/);
    stage.dovecot.put('help', letter(0));
    await untilSeen(stage, 1);
    assertHolds(stage, 1);
  });
});

describe('a thousand mails', { skip: obstacle }, () => {
  const stage = makeStage();
  const dice = makeDice();

  test('come in while some are deleted in between and the desk is killed with kill -9', async t => {
    const { desk, dovecot } = stage;
    for (let index = 0; index < 1000; index++) dovecot.put('help', letter(index));
    setAccounts(stage, dovecot.account('help'));
    await serve(stage);
    await until('what is still to come is told', () => channel(stage)?.backlog > 0, stage);
    dovecot.doveadm('expunge', '-u', 'help', 'mailbox', 'INBOX', 'uid', '700:720');
    for (let round = 0; round < 5; round++) {
      await pause(dice.between(50, 600));
      await desk.end('SIGKILL');
      await serve(stage);
    }
    await untilSeen(stage, 979);
    await untilWaiting(stage);
    const found = check(stage);
    t.diagnostic(`seed ${dice.seed}: ${found.originals} mails; ${1000 - found.originals} of the deleted ones had not come`);
    assert.ok(found.originals >= 979 && found.originals <= 1000);
    assertHolds(stage, found.originals);
    assert.equal(channel(stage).backlog, 0);
  });
});

describe('a full disk', { skip: obstacle }, () => {
  const stage = makeStage();

  // What the server may write into one file from now on.
  function limitFiles(desk, bytes) {
    const done = spawnSync('prlimit', ['--pid', String(desk.serverId), `--fsize=${bytes}:unlimited`], { encoding: 'utf8', ...asServiceUser });
    assert.equal(done.status, 0, done.stderr);
  }

  test('keeps mails at the mail server, unmarked, until there is room', async () => {
    const { desk, dovecot } = stage;
    setAccounts(stage, dovecot.account('help'));
    await serve(stage);
    await untilWaiting(stage);
    dovecot.put('help', letter(0));
    await untilSeen(stage, 1);
    limitFiles(desk, statSync(join(desk.data, 'rapport.db')).size / 4);
    for (let index = 1; index < 6; index++) dovecot.put('help', letter(index));
    await until('the log says why', () => /warning fetch: help: /.test(desk.said), stage);
    assert.deepEqual(dovecot.mails('help').map(each => each.flags.includes('\\Seen')), [true, false, false, false, false, false]);
    limitFiles(desk, 'unlimited');
    await untilSeen(stage, 6);
    assertHolds(stage, 6);
  });
});
