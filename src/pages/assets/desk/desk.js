// The desk at work: times, news. Writing is in composer.js, which comes a little later.

document.documentElement.classList.add('live')

/* Times: the same words as the server's (moment.c, clock.c) */

const units = [
  [36e5, 6e4, n => tr_n('{} min', '{} min', n), n => tr_n('{} min ago', '{} min ago', n)],
  [864e5, 36e5, n => tr_n('{} h', '{} h', n), n => tr_n('{} h ago', '{} h ago', n)],
  [14 * 864e5, 864e5, n => tr_n('{} day', '{} days', n), n => tr_n('{} day ago', '{} days ago', n)],
  [730 * 864e5, 7 * 864e5, n => tr_n('{} week', '{} weeks', n), n => tr_n('{} week ago', '{} weeks ago', n)],
  [Infinity, 365 * 864e5, n => tr_n('{} year', '{} years', n), n => tr_n('{} year ago', '{} years ago', n)]]
function spanWords(span, form) {
  if (span < 6e4) return form === 'ago' ? tr('just now') : tr('a moment')
  const [, unit, plain, ago] = units.find(([below]) => span < below)
  return (form === 'ago' ? ago : plain)(Math.floor(span / unit))
}
function refreshTimes() {
  for (const time of all('.wait > time, time[data-form]')) {
    const words = spanWords(Date.now() - Date.parse(time.dateTime), time.dataset.form)
    if (time.textContent !== words) time.textContent = words
  }
}
setInterval(refreshTimes, 30e3)

/* Writing: its script comes with the first stir of a hand, so that it is there before anybody is at the composer; at once where something
   stands in it; and when the page is looked at again, since a draft may have grown elsewhere */

const composer = $('#composer')
let writing = null
const startWriting = () => (writing ??= import(composer.dataset.script).catch(() => { writing = null }))
const isBegun = () => $('.chosen', composer) || all('textarea', composer).some(area => area.value || recall(sessionStorage, draftKey(area)))
if (composer) {
  for (const kind of ['pointermove', 'pointerdown', 'keydown', 'dragover']) addEventListener(kind, startWriting, { once: true, passive: true })
  composer.addEventListener('focusin', startWriting)
  document.addEventListener('visibilitychange', () => { if (!document.hidden) startWriting().then(module => module?.renew()) })
  if (isBegun()) startWriting()
}

/* Scripts: a press on one, and "/" at the beginning of a line. What they need is fetched when it is needed */

const scripts = () => import($('#card').dataset.script)
composer?.addEventListener('click', event => {
  const button = event.target.closest('#card button[name=script]')
  if (!button) return
  event.preventDefault()
  scripts().then(module => module.press(button), () => button.form.requestSubmit(button))
})
composer?.addEventListener('keydown', event => {
  const area = event.target
  if (event.key !== '/' || area.id !== 'reply-text' || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !$('#card')) return
  if (!/(^|\n)$/.test(area.value.slice(0, area.selectionStart))) return
  event.preventDefault()
  scripts().then(module => module.open(), () => area.setRangeText('/', area.selectionStart, area.selectionEnd, 'end'))
})

/* An answer that is held back: the seconds that are left to take it back */

const heldUntil = new WeakMap() // by our own clock, which may differ from the server's
function countDown() {
  for (const form of all('.delivery.held')) {
    if (!heldUntil.has(form)) heldUntil.set(form, performance.now() + Number($('.seconds', form).textContent) * 1000)
    const left = Math.ceil((heldUntil.get(form) - performance.now()) / 1000)
    if (left > 0) $('.seconds', form).textContent = left
    else if (form.dataset.over !== 'yes') {
      form.dataset.over = 'yes'
      $('span', form).textContent = tr('Sending now')
      $('button', form).remove()
    }
  }
}
setInterval(countDown, 500)

/* Live: the page is fetched again and its parts are put in place; what is being written, scrolled and focused stays */

// A form that somebody has begun to fill in, its token and other hidden fields aside.
const isFilled = here => all('input:not([type=hidden]), textarea', here).some(field => field.value !== field.defaultValue)

// Beside the boxes that choose.js puts into rows.
const inside = part => part.innerHTML.replace(/<label class="choose-row">.*?<\/label>/g, '')

// How to find it again when it was made anew: by its id, or where it leads.
function nameOf(element) {
  const href = element.getAttribute('href')
  return element.id ? `#${CSS.escape(element.id)}` : href ? `a[href="${CSS.escape(href)}"]` : ''
}

function swap(selector, page) {
  const here = $(selector), there = $(selector, page)
  if (!here || !there || inside(here) === inside(there) || isFilled(here)) return
  const focused = here.contains(document.activeElement) ? nameOf(document.activeElement) : '', fold = all('summary', here).indexOf(document.activeElement)
  const scrolled = () => [here, here.firstElementChild]
  const tops = scrolled().map(part => part?.scrollTop), open = all('details', here).map(details => details.open)
  const typed = all('textarea[id]', here).filter(area => area.value !== area.defaultValue).map(area => [area.id, area.value, area.selectionStart])
  here.replaceChildren(...there.childNodes)
  all('details', here).forEach((details, at) => { if (open[at]) details.open = true })
  scrolled().forEach((part, at) => { if (tops[at]) part.scrollTop = tops[at] })
  for (const [id, text, caret] of typed) {
    const area = document.getElementById(id)
    if (!area) continue
    area.value = text
    area.setSelectionRange(caret, caret)
  }
  const again = fold < 0 ? focused && here.querySelector(focused) : all('summary', here)[fold]
  again?.focus?.({ preventScroll: true })
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
      if (!item.classList.contains('mine') && !item.classList.contains('remedy')) arrived = item
    } else if (here.dataset.state !== item.dataset.state && !isFilled(here)) here.replaceWith(item)
  }
  all('#latest').slice(0, -1).forEach(mark => mark.remove())
  if (!arrived) { // while somebody has not looked at what came before, the send must still stop
    if ($('#arrived')?.hidden !== false || !isWriting()) acceptNewest(page)
    return
  }
  say(tr('A new message arrived in conversation {1}.', current()))
  if (!isWriting()) acceptNewest(page)
  const notice = $('#arrived')
  if (!notice) return
  const who = $('.by h2 bdi', arrived)?.textContent
  if (who) $('b', notice).textContent = tr('{1} wrote just now.', who)
  notice.hidden = false
  $('#show-arrived').onclick = () => { notice.hidden = true; acceptNewest(page) }
}

// What somebody is filling in is not taken from under their hands.
const isFilledIn = selector => all('input, textarea, select', $(selector)).some(field =>
  field.type === 'checkbox' || field.type === 'radio' ? field.checked !== field.defaultChecked
    : field.localName === 'select' ? field.selectedIndex !== Math.max([...field.options].findIndex(option => option.defaultSelected), 0)
      : field.value !== field.defaultValue)

/* A judgement of a reading: its message and what hangs on it are put in place; without an answer the browser sends it the plain way */

addEventListener('submit', async event => {
  const form = event.target, here = form.closest('.message'), button = event.submitter
  if (!form.closest('.reading') || !button || form.dataset.plain) return
  event.preventDefault()
  const body = new URLSearchParams(new FormData(form, button))
  const answer = await fetch(form.action, { method: 'POST', body }).catch(() => null)
  const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html') : null
  const there = page?.getElementById(here.id)
  if (!there) {
    form.dataset.plain = 'yes'
    return form.requestSubmit(button)
  }
  all('details', there).forEach(details => { details.open = $(`details.${details.className}`, here)?.open ?? details.open })
  here.replaceWith(there)
  for (const part of ['#rail', '#rows', '#thread-header', '#context']) swap(part, page)
  refreshTimes()
  const again = $(`.judge button[value="${button.value}"]`, there)
  ;(again?.checkVisibility() ? again : $('.said-so button, .judge summary', there))?.focus({ preventScroll: true })
  say(button.value === 'back' ? tr('Your word was taken back.') : tr('The reading is as you say.'))
})

// Only when another protocol is at hand: its steps are ticked here, and the server knows nothing of that.
function updateCard(page) {
  const here = $('#card'), there = $('#card', page)
  if (!here || !there || here.dataset.protocol === there.dataset.protocol) return
  here.dataset.protocol = there.dataset.protocol
  swap('#card', page)
  $('#reply-text')?.dispatchEvent(new Event('input', { bubbles: true }))
}

let fetching = false, again = false, timer = 0, due = 0, refreshedAt = 0
async function refresh() {
  if (fetching) { again = true; return }
  fetching = true
  refreshedAt = Date.now()
  try {
    const answer = await fetch(location.pathname + location.search, { headers: { 'X-Live': '1' } })
    if (answer.redirected && !isWriting()) return location.reload() // signed out: the sign-in page leads back here
    if (isSignIn(answer.url)) signedOut()
    if (answer.redirected || !answer.ok) return
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    signedIn(page)
    swap('#safety', page)
    swap('#rail', page)
    tellOfNews()
    swap('#list-title', page)
    swap('#rows', page)
    if (!isRefused('[data-refresh]')) swap('[data-refresh]', page)
    if (current()) {
      updateMessages(page)
      swap('#thread-header', page)
      swap('#others-write', page)
      updateCard(page)
      if (!isFilledIn('#context') && !isRefused('#context')) swap('#context', page)
    }
    refreshTimes()
  } catch { /* the stream says when the desk can be reached again */ } finally {
    fetching = false
    if (again) { again = false; refreshSoon() }
  }
}
// A hundred open desks must not ask in the same instant, nor each for every mail of a busy hour: what is about the conversation that is
// open comes at once, the list follows every few seconds.
const rest = 2500
function refreshSoon(isOurs = true) {
  if (document.hidden) return // asking for a conversation has seen what is told of it; it is asked for when somebody looks again
  const now = Date.now(), at = Math.max(now + 200 + Math.random() * 400, isOurs ? 0 : refreshedAt + rest + Math.random() * 1000)
  if (timer && due <= at) return
  clearTimeout(timer)
  due = at
  timer = setTimeout(() => { timer = 0; refresh() }, at - now)
}

// A browser keeps few connections to one server, so only the tab that is looked at holds one.
let stream = null
function connect() {
  const { live, search } = document.body.dataset
  stream = new EventSource(live + ($('[data-index]') ? `&index=${search}` : '') + (current() ? `&at=${current()}` : ''))
  const strip = $('#offline')
  let wasLost = false
  stream.addEventListener('conversation', event => refreshSoon(event.data === current()))
  stream.addEventListener('here', event => { if (hear(event.data)) refreshSoon() })
  stream.addEventListener('channel', () => { if ($('[data-channels]')) refreshSoon() })
  stream.addEventListener('mailroom', () => { if ($('#rail [href="/mailroom"]')) refreshSoon(false) })
  stream.addEventListener('index', () => { if ($('[data-index]')) refreshSoon() }) // what search knows, a moment after the change itself
  stream.addEventListener('resync', () => refreshSoon())
  stream.addEventListener('open', () => { forget(); strip.hidden = true; if (wasLost || $('[data-channels]')) refreshSoon(); wasLost = false })
  stream.addEventListener('error', event => {
    if (event.target !== stream) return
    wasLost = true
    setTimeout(() => { strip.hidden = !wasLost }, 4000)
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => { if (event.target === stream) { connect(); refreshSoon() } }, 5000)
  })
}
function disconnect() {
  stream?.close()
  stream = null
  clearTimeout(timer)
  timer = 0
}
if (document.body.dataset.live) {
  if (!document.hidden) connect()
  addEventListener('pagehide', disconnect)
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return disconnect()
    if (!stream) { connect(); refreshSoon() }
  })
  addEventListener('pageshow', event => { if (event.persisted && !stream) { connect(); refreshSoon() } })
}

$('#search[data-suggest]')?.addEventListener('focus', ({ target }) => import(target.dataset.suggest).then(module => module.suggest()), { once: true })

/* The newest message is in view when a conversation opens without saying where, and the end that was in view stays so when the composer
   grows */

if ($('#latest') && !location.hash) $('#latest').scrollIntoView()
const messages = $('#messages')
if (messages) {
  let height = messages.clientHeight
  new ResizeObserver(() => {
    const lost = height - messages.clientHeight, below = messages.scrollHeight - messages.scrollTop - height
    height = messages.clientHeight
    if (lost > 0 && below < 16) messages.scrollTop += lost
  }).observe(messages)
}
