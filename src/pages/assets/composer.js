// The composer. Without this file its forms carry everything; with it what is written is saved at each pause, files travel while one
// writes, a preview is one key away, and the way an answer was sent last is the one at hand.
//
// Where a text is: the desk keeps the draft; what the desk has not confirmed stands in this tab too, so that nothing is lost when the
// desk is away. Every saving names the version that it continues. The desk keeps both when somebody went on elsewhere.

import { $, all, askAnew, current, draftKey, isSignIn, make, recall, remember, say, signedOut, tr, tr_n } from '/assets/desk.js'

const composer = $('#composer')
const path = `/conversations/${current()}`
const writer = `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 12)}` // this open page
const pause = 800

const token = () => $('[name=csrf]', composer).value
const ours = () => all('#message-list > .mine').at(-1)?.id ?? ''
const post = (address, fields, more = {}) => fetch(`${path}${address}`, { method: 'POST', body: new URLSearchParams({ csrf: token(), ...fields }), ...more })
async function ask(address, fields, more) {
  const answer = await post(address, fields, more)
  if (isSignIn(answer.url)) signedOut()
  if (answer.status === 403) askAnew() // the form is of a session that ended
  if (answer.redirected || !answer.ok) throw new Error(tr('The desk cannot be reached.'))
  return answer
}

const isBack = document.referrer && isSignIn(document.referrer) // whoever was signed out meanwhile

/* Drafts: the text, whom it goes to besides, and what it offers */

const parts = ['text', 'cc', 'bcc', 'options', 'answers'] // fields of the form, as the desk names them
const partsOf = form => Object.fromEntries(parts.map(name => [name, form.elements[name]?.value ?? '']))
const asServed = field => field?.defaultValue ?? [...field ?? []].find(choice => choice.defaultChecked)?.value ?? ''
function putParts(form, values) {
  for (const name of parts) if (form.elements[name] && values[name] !== undefined) form.elements[name].value = values[name]
  for (const name of ['cc', 'options']) if (values[name]?.trim()) form.elements[name]?.closest('details').setAttribute('open', '')
}

function keepDraft(form) {
  const area = $('[name=text]', form), words = $('.saved', form)
  const key = draftKey(area)
  function fields() { // who is ticked stands in Cc when the page comes again
    const values = partsOf(form), also = all('[name=also]:checked', form).map(box => box.value)
    return { ...values, cc: [values.cc, ...also].filter(each => each.trim()).join(', ') }
  }
  const state = () => JSON.stringify(fields())
  const isBlank = ({ text, cc, bcc, options, answers }) => !(text + cc + bcc + options).trim() && (!answers || answers === 'choice')
  let known = JSON.stringify(Object.fromEntries(parts.map(name => [name, asServed(form.elements[name])])))
  let timer = 0, saving = null, stop = null, isMeant = false, isLeaving = false
  form.elements.writer.value = writer

  const keepHere = (more = {}) => remember(sessionStorage, key, isBlank(fields()) ? null : JSON.stringify({ ...fields(), base: form.elements.base.value, ...more }))
  const forgetHere = () => remember(sessionStorage, key, null)
  function tell(text) {
    words.hidden = !text
    words.textContent = text
  }
  function mayDiscard(is) {
    const button = $('.discard', form)
    if (button) button.hidden = !is
  }
  const asked = () => ({ kind: form.id, base: form.elements.base.value, writer, seen: form.elements.seen.value, ...fields(), ...(isMeant ? { meant: 'yes' } : {}) })

  // Of this tab, when the desk never confirmed it. Text that was handed over to be sent is done with when a newer message of ours shows;
  // what travelled with another button, unless nobody was signed in any more.
  function restore() {
    const kept = JSON.parse(recall(sessionStorage, key) ?? 'null')
    if (!kept) return
    const isSent = kept.sentAfter !== undefined && kept.sentAfter !== ours(), hasTravelled = kept.travels && !isBack
    if (isSent || hasTravelled || parts.every(name => (kept[name] ?? '').trim() === partsOf(form)[name].trim())) return forgetHere()
    putParts(form, kept)
    form.elements.base.value = kept.base ?? 0
    if (form.id === 'note') $('#mode-note').checked = true
    keepHere() // it was not sent, so a later message of ours is no sign that it was
    area.dispatchEvent(new Event('input', { bubbles: true }))
  }

  async function saveNow() {
    const now = state()
    stop = new AbortController()
    try {
      const said = await (await ask('/draft', asked(), { signal: stop.signal })).json()
      if (isLeaving) return
      if (said.gone) { // it was sent or discarded elsewhere; what stands here was written on purpose
        form.elements.base.value = 0
        isMeant = true
        return void later(0)
      }
      isMeant = false
      form.elements.base.value = said.version
      known = now
      mayDiscard(said.version > 0)
      tell(isBlank(fields()) ? '' : tr('Draft saved'))
      if (state() === now) forgetHere()
      else later()
      if (said.older && !$('.older', form)) showOlder()
      if ($('#preview')?.childElementCount && form.id === 'reply') preview()
    } catch (problem) {
      if (problem.name === 'AbortError' || isLeaving) return
      tell($('#signed-out').hidden ? tr('Kept in this tab') : tr('You are signed out; kept in this tab'))
      later(5000)
    }
  }
  function save() {
    clearTimeout(timer)
    if (isLeaving || state() === known) return saving
    saving ??= saveNow().finally(() => { saving = null })
    return saving
  }
  function later(span = pause) {
    clearTimeout(timer)
    timer = setTimeout(() => (saving ? later() : save()), span)
  }

  // What another tab or device of the same person wrote, as the page shows it.
  async function showOlder() {
    const answer = await fetch(location.pathname + location.search, { headers: { 'X-Live': '1' } }).catch(() => null)
    const there = answer?.ok ? $(`#${form.id} .older`, new DOMParser().parseFromString(await answer.text(), 'text/html')) : null
    if (!there || $('.older', form)) return
    area.after(there)
    say(tr('You wrote something else here in another tab. It is kept below.'))
  }

  // Looked at again: the newest stands here, when nothing was written here meanwhile.
  function renew({ version, ...values }) {
    if (version === Number(form.elements.base.value) || state() !== known) return
    all('[name=also]:checked', form).forEach(box => { box.checked = false }) // they stand in Cc
    putParts(form, values)
    form.elements.base.value = version
    known = state()
    forgetHere()
    mayDiscard(version > 0)
    if (!isBlank(fields())) say(tr('Your draft, as you left it elsewhere.'))
  }

  restore()
  if (area.value && state() !== known) keepHere() // written before this file came
  form.addEventListener('input', ({ target }) => {
    if (target.type === 'file') return
    keepHere()
    tell('')
    later()
  })
  form.addEventListener('submit', event => {
    if (event.defaultPrevented) return
    isLeaving = true
    clearTimeout(timer)
    stop?.abort()
    if (event.submitter?.matches('.discard')) forgetHere()
    else keepHere({ sentAfter: ours(), travels: event.submitter?.hasAttribute('formaction') })
  })
  addEventListener('pagehide', () => {
    if (isLeaving || state() === known) return
    navigator.sendBeacon(`${path}/draft`, new URLSearchParams({ csrf: token(), ...asked() }))
  })
  return { form, save, renew, stay: () => { isLeaving = false; if (state() !== known) later() } }
}

/* Files: each travels as soon as it is chosen, dropped or pasted, and can be taken out again; too much is said before it travels */

const sizeWords = bytes => bytes < 1e3 ? tr_n('{} byte', '{} bytes', bytes) : bytes < 1e6 ? `${Math.round(bytes / 1e3)} KB` : `${(bytes / 1e6).toLocaleString(document.documentElement.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 })} MB`
const travelling = new Map() // item of the list to its request
const refused = new Map() // item to the file that was too much

function listOf(form) {
  const list = $('.chosen', form)
  if (list) return list
  const made = make('ul', { className: 'chosen' })
  made.setAttribute('aria-label', tr('Files that go along'))
  $('.writing', form).append(made)
  return made
}
const sizeOf = form => all('.chosen > li', form).reduce((sum, item) => sum + Number(item.dataset.size), 0)
function complain(form, text) {
  $('.too-large', form)?.remove()
  if (!text) return
  const words = make('p', { className: 'too-large late', textContent: text })
  words.setAttribute('role', 'alert')
  $('.writing', form).append(words)
  words.scrollIntoView({ block: 'nearest' })
}

function complainOfSize(form) {
  const most = Number(form.dataset.most), whole = sizeOf(form), isMuch = whole > most
  complain(form, isMuch ? tr('The files are {1} together; {2} can be sent. Take some out.', sizeWords(whole), sizeWords(most)) : '')
  return isMuch
}

function removeButton(item, name, isOnItsWay = false) {
  const button = make('button', { type: 'button', className: 'quiet', textContent: isOnItsWay ? tr('Cancel') : tr('Remove'), onclick: () => takeOut(item) })
  button.setAttribute('aria-label', isOnItsWay ? tr('Cancel {1}', name) : tr('Remove {1}', name))
  return button
}
function takeOut(item) {
  const form = item.closest('form'), list = item.parentElement, id = $('[name=keep]', item)?.value, shown = item.dataset.shown
  travelling.get(item)?.abort()
  travelling.delete(item)
  refused.delete(item)
  item.remove()
  if (!list.childElementCount) list.remove()
  if (!complainOfSize(form)) for (const [each, { file, name }] of refused) {
    if (each.closest('form') !== form) continue
    refused.delete(each)
    each.lastElementChild.remove()
    send(form, each, file, name)
  }
  const area = $('[name=text]', form)
  if (shown && area.value.includes(shown)) {
    area.value = area.value.replace(shown, '')
    area.dispatchEvent(new Event('input', { bubbles: true }))
  }
  area.focus()
  if (id) post('/draft/files/drop', { kind: form.id, file: id }, { keepalive: true }).catch(() => {}) // it is not ticked, so it does not go along
}

// A file that the desk has: without scripts a box to untick, with them a button.
function dress(item) {
  const box = $('[name=keep]', item), name = $('.cut', item).textContent
  box.hidden = true
  item.append(removeButton(item, name))
}

function send(form, item, file, name) {
  const bar = make('progress', { max: 1, value: 0 }), request = new XMLHttpRequest(), body = new FormData()
  bar.setAttribute('aria-label', tr('{1}: on its way', name))
  for (const [field, value] of Object.entries({ csrf: token(), kind: form.id })) body.append(field, value)
  body.append('file', file, name)
  const done = problem => {
    bar.remove()
    travelling.delete(item)
    all('button', item).forEach(button => button.remove())
    if (problem) {
      const again = make('button', { type: 'button', className: 'quiet', textContent: tr('Try again'), onclick: () => { all('.late, button', item).forEach(each => each.remove()); send(form, item, file, name) } })
      again.setAttribute('aria-label', tr('Try {1} again', name))
      item.append(make('span', { className: 'late', textContent: problem }), again)
      say(`${name}: ${problem}`)
    }
    item.append(removeButton(item, name))
    goOn(form)
  }
  request.upload.onprogress = event => { if (event.lengthComputable) bar.value = event.loaded / event.total }
  request.onload = () => {
    if (isSignIn(request.responseURL)) signedOut()
    let said = {}
    try { said = JSON.parse(request.responseText) } catch { /* not from the desk's own hand */ }
    if (request.status !== 200 || !said.id) return done(said.problem ?? tr('It did not arrive.'))
    item.append(make('input', { type: 'checkbox', name: 'keep', value: said.id, checked: true, hidden: true }))
    done()
    say(tr('{1} is attached.', name))
    if ($('#preview')?.childElementCount) preview()
  }
  request.onerror = () => done(tr('The desk cannot be reached.'))
  request.open('POST', `${path}/draft/files`)
  travelling.set(item, request)
  item.append(bar, removeButton(item, name, true))
  request.send(body)
}

function addFile(form, file, name = file.name, shown = '') {
  const item = make('li', {}, make('span', { className: 'cut', dir: 'auto', textContent: name }), make('span', { className: 'faint', textContent: sizeWords(file.size) }))
  item.dataset.size = file.size
  item.dataset.shown = shown
  listOf(form).append(item)
  if (complainOfSize(form)) {
    refused.set(item, { file, name })
    item.append(removeButton(item, name))
  } else send(form, item, file, name)
}

// A picture that is pasted into an answer stands where the writer is; its name is one that no other file of the draft has.
function pastePicture(form, file) {
  const ending = file.type.split('/')[1]?.replace(/[^a-z0-9]/g, '') || 'png', area = $('[name=text]', form)
  const names = all('.chosen .cut', form).map(name => name.textContent)
  let count = 1
  while (names.includes(`picture-${count}.${ending}`)) count++
  const name = `picture-${count}.${ending}`, shown = form.id === 'reply' ? `![picture](${name})` : ''
  addFile(form, file, name, shown)
  if (shown) put(area, shown)
}

function put(area, text) { // so that the browser's own undo takes it back
  area.focus()
  if (document.execCommand('insertText', false, text)) return
  area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end')
  area.dispatchEvent(new Event('input', { bubbles: true }))
}

// Ctrl B and Ctrl I set stars around the words and take them away again.
const stars = { b: 2, i: 1 }
function emphasise(area, count) {
  const { selectionStart: from, selectionEnd: to, value } = area
  const around = Math.min(/\**$/.exec(value.slice(0, from))[0].length, /^\**/.exec(value.slice(to))[0].length)
  const isSo = count === 2 ? around >= 2 : around % 2 === 1, by = isSo ? -count : count
  area.setSelectionRange(from - (isSo ? count : 0), to + (isSo ? count : 0))
  const sign = isSo ? '' : '*'.repeat(count)
  put(area, sign + value.slice(from, to) + sign)
  area.setSelectionRange(from + by, to + by)
}

let held = null // a press on "Send" while files are on their way
function goOn(form) {
  if (!held || held.form !== form || all('progress', form).length) return
  const { submitter } = held
  held = null
  form.requestSubmit(submitter)
}

/* The preview: made by the same hands as the mail */

let showing = null
async function preview() {
  showing?.abort()
  showing = new AbortController()
  const text = $('#reply-text').value
  try {
    const answer = await ask('/preview', { text }, { headers: { 'X-Live': '1' }, signal: showing.signal })
    const there = $('#preview', new DOMParser().parseFromString(await answer.text(), 'text/html'))
    if (!there) return
    for (const link of all('a', there)) Object.assign(link, { target: '_blank', rel: 'noopener' })
    $('#preview').replaceWith(there)
    $('#show-preview').setAttribute('aria-pressed', 'true')
  } catch (problem) {
    if (problem.name !== 'AbortError') say(tr('The desk cannot be reached, so there is no preview.'))
  }
}
async function togglePreview() {
  const here = $('#preview')
  if (!here.childElementCount) {
    await preview()
    $('#preview').scrollIntoView({ block: 'nearest' })
    return say(tr('This is what they will see.'))
  }
  showing?.abort()
  here.replaceChildren()
  $('#show-preview').setAttribute('aria-pressed', 'false')
  $('#reply-text').focus()
}

/* Which way an answer goes: the one that was used last, for this answer or at all, is at hand, also for Ctrl Enter */

function setWay() {
  const ways = all('#reply .goes'), last = recall(localStorage, 'way') ?? ''
  const first = ways.find(way => (way.closest('[data-said]') ? way.matches('.first') : way.value === last)) ?? ways.at(-1)
  ways.forEach(way => way.classList.toggle('first', way === first))
  ways.forEach(way => way.removeAttribute('title'))
  if (!first) return
  first.title = tr('Ctrl Enter')
  first.parentElement.append(first)
}
// Where "Send and next" leads, by the list as it is now.
function lookAhead() {
  const rows = all('#rows .row > a'), at = rows.findIndex(row => row.hasAttribute('aria-current'))
  const next = rows[at + 1] ?? rows.find((_, index) => index !== at)
  if (next) $('#reply [name=next]').value = next.getAttribute('href')
}

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
    if (!more.live) say(tr('The coach cannot be reached. Your answer can be sent as it is.'))
  }
}
function showHints(there, wasAsked) {
  const here = coachPart(), before = all('.hint', here).length, hints = all('.hint', there).length, hadFocus = here.contains(document.activeElement)
  tickSteps((there.dataset.steps ?? '').split(' '))
  if (here.innerHTML !== there.innerHTML) here.replaceWith(there)
  if (hadFocus) replyText.focus()
  if (wasAsked || (hints && !before)) say(hints ? tr_n('{1} hint on your draft.', '{1} hints on your draft.', hints) : tr('There is nothing to add to your draft.'))
}
function putIn(hint) {
  const bytes = new TextEncoder().encode(replyText.value), upTo = end => new TextDecoder().decode(bytes.subarray(0, end)).length
  replyText.focus()
  replyText.setSelectionRange(upTo(Number(hint.dataset.start)), upTo(Number(hint.dataset.end)))
  if (!document.execCommand('insertText', false, hint.dataset.insert)) { // so that the browser's own undo takes it back
    replyText.setRangeText(hint.dataset.insert, replyText.selectionStart, replyText.selectionEnd, 'end')
    replyText.dispatchEvent(new Event('input', { bubbles: true }))
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

/* All of it */

const drafts = []

// The page is looked at again.
export async function renew() {
  const answer = await fetch(`${path}/draft`).catch(() => null)
  const said = answer?.ok && !answer.redirected ? await answer.json() : null
  if (said) drafts.forEach(draft => draft.renew(said[draft.form.id]))
}

function begin() {
  const forms = [$('#reply'), $('#note')].filter(Boolean)
  const shown = () => ($('#mode-note').checked ? $('#note') : $('#reply'))

  for (const form of forms) {
    all('.chosen > li', form).forEach(dress)
    // First what may hold a sending back, then the draft, which lets go of the text.
    form.addEventListener('submit', event => {
      const { submitter } = event, isElsewhere = submitter?.hasAttribute('formaction')
      if (isElsewhere || event.defaultPrevented) return
      if (all('progress', form).length) {
        held = { form, submitter }
        say(tr('It is sent as soon as the files are there.'))
        return event.preventDefault()
      }
      if ($('.chosen > li > .late, .too-large', form)) {
        say(tr('Nothing was sent. Take out the file that does not go along.'))
        $('.chosen button', form)?.focus()
        return event.preventDefault()
      }
      if (form.dataset.sent) { // pressed twice
        say(tr('It is being sent.'))
        return event.preventDefault()
      }
      form.dataset.sent = 'yes'
      if (!submitter?.classList.contains('goes')) return
      remember(localStorage, 'way', submitter.value || null)
      if (submitter.value === 'next') lookAhead()
    })
    drafts.push(keepDraft(form))
    const input = $('[type=file]', form), area = $('[name=text]', form)
    const takeFiles = () => {
      const files = [...input.files]
      input.value = ''
      files.forEach(file => addFile(form, file))
    }
    input.addEventListener('change', takeFiles)
    takeFiles() // chosen before this file came
    area.addEventListener('paste', event => {
      const { clipboardData } = event, pictures = [...clipboardData.files], html = clipboardData.getData('text/html')
      if (pictures.length && !clipboardData.types.includes('text/plain')) {
        event.preventDefault()
        pictures.forEach(file => (file.type.startsWith('image/') ? pastePicture(form, file) : addFile(form, file)))
      } else if (html && form.id === 'reply') {
        const plain = clipboardData.getData('text/plain')
        event.preventDefault()
        import('/assets/paste.js').then(({ markdownOf }) => put(area, markdownOf(html) ?? plain), () => put(area, plain))
      }
    })
    form.addEventListener('keydown', event => { // in an address it would press the first button that stands there
      if (event.key === 'Enter' && event.target.matches('input[type=text]')) event.preventDefault()
    })
  }

  const carriesFiles = event => event.dataTransfer?.types.includes('Files')
  // Anywhere on the page: beside the composer the browser would open the file and leave.
  addEventListener('dragover', event => {
    if (!carriesFiles(event)) return
    event.preventDefault()
    composer.classList.add('dropping')
  })
  addEventListener('dragleave', event => { if (!event.relatedTarget) composer.classList.remove('dropping') })
  addEventListener('drop', event => {
    composer.classList.remove('dropping')
    if (!carriesFiles(event)) return
    event.preventDefault()
    ;[...event.dataTransfer.files].forEach(file => addFile(shown(), file))
  })

  $('#note-text').addEventListener('input', () => {
    if ($('#mentions') || /@[^@]{0,60}$/.test($('#note-text').value.slice(0, $('#note-text').selectionStart))) import('/assets/mention.js').then(module => module.look(), () => {})
  })

  $('#show-preview').addEventListener('click', event => { event.preventDefault(); togglePreview() })
  $('#reply-text').addEventListener('keydown', event => {
    const count = stars[event.key.toLowerCase()]
    if (!count || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    emphasise(event.target, count)
  })
  composer.addEventListener('keydown', event => {
    if (event.code !== 'KeyP' || !event.altKey || event.ctrlKey || event.metaKey || shown().id !== 'reply') return
    event.preventDefault()
    togglePreview()
  })
  composer.addEventListener('toggle', ({ target }) => { if (target.open) target.scrollIntoView({ block: 'nearest' }) }, true) // toggle does not bubble
  setWay()
  drafts.forEach(draft => draft.stay()) // somebody may have begun before this file came
  composer.removeAttribute('data-script') // it has come

  const mayAgain = () => { forms.forEach(form => delete form.dataset.sent); drafts.forEach(draft => draft.stay()) }
  addEventListener('pageshow', mayAgain)
  globalThis.navigation?.addEventListener('navigateerror', mayAgain) // stopped on the way, or the desk was away
  document.addEventListener('visibilitychange', () => { if (document.hidden) drafts.forEach(draft => draft.save()) })
}
begin()
