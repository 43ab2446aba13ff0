// The sanitiser: a mail's HTML becomes a document that can be shown in a sandboxed frame. The tree (html_tree.c) is walked without
// recursion and written by our own writer, which lets through what is listed here and escapes everything else. There is nothing to
// take out because nothing is let in: elements, attributes, kinds of values, address schemes are four lists.
//
// Images from the network load only when the caller allows it, since they tell the sender that and when a mail was read; the
// count of those left out lets the page offer to show them. What serves no other end than telling it (html_tracker.c) never loads,
// and is named by its host. Images in the mail (cid:) go through the caller's map. A link's title is the address it leads to,
// whatever the mail would have it say.
#include "base/text.h"
#include "mail/html_css.h"
#include "mail/html_tracker.h"
#include "mail/html_tree.h"
#include "mail/mail.h"

#define INLINE_DATA_LONGEST ((size_t)512 * 1024)
#define TRACKER_HOSTS_MOST 20
#define TITLE_LONGEST 300 // characters

typedef enum Kind { KIND_TEXT, KIND_WORD, KIND_SIZE, KIND_COLOUR, KIND_LINK, KIND_IMAGE, KIND_STYLE } Kind;

typedef struct Rule {
  const char *attribute;
  Kind kind;
  const char *on; // elements, " td th "; NULL for all
} Rule;

static const Rule rules[] = {
  {"align", KIND_WORD, NULL},
  {"alt", KIND_TEXT, " img "},
  {"background", KIND_IMAGE, " table tr td th "},
  {"bgcolor", KIND_COLOUR, " table tbody thead tfoot tr td th "},
  {"border", KIND_SIZE, " table img "},
  {"cellpadding", KIND_SIZE, " table "},
  {"cellspacing", KIND_SIZE, " table "},
  {"color", KIND_COLOUR, " font hr "},
  {"colspan", KIND_SIZE, " td th "},
  {"dir", KIND_WORD, NULL},
  {"face", KIND_TEXT, " font "},
  {"height", KIND_SIZE, " table tr td th img hr "},
  {"href", KIND_LINK, " a "},
  {"lang", KIND_WORD, NULL},
  {"reversed", KIND_WORD, " ol "},
  {"rowspan", KIND_SIZE, " td th "},
  {"size", KIND_SIZE, " font hr "},
  {"src", KIND_IMAGE, " img "},
  {"start", KIND_SIZE, " ol "},
  {"style", KIND_STYLE, NULL},
  {"title", KIND_TEXT, NULL},
  {"type", KIND_WORD, " ol ul li "},
  {"valign", KIND_WORD, " table tbody thead tfoot tr td th col colgroup img "},
  {"value", KIND_SIZE, " li "},
  {"width", KIND_SIZE, " table td th col colgroup img hr "},
};

typedef struct Writer {
  Arena *arena;
  const MailHtmlOptions *options;
  GString *out;
  int64_t remote_blocked, trackers;
  TextList tracker_hosts;
  GHashTable *hidden; // of html_is_tracker
} Writer;

static const Rule *find_rule(const char *attribute, const char *element) {
  for (size_t i = 0; i < G_N_ELEMENTS(rules); i++)
    if (strcmp(rules[i].attribute, attribute) == 0) return !rules[i].on || html_list_has(rules[i].on, element) ? &rules[i] : NULL;
  return NULL;
}

static void write_escaped(GString *out, const char *text) {
  for (; *text; text++) {
    switch (*text) {
    case '&': g_string_append(out, "&amp;"); break;
    case '<': g_string_append(out, "&lt;"); break;
    case '>': g_string_append(out, "&gt;"); break;
    case '"': g_string_append(out, "&quot;"); break;
    case '\'': g_string_append(out, "&#39;"); break;
    case '`': g_string_append(out, "&#96;"); break; // old browsers took it for a quote
    default:
      if ((unsigned char)*text >= ' ' || *text == '\n' || *text == '\t') g_string_append_c(out, *text);
    }
  }
}

static void write_attribute(GString *out, const char *name, const char *value) {
  g_string_append_printf(out, " %s=\"", name);
  write_escaped(out, value);
  g_string_append_c(out, '"');
}

static bool is_made_of(const char *value, const char *others, size_t longest) {
  if (!*value || strlen(value) > longest) return false;
  for (const char *c = value; *c; c++)
    if (!g_ascii_isalnum(*c) && !strchr(others, *c)) return false;
  return true;
}

// An address as browsers read it: white space and controls at the ends off, tabs and line ends inside taken out.
static char *plain_address(Arena *arena, const char *value) {
  char *out = arena_alloc(arena, strlen(value) + 1), *to = out;
  for (; *value; value++)
    if ((unsigned char)*value >= ' ' && *value != 0x7F && !(to == out && *value == ' ')) *to++ = *value;
  while (to > out && to[-1] == ' ') *--to = '\0';
  return out;
}

static bool has_scheme(const char *address, const char *scheme) {
  return g_ascii_strncasecmp(address, scheme, strlen(scheme)) == 0;
}

// The address to link to; NULL when it is none that may be followed.
static const char *link_address(Arena *arena, const char *value) {
  static const char *const schemes[] = {"http://", "https://", "mailto:", "tel:"};
  const char *address = plain_address(arena, value);
  for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++)
    if (has_scheme(address, schemes[i])) return address;
  if (g_str_has_prefix(address, "//")) return arena_printf(arena, "https:%s", address);
  if (has_scheme(address, "www.")) return arena_printf(arena, "http://%s", address);
  return NULL;
}

static bool is_inline_data(const char *address) {
  static const char *const types[] = {"data:image/png;base64,", "data:image/gif;base64,", "data:image/jpeg;base64,",
                                      "data:image/jpg;base64,", "data:image/webp;base64,"};
  for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
    if (has_scheme(address, types[i])) return is_made_of(address + strlen(types[i]), "+/=", INLINE_DATA_LONGEST);
  return false;
}

// Where a part of the mail is served. Old programs wrote the id without "cid:" (case 24).
static const char *part_address(Writer *writer, const char *address) {
  if (!writer->options || !writer->options->address_of_cid) return NULL;
  const char *id = has_scheme(address, "cid:") ? address + 4 : address;
  g_autofree char *plain = g_uri_unescape_string(id, NULL);
  const char *clean = text_make_valid(writer->arena, bytes_of_text(plain ? plain : id));
  return writer->options->address_of_cid(writer->arena, clean, writer->options->data);
}

static void note_tracker(Writer *writer, const char *address) {
  const char *host = html_address_host(writer->arena, address);
  writer->trackers++;
  list_each(Text, known, &writer->tracker_hosts)
    if (strcmp(*known, host) == 0) return;
  if (*host && writer->tracker_hosts.count < TRACKER_HOSTS_MOST) *list_add(writer->arena, &writer->tracker_hosts) = host;
}

static const char *image_address(Writer *writer, const xmlNode *node, const char *value) {
  const char *address = plain_address(writer->arena, value);
  bool is_remote = has_scheme(address, "http://") || has_scheme(address, "https://") || g_str_has_prefix(address, "//");
  if (is_remote && html_tree_is(node, "img") && html_is_tracker(node, address, writer->hidden)) {
    note_tracker(writer, address);
    writer->remote_blocked++;
    return NULL;
  }
  if (is_remote && writer->options && writer->options->allow_remote)
    return *address == '/' ? arena_printf(writer->arena, "https:%s", address) : address;
  if (is_remote) {
    writer->remote_blocked++;
    return NULL;
  }
  if (is_inline_data(address)) return address;
  return *address ? part_address(writer, address) : NULL;
}

static void write_style(Writer *writer, const char *value) {
  g_autoptr(GString) style = g_string_new(NULL);
  bool counts = !(writer->options && writer->options->allow_remote); // addresses in styles never load
  html_css_filter(style, value, counts ? &writer->remote_blocked : NULL);
  if (style->len) write_attribute(writer->out, "style", g_strchomp(style->str));
}

static void write_link(Writer *writer, const char *address) {
  write_attribute(writer->out, "href", address);
  write_attribute(writer->out, "title", text_clamp(writer->arena, address, TITLE_LONGEST));
  g_string_append(writer->out, " rel=\"noopener noreferrer nofollow\" target=\"_blank\"");
}

static void write_checked(Writer *writer, const xmlNode *node, const char *name, Kind kind) {
  const char *value = html_tree_attribute(node, name), *passed = NULL, *link;
  switch (kind) {
  case KIND_TEXT: passed = html_tree_is(node, "a") ? NULL : value; break;
  case KIND_WORD: passed = is_made_of(value, "-", 20) ? value : NULL; break;
  case KIND_SIZE: passed = is_made_of(value, "%.+-", 10) ? value : NULL; break;
  case KIND_COLOUR: passed = is_made_of(value, "#", 30) ? value : NULL; break;
  case KIND_LINK:
    link = link_address(writer->arena, value);
    if (link) write_link(writer, link);
    break;
  case KIND_IMAGE: passed = image_address(writer, node, value); break;
  case KIND_STYLE: write_style(writer, value); break;
  }
  if (passed) write_attribute(writer->out, name, passed);
}

static void write_start(Writer *writer, const xmlNode *node) {
  const char *element = (const char *)node->name;
  g_string_append_printf(writer->out, "<%s", element);
  for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next) {
    const Rule *rule = find_rule((const char *)attribute->name, element);
    if (rule) write_checked(writer, node, rule->attribute, rule->kind);
  }
  g_string_append_c(writer->out, '>');
}

static void write_tree(Writer *writer, xmlNode *root) {
  bool is_leaving = false;
  for (xmlNode *node = html_tree_next(root, NULL, &is_leaving); node; node = html_tree_next(root, node, &is_leaving)) {
    bool is_void = false;
    if (node->type == XML_TEXT_NODE && node->content) write_escaped(writer->out, (const char *)node->content);
    if (node->type != XML_ELEMENT_NODE || !html_tree_knows((const char *)node->name, &is_void)) continue;
    if (!is_leaving)
      write_start(writer, node);
    else if (!is_void)
      g_string_append_printf(writer->out, "</%s>", (const char *)node->name);
  }
}

// Scripts, frames and forms are forbidden here once more, should the document ever be shown without its frame.
static const char document_start[] =
  "<!doctype html>\n<html><head><meta charset=\"utf-8\">\n"
  "<meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'none'; object-src 'none'; frame-src 'none'; base-uri 'none'; "
  "form-action 'none'\">\n"
  "<meta name=\"referrer\" content=\"no-referrer\">\n"
  "<style>\n"
  "body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: #1c1c1c; background: #fff; overflow-wrap: anywhere; }\n"
  "img { max-width: 100%; height: auto; }\n"
  "table { max-width: 100%; }\n"
  "pre { white-space: pre-wrap; }\n"
  "blockquote { margin: 0 0 0 .5em; padding-left: .8em; border-left: 2px solid #c8c8c8; color: #555; }\n"
  "</style></head><body>\n";
static const char document_end[] = "\n</body></html>\n";
static const char cut_note[] = "<p><em>This mail is too large to be shown whole. The original holds all of it.</em></p>";

// Below the mail, where it is seen: who would have been told.
static void write_trackers(Writer *writer) {
  if (!writer->trackers) return;
  const char *what = writer->trackers == 1 ? "a tracking pixel" : "tracking pixels";
  g_string_append_printf(writer->out, "<hr><p><em>Left out: %s that would have told ", what);
  for (size_t i = 0; i < writer->tracker_hosts.count; i++) {
    if (i) g_string_append(writer->out, i + 1 < writer->tracker_hosts.count ? ", " : " and ");
    write_escaped(writer->out, writer->tracker_hosts.items[i]);
  }
  g_string_append_printf(writer->out, "%s that this mail was read.</em></p>", writer->tracker_hosts.count ? "" : "the sender");
}

MailHtmlResult mail_html_sanitise(Arena *arena, const char *html, const MailHtmlOptions *options) {
  bool is_cut = false;
  g_autoptr(XmlDocument) document = html_tree_parse(html ? html : "", &is_cut);
  g_autoptr(GString) out = g_string_new(document_start);
  g_autoptr(GHashTable) hidden = g_hash_table_new(NULL, NULL);
  Writer writer = {.arena = arena, .options = options, .out = out, .hidden = hidden};
  xmlNode *root = xmlDocGetRootElement(document);
  if (root) write_tree(&writer, root);
  if (is_cut) g_string_append(out, cut_note);
  write_trackers(&writer);
  g_string_append(out, document_end);
  return (MailHtmlResult){.html = arena_strndup(arena, out->str, out->len),
                          .remote_blocked = writer.remote_blocked,
                          .trackers = writer.trackers,
                          .tracker_hosts = writer.tracker_hosts};
}
