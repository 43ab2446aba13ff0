// Scripts in the composer: a press on one puts it where the writer stands, and "/" at the beginning of a line opens a list of all to
// choose from. Fetched when it is first needed, see desk.js; without it the same buttons send the answer along and bring it back with
// the script below it.

import { $, say, tr } from '/assets/desk.js'
import { pickList } from '/assets/pick.js'

const card = $('#card'), area = $('#reply-text')
const token = () => $('[name=csrf]', area.form).value
const base = () => `/conversations/${card.dataset.number}/scripts`

async function find(words) {
  const answer = await fetch(`${base()}/find?q=${encodeURIComponent(words)}`, { headers: { Accept: 'application/json' } })
  if (!answer.ok || answer.redirected) throw new Error(tr('The desk cannot be reached.'))
  return (await answer.json()).scripts
}

// The first mark is selected, so that the next key fills it in.
function insert(script) {
  const from = area.selectionStart
  const before = area.value.slice(0, from), after = area.value.slice(area.selectionEnd)
  const lead = !before || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n'
  const tail = !after || after.startsWith('\n') ? '' : '\n\n'
  area.focus()
  area.setRangeText(lead + script.text + tail, from, area.selectionEnd, 'end')
  const mark = script.missing.length ? area.value.indexOf('{{', from) : -1
  if (mark >= 0) area.setSelectionRange(mark, area.value.indexOf('}}', mark) + 2)
  area.dispatchEvent(new Event('input', { bubbles: true }))
  say(script.missing.length ? tr('{1} is in your answer. Still to be filled in: {2}.', script.title, script.missing.join(', ')) : tr('{1} is in your answer.', script.title))
  fetch(`${base()}/${encodeURIComponent(script.script)}/use`, { method: 'POST', headers: { 'X-CSRF-Token': token() } }).catch(() => {}) // only counted
}

/* The list */

let list = null
let caret = 0 // where the writer was when the list opened; what takes the focus may move it

const back = () => {
  area.focus()
  area.setSelectionRange(caret, caret)
}

function slashTwice(event, list) { // is a stroke
  if (event.key !== '/' || list.words) return false
  list.close()
  back()
  area.setRangeText('/', area.selectionStart, area.selectionEnd, 'end')
  area.dispatchEvent(new Event('input', { bubbles: true }))
  return true
}

export function open() {
  caret = area.selectionStart
  list ??= pickList({
    label: tr('Find a script'), things: tr('Scripts'), hint: tr('Part of a name or text'), key: slashTwice,
    find: async words => (await find(words)).map(script => ({ ...script, what: script.text.replace(/\s+/g, ' ') })),
    choose: script => { back(); insert(script) },
    close: () => { if (document.activeElement !== area) area.focus() },
  })
  list.open()
}

export async function press(button) {
  try {
    const script = (await find(button.textContent.trim())).find(each => each.script === button.value)
    if (script) insert(script)
    else area.form.requestSubmit(button)
  } catch { area.form.requestSubmit(button) }
}
