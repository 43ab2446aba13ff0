// Marks in HTML (case 42). Mail programs wrap what they quote, and their users' signatures, in elements that can be known by class,
// id or type; Outlook puts "x_" before every name of a mail that it quotes once more. The HTML is written as text with the places
// of the marks (html_text.c). The text part of a mail is broken into lines in another way, so a place is carried over by counting
// letters and digits; where those differ, the marks are of no use, and the markers in the text decide alone.
#include "mail/html_quote.h"

#include "base/text.h"
#include "mail/html_text.h"
#include "mail/html_tree.h"

typedef struct Name {
  const char *name; // a trailing * stands for any ending
  HtmlMark mark;
} Name;

static const Name classes[] = {
  {"gmail_quote", HTML_MARK_QUOTE},         {"gmail_quote_container", HTML_MARK_QUOTE},
  {"gmail_attr", HTML_MARK_QUOTE},          {"yahoo_quoted", HTML_MARK_QUOTE},
  {"protonmail_quote", HTML_MARK_QUOTE},    {"zmail_extra", HTML_MARK_QUOTE},
  {"moz-cite-prefix", HTML_MARK_QUOTE},     {"moz-forward-container", HTML_MARK_QUOTE},
  {"tutanota_quote", HTML_MARK_QUOTE},      {"OutlookMessageHeader", HTML_MARK_QUOTE},
  {"reply-intro", HTML_MARK_QUOTE},         {"js-readmsg-msg", HTML_MARK_QUOTE},
  {"front-blockquote", HTML_MARK_QUOTE},    {"sh-quoted-content", HTML_MARK_QUOTE},
  {"gmail_signature", HTML_MARK_SIGNATURE}, {"gmail_signature_prefix", HTML_MARK_SIGNATURE},
  {"moz-signature", HTML_MARK_SIGNATURE},   {"protonmail_signature_block", HTML_MARK_SIGNATURE},
  {"yahoo_signature", HTML_MARK_SIGNATURE}, {"ms-outlook-mobile-signature", HTML_MARK_SIGNATURE},
  {"sh-signature", HTML_MARK_SIGNATURE},
};

static const Name ids[] = {
  {"divRplyFwdMsg", HTML_MARK_QUOTE},
  {"appendonsend", HTML_MARK_QUOTE},
  {"OLK_SRC_BODY_SECTION", HTML_MARK_QUOTE},
  {"MAC_OUTLOOK_ATTRIBUTION_SECTION", HTML_MARK_QUOTE},
  {"mail-editor-reference-message-container", HTML_MARK_QUOTE},
  {"isReplyContent", HTML_MARK_QUOTE},
  {"isForwardContent", HTML_MARK_QUOTE},
  {"replySplit", HTML_MARK_QUOTE},
  {"_origbody", HTML_MARK_QUOTE},
  {"yahoo_quoted*", HTML_MARK_QUOTE},
  {"Signature", HTML_MARK_SIGNATURE},
  {"ms-outlook-mobile-signature", HTML_MARK_SIGNATURE},
  {"AppleMailSignature", HTML_MARK_SIGNATURE},
  {"ymail_android_signature", HTML_MARK_SIGNATURE},
  {"ymail_ios_signature", HTML_MARK_SIGNATURE},
};

static bool name_is(const Name *known, const char *name, size_t length) {
  size_t size = strlen(known->name);
  if (known->name[size - 1] == '*') return length >= size - 1 && strncmp(known->name, name, size - 1) == 0;
  return length == size && memcmp(known->name, name, length) == 0;
}

static HtmlMark look_up(const Name *names, size_t count, const char *name, size_t length) {
  size_t renamed = 0;
  while (length > renamed + 2 && name[renamed] == 'x' && name[renamed + 1] == '_') renamed += 2;
  for (size_t i = 0; i < count; i++)
    if (name_is(&names[i], name + renamed, length - renamed))
      return renamed && names[i].mark == HTML_MARK_SIGNATURE ? HTML_MARK_NONE : names[i].mark; // of the mail that is quoted
  return HTML_MARK_NONE;
}

// Outlook and Windows Mail draw a line above the quoted header: <div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt
// 0cm 0cm 0cm">.
static bool is_outlook_line(const char *style) {
  const char *line = strstr(style, "border-top:solid #"), *space = strstr(style, "padding:3.0pt 0");
  if (!line) line = strstr(style, "border-top: solid #");
  if (!space) space = strstr(style, "padding: 3.0pt 0");
  return line && space;
}

HtmlMark html_mark_of(const xmlNode *element) {
  if (html_tree_is(element, "blockquote") && g_ascii_strcasecmp(html_tree_attribute(element, "type"), "cite") == 0)
    return HTML_MARK_QUOTE;
  if (html_tree_is(element, "div") && is_outlook_line(html_tree_attribute(element, "style"))) return HTML_MARK_QUOTE;
  const char *id = html_tree_attribute(element, "id");
  HtmlMark mark = *id ? look_up(ids, G_N_ELEMENTS(ids), id, strlen(id)) : HTML_MARK_NONE;
  const char *class = html_tree_attribute(element, "class");
  for (int words = 0; mark == HTML_MARK_NONE && *class && words < 20; words++) {
    class += strspn(class, " \t\n\r\f");
    size_t length = strcspn(class, " \t\n\r\f");
    mark = look_up(classes, G_N_ELEMENTS(classes), class, length);
    class += length;
  }
  return mark;
}

// The next letter or digit at or behind `at`; its end in *out_next. NULL at the end of the text.
static const char *next_letter(const char *at, const char **out_next) {
  for (; *at; at = text_next(at)) {
    if (!g_unichar_isalnum(g_utf8_get_char(at))) continue;
    *out_next = text_next(at);
    return at;
  }
  return NULL;
}

// Where in `text` the letter stands that is the first one at or behind byte `place` of `written`. NULL when the letters before it
// differ, or there is none.
static const char *carry_over(const char *written, size_t place, const char *text) {
  for (const char *from = written, *to = text;;) {
    const char *from_next, *to_next;
    const char *one = next_letter(from, &from_next), *other = next_letter(to, &to_next);
    if (!one || !other) return NULL;
    if (g_utf8_get_char(one) != g_utf8_get_char(other)) return NULL;
    if ((size_t)(one - written) >= place) return other;
    from = from_next;
    to = to_next;
  }
}

static bool has_letters(const char *text, size_t from, size_t to) {
  const char *next, *letter = next_letter(text + from, &next);
  return letter && (size_t)(letter - text) < to;
}

// The beginning of the line of the letter at `letter`, when no other stands before it there.
static size_t line_begin(const char *text, const char *letter) {
  if (!letter) return SIZE_MAX;
  const char *start = letter, *next;
  while (start > text && start[-1] != '\n') start--;
  return next_letter(start, &next) == letter ? (size_t)(start - text) : SIZE_MAX;
}

static bool holds_name(const char *html, const Name *names, size_t count) {
  size_t length = strlen(html);
  for (size_t i = 0; i < count; i++)
    if (memmem(html, length, names[i].name, strcspn(names[i].name, "*"))) return true;
  return false;
}

// Most mails hold no mark at all; a look at the bytes is cheaper than reading the HTML for it.
static bool may_hold_marks(const char *html) {
  return strstr(html, "cite") || strstr(html, "CITE") || strstr(html, "3.0pt 0") ||
         holds_name(html, classes, G_N_ELEMENTS(classes)) || holds_name(html, ids, G_N_ELEMENTS(ids));
}

HtmlMarks html_quote_marks(Arena *scratch, const char *html, const char *text) {
  HtmlSpans spans;
  HtmlMarks marks = HTML_NO_MARKS;
  if (!may_hold_marks(html)) return marks;
  const char *written = html_text_with_spans(scratch, html, &spans);
  size_t end = strlen(written), quote = MIN(spans.quote_from, end);
  if (spans.quote_from != SIZE_MAX) marks.quote_at = line_begin(text, carry_over(written, spans.quote_from, text));
  if (spans.signature_from == SIZE_MAX || !has_letters(written, spans.signature_from, spans.signature_to)) return marks;
  size_t until = spans.signature_from < quote ? quote : end; // nothing else may stand behind the signature
  if (!has_letters(written, spans.signature_to, until))
    marks.signature_at = line_begin(text, carry_over(written, spans.signature_from, text));
  return marks;
}
