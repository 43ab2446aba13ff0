// Mail as a customer's program makes and reads it: enough of RFC 5322 to write a message, send it over SMTP, and take one
// that arrived apart. The bytes are sent as given, so a test can write whatever it wants a stranger to have sent.

import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

// Writes a plain text mail. Everything but `from`, `to` and `text` has a fitting default; `headers` are added as they are.
export function writeMail({ from, to, subject = 'Hello', text, messageId = newMessageId(from), inReplyTo, references, headers = {} }) {
  const fields = {
    From: from,
    To: to,
    Subject: subject,
    Date: new Date().toUTCString().replace('GMT', '+0000'),
    'Message-ID': messageId,
    ...(inReplyTo && { 'In-Reply-To': inReplyTo }),
    ...(references && { References: references }),
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Transfer-Encoding': '8bit',
    ...headers,
  };
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `${head}\r\n${text.replace(/\r?\n/g, '\r\n')}\r\n`;
}

export function newMessageId(from) {
  return `<${randomUUID()}@${addressOf(from).split('@')[1]}>`;
}

// "Anna Berg <anna@customer.example>" → "anna@customer.example"
export function addressOf(text) {
  return (/<([^>]*)>/.exec(text)?.[1] ?? text).trim();
}

// The answer to a mail that arrived, as a mail program writes it: to where Reply-To says, with both threading headers.
export function writeAnswer(arrived, { from, text }) {
  const original = arrived.header('Message-ID');
  return {
    from: addressOf(from),
    to: addressOf(arrived.header('Reply-To') ?? arrived.header('From')),
    mail: writeMail({
      from,
      to: arrived.header('Reply-To') ?? arrived.header('From'),
      subject: `Re: ${arrived.header('Subject').replace(/^Re: /i, '')}`,
      inReplyTo: original,
      references: [arrived.header('References'), original].filter(Boolean).join(' '),
      text: `${text}\n\nOn an earlier day, the desk wrote:\n${arrived.text.replace(/^/gm, '> ')}`,
    }),
  };
}

// Takes a mail apart: header(name) unfolded, headers(name) all of that name, text and html of the first part of each, decoded.
export function readMail(bytes) {
  const raw = bytes.toString('latin1');
  const whole = readPart(raw);
  return { raw, header: whole.header, headers: whole.headers, text: findText(whole, 'plain') ?? '', html: findText(whole, 'html') ?? '' };
}

function readPart(raw) {
  const end = /\r?\n\r?\n/.exec(raw);
  const head = end ? raw.slice(0, end.index) : raw;
  const fields = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/).map(line => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), Buffer.from(line.slice(colon + 1).trim(), 'latin1').toString('utf8')];
  });
  const headers = name => fields.filter(([each]) => each === name.toLowerCase()).map(([, value]) => value);
  return { headers, header: name => headers(name)[0], body: end ? raw.slice(end.index + end[0].length) : '' };
}

function findText(part, kind) {
  const type = part.header('Content-Type') ?? 'text/plain';
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (/^multipart\//i.test(type) && boundary) {
    const pieces = part.body.split(new RegExp(`(?:^|\\r?\\n)--${boundary.replace(/[^\w]/g, '\\$&')}(?:--)?[ \\t]*(?:\\r?\\n|$)`));
    return pieces.slice(1).map(each => findText(readPart(each), kind)).find(each => each !== undefined);
  }
  if (!type.toLowerCase().startsWith(`text/${kind}`)) return undefined;
  return decodeBody(part.body, (part.header('Content-Transfer-Encoding') ?? '').toLowerCase());
}

function decodeBody(body, encoding) {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return Buffer.from(body, 'latin1').toString('utf8');
  const bytes = body.replace(/[ \t]*=\r?\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

// Sends one mail over SMTP; throws with the server's words when it does not take it.
export async function sendMail({ port, from, to, mail }) {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.setTimeout(20_000, () => socket.destroy(new Error('the mail server did not answer within 20 s')));
  const lines = createInterface({ input: socket, crlfDelay: Infinity })[Symbol.asyncIterator]();
  const failed = new Promise((_, reject) => socket.once('error', reject));
  failed.catch(() => {});

  const answer = async expected => {
    for (;;) {
      const { value, done } = await Promise.race([lines.next(), failed]);
      if (done) throw new Error('the mail server ended the connection');
      if (value[3] === '-') continue;
      if (!value.startsWith(expected)) throw new Error(`the mail server said: ${value}`);
      return value;
    }
  };
  const say = async (line, expected) => { socket.write(line, 'utf8'); return answer(expected); };

  try {
    await answer('220');
    await say('EHLO customer.example\r\n', '250');
    await say(`MAIL FROM:<${from}>\r\n`, '250');
    for (const recipient of [to].flat()) await say(`RCPT TO:<${recipient}>\r\n`, '250');
    await say('DATA\r\n', '354');
    const dotted = Buffer.from(mail).toString('latin1').replace(/^\./gm, '..');
    socket.write(Buffer.from(dotted.endsWith('\r\n') ? dotted : `${dotted}\r\n`, 'latin1'));
    await say('.\r\n', '250');
    await say('QUIT\r\n', '221');
  } finally {
    socket.destroy();
  }
}
