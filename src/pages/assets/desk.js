// What is live on the desk. Every task works without this file; with it the list and the thread follow what happens, drafts are
// kept in this tab until they are sent, times stay true, and keys do what buttons do. Nothing here is the only way to anything.

const $ = (selector, root = document) => root.querySelector(selector)
const all = (selector, root = document) => [...root.querySelectorAll(selector)]
document.documentElement.classList.add('live')

// Storage may be switched off; then nothing is remembered.
const remember = (store, key, value) => { try { value === null ? store.removeItem(key) : store.setItem(key, value) } catch { /* not remembered */ } }
const recall = (store, key) => { try { return store.getItem(key) } catch { return null } }

const current = () => $('main.conversation')?.dataset.number // of the conversation this page is about

/* Times: the same words as the server's (moment.c, clock.c) */

const units = [[36e5, 6e4, 'min', 'min'], [864e5, 36e5, 'h', 'h'], [14 * 864e5, 864e5, 'day', 'days'], [730 * 864e5, 7 * 864e5, 'week', 'weeks'],
  [Infinity, 365 * 864e5, 'year', 'years']]
function spanWords(span, form) {
  if (span < 6e4) return form === 'ago' ? 'just now' : 'a moment'
  const [, unit, one, many] = units.find(([below]) => span < below)
  const count = Math.floor(span / unit)
  return `${count} ${count === 1 ? one : many}${form === 'ago' ? ' ago' : ''}`
}
function refreshTimes() {
  for (const time of all('time[data-form]')) {
    const words = spanWords(Date.now() - Date.parse(time.dateTime), time.dataset.form)
    if (time.textContent !== words) time.textContent = words
  }
}
setInterval(refreshTimes, 30e3)

const say = text => { const status = $('#status'); if (status) status.textContent = text }

/* Drafts: kept for this tab until they are sent. A draft that was handed to the server is only forgotten when the page that comes
   back shows a newer message of ours, or has the text in its form again. */

const composer = $('#composer')
const ours = () => all('#message-list > .mine').at(-1)?.id ?? ''
const draftKey = area => `draft ${document.body.dataset.me} ${current()} ${area.id}` // the next person in this tab has drafts of their own

function restoreDraft(area) {
  const kept = JSON.parse(recall(sessionStorage, draftKey(area)) ?? 'null')
  if (!kept) return
  if (kept.sentAfter !== undefined && kept.sentAfter !== ours()) remember(sessionStorage, draftKey(area), null)
  else {
    if (!area.value) {
      area.value = kept.text
      if (area.id === 'note-text') $('#mode-note').checked = true
    }
    keepDraft(area) // it was not sent, so a later message of ours is no sign that it was
  }
}
function keepDraft(area, more = {}) {
  remember(sessionStorage, draftKey(area), area.value ? JSON.stringify({ text: area.value, ...more }) : null)
}
if (composer) {
  for (const area of all('textarea', composer)) {
    restoreDraft(area)
    area.addEventListener('input', () => keepDraft(area))
    area.form.addEventListener('submit', event => {
      if (event.submitter?.hasAttribute('formaction')) return remember(sessionStorage, draftKey(area), null) // thrown away
      if (tooLarge(area.form)) return event.preventDefault()
      if (area.form.dataset.sent) { // pressed twice
        say('It is being sent.')
        return event.preventDefault()
      }
      area.form.dataset.sent = 'yes'
      keepDraft(area, { sentAfter: ours() })
    })
  }
  const mayAgain = () => all('form', composer).forEach(form => delete form.dataset.sent)
  addEventListener('pageshow', mayAgain)
  globalThis.navigation?.addEventListener('navigateerror', mayAgain) // stopped on the way, or the desk was away
}

/* Files: what was chosen is listed with its size and can be taken out again; too much is said before it travels */

const sizeWords = bytes => bytes < 1e3 ? `${bytes} bytes` : bytes < 1e6 ? `${Math.round(bytes / 1e3)} KB` : `${(bytes / 1e6).toFixed(1)} MB`
function tooLarge(form) {
  const chosen = [...$('[type=file]', form).files].reduce((sum, file) => sum + file.size, 0), most = Number(form.dataset.most)
  $('.too-large', form)?.remove()
  if (chosen <= most) return false
  const words = document.createElement('p')
  words.className = 'too-large late'
  words.setAttribute('role', 'alert')
  words.textContent = `The files are ${sizeWords(chosen)} together; ${sizeWords(most)} can be sent. Take some out.`
  $('.actions', form).before(words)
  return true
}
function listFiles(input) {
  const form = input.form, files = [...input.files]
  const list = $('.chosen.here', form) ?? document.createElement('ul')
  list.className = 'chosen here'
  list.setAttribute('aria-label', 'Files you have chosen')
  list.replaceChildren(...files.map((file, at) => {
    const item = document.createElement('li'), name = document.createElement('span'), size = document.createElement('span'), remove = document.createElement('button')
    name.className = 'cut'
    name.dir = 'auto'
    name.textContent = file.name
    size.className = 'faint'
    size.textContent = sizeWords(file.size)
    remove.type = 'button'
    remove.className = 'quiet'
    remove.textContent = 'Remove'
    remove.setAttribute('aria-label', `Remove ${file.name}`)
    remove.onclick = () => {
      const rest = new DataTransfer()
      files.forEach((each, index) => { if (index !== at) rest.items.add(each) })
      input.files = rest.files
      listFiles(input)
      input.focus()
    }
    item.append(name, size, remove)
    return item
  }))
  if (files.length) $('.actions', form).before(list)
  else list.remove()
  tooLarge(form)
}
for (const input of all('[type=file]', composer ?? document.createElement('i'))) input.addEventListener('change', () => listFiles(input))

/* An answer that is held back: the seconds that are left to take it back */

const heldUntil = new WeakMap() // by our own clock, which may differ from the server's
function countDown() {
  for (const form of all('.delivery.held')) {
    if (!heldUntil.has(form)) heldUntil.set(form, performance.now() + Number($('.seconds', form).textContent) * 1000)
    const left = Math.ceil((heldUntil.get(form) - performance.now()) / 1000)
    if (left > 0) $('.seconds', form).textContent = left
    else if (form.dataset.over !== 'yes') {
      form.dataset.over = 'yes'
      $('span', form).textContent = 'Sending now'
      $('button', form).remove()
    }
  }
}
setInterval(countDown, 500)

/* Live: the page is fetched again and its parts are put in place; what is being written, scrolled and focused stays */

function swap(selector, page) {
  const here = $(selector), there = $(selector, page)
  if (!here || !there || here.innerHTML === there.innerHTML) return
  const focused = here.contains(document.activeElement) ? document.activeElement.id : ''
  const top = here.scrollTop, open = all('details', here).map(details => details.open)
  here.replaceChildren(...there.childNodes)
  here.scrollTop = top
  all('details', here).forEach((details, at) => { if (open[at]) details.open = true })
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true })
}

function isWriting() { return composer && all('textarea', composer).some(area => area.value.trim()) }

function acceptNewest(page) {
  for (const field of all('[name=seen]', composer ?? document)) field.value = $('[name=seen]', page)?.value ?? field.value
}

function updateMessages(page) {
  const list = $('#message-list')
  if (!list || new URLSearchParams(location.search).has('before')) return
  let arrived = null
  for (const here of all('#message-list > .from-agent')) // taken back
    if (!page.getElementById(here.id)) here.remove()
  for (const item of all('#message-list > li', page)) {
    const here = document.getElementById(item.id)
    if (!here) {
      list.append(item)
      item.classList.add('new')
      if (!item.classList.contains('mine')) arrived = item
    } else if (here.dataset.state !== item.dataset.state) here.replaceWith(item)
  }
  all('#latest').slice(0, -1).forEach(mark => mark.remove())
  if (!arrived) { // while somebody has not looked at what came before, the send must still stop
    if ($('#arrived')?.hidden !== false || !isWriting()) acceptNewest(page)
    return
  }
  say(`A new message arrived in conversation ${current()}.`)
  if (!isWriting()) acceptNewest(page)
  const notice = $('#arrived')
  if (!notice) return
  notice.hidden = false
  $('#show-arrived').onclick = () => { notice.hidden = true; acceptNewest(page) }
}

let fetching = false, again = false, timer = 0
async function refresh() {
  if (fetching) { again = true; return }
  fetching = true
  try {
    const answer = await fetch(location.pathname + location.search, { headers: { 'X-Live': '1' } })
    if (answer.redirected && !isWriting()) return location.reload() // signed out: the sign-in page leads back here
    if (answer.redirected || !answer.ok) return
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    swap('#rail', page)
    swap('#rows', page)
    swap('[data-refresh]', page)
    if (current()) {
      updateMessages(page)
      swap('#thread-header', page)
      swap('#context', page)
    }
    refreshTimes()
  } catch { /* the stream says when the desk can be reached again */ } finally {
    fetching = false
    if (again) { again = false; refreshSoon() }
  }
}
function refreshSoon() {
  clearTimeout(timer)
  timer = setTimeout(refresh, 200 + Math.random() * 400) // so that a hundred open desks do not ask in the same instant
}

// A browser keeps few connections to one server, so only the tab that is looked at holds one.
let stream = null
function connect() {
  stream = new EventSource(document.body.dataset.live)
  const strip = $('#offline')
  let wasLost = false
  stream.addEventListener('conversation', refreshSoon)
  stream.addEventListener('channel', () => { if ($('[data-channels]')) refreshSoon() })
  stream.addEventListener('resync', refreshSoon)
  stream.addEventListener('open', () => { strip.hidden = true; if (wasLost || $('[data-channels]')) refreshSoon(); wasLost = false })
  stream.addEventListener('error', event => {
    if (event.target !== stream) return
    wasLost = true
    setTimeout(() => { strip.hidden = !wasLost }, 4000)
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => { if (event.target === stream) { connect(); refreshSoon() } }, 5000)
  })
}
function disconnect() { stream?.close(); stream = null }
if (document.body.dataset.live) {
  if (!document.hidden) connect()
  addEventListener('pagehide', disconnect)
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return disconnect()
    if (!stream) { connect(); refreshSoon() }
  })
  addEventListener('pageshow', event => { if (event.persisted && !stream) { connect(); refreshSoon() } })
}

/* Keys */

const keysOff = () => recall(localStorage, 'keys') === 'off'
const rows = () => all('#rows .row > a')
function moveInList(by) {
  const list = rows()
  let at = list.indexOf(document.activeElement)
  if (at < 0) at = list.findIndex(row => row.hasAttribute('aria-current'))
  const next = list[Math.min(Math.max(at + by, 0), list.length - 1)]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}
function write(mode) {
  const choice = $(`#mode-${mode}`)
  if (!choice) return
  choice.checked = true
  const area = $(`#${mode}-text`)
  area.focus()
  area.setSelectionRange(area.value.length, area.value.length)
}
const keys = {
  j: () => moveInList(1),
  k: () => moveInList(-1),
  o: () => (rows().includes(document.activeElement) ? document.activeElement : current() ? null : rows()[0])?.click(),
  u: () => { const back = $('.to-list'); if (back) location.assign(back.href) },
  r: () => write('reply'),
  n: () => write('note'),
  e: () => $('#verb-solve')?.click(),
  '?': () => help(),
}

addEventListener('keydown', event => {
  const area = event.target.closest?.('textarea')
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && area) {
    event.preventDefault()
    area.form.requestSubmit($('button.first', area.form))
  } else if (event.key === 'Escape' && area) area.blur()
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
  if (event.target.closest?.('input:not([type=radio], [type=checkbox]), textarea, select, dialog, [contenteditable]')) return
  if (keysOff() || !Object.hasOwn(keys, event.key)) return
  event.preventDefault()
  keys[event.key]()
})

function help() {
  const dialog = $('#keys')
  if (!dialog || dialog.open) return
  $('#keys-on').checked = !keysOff()
  $('#compact').checked = recall(localStorage, 'density') === 'compact'
  dialog.showModal()
}
function setDensity() { document.documentElement.dataset.density = recall(localStorage, 'density') ?? '' }
setDensity()
$('#keys-on')?.addEventListener('change', event => remember(localStorage, 'keys', event.target.checked ? null : 'off'))
$('#compact')?.addEventListener('change', event => { remember(localStorage, 'density', event.target.checked ? 'compact' : null); setDensity() })
document.addEventListener('click', event => { if (event.target.closest?.('#open-keys')) help() }) // the rail is swapped, so not on the button

/* The newest message is in view when a conversation opens without saying where */

if ($('#latest') && !location.hash) $('#latest').scrollIntoView()
