// Light Markdown to HTML, for what agents write: paragraphs, lists, bold, links, quotes (CommonMark through libcmark in its safe
// mode). What somebody types must come out, so what means little in a letter is written as it stands: markup that looks like HTML
// stays visible text, headings become bold paragraphs, single line ends stay line ends, and bare web addresses become links.
//
// A picture is shown only when its address is the name of an attached file; any other becomes a link, since a mail of ours loads
// nothing from elsewhere. Beyond TEXT_MOST the text is not parsed but kept whole in one block.
#include "base/html.h"
#include "base/text.h"
#include "mail/mail.h"

#include <cmark.h>

#define TEXT_MOST ((size_t)256 * 1024)

typedef cmark_node Node;
typedef cmark_iter NodeIterator;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Node, cmark_node_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NodeIterator, cmark_iter_free)

// The tree may not change while it is walked, so what is to change is gathered first.
static GPtrArray *nodes_to_change(cmark_node *root) {
  GPtrArray *found = g_ptr_array_new();
  g_autoptr(NodeIterator) iterator = cmark_iter_new(root);
  size_t links = 0; // a text inside a link is no link of its own
  for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;) {
    cmark_node *node = cmark_iter_get_node(iterator);
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE) links += event == CMARK_EVENT_ENTER ? 1 : (size_t)-1;
    bool is_wanted = type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE || type == CMARK_NODE_HEADING ||
                     type == CMARK_NODE_IMAGE || type == CMARK_NODE_CODE_BLOCK || (type == CMARK_NODE_TEXT && links == 0);
    bool is_end = event == CMARK_EVENT_EXIT || cmark_node_get_type(node) == CMARK_NODE_TEXT || type == CMARK_NODE_HTML_BLOCK ||
                  type == CMARK_NODE_HTML_INLINE || type == CMARK_NODE_CODE_BLOCK;
    if (is_wanted && is_end) g_ptr_array_add(found, node);
  }
  return found;
}

static cmark_node *text_node(const char *text) {
  cmark_node *node = cmark_node_new(CMARK_NODE_TEXT);
  cmark_node_set_literal(node, text);
  return node;
}

static void move_children(cmark_node *from, cmark_node *to) {
  for (cmark_node *child; (child = cmark_node_first_child(from));) {
    cmark_node_unlink(child);
    cmark_node_append_child(to, child);
  }
}

static void replace(cmark_node *old, cmark_node *new) {
  cmark_node_replace(old, new);
  cmark_node_free(old);
}

static void show_markup_inline(cmark_node *node) { replace(node, text_node(cmark_node_get_literal(node))); }

static void show_markup_block(Arena *arena, cmark_node *node) {
  cmark_node *paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
  const char *text = text_trim(arena, cmark_node_get_literal(node));
  while (*text) {
    size_t length = strcspn(text, "\n");
    cmark_node_append_child(paragraph, text_node(arena_strndup(arena, text, length)));
    text += length;
    if (*text == '\n') {
      cmark_node_append_child(paragraph, cmark_node_new(CMARK_NODE_SOFTBREAK));
      text++;
    }
  }
  replace(node, paragraph);
}

static void lower_heading(cmark_node *node) {
  cmark_node *paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH), *strong = cmark_node_new(CMARK_NODE_STRONG);
  move_children(node, strong);
  cmark_node_append_child(paragraph, strong);
  replace(node, paragraph);
}

static const MailAttachment *file_named(const MailAttachmentList *files, const char *address) {
  g_autofree char *name = g_uri_unescape_string(address, NULL);
  if (!name || !files) return NULL;
  list_each(const MailAttachment, file, files)
    if (file->content_id && strcmp(file->name, name) == 0) return file;
  return NULL;
}

static void settle_image(Arena *arena, cmark_node *node, const MailAttachmentList *files) {
  const MailAttachment *file = file_named(files, cmark_node_get_url(node));
  if (file) {
    cmark_node_set_url(node, arena_printf(arena, "cid:%s", file->content_id));
    return;
  }
  cmark_node *link = cmark_node_new(CMARK_NODE_LINK);
  cmark_node_set_url(link, cmark_node_get_url(node));
  move_children(node, link);
  if (!cmark_node_first_child(link)) cmark_node_append_child(link, text_node(cmark_node_get_url(node)));
  replace(node, link);
}

// Where a web address ends: at white space and brackets, and before the punctuation of the sentence around it.
static size_t address_length(const char *text) {
  size_t length = strcspn(text, " \t\n<>\"[]{}|\\^`");
  while (length && strchr(".,;:!?'*_", text[length - 1])) length--;
  if (length && text[length - 1] == ')' && !memchr(text, '(', length)) length--;
  return length;
}

static const char *next_address(const char *text) {
  const char *plain = strstr(text, "http://"), *secure = strstr(text, "https://");
  return !plain ? secure : !secure ? plain : MIN(plain, secure);
}

static void link_addresses(Arena *arena, cmark_node *node) {
  const char *text = arena_strdup(arena, cmark_node_get_literal(node));
  const char *address = next_address(text);
  if (!address) return;
  for (; address; address = next_address(text)) {
    size_t length = address_length(address);
    if (address > text) cmark_node_insert_before(node, text_node(arena_strndup(arena, text, (size_t)(address - text))));
    const char *whole = arena_strndup(arena, address, length);
    cmark_node *link = cmark_node_new(CMARK_NODE_LINK);
    cmark_node_set_url(link, whole);
    cmark_node_append_child(link, text_node(whole));
    cmark_node_insert_before(node, link);
    text = address + length;
  }
  if (*text) cmark_node_insert_before(node, text_node(text));
  cmark_node_unlink(node);
  cmark_node_free(node);
}

static void change(Arena *arena, cmark_node *node, const MailAttachmentList *files) {
  cmark_node_type type = cmark_node_get_type(node);
  if (type == CMARK_NODE_HTML_INLINE) show_markup_inline(node);
  if (type == CMARK_NODE_HTML_BLOCK) show_markup_block(arena, node);
  if (type == CMARK_NODE_HEADING) lower_heading(node);
  if (type == CMARK_NODE_CODE_BLOCK) cmark_node_set_fence_info(node, ""); // would become a class
  if (type == CMARK_NODE_IMAGE) settle_image(arena, node, files);
  if (type == CMARK_NODE_TEXT) link_addresses(arena, node);
}

static const char *whole_text(Arena *arena, const char *text) {
  g_autoptr(GString) html = g_string_new("<pre style=\"white-space:pre-wrap\">");
  html_put_text(html, text);
  g_string_append(html, "</pre>\n");
  return arena_strndup(arena, html->str, html->len);
}

const char *mail_markdown_to_html(Arena *arena, const char *text, const MailAttachmentList *files) {
  const char *clean = text_make_valid(arena, bytes_of_text(text ? text : ""));
  size_t length = strlen(clean);
  if (length > TEXT_MOST) return whole_text(arena, clean);
  g_autoptr(Node) root = cmark_parse_document(clean, length, CMARK_OPT_DEFAULT);
  cmark_consolidate_text_nodes(root);
  g_autoptr(GPtrArray) found = nodes_to_change(root);
  for (unsigned i = 0; i < found->len; i++) change(arena, g_ptr_array_index(found, i), files);
  return arena_take(arena, cmark_render_html(root, CMARK_OPT_SAFE | CMARK_OPT_HARDBREAKS));
}
