
/* Notices by the browser: only once somebody allowed it; what it needs is fetched then */

const notices = () => import('/assets/notices.js')
const mayTell = () => globalThis.Notification?.permission === 'granted'
function tellOfNews() {
  const bell = $('[data-notice]')
  if (bell && mayTell()) notices().then(module => module.noticed(Number(bell.dataset.notice)))
}
tellOfNews()
document.addEventListener('visibilitychange', () => { if (mayTell() && $('[data-notice]')) notices().then(module => module.watch()) })
if ($('#allow-notices') && globalThis.Notification) notices().then(module => module.offer($('#allow-notices'), $('#browser-notices'), tr))
