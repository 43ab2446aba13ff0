// "@" in a note: the names of those who work here, narrowed by typing, chosen with arrows and Enter. What is put in is plain text, so
// a name may as well be written by hand. Fetched when an "@" is first typed, see composer.js.

import { $, make, say, tr, tr_n } from '/assets/desk.js'

const area = $('#note-text')
const fold = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
let people = null, list = null, found = [], at = 0

// What is being named: the words between the last "@" and the caret, two at most.
const asked = () => /(?:^|[\s(])@((?:[\p{L}\p{M}'.-]+ ?){0,2})$/u.exec(area.value.slice(0, area.selectionStart))?.[1]

function close() {
  list?.remove()
  list = null
  area.removeAttribute('aria-activedescendant')
  area.removeAttribute('aria-controls')
}

function mark() {
  found.forEach((_, index) => list.children[index].setAttribute('aria-selected', index === at))
  area.setAttribute('aria-activedescendant', `mention-${at}`)
  list.children[at].scrollIntoView({ block: 'nearest' })
}

function choose(index) {
  const written = asked(), from = area.selectionStart - written.length
  area.setSelectionRange(from, area.selectionStart)
  if (!document.execCommand('insertText', false, `${found[index]} `)) area.setRangeText(`${found[index]} `, from, area.selectionEnd, 'end')
  close()
  area.focus()
  area.dispatchEvent(new Event('input', { bubbles: true }))
}

function show(written) {
  found = people.filter(name => fold(name).split(/\s+/).some((_, word, words) => words.slice(word).join(' ').startsWith(fold(written).trimEnd()))).slice(0, 8)
  const isWhole = found.some(name => fold(name) === fold(written).trimEnd()) && written.endsWith(' ')
  if (!found.length || isWhole) return close()
  at = 0
  if (!list) {
    list = make('ul', { className: 'mentions', id: 'mentions' })
    list.setAttribute('role', 'listbox')
    list.setAttribute('aria-label', tr('Colleagues'))
    area.after(list)
    area.setAttribute('aria-controls', 'mentions')
    say(tr_n('{} name fits. Arrow keys choose, Enter puts it in.', '{} names fit. Arrow keys choose, Enter puts one in.', found.length))
  }
  list.replaceChildren(...found.map((name, index) => {
    const item = make('li', { id: `mention-${index}`, textContent: name, onpointerdown: event => { event.preventDefault(); choose(index) } })
    item.setAttribute('role', 'option')
    return item
  }))
  mark()
}

export async function look() {
  try {
    people ??= (await (await fetch('/colleagues', { headers: { Accept: 'application/json' } })).json()).people
  } catch { return } // a name can be written by hand
  const written = asked()
  if (written === undefined) close()
  else show(written)
}

area.addEventListener('keydown', event => {
  if (!list || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step) { at = (at + step + found.length) % found.length; mark() }
  else if (event.key === 'Enter' || event.key === 'Tab') choose(at)
  else if (event.key === 'Escape') close()
  else return
  event.preventDefault()
  event.stopPropagation()
}, true)
area.addEventListener('blur', close)
area.addEventListener('click', () => look())
