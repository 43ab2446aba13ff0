// A private Dovecot: a real IMAP server on loopback, with its own configuration, mails and ports in a temporary folder, run by
// the service user and never as root. Its certificate is signed by an authority that is made for it.
//
//   const dovecot = await startDovecot();
//   dovecot.put('help', mail)            brings a mail into the INBOX, as a mail server would
//   dovecot.account('help')              lines for accounts.conf
//   await dovecot.restart(); dovecot.stop();
//
// Everybody has the password `dovecot.password`, and an access token that it checks by itself (OAuth 2, a signed JWT).

import { spawn, spawnSync } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync, chmodSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { atEnd } from '../harness/endings.mjs';
import { asServiceUser, giveToServiceUser, serviceUser } from '../harness/service-user.mjs';

const dovecotCommand = '/usr/sbin/dovecot';

// What stands in the way of starting Dovecot here, as a sentence, or null.
export function dovecotObstacle() {
  return existsSync(dovecotCommand) && existsSync('/usr/lib/dovecot/imap') ? null : 'dovecot-imapd is not installed';
}

// `users` are those who may sign in. `capabilities`: what the server says it can do, instead of the truth; "IDLE" left out makes clients ask again and again.
export async function startDovecot({ users = ['help'], capabilities } = {}) {
  for (let attempt = 1; ; attempt++) {
    const folder = mkdtempSync(join(tmpdir(), 'rapport-dovecot-'));
    try {
      const dovecot = new Dovecot(folder, { plain: await freePort(), secure: await freePort() }, users, capabilities);
      await dovecot.start();
      return dovecot;
    } catch (problem) {
      // Somebody may have taken a port between the choice and the start.
      rmSync(folder, { recursive: true, force: true });
      if (attempt === 3) throw problem;
    }
  }
}

class Dovecot {
  #folder;
  #ports;
  #server;
  #end;
  #key = randomBytes(32);
  #count = 0;

  constructor(folder, ports, users, capabilities) {
    this.#folder = folder;
    this.#ports = ports;
    this.password = 'a quiet lamp; "quoted" \\ unlike';
    chmodSync(folder, 0o755);
    giveToServiceUser(folder);
    for (const inner of ['run', 'state', 'mail', 'keys/default/HS256', 'tls']) this.#makeFolder(inner);
    this.ca = join(folder, 'tls/authority.crt');
    makeCertificates(join(folder, 'tls'));
    this.#write('keys/default/HS256/default', this.#key.toString('base64'));
    this.#write('passwords', users.map(user => `${user}:{PLAIN}${this.password}\n`).join(''));
    this.#write('oauth2.conf', `introspection_mode = local\nlocal_validation_key_dict = fs:posix:prefix=${folder}/keys/\nusername_attribute = sub\n`);
    this.#write('dovecot.conf', configuration(folder, ports, capabilities));
    this.#end = atEnd(() => {
      this.#server?.kill('SIGKILL'); // its children end when it is gone
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    });
  }

  get url() { return `imaps://localhost:${this.#ports.secure}`; }
  get plainUrl() { return `imap://localhost:${this.#ports.plain}`; }

  // Lines for accounts.conf; `more` adds to them or changes them.
  account(user, more = {}) {
    const keys = { url: this.url, user, password: this.password, 'ca-file': this.ca, mailbox: 'help@desk.example', ...more };
    const lines = Object.entries(keys).filter(([, value]) => value !== undefined).map(([key, value]) => `${key} = ${value}\n`);
    return `[imap ${user}]\n${lines.join('')}\n`;
  }

  // An access token as an identity provider would give it; it ends `seconds` from now.
  token(user, seconds = 600) {
    const now = Math.floor(Date.now() / 1000);
    const encode = value => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ sub: user, iat: now - 5, nbf: now - 5, exp: now + seconds })}`;
    return `${signed}.${createHmac('sha256', this.#key).update(signed).digest('base64url')}`;
  }

  async start() {
    this.#server = spawn(dovecotCommand, ['-F', '-c', join(this.#folder, 'dovecot.conf')], { stdio: ['ignore', 'pipe', 'pipe'], ...asServiceUser });
    let said = '';
    for (const stream of [this.#server.stdout, this.#server.stderr]) stream.on('data', data => { said += data; });
    for (const deadline = Date.now() + 15_000; !(await greets(this.#ports.plain)); await pause(30)) {
      if (this.#server.exitCode !== null || Date.now() > deadline) throw new Error(`Dovecot does not answer. It says:\n${said}\n${this.log()}`);
    }
  }

  // Ends the server as its administrator would, and waits until it is gone with all its connections.
  async halt() {
    const server = this.#server;
    const gone = new Promise(done => server.once('exit', done));
    server.kill('SIGTERM');
    await gone;
  }

  async restart() {
    await this.halt();
    await this.start();
  }

  stop() { this.#end(); }

  // Writes a mail into a folder as a mail server does: whole, then under its name.
  put(user, mail, folder = 'INBOX') {
    const box = this.#maildir(user, folder);
    const name = `${Math.floor(Date.now() / 1000)}.M${String(++this.#count).padStart(9, '0')}P1.${hostname()}`;
    const path = join(box, 'tmp', name);
    writeFileSync(path, mail.replace(/\r?\n/g, '\n'));
    giveToServiceUser(path);
    renameSync(path, join(box, 'new', name));
  }

  // The mails of a folder as the server has them: [{ uid, flags }].
  mails(user, folder = 'INBOX') {
    const said = this.doveadm('-f', 'tab', 'fetch', '-u', user, 'uid flags', 'mailbox', folder, 'ALL');
    return said.split('\n').slice(1).filter(Boolean).map(line => line.split('\t')).map(([uid, flags]) => ({ uid: Number(uid), flags: flags ?? '' }));
  }

  doveadm(...words) {
    const done = spawnSync('doveadm', ['-c', join(this.#folder, 'dovecot.conf'), ...words], { encoding: 'utf8', ...asServiceUser });
    if (done.status !== 0) throw new Error(`doveadm ${words.join(' ')}: ${done.stderr}\n${this.log()}`);
    return done.stdout;
  }

  log() {
    const path = join(this.#folder, 'log');
    return existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(-40).join('\n') : '(no log)';
  }

  #maildir(user, folder) {
    const inner = folder === 'INBOX' ? `mail/${user}` : `mail/${user}/.${folder}`;
    if (!existsSync(join(this.#folder, inner, 'new'))) for (const each of ['cur', 'new', 'tmp']) this.#makeFolder(`${inner}/${each}`);
    return join(this.#folder, inner);
  }

  #makeFolder(inner) {
    let path = this.#folder;
    for (const part of inner.split('/')) {
      path = join(path, part);
      if (existsSync(path)) continue;
      mkdirSync(path, { mode: 0o755 });
      giveToServiceUser(path);
    }
  }

  #write(name, text) {
    writeFileSync(join(this.#folder, name), text, { mode: 0o644 });
    giveToServiceUser(join(this.#folder, name));
  }
}

function configuration(folder, ports, capabilities) {
  return `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = ${serviceUser.name}
default_login_user = ${serviceUser.name}
default_internal_group =
shutdown_clients = yes
mail_location = maildir:${folder}/mail/%n
mail_uid = ${serviceUser.uid}
mail_gid = ${serviceUser.gid}
first_valid_uid = 1
mailbox_idle_check_interval = 2 secs
ssl = yes
ssl_cert = <${folder}/tls/server.crt
ssl_key = <${folder}/tls/server.key
ssl_dh =
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2 oauthbearer
auth_failure_delay = 0
passdb {
  driver = passwd-file
  args = scheme=PLAIN ${folder}/passwords
  mechanisms = plain login none
}
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${folder}/oauth2.conf
}
userdb {
  driver = static
  args = uid=${serviceUser.uid} gid=${serviceUser.gid} home=${folder}/mail/%n
}
${capabilities ? `imap_capability = ${capabilities}` : ''}
service anvil {
  chroot =
}
service stats {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${ports.plain}
  }
  inet_listener imaps {
    port = ${ports.secure}
    ssl = yes
  }
}
protocol imap {
  mail_max_userip_connections = 100
}
`;
}

// An authority, and a certificate for "localhost" that it signed.
function makeCertificates(folder) {
  const openssl = (...words) => {
    const done = spawnSync('openssl', words, { cwd: folder, encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`openssl ${words[0]}: ${done.stderr}`);
  };
  const key = name => ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', `${name}.key`];
  openssl('req', '-x509', ...key('authority'), '-out', 'authority.crt', '-days', '30', '-subj', '/CN=Authority of a test');
  openssl('req', '-x509', ...key('server'), '-CA', 'authority.crt', '-CAkey', 'authority.key', '-out', 'server.crt', '-days', '30',
    '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-addext', 'basicConstraints=critical,CA:FALSE');
  for (const name of readdirSync(folder)) giveToServiceUser(join(folder, name));
}

function greets(port) {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', data => { socket.destroy(); resolve(String(data).startsWith('* OK')); });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise(resolve => server.close(resolve));
  return port;
}
