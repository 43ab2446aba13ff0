/* Several at once: the bar shows while something is chosen, shift chooses a range, and what is chosen stays so when the list is put in
   place anew, and in this tab while one looks into a conversation and comes back */

const chosen = new Set()
let lastChosen = null // where a range begins
const boxes = () => all('.choose-row input')

// Who works with keys chooses with x, so that Tab goes from row to row; who switched them off finds the boxes by Tab.
function addBoxes() {
  if (!$('#bulk-form')) return
  for (const row of all('#rows .row:not(:has(.choose-row))')) {
    const number = $('a', row).id.replace('row-', ''), label = document.createElement('label'), box = document.createElement('input')
    Object.assign(box, { type: 'checkbox', name: 'chosen', value: number, tabIndex: keysOff() ? 0 : -1, ariaLabel: tr('Choose #{1}', number) })
    box.setAttribute('form', 'bulk-form')
    label.className = 'choose-row'
    label.append(box)
    row.prepend(label)
  }
}

// Of each page of a view, and of a search.
const chosenIn = view => `chosen ${me()} ${view} `
const chosenHere = () => chosenIn($('#bulk-form [name=view]').value) + listName()
const keepChosen = () => { if ($('#bulk-form')) remember(sessionStorage, chosenHere(), chosen.size ? [...chosen].join(' ') : null) }
function findChosen() {
  const kept = $('#bulk-form') ? recall(sessionStorage, chosenHere())?.split(' ') : null
  for (const box of boxes()) if (kept?.includes(box.value)) chosen.add(box.value)
}

function showChosen() {
  const bar = $('#bulk-form'), count = chosen.size
  addBoxes()
  boxes().forEach(box => { box.checked = chosen.has(box.value) })
  if (!bar) return
  bar.classList.toggle('shown', count > 0)
  $('#chosen-count').textContent = tr_n('{} chosen', '{} chosen', count)
}

function choose(box, isRange) {
  const list = boxes(), from = list.findIndex(each => each.value === lastChosen), to = list.indexOf(box)
  const among = isRange && from >= 0 ? list.slice(Math.min(from, to), Math.max(from, to) + 1) : [box]
  for (const each of among) box.checked ? chosen.add(each.value) : chosen.delete(each.value)
  lastChosen = box.value
  keepChosen()
  showChosen()
}

document.addEventListener('click', event => {
  const box = event.target.closest?.('.choose-row input')
  if (box) choose(box, event.shiftKey)
  if (event.target.closest?.('#choose-none')) { chosen.clear(); keepChosen(); showChosen() }
})

// Something is done to them, here or on the page that shows all that can be done.
addEventListener('submit', ({ target, submitter }) => {
  if ((submitter?.getAttribute('formaction') ?? target.getAttribute('action')) !== '/bulk') return
  let keys = []
  try { keys = Object.keys(sessionStorage) } catch { /* nothing is kept */ }
  for (const key of keys) if (key.startsWith(chosenIn(target.elements.view.value))) remember(sessionStorage, key, null)
})

const listed = $('#rows')
if (listed) {
  addBoxes()
  boxes().filter(box => box.checked).forEach(box => chosen.add(box.value)) // a page that the browser brought back
  findChosen()
  new MutationObserver(() => {
    addBoxes()
    const there = new Set(boxes().map(box => box.value)), gone = [...chosen].filter(number => !there.has(number))
    gone.forEach(number => chosen.delete(number))
    if (gone.length) keepChosen()
    showChosen()
  }).observe(listed, { childList: true })
  addEventListener('pageshow', event => { if (event.persisted) { chosen.clear(); findChosen(); showChosen() } })
  showChosen()
}

// What was changed in the panel leads back to it, and the thread beside it still begins at the newest.
if (location.hash === '#work') $('#latest')?.scrollIntoView()
