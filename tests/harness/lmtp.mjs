// An LMTP client as a mail server has one: hands mails over on one connection, repeats what was not answered with 250, and can be
// made to hang up wherever a test wants it to.

import { connect } from 'node:net';

// The port that a running desk says it takes LMTP on; `serve(['--lmtp-listen', '127.0.0.1:0'])`.
export function lmtpPort(desk) {
  const port = /by LMTP on 127\.0\.0\.1:(\d+)/.exec(desk.said)?.[1];
  if (!port) throw new Error(`the desk takes no LMTP; it said:\n${desk.said}`);
  return Number(port);
}

export async function openLmtp(port) {
  const socket = connect(port, '127.0.0.1');
  const client = new Lmtp(socket);
  await client.answer();
  await client.say('LHLO mx.example');
  return client;
}

class Lmtp {
  #socket;
  #rest = '';
  #answers = [];
  #waiting = [];
  #ended = null;

  constructor(socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', data => this.#hear(String(data)));
    for (const event of ['error', 'close']) socket.once(event, () => this.#end());
  }

  #hear(data) {
    const lines = (this.#rest + data).split('\r\n');
    this.#rest = lines.pop();
    for (const line of lines) if (line[3] !== '-') this.#answers.push(line);
    while (this.#waiting.length && this.#answers.length) this.#waiting.shift().resolve(this.#answers.shift());
  }

  #end() {
    this.#ended = new Error('the connection is closed');
    for (const each of this.#waiting.splice(0)) each.reject(this.#ended);
  }

  // The last line of the next answer; fails when the connection ends first.
  answer() {
    if (this.#answers.length) return Promise.resolve(this.#answers.shift());
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  write(bytes) {
    if (this.#ended) return;
    this.#socket.write(bytes);
  }

  say(line) {
    this.write(`${line}\r\n`);
    return this.answer();
  }

  // Hands one mail over; the answers, one for each recipient.
  async send(mail, { from = 'someone@customer.example', to = ['help@desk.example'] } = {}) {
    await this.say(`MAIL FROM:<${from}>`);
    const taken = [];
    for (const each of to) if ((await this.say(`RCPT TO:<${each}>`)).startsWith('250')) taken.push(each);
    const data = await this.say('DATA');
    if (!data.startsWith('354')) return [data];
    this.write(Buffer.from(stuffed(mail)));
    this.write('.\r\n');
    const answers = [];
    for (let i = 0; i < taken.length; i++) answers.push(await this.answer());
    return answers;
  }

  async quit() {
    await this.say('QUIT');
    this.#socket.end();
  }

  hangUp() {
    this.#socket.destroy();
  }
}

// CR LF at every line's end, a dot doubled at every line's beginning.
function stuffed(mail) {
  const text = (Buffer.isBuffer(mail) ? mail.toString('latin1') : mail).replace(/\r?\n/g, '\r\n').replace(/^\./gm, '..');
  return Buffer.from(text.endsWith('\r\n') ? text : `${text}\r\n`, Buffer.isBuffer(mail) ? 'latin1' : 'utf8');
}
