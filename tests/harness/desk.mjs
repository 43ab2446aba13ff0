// A whole desk for a test: the release program with a fresh data folder (or a fresh PostgreSQL database) of its own, run as a
// person would run it and never as root.
//
//   const desk = makeDesk({ database: 'sqlite' });
//   desk.run(['user', 'add', …], 'password\n');
//   await desk.serve();              desk.address is where it listens
//   await desk.stop();               ends what runs and removes everything

import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { atEnd } from './endings.mjs';
import { asServiceUser, giveToServiceUser } from './service-user.mjs';

const releaseProgram = process.env.RAPPORT_PROGRAM ?? fileURLToPath(new URL('../../build/release/rapport', import.meta.url));

// Nothing of the tester's own settings reaches the desk.
const environment = { PATH: process.env.PATH, LANG: 'C.UTF-8', HOME: '/nonexistent' };

// The databases that a walk is walked on; PostgreSQL where the tests are given one.
export const databases = process.env.RAPPORT_TEST_POSTGRES ? ['sqlite', 'postgres'] : ['sqlite'];
if (process.env.RAPPORT_TEST_REQUIRE && databases.length < 2) throw new Error('RAPPORT_TEST_POSTGRES says no PostgreSQL');

// `variables`: of the environment of what runs, besides the usual.
export function makeDesk({ database = 'sqlite', variables = {} } = {}) {
  return new Desk(database, variables);
}

class Desk {
  #folder;
  #remove;
  #database;
  #server;
  #variables;

  constructor(database, variables) {
    this.#variables = variables;
    if (!existsSync(releaseProgram)) throw new Error(`${releaseProgram} is not there; ./dev build makes it`);
    this.#folder = mkdtempSync(join(tmpdir(), 'rapport-desk-'));
    this.#remove = atEnd(() => rmSync(this.#folder, { recursive: true, force: true }));
    chmodSync(this.#folder, 0o755);
    // The program is copied to where every user may run it: a checkout may lie in a home that only its owner may enter.
    this.program = join(this.#folder, 'rapport');
    copyFileSync(releaseProgram, this.program);
    chmodSync(this.program, 0o755);
    this.data = join(this.#folder, 'data');
    mkdirSync(this.data, { mode: 0o700 });
    giveToServiceUser(this.data);
    if (database === 'postgres') this.#database = makeDatabase();
    // Where the desk keeps everything, as arguments of every command.
    this.where = this.#database ? ['--database', this.#database.url] : ['--data', this.data];
  }

  // The command that hands over a mail, as Postfix runs it.
  get deliverCommand() {
    return [this.program, 'deliver', ...this.where, '--to', '${recipient}'];
  }

  // Runs a command of the program to its end: { code, output, complaint }.
  try([verb, ...rest], input = '') {
    const done = spawnSync(this.program, [verb, ...this.#whereAfter(rest)], { input, env: environment, maxBuffer: 1 << 28, ...asServiceUser });
    return { code: done.status, output: done.stdout.toString(), bytes: done.stdout, complaint: done.stderr.toString() };
  }

  // As try, for what must go well.
  run(command, input) {
    const done = this.try(command, input);
    if (done.code !== 0) throw new Error(`rapport ${command.join(' ')} ended with ${done.code}: ${done.complaint}`);
    return done.output;
  }

  // Starts a command and leaves it running: a ChildProcess.
  start([verb, ...rest]) {
    return spawn(this.program, [verb, ...this.#whereAfter(rest)], { env: { ...environment, ...this.#variables }, ...asServiceUser });
  }

  // `rapport user add` and the like: the place comes after the words that name the command.
  #whereAfter(rest) {
    const words = rest.findIndex(each => each.startsWith('-'));
    const at = words < 0 ? rest.length : words;
    return [...rest.slice(0, at), ...this.where, ...rest.slice(at)];
  }

  deliver(mail, to = 'help@desk.example') {
    return this.try(['deliver', '--to', to], mail);
  }

  // Three people, one of each role, and the mailbox help@desk.example. Their password is Desk.password.
  settle() {
    this.run(['mailbox', 'add', 'help@desk.example', '--name', 'Help at the Desk']);
    for (const [email, name, role] of people) {
      this.run(['user', 'add', '--email', email, '--name', name, '--role', role, '--password-stdin'], `${password}\n`);
    }
  }

  // Starts the server on a free port and waits until it says where it listens. Answers go out at once unless told otherwise.
  async serve(settings = []) {
    const delay = settings.includes('--undo-delay') ? [] : ['--undo-delay', '0'];
    const child = this.start(['serve', '--listen', '127.0.0.1:0', ...delay, ...settings]);
    this.#server = { child, said: '', ended: new Promise(done => child.once('exit', (code, signal) => done(code ?? signal))) };
    const server = this.#server;
    this.address = await new Promise((found, failed) => {
      const listen = data => {
        server.said += data;
        const address = /listening on (https?:\/\/[^\s"]+)/.exec(server.said)?.[1];
        if (address) found(address.replace(/\/$/, ''));
      };
      child.stdout.on('data', listen);
      child.stderr.on('data', listen);
      server.ended.then(code => failed(new Error(`rapport serve ended with ${code} and said:\n${server.said}`)));
      setTimeout(() => failed(new Error(`rapport serve did not listen within 20 s and said:\n${server.said}`)), 20_000).unref();
    });
    return this.address;
  }

  // What the running (or last) server has said.
  get said() { return this.#server?.said ?? ''; }

  get serverId() { return this.#server.child.pid; }

  // Asks the server to end and says how it did: 0 when all is well.
  async end(signal = 'SIGTERM') {
    const server = this.#server;
    server.child.kill(signal);
    const late = setTimeout(() => server.child.kill('SIGKILL'), 15_000);
    const outcome = await server.ended;
    clearTimeout(late);
    return outcome;
  }

  async stop() {
    if (this.#server?.child.exitCode === null && this.#server.child.signalCode === null) await this.end();
    this.#database?.drop();
    this.#remove();
  }
}

export const password = 'a quiet room with good light';
const people = [
  ['mira@desk.example', 'Mira Lindqvist', 'agent'],
  ['jonas@desk.example', 'Jonas Feld', 'agent'],
  ['teodor@desk.example', 'Teodor Iliescu', 'supervisor'],
  ['nuala@desk.example', 'Nuala Brannigan', 'administrator'],
];

// A new, empty database on the PostgreSQL that RAPPORT_TEST_POSTGRES names.
function makeDatabase() {
  const server = new URL(process.env.RAPPORT_TEST_POSTGRES);
  const name = `rapport_walk_${randomBytes(6).toString('hex')}`;
  const ask = statement => {
    const done = spawnSync('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', server.href, '-c', statement], { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`psql: ${done.stderr}`);
  };
  ask(`CREATE DATABASE ${name}`);
  const own = new URL(server.href);
  own.pathname = `/${name}`;
  return { url: own.href, drop: () => ask(`DROP DATABASE ${name} WITH (FORCE)`) };
}
