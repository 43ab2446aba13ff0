// Messages out of runs. run_say takes a run apart: what stays outside at either end, then either one message with numbered places
// or, when the run has no words of its own, its nodes one by one. The English text goes into the code twice: as the key, with
// entities read, and as markup, so that English is written as it stands in the template.
#include "say.h"

#include "base/text.h"

#include <string.h>

#define LITERAL '\x01'
#define LITERAL_END '\x02'

static void free_chunk(void *chunk) { g_string_free(chunk, true); }

GString *say_chunk(Arena *arena) {
  GString *chunk = g_string_new(NULL);
  arena_defer(arena, free_chunk, chunk);
  return chunk;
}

Run *run_new(Arena *arena, bool is_value) {
  Run *run = arena_make(arena, Run);
  *run = (Run){.root = {.kind = NODE_ELEMENT}, .is_value = is_value};
  run->at = &run->root;
  return run;
}

static Node *add_node(Arena *arena, Run *run, NodeKind kind) {
  Node *node = arena_make(arena, Node);
  *node = (Node){.kind = kind, .around = run->at, .about = ""};
  *list_add(arena, &run->at->children) = node;
  return node;
}

void run_add_text(Arena *arena, Run *run, const char *text, size_t size) {
  NodeLinkList *siblings = &run->at->children;
  Node *last = siblings->count ? siblings->items[siblings->count - 1] : NULL;
  if (!last || last->kind != NODE_TEXT) {
    last = add_node(arena, run, NODE_TEXT);
    last->text = say_chunk(arena);
  }
  g_string_append_len(last->text, text, (gssize)size);
}

void run_add_code(Arena *arena, Run *run, GString *code, const char *about, bool stays_outside) {
  Node *node = add_node(arena, run, NODE_CODE);
  node->code = code;
  node->about = about;
  node->stays_outside = stays_outside;
}

void run_open(Arena *arena, Run *run, GString *start_tag) {
  Node *node = add_node(arena, run, NODE_ELEMENT);
  node->code = start_tag;
  run->at = node;
}

bool run_close(Arena *arena, Run *run, const char *end_tag) {
  if (run->at == &run->root) return false;
  run->at->end_tag = arena_strdup(arena, end_tag);
  run->at = run->at->around;
  return true;
}

/* Code and its literals */

void say_literal(GString *code, const char *text, size_t size) {
  if (!size) return;
  g_string_append_c(code, LITERAL);
  g_string_append_len(code, text, (gssize)size);
  g_string_append_c(code, LITERAL_END);
}

void say_c_text(GString *out, const char *text, size_t size) {
  g_string_append_c(out, '"');
  for (size_t i = 0; i < size; i++) {
    unsigned char byte = (unsigned char)text[i];
    bool is_trigraph = byte == '?' && i > 0 && text[i - 1] == '?';
    if (byte == '\n')
      g_string_append(out, i + 1 < size ? "\\n\"\n    \"" : "\\n");
    else if (byte == '"' || byte == '\\' || is_trigraph)
      g_string_append_printf(out, "\\%c", byte);
    else if (byte < ' ' || byte >= 0x7F)
      g_string_append_printf(out, "\\%03o", byte);
    else
      g_string_append_c(out, (char)byte);
  }
  g_string_append_c(out, '"');
}

void say_finish(const GString *code, GString *out) {
  g_autoptr(GString) literal = g_string_new(NULL);
  for (const char *at = code->str; *at;) {
    if (*at != LITERAL) {
      size_t size = strcspn(at, "\x01");
      g_string_append_len(out, at, (gssize)size);
      at += size;
      continue;
    }
    size_t size = strcspn(at + 1, "\x02");
    g_string_append_len(literal, at + 1, (gssize)size);
    at += size + 2;
    if (*at == LITERAL || !literal->len) continue;
    g_string_append(out, "  html_literal(out, ");
    say_c_text(out, literal->str, literal->len);
    g_string_append_printf(out, ", %zu);\n", literal->len);
    g_string_truncate(literal, 0);
  }
}

/* Entries for the catalogue */

static void put_po_text(GString *out, const char *keyword, const char *text) {
  g_string_append_printf(out, "%s \"", keyword);
  for (; *text; text++) {
    if (*text == '"' || *text == '\\') g_string_append_c(out, '\\');
    if (*text == '\n')
      g_string_append(out, "\\n");
    else
      g_string_append_c(out, *text);
  }
  g_string_append(out, "\"\n");
}

void say_note(Sayer *sayer, const char *english, const char *many, const char *about) {
  GString *out = sayer->words;
  if (about && *about) g_string_append_printf(out, "#. %s\n", about);
  g_string_append_printf(out, "#: %s\n", sayer->file);
  put_po_text(out, "msgid", english);
  if (many) put_po_text(out, "msgid_plural", many);
  g_string_append(out, many ? "msgstr[0] \"\"\nmsgstr[1] \"\"\n\n" : "msgstr \"\"\n\n");
}

static bool has_letters(const char *text) {
  for (; *text; text = g_utf8_find_next_char(text, NULL))
    if (g_unichar_isalpha(g_utf8_get_char(text))) return true;
  return false;
}

// Names of icons, classes and fields are one word of small letters and dashes.
static bool reads_as_words(const char *text, bool is_shown) {
  if (!has_letters(text) || !text[1] || strpbrk(text, "/_<>\\%=#")) return false;
  return strchr(text, ' ') || g_ascii_isupper(*text) || (is_shown && !strchr(text, '-'));
}

void say_note_strings(Sayer *sayer, const char *expression, bool is_shown) {
  int depth = 0;
  bool is_call = false; // the innermost bracket belongs to one
  for (const char *at = expression; *at; at++) {
    if (*at == '(' || *at == '[') depth++;
    if (*at == '(' && at > expression && (g_ascii_isalnum(at[-1]) || at[-1] == '_')) is_call = true;
    if (*at == ')' || *at == ']') depth--;
    if (depth == 0) is_call = false;
    if (*at != '"') continue;
    const char *end = at + 1;
    while (*end && *end != '"') end += *end == '\\' && end[1] ? 2 : 1;
    g_autofree char *raw = g_strndup(at + 1, (gsize)(end - at - 1));
    g_autofree char *text = g_strcompress(raw);
    if (reads_as_words(text, is_shown && !is_call)) say_note(sayer, text, NULL, NULL);
    if (!*end) return;
    at = end;
  }
}

/* Runs */

static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

// What the entities of a text stand for; of those with a name the few that templates need.
static bool read_entities(const char *text, Place place, GString *out, GError **error) {
  static const char *const named[][2] = {{"&amp;", "&"},  {"&lt;", "<"},          {"&gt;", ">"},  {"&quot;", "\""},
                                         {"&apos;", "'"}, {"&nbsp;", "\xC2\xA0"}, {"&#39;", "'"}, {NULL, NULL}};
  while (*text) {
    size_t row = 0;
    while (*text == '&' && named[row][0] && !g_str_has_prefix(text, named[row][0])) row++;
    if (*text != '&') {
      g_string_append_c(out, *text++);
    } else if (named[row][0]) {
      g_string_append(out, named[row][1]);
      text += strlen(named[row][0]);
    } else if (text[1] == '#' || g_ascii_isalpha(text[1])) {
      return place_refuse(place, error, "write the character itself: of entities there are amp, lt, gt, quot, apos and nbsp");
    } else {
      g_string_append_c(out, *text++);
    }
  }
  return true;
}

// White space becomes single spaces.
static void put_smooth(GString *out, const char *text) {
  for (; *text; text++) {
    if (!is_space(*text))
      g_string_append_c(out, *text);
    else if (!out->len || out->str[out->len - 1] != ' ')
      g_string_append_c(out, ' ');
  }
}

static bool has_words(const Node *node) {
  if (node->kind == NODE_TEXT) return has_letters(node->text->str);
  list_each(NodeLink, child, &node->children)
    if (has_words(*child)) return true;
  return false;
}

// All of it, with no word in it.
static void put_whole(const Node *node, GString *code) {
  if (node->kind == NODE_TEXT) say_literal(code, node->text->str, node->text->len);
  if (node->code) g_string_append_len(code, node->code->str, (gssize)node->code->len);
  list_each(NodeLink, child, &node->children) put_whole(*child, code);
  if (node->end_tag) say_literal(code, node->end_tag, strlen(node->end_tag));
}

typedef struct Message {
  GString *key, *html; // the English text
  GString *cases;      // of the switch that fills the places
  GString *about;
  int places;
} Message;

static bool begins_place(const char *text) {
  return (text[0] == '{' && (g_ascii_isdigit(text[1]))) ||
         (text[0] == '<' && (g_ascii_isdigit(text[1]) || (text[1] == '/' && g_ascii_isdigit(text[2]))));
}

static bool add_text(const Node *node, Place place, Message *message, GError **error) {
  g_autoptr(GString) plain = g_string_new(NULL);
  if (!read_entities(node->text->str, place, plain, error)) return false;
  for (const char *at = plain->str; *at; at++)
    if (begins_place(at)) return place_refuse(place, error, "this text looks like the place of a value: %.4s", at);
  put_smooth(message->key, plain->str);
  put_smooth(message->html, node->text->str);
  return true;
}

static bool add_nodes(Arena *arena, NodeLink *nodes, size_t count, Place place, Message *message, GError **error);

static bool add_element(Arena *arena, const Node *node, Place place, Message *message, GError **error) {
  int number = ++message->places;
  g_string_append_printf(message->key, "<%d>", number);
  g_string_append_printf(message->html, "<%d>", number);
  g_string_append_printf(message->cases, "  case %d:\n", number);
  g_string_append_len(message->cases, node->code->str, (gssize)node->code->len);
  g_string_append(message->cases, "  break;\n");
  g_string_append_printf(message->cases, "  case -%d:\n", number);
  say_literal(message->cases, node->end_tag, strlen(node->end_tag));
  g_string_append(message->cases, "  break;\n");
  if (!add_nodes(arena, node->children.items, node->children.count, place, message, error)) return false;
  g_string_append_printf(message->key, "</%d>", number);
  g_string_append_printf(message->html, "</%d>", number);
  return true;
}

static void add_place(const Node *node, Message *message) {
  int number = ++message->places;
  g_string_append_printf(message->key, "{%d}", number);
  g_string_append_printf(message->html, "{%d}", number);
  g_string_append_printf(message->cases, "  case %d: {\n", number);
  put_whole(node, message->cases);
  g_string_append(message->cases, "  } break;\n");
  const char *about = node->about;
  for (const Node *only = node; !*about && only->children.count == 1; about = only->about) only = only->children.items[0];
  if (*about) g_string_append_printf(message->about, "%s{%d}: %s", message->about->len ? ", " : "", number, about);
}

static bool add_nodes(Arena *arena, NodeLink *nodes, size_t count, Place place, Message *message, GError **error) {
  for (size_t i = 0; i < count; i++) {
    const Node *node = nodes[i];
    if (node->kind == NODE_TEXT) {
      if (!add_text(node, place, message, error)) return false;
    } else if (node->kind == NODE_ELEMENT && has_words(node)) {
      if (!add_element(arena, node, place, message, error)) return false;
    } else {
      add_place(node, message);
    }
  }
  return true;
}

static void put_message(Sayer *sayer, const Message *message, GString *code) {
  g_autoptr(GString) key = g_string_new(NULL);
  say_c_text(key, message->key->str, message->key->len);
  g_autoptr(GString) html = g_string_new(NULL);
  say_c_text(html, message->html->str, message->html->len);
  if (!message->places) {
    g_string_append_printf(code, "  words_write(out, %s, %s, %zu);\n", key->str, html->str, message->html->len);
  } else {
    int variable = ++sayer->messages;
    g_string_append_printf(
      code, "  for (WordsParts parts_%d = words_parts(%s, %s); words_next(out, &parts_%d);) switch (parts_%d.number) {\n",
      variable, key->str, html->str, variable, variable);
    g_string_append_len(code, message->cases->str, (gssize)message->cases->len);
    g_string_append(code, "  }\n");
  }
  say_note(sayer, message->key->str, NULL, message->about->str);
}

static size_t leading_space(const char *text) {
  size_t size = 0;
  while (is_space(text[size])) size++;
  return size;
}

// White space at the ends of a message is not part of it.
static void trim(GString *text) {
  g_string_erase(text, 0, (gssize)leading_space(text->str));
  while (text->len && is_space(text->str[text->len - 1])) g_string_truncate(text, text->len - 1);
}

static void put_edge_space(const Node *node, bool is_end, GString *code) {
  if (node->kind != NODE_TEXT) return;
  size_t from = is_end ? node->text->len : 0;
  while (is_end && from && is_space(node->text->str[from - 1])) from--;
  say_literal(code, node->text->str + from, is_end ? node->text->len - from : leading_space(node->text->str));
}

static bool say_nodes(Sayer *sayer, NodeLink *nodes, size_t count, Place place, GString *code, GError **error);

static bool say_message(Sayer *sayer, NodeLink *nodes, size_t count, Place place, GString *code, GError **error) {
  g_autoptr(GString) key = g_string_new(NULL);
  g_autoptr(GString) html = g_string_new(NULL);
  g_autoptr(GString) cases = g_string_new(NULL);
  g_autoptr(GString) about = g_string_new(NULL);
  Message message = {key, html, cases, about, 0};
  if (!add_nodes(sayer->arena, nodes, count, place, &message, error)) return false;
  trim(key);
  trim(html);
  put_edge_space(nodes[0], false, code);
  put_message(sayer, &message, code);
  put_edge_space(nodes[count - 1], true, code);
  return true;
}

static bool say_one(Sayer *sayer, const Node *node, Place place, GString *code, GError **error) {
  if (node->kind != NODE_ELEMENT) {
    put_whole(node, code);
    return true;
  }
  g_string_append_len(code, node->code->str, (gssize)node->code->len);
  if (!say_nodes(sayer, node->children.items, node->children.count, place, code, error)) return false;
  if (node->end_tag) say_literal(code, node->end_tag, strlen(node->end_tag));
  return true;
}

static bool is_outside(const Node *node) {
  if (node->kind == NODE_TEXT) return text_is_blank(node->text->str);
  if (node->stays_outside) return true;
  if (node->kind == NODE_CODE) return false;
  list_each(NodeLink, child, &node->children)
    if (!is_outside(*child)) return false;
  return true;
}

static bool say_nodes(Sayer *sayer, NodeLink *nodes, size_t count, Place place, GString *code, GError **error) {
  if (count && nodes[count - 1]->kind == NODE_ELEMENT && !nodes[count - 1]->end_tag) // still open
    return say_nodes(sayer, nodes, count - 1, place, code, error) && say_one(sayer, nodes[count - 1], place, code, error);
  size_t from = 0, to = count;
  while (from < to && is_outside(nodes[from])) from++;
  while (to > from && is_outside(nodes[to - 1])) to--;
  bool has_own = false;
  for (size_t i = from; i < to; i++) has_own = has_own || (nodes[i]->kind == NODE_TEXT && has_words(nodes[i]));
  for (size_t i = 0; i < (has_own ? from : count); i++)
    if (!say_one(sayer, nodes[i], place, code, error)) return false;
  if (!has_own) return true;
  if (!say_message(sayer, nodes + from, to - from, place, code, error)) return false;
  for (size_t i = to; i < count; i++)
    if (!say_one(sayer, nodes[i], place, code, error)) return false;
  return true;
}

// Elements that are open when the run must be written are written as they are; their ends are no longer this run's matter.
bool run_say(Sayer *sayer, Run *run, Place place, GString *code, GError **error) {
  bool is_fine = say_nodes(sayer, run->root.children.items, run->root.children.count, place, code, error);
  run->root.children = (NodeLinkList){0};
  run->at = &run->root;
  return is_fine;
}
