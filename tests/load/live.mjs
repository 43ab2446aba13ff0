// What a hundred agents cost: each has the desk open in a tab that they look at (a live stream), a third of them write (typing told every
// four seconds, the draft saved every two), each page fetches itself again as desk.js does, and twenty mails a second come in. Thirty
// seconds, on loopback, then it ends by itself and prints what the server used, and whether each stream heard of each conversation;
// it fails when one did not, or when resyncs left too little to say so.
//
//   node tests/load/live.mjs [--agents 100] [--mails 20] [--seconds 30] [--no-pages]
//
// The figures are of one machine that also plays all the agents. Run by hand, never by the tests.

import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { parseArgs } from 'node:util';
import { makeDesk, password } from '../harness/desk.mjs';
import { lmtpPort, openLmtp } from '../harness/lmtp.mjs';
import { writeMail } from '../harness/mail.mjs';

const { values } = parseArgs({ options: { agents: { type: 'string', default: '100' }, mails: { type: 'string', default: '20' }, seconds: { type: 'string', default: '30' }, 'no-pages': { type: 'boolean', default: false } } });
const count = Number(values.agents), rate = Number(values.mails), seconds = Math.min(Number(values.seconds), 120), fetchesPages = !values['no-pages'];
const sleep = span => new Promise(done => setTimeout(done, span));
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

const desk = makeDesk();
desk.settle();
for (let i = 0; i < count; i++) desk.run(['user', 'add', '--email', `agent${i}@desk.example`, '--name', `Agent Number ${i}`, '--role', 'agent', '--password-stdin'], `${password}\n`);
for (let i = 0; i < 40; i++) desk.deliver(writeMail({ from: `Customer ${i} <c${i}@customer.example>`, to: 'help@desk.example', subject: `Before ${i}`, text: 'Where is my saddle?' }));
await desk.serve(['--lmtp-listen', '127.0.0.1:0']);

// CPU seconds and resident memory of the server. Clock ticks are hundredths on every Linux that we know.
function used() {
  const fields = readFileSync(`/proc/${desk.serverId}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
  const memory = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${desk.serverId}/status`, 'utf8'))[1]) / 1024;
  return { cpu: (Number(fields[11]) + Number(fields[12])) / 100, memory };
}

function ask(path, { cookie, method = 'GET', body } = {}) {
  return new Promise((done, failed) => {
    const asking = request(`${desk.address}${path}`, { agent, method, headers: { ...(cookie ? { Cookie: cookie } : {}), ...(body ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {}) } }, answer => {
      let text = '';
      answer.setEncoding('utf8').on('data', part => { text += part; }).on('end', () => done({ status: answer.statusCode, headers: answer.headers, text }));
    });
    asking.on('error', failed).end(body);
  });
}
const cookies = answer => (answer.headers['set-cookie'] ?? []).map(each => each.split(';')[0]).join('; ');
const token = text => /name="csrf" value="([^"]+)"/.exec(text)?.[1];

async function arrive(i) {
  const door = await ask('/sign-in');
  const entered = await ask('/sign-in', { method: 'POST', cookie: cookies(door), body: new URLSearchParams({ csrf: token(door.text), email: `agent${i}@desk.example`, password, next: '/' }).toString() });
  const cookie = cookies(entered), at = 1001 + i % 40;
  const page = await ask(`/conversations/${at}?view=open`, { cookie });
  if (page.status !== 200) throw new Error(`agent ${i} was not let in: ${entered.status} ${page.status}`);
  return { cookie, at, csrf: token(page.text), since: /since=(\d+)/.exec(page.text)[1], heard: new Set(), from: 0, here: 0, resyncs: 0, pages: 0, saves: 0, refused: 0, base: 0, timer: null, at_ms: 0 };
}

// Every conversation that any stream heard of, and when the first of them did. A stream that was told to fetch everything (resync) owes
// what comes after that; a second is left between, because streams are read in no order.
const changed = new Map();

function listen(who) {
  return new Promise(opened => {
    who.stream = request(`${desk.address}/live?since=${who.since}&at=${who.at}`, { headers: { Cookie: who.cookie } }, answer => {
      opened();
      let rest = '';
      answer.setEncoding('utf8').on('data', part => {
        const frames = (rest + part).split('\n\n');
        rest = frames.pop();
        for (const frame of frames) {
          const event = /^event: (.*)$/m.exec(frame)?.[1], data = /^data: (.*)$/m.exec(frame)?.[1];
          if (event === 'conversation') { if (!changed.has(Number(data))) changed.set(Number(data), Date.now()); who.heard.add(Number(data)); refresh(who, Number(data) === who.at); }
          else if (event === 'here') who.here++;
          else if (event === 'resync') { who.resyncs++; who.from = Date.now() + 1000; }
        }
      }).on('error', () => {});
    });
    who.stream.on('error', () => {}).end();
  });
}

// As desk.js: at once for the conversation that is open, else every few seconds.
function refresh(who, isOurs) {
  if (!fetchesPages || who.timer) return;
  const wait = Math.max(200 + Math.random() * 400, isOurs ? 0 : who.at_ms + 2500 + Math.random() * 1000 - Date.now());
  who.timer = setTimeout(async () => {
    who.timer = null;
    who.at_ms = Date.now();
    const page = await ask(`/conversations/${who.at}?view=open`, { cookie: who.cookie }).catch(() => null);
    if (page?.status === 200) who.pages++;
  }, wait);
}

async function write(who, until) {
  for (let step = 0; Date.now() < until; step++) {
    const form = fields => new URLSearchParams({ csrf: who.csrf, ...fields }).toString();
    if (step % 2 === 0) await ask(`/conversations/${who.at}/writes`, { method: 'POST', cookie: who.cookie, body: form({ does: 'reply' }) });
    const saved = await ask(`/conversations/${who.at}/draft`, { method: 'POST', cookie: who.cookie, body: form({ kind: 'reply', base: who.base, writer: 'load', text: `Dear customer, ${'word '.repeat(step + 20)}` }) });
    if (saved.status === 200) { who.base = JSON.parse(saved.text).version; who.saves++; } else who.refused++;
    await sleep(2000);
  }
}

let taken = 0;
async function bring(until) {
  const lines = await Promise.all(Array.from({ length: 4 }, () => openLmtp(lmtpPort(desk))));
  const began = Date.now();
  const one = async (line, at) => {
    for (let i = at; Date.now() < until; i += lines.length) {
      await sleep(Math.max(began + i * 1000 / rate - Date.now(), 0));
      if (Date.now() >= until) return;
      const mail = writeMail({ from: `Load ${i} <load${i}@customer.example>`, to: 'help@desk.example', subject: `Load ${i}`, text: `Where is my order ${i}? I have waited for a week.` });
      const [answer] = await line.send(mail);
      if (String(answer).startsWith('250')) taken++;
    }
  };
  await Promise.all(lines.map(one));
}

const told = (name, span, before, after) => console.log(`${name.padEnd(34)} ${((after.cpu - before.cpu) / span * 100).toFixed(1).padStart(6)} % of a core   ${after.memory.toFixed(1).padStart(6)} MB resident`);
try {
  const people = [];
  for (let i = 0; i < count; i++) people.push(await arrive(i));
  const quiet = used();
  console.log(`${count} agents are signed in; the server has ${quiet.memory.toFixed(1)} MB`);
  await Promise.all(people.map(listen));
  await sleep(8000); // what the desk does after its start is done
  let before = used();
  await sleep(5000);
  told(`${count} streams, nothing happens`, 5, before, used());

  const writers = people.filter((_, i) => i % 3 === 0);
  before = used();
  let until = Date.now() + 10_000;
  await Promise.all(writers.map(async who => { await sleep(Math.random() * 2000); await write(who, until); }));
  told(`and ${writers.length} write`, 10, before, used());

  before = used();
  until = Date.now() + seconds * 1000;
  const began = Date.now();
  await Promise.all([bring(until), ...writers.map(who => write(who, until))]);
  const span = (Date.now() - began) / 1000;
  told(`and ${rate} mails a second${fetchesPages ? ', pages follow' : ''}`, span, before, used());
  await sleep(5000);

  let missed = 0, owed = 0;
  for (const who of people) for (const [number, at] of changed) if (at >= who.from) { owed++; if (!who.heard.has(number)) missed++; }
  const isCounted = owed >= 0.9 * count * changed.size;
  const conversations = JSON.parse(desk.run(['check', '--json'])).conversations;
  const sum = field => people.reduce((whole, who) => whole + who[field], 0);
  console.log(`${taken} mails were taken in ${span.toFixed(1)} s (${(taken / span).toFixed(1)} a second); ${conversations} conversations`);
  console.log(`each of ${count} streams should have heard of ${changed.size} conversations: ${missed} times one did not; ${sum('resyncs')} resyncs`);
  if (!isCounted) console.log(`That says little: after resyncs only ${owed} of ${count * changed.size} were left to count.`);
  console.log(`${sum('saves')} drafts saved, ${sum('refused')} refused; ${sum('here')} presence events on all streams; ${sum('pages')} pages fetched again (${(sum('pages') / span).toFixed(1)} a second)`);
  process.exitCode = missed || !isCounted || changed.size < taken ? 1 : 0;
  for (const who of people) { clearTimeout(who.timer); who.stream.destroy(); }
} finally {
  agent.destroy();
  await desk.stop();
}
