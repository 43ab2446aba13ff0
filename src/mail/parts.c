// Cutting a mail. One walk over the lines with a stack of the boundaries that are open: a line "--boundary" of any of them
// closes what is inside it and opens a part. Only leaves keep bytes; a message inside a mail is a leaf, it is not opened. GMime
// reads what stands in the headers of a part (types, parameters of RFC 2231, transfer encodings), but not the structure: its
// parser recurses, and a mail of a few megabytes could make it build millions of objects.
//
// Forgiven: parts after the closing line, boundaries that are never used (the body is text then), a missing boundary parameter
// when the first "--" line gives it away, types that make no sense (case 29).
#include "mail/parts.h"

#include "base/text.h"
#include "mail/charset.h"
#include "mail/uu.h"
#include "mail/words.h"

#define PARAMETERS_LONGEST 8192

G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeContentType, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeContentDisposition, g_object_unref)

typedef struct Opened { // a multipart whose boundary is looked for
  const char *boundary;
  size_t length;
  int64_t part;
  size_t body_at;
  bool has_children;
  bool is_digest;
} Opened;

typedef struct Splitter {
  Arena *arena;
  const char *text;
  size_t size;
  MailPartList parts;
  TextList *problems;
  const char *hint; // the first charset that a part names
  Opened stack[PARTS_DEEPEST];
  int depth;
} Splitter;

typedef struct Delimiter { // a boundary line in the text
  size_t at, next;         // where the line begins, where the following one does
  int level;               // index into the stack
  bool closes;
} Delimiter;

static bool is_type_character(char c) { return g_ascii_isalnum(c) || (c && strchr("-+._!#$&^'*`~", c)); }

// "text/html" from "Text/HTML; charset=…"; NULL when there is no type to be seen.
static const char *read_type(Arena *arena, const char *value) {
  size_t kind = 0, sub = 0;
  while (is_type_character(value[kind])) kind++;
  const char *slash = value + kind + strspn(value + kind, " \t");
  if (*slash != '/') return NULL;
  const char *after = slash + 1 + strspn(slash + 1, " \t");
  while (is_type_character(after[sub])) sub++;
  if (!kind || !sub || kind > 100 || sub > 100) return NULL;
  return arena_take(arena, g_ascii_strdown(arena_printf(arena, "%.*s/%.*s", (int)kind, value, (int)sub, after), -1));
}

static bool starts_with(const char *text, size_t size, const char *prefix) {
  size_t length = strlen(prefix);
  return size >= length && g_ascii_strncasecmp(text, prefix, length) == 0;
}

static const char *sniff_type(Bytes body) {
  const char *text = body.data, *end = text + body.size;
  while (text < end && g_ascii_isspace(*text)) text++;
  size_t size = (size_t)(end - text);
  bool is_html = starts_with(text, size, "<html") || starts_with(text, size, "<!doctype html");
  return is_html ? "text/html" : "text/plain";
}

// A parameter of Content-Type or Content-Disposition, NULL when missing or blank.
static const char *parameter(Splitter *splitter, GMimeParamList *list, const char *name) {
  GMimeParam *found = list ? g_mime_param_list_get_parameter(list, name) : NULL;
  const char *value = found ? g_mime_param_get_value(found) : NULL;
  if (!value) return NULL;
  value = text_one_line(splitter->arena, words_decode(splitter->arena, value, splitter->hint, "A file name", NULL));
  return *value ? value : NULL;
}

// A header with parameters as GMime can read it: UTF-8, of bounded length. NULL when there is none.
static const char *parameters_value(Splitter *splitter, const MailHeaderList *headers, const char *name) {
  Arena *arena = splitter->arena;
  const char *value = header_value(arena, headers, name);
  if (!value) return NULL;
  if (strncmp(value, "=?", 2) == 0) value = words_decode(arena, value, splitter->hint, name, NULL);
  size_t length = strnlen(value, PARAMETERS_LONGEST);
  const char *label = g_utf8_validate(value, (gssize)length, NULL) ? NULL : splitter->hint;
  return charset_decode(arena, bytes_of(value, length), label, NULL);
}

static const char *read_content_type(Splitter *splitter, MailPart *part) {
  Arena *arena = splitter->arena;
  const char *value = parameters_value(splitter, &part->headers, "Content-Type");
  if (!value) return NULL;
  part->type = read_type(arena, value);
  part->type_was_said = part->type != NULL;
  if (!part->type && *value) problem_add(arena, splitter->problems, "A part has a Content-Type that makes no sense.");
  const char *semicolon = strchr(value, ';');
  const char *readable = arena_printf(arena, "%s%s", part->type ? part->type : "text/plain", semicolon ? semicolon : "");
  g_autoptr(GMimeContentType) type = g_mime_content_type_parse(NULL, readable);
  GMimeParamList *list = type ? g_mime_content_type_get_parameters(type) : NULL;
  part->charset = parameter(splitter, list, "charset");
  if (part->charset && !splitter->hint) splitter->hint = part->charset;
  part->name = parameter(splitter, list, "name");
  return parameter(splitter, list, "boundary");
}

static void read_disposition(Splitter *splitter, MailPart *part) {
  Arena *arena = splitter->arena;
  const char *value = parameters_value(splitter, &part->headers, "Content-Disposition");
  if (!value) return;
  g_autoptr(GMimeContentDisposition) disposition = g_mime_content_disposition_parse(NULL, value);
  if (!disposition) return;
  const char *word = g_mime_content_disposition_get_disposition(disposition);
  part->disposition = word ? arena_take(arena, g_ascii_strdown(word, -1)) : NULL;
  const char *name = parameter(splitter, g_mime_content_disposition_get_parameters(disposition), "filename");
  if (name) part->name = name;
}

static void read_encoding(Splitter *splitter, MailPart *part) {
  const char *value = header_value(splitter->arena, &part->headers, "Content-Transfer-Encoding");
  if (!value) return;
  while (*value == '"' || *value == '\'' || *value == ' ') value++;
  const char *word = arena_strndup(splitter->arena, value, strcspn(value, " \t;,(\"'"));
  part->encoding = g_mime_content_encoding_from_string(word);
}

static void read_content_id(Splitter *splitter, MailPart *part) {
  const char *value = header_value(splitter->arena, &part->headers, "Content-ID");
  if (!value) return;
  value += strspn(value, "< \t");
  const char *id = arena_strndup(splitter->arena, value, MIN(strcspn(value, "> \t"), 500));
  id = text_make_valid(splitter->arena, bytes_of_text(id));
  if (*id) part->content_id = id;
}

// The boundary of a multipart whose Content-Type names none: its first "--" line, when headers follow it.
static const char *guess_boundary(Splitter *splitter, size_t at) {
  const char *text = splitter->text, *end = text + splitter->size;
  const char *dashes = text + at;
  if (at + 2 >= splitter->size) return NULL;
  if (strncmp(dashes, "--", 2) != 0) {
    dashes = memmem(dashes, splitter->size - at, "\n--", 3);
    if (!dashes) return NULL;
    dashes++;
  }
  const char *newline = memchr(dashes, '\n', (size_t)(end - dashes));
  if (!newline || newline - dashes < 3 || newline - dashes > 200) return NULL;
  if (!starts_with(newline + 1, (size_t)(end - newline - 1), "content-")) return NULL;
  char *boundary = arena_strndup(splitter->arena, dashes + 2, (size_t)(newline - dashes - 2));
  return g_strchomp(boundary);
}

static bool line_is_delimiter(const char *line, size_t length, const Opened *opened, bool *out_closes) {
  if (length < opened->length || memcmp(line, opened->boundary, opened->length) != 0) return false;
  const char *rest = line + opened->length, *end = line + length;
  *out_closes = end - rest >= 2 && rest[0] == '-' && rest[1] == '-';
  if (*out_closes) rest += 2;
  while (rest < end && g_ascii_isspace(*rest)) rest++;
  return rest == end;
}

static size_t line_end(const Splitter *splitter, size_t at) {
  const char *newline = memchr(splitter->text + at, '\n', splitter->size - at);
  return newline ? (size_t)(newline - splitter->text) : splitter->size;
}

// Whether the line from `at` to `end` is a boundary line; the innermost multipart that knows it counts.
static bool delimiter_at(const Splitter *splitter, size_t at, size_t end, Delimiter *out) {
  const char *line = splitter->text + at;
  bool closes = false;
  if (end - at <= 2 || line[0] != '-' || line[1] != '-' || splitter->parts.count >= PARTS_MOST) return false;
  for (int level = splitter->depth - 1; level >= 0; level--)
    if (line_is_delimiter(line + 2, end - at - 2, &splitter->stack[level], &closes)) {
      *out = (Delimiter){.at = at, .next = MIN(end + 1, splitter->size), .level = level, .closes = closes};
      return true;
    }
  return false;
}

// The next boundary line at or behind `at`, which is the beginning of a line. False at the end of the mail.
static bool find_delimiter(const Splitter *splitter, size_t at, Delimiter *out) {
  while (splitter->depth > 0 && at < splitter->size) {
    size_t end = line_end(splitter, at);
    if (delimiter_at(splitter, at, end, out)) return true;
    at = end + 1;
  }
  return false;
}

// The end of the header block that begins at `at`: behind its empty line, or at the boundary line that cuts it short.
static size_t header_end(const Splitter *splitter, size_t at) {
  Delimiter found;
  while (at < splitter->size) {
    size_t end = line_end(splitter, at);
    bool is_empty = end == at || (end == at + 1 && splitter->text[at] == '\r');
    if (is_empty) return MIN(end + 1, splitter->size);
    if (delimiter_at(splitter, at, end, &found)) return at;
    at = end + 1;
  }
  return splitter->size;
}

// Bytes from `from` to the line break before `to`, which belongs to the boundary line.
static Bytes body_between(const Splitter *splitter, size_t from, size_t to, bool before_boundary) {
  if (before_boundary && to > from && splitter->text[to - 1] == '\n') to--;
  if (before_boundary && to > from && splitter->text[to - 1] == '\r') to--;
  return bytes_of(splitter->text + MIN(from, to), to > from ? to - from : 0);
}

// Where a part began is all that is known of it until it ends.
static void end_part(Splitter *splitter, MailPart *part, size_t at, bool before_boundary) {
  size_t began = (size_t)((const char *)part->whole.data - splitter->text);
  part->whole = body_between(splitter, began, at, before_boundary);
}

// Takes multiparts off the stack down to `depth`. One without any part was text all along.
static void close_down_to(Splitter *splitter, int depth, size_t at) {
  while (splitter->depth > depth) {
    Opened *opened = &splitter->stack[--splitter->depth];
    MailPart *part = &splitter->parts.items[opened->part];
    end_part(splitter, part, at, depth > 0);
    if (opened->has_children) continue;
    part->is_multipart = false;
    part->body = body_between(splitter, opened->body_at, at, depth > 0);
    part->type = sniff_type(part->body);
    problem_add(splitter->arena, splitter->problems, "A multipart has no parts; it was read as text.");
  }
}

static bool open_multipart(Splitter *splitter, MailPart *part, int64_t index, const char *boundary, size_t body_at) {
  if (!part->type || !g_str_has_prefix(part->type, "multipart/")) return false;
  if (!boundary) boundary = guess_boundary(splitter, body_at);
  if (!boundary || splitter->depth == PARTS_DEEPEST) {
    problem_add(splitter->arena, splitter->problems,
                boundary ? "The parts are nested too deep; the innermost are kept as one file."
                         : "A multipart names no boundary.");
    part->type = boundary ? "application/octet-stream" : NULL;
    return false;
  }
  part->is_multipart = true;
  splitter->stack[splitter->depth++] = (Opened){.boundary = boundary,
                                                .length = strlen(boundary),
                                                .part = index,
                                                .body_at = body_at,
                                                .is_digest = strcmp(part->type, "multipart/digest") == 0};
  return true;
}

// Some programs write an empty line too early: a mail without any MIME header whose text begins with a block of them, Content-Type
// among them, and an empty line of its own. Returns the size of that block.
static size_t read_late_headers(Splitter *splitter, size_t at, MailPart *part) {
  Arena *arena = splitter->arena;
  const char *text = splitter->text + at;
  size_t size = splitter->size - at;
  bool may_be = starts_with(text, size, "content-") || starts_with(text, size, "mime-version:");
  if (!may_be || header_value(arena, &part->headers, "Content-Type") || header_value(arena, &part->headers, "MIME-Version"))
    return 0;
  MailHeaderList late = {0};
  TextList doubts = {0};
  size_t taken = headers_read(arena, bytes_of(text, size), &late, &doubts);
  const char *type = header_value(arena, &late, "Content-Type");
  if (!type || !read_type(arena, type) || doubts.count || taken == size) return 0;
  list_each(MailHeader, header, &late) *list_add(arena, &part->headers) = *header;
  problem_add(arena, splitter->problems, "The headers go on behind an empty line.");
  return taken;
}

// Reads the part that begins at `at` and returns where the search for the next boundary goes on.
static size_t read_part(Splitter *splitter, size_t at) {
  Opened *parent = splitter->depth ? &splitter->stack[splitter->depth - 1] : NULL;
  int64_t index = (int64_t)splitter->parts.count;
  MailPart *part = list_add(splitter->arena, &splitter->parts);
  part->parent = parent ? parent->part : -1;
  part->whole = bytes_of(splitter->text + at, 0);
  if (parent) parent->has_children = true;
  if (splitter->parts.count == PARTS_MOST)
    problem_add(splitter->arena, splitter->problems, "There are %d parts or more; the rest is kept in the last one.", PARTS_MOST);
  size_t header_size = header_end(splitter, at) - at;
  size_t body_at = at +
                   headers_read(splitter->arena, bytes_of(splitter->text + at, header_size), &part->headers, splitter->problems);
  if (!parent) body_at += read_late_headers(splitter, body_at, part);
  const char *boundary = read_content_type(splitter, part);
  read_disposition(splitter, part);
  read_encoding(splitter, part);
  read_content_id(splitter, part);
  if (open_multipart(splitter, part, index, boundary, body_at)) return body_at;
  Delimiter limit;
  size_t end = find_delimiter(splitter, body_at, &limit) ? limit.at : splitter->size;
  part->body = body_between(splitter, body_at, end, end < splitter->size);
  end_part(splitter, part, end, end < splitter->size);
  if (!part->type) part->type = parent && parent->is_digest ? "message/rfc822" : sniff_type(part->body);
  return end;
}

MailPartList parts_split(Arena *arena, Bytes raw, TextList *problems) {
  Splitter splitter = {.arena = arena, .text = raw.data, .size = raw.size, .problems = problems};
  size_t at = read_part(&splitter, 0);
  Delimiter found;
  while (find_delimiter(&splitter, at, &found)) {
    close_down_to(&splitter, found.level + 1, found.at);
    at = found.closes ? found.next : read_part(&splitter, found.next);
  }
  close_down_to(&splitter, 0, raw.size);
  return splitter.parts;
}

Bytes parts_decode(Arena *arena, const MailPart *part) {
  GMimeContentEncoding encoding = part->encoding;
  if (encoding == GMIME_CONTENT_ENCODING_UUENCODE) return uu_decode(arena, part->body);
  if (encoding != GMIME_CONTENT_ENCODING_BASE64 && encoding != GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE) return part->body;
  GMimeEncoding state;
  g_mime_encoding_init_decode(&state, encoding);
  char *out = arena_alloc(arena, g_mime_encoding_outlen(&state, part->body.size) + 1);
  size_t length = g_mime_encoding_flush(&state, part->body.data ? part->body.data : "", part->body.size, out);
  return bytes_of(out, length);
}
