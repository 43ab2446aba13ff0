// HTML to text, for search, reading and people who like text. The tree is walked without recursion; a line is collected, and
// written with the "> " of its blockquotes when it ends. White space collapses as in a browser, except in pre. Blocks begin on a
// line of their own, paragraphs behind an empty one; list items get "- " or their number, links their address behind them when the
// words do not say it, images their description. What a style hides is left out: nobody reads it.
#include "mail/html_text.h"

#include "base/text.h"
#include "mail/html_css.h"
#include "mail/html_quote.h"
#include "mail/html_tree.h"
#include "mail/mail.h"

#define LISTS_DEEPEST 20
#define ADDRESS_LONGEST 500

typedef struct TextWriter {
  Arena *arena;
  GString *out;
  GString *line;
  int quotes;                     // blockquotes around
  int pre;                        // pre elements around
  bool owes_empty;                // an empty line before the next one
  int empty_quotes;               // the blockquotes around that empty line
  int lists;                      // depth of lists
  int64_t numbers[LISTS_DEEPEST]; // next number; 0 for a list of dots
  const char *marker;             // "- " of the item that begins, NULL when none does
  size_t link_at;                 // where in the line the words of the current link begin
  HtmlSpans spans;
  const xmlNode *signature; // the element whose span is open, NULL when none is
} TextWriter;

typedef enum Layout { LAYOUT_INLINE, LAYOUT_BLOCK, LAYOUT_PARAGRAPH } Layout;

static bool is_among(const char *names, const xmlNode *node) { return html_list_has(names, (const char *)node->name); }

static Layout layout_of(const xmlNode *node) {
  if (is_among(" p h1 h2 h3 h4 h5 h6 blockquote ul ol dl pre table ", node)) return LAYOUT_PARAGRAPH;
  if (is_among(" div tr li dd dt address article aside center dir figure figcaption footer header main nav section caption hr ",
               node))
    return LAYOUT_BLOCK;
  return LAYOUT_INLINE;
}

static void write_prefix(TextWriter *writer, int quotes) {
  for (int i = 0; i < quotes; i++) g_string_append(writer->out, "> ");
}

static void drop_end_space(GString *text) {
  while (text->len && text->str[text->len - 1] == ' ') g_string_truncate(text, text->len - 1);
}

// Ends the line that is being collected, when it holds anything.
static void end_line(TextWriter *writer) {
  drop_end_space(writer->line);
  if (!writer->line->len) return;
  if (writer->owes_empty && writer->out->len) {
    write_prefix(writer, writer->empty_quotes);
    drop_end_space(writer->out);
    g_string_append_c(writer->out, '\n');
  }
  writer->owes_empty = false;
  write_prefix(writer, writer->quotes);
  g_string_append_len(writer->out, writer->line->str, (gssize)writer->line->len);
  g_string_append_c(writer->out, '\n');
  g_string_truncate(writer->line, 0);
}

// An empty line between two blockquotes belongs to neither.
static void owe_empty_line(TextWriter *writer) {
  bool is_less = !writer->owes_empty || writer->quotes < writer->empty_quotes;
  if (is_less) writer->empty_quotes = writer->quotes;
  writer->owes_empty = true;
}

// A line break that is meant: an empty line stays one.
static void break_line(TextWriter *writer) {
  if (writer->line->len)
    end_line(writer);
  else
    owe_empty_line(writer);
}

static void begin_words(TextWriter *writer) {
  if (!writer->marker || writer->line->len) return;
  for (int i = 1; i < writer->lists; i++) g_string_append(writer->line, "  ");
  g_string_append(writer->line, writer->marker);
  writer->marker = NULL;
}

static void write_words(TextWriter *writer, const char *text) {
  for (; *text; text = text_next(text)) {
    gunichar c = g_utf8_get_char(text);
    if (writer->pre && c == '\n') {
      break_line(writer);
    } else if (!writer->pre && (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f')) {
      bool at_start = !writer->line->len || writer->line->str[writer->line->len - 1] == ' ';
      if (!at_start) g_string_append_c(writer->line, ' ');
    } else if (c != 0xAD && c != 0x200B && c != 0xFEFF && c != 0x34F && c != 0x200C) { // soft hyphens and fillers
      begin_words(writer);
      if (c == 0xA0)
        g_string_append_c(writer->line, ' ');
      else
        g_string_append_len(writer->line, text, text_next(text) - text);
    }
  }
}

static const char *item_marker(TextWriter *writer) {
  int64_t *number = writer->lists > 0 && writer->lists <= LISTS_DEEPEST ? &writer->numbers[writer->lists - 1] : NULL;
  if (!number || !*number) return "- ";
  return arena_printf(writer->arena, "%d. ", (int)(*number)++);
}

// The address behind a link's words, unless the words say it or there are none.
static void write_link(TextWriter *writer, const xmlNode *node) {
  const char *address = html_tree_attribute(node, "href");
  bool is_mail = g_ascii_strncasecmp(address, "mailto:", 7) == 0;
  bool is_web = g_ascii_strncasecmp(address, "http://", 7) == 0 || g_ascii_strncasecmp(address, "https://", 8) == 0;
  const char *shown = is_mail ? address + 7 : address;
  size_t length = strlen(shown);
  if (!(is_mail || is_web) || length == 0 || length > ADDRESS_LONGEST || strpbrk(shown, " \n\t")) return;
  drop_end_space(writer->line);
  if (writer->line->len <= writer->link_at) return;
  const char *bare = is_web ? strstr(shown, "//") + 2 : shown;
  g_autofree char *said = g_strndup(bare, strlen(bare) - (g_str_has_suffix(bare, "/") ? 1 : 0));
  if (!strstr(writer->line->str + writer->link_at, said)) g_string_append_printf(writer->line, " (%s)", shown);
}

static bool is_preformatted(const xmlNode *node) {
  const char *style = html_tree_attribute(node, "style");
  return html_tree_is(node, "pre") || (*style && (strstr(style, "white-space: pre") || strstr(style, "white-space:pre")));
}

static void enter_element(TextWriter *writer, const xmlNode *node) {
  Layout layout = layout_of(node);
  if (layout != LAYOUT_INLINE) end_line(writer);
  if (layout == LAYOUT_PARAGRAPH && !(writer->lists && is_among(" ul ol ", node))) owe_empty_line(writer);
  if (html_tree_is(node, "blockquote")) writer->quotes++;
  if (is_preformatted(node)) writer->pre++;
  if (is_among(" ul ol dir ", node)) {
    if (writer->lists < LISTS_DEEPEST) writer->numbers[writer->lists] = html_tree_is(node, "ol") ? 1 : 0;
    writer->lists++;
  }
  if (html_tree_is(node, "li")) writer->marker = item_marker(writer);
  if (html_tree_is(node, "br")) break_line(writer);
  if (html_tree_is(node, "img")) write_words(writer, html_tree_attribute(node, "alt"));
  if (html_tree_is(node, "a")) writer->link_at = writer->line->len;
  if (!html_tree_is(node, "hr")) return;
  write_words(writer, "________________________________");
  end_line(writer);
}

static void leave_element(TextWriter *writer, const xmlNode *node) {
  Layout layout = layout_of(node);
  if (html_tree_is(node, "a")) write_link(writer, node);
  if (is_among(" td th ", node)) write_words(writer, " ");
  if (layout != LAYOUT_INLINE) end_line(writer);
  if (is_among(" ul ol dir ", node)) writer->lists--;
  if (html_tree_is(node, "li")) writer->marker = NULL;
  if (layout == LAYOUT_PARAGRAPH && !(writer->lists && is_among(" ul ol p ", node))) owe_empty_line(writer);
  if (is_preformatted(node)) writer->pre--;
  if (!html_tree_is(node, "blockquote")) return;
  writer->quotes--;
  owe_empty_line(writer);
}

// Notes where a marked element begins: at the beginning of a line, and signatures only before the quote or, without any, behind it.
static void begin_span(TextWriter *writer, const xmlNode *node) {
  if (writer->line->len) return;
  HtmlMark mark = html_mark_of(node);
  if (mark == HTML_MARK_QUOTE && writer->spans.quote_from == SIZE_MAX) {
    writer->spans.quote_from = writer->out->len;
  } else if (mark == HTML_MARK_SIGNATURE && !writer->signature) {
    bool is_quoted = writer->spans.quote_from != SIZE_MAX && (writer->spans.signature_from != SIZE_MAX || writer->quotes > 0);
    if (is_quoted) return;
    writer->signature = node;
    writer->spans.signature_from = writer->out->len;
  }
}

static void end_span(TextWriter *writer, const xmlNode *node) {
  if (writer->signature != node) return;
  writer->signature = NULL;
  writer->spans.signature_to = writer->out->len + writer->line->len;
}

static void write_nodes(TextWriter *writer, xmlNode *root) {
  bool is_leaving = false;
  for (xmlNode *node = html_tree_next(root, NULL, &is_leaving); node; node = html_tree_next(root, node, &is_leaving)) {
    if (node->type == XML_TEXT_NODE && node->content) write_words(writer, (const char *)node->content);
    if (node->type != XML_ELEMENT_NODE) continue;
    bool is_hidden = html_css_hides(html_tree_attribute(node, "style"));
    if (is_hidden)
      is_leaving = true; // past its children, and nothing was entered
    else if (is_leaving)
      leave_element(writer, node), end_span(writer, node);
    else
      enter_element(writer, node), begin_span(writer, node);
  }
  end_line(writer);
}

const char *html_text_with_spans(Arena *arena, const char *html, HtmlSpans *out_spans) {
  g_autoptr(XmlDocument) document = html_tree_parse(html ? html : "", NULL);
  g_autoptr(GString) out = g_string_new(NULL);
  g_autoptr(GString) line = g_string_new(NULL);
  TextWriter writer = {.arena = arena, .out = out, .line = line, .spans = {SIZE_MAX, SIZE_MAX, SIZE_MAX}};
  xmlNode *root = xmlDocGetRootElement(document);
  if (root) write_nodes(&writer, root);
  if (out_spans) *out_spans = writer.spans;
  return text_make_valid(arena, bytes_of(out->str, out->len));
}

const char *mail_html_to_text(Arena *arena, const char *html) { return html_text_with_spans(arena, html, NULL); }
