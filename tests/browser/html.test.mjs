// HTML of strangers in a real browser. Each payload goes through the sanitiser and is loaded as a page of its own, without the
// sandboxed frame and without the content security policy that stand around it in the desk: the sanitiser alone must hold. Then
// all its elements are clicked, hovered over and focused. No script may run, nothing may be loaded, the page may not be left.
//
// RAPPORT_HTML_PAYLOADS names a folder of more: files of one payload a line (.txt), or of JSON with a "payload" (.jsonl).

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startLines } from '../corpus/lines.mjs';
import { startBrowser } from '../harness/browser.mjs';
import { payloads } from './html-payloads.mjs';

const program = process.env.RAPPORT_PROGRAM ?? fileURLToPath(new URL('../../build/release/rapport', import.meta.url));
const lines = startLines(join(dirname(program), 'tests/corpus/mail_lines'));
const home = 'https://mail.example/';

let browser, context, page, served = '', seen = [];

// What runs before any script of the page: everything that a payload would call to show itself.
function watch() {
  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) window[name] = () => { window.__hit = name; };
}

before(async () => {
  browser = await startBrowser();
  context = await browser.newContext();
  await context.addInitScript(watch);
  await context.route('**/*', route => {
    const address = route.request().url();
    if (address === home) return route.fulfill({ contentType: 'text/html; charset=utf-8', body: served });
    seen.push(`request: ${address.slice(0, 200)}`);
    return route.abort();
  });
  await openPage();
});

// A page that nothing has happened in: what is left of a navigation would interrupt the next one.
async function openPage() {
  await page?.close();
  page = await context.newPage();
  page.on('dialog', dialog => { seen.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('pageerror', problem => seen.push(`script error: ${problem.message}`));
  page.on('popup', popup => { seen.push('popup'); popup.close(); });
  page.on('framenavigated', frame => { if (frame.url() !== home) seen.push(`navigation: ${frame.url().slice(0, 200)}`); });
}

after(async () => {
  lines.stop();
  await browser?.close();
});

// Everything a hand could do to every element, and what no element may be or have. Links are not followed.
function touchEverything() {
  addEventListener('click', event => event.preventDefault(), true);
  const harmless = /^(https?:\/\/|mailto:|tel:)/i;
  const found = [];
  for (const element of document.querySelectorAll('body, body *')) {
    for (const type of ['mouseover', 'mouseenter', 'pointerenter', 'focus', 'click', 'load', 'error', 'toggle', 'animationstart'])
      element.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true }));
    for (const { name, value } of element.attributes) {
      if (/^on|^data-|^(id|name|class|srcset|srcdoc|action|formaction|ping)$/i.test(name)) found.push(`attribute ${name}`);
      if (name === 'href' && !harmless.test(value)) found.push(`link to ${value}`);
    }
    if (/^(script|style|iframe|object|embed|svg|math|form|input|meta|link|base|template)$/i.test(element.localName))
      found.push(`element ${element.localName}`);
    if (getComputedStyle(element).position !== 'static') found.push(`position of ${element.localName}`);
  }
  if (window.__hit) found.push(`a script ran: ${window.__hit}`);
  return found;
}

// What happens when `html` is opened as a page.
async function effects(html, touch = touchEverything) {
  served = html;
  seen = [];
  await page.goto(home, { waitUntil: 'load' }).catch(problem => seen.push(`navigation: ${problem.message}`));
  const found = await page.evaluate(touch).catch(problem => [`navigation: ${problem.message}`]);
  return [...seen, ...found];
}

// The document less our own policy, which would forbid what we look for. A mail's HTML holds no NUL once it is read.
async function sanitised(payload, remote) {
  const { html } = await lines.ask({ sanitise: payload.replaceAll('\0', '').toWellFormed(), remote });
  const bare = html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '');
  assert.notEqual(bare, html);
  return bare;
}

async function findings(all, remote) {
  const found = [];
  for (const payload of all) {
    const effect = await effects(await sanitised(payload, remote));
    if (effect.length) found.push({ payload, effect });
  }
  return found;
}

test('the watch sees scripts, requests and navigation when nothing is sanitised', { timeout: 120_000 }, async () => {
  assert.match((await effects(payloads[0])).join(), /a script ran/);
  assert.match((await effects('<img src=https://out.example/1.png>')).join(), /request: https:\/\/out\.example/);
  assert.match((await effects('<meta http-equiv=refresh content="0;url=https://out.example">', async () => {
    await new Promise(done => setTimeout(done, 300));
    return [];
  })).join(), /out\.example|navigation/);
  await openPage();
  assert.match((await effects('<p onclick="alert(1)">x</p>')).join(), /a script ran: alert/);
  assert.match((await effects('<script>no.such.thing</script>')).join(), /script error/);
});

test('nothing in our own payloads runs, loads or leaves', { timeout: 300_000 }, async () => {
  assert.deepEqual(await findings(payloads, false), []);
});

test('with pictures allowed, pictures are all that loads', { timeout: 300_000 }, async () => {
  const picture = /^request: https?:\/\/out\.example\/\d\.png$/;
  for (const { payload, effect } of await findings(payloads, true))
    assert.deepEqual(effect.filter(line => !picture.test(line)), [], payload);
});

const folder = process.env.RAPPORT_HTML_PAYLOADS;

function payloadsOf(file) {
  const rows = readFileSync(join(folder, file), 'utf8').split('\n').filter(Boolean);
  return file.endsWith('.jsonl') ? rows.map(row => JSON.parse(row).payload) : rows;
}

for (const file of folder ? readdirSync(folder).filter(name => /\.(jsonl|txt)$/.test(name)) : []) {
  test(`nothing in ${file} runs, loads or leaves`, { timeout: 1_800_000 }, async t => {
    const all = payloadsOf(file).filter(Boolean);
    const found = await findings(all, false);
    t.diagnostic(`${all.length} payloads, ${found.length} with an effect`);
    assert.deepEqual(found, []);
  });
}
