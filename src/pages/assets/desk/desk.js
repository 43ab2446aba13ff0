// The desk at work: times, drafts, files, the coach's place, news.

document.documentElement.classList.add('live')

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
      area.closest('details')?.setAttribute('open', '')
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
  }
  for (const form of all('form', composer)) {
    form.addEventListener('submit', event => {
      const areas = all('textarea', form)
      if (event.submitter?.hasAttribute('formaction')) return areas.forEach(area => remember(sessionStorage, draftKey(area), null)) // thrown away
      if (tooLarge(form)) return event.preventDefault()
      if (form.dataset.sent) { // pressed twice
        say('It is being sent.')
        return event.preventDefault()
      }
      form.dataset.sent = 'yes'
      areas.forEach(area => keepDraft(area, { sentAfter: ours() }))
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

/* The coach: after a pause in writing the server is asked for hints on the draft; they never stand in the way of sending */

const reply = $('#reply'), replyText = $('#reply-text')
let coachTimer = 0, coachAsk = null
const coachPart = () => $('#coach')

// Whoever shows steps of a protocol marks each with data-step; those that the draft meets are ticked.
function tickSteps(met) {
  for (const step of all('[data-step]', composer)) {
    const isMet = met.includes(step.dataset.step)
    step.classList.toggle('met', isMet)
    if (step.matches('[role=checkbox]')) step.setAttribute('aria-checked', String(isMet))
  }
}
async function askCoach(more = {}) {
  clearTimeout(coachTimer)
  coachAsk?.abort()
  coachAsk = new AbortController()
  const text = replyText.value, fields = new URLSearchParams({ csrf: $('[name=csrf]', reply).value, text, ...more })
  for (const passed of all('[name=passed]', coachPart())) fields.append('passed', passed.value)
  try {
    const answer = await fetch(`/conversations/${current()}/coach`, { method: 'POST', body: fields, headers: { 'X-Live': '1' }, signal: coachAsk.signal })
    if (answer.redirected || !answer.ok) throw new Error('no hints')
    const there = $('#coach', new DOMParser().parseFromString(await answer.text(), 'text/html'))
    if (!there || text !== replyText.value) return
    showHints(there, !more.live)
  } catch (problem) {
    if (problem.name === 'AbortError') return
    coachPart().replaceChildren()
    if (!more.live) say('The coach cannot be reached. Your answer can be sent as it is.')
  }
}
function showHints(there, wasAsked) {
  const here = coachPart(), before = all('.hint', here).length, hints = all('.hint', there).length, hadFocus = here.contains(document.activeElement)
  tickSteps((there.dataset.steps ?? '').split(' '))
  if (here.innerHTML !== there.innerHTML) here.replaceWith(there)
  if (hadFocus) replyText.focus()
  if (wasAsked || (hints && !before)) say(hints ? `${hints} ${hints === 1 ? 'hint' : 'hints'} on your draft.` : 'There is nothing to add to your draft.')
}
function putIn(hint) {
  const bytes = new TextEncoder().encode(replyText.value), upTo = end => new TextDecoder().decode(bytes.subarray(0, end)).length
  replyText.focus()
  replyText.setSelectionRange(upTo(Number(hint.dataset.start)), upTo(Number(hint.dataset.end)))
  if (!document.execCommand('insertText', false, hint.dataset.insert)) { // so that the browser's own undo takes it back
    replyText.setRangeText(hint.dataset.insert, replyText.selectionStart, replyText.selectionEnd, 'end')
    replyText.dispatchEvent(new Event('input'))
  }
  askCoach({ live: 'yes' })
}
if (coachPart() && replyText) {
  replyText.addEventListener('input', () => {
    clearTimeout(coachTimer)
    coachTimer = setTimeout(() => askCoach({ live: 'yes' }), 700)
  })
  reply.addEventListener('click', event => {
    const button = event.target.closest('#check-draft, .hint button')
    if (!button) return
    event.preventDefault()
    if (button.name === 'put') putIn(button.closest('.hint'))
    else askCoach(button.name === 'pass' ? { live: 'yes', pass: button.value } : {})
  })
  replyText.addEventListener('keydown', event => {
    const hint = $('.hint', coachPart())
    if (event.key !== '.' || !event.altKey || event.ctrlKey || event.metaKey || !hint) return
    event.preventDefault()
    putIn(hint)
  })
  if (replyText.value.trim()) askCoach({ live: 'yes' })
}

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

// A form that somebody has begun to fill in, its token and other hidden fields aside.
const isFilled = here => all('input:not([type=hidden]), textarea', here).some(field => field.value !== field.defaultValue)

function swap(selector, page) {
  const here = $(selector), there = $(selector, page)
  if (!here || !there || here.innerHTML === there.innerHTML || isFilled(here)) return
  const focused = here.contains(document.activeElement) ? document.activeElement.id : ''
  const top = here.scrollTop, open = all('details', here).map(details => details.open)
  const typed = all('textarea[id]', here).filter(area => area.value !== area.defaultValue).map(area => [area.id, area.value, area.selectionStart])
  here.replaceChildren(...there.childNodes)
  here.scrollTop = top
  all('details', here).forEach((details, at) => { if (open[at]) details.open = true })
  for (const [id, text, caret] of typed) {
    const area = document.getElementById(id)
    if (!area) continue
    area.value = text
    area.setSelectionRange(caret, caret)
  }
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
      if (!item.classList.contains('mine') && !item.classList.contains('remedy')) arrived = item
    } else if (here.dataset.state !== item.dataset.state && !isFilled(here)) here.replaceWith(item)
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
  say(button.value === 'back' ? 'Your word was taken back.' : 'The reading is as you say.')
})

// Scripts: a press on one, and "/" at the beginning of a line. What they need is fetched when it is needed.
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

// Only when another protocol is at hand: its steps are ticked here, and the server knows nothing of that.
function updateCard(page) {
  const here = $('#card'), there = $('#card', page)
  if (!here || !there || here.dataset.protocol === there.dataset.protocol) return
  here.dataset.protocol = there.dataset.protocol
  swap('#card', page)
  $('#reply-text')?.dispatchEvent(new Event('input', { bubbles: true }))
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
    tellOfNews()
    swap('#rows', page)
    swap('[data-refresh]', page)
    if (current()) {
      updateMessages(page)
      swap('#thread-header', page)
      updateCard(page)
      if (!isFilledIn('#context')) swap('#context', page)
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
  stream.addEventListener('index', () => { if ($('[data-index]')) refreshSoon() }) // what search knows, a moment after the change itself
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

$('#search[data-suggest]')?.addEventListener('focus', ({ target }) => import(target.dataset.suggest).then(module => module.suggest()), { once: true })

/* The newest message is in view when a conversation opens without saying where */

if ($('#latest') && !location.hash) $('#latest').scrollIntoView()
