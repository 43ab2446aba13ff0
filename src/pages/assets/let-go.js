// The let-go pad: write what you would like to say, uncensored, and throw it away. It lives in this window's memory and nowhere else. The
// field has no form, no name, no spelling help and no history; its keys and input stop at the dialog, so no other script hears them;
// it goes when the page is hidden, left or printed. Nothing here fetches, stores, copies or logs anything, and nothing may ever be added that does.

import { tr } from '/assets/desk.js'

const still = matchMedia('(prefers-reduced-motion: reduce)')
const farewells = [tr('Gone. It was yours alone.'), tr('Gone. Nobody will ever know.'), tr('Gone. Take a breath.'), tr('Gone, all of it.'), tr('Gone. Lighter now?')]
let pad = null, thrown = 0

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

function makePad() {
  const area = element('textarea', { rows: 9, spellcheck: false, autocomplete: 'off', autocapitalize: 'off' })
  for (const [name, value] of [['autocorrect', 'off'], ['aria-labelledby', 'let-go-title'], ['aria-describedby', 'let-go-help'], ['translate', 'no'], ['data-gramm', 'false'],
    ['data-lt-active', 'false'], ['data-1p-ignore', ''], ['writingsuggestions', 'false']]) area.setAttribute(name, value)
  const sheet = element('div', { className: 'let-go-sheet' }, area)
  const said = element('p', { className: 'soft' })
  said.setAttribute('role', 'status')
  const throwAway = element('button', { type: 'button', className: 'first', textContent: tr('Throw it away') })
  const close = element('button', { type: 'button', textContent: tr('Close') })
  const dialog = element('dialog', { className: 'let-go' },
    element('h2', { id: 'let-go-title', textContent: tr('Let go') }),
    element('p', { id: 'let-go-help', className: 'soft', textContent: tr('Say it all. Nothing of it leaves this window: it is not sent, kept, checked or counted, and it is gone when you look away.') }),
    sheet, element('div', { className: 'actions' }, throwAway, close, said))
  dialog.setAttribute('aria-labelledby', 'let-go-title')
  return { dialog, area, sheet, said, throwAway, close, opener: document.activeElement }
}

function wipe() {
  for (const paper of pad.sheet.querySelectorAll('.let-go-paper')) paper.remove()
  pad.area.value = ''
}

function shut() {
  if (!pad) return
  const { dialog, opener } = pad
  wipe()
  pad.area.remove() // no field is left for the browser to remember
  pad = null
  dialog.close()
  dialog.remove()
  if (opener?.isConnected) opener.focus({ preventScroll: true })
}

const spread = amount => (Math.random() - 0.5) * 2 * amount

// Every word drifts off on its own.
function drift(text) {
  const paper = element('div', { className: 'let-go-paper' })
  paper.setAttribute('aria-hidden', 'true')
  paper.append(...text.slice(0, 4000).split(/(\s+)/).map(word => word.trim() ? element('span', { textContent: word }) : word))
  pad.sheet.append(paper)
  return [paper, [...paper.children].map((word, at) => word.animate(
    [{ transform: 'none', opacity: 1 }, { transform: `translate(${spread(14)}rem, ${-4 - Math.random() * 9}rem) rotate(${spread(50)}deg) scale(.7)`, opacity: 0 }],
    { duration: 900 + Math.random() * 700, delay: Math.min(at * 12, 500), easing: 'cubic-bezier(.3,.1,.6,1)', fill: 'both' }))]
}

// The sheet is crumpled into a ball and dropped.
function crumple(text) {
  const paper = element('div', { className: 'let-go-paper crumpled', textContent: text.slice(0, 4000) })
  paper.setAttribute('aria-hidden', 'true')
  pad.sheet.append(paper)
  const whole = 'polygon(0 0,50% 0,100% 0,100% 50%,100% 100%,50% 100%,0 100%,0 50%)'
  const ball = 'polygon(22% 12%,54% 4%,84% 20%,96% 52%,80% 86%,48% 96%,16% 82%,5% 46%)'
  return [paper, [paper.animate([
    { transform: 'none', clipPath: whole, opacity: 1, offset: 0 },
    { transform: 'scale(.8,.6) rotate(-7deg) skewX(6deg)', clipPath: ball, offset: 0.3 },
    { transform: 'scale(.34,.26) rotate(24deg) skewX(-9deg)', clipPath: ball, offset: 0.55 },
    { transform: 'translateY(-2.5rem) scale(.2) rotate(120deg)', clipPath: ball, opacity: 1, offset: 0.72 },
    { transform: 'translateY(16rem) scale(.16) rotate(300deg)', clipPath: ball, opacity: 0, offset: 1 }],
  { duration: 1300, easing: 'ease-in-out', fill: 'both' })]]
}

async function throwAway() {
  const text = pad.area.value, mine = pad
  pad.area.value = ''
  pad.area.focus()
  if (!text.trim()) return
  const farewell = farewells[thrown % farewells.length]
  if (!still.matches) {
    const [paper, moves] = thrown % 2 ? crumple(text) : drift(text)
    await Promise.allSettled(moves.map(move => move.finished))
    paper.remove()
  }
  thrown++
  if (pad === mine) pad.said.textContent = farewell
}

export function open() {
  if (pad) return
  pad = makePad()
  const { dialog } = pad
  for (const kind of ['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'change', 'paste', 'copy', 'cut', 'submit'])
    dialog.addEventListener(kind, event => event.stopPropagation())
  dialog.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    throwAway()
  })
  pad.area.addEventListener('input', () => { pad.said.textContent = '' })
  pad.throwAway.addEventListener('click', throwAway)
  pad.close.addEventListener('click', shut)
  dialog.addEventListener('cancel', event => { event.preventDefault(); shut() })
  document.body.append(dialog)
  dialog.showModal()
  pad.area.focus()
}

addEventListener('pagehide', shut)
addEventListener('beforeprint', shut)
document.addEventListener('visibilitychange', () => { if (document.hidden) shut() })
