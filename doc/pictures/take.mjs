// `./dev pictures` makes the pictures of this folder: the sample workspace in a real Chromium, as it looks on the day they are made.

import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { spawn, spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { phone, startBrowser } from '../../tests/harness/browser.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const program = process.env.RAPPORT_PROGRAM;
const folder = mkdtempSync(join(tmpdir(), 'rapport-pictures-'));
const data = join(folder, 'data');

const desktop = { width: 1480, height: 900 };
const pictures = [ // file, who looks, address, look
  { file: 'conversation', who: 'mira', address: '/conversations/1018#latest' },
  { file: 'conversation-dark', who: 'mira', address: '/conversations/1018#latest', dark: true },
  { file: 'register', who: 'teodor', address: '/complaints' },
  { file: 'map', who: 'teodor', address: '/complaints/1004' },
  { file: 'phone-list', who: 'mira', address: '/?view=open', viewport: phone },
];

function signIns() {
  const lines = readFileSync(join(data, 'sample-sign-in.txt'), 'utf8').split('\n').map(line => line.trim().split(/\s+/)).filter(words => words.length === 3);
  return Object.fromEntries(lines.map(([, email, password]) => [email.split('@')[0], { email, password }]));
}

function listening(server) {
  return new Promise((found, failed) => {
    let said = '';
    const listen = piece => {
      said += piece;
      const address = /listening on (http:\/\/[^\s"]+)/.exec(said)?.[1];
      if (address) found(address.replace(/\/$/, ''));
    };
    server.stdout.on('data', listen);
    server.stderr.on('data', listen);
    server.once('exit', code => failed(new Error(`rapport serve ended with ${code}: ${said}`)));
  });
}

async function signedIn(browser, address, { email, password }, { viewport = desktop, dark = false }) {
  const context = await browser.newContext({ viewport, baseURL: address, colorScheme: dark ? 'dark' : 'light', locale: 'en-GB', timezoneId: 'Europe/Dublin', reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto('/');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation').first().waitFor();
  return page;
}

let server, browser;
try {
  const filled = spawnSync(program, ['sample', '--data', data], { encoding: 'utf8' });
  if (filled.status !== 0) throw new Error(filled.stderr);
  server = spawn(program, ['serve', '--data', data, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const address = await listening(server), people = signIns();
  browser = await startBrowser();
  for (const picture of pictures) {
    const page = await signedIn(browser, address, people[picture.who], picture);
    await page.goto(picture.address, { waitUntil: 'load' });
    await page.screenshot({ path: join(folder, `${picture.file}.png`) });
    copyFileSync(join(folder, `${picture.file}.png`), join(here, `${picture.file}.png`));
    await page.context().close();
    console.log(`doc/pictures/${picture.file}.png`);
  }
} finally {
  await browser?.close();
  server?.removeAllListeners('exit');
  server?.kill();
  rmSync(folder, { recursive: true, force: true });
}
