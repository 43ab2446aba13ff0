// A mail server that does as a test tells it: takes mails into a list, late or not at all.

import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:net';
import { readMail } from './mail.mjs';

// `answer(mail)` is asked for each mail, after its last byte and before the client hears anything: it returns (or promises) the
// answer's line. `recipient(address)` is asked for each RCPT. The mails it took with a 250 are in `taken`:
// { from, to, mail, answeredAt }, with those recipients that it took. `until(find)` gives what `find()` says as soon as that is something,
// asking it again after each mail; `mail(words)` gives the first mail with these words in its text.
export async function startSmtpPeer(answer = () => '250 2.0.0 taken', recipient = () => '250 go on') {
  const taken = [], told = new EventEmitter();
  const sockets = new Set();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    converse(socket, answer, recipient, each => { taken.push(each); told.emit('mail'); }).catch(() => socket.destroy());
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const until = async (find, what, patience = 30_000) => {
    for (const late = AbortSignal.timeout(patience); ;) {
      const found = find();
      if (found) return found;
      await once(told, 'mail', { signal: late }).catch(() => { throw new Error(`no mail: ${what}`); });
    }
  };
  return {
    taken,
    until,
    mail: async words => (await until(() => taken.find(each => each.mail.text.includes(words)), words)).mail,
    smtpUrl: `smtp://127.0.0.1:${server.address().port}`,
    stop: () => new Promise(done => { sockets.forEach(each => each.destroy()); server.close(done); }),
  };
}

async function converse(socket, answer, recipient, take) {
  const lines = linesOf(socket);
  const say = line => socket.write(`${line}\r\n`);
  let envelope = { from: undefined, to: [] };
  say('220 peer.example ESMTP');
  for await (const line of lines) {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'EHLO') say('250-peer.example\r\n250 8BITMIME');
    else if (verb === 'HELO' || verb === 'NOOP') say('250 peer.example');
    else if (verb === 'RSET') { envelope = { from: undefined, to: [] }; say('250 forgotten'); }
    else if (verb === 'MAIL') { envelope.from = /<(.*?)>/.exec(line)[1]; say('250 go on'); }
    else if (verb === 'RCPT') {
      const address = /<(.*?)>/.exec(line)[1], words = recipient(address);
      if (words.startsWith('250')) envelope.to.push(address);
      say(words);
    }
    else if (verb === 'QUIT') { say('221 good-bye'); socket.end(); return; }
    else if (verb === 'DATA') {
      say('354 go on');
      const mail = readMail(await readData(lines));
      const words = await answer(mail);
      if (socket.destroyed) return;
      say(words);
      if (words.startsWith('250')) take({ ...envelope, mail, answeredAt: performance.now() });
      envelope = { from: undefined, to: [] };
    } else say('502 that is not done here');
  }
}

async function readData(lines) {
  const data = [];
  for (;;) {
    const { value, done } = await lines.next();
    if (done) throw new Error('ended within a mail');
    if (value === '.') return Buffer.from(data.map(each => `${each}\r\n`).join(''), 'latin1');
    data.push(value.replace(/^\./, ''));
  }
}

async function* linesOf(socket) {
  let rest = '';
  for await (const chunk of socket) {
    const pieces = (rest + chunk.toString('latin1')).split(/\r?\n/);
    rest = pieces.pop();
    yield* pieces;
  }
}
