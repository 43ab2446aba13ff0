// Scripts in the composer: a press on one puts it where the writer stands, and "/" at the beginning of a line opens a list of all to
// choose from. Fetched when it is first needed, see desk.js; without it the same buttons send the answer along and bring it back with
// the script below it.

const $ = (selector, root = document) => root.querySelector(selector)
const card = $('#card'), area = $('#reply-text')
const say = text => { const status = $('#status'); if (status) status.textContent = text }
const token = () => $('[name=csrf]', area.form).value
const base = () => `/conversations/${card.dataset.number}/scripts`

async function find(words) {
  const answer = await fetch(`${base()}/find?q=${encodeURIComponent(words)}`, { headers: { Accept: 'application/json' } })
  if (!answer.ok || answer.redirected) throw new Error('The desk cannot be reached.')
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
  say(script.missing.length ? `${script.title} is in your answer. Still to be filled in: ${script.missing.join(', ')}.` : `${script.title} is in your answer.`)
  fetch(`${base()}/${encodeURIComponent(script.script)}/use`, { method: 'POST', headers: { 'X-CSRF-Token': token() } }).catch(() => {}) // only counted
}

/* The list */

let dialog = null, field, list, options = [], at = 0, asked = 0
let caret = 0 // where the writer was when the list opened; what takes the focus may move it

function build() {
  dialog = document.createElement('dialog')
  dialog.className = 'pick'
  dialog.setAttribute('aria-label', 'Scripts')
  field = document.createElement('input')
  Object.assign(field, { type: 'text', autocomplete: 'off', spellcheck: false, placeholder: 'Part of a name or text' })
  for (const [name, value] of Object.entries({ role: 'combobox', 'aria-label': 'Find a script', 'aria-expanded': 'true', 'aria-controls': 'pick-list', 'aria-autocomplete': 'list' })) field.setAttribute(name, value)
  list = document.createElement('div')
  list.id = 'pick-list'
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', 'Scripts')
  dialog.append(field, list)
  document.body.append(dialog)
  field.addEventListener('input', load)
  field.addEventListener('keydown', keys)
  dialog.addEventListener('close', () => { if (document.activeElement !== area) area.focus() })
  dialog.addEventListener('click', event => { if (event.target === dialog) dialog.close() })
}

function part(name, text) {
  const span = document.createElement('span')
  span.className = name
  span.textContent = text
  return span
}

function mark() {
  options.forEach((script, index) => list.children[index].setAttribute('aria-selected', index === at))
  if (!options.length) return field.removeAttribute('aria-activedescendant')
  field.setAttribute('aria-activedescendant', `pick-${at}`)
  list.children[at].scrollIntoView({ block: 'nearest' })
}

function show(scripts) {
  options = scripts
  at = 0
  list.replaceChildren(...scripts.map((script, index) => {
    const item = document.createElement('div')
    item.id = `pick-${index}`
    item.setAttribute('role', 'option')
    item.append(part('', script.title), part('what cut', script.text.replace(/\s+/g, ' ')))
    item.addEventListener('click', () => choose(index))
    return item
  }))
  if (!scripts.length) list.append(Object.assign(part('none', 'Nothing fits. A part of a word is enough.'), { role: 'option' }))
  mark()
}

async function load() {
  const mine = ++asked
  try {
    const scripts = await find(field.value.trim())
    if (mine === asked && dialog.open) show(scripts)
  } catch (problem) {
    if (mine === asked) list.replaceChildren(part('none', problem.message))
  }
}

function back() {
  dialog.close()
  area.focus()
  area.setSelectionRange(caret, caret)
}

function choose(index) {
  const script = options[index]
  if (!script) return
  back()
  insert(script)
}

function keys(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step && options.length) at = (at + step + options.length) % options.length
  else if (event.key === 'Enter') choose(at)
  else if (event.key === '/' && !field.value) { // twice is a stroke
    back()
    area.setRangeText('/', area.selectionStart, area.selectionEnd, 'end')
    area.dispatchEvent(new Event('input', { bubbles: true }))
  } else return
  event.preventDefault()
  if (step) mark()
}

export function open() {
  if (!dialog) build()
  caret = area.selectionStart
  field.value = ''
  list.replaceChildren()
  options = []
  dialog.showModal()
  load()
}

export async function press(button) {
  try {
    const script = (await find(button.textContent.trim())).find(each => each.script === button.value)
    if (script) insert(script)
    else area.form.requestSubmit(button)
  } catch { area.form.requestSubmit(button) }
}
