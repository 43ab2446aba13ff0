/* Who goes back finds the page where they left it: the browser sees to the page itself, but not to what scrolls within it. Of a list place.js keeps more */

const scroller = () => $('main.page')
const placeKept = `place ${location.pathname}${location.search}`
if (['back_forward', 'reload'].includes(performance.getEntriesByType('navigation')[0]?.type)) scroller()?.scrollTo(0, Number(recall(sessionStorage, placeKept)))
addEventListener('pagehide', () => { const top = scroller()?.scrollTop; remember(sessionStorage, placeKept, top ? String(top) : null) })
