// The command bar (Ctrl-K): what can be done on this page and where one can go, by a part of its name. It lists what the page itself
// offers, so it can never do more than its buttons: verbs and folded forms of the conversation, the links of the rail, the rooms of
// the house. A number goes to that conversation; anything else can be searched for.

import { $, all, say, show, tr } from '/assets/desk.js'
import { pickList } from '/assets/pick.js'

const words = element => element.textContent.replace(/\s+/g, ' ').trim()
// What a fold is called, and what stands beside that: "Snoozed", "no".
function parts(summary) {
  const texts = document.createNodeIterator(summary, NodeFilter.SHOW_TEXT), found = []
  for (let text = texts.nextNode(); text; text = texts.nextNode()) if (words(text)) found.push(words(text))
  return { title: found[0] ?? '', note: found.slice(1).join(' ') || tr('beside') }
}
const fold = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

// Verbs in the header and the composer, and forms folded in the panel: "Give a remedy", "Before I answer".
function here() {
  const verbs = all('#thread-header button, #context form > button, .messages > .notice button, #complaint button.first, .composer .above > button[data-opens]')
    .filter(button => words(button))
    .map(button => ({ title: words(button), run: () => button.click() }))
  const modes = all('.composer .above > label[for]').map(label => ({ title: words(label), note: tr('write'), run: () => { label.click(); $(`#${label.htmlFor.replace('mode-', '')}-text`)?.focus() } }))
  const folded = all('#context summary').map(summary => ({
    ...parts(summary),
    run: () => { if (!show(`#${summary.parentElement.id ||= `fold-${Math.random().toString(36).slice(2)}`} :is(form, ol, ul, p)`)) summary.click() },
  }))
  return [...verbs, ...modes, ...folded]
}

function places() {
  return all('#rail a').map(link => {
    const count = $('.count', link)
    return { title: words(count ? [...link.children].find(each => each.localName === 'span' && each !== count) ?? link : link), note: count ? words(count) : '', run: () => location.assign(link.href) }
  })
}

let rooms = null // of the house; asked for once
async function house() {
  if (rooms) return rooms
  const answer = await fetch('/house').catch(() => null)
  if (!answer?.ok || answer.redirected) return []
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  rooms = all('main .item a', page).map(link => ({ title: words(link), what: words(link.closest('.item').querySelector('p') ?? link), run: () => location.assign(link.getAttribute('href')) }))
  return rooms
}

function once(options) { // a place that stands in the rail and in the house
  const seen = new Set()
  return options.filter(option => !seen.has(option.title) && seen.add(option.title))
}

// Those that begin with what was typed come first, then those with a word that does, then the rest.
function rank(option, typed) {
  const title = fold(option.title)
  return title.startsWith(typed) ? 0 : title.includes(` ${typed}`) ? 1 : title.includes(typed) ? 2 : fold(option.what ?? '').includes(typed) ? 3 : -1
}

async function find(text) {
  const typed = fold(text), number = /^#?(\d+)$/.exec(text)
  const options = [...here(), ...once([...places(), ...await house()])]
  const found = typed ? options.map(option => [rank(option, typed), option]).filter(([at]) => at >= 0).sort(([a], [b]) => a - b).map(([, option]) => option) : options
  if (number) found.unshift({ title: tr('Conversation #{1}', number[1]), run: () => location.assign(`/conversations/${number[1]}#latest`) })
  if (text && !number) found.push({ title: tr('Search for “{1}”', text), run: () => location.assign(`/search?q=${encodeURIComponent(text)}`) })
  return found
}

let list = null
export function open() {
  if ($('dialog[open]')) return
  list ??= pickList({ label: tr('What do you want to do?'), things: tr('Commands'), hint: tr('A verb, a place, or a number'), find, choose: option => { say(option.title); option.run() } })
  list.open()
}
