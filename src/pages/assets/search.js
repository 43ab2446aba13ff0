// Filters, suggested while one types: those whose beginning stands at the caret. Arrows choose, Enter or Tab takes. Without this the
// same filters are links below the box.

import { tr } from '/assets/desk.js'

const field = document.querySelector('#search')
const tokens = [...document.querySelectorAll('[data-token]')].map(link => ({ token: link.dataset.token, meaning: link.parentElement.querySelector('.soft').textContent }))
const states = tokens.find(({ token }) => token.startsWith('is:'))?.meaning.split(', ').map(word => ({ token: `is:${word}`, meaning: '' })) ?? []
const known = [...states, ...tokens.filter(({ token }) => !token.startsWith('is:'))]
const list = document.createElement('ul')
list.id = 'search-suggestions'
list.role = 'listbox'
list.hidden = true
list.setAttribute('aria-label', tr('Filters'))
field.after(list)
field.setAttribute('role', 'combobox')
field.setAttribute('aria-controls', list.id)
field.setAttribute('aria-expanded', 'false')
field.setAttribute('aria-autocomplete', 'list')
let chosen = -1

function place() { // of the word at the caret
  const end = field.selectionStart, start = field.value.lastIndexOf(' ', end - 1) + 1
  return { start, end, word: field.value.slice(start, end).replace(/^-/, '') }
}
function hide() {
  list.hidden = true
  chosen = -1
  field.setAttribute('aria-expanded', 'false')
  field.removeAttribute('aria-activedescendant')
}
function take(option) {
  const { end, word } = place(), token = option.dataset.take, keeps = known.find(each => each.token === token && !each.meaning)
  field.setRangeText(keeps ? `${token} ` : token.slice(0, token.indexOf(':') + 1), end - word.length, end, 'end')
  hide()
  field.focus()
}
function choose(by) {
  const options = [...list.children]
  chosen = (chosen + by + options.length) % options.length
  options.forEach((option, at) => option.setAttribute('aria-selected', String(at === chosen)))
  field.setAttribute('aria-activedescendant', options[chosen].id)
}
export function suggest() {
  const { word } = place()
  const fitting = word ? known.filter(({ token }) => token.startsWith(word.toLowerCase()) && token !== word).slice(0, 8) : []
  if (!fitting.length) return hide()
  list.replaceChildren(...fitting.map(({ token, meaning }, at) => {
    const option = document.createElement('li'), name = document.createElement('code')
    option.id = `suggestion-${at}`
    option.role = 'option'
    option.dataset.take = token
    option.setAttribute('aria-selected', 'false')
    name.textContent = meaning ? token.slice(0, token.indexOf(':') + 1) : token
    option.append(name, meaning ? ` ${meaning}` : '')
    option.onpointerdown = event => { event.preventDefault(); take(option) }
    return option
  }))
  chosen = -1
  list.hidden = false
  field.setAttribute('aria-expanded', 'true')
}
field.addEventListener('input', suggest)
field.addEventListener('blur', hide)
field.addEventListener('keydown', event => {
  if (list.hidden) return
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') choose(event.key === 'ArrowDown' ? 1 : -1)
  else if (event.key === 'Tab' && !event.shiftKey) take(list.children[Math.max(chosen, 0)])
  else if (event.key === 'Enter' && chosen >= 0) take(list.children[chosen])
  else if (event.key === 'Escape') hide()
  else return
  event.preventDefault()
})
