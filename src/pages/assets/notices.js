// Notices by the browser: asked for by the person, shown by the browser's own means, and only what the server says may be told now. One
// tab of a browser tells; while it is hidden it keeps a stream of its own, so that a notice comes when nobody looks at the desk.

const after = () => Number(localStorage.getItem('noticed') ?? -1)

async function tell(first) {
  const answer = await fetch(`/notices/news?after=${first}`, { headers: { 'X-Live': '1' } }).catch(() => null)
  if (!answer?.ok || answer.redirected) return
  const news = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('#news')
  if (!news) return
  localStorage.setItem('noticed', String(Math.max(after(), Number(news.dataset.last))))
  for (const line of news.querySelectorAll('li')) {
    const notice = new Notification(line.textContent, { tag: `rapport-${line.dataset.number}` })
    notice.onclick = () => {
      window.focus()
      location.assign(`/conversations/${line.dataset.number}#latest`)
      notice.close()
    }
  }
}

let telling = null
// The newest notice that the page knows of; what is older was told before, or is no news to a browser that was just allowed to tell.
export function noticed(last) {
  if (Notification.permission !== 'granted') return
  if (after() < 0) return localStorage.setItem('noticed', String(last))
  if (last <= after()) return
  telling ??= navigator.locks.request('rapport-telling', () => tell(after())).finally(() => { telling = null })
}

// While hidden, one tab listens.
let letGo = null
function listen() {
  navigator.locks.request('rapport-listening', { ifAvailable: true }, lock => lock && new Promise(done => {
    const stream = new EventSource(document.body.dataset.live)
    let timer = 0
    stream.addEventListener('conversation', () => {
      clearTimeout(timer)
      timer = setTimeout(() => navigator.locks.request('rapport-telling', () => tell(after())), 1000)
    })
    letGo = () => { stream.close(); done() }
  }))
}
export function watch() {
  if (Notification.permission !== 'granted') return
  if (document.hidden) listen()
  else { letGo?.(); letGo = null }
}

// The button on the account page. desk.js names this file and hands over `tr`, since neither can stand before the other.
export function offer(button, words, tr) {
  const show = () => {
    button.hidden = Notification.permission !== 'default'
    words.textContent = Notification.permission === 'granted' ? tr('This browser may tell you.')
      : Notification.permission === 'denied' ? tr('This browser was told not to; its own settings can change that.') : ''
  }
  button.onclick = async () => { await Notification.requestPermission(); show() }
  show()
}
