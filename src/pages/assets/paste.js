// Rich text that is pasted becomes Markdown, as far as a letter knows it: bold, italic, links, lists, quotes, headings, code, line ends.
// Anything else is its text.

const blocks = new Set(['P', 'DIV', 'SECTION', 'ARTICLE', 'HEADER', 'FOOTER', 'MAIN', 'TABLE', 'TR', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'UL', 'OL', 'BLOCKQUOTE', 'PRE', 'DL', 'DT', 'DD', 'FIGURE', 'HR'])
const silent = new Set(['STYLE', 'SCRIPT', 'HEAD', 'TITLE', 'META', 'LINK', 'TEMPLATE', 'IMG', 'SVG', 'OBJECT', 'IFRAME', 'NOSCRIPT'])

// Marks stand close to the words: " bold " is " **bold** ".
function around(mark, text) {
  const [, before, inner, behind] = /^(\s*)([^]*?)(\s*)$/.exec(text)
  return inner ? `${before}${mark}${inner}${mark}${behind}` : text
}

const isBold = node => ['B', 'STRONG'].includes(node.nodeName) ? node.style.fontWeight !== 'normal' : Number(node.style?.fontWeight) >= 600 || node.style?.fontWeight === 'bold'
const isItalic = node => ['I', 'EM'].includes(node.nodeName) || node.style?.fontStyle === 'italic'

function inside(node) {
  return [...node.childNodes].map(write).join('')
}

function list(node) {
  const isOrdered = node.nodeName === 'OL'
  return [...node.children].filter(item => item.nodeName === 'LI').map((item, at) => {
    const mark = isOrdered ? `${at + 1}. ` : '- '
    return mark + inside(item).trim().replace(/\n+/g, `\n${' '.repeat(mark.length)}`)
  }).join('\n')
}

function block(node) {
  const text = () => inside(node).trim()
  if (node.nodeName === 'UL' || node.nodeName === 'OL') return list(node)
  if (node.nodeName === 'BLOCKQUOTE') return text().replace(/^/gm, '> ')
  if (node.nodeName === 'PRE') return `\`\`\`\n${node.textContent.replace(/\n$/, '')}\n\`\`\``
  if (/^H[1-6]$/.test(node.nodeName)) return text() ? `${'#'.repeat(Math.min(Number(node.nodeName[1]), 3))} ${text().replace(/\*\*/g, '')}` : ''
  if (node.nodeName === 'TR') return [...node.cells].map(cell => inside(cell).trim()).join('\t')
  if (node.nodeName === 'HR') return '---'
  return text()
}

function write(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/[\s\u00a0]+/g, ' ')
  if (node.nodeType !== Node.ELEMENT_NODE || silent.has(node.nodeName.toUpperCase())) return ''
  if (node.nodeName === 'BR') return '\n'
  if (blocks.has(node.nodeName)) return node.nodeName === 'TR' ? `${block(node)}\n` : `\n\n${block(node)}\n\n`
  const text = inside(node), address = node.nodeName === 'A' ? node.getAttribute('href') : null
  if (address && /^(https?:|mailto:)/i.test(address) && text.trim())
    return text.trim() === address || `mailto:${text.trim()}` === address ? text : `[${text.trim()}](${address})`
  if (node.nodeName === 'CODE') return around('`', text)
  return isBold(node) ? around('**', text) : isItalic(node) ? around('*', text) : text
}

// null: there is nothing in it that the plain text does not say.
export function markdownOf(html) {
  const page = new DOMParser().parseFromString(html, 'text/html')
  if (!page.body.querySelector('b, strong, i, em, a[href], ul, ol, blockquote, h1, h2, h3, h4, h5, h6, pre, code, [style*="font-weight"], [style*="font-style"]')) return null
  return inside(page.body).replace(/[ \t]+$/gm, '').replace(/^ +(?=\S)(?![-\d])/gm, '').replace(/\n{3,}/g, '\n\n').trim()
}
