// Makes the mails of case 26, 26-*.eml: what Outlook puts into winmail.dat (MS-OXTNEF), with its text as RTF (MS-OXRTFCP), as HTML or plain.
// node tests/mail/make-winmail.mjs

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const u16 = value => { const b = Buffer.alloc(2); b.writeUInt16LE(value); return b; };
const u32 = value => { const b = Buffer.alloc(4); b.writeUInt32LE(value >>> 0); return b; };
const padded = bytes => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
const text8 = text => Buffer.from(text + '\0', 'latin1');
const text16 = text => Buffer.from(text + '\0', 'utf16le');

// An attribute of the stream: level, id with type, size, bytes, sum of the bytes.
const attribute = (level, id, bytes) =>
  Buffer.concat([Buffer.from([level]), u32(id), u32(bytes.length), bytes, u16(bytes.reduce((sum, byte) => (sum + byte) & 0xffff, 0))]);
const ofMessage = (id, bytes) => attribute(1, id, bytes);
const ofFile = (id, bytes) => attribute(2, id, bytes);

// MAPI properties: [id, type, bytes or number].
const properties = list => Buffer.concat([u32(list.length), ...list.map(([id, type, value]) => {
  const head = Buffer.concat([u16(type), u16(id)]);
  if (type === 0x0003 || type === 0x000b) return Buffer.concat([head, u32(value)]);
  return Buffer.concat([head, u32(1), u32(value.length), padded(value)]);
})]);
const STRING = 0x001e, UNICODE = 0x001f, BINARY = 0x0102, LONG = 0x0003;

// Compressed RTF, with literals only: flags of zero before every eight bytes.
function compressedRtf(rtf) {
  const raw = Buffer.from(rtf, 'latin1'), runs = [];
  for (let i = 0; i < raw.length; i += 8) runs.push(Buffer.concat([Buffer.from([0]), raw.subarray(i, i + 8)]));
  // The end is a reference to where the next byte would be written: 207 bytes stand in the dictionary before the first.
  const rest = raw.length % 8, end = (207 + raw.length) % 4096, reference = Buffer.from([end >> 4, (end & 15) << 4]);
  if (rest) {
    const last = runs.pop();
    last[0] = 1 << rest;
    runs.push(Buffer.concat([last, reference]));
  } else {
    runs.push(Buffer.concat([Buffer.from([1]), reference]));
  }
  const body = Buffer.concat(runs);
  return Buffer.concat([u32(body.length + 12), u32(raw.length), Buffer.from('LZFu'), u32(crc(body)), body]);
}

// CRC-32 without the inversions at both ends.
function crc(bytes) {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum & 1 ? 0xedb88320 : 0) ^ (sum >>> 1);
  }
  return sum >>> 0;
}

const start = Buffer.concat([u32(0x223e9f78), u16(1), ofMessage(0x00089006, u32(0x00010000)), ofMessage(0x00069007, Buffer.concat([u32(1252), u32(0)])),
  ofMessage(0x00078008, text8('IPM.Microsoft Mail.Note')), ofMessage(0x00018004, text8('The order'))]);
const file = (name, bytes, more = []) => Buffer.concat([
  ofFile(0x00069002, Buffer.concat([u16(1), u32(0xffffffff), u16(32), u16(32), u32(0)])), ofFile(0x00018010, text8(name.slice(0, 8) + '.DAT')), ofFile(0x0006800f, bytes),
  ofFile(0x00069005, properties([[0x3707, UNICODE, text16(name)], ...more]))]);

function mail(name, winmail, { text, type = 'application/ms-tnef', called = 'winmail.dat' } = {}) {
  const part = `Content-Type: ${type}; name="${called}"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="${called}"\n\n` +
    winmail.toString('base64').replace(/.{76}/g, '$&\n') + '\n';
  const head = `From: Tomas Berg <tomas.berg@firm.example>\nTo: help@godwit.example\nSubject: The order\nDate: Mon, 16 Nov 2026 09:12:00 +0100\n` +
    `Message-ID: <${name}@firm.example>\nMIME-Version: 1.0\n`;
  const body = text === undefined ? part
    : `Content-Type: multipart/mixed; boundary="p"\n\n--p\nContent-Type: text/plain; charset=utf-8\n\n${text}\n--p\n${part}--p--\n`;
  writeFileSync(fileURLToPath(new URL(`26-${name}.eml`, import.meta.url)), head + body);
}

const rtf = '{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fswiss Arial;}}{\\colortbl;\\red0\\green0\\blue0;}\\pard\\f0 We order \\b two\\b0  bells.\\par\r\n' +
  'F\\\'fcr Lotte\\u8364?\\tab 20\\{each\\}\\par\r\n{\\*\\generator Riched20;}Thank you\\line Tomas\\par}';
// How Outlook keeps HTML in RTF (MS-OXRTFEX): tags in groups of their own, what is only for RTF between htmlrtf marks.
const htmlInRtf = '{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 \\deff0{\\fonttbl{\\f0\\fswiss Arial;}}{\\*\\htmltag19 <html>}{\\*\\htmltag50 <body>}\r\n{\\*\\htmltag64 <p>}\\htmlrtf {\\htmlrtf0 ' +
  'We order {\\*\\htmltag84 <b>}\\htmlrtf {\\b \\htmlrtf0 two\\htmlrtf }\\htmlrtf0 {\\*\\htmltag92 </b>} bells f\\\'fcr Lotte.\\htmlrtf\\par}\\htmlrtf0\r\n{\\*\\htmltag72 </p>}{\\*\\htmltag58 </body>}{\\*\\htmltag27 </html>}}';
const list = Buffer.from('bell,2\n'), drawing = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==', 'base64');

const withRtf = Buffer.concat([start, ofMessage(0x00069003, properties([[0x1009, BINARY, compressedRtf(rtf)], [0x3fde, LONG, 1252]])), file('Liste für Lotte.csv', list), file('drawing.png', drawing)]);
mail('rtf', withRtf);
mail('rtf-beside-text', withRtf, { text: 'We order two bells.' });
mail('with-wrong-type', withRtf, { type: 'application/octet-stream', called: 'WINMAIL.DAT' });
mail('html', Buffer.concat([start, ofMessage(0x00069003, properties([[0x1013, BINARY, Buffer.from('<html><body><p>We order <b>two</b> bells f\xfcr Lotte.</p><img src="cid:drawing@firm"></body></html>', 'latin1')], [0x3fde, LONG, 1252]])),
  file('drawing.png', drawing, [[0x3712, UNICODE, text16('drawing@firm')]])]));
mail('html-in-rtf', Buffer.concat([start, ofMessage(0x00069003, properties([[0x1009, BINARY, compressedRtf(htmlInRtf)]]))]));
mail('plain', Buffer.concat([start, ofMessage(0x0002800c, text8('We order two bells f\xfcr Lotte.')), file('list.csv', list)]));
mail('cut-short', withRtf.subarray(0, 420), { text: 'We order two bells.' });
mail('is-none', Buffer.from('This was never a winmail.dat.'), { text: 'We order two bells.' });
