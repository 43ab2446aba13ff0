// Notices by the browser: asked for by the person, shown by the browser's own means, and only what the server says may be told now. One
// tab of a browser tells; while all are hidden one of them keeps a stream of its own, so that a notice comes when nobody looks at the desk.
// What comes within a moment is told together.

const gather = 2000
const after = () => Number(localStorage.getItem('noticed') ?? -1)
const isAllowed = () => Notification.permission === 'granted'

// One line a thing: several mails of one customer read the same. A press opens the conversation, or the bell's page when there are several.
function show(lines) {
  const words = [...new Set(lines.map(line => line.textContent).reverse())], numbers = new Set(lines.map(line => line.dataset.number))
  const [number] = numbers, isOne = numbers.size === 1
  const notice = new Notification(words[0], { body: words.slice(1).join('\n'), tag: `rapport-${isOne ? number : 'several'}` })
  notice.onclick = () => {
    window.focus()
    location.assign(isOne ? `/conversations/${number}#latest` : '/notices')
    notice.close()
  }
}

async function tell(first) {
  const answer = await fetch(`/notices/news?after=${first}`, { headers: { 'X-Live': '1' } }).catch(() => null)
  if (!answer?.ok || answer.redirected) return
  const news = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('#news')
  if (!news) return
  localStorage.setItem('noticed', String(Math.max(after(), Number(news.dataset.last))))
  const lines = [...news.querySelectorAll('li')]
  if (lines.length) show(lines)
}

let telling = null
// The newest notice that the page knows of; what is older was told before, or is no news to a browser that was just allowed to tell.
export function noticed(last) {
  if (!isAllowed()) return
  if (after() < 0) return localStorage.setItem('noticed', String(last))
  if (last <= after()) return
  telling ??= navigator.locks.request('rapport-telling', () => tell(after())).finally(() => { telling = null })
}

// While hidden, one tab listens; when it is closed or looked at, another one goes on.
let hidden = null
function listen(signal) {
  navigator.locks.request('rapport-listening', { signal }, () => new Promise(done => {
    const stream = new EventSource(document.body.dataset.live)
    let timer = 0
    const soon = () => {
      timer ||= setTimeout(() => {
        timer = 0
        navigator.locks.request('rapport-telling', () => tell(after()))
      }, gather)
    }
    for (const news of ['conversation', 'resync']) stream.addEventListener(news, soon)
    signal.addEventListener('abort', () => { clearTimeout(timer); stream.close(); done() })
  })).catch(() => {}) // looked at before it was its turn
}
export function watch() {
  hidden?.abort()
  hidden = null
  if (!isAllowed() || !document.hidden) return
  hidden = new AbortController()
  listen(hidden.signal)
}

// The button on the account page, and what stands there when there is nothing to press. desk.js names this file and hands over `tr`, since
// neither can stand before the other.
export function offer(button, words, last, tr) {
  const says = {
    granted: tr('This browser may tell you.'),
    denied: tr('This browser was told not to show notices of the desk. Its settings for this page can change that; the bell in the desk tells you all the same.'),
    plain: tr('A browser tells only where the address of the desk begins with https. The bell in the desk tells you all the same.'),
    unable: tr('This browser cannot tell you. The bell in the desk does.'),
    default: '',
  }
  const state = () => (!globalThis.isSecureContext ? 'plain' : globalThis.Notification?.permission ?? 'unable')
  const show = () => {
    button.hidden = state() !== 'default'
    words.textContent = says[state()]
  }
  button.onclick = async () => {
    await Notification.requestPermission()
    noticed(last()) // from here on
    show()
  }
  show()
}
