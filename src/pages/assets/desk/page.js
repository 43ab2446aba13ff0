// What is live on the desk. Every task works without these files; with them the list and the thread follow what happens, times stay
// true, and keys do what buttons do. Nothing here is the only way to anything.
//
// The files of this folder are one module, joined while building; what is fetched when it is needed imports from it. This one holds
// what all of them share.

export const $ = (selector, root = document) => root.querySelector(selector)
export const all = (selector, root = document) => [...root.querySelectorAll(selector)]

// What the scripts say, in the page's language: its words are a module of their own, which English does not need. {1} is the first value.
const catalogue = document.documentElement.dataset.words ? await import(document.documentElement.dataset.words).catch(() => null) : null
const fill = (text, values) => text.replace(/\{(\d?)\}/g, (place, number) => values[Math.max(number - 1, 0)] ?? place)
export const tr = (text, ...values) => fill(catalogue?.default[text]?.[0] ?? text, values)
export const tr_n = (one, many, count, ...more) => fill(catalogue?.default[one]?.[catalogue.form(count)] ?? (count === 1 ? one : many), [count, ...more])

// Storage may be switched off; then nothing is remembered.
export const remember = (store, key, value) => { try { value === null ? store.removeItem(key) : store.setItem(key, value) } catch { /* not remembered */ } }
export const recall = (store, key) => { try { return store.getItem(key) } catch { return null } }

export const current = () => $('main.conversation')?.dataset.number // of the conversation this page is about
export const draftKey = area => `draft ${me()} ${current()} ${area.id}` // in this tab; the next person in it has drafts of their own
export const me = () => Number(document.body.dataset.me)
export const say = text => { const status = $('#status'); if (status) status.textContent = text } // to who listens and does not look

export function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties)
  element.append(...children)
  return element
}

/* The panel beside the thread folds where there is room for both; where there is none it is a sheet, and its link opens that. The
   server is told by a cookie, so that a page is whole when it first shows. */

const hasRoom = matchMedia('(min-width: 85rem)')
const isFolded = () => document.body.classList.contains('panel-folded')
function fold(folded) {
  document.body.classList.toggle('panel-folded', folded)
  document.cookie = `panel=${folded ? 'folded' : ''}; Path=/; SameSite=Lax; Max-Age=${folded ? 31536000 : 0}`
  $('.to-about')?.setAttribute('aria-expanded', String(!folded))
}
function openPanel() {
  if (!hasRoom.matches) location.hash = '#context'
  else if (isFolded()) fold(false)
}
export function togglePanel() {
  if (!$('#context')) return
  if (!hasRoom.matches) location.hash = location.hash === '#context' ? '#thread' : '#context'
  else {
    fold(!isFolded())
    say(isFolded() ? tr('The panel about the customer is folded.') : tr('The panel about the customer is open.'))
  }
}
export function closeSheet() {
  if (hasRoom.matches || !$('#context:is(:target, :has(:target))')) return
  location.hash = '#thread'
  $('.to-about')?.focus({ preventScroll: true })
}
document.addEventListener('click', event => {
  if (!event.target.closest?.('.to-about') || !hasRoom.matches) return
  event.preventDefault()
  togglePanel()
})

// Who sets the desk up is asked for its time zone; where they sit is the likeliest.
for (const zone of all('input[data-own-zone]')) zone.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone

/* A list of suggestions that cannot hold everything asks for what fits while one types; what it brought along stays. */
const brought = new WeakMap()
let asking = 0
document.addEventListener('input', async event => {
  const list = event.target.list, part = event.target.value?.trim()
  if (!list?.dataset.suggest || !part) return
  const turn = ++asking
  await new Promise(done => setTimeout(done, 150))
  if (turn !== asking) return
  const answer = await fetch(`${list.dataset.suggest}?part=${encodeURIComponent(part)}`).then(found => found.ok && !found.redirected ? found.text() : '', () => '')
  if (turn !== asking) return
  if (!brought.has(list)) brought.set(list, [...list.options].map(option => option.value))
  const values = new Set([...brought.get(list), ...answer.split('\n').filter(Boolean)])
  list.replaceChildren(...[...values].map(value => make('option', { value })))
})

// The first field of a form that may be folded away, or lie in the folded panel.
export function show(selector) {
  const form = $(selector)
  if (!form) return false
  for (let fold = form.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true
  if (form.closest('#context')) openPanel()
  const field = $('input:not([type=hidden]), select, textarea, button', form) ?? form
  field.focus()
  field.scrollIntoView({ block: 'nearest' })
  return true
}
