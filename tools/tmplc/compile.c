// The compiler: one pass over the pieces. Text goes through markup.c and is gathered in `literal`; whatever needs code first
// writes that out as one html_literal call. A block ({% if %}, {% each %}, {% fill %}) is compiled by a call of its own that
// runs to its {% end %}, with the markup before and after compared. A template is written to two buffers, before and after its
// {% slot %}, and becomes one function, or two when there was one.
#include "compile.h"

#include "base/list.h"
#include "markup.h"
#include "scan.h"

#define DEEPEST 50 // blocks inside blocks

typedef struct Compiler {
  Arena *arena;
  const char *file, *name;
  Scanner scanner;
  Markup markup;
  GString *header, *source; // finished parts
  GString *before, *after;  // of the template's slot; `code` is one of them
  GString *code;
  GString *literal;
  int depth;
  const char *closed; // what the last {% end %} ended, for the message when one is missing
  Place closed_place;
  bool skip_line; // the white space up to the next line belongs to a tag that stood alone
} Compiler;

// What ended a body.
typedef struct Ending {
  enum { ENDED_BY_END, ENDED_BY_ELSE, ENDED_BY_ELSE_IF } kind;
  const char *condition;
  Place place;
} Ending;

static bool compile_body(Compiler *c, Place opened, const char *what, Ending *out, GError **error);

static void put_c_text(GString *out, const char *text, size_t size) {
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

static void flush_literal(Compiler *c) {
  if (!c->literal->len) return;
  g_string_append(c->code, "  html_literal(out, ");
  put_c_text(c->code, c->literal->str, c->literal->len);
  g_string_append_printf(c->code, ", %zu);\n", c->literal->len);
  g_string_truncate(c->literal, 0);
}

// Tells the C compiler where the code on the next line was written.
static void put_line(Compiler *c, GString *out, Place place) {
  g_string_append_printf(out, "#line %d ", place.line);
  put_c_text(out, c->file, strlen(c->file));
  g_string_append_c(out, '\n');
}

__attribute__((format(printf, 3, 4))) static void put_code(Compiler *c, Place place, const char *format, ...) {
  flush_literal(c);
  put_line(c, c->code, place);
  va_list args;
  va_start(args, format);
  g_string_append_vprintf(c->code, format, args);
  va_end(args);
}

// A tag's words: takes `word` off the front of `*text` when it stands there as a word of its own.
static bool take_word(const char **text, const char *word) {
  size_t size = strlen(word);
  if (strncmp(*text, word, size) != 0 || g_ascii_isalnum((*text)[size]) || (*text)[size] == '_') return false;
  *text += size + strspn(*text + size, " ");
  return true;
}

static size_t identifier_size(const char *text) {
  size_t size = 0;
  while (g_ascii_isalnum(text[size]) || text[size] == '_') size++;
  return g_ascii_isdigit(*text) ? 0 : size;
}

typedef struct Call {
  const char *name;
  const char *arguments; // ", a, b" or ""
} Call;

// name(arguments), for template, render and fill.
static bool parse_call(Compiler *c, const Piece *tag, const char *text, Call *out, GError **error) {
  size_t size = identifier_size(text);
  size_t length = strlen(text);
  const char *inside = text + size + strspn(text + size, " ");
  if (!size || *inside != '(' || text[length - 1] != ')')
    return place_refuse(tag->place, error, "this tag reads name(arguments)");
  out->name = arena_strndup(c->arena, text, size);
  inside++;
  const char *arguments = g_strstrip(arena_strndup(c->arena, inside, (size_t)(text + length - 1 - inside)));
  out->arguments = *arguments ? arena_printf(c->arena, ", %s", arguments) : "";
  return scan_check_code(arguments, tag->place, error);
}

static bool check_condition(const Piece *tag, const char *condition, GError **error) {
  if (!*condition) return place_refuse(tag->place, error, "a condition is missing");
  return scan_check_code(condition, tag->place, error);
}

static bool compile_if(Compiler *c, const Piece *tag, const char *condition, GError **error) {
  if (!check_condition(tag, condition, error)) return false;
  put_code(c, tag->place, "  if (%s) {\n", condition);
  Markup start = c->markup, joined = start;
  bool has_else = false, is_first = true;
  for (;;) {
    Ending ending;
    if (!compile_body(c, tag->place, "if", &ending, error)) return false;
    flush_literal(c);
    Markup end = c->markup;
    if (is_first) { // what the first way leaves, then joined with each further one
      joined = end;
      is_first = false;
    }
    if (!markup_join(&start, &end, ending.place, &joined, error)) return false;
    c->markup = start;
    if (ending.kind == ENDED_BY_END) break;
    if (has_else) return place_refuse(ending.place, error, "{%% else %%} was the last branch");
    has_else = ending.kind == ENDED_BY_ELSE;
    if (has_else)
      put_code(c, ending.place, "  } else {\n");
    else
      put_code(c, ending.place, "  } else if (%s) {\n", ending.condition);
  }
  if (!has_else && !markup_join(&start, &start, tag->place, &joined, error)) return false;
  c->markup = joined;
  g_string_append(c->code, "  }\n");
  return true;
}

// A body that may run any number of times: each and fill.
static bool compile_repeated(Compiler *c, const Piece *tag, const char *what, GError **error) {
  Markup start = c->markup;
  Ending ending;
  if (!compile_body(c, tag->place, what, &ending, error)) return false;
  flush_literal(c);
  if (ending.kind != ENDED_BY_END)
    return place_refuse(ending.place, error, "{%% else %%} belongs to an if, and this is the %s of line %d", what,
                        tag->place.line);
  Markup joined = start;
  if (!markup_join(&start, &c->markup, ending.place, &joined, error)) return false;
  c->markup = joined;
  return true;
}

// each Type item in &list
static bool compile_each(Compiler *c, const Piece *tag, const char *text, GError **error) {
  const char *in = strstr(text, " in ");
  const char *list = in ? in + 4 + strspn(in + 4, " ") : "";
  g_autofree char *declaration = in ? g_strstrip(g_strndup(text, (size_t)(in - text))) : g_strdup("");
  char *item = strrchr(declaration, ' ');
  bool is_plain = item && !declaration[strspn(declaration, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_ ")];
  if (!is_plain || !*list) return place_refuse(tag->place, error, "this tag reads: each Type item in &list");
  if (!scan_check_code(list, tag->place, error)) return false;
  if (c->markup.where == IN_TAG)
    return place_refuse(tag->place, error, "attributes cannot be repeated: each stands in content or in a value");
  *item++ = '\0';
  put_code(c, tag->place, "  list_each(%s, %s, %s) {\n", g_strchomp(declaration), item, list);
  if (!compile_repeated(c, tag, "each", error)) return false;
  g_string_append(c->code, "  }\n");
  return true;
}

static bool compile_render(Compiler *c, const Piece *tag, const char *text, GError **error) {
  Call call;
  if (!parse_call(c, tag, text, &call, error) || !markup_expect_content(&c->markup, tag->place, "render", error)) return false;
  put_code(c, tag->place, "  render_%s(out%s);\n", call.name, call.arguments);
  return true;
}

static bool compile_fill(Compiler *c, const Piece *tag, const char *text, GError **error) {
  Call call;
  if (!parse_call(c, tag, text, &call, error) || !markup_expect_content(&c->markup, tag->place, "fill", error)) return false;
  put_code(c, tag->place, "  render_%s_open(out%s);\n", call.name, call.arguments);
  if (!compile_repeated(c, tag, "fill", error)) return false;
  put_code(c, tag->place, "  render_%s_close(out%s);\n", call.name, call.arguments);
  return true;
}

static bool compile_slot(Compiler *c, const Piece *tag, GError **error) {
  if (c->depth > 1) return place_refuse(tag->place, error, "slot stands at the top level of a template, not inside a block");
  if (c->code == c->after) return place_refuse(tag->place, error, "a template has one slot");
  if (!markup_expect_content(&c->markup, tag->place, "slot", error)) return false;
  flush_literal(c);
  c->code = c->after;
  return true;
}

static bool compile_value(Compiler *c, const Piece *piece, GError **error) {
  static const char *const calls[] = {[PUT_CONTENT] = "html_put",
                                      [PUT_TEXT_ONLY] = "html_put_attribute",
                                      [PUT_ADDRESS] = "html_put_address",
                                      [PUT_ADDRESS_PART] = "html_put_url_part"};
  PutHow how;
  if (!scan_check_code(piece->text, piece->place, error) || !markup_value(&c->markup, piece->place, &how, error)) return false;
  put_code(c, piece->place, "  %s(out, (%s));\n", calls[how], piece->text);
  return true;
}

static bool compile_text(Compiler *c, const Piece *piece, GError **error) {
  const char *text = piece->text;
  size_t size = piece->size;
  Place place = piece->place;
  bool is_verbatim = c->markup.where == IN_CONTENT && c->markup.open && c->markup.open->is_verbatim;
  if (c->skip_line && !is_verbatim) {
    size_t blank = 0;
    while (blank < size && g_ascii_isspace(text[blank])) blank++;
    if (!memchr(text, '\n', blank)) blank = 0;
    place = place_after(place, text, blank);
    text += blank;
    size -= blank;
  }
  return markup_feed(&c->markup, text, size, place, c->literal, error);
}

// A tag inside a template. Sets `*out_ended` when it ends the body.
static bool compile_tag(Compiler *c, const Piece *tag, Ending *out, bool *out_ended, GError **error) {
  const char *text = tag->text;
  if (take_word(&text, "render")) return compile_render(c, tag, text, error);
  if (strcmp(text, "slot") == 0) return compile_slot(c, tag, error);
  c->skip_line = tag->is_alone;
  if (take_word(&text, "if")) return compile_if(c, tag, text, error);
  if (take_word(&text, "each")) return compile_each(c, tag, text, error);
  if (take_word(&text, "fill")) return compile_fill(c, tag, text, error);
  *out = (Ending){ENDED_BY_END, NULL, tag->place};
  *out_ended = true;
  if (strcmp(text, "end") == 0) return true;
  if (take_word(&text, "template") || take_word(&text, "include"))
    return place_refuse(tag->place, error, "this cannot stand inside a template; is an {%% end %%} missing before it?");
  if (!take_word(&text, "else"))
    return place_refuse(tag->place, error, "unknown tag \"%s\": there are if, else, each, render, fill, slot and end", tag->text);
  out->kind = *text ? ENDED_BY_ELSE_IF : ENDED_BY_ELSE;
  if (!*text) return true;
  if (!take_word(&text, "if")) return place_refuse(tag->place, error, "this tag reads: else, or: else if condition");
  out->condition = text;
  return check_condition(tag, text, error);
}

static bool refuse_open(const Compiler *c, Place opened, const char *what, GError **error) {
  if (!c->closed) return place_refuse(opened, error, "this %s has no {%% end %%}", what);
  return place_refuse(opened, error, "this %s has no {%% end %%}; the last one ended the %s of line %d", what, c->closed,
                      c->closed_place.line);
}

// Compiles pieces up to the tag that ends the body.
static bool compile_body(Compiler *c, Place opened, const char *what, Ending *out, GError **error) {
  const Element *floor = c->markup.floor;
  if (++c->depth > DEEPEST) return place_refuse(opened, error, "blocks are nested more than %d deep", DEEPEST);
  c->markup.floor = c->markup.open;
  for (bool ended = false; !ended;) {
    Piece piece;
    if (!scanner_next(&c->scanner, &piece, error)) return false;
    if (piece.kind == PIECE_END) return refuse_open(c, opened, what, error);
    bool is_fine = true;
    if (piece.kind == PIECE_TEXT) is_fine = compile_text(c, &piece, error);
    c->skip_line = piece.kind == PIECE_COMMENT && piece.is_alone;
    if (piece.kind == PIECE_VALUE) is_fine = compile_value(c, &piece, error);
    if (piece.kind == PIECE_TAG) is_fine = compile_tag(c, &piece, out, &ended, error);
    if (!is_fine) return false;
  }
  c->markup.floor = floor;
  c->depth--;
  c->closed = what;
  c->closed_place = opened;
  return true;
}

// Writes one function and its declaration: `suffix` is "", "_open" or "_close".
static void put_function(Compiler *c, const Call *head, const char *suffix, const GString *code, Place place) {
  g_string_append_printf(c->header, "void render_%s%s(GString *out%s);\n", head->name, suffix, head->arguments);
  g_string_append_c(c->source, '\n');
  put_line(c, c->source, place);
  g_string_append_printf(c->source, "void render_%s%s(GString *out%s) {\n%s}\n", head->name, suffix, head->arguments, code->str);
}

static bool compile_one(Compiler *c, const Piece *tag, const char *text, GError **error) {
  Call head;
  Ending ending;
  if (!parse_call(c, tag, text, &head, error)) return false;
  c->markup = (Markup){.arena = c->arena};
  c->code = c->before;
  c->closed = NULL;
  c->skip_line = true;
  g_string_truncate(c->before, 0);
  g_string_truncate(c->after, 0);
  if (!compile_body(c, tag->place, "template", &ending, error)) return false;
  if (ending.kind != ENDED_BY_END) return place_refuse(ending.place, error, "{%% else %%} belongs to an if");
  if (!markup_finish(&c->markup, error)) return false;
  if (g_str_has_suffix(c->literal->str, "\n")) g_string_truncate(c->literal, c->literal->len - 1);
  flush_literal(c);
  bool is_layout = c->code == c->after;
  put_function(c, &head, is_layout ? "_open" : "", c->before, tag->place);
  if (is_layout) put_function(c, &head, "_close", c->after, tag->place);
  return true;
}

static bool compile_include(Compiler *c, const Piece *tag, const char *text, GError **error) {
  size_t length = strlen(text);
  bool is_quoted = length > 2 && text[0] == '"' && strchr(text + 1, '"') == text + length - 1;
  bool is_system = length > 2 && text[0] == '<' && strchr(text + 1, '>') == text + length - 1;
  if (!is_quoted && !is_system) return place_refuse(tag->place, error, "this tag reads: include \"folder/header.h\"");
  put_line(c, c->header, tag->place);
  g_string_append_printf(c->header, "#include %s\n", text);
  return true;
}

// Outside of templates there are includes, comments and white space.
static bool compile_file(Compiler *c, GError **error) {
  bool has_template = false;
  for (;;) {
    Piece piece;
    if (!scanner_next(&c->scanner, &piece, error)) return false;
    const char *text = piece.text;
    size_t blank = strspn(text, " \t\r\n");
    bool is_fine = true;
    if (piece.kind == PIECE_END && !has_template) return place_refuse(piece.place, error, "there is no template in this file");
    if (piece.kind == PIECE_END) return true;
    if (piece.kind == PIECE_VALUE || (piece.kind == PIECE_TEXT && blank < piece.size))
      return place_refuse(place_after(piece.place, text, piece.kind == PIECE_TEXT ? blank : 0), error,
                          "this stands outside of every template");
    if (piece.kind != PIECE_TAG) continue;
    if (take_word(&text, "include"))
      is_fine = compile_include(c, &piece, text, error);
    else if (take_word(&text, "template"))
      is_fine = has_template = compile_one(c, &piece, text, error);
    else
      return place_refuse(piece.place, error, "outside of templates there are only include and template");
    if (!is_fine) return false;
  }
}

bool compile_template(Arena *arena, const char *file, const char *name, const char *text, Compiled *out, GError **error) {
  g_autoptr(GString) header = g_string_new(NULL);
  g_autoptr(GString) source = g_string_new(NULL);
  g_autoptr(GString) before = g_string_new(NULL);
  g_autoptr(GString) after = g_string_new(NULL);
  g_autoptr(GString) literal = g_string_new(NULL);
  Compiler c = {.arena = arena,
                .file = file,
                .name = name,
                .scanner = scanner_of(arena, file, text),
                .header = header,
                .source = source,
                .before = before,
                .after = after,
                .literal = literal};
  g_string_append_printf(header, "// Made by tmplc from %s.\n#pragma once\n\n#include \"base/html.h\"\n", name);
  g_string_append_printf(source, "// Made by tmplc from %s.\n#include \"%s.h\"\n\n#include \"base/list.h\"\n", name, name);
  if (!compile_file(&c, error)) return false;
  *out = (Compiled){.source = arena_strdup(arena, source->str), .header = arena_strdup(arena, header->str)};
  return true;
}
