/* Where one is. In the list: it scrolls there again beside a conversation, and when one comes back to it; the row of the conversation that
   was open has the focus then. A row that has left the list keeps its place for the keys. On a page that scrolls within the window: as it
   was left, since the browser sees to the window alone. In this tab only */

const listBox = $('#rows')
const rows = () => all('#rows .row > a')
const numberOf = row => row.id.replace('row-', '')
const listName = () => ['view', 'q', 'sort', 'after'].map(name => new URLSearchParams(location.search).get(name) ?? '').join(' ')
const lately = JSON.parse(recall(sessionStorage, 'list') ?? 'null') // { name, top, number, order }
let order = current() && lately?.number === current() ? lately.order : []

function noteOrder() {
  const list = rows()
  if (!current() || list.some(row => row.hasAttribute('aria-current'))) order = list.map(numberOf)
}

// The row after or before the one with the focus, or else that of the open conversation, also when that is no longer in the list.
export function rowBeside(by) {
  const list = rows(), from = list.includes(document.activeElement) ? document.activeElement : list.find(row => row.hasAttribute('aria-current'))
  if (from) return list[Math.min(Math.max(list.indexOf(from) + by, 0), list.length - 1)]
  const at = order.indexOf(current())
  const beside = at < 0 ? [] : by > 0 ? order.slice(at + 1) : order.slice(0, at).reverse()
  const next = beside.map(number => document.getElementById(`row-${number}`)).find(Boolean)
  return next ?? (at < 0 || by < 0 ? list[0] : list.at(-1))
}

if (listBox) {
  const isPage = () => getComputedStyle(listBox).overflowY === 'visible' // on a phone, where the list stands alone
  const scroller = () => (isPage() ? document.scrollingElement : listBox)
  const isBack = recall(sessionStorage, 'back') === listName() || performance.getEntriesByType('navigation')[0]?.type === 'back_forward'
  remember(sessionStorage, 'back', null)
  noteOrder()
  if (listBox.checkVisibility()) {
    if (lately?.name === listName() && (current() || isBack)) scroller().scrollTop = lately.top
    const here = $('[aria-current]', listBox) ?? (isBack && document.getElementById(`row-${lately?.number}`))
    if (here && !isPage()) here.scrollIntoView({ block: 'nearest' })
    if (here && !current() && document.activeElement === document.body) here.focus({ preventScroll: true })
  }
  new MutationObserver(noteOrder).observe(listBox, { childList: true })
  document.addEventListener('click', event => {
    if (event.target.closest?.('.to-list')) remember(sessionStorage, 'back', listName())
  })
  addEventListener('pagehide', () => {
    const top = listBox.checkVisibility() ? scroller().scrollTop : lately?.name === listName() ? lately.top : 0
    const number = current() ?? (lately?.name === listName() ? lately.number : undefined)
    remember(sessionStorage, 'list', JSON.stringify({ name: listName(), top, number, order }))
  })
}

const sheet = $('main.page')
if (sheet) {
  const name = `place ${location.pathname}${location.search}`
  if (['back_forward', 'reload'].includes(performance.getEntriesByType('navigation')[0]?.type)) sheet.scrollTo(0, Number(recall(sessionStorage, name)))
  addEventListener('pagehide', () => remember(sessionStorage, name, sheet.scrollTop ? String(sheet.scrollTop) : null))
}
