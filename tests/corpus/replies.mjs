// How often a reply is found as other projects say it should be, for each of them:
//
//   node tests/corpus/replies.mjs PROGRAM FOLDER [--show]
//
// PROGRAM is tests/corpus/mail_lines of a build; FOLDER holds trimmer_cases.jsonl, function_cases.jsonl, fragment_assertions.jsonl,
// talon_fixture_cases.jsonl and the texts they name in raw/. Texts are compared without white space. The sources disagree where a
// reply ends: some take "Regards, Ann" for signature, some leave all of the signature in the reply. Ours leaves "Regards, Ann" in
// the reply and says where it is; a case that is right when the signature begins where the source has it is counted apart. What
// asks for the insides of a library (how many fragments, marks of lines) cannot be compared and is only counted. --show prints
// each case that differs.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bare, startLines } from './lines.mjs';

const [program, folder, ...options] = process.argv.slice(2);
if (!folder) {
  console.error('replies.mjs PROGRAM FOLDER [--show]');
  process.exit(64);
}
const lines = startLines(program);
const show = options.includes('--show');

const read = name => readFileSync(join(folder, name), 'utf8');
const cases = name => read(name).split('\n').filter(Boolean).map(line => JSON.parse(line));
const fixture = (source, file) => read(join('raw', source.replace('/', '+'), file));

// ── Counting ───────────────────────────────────────────────────────────────────────────────────────────────────────────────
const table = new Map();
function count(source, kind, verdict, name, expected, found) {
  const key = `${source} | ${kind}`;
  const row = table.get(key) ?? { right: 0, signed: 0, wrong: 0, other: 0 };
  table.set(key, row);
  row[verdict]++;
  if (show && verdict === 'wrong') {
    console.log(`── ${key}: ${name}\nexpected: ${JSON.stringify(expected)}\nfound:    ${JSON.stringify(found)}`);
  }
}

// The reply without its closing, and all that signs it.
const bodyOf = split => split.reply.slice(0, split.reply.length - (split.closing ?? '').length);
const signedBy = split => `${split.closing ?? ''}\n${split.signature}`;

// The reply as `expected`, or with another part of what signs it.
function judgeReply(split, expected) {
  if (bare(split.reply) === bare(expected)) return 'right';
  const others = [split.reply + split.signature, bodyOf(split)];
  return others.some(one => bare(one) === bare(expected)) ? 'signed' : 'wrong';
}

const splitText = text => lines.ask({ split: text.replaceAll('\r\n', '\n') }); // as mail_parse gives it
const withoutRules = text => text.replace(/^_{5,}$/gm, '');
async function splitHtml(html) {
  const { text } = await lines.ask({ text: html });
  return lines.ask({ split: text, html });
}

// ── Whole replies ──────────────────────────────────────────────────────────────────────────────────────────────────────────
async function trimmer() {
  for (const one of cases('trimmer_cases.jsonl')) {
    const split = await splitText(one.email);
    count(one.source, 'reply', judgeReply(split, one.reply), one.name, one.reply, split);
  }
}

// [[true, shown], [false, quoted], …] as texts.
async function chunks(expected, isHtml) {
  const text = async one => isHtml ? (await lines.ask({ text: one })).text : one;
  let shown = '', quoted = '';
  for (const [isShown, one] of expected) {
    if (isShown) shown += await text(one);
    else quoted += await text(one);
  }
  return { shown, quoted };
}

// quotequail leaves the line "On … wrote:" with the reply unless told otherwise.
async function judgeChunks(one, split, isHtml) {
  const { shown, quoted } = await chunks(one.expected, isHtml);
  const whole = judgeReply(split, shown);
  if (whole !== 'wrong' || one.input[1]?.quote_intro_line) return [whole, shown];
  const intro = bare(split.quoted).slice(0, bare(split.quoted).length - bare(quoted).length);
  const isIntro = bare(split.quoted).endsWith(bare(quoted)) && bare(split.reply) + intro === bare(shown) && intro.length < 200;
  return [isIntro ? 'right' : 'wrong', shown];
}

async function functionCase(one) {
  const [input] = one.input;
  switch (one.function) {
    case 'extract_from_plain': {
      const split = await splitText(input);
      return [judgeReply(split, one.expected), one.expected, split];
    }
    case 'extract_from_html (whitespace-insensitive)': {
      const split = await splitHtml(input), { text } = await lines.ask({ text: one.expected });
      return [judgeReply(split, withoutRules(text)), text, split];
    }
    case 'extract_signature': {
      const split = await splitText(input), [body, signature] = one.expected;
      if (bare(split.reply) === bare(body) && bare(split.signature) === bare(signature)) return ['right', one.expected, split];
      const isSigned = bare(bodyOf(split)) === bare(body) && bare(signedBy(split)) === bare(signature);
      return [isSigned ? 'signed' : 'wrong', one.expected, split];
    }
    case 'quote':
    case 'quote_html': {
      const isHtml = one.function === 'quote_html';
      const split = await (isHtml ? splitHtml(input) : splitText(input));
      if (one.input[1]?.limit) return ['other'];
      return [...await judgeChunks(one, split, isHtml), split];
    }
    case 'unwrap':
    case 'unwrap_html': {
      const split = await (one.function === 'unwrap' ? splitText(input) : splitHtml(input));
      const top = one.expected ? one.expected.text_top ?? '' : input.replace(/<[^>]*>/g, '');
      return [judgeReply(split, top), top, split];
    }
    case 'parse_reply': { // is the line known for what it is?
      const split = await splitText(`An answer.\n\n${input}\n\n> A question?\n`);
      return [judgeReply(split, 'An answer.'), 'An answer.', split];
    }
    default: return ['other'];
  }
}

async function functions() {
  for (const one of cases('function_cases.jsonl')) {
    const [verdict, expected, found] = await functionCase(one);
    count(one.source, one.function.replace(' (whitespace-insensitive)', ''), verdict, one.test, expected, found);
  }
}

async function talonFixtures() {
  for (const one of cases('talon_fixture_cases.jsonl')) {
    const body = fixture(one.source, one.file);
    if (one.kind === 'standard_reply_eml') {
      const mail = await lines.ask({ parse: Buffer.from(body).toString('base64') });
      const isSaid = bare(mail.text).includes(bare(one.expected_reply));
      const expected = isSaid ? one.expected_reply : 'Hello'; // what those mails say, where the cases name other words
      count(one.source, one.kind, judgeReply(mail, expected), one.file, expected, mail);
    } else if (one.kind === 'html_reply') { // its test looks for these words
      const split = await splitHtml(body), expected = 'Hi. I am fine.\n\nThanks,\nAlex';
      count(one.source, one.kind, judgeReply(split, expected), one.file, expected, split);
    } else {
      const split = await splitText(body.replaceAll('#sig#', '')), expected = one.expected_signature.replaceAll('#sig#', '');
      const isSigned = bare(signedBy(split)).endsWith(bare(expected));
      const verdict = bare(split.signature) === bare(expected) ? 'right' : isSigned ? 'signed' : 'wrong';
      count(one.source, one.kind, verdict, one.file, expected, split);
    }
  }
}

// ── Fragments ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
// The email_reply_parser family cuts a mail into fragments that are shown or hidden. Fragment 0 is the reply unless it is hidden;
// what is hidden is quoted or signature here.
const pattern = (text, flags) => new RegExp(text, `${flags ?? ''}m`);

function fragmentVerdict(one, split, text) {
  const isAllShown = bare(split.reply) === bare(text);
  const holds = (isRight, otherwise = 'wrong') => isRight ? 'right' : otherwise;
  const signed = { ...split, reply: `${split.reply}\n\n${split.signature}` }, hidden = `${split.closing}\n${split.quoted}`;
  switch (one.assertion) {
    case 'fragment_count':
      if (one.expected === 1) return holds(isAllShown, bare(signed.reply) === bare(text) ? 'signed' : 'wrong');
      return 'other';
    case 'visible_text_equals': return judgeReply(split, one.expected);
    case 'fragment_text_equals':
    case 'fragment_text_equals_trimmed': {
      if (one.index === 0) return startsOrIs(split, one.expected);
      return holds(bare(split.quoted).includes(bare(one.expected)), bare(hidden).includes(bare(one.expected)) ? 'signed' : 'wrong');
    }
    case 'fragment_matches_regex': {
      const wanted = pattern(one.expected, one.flags);
      if (one.index === 0) return holds(wanted.test(split.reply), wanted.test(signed.reply) ? 'signed' : 'wrong');
      if (wanted.test(hidden) && !wanted.test(split.quoted)) return 'signed';
      return holds(wanted.test(split.quoted) || (wanted.test(split.reply) && />/.test(split.reply))); // answers between quotes
    }
    case 'fragment_flags_hidden': return holds(one.expected.includes(true) === !isAllShown);
    case 'fragment_flags_signature':
      return holds(one.expected.includes(true) === (split.signature !== ''), split.closing ? 'signed' : 'wrong');
    case 'fragment_flag_hidden':
      return one.index === 0 || one.expected ? holds(one.index === 0 ? split.reply !== '' : split.quoted !== '') : 'other';
    case 'fragment_flag_signature':
      if (one.index === 0) return holds(split.reply !== '');
      return one.expected ? holds(split.signature !== '' || /^_/m.test(split.quoted), split.closing ? 'signed' : 'wrong') : 'other';
    default: return 'other';
  }
}

// The first fragment may be followed by other shown ones.
function startsOrIs(split, expected) {
  const whole = judgeReply(split, expected);
  return whole === 'wrong' && />/.test(split.reply) && bare(split.reply).startsWith(bare(expected)) ? 'right' : whole;
}

// The assertions of two projects are lines of Python, of a few shapes.
function pythonVerdict(one, split, text) {
  const expression = one.expected;
  const quote = `(?:'((?:[^'\\\\]|\\\\.)*)'|"((?:[^"\\\\]|\\\\.)*)")`;
  const unescape = found => (found[1] ?? found[2]).replaceAll('\\n', '\n').replaceAll("\\'", "'");
  const place = {
    'message.fragments[0].content': 'reply', 'message.reply': 'reply', 'mail.replies[0].body': 'reply',
    'mail.replies[0].content': 'all', 'mail.replies[0].signatures': 'signature',
    'message.fragments[1].content': 'quoted', 'message.fragments[2].content': 'quoted', 'mail.replies[1].content': 'quoted',
    'mail.replies[2].content': 'quoted', 'mail.replies[1].headers': 'quoted', 'mail.replies[1].body': 'quoted',
    'mail.replies[1].signatures': 'quoted', 'mail.replies[2].body': 'quoted', 'mail.replies[2].signatures': 'quoted',
  };
  const textOf = name => name === 'all' ? `${split.reply}\n${split.quoted}` : split[name];
  const signedText = { reply: bodyOf(split), signature: signedBy(split) };
  const verdict = (isRight, isSigned = false) => isRight ? 'right' : isSigned ? 'signed' : 'wrong';
  let found = expression.match(/^self\.assertEqual\((\d+), len\(mail\.replies\)\)$/);
  if (found) {
    const hasQuote = bare(split.quoted) !== bare(split.signature);
    return verdict((Number(found[1]) > 1) === hasQuote);
  }
  found = expression.match(new RegExp(`^self\\.assert(?:True|In|NotIn)\\(${quote}( in | not in |, )([\\w.\\[\\]]+)\\)$`));
  if (found && place[found[4]]) {
    const isNot = found[3] === ' not in ' || expression.includes('NotIn');
    const part = place[found[4]];
    if (isNot && part === 'quoted') return 'other'; // older mails are not cut apart
    const holds = whole => bare(whole).includes(bare(unescape(found))) !== isNot;
    return verdict(holds(textOf(part)), signedText[part] !== undefined && holds(signedText[part]));
  }
  found = expression.match(new RegExp(`^self\\.assertTrue\\(${quote} == ([\\w.\\[\\]]+)\\)$`)) ??
    expression.match(new RegExp(`^self\\.assertEqual\\((?:message\\.reply\\.strip\\(\\)), ${quote}\\)$`));
  if (found) {
    const part = place[found[3] ?? 'message.reply'];
    if (part === 'reply') return judgeReply(split, unescape(found));
    if (part === 'signature') {
      return verdict(bare(split.signature) === bare(unescape(found)), bare(signedBy(split)) === bare(unescape(found)));
    }
    return verdict(bare(textOf(part)).includes(bare(unescape(found))));
  }
  found = expression.match(new RegExp(`^self\\.assertTrue\\(re\\.match\\(${quote}, ([\\w.\\[\\]]+)\\)\\)$`));
  if (found) return verdict(pattern(unescape(found)).test(textOf(place[found[3]])));
  found = expression.match(/^self\.assertEqual\(\[([\w, ]+)\], \[\w+\.hidden for/);
  if (found) return verdict(found[1].includes('True') === (bare(split.reply) !== bare(text)));
  return 'other';
}

const zapierFiles = { // the tests that name no file, by their name
  test_reply_from_gmail: ['email_gmail.txt', 'This is a test for inbox replying to a github message.'],
  test_parse_out_just_top_for_outlook_reply: ['email_2_1.txt', 'Outlook with a reply'],
  test_parse_out_just_top_for_outlook_with_reply_directly_above_line: ['email_2_2.txt', 'Outlook with a reply directly above line'],
  test_parse_out_just_top_for_outlook_with_unusual_headers_format:
    ['email_2_3.txt', 'Outlook with a reply above headers using unusual format'],
};

async function fragments() {
  for (const one of cases('fragment_assertions.jsonl')) {
    const [named, expected] = zapierFiles[one.test] ?? [];
    let text;
    try {
      text = fixture(one.source, one.file ?? join('test/emails', named));
    } catch { // kept apart from the folder
      count(one.source, 'fragments', 'other');
      continue;
    }
    const split = await splitText(text);
    const verdict = expected ? judgeReply(split, expected)
      : one.assertion === 'python_expression' ? pythonVerdict(one, split, text) : fragmentVerdict(one, split, text);
    count(one.source, 'fragments', verdict, `${one.file}: ${one.assertion}`, one.expected, split);
  }
}

await trimmer();
await functions();
await talonFixtures();
await fragments();
lines.stop();

console.log('source | what | cases | right | right, signature elsewhere | different | share right | not comparable');
const sums = new Map();
const share = row => {
  const all = row.right + row.signed + row.wrong;
  return all ? `${(100 * (row.right + row.signed) / all).toFixed(1)} %` : '–';
};
const print = (name, row) =>
  console.log([name, row.right + row.signed + row.wrong, row.right, row.signed, row.wrong, share(row), row.other].join(' | '));
for (const [key, row] of [...table].sort()) {
  print(key, row);
  const [source] = key.split(' | ');
  const sum = sums.get(source) ?? { right: 0, signed: 0, wrong: 0, other: 0 };
  for (const field of Object.keys(sum)) sum[field] += row[field];
  sums.set(source, sum);
}
for (const [source, row] of sums) print(`${source} | all`, row);
