// Who else is here: small initials in the head of the thread and in the rows of the list, and a soft word above the composer while
// somebody writes. It comes over the live stream and is forgotten with it. Nothing is locked by it.

const everywhere = new Map() // number of a conversation to those who are there, without me
const most = 3 // initials beside each other; more are a number

const sentence = ({ name, does }) => does === 'reply' ? tr('{1} is writing an answer', name) : does === 'note' ? tr('{1} is writing a note', name) : tr('{1} is here', name)
const initials = name => { const parts = name.trim().split(/\s+/); return [parts[0], parts.length > 1 ? parts.at(-1) : ''].map(part => [...part][0] ?? '').join('').toUpperCase() }

function faces(people) {
  const list = make('span', { className: 'faces' })
  for (const person of people.slice(0, most)) {
    const mark = make('span', { className: 'mark', textContent: initials(person.name) }), face = make('span', { className: person.does === 'looks' ? 'face' : 'face writes', title: sentence(person) }, mark, make('span', { className: 'away', textContent: `${sentence(person)}. ` }))
    mark.setAttribute('aria-hidden', 'true')
    list.append(face)
  }
  if (people.length > most) list.append(make('span', { className: 'face', title: people.slice(most).map(sentence).join(', ') }, `+${people.length - most}`, make('span', { className: 'away', textContent: tr(' more') })))
  return list
}

function place(where, people) {
  if (!where) return
  $('.faces', where)?.remove()
  if (!people?.length) return
  const who = $('bdi', where)
  if (who) who.after(faces(people))
  else where.append(faces(people))
}

function showRows() {
  for (const old of all('#rows .faces')) old.remove()
  for (const [number, people] of everywhere) {
    place($(`#row-${number} p`), people)
  }
}

function showThread() {
  const people = everywhere.get(Number(current())) ?? []
  place($('#also-here'), people)
  const where = $('#others-write')
  if (!where) return
  all('.now', where).forEach(each => each.remove())
  const writing = people.filter(person => person.does !== 'looks')
  for (const begun of all('[data-staff]', where)) begun.hidden = writing.some(person => person.id === Number(begun.dataset.staff))
  where.append(...writing.map(person => make('span', { className: 'now', textContent: sentence(person) })))
}

let isFresh = false // what comes next is all there is
function forget() { isFresh = true }

// Says whether somebody stopped writing here or went away: then the page may have something to show that it did not.
function hear(text) {
  const here = Number(current()), before = everywhere.get(here) ?? []
  if (isFresh) everywhere.clear()
  isFresh = false
  for (const { number, people } of JSON.parse(text)) {
    const others = people.filter(person => person.id !== me())
    if (others.length) everywhere.set(number, others)
    else everywhere.delete(number)
  }
  showRows()
  const after = everywhere.get(here) ?? []
  if (JSON.stringify(before) !== JSON.stringify(after)) showThread()
  return before.some(person => person.does !== 'looks' && !after.some(each => each.id === person.id && each.does === person.does))
}

// What is put in place anew has no faces yet.
for (const [part, show] of [['#rows', showRows], ['#thread-header', showThread], ['#others-write', showThread]]) {
  const element = $(part)
  if (!element) continue
  new MutationObserver(changes => {
    const isOurs = node => node.classList?.contains('faces') || node.classList?.contains('now')
    if (changes.some(change => [...change.addedNodes, ...change.removedNodes].some(node => !isOurs(node)))) show()
  }).observe(element, { childList: true })
}

/* While I write the others may know it: said when it begins, again every few seconds, and when it ends */

const said = { does: 'looks', at: 0 }
function tell(does) {
  const now = Date.now(), isNews = does !== said.does || (does !== 'looks' && now - said.at > 4000)
  if (!isNews) return
  Object.assign(said, { does, at: now })
  fetch(`/conversations/${current()}/writes`, { method: 'POST', keepalive: true, body: new URLSearchParams({ csrf: $('#composer [name=csrf]').value, does }) }).catch(() => {}) // it is no matter
}
for (const kind of ['reply', 'note']) {
  const area = $(`#${kind}-text`)
  area?.addEventListener('input', () => tell(area.value.trim() ? kind : 'looks'))
  area?.addEventListener('blur', () => tell('looks'))
  area?.form.addEventListener('submit', () => tell('looks'))
}
