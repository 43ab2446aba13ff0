// Keys do what buttons do, and nothing that no button does. Single keys can be switched off; those with Ctrl stay. What each one does is
// told by the page "Keys", which "?" opens over the one that is shown.

export const keysOff = () => recall(localStorage, 'keys') === 'off'

// Beside a conversation the next one opens, so that a key never means another one than the one that is read; in the list it gets the focus.
function moveInList(by) {
  const next = rowBeside(by)
  if (!next || next.hasAttribute('aria-current')) return
  if (current()) return next.click()
  next.focus()
  next.scrollIntoView({ block: 'nearest' })
}

const focusedRow = () => (rows().includes(document.activeElement) ? document.activeElement : null)

// In the list: what is chosen, or else the row with the focus. It can be undone there.
function pressForChosen(what) {
  const button = $(`#bulk-form [name=do][value=${what}]`), box = focusedRow()?.closest('.row').querySelector('input[type=checkbox]')
  if (current() || !button || (!chosen.size && !box)) return false
  if (!chosen.size) box.click()
  button.click()
  return true
}

function write(mode) {
  const choice = $(`#mode-${mode}`)
  if (!choice) return
  choice.checked = true
  const area = $(`#${mode}-text`)
  area.focus()
  area.setSelectionRange(area.value.length, area.value.length)
}

function toComplaint() {
  if (!$('#complaint')) return
  location.hash = '#complaint'
  $('#complaint').focus()
}

const press = selector => { const button = $(selector); button?.click(); return Boolean(button) }

const keys = {
  j: () => moveInList(1),
  k: () => moveInList(-1),
  o: () => (focusedRow() ?? (current() ? null : rows()[0]))?.click(),
  u: () => press('.to-list'),
  r: () => write('reply'),
  n: () => write('note'),
  e: () => pressForChosen('solve') || press('#verb-solve') || press('#verb-reopen'),
  m: () => pressForChosen('mine') || press('#verb-assign') || show('#assign-form'),
  a: () => show('#assign-form'),
  t: () => show('#tag-form'),
  p: () => show('#priority-form'),
  z: () => show('#snooze-form'),
  f: () => press('#follow'),
  x: () => {
    const row = (focusedRow() ?? $('#rows .row > a[aria-current]'))?.closest('.row')
    row?.querySelector('input[type=checkbox]')?.click()
  },
  c: () => { const make = $('#verb-complaint'); if (make) make.click(); else toComplaint() },
  i: () => togglePanel(),
  l: () => letGo(),
  '/': () => { const field = $('#search'); if (field) { field.focus(); field.select() } else location.assign('/search') },
  '?': () => help()?.then(module => module.open()).catch(() => say(tr('The desk cannot be reached.'))),
}

addEventListener('keydown', event => {
  const area = event.target.closest?.('textarea'), control = event.ctrlKey || event.metaKey
  const form = event.target.closest?.('textarea, #composer input')?.form // also from Cc
  if (control && event.key.toLowerCase() === 'k' && !event.altKey && !event.shiftKey && $('#rail')) {
    event.preventDefault()
    return import(document.body.dataset.command).then(module => module.open(), () => say(tr('The desk cannot be reached.')))
  }
  if (event.key === 'Enter' && control && form) {
    event.preventDefault()
    form.requestSubmit($('button.first', form))
  } else if (event.key === 'Escape' && area) area.blur()
  else if (event.key === 'Escape' && !event.defaultPrevented && !event.target.closest?.('dialog')) closeSheet()
  scrollThread(event)
  if (control || event.altKey || event.defaultPrevented) return
  if (event.target.closest?.('input:not([type=radio], [type=checkbox]), textarea, select, dialog, [contenteditable]')) return
  if (keysOff() || !Object.hasOwn(keys, event.key)) return
  event.preventDefault()
  keys[event.key]()
})

// Where nothing has the focus, the keys that scroll are about the thread; beside it the page itself does not move.
const scrolling = new Set(['PageUp', 'PageDown', 'Home', 'End', 'ArrowUp', 'ArrowDown', ' '])
function scrollThread(event) {
  if (scrolling.has(event.key) && document.activeElement === document.body && !event.defaultPrevented) $('#messages')?.focus({ preventScroll: true })
}

// The pad to let go is a script of its own, which no other one hears.
const letGo = () => import(document.body.dataset.letGo).then(module => module.open())

document.addEventListener('click', event => {
  if (event.target.closest?.('#open-keys') && !event.ctrlKey && !event.metaKey && !event.shiftKey) { // the rail is swapped, so not on the link
    event.preventDefault()
    keys['?']()
  }
  if (event.target.closest?.('[data-opens=let-go]')) letGo()
})

/* Help, and what each person likes in their browser */

function help() { const link = $('#open-keys'); return link ? import(link.dataset.script) : null }
if ($('#key-list')) help()?.then(module => module.fit(document)) // the page itself
export function setDensity() { document.documentElement.dataset.density = recall(localStorage, 'density') ?? '' }
setDensity()
