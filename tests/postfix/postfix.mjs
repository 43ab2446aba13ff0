// A private Postfix: a real mail server on loopback, with its own configuration, queue and port in a temporary folder, that
// leaves the machine's own Postfix alone.
//
//   mail for @desk.example      → pipe(8) → rapport deliver, as the user who owns the data folder, or lmtp(8) → rapport serve
//   mail for @customer.example  → virtual(8) → one real Maildir for each customer
//   anything else               → refused: nothing leaves this machine
//
// Postfix's master starts as root (through sudo where the tests do not run as root), is ended by its own process id when the
// tests end, and ends itself after a quarter of an hour should they be killed.

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { atEnd } from '../harness/endings.mjs';
import { addressOf, readMail, sendMail } from '../harness/mail.mjs';
import { canBecomeRoot, giveToServiceUser, runAsRoot, serviceUser } from '../harness/service-user.mjs';

const postfixCommand = '/usr/sbin/postfix';
const masterCommand = '/usr/lib/postfix/sbin/master';
const mailDeadline = 30_000;

// What stands in the way of starting Postfix here, as a sentence, or null.
export function postfixObstacle() {
  if (!existsSync(postfixCommand) || !existsSync(masterCommand)) return 'Postfix is not installed';
  if (!canBecomeRoot()) return 'Postfix starts as root, and sudo wants a password';
  return null;
}

// Starts Postfix. `deliver` is the command that takes a mail for the desk on its standard input, as a list; "${recipient}" in
// it stands for the address. With `lmtp`, a port on 127.0.0.1, mail for the desk goes there instead. `customers` are the names that
// have a mailbox at customer.example.
export async function startPostfix({ deliver, lmtp, customers = ['anna', 'bruno', 'carla'] }) {
  for (let attempt = 1; ; attempt++) {
    const folder = mkdtempSync(join(tmpdir(), 'rapport-postfix-'));
    const end = atEnd(() => {
      stopMaster(folder);
      runAsRoot('rm', '-rf', '--', folder);
    });
    try {
      const port = await freePort();
      configure(folder, { port, deliver, lmtp, customers });
      await startMaster(folder, port);
      return new Postfix(folder, port, end);
    } catch (problem) {
      // Somebody may have taken the port between the choice and the start.
      end();
      if (attempt === 3) throw problem;
    }
  }
}

class Postfix {
  #folder;
  #seen = new Set();

  constructor(folder, port, stop) {
    this.#folder = folder;
    this.stop = stop;
    this.port = port;
    this.smtpUrl = `smtp://127.0.0.1:${port}`;
  }

  // Hands a mail to Postfix over SMTP; the envelope is taken from its headers unless given.
  async send(mail, { from = addressOf(headerOf(mail, 'From')), to = addressOf(headerOf(mail, 'To')) } = {}) {
    await sendMail({ port: this.port, from, to, mail });
  }

  // Waits for the next mail in a customer's Maildir that was not returned before. `matching` may pass over some.
  async nextMail(address, matching = () => true) {
    const newMail = join(this.#folder, 'mail', address.split('@')[0], 'new');
    for (const deadline = Date.now() + mailDeadline; Date.now() < deadline; await pause(50)) {
      for (const mail of this.#unseen(newMail)) {
        if (!matching(mail.mail)) continue;
        this.#seen.add(mail.path);
        return mail.mail;
      }
    }
    throw new Error(`no such mail for ${address} within ${mailDeadline / 1000} s. Postfix says:\n${this.log()}`);
  }

  // How many mails a customer has received that no test has taken yet.
  waitingMails(address) {
    return this.#unseen(join(this.#folder, 'mail', address.split('@')[0], 'new')).length;
  }

  #unseen(newMail) {
    if (!existsSync(newMail)) return [];
    return readdirSync(newMail).sort().map(name => join(newMail, name)).filter(path => !this.#seen.has(path))
      .map(path => ({ path, mail: readMail(readFileSync(path)) }));
  }

  log() {
    const path = join(this.#folder, 'log');
    return existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(-60).join('\n') : '(no log)';
  }
}

function headerOf(mail, name) {
  return readMail(Buffer.from(mail)).header(name);
}

function configure(folder, { port, deliver, lmtp, customers }) {
  chmodSync(folder, 0o755);
  for (const inner of ['etc', 'queue', 'data', 'mail']) mkdirSync(join(folder, inner), { mode: 0o755 });
  giveToServiceUser(join(folder, 'mail'));
  runAsRoot('chown', 'postfix', join(folder, 'data'));
  writeFileSync(join(folder, 'etc/customers'), customers.map(each => `${each}@customer.example ${each}/\n`).join(''));
  writeFileSync(join(folder, 'etc/main.cf'), mainConfiguration(folder, lmtp));
  writeFileSync(join(folder, 'etc/master.cf'), masterConfiguration(port, deliver ?? ['/bin/false']));
  runAsRoot('chown', '-R', 'root:root', join(folder, 'etc'), join(folder, 'queue'));
}

function mainConfiguration(folder, lmtp) {
  return Object.entries({
    compatibility_level: '3.6',
    meta_directory: '/etc/postfix',
    queue_directory: `${folder}/queue`,
    data_directory: `${folder}/data`,
    maillog_file: `${folder}/log`,
    maillog_file_prefixes: folder,
    myhostname: 'mx.desk.example',
    inet_interfaces: 'loopback-only',
    inet_protocols: 'ipv4',
    disable_dns_lookups: 'yes',
    smtpd_peername_lookup: 'no',
    mynetworks: '127.0.0.0/8',
    smtpd_relay_restrictions: 'permit_mynetworks, reject_unauth_destination',
    smtpd_recipient_restrictions: 'permit_auth_destination, reject',
    message_size_limit: 52428800,
    mydestination: '',
    alias_maps: '',
    relay_domains: 'desk.example',
    recipient_delimiter: '+',
    transport_maps: lmtp ? `inline:{desk.example=lmtp:inet:127.0.0.1:${lmtp}}` : 'inline:{desk.example=rapport:}',
    rapport_destination_recipient_limit: 1,
    default_transport: 'error:no mail leaves this machine',
    virtual_mailbox_domains: 'customer.example',
    virtual_mailbox_base: `${folder}/mail`,
    virtual_mailbox_maps: `texthash:${folder}/etc/customers`,
    virtual_mailbox_limit: 0,
    virtual_uid_maps: `static:${serviceUser.uid}`,
    virtual_gid_maps: `static:${serviceUser.gid}`,
    // A mail that rapport asks to send again (exit code 75) comes again after two seconds, not after five minutes.
    queue_run_delay: '2s',
    minimal_backoff_time: '2s',
    maximal_backoff_time: '4s',
    in_flow_delay: 0,
  }).map(([name, value]) => `${name} = ${value}\n`).join('');
}

function masterConfiguration(port, deliver) {
  return `# service type private unpriv chroot wakeup maxproc command
127.0.0.1:${port} inet n - n - - smtpd
postlog unix-dgram n - n - 1 postlogd
cleanup    unix n - n - 0 cleanup
qmgr       unix n - n 300 1 qmgr
rewrite    unix - - n - - trivial-rewrite
bounce     unix - - n - 0 bounce
defer      unix - - n - 0 bounce
trace      unix - - n - 0 bounce
verify     unix - - n - 1 verify
flush      unix n - n 1000? 0 flush
proxymap   unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
anvil      unix - - n - 1 anvil
error      unix - - n - - error
retry      unix - - n - - error
discard    unix - - n - - discard
virtual    unix - n n - - virtual
lmtp       unix - - n - - lmtp
rapport    unix - n n - - pipe
  user=${serviceUser.name} argv=${deliver.join(' ')}
`;
}

async function startMaster(folder, port) {
  const configuration = join(folder, 'etc');
  runAsRoot(postfixCommand, '-c', configuration, 'check');
  // -w waits until the server runs; -e ends it after a quarter of an hour whatever happens to the tests.
  runAsRoot(masterCommand, '-c', configuration, '-e', '900', '-w');
  for (const deadline = Date.now() + 10_000; !(await greets(port)); await pause(50)) {
    if (Date.now() > deadline) throw new Error(`Postfix does not answer on port ${port}`);
  }
}

// Ends the master, which ends its processes; waits until it is gone.
function stopMaster(folder) {
  const record = join(folder, 'queue/pid/master.pid');
  if (!existsSync(record)) return;
  const pid = runAsRoot('cat', record).trim();
  runAsRoot('sh', '-c', `kill ${Number(pid)} 2>/dev/null; for i in $(seq 100); do kill -0 ${Number(pid)} 2>/dev/null || exit 0; sleep 0.05; done; kill -9 ${Number(pid)}`);
}

function greets(port) {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', data => { socket.end('QUIT\r\n'); resolve(String(data).startsWith('220')); });
    socket.once('error', () => resolve(false));
  });
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise(resolve => server.close(resolve));
  return port;
}
