
/* Notices by the browser: only once somebody allowed it; what it needs is fetched then */

const notices = () => import('/assets/notices.js')
const mayTell = () => globalThis.Notification?.permission === 'granted'
const newest = () => Number($('[data-notice]').dataset.notice)
const withBell = use => { if (mayTell() && $('[data-notice]')) notices().then(use) }
const tellOfNews = () => withBell(module => module.noticed(newest()))
tellOfNews()
const watchNews = () => withBell(module => module.watch())
document.addEventListener('visibilitychange', watchNews)
if (document.hidden) watchNews() // opened beside the tab that is looked at
if ($('#allow-notices')) notices().then(module => module.offer($('#allow-notices'), $('#browser-notices'), newest, tr))
