// The compiler: one pass over the pieces. Text goes through markup.c step by step: start and end tags become literals of the code, prose
// is gathered in a run until the element around it ends, and say.c makes messages of it. Whatever needs code within a run is compiled
// to a chunk of its own, which is a place in the message. A block ({% if %}, {% each %}, {% fill %}) is compiled by a call of its own
// that runs to its {% end %}, with the markup before and after compared. A template is written to two buffers, before and after its
// {% slot %}, and becomes one function, or two when there was one.
#include "compile.h"

#include "base/list.h"
#include "markup.h"
#include "markup_rules.h"
#include "say.h"
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
  GString *outside; // while a start tag is compiled: the code around it
  GString *step;    // what one step of the markup gave
  Run *run;         // the prose of this body, while it stands in content
  Run *value;       // the prose of the attribute's value, when it holds words
  Sayer sayer;
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

// Tells the C compiler where the code on the next line was written.
static void put_line(Compiler *c, GString *out, Place place) {
  g_string_append_printf(out, "#line %d ", place.line);
  say_c_text(out, c->file, strlen(c->file));
  g_string_append_c(out, '\n');
}

__attribute__((format(printf, 3, 4))) static void put_code(Compiler *c, Place place, const char *format, ...) {
  put_line(c, c->code, place);
  va_list args;
  va_start(args, format);
  g_string_append_vprintf(c->code, format, args);
  va_end(args);
}

// Where prose is gathered just now; NULL inside a tag, and in a value that no person reads.
static Run *run_here(const Compiler *c) {
  return c->markup.where == IN_CONTENT ? c->run : c->markup.where == IN_VALUE ? c->value : NULL;
}

// Writes the prose so far: what follows does not belong to it.
static bool end_run(Compiler *c, Place place, GError **error) { return run_say(&c->sayer, c->run, place, c->code, error); }

// Code that stands in prose is a place in its message: it is compiled to a chunk of its own.
static GString *begin_place(Compiler *c) {
  GString *around = c->code;
  if (run_here(c)) c->code = say_chunk(c->arena);
  return around;
}

static void end_place(Compiler *c, GString *around, const char *about, bool stays_outside) {
  if (c->code == around) return;
  run_add_code(c->arena, run_here(c), c->code, about, stays_outside);
  c->code = around;
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

static bool compile_if(Compiler *c, const Piece *tag, const char *condition, bool *out_has_else, GError **error) {
  if (!check_condition(tag, condition, error)) return false;
  put_code(c, tag->place, "  if (%s) {\n", condition);
  Markup start = c->markup, joined = start;
  bool has_else = false, is_first = true;
  for (;;) {
    Ending ending;
    if (!compile_body(c, tag->place, "if", &ending, error)) return false;
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
  *out_has_else = has_else;
  return true;
}

// A body that may run any number of times: each and fill.
static bool compile_repeated(Compiler *c, const Piece *tag, const char *what, GError **error) {
  Markup start = c->markup;
  Ending ending;
  if (!compile_body(c, tag->place, what, &ending, error)) return false;
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

// Templates that draw or add a hidden field: no part of a sentence.
static bool is_silent(const char *name) {
  static const char *const names[] = {"icon", "mark", "strength", "csrf_field", NULL};
  return g_strv_contains(names, name);
}

static bool compile_render(Compiler *c, const Piece *tag, const char *text, GError **error) {
  Call call;
  if (!parse_call(c, tag, text, &call, error) || !markup_expect_content(&c->markup, tag->place, "render", error)) return false;
  GString *around = begin_place(c);
  put_code(c, tag->place, "  render_%s(out%s);\n", call.name, call.arguments);
  end_place(c, around, arena_strdup(c->arena, text), is_silent(call.name));
  if (!is_silent(call.name)) say_note_strings(&c->sayer, call.arguments, true);
  return true;
}

static bool compile_fill(Compiler *c, const Piece *tag, const char *text, GError **error) {
  Call call;
  if (!parse_call(c, tag, text, &call, error) || !markup_expect_content(&c->markup, tag->place, "fill", error)) return false;
  say_note_strings(&c->sayer, call.arguments, true);
  put_code(c, tag->place, "  render_%s_open(out%s);\n", call.name, call.arguments);
  if (!compile_repeated(c, tag, "fill", error)) return false;
  put_code(c, tag->place, "  render_%s_close(out%s);\n", call.name, call.arguments);
  return true;
}

static bool compile_slot(Compiler *c, const Piece *tag, GError **error) {
  if (c->depth > 1) return place_refuse(tag->place, error, "slot stands at the top level of a template, not inside a block");
  if (c->code == c->after) return place_refuse(tag->place, error, "a template has one slot");
  if (!markup_expect_content(&c->markup, tag->place, "slot", error) || !end_run(c, tag->place, error)) return false;
  c->code = c->after;
  return true;
}

// plural count "one mail" "{} mails"
static bool compile_plural(Compiler *c, const Piece *tag, const char *text, GError **error) {
  const char *first = NULL, *second = NULL, *end = NULL;
  for (const char *at = text; *at; at++) {
    if (*at != '"') continue;
    first = second;
    second = at;
    for (at++; *at && *at != '"'; at++)
      if (*at == '\\' && at[1]) at++;
    end = at;
    if (!*at) break;
  }
  if (!first || !end || strcmp(end, "\"") != 0 || first == text)
    return place_refuse(tag->place, error, "this tag reads: plural count \"one mail\" \"{} mails\"");
  g_autofree char *count = g_strstrip(g_strndup(text, (gsize)(first - text)));
  g_autofree char *one_code = g_strstrip(g_strndup(first, (gsize)(second - first)));
  g_autofree char *one_raw = g_strndup(one_code + 1, strlen(one_code) - 2),
                  *many_raw = g_strndup(second + 1, (gsize)(end - second) - 1);
  g_autofree char *one = g_strcompress(one_raw), *many = g_strcompress(many_raw);
  PutHow how;
  if (!*count || !scan_check_code(count, tag->place, error) || !scan_check_code(one_code, tag->place, error) ||
      !markup_value(&c->markup, tag->place, &how, error))
    return *count ? false : place_refuse(tag->place, error, "the count is missing");
  if (how != PUT_CONTENT && how != PUT_TEXT_ONLY) return place_refuse(tag->place, error, "an address has no words");
  GString *around = begin_place(c);
  put_code(c, tag->place, "  words_write_count(out, %s, %s, (uint64_t)(%s));\n", one_code, second, count);
  end_place(c, around, arena_strdup(c->arena, many), false);
  say_note(&c->sayer, one, many, NULL);
  return true;
}

// Whether a person reads what stands here.
static bool is_read(const Markup *markup) {
  if (markup->open && markup->open->is_kept) return false;
  if (markup->where == IN_VALUE) return !markup->tag->is_marked && rules_holds_words(markup->attributes->name);
  return markup->where == IN_CONTENT;
}

static bool compile_value(Compiler *c, const Piece *piece, GError **error) {
  static const char *const calls[] = {[PUT_CONTENT] = "html_put",
                                      [PUT_TEXT_ONLY] = "html_put_attribute",
                                      [PUT_ADDRESS] = "html_put_address",
                                      [PUT_ADDRESS_PART] = "html_put_url_part"};
  static const char *const said[] = {[PUT_CONTENT] = "words_put", [PUT_TEXT_ONLY] = "words_put_attribute"};
  PutHow how;
  if (!scan_check_code(piece->text, piece->place, error) || !markup_value(&c->markup, piece->place, &how, error)) return false;
  bool is_said = is_read(&c->markup) && how <= PUT_TEXT_ONLY;
  GString *around = begin_place(c);
  put_code(c, piece->place, "  %s(out, (%s));\n", is_said ? said[how] : calls[how], piece->text);
  end_place(c, around, piece->text, false);
  if (is_said) say_note_strings(&c->sayer, piece->text, true);
  return true;
}

// A start tag was begun: what belongs to it is gathered until its end.
static bool begin_tag(Compiler *c, Place place, GError **error) {
  const Element *tag = c->markup.tag;
  if ((tag->is_foreign || !rules_is_inline(tag->name)) && !end_run(c, place, error)) return false;
  c->outside = c->code;
  c->code = say_chunk(c->arena);
  say_literal(c->code, c->step->str, c->step->len);
  return true;
}

static void end_tag(Compiler *c) {
  const Element *tag = c->markup.tag;
  GString *start_tag = c->code;
  c->code = c->outside;
  if (tag->is_foreign || !rules_is_inline(tag->name))
    g_string_append_len(c->code, start_tag->str, (gssize)start_tag->len);
  else if (c->markup.open == tag)
    run_open(c->arena, c->run, start_tag);
  else
    run_add_code(c->arena, c->run, start_tag, "", false);
}

static bool follow_content(Compiler *c, const char *at, bool was_kept, Place place, GError **error) {
  if (c->markup.where == IN_TAG) return begin_tag(c, place, error);
  const GString *step = c->step;
  if (at[0] == '<' && at[1] == '/') {
    if (run_close(c->arena, c->run, step->str)) return true;
    if (!end_run(c, place, error)) return false;
    say_literal(c->code, step->str, step->len);
  } else if (at[0] == '<' || was_kept) {
    GString *chunk = say_chunk(c->arena);
    say_literal(chunk, step->str, step->len);
    run_add_code(c->arena, c->run, chunk, "", at[0] == '<');
  } else {
    run_add_text(c->arena, c->run, step->str, step->len);
  }
  return true;
}

static bool follow_value(Compiler *c, Place place, GError **error) {
  const GString *step = c->step;
  bool is_over = c->markup.where == IN_TAG;
  if (!c->value) {
    say_literal(c->code, step->str, step->len);
    return true;
  }
  run_add_text(c->arena, c->value, step->str, step->len - (is_over ? 1 : 0));
  if (!is_over) return true;
  if (!run_say(&c->sayer, c->value, place, c->code, error)) return false;
  c->value = NULL;
  say_literal(c->code, step->str + step->len - 1, 1);
  return true;
}

// After a step that began in `before`.
static bool follow(Compiler *c, const Markup *before, const char *at, Place place, GError **error) {
  if (before->where == IN_CONTENT) return follow_content(c, at, before->open && before->open->is_kept, place, error);
  if (before->where == IN_VALUE) return follow_value(c, place, error);
  say_literal(c->code, c->step->str, c->step->len);
  if (c->markup.where == IN_VALUE && is_read(&c->markup)) c->value = run_new(c->arena, true);
  if (c->markup.where == IN_CONTENT) end_tag(c);
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
  while (size) {
    Markup before = c->markup;
    Place began = place;
    const char *at = text;
    g_string_truncate(c->step, 0);
    if (!markup_step(&c->markup, &text, &size, &place, c->step, error) || !follow(c, &before, at, began, error)) return false;
  }
  return true;
}

// A tag that holds a body. What is a choice between two ways belongs to its sentence; what may be left out does not, when it stands last.
static bool compile_block(Compiler *c, const Piece *tag, const char *text, bool *out_is_block, GError **error) {
  GString *around = begin_place(c);
  bool has_else = false, is_fine = false;
  *out_is_block = true;
  if (take_word(&text, "if"))
    is_fine = compile_if(c, tag, text, &has_else, error);
  else if (take_word(&text, "each"))
    is_fine = compile_each(c, tag, text, error);
  else if (take_word(&text, "fill"))
    is_fine = compile_fill(c, tag, text, error);
  else
    *out_is_block = false;
  if (*out_is_block && !is_fine) return false;
  if (*out_is_block)
    end_place(c, around, arena_strdup(c->arena, tag->text), !has_else);
  else
    c->code = around;
  return true;
}

// A tag inside a template. Sets `*out_ended` when it ends the body.
static bool compile_tag(Compiler *c, const Piece *tag, Ending *out, bool *out_ended, GError **error) {
  const char *text = tag->text;
  if (take_word(&text, "render")) return compile_render(c, tag, text, error);
  if (strcmp(text, "slot") == 0) return compile_slot(c, tag, error);
  if (take_word(&text, "plural")) return compile_plural(c, tag, text, error);
  c->skip_line = tag->is_alone;
  bool is_block;
  if (!compile_block(c, tag, text, &is_block, error)) return false;
  if (is_block) return true;
  *out = (Ending){ENDED_BY_END, NULL, tag->place};
  *out_ended = true;
  if (strcmp(text, "end") == 0) return true;
  if (take_word(&text, "template") || take_word(&text, "include"))
    return place_refuse(tag->place, error, "this cannot stand inside a template; is an {%% end %%} missing before it?");
  if (!take_word(&text, "else"))
    return place_refuse(tag->place, error, "unknown tag \"%s\": there are if, else, each, render, plural, fill, slot and end",
                        tag->text);
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
  Run *run = c->run, *value = c->value;
  if (c->markup.where == IN_CONTENT) c->run = run_new(c->arena, false);
  if (value) c->value = run_new(c->arena, true);
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
  if (run_here(c) && !run_say(&c->sayer, run_here(c), opened, c->code, error)) return false;
  c->run = run;
  c->value = value;
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
  g_string_append_printf(c->source, "void render_%s%s(GString *out%s) {\n", head->name, suffix, head->arguments);
  say_finish(code, c->source);
  g_string_append(c->source, "}\n");
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
  if (g_str_has_suffix(c->code->str, "\n\x02")) g_string_erase(c->code, (gssize)c->code->len - 2, 1);
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
  g_autoptr(GString) step = g_string_new(NULL);
  g_autoptr(GString) words = g_string_new(NULL);
  if (strpbrk(text, "\x01\x02"))
    return place_refuse(place_after((Place){file, 1, 1}, text, strcspn(text, "\x01\x02")), error,
                        "a control character cannot stand here");
  Compiler c = {.arena = arena,
                .file = file,
                .name = name,
                .scanner = scanner_of(arena, file, text),
                .header = header,
                .source = source,
                .before = before,
                .after = after,
                .step = step,
                .sayer = {.arena = arena, .file = file, .words = words}};
  g_string_append_printf(header, "// Made by tmplc from %s.\n#pragma once\n\n#include \"base/words.h\"\n", name);
  g_string_append_printf(source, "// Made by tmplc from %s.\n#include \"%s.h\"\n\n#include \"base/list.h\"\n", name, name);
  if (!compile_file(&c, error)) return false;
  *out = (Compiled){.source = arena_strdup(arena, source->str),
                    .header = arena_strdup(arena, header->str),
                    .words = arena_strdup(arena, words->str)};
  return true;
}
