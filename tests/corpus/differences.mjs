// Why Rapport reads a mail in another way than the project it comes from: the classes of compare.mjs. A rule looks at one
// difference; what no rule covers is either a fault of ours or stands in `single`, by its file, with the reason found by reading
// the mail.

const lost = text => /[\ufffd]/.test(String(text));
const names = list => String(list).split(' | ').filter(Boolean);
const invented = name => /^part-\d+\.\w+$/.test(name) || name.endsWith('.eml');
// How much of the words of the shorter text stand in the other one.
function shareOfWords(one, other) {
  const words = text => String(text).replace(/\(\S+\)/g, ' ').split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const [few, many] = [words(one), words(other)].sort((a, b) => a.length - b.length);
  const known = new Set(many);
  return few.length ? few.filter(word => known.has(word)).length / few.length : 0;
}

const encoded = said => (said.rawHeaders ?? []).some(field => /^content-transfer-encoding:\s*(base64|quoted-printable)/i.test(field));

const rules = [
  ['undecodable there, repaired here (cases 18 to 22)', d => lost(d.expected) && !lost(d.found)],
  ['zammad: words of its own for an empty text', d => d.field === 'text' && d.expected === 'no visible content' && d.found === ''],
  ['zammad: its own cleaning of HTML (pictures\' words, hidden text, addresses written anew)',
    d => d.source === 'Pako7+zammad' && d.field === 'text' && d.said.html !== undefined && shareOfWords(d.expected, d.found) > 0.97],
  ['files and mails inside without a name get one (cases 23 and 27)', d => d.field === 'files' &&
    names(d.expected).every(name => names(d.found).includes(name)) && names(d.found).every(name => names(d.expected).includes(name) || invented(name))],
  ['a name has no path here', d => d.field === 'files' && names(d.expected).some(name => name.includes('/'))],
  ['expects the body as it is encoded', d => d.field === 'text' && encoded(d.said)],
  ['uuencoded files are taken out of the text (case 28)', d => /^begin \d{3,4}\b/m.test(d.raw.toString('latin1')) && (d.field === 'files' ||
    (d.field === 'text' && !/^begin \d{3,4}\b/m.test(d.found) && /^begin \d{3,4}\b/m.test(d.expected)))],
  ['a mail that is only another mail shows it as a file (case 27)', d => d.field === 'text' && d.found === '' &&
    d.mail.leaves.length === 1 && d.mail.leaves[0] === 'message/rfc822'],
  ['a text that was sent as a file stays a file', d => d.field === 'text' && d.found === '' && d.mail.attachments.some(file => file.type === 'text/plain')],
];

const zammad = 'Pako7+zammad/test/data/mail/', stalwart = 'stalwartlabs+mail-parser/resources/eml/';
const mime4j = 'apache+james-mime4j/core/src/test/resources/';
const single = {
  [`${zammad}mail035.box: sender`]: 'quotes and dots around an address are no part of it here (case 36)',
  [`${zammad}mail044.box: sender`]: 'quotes and dots around an address are no part of it here (case 36)',
  [`${zammad}mail071.box: sender`]: 'an address with spaces: joined there, its last word taken here (case 36)',
  [`${zammad}mail064.box: files`]: 'undecodable there, repaired here (cases 18 to 22)',
  [`${zammad}mail072.box: text`]: 'undecodable there, repaired here (cases 18 to 22)',
  [`${zammad}mail078.box: files`]: 'names made up there by other rules (case 23)',
  [`${zammad}mail100.box: files`]: 'names made up there by other rules (case 23)',
  [`${zammad}mail085.box: files`]: 'a second HTML part is a file there, read on here',
  [`${zammad}mail085.box: text`]: 'a second HTML part is a file there, read on here',
  [`${stalwart}malformed/001.eml: text`]: 'a multipart without parts is shown as text here (case 29)',
  [`${stalwart}malformed/002.eml: text`]: 'a multipart without parts is shown as text here (case 29)',
  [`${stalwart}malformed/004.eml: text`]: 'a multipart without parts is shown as text here (case 29)',
  [`${stalwart}malformed/008.eml: text`]: 'texts after each other are one text here',
  [`${stalwart}malformed/012.eml: parts`]: 'boundaries left open: what follows belongs to the outer part here',
  [`${stalwart}malformed/016.eml: parts`]: 'boundaries left open: what follows belongs to the outer part here',
  [`${stalwart}malformed/016.eml: text`]: 'boundaries left open: what follows belongs to the outer part here',
  [`${stalwart}malformed/013.eml: parts`]: 'a boundary line at the very end opens an empty part here',
  [`${stalwart}malformed/014.eml: parts`]: 'a boundary line at the very end opens an empty part here',
  [`${stalwart}malformed/017.eml: files`]: 'the name of a disposition that is missing is read here (case 22)',
  [`${stalwart}malformed/020.eml: parts`]: 'a boundary that no header names is found here',
  [`${stalwart}malformed/020.eml: text`]: 'a boundary that no header names is found here',
  [`${stalwart}malformed/021.eml: parts`]: 'a boundary that no header names is found here',
  [`${stalwart}malformed/021.eml: text`]: 'a boundary that no header names is found here',
  [`${stalwart}rfc/001.eml: sender`]: 'a sender that is no address is shown as it stands (case 36)',
  [`${stalwart}thirdparty/002.eml: text`]: 'base64 with garbage in it: other bytes are made of the garbage',
  [`${stalwart}thirdparty/005.eml: text`]: 'a boundary in the middle of a line is text here',
  [`${stalwart}thirdparty/015.eml: parts`]: 'mails inside are counted one by one here (case 27)',
  [`${stalwart}thirdparty/015.eml: files`]: 'mails inside are counted one by one here (case 27)',
  [`${mime4j}testmsgs/basic-plain-with-bad-header-separator.msg: text`]: 'a line of one space ends the headers here',
};

export function classOf(difference) {
  const rule = rules.find(([, holds]) => holds(difference));
  return rule?.[0] ?? single[`${difference.name}: ${difference.field}`];
}
