// A list to choose from with the keyboard: a field to type a part of a name, and below it what fits. Scripts ("/" in the composer) and
// the command bar (Ctrl-K) are such lists.
//
//   const list = pickList({ label, things, hint, find, choose, close, key })
//   list.open()
// `label` names the field ("Find a script"), `things` what is listed. `find(words)` gives options, or a promise of them: { title, what, note, … }; `choose(option)` runs after the list is closed;
// `close()` runs whenever it closes; `key(event, list)` may take a key of its own and returns whether it did.

import { tr } from '/assets/desk.js'

let made = 0

function part(name, text) {
  const span = document.createElement('span')
  span.className = name
  span.textContent = text
  return span
}

export function pickList({ label, things, hint, find, choose, close = () => {}, key = () => false }) {
  const id = `pick-${++made}`
  let options = [], at = 0, asked = 0

  const dialog = document.createElement('dialog')
  dialog.className = 'pick'
  dialog.setAttribute('aria-label', things)
  const field = document.createElement('input')
  Object.assign(field, { type: 'text', autocomplete: 'off', spellcheck: false, placeholder: hint })
  const roles = { role: 'combobox', 'aria-label': label, 'aria-expanded': 'true', 'aria-controls': id, 'aria-autocomplete': 'list' }
  for (const [name, value] of Object.entries(roles)) field.setAttribute(name, value)
  const list = document.createElement('div')
  list.id = id
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', things)
  dialog.append(field, list)
  document.body.append(dialog)

  function mark() {
    options.forEach((option, index) => list.children[index].setAttribute('aria-selected', index === at))
    if (!options.length) return field.removeAttribute('aria-activedescendant')
    field.setAttribute('aria-activedescendant', `${id}-${at}`)
    list.children[at].scrollIntoView({ block: 'nearest' })
  }

  function take(index) {
    const option = options[index]
    if (!option) return
    dialog.close()
    choose(option)
  }

  function row(option, index) {
    const item = document.createElement('div')
    item.id = `${id}-${index}`
    item.setAttribute('role', 'option')
    const title = part('line', option.title)
    if (option.note) title.append(part('faint', option.note))
    item.append(title)
    if (option.what) item.append(part('what cut', option.what))
    item.addEventListener('click', () => take(index))
    return item
  }

  function show(found) {
    options = found
    at = 0
    list.replaceChildren(...found.map(row))
    if (!found.length) list.append(Object.assign(part('none', tr('Nothing fits. A part of a word is enough.')), { role: 'option' }))
    mark()
  }

  async function load() {
    const mine = ++asked
    try {
      const found = await find(field.value.trim())
      if (mine === asked && dialog.open) show(found)
    } catch (problem) {
      if (mine === asked) list.replaceChildren(part('none', problem.message))
    }
  }

  field.addEventListener('input', load)
  field.addEventListener('keydown', event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && options.length) at = (at + step + options.length) % options.length
    else if (event.key === 'Enter' && !event.isComposing) take(at)
    else if (!key(event, self)) return
    event.preventDefault()
    if (step) mark()
  })
  dialog.addEventListener('close', close)
  dialog.addEventListener('click', event => { if (event.target === dialog) dialog.close() })

  const self = {
    open() {
      if (dialog.open) return
      field.value = ''
      list.replaceChildren()
      options = []
      dialog.showModal()
      load()
    },
    close: () => dialog.close(),
    get words() { return field.value },
  }
  return self
}
