// Forms that were not taken. One that was refused is answered at its own address, which shows nothing when it is asked for; the page says
// which address shows it, and stands there from then on: news, a reload and what another tab wrote come from it. Who does not look is led
// to what was said. And whoever was signed out meanwhile hears so, and what became of their words.

const shownAt = document.body.dataset.shown
if (shownAt) {
  history.replaceState(null, '', shownAt)
  const field = $('main [autofocus]'), said = field ?? $('main [role=alert]:not([hidden])') // a field says itself what is wrong with it
  if (said?.closest('#context') && isFolded()) fold(false)
  if (said && !field) said.tabIndex = -1
  said?.focus()
}

const isRefused = selector => $(`${selector} [role=alert]`) // what was said stays, and what it is about

export const isSignIn = address => new URL(address).pathname === '/sign-in'
export function signedOut() {
  const strip = $('#signed-out')
  $('a', strip).href = `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`
  strip.hidden = false
}
export const askAnew = () => refreshSoon()

// The page was given out: to the same person in a new session perhaps, which the forms here are of from then on.
function signedIn(page) {
  if (page.body.dataset.me !== document.body.dataset.me) return
  const token = $('[name=csrf]', page)?.value
  for (const field of all('[name=csrf]')) field.value = token ?? field.value
  $('#signed-out').hidden = true
}

// On the sign-in page: whether this tab has what was sent, which composer.js keeps until a message shows that it went.
const unsent = $('#unsent')
if (unsent) {
  const number = /^\/conversations\/(\d+)/.exec($('[name=next]').value)?.[1], ofIt = RegExp(`^draft \\d+ ${number} `)
  let keys = []
  try { keys = Object.keys(sessionStorage) } catch { /* nothing is kept */ }
  const isKept = keys.some(key => ofIt.test(key) && JSON.parse(recall(sessionStorage, key)).sentAfter !== undefined)
  $('.lost', unsent).hidden = isKept
  $('.kept-here', unsent).hidden = !isKept
}
