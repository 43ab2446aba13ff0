// What each key does, in a dialog over the page that is shown, and what people like in their browser: single keys, compact lists. The
// words are those of the page "Keys", which is asked for them. Fetched when it is first needed, see keys.js.

import { $, keysOff, make, recall, remember, setDensity, tr } from '/assets/desk.js'

// The two boxes say what this browser remembers.
export function fit(where) {
  const keys = $('#keys-on', where), compact = $('#compact', where)
  keys.checked = !keysOff()
  compact.checked = recall(localStorage, 'density') === 'compact'
  keys.onchange = () => remember(localStorage, 'keys', keys.checked ? null : 'off')
  compact.onchange = () => { remember(localStorage, 'density', compact.checked ? 'compact' : null); setDensity() }
}

async function fetchDialog() {
  const answer = await fetch('/keys')
  if (answer.redirected || !answer.ok) throw new Error('no keys')
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const close = make('form', { method: 'dialog' }, make('button', { className: 'first', textContent: tr('Close') }))
  const dialog = make('dialog', {}, make('h2', { id: 'keys-title', tabIndex: -1, autofocus: true, textContent: $('h1', page).textContent }), $('#key-list', page), close)
  dialog.setAttribute('aria-labelledby', 'keys-title')
  document.body.append(dialog)
  return dialog
}

let asked = null
export async function open() {
  if ($('dialog[open], main #key-list')) return
  asked ??= fetchDialog()
  const dialog = await asked.catch(problem => { asked = null; throw problem })
  fit(dialog)
  if (!dialog.open) dialog.showModal()
}
