// What other projects expect of the mails in their test suites, beside what Rapport makes of them:
//
//   npm ci --prefix tests/corpus
//   node tests/corpus/compare.mjs PROGRAM FOLDER [--show] [--source WORD]
//
// PROGRAM is tests/corpus/mail_lines of a build; FOLDER holds a folder for each project, with its mails and, beside each, what the
// project says of it (see `sources`). Compared are sender, subject, date, number of parts, names of files and the text, texts
// without white space. Every difference has a class, from a rule (`rules`); one without a class is ours to look at, and makes the
// exit status 1. --show prints both sides of each difference.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseDocument } from 'yaml';
import { bare, startLines } from './lines.mjs';
import { classOf } from './differences.mjs';

const [program, folder, ...options] = process.argv.slice(2);
if (!folder) {
  console.error('compare.mjs PROGRAM FOLDER [--show] [--source WORD]');
  process.exit(64);
}
const show = options.includes('--show');
const only = options.includes('--source') ? options[options.indexOf('--source') + 1] : '';
const lines = startLines(program);
const fields = ['sender', 'subject', 'date', 'parts', 'files', 'text'];

function filesBelow(path) {
  return readdirSync(path, { withFileTypes: true }).flatMap(entry => {
    const inside = join(path, entry.name);
    return entry.isDirectory() ? filesBelow(inside) : [inside];
  }).sort();
}

const htmlText = async html => (await lines.ask({ text: html.replaceAll('\0', '').toWellFormed() })).text;

// ── What the projects say ──────────────────────────────────────────────────────────────────────────────────────────────────
// Each gives { sender, subject, date, parts, files, text, html }, what it does not say left out. Dates are milliseconds.

// zammad: a Ruby hash in YAML. The body is HTML when the mail has any; message.html is that HTML kept as a file.
function zammad(path) {
  const document = parseDocument(readFileSync(path, 'utf8'), { logLevel: 'silent', customTags: ['binary'], uniqueKeys: false });
  const said = document.toJS();
  const isHtml = said.content_type === 'text/html';
  const text = value => value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : String(value ?? '');
  return {
    sender: text(said.from_email), subject: text(said.subject),
    files: (said.attachments ?? []).map(file => text(file.filename)).filter(name => name !== 'message.html'),
    ...(isHtml ? { html: text(said.body) } : { text: text(said.body) }),
  };
}

// stalwart: its own struct in JSON; text_body and attachments are indexes of parts.
function stalwart(path) {
  const said = JSON.parse(readFileSync(path, 'utf8'));
  const header = name => said.parts[0].headers.findLast(one => one.name === name)?.value;
  const people = header('from')?.Address ?? {};
  const first = people.List?.[0] ?? people.Group?.[0]?.addresses?.[0];
  const when = header('date')?.DateTime;
  const attribute = (part, kind, name) => part.headers.findLast(one => one.name === kind)?.value?.ContentType?.attributes
    ?.find(one => one.name === name)?.value;
  const isLeaf = part => !part.body.Multipart;
  const texts = said.text_body.map(index => said.parts[index].body);
  const offset = when ? (when.tz_before_gmt ? -1 : 1) * (when.tz_hour * 60 + when.tz_minute) : 0;
  return {
    sender: first?.address ?? '',
    subject: header('subject')?.Text ?? '',
    date: when ? Date.UTC(when.year, when.month - 1, when.day, when.hour, when.minute - offset, when.second) : undefined,
    parts: said.parts.filter(isLeaf).length,
    files: said.attachments.map(index => said.parts[index]).map(part =>
      attribute(part, 'content_disposition', 'filename') ?? attribute(part, 'content_type', 'name')).filter(Boolean),
    texts,
  };
}

// mime4j: the structure in XML, headers as they stand in the mail.
function mime4j(path) {
  const xml = readFileSync(path, 'latin1');
  const plain = text => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  const fieldsOf = block => [...block.matchAll(/<field>([^]*?)<\/field>/g)].map(found => plain(found[1]).trim());
  const header = name => fieldsOf(xml.match(/<header>([^]*?)<\/header>/)?.[1] ?? '')
    .map(field => field.match(/^([^:\s]+)\s*:([^]*)$/) ?? []).find(([, key]) => key?.toLowerCase() === name)?.[2].trim().replace(/\r?\n(?=\s)/g, '');
  // A mail inside a mail is one leaf here: what it holds is left out.
  let depth = 0, leaves = 0;
  for (const [, closes, name] of xml.matchAll(/<(\/?)(message|body|text-body|binary-body)(?=[\s/>])[^>]*>/g)) {
    if (name === 'message') {
      if (!closes && ++depth === 2) leaves++;
      if (closes) depth--;
    } else if (!closes && depth === 1) leaves++;
  }
  const from = header('from') ?? header('sender');
  const body = /<multipart>|text-body|binary-body/.test(xml) ? undefined : xml.match(/<body>\r?\n?([^]*?)<\/body>/)?.[1];
  return {
    sender: from?.match(/<([^<>]*@[^<>]*)>/)?.[1] ?? from?.match(/[^\s<>()]+@[^\s<>(),]+/)?.[0],
    subject: header('subject') ?? '',
    date: Date.parse(header('date')?.replace(/\([^)]*\)/g, '')) || undefined,
    parts: leaves,
    rawText: body === undefined ? undefined : plain(body), rawHeaders: fieldsOf(xml.match(/<header>([^]*?)<\/header>/)?.[1] ?? ''),
  };
}

// enmime: mails as its encoder writes them, whose inputs are Go code. Compared is what can be read from the file by eye.
function enmime(path) {
  const raw = readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  const end = raw.indexOf('\n\n');
  const head = raw.slice(0, end).replace(/\n[ \t]+/g, ' '), body = raw.slice(end + 2);
  const header = name => head.split('\n').find(line => line.startsWith(`${name}: `))?.slice(name.length + 2);
  const isPlain = /^text\/plain/.test(header('Content-Type') ?? '') && !header('Content-Transfer-Encoding');
  return {
    sender: header('From')?.match(/\S+@\S+/)?.[0].replace(/[<>]/g, ''),
    subject: header('Subject') ?? '',
    parts: (body.match(/^--\S+$/gm) ?? []).filter(line => !line.endsWith('--')).length || 1,
    ...(isPlain ? { text: body } : {}),
  };
}

const besides = (path, ...endings) => endings.map(ending => path.replace(/\.[^.]+$/, ending)).find(existsSync);
const sources = {
  'Pako7+zammad': { mails: /\.box$/, expected: path => besides(path, '.yml'), read: zammad },
  'stalwartlabs+mail-parser': { mails: /\.eml$/, expected: path => besides(path, '.json'), read: stalwart },
  'apache+james-mime4j': { mails: /\.msg$/, expected: path => besides(path, '.xml'), read: mime4j },
  'jhillyerd+enmime': { mails: /\.golden$/, expected: path => path, read: enmime },
  'jstedfast+MimeKit': { mails: /\.mbox$/, expected: path => besides(path, '.unix-offsets.json'), read: () => ({}) },
};

// ── Comparing ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
const address = text => (text ?? '').toLowerCase().replace(/\s/g, '');
const oneLine = text => (text ?? '').replace(/\s+/g, ' ').trim();
const names = list => [...list].map(name => name.normalize('NFC')).sort().join(' | ');

async function expectedText(said) {
  if (said.html !== undefined) return htmlText(said.html);
  if (!said.texts) return said.text;
  let text = '';
  for (const body of said.texts) text += body.Html !== undefined ? await htmlText(body.Html) : body.Text ?? '';
  return text;
}

// Our text in the form the project chose: from the HTML when it gives HTML.
async function foundText(said, mail) {
  const isHtml = said.html !== undefined || (said.texts?.length && said.texts.every(body => body.Html !== undefined));
  return isHtml && mail.html ? htmlText(mail.html) : mail.text;
}

async function compare(said, mail) {
  const found = {
    sender: address(mail.from?.address), subject: oneLine(mail.subject), date: mail.date ? Date.parse(mail.date) : undefined,
    parts: mail.leaves.length, files: names(mail.attachments.map(file => file.name)), text: await foundText(said, mail),
  };
  const expected = {
    ...(said.sender !== undefined && { sender: address(said.sender) }),
    ...(said.subject !== undefined && { subject: oneLine(said.subject) }),
    ...(said.date !== undefined && { date: said.date }),
    ...(said.parts !== undefined && { parts: said.parts }),
    ...(said.files && { files: names(said.files) }),
  };
  const text = await expectedText(said) ?? said.rawText;
  if (text !== undefined) expected.text = text;
  return { found, expected };
}

const isSame = (field, one, other) => field === 'text' ? bare(one) === bare(other) : one === other;

const counts = {}, classes = new Map(), unexplained = [];
for (const [source, { mails, expected: expectedFile, read }] of Object.entries(sources)) {
  if (only && !source.includes(only)) continue;
  const rows = counts[source] = { cases: 0, ...Object.fromEntries(fields.map(field => [field, { same: 0, all: 0 }])) };
  for (const path of filesBelow(join(folder, source)).filter(name => mails.test(name))) {
    const file = expectedFile(path);
    if (!file) continue;
    const raw = readFileSync(path);
    const mail = await lines.ask({ parse: raw.toString('base64') });
    const said = read(file);
    const { found, expected } = await compare(said, mail);
    rows.cases++;
    for (const field of fields.filter(one => expected[one] !== undefined)) {
      rows[field].all++;
      if (isSame(field, found[field], expected[field])) { rows[field].same++; continue; }
      const name = relative(folder, path);
      const reason = classOf({ source, name, field, expected: expected[field], found: found[field], said, mail, raw });
      const key = `${source} | ${field} | ${reason ?? 'not explained'}`;
      classes.set(key, [...classes.get(key) ?? [], name.split('/').at(-1)]);
      if (!reason) unexplained.push(`${name}: ${field}`);
      if (show) console.log(`── ${name}: ${field}: ${reason}\nexpected: ${JSON.stringify(expected[field])}\nfound:    ${JSON.stringify(found[field])}`);
    }
  }
}
lines.stop();

console.log(['source', 'cases', ...fields].join(' | '));
for (const [source, rows] of Object.entries(counts)) {
  const share = ({ same, all }) => all ? `${same}/${all} (${(100 * same / all).toFixed(0)} %)` : '–';
  console.log([source, rows.cases, ...fields.map(field => share(rows[field]))].join(' | '));
}
console.log('\nsource | field | why it differs | mails');
for (const [key, list] of [...classes].sort()) console.log(`${key} | ${list.length}: ${list.join(' ')}`);
if (unexplained.length) console.log(`\n${unexplained.length} not explained`);
process.exitCode = unexplained.length ? 1 : 0;
