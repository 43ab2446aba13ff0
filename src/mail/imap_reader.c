// First a response is framed: lines, and the literals that lines end with ("{12}", then 12 bytes, then the line goes on). Where the
// search for the end of a line stopped is remembered, so that a response in many pieces is looked at once. Then it is taken apart
// into a flat list of tokens. What a status says to people is never taken apart: a lone quote in it is no error, and braces at its
// end announce nothing.
#include "mail/imap_reader.h"

#include "base/text.h"

#define LITERALS_MOST 1000
#define BUFFER_KEPT (1024 * 1024)

struct ImapReader {
  GByteArray *buffer;
  size_t begin;       // of the response, in the buffer
  size_t piece;       // where its present line begins
  size_t scanned;     // up to here no end of that line
  size_t literal_end; // the buffer must reach this far; 0: no literal is awaited
  size_t line_size;   // of all its lines so far
  size_t literal_size, literals;
  bool is_status; // decided when its first line is whole
  size_t literal_most;
  Arena *arena; // of the response given last
};

ImapReader *imap_reader_new(size_t literal_most) {
  ImapReader *reader = g_new0(ImapReader, 1);
  reader->buffer = g_byte_array_new();
  reader->arena = arena_new();
  reader->literal_most = literal_most;
  return reader;
}

void imap_reader_free(ImapReader *reader) {
  if (!reader) return;
  g_byte_array_unref(reader->buffer);
  arena_free(reader->arena);
  g_free(reader);
}

// What was given out goes, and the rest moves to the front: once for each feeding, not for each response.
static void compact(ImapReader *reader) {
  size_t done = reader->begin, left = reader->buffer->len - done;
  if (!done) return;
  if (left == 0 && reader->buffer->len > BUFFER_KEPT) {
    g_byte_array_unref(reader->buffer);
    reader->buffer = g_byte_array_new();
  } else
    g_byte_array_remove_range(reader->buffer, 0, (guint)done);
  reader->begin = 0;
  reader->piece -= done;
  reader->scanned -= done;
  if (reader->literal_end) reader->literal_end -= done;
}

void imap_reader_feed(ImapReader *reader, const void *data, size_t size) {
  compact(reader);
  g_byte_array_append(reader->buffer, data, (guint)size);
}

static bool refuse(GError **error, const char *what) {
  return error_set(error, ERROR_BROKEN, "The mail server said something that cannot be understood: %s.", what);
}

// ——— framing

static bool is_status_word(Bytes word) {
  static const char *const words[] = {"OK", "NO", "BAD", "BYE", "PREAUTH"};
  for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
    if (word.size == strlen(words[i]) && g_ascii_strncasecmp(word.data, words[i], word.size) == 0) return true;
  return false;
}

// Everything but "* " and something that is no status.
static bool is_status_line(const char *line, size_t size) {
  if (size < 2 || line[0] != '*' || line[1] != ' ') return true;
  const char *word = line + 2, *end = memchr(word, ' ', size - 2);
  return is_status_word(bytes_of(word, end ? (size_t)(end - word) : size - 2));
}

// "… {12}" or "… {12+}" at the end of a line: how many bytes follow it. False when it ends otherwise.
static bool announced_literal(const char *line, size_t size, size_t *out) {
  if (size < 3 || line[size - 1] != '}') return false;
  size_t at = size - 1, value = 0, digits = 0, unit = 1;
  if (line[at - 1] == '+') at--;
  for (; at > 0 && g_ascii_isdigit(line[at - 1]) && digits < 12; at--, digits++, unit *= 10)
    value += (size_t)(line[at - 1] - '0') * unit;
  if (digits == 0 || at == 0 || line[at - 1] != '{') return false;
  *out = value;
  return true;
}

static bool await_literal(ImapReader *reader, size_t size, size_t from, GError **error) {
  if (size > reader->literal_most || reader->literal_size + size > reader->literal_most || ++reader->literals > LITERALS_MOST)
    return refuse(error, "more than was asked for");
  reader->literal_size += size;
  reader->literal_end = from + size;
  return true;
}

typedef enum Framed { FRAMED_NOT_YET, FRAMED_WHOLE, FRAMED_BROKEN } Framed;

// Looks for the end of the response; `*out_end` is behind its last line end.
static Framed frame(ImapReader *reader, size_t *out_end, GError **error) {
  for (;;) {
    const GByteArray *buffer = reader->buffer;
    if (reader->literal_end) {
      if (buffer->len < reader->literal_end) return FRAMED_NOT_YET;
      reader->piece = reader->scanned = reader->literal_end;
      reader->literal_end = 0;
    }
    if (reader->scanned == buffer->len) return FRAMED_NOT_YET;
    const uint8_t *end = memchr(buffer->data + reader->scanned, '\n', buffer->len - reader->scanned);
    reader->scanned = end ? (size_t)(end - buffer->data) + 1 : buffer->len;
    if (reader->line_size + reader->scanned - reader->piece > IMAP_LINE_MOST)
      return refuse(error, "a line that is too long"), FRAMED_BROKEN;
    if (!end) return FRAMED_NOT_YET;
    const char *line = (const char *)buffer->data + reader->piece;
    size_t size = reader->scanned - 1 - reader->piece, literal;
    if (size && line[size - 1] == '\r') size--;
    if (reader->piece == reader->begin) reader->is_status = is_status_line(line, size);
    reader->line_size += reader->scanned - reader->piece;
    if (reader->is_status || !announced_literal(line, size, &literal)) return *out_end = reader->scanned, FRAMED_WHOLE;
    if (!await_literal(reader, literal, reader->scanned, error)) return FRAMED_BROKEN;
  }
}

static void begin_next(ImapReader *reader, size_t at) {
  reader->begin = reader->piece = reader->scanned = at;
  reader->literal_end = reader->line_size = reader->literal_size = reader->literals = 0;
}

// ——— taking apart

typedef struct Cursor {
  const char *at, *end;
  int depth;
} Cursor;

static Bytes unescape(Arena *arena, const char *from, size_t size) {
  char *text = arena_alloc(arena, size);
  size_t length = 0;
  for (size_t i = 0; i < size; i++) {
    if (from[i] == '\\' && i + 1 < size) i++;
    text[length++] = from[i];
  }
  return bytes_of(text, length);
}

static bool read_quoted(Arena *arena, Cursor *cursor, Bytes *out) {
  const char *from = ++cursor->at;
  bool has_escapes = false;
  for (; cursor->at < cursor->end && *cursor->at != '"'; cursor->at++) {
    if (*cursor->at == '\r' || *cursor->at == '\n') return false;
    if (*cursor->at != '\\') continue;
    has_escapes = true;
    if (++cursor->at == cursor->end) return false;
  }
  if (cursor->at >= cursor->end) return false;
  size_t size = (size_t)(cursor->at++ - from);
  *out = has_escapes ? unescape(arena, from, size) : bytes_of(from, size);
  return true;
}

// At "{12}" with its line end: the bytes behind it. False when these braces are none.
static bool read_literal(Cursor *cursor, Bytes *out) {
  const char *line_end = memchr(cursor->at, '\n', (size_t)(cursor->end - cursor->at));
  if (!line_end) return false;
  size_t size = (size_t)(line_end - cursor->at), literal;
  if (size && cursor->at[size - 1] == '\r') size--;
  if (memchr(cursor->at, '}', size) != cursor->at + size - 1 || !announced_literal(cursor->at, size, &literal)) return false;
  if (literal > (size_t)(cursor->end - line_end - 1)) return false;
  *out = bytes_of(line_end + 1, literal);
  cursor->at = line_end + 1 + literal;
  return true;
}

// "BODY[HEADER.FIELDS (DATE)]<0>" is one atom: its brackets hold it together.
static Bytes read_atom(Cursor *cursor) {
  const char *from = cursor->at;
  bool is_inside = false;
  for (; cursor->at < cursor->end; cursor->at++) {
    char c = *cursor->at;
    if (c == '\r' || c == '\n') break;
    if (!is_inside && cursor->at > from && (c == ' ' || c == '(' || c == ')' || c == '"')) break;
    is_inside = c == '[' || (is_inside && c != ']');
  }
  return bytes_of(from, (size_t)(cursor->at - from));
}

static bool read_token(Arena *arena, Cursor *cursor, ImapToken *out, GError **error) {
  char c = *cursor->at;
  *out = (ImapToken){IMAP_ATOM, bytes_of(cursor->at, 1)};
  if (c == '(' || c == ')') {
    cursor->at++;
    cursor->depth += c == '(' ? 1 : -1;
    out->kind = c == '(' ? IMAP_OPEN : IMAP_CLOSE;
    if (cursor->depth < 0) return refuse(error, "a bracket too many");
    return cursor->depth <= IMAP_DEPTH_MOST || refuse(error, "lists within lists");
  }
  out->kind = IMAP_STRING;
  if (c == '"') return read_quoted(arena, cursor, &out->bytes) || refuse(error, "a quote without its end");
  if (c == '{' && read_literal(cursor, &out->bytes)) return true;
  *out = (ImapToken){IMAP_ATOM, read_atom(cursor)};
  return true;
}

static bool read_tokens(Arena *arena, const char *from, const char *end, ImapTokenList *out, GError **error) {
  Cursor cursor = {.at = from, .end = end};
  while (cursor.at < cursor.end) {
    if (*cursor.at == ' ' || *cursor.at == '\r' || *cursor.at == '\n') {
      cursor.at++;
      continue;
    }
    ImapToken token;
    if (!read_token(arena, &cursor, &token, error)) return false;
    *list_add(arena, out) = token;
  }
  return cursor.depth == 0 || refuse(error, "a list without its end");
}

static const char *words(Arena *arena, const char *from, const char *end) {
  return text_one_line(arena, text_make_valid(arena, bytes_of(from, (size_t)(end - from))));
}

// "[UIDVALIDITY 38] UIDs are valid"
static void read_status_text(Arena *arena, const char *from, const char *end, ImapResponse *out) {
  const char *close = from < end && *from == '[' ? memchr(from, ']', (size_t)(end - from)) : NULL;
  out->code = close ? words(arena, from + 1, close) : "";
  out->text = words(arena, close ? close + 1 : from, end);
}

static const char *after_spaces(const char *at, const char *end) {
  while (at < end && *at == ' ') at++;
  return at;
}

static const char *word_end(const char *at, const char *end) {
  const char *space = memchr(at, ' ', (size_t)(end - at));
  return space ? space : end;
}

static const ImapResponse *take_apart(ImapReader *reader, const char *from, const char *end, GError **error) {
  Arena *arena = reader->arena;
  ImapResponse *response = arena_make(arena, ImapResponse);
  if (!reader->is_status) {
    *response = (ImapResponse){.tag = "*", .code = "", .text = ""};
    return read_tokens(arena, from + 2, end, &response->tokens, error) ? response : NULL;
  }
  while (end > from && (end[-1] == '\n' || end[-1] == '\r')) end--;
  const char *tag_end = word_end(from, end), *rest = after_spaces(tag_end, end);
  *response = (ImapResponse){.tag = words(arena, from, tag_end), .code = "", .text = ""};
  if (strcmp(response->tag, "+") == 0) {
    response->text = words(arena, rest, end);
    return response;
  }
  const char *status_end = word_end(rest, end);
  Bytes status = bytes_of(rest, (size_t)(status_end - rest));
  if (!*response->tag || !is_status_word(status)) return refuse(error, "neither data nor an answer"), NULL;
  response->status = arena_take(arena, g_ascii_strup(status.data, (gssize)status.size));
  read_status_text(arena, after_spaces(status_end, end), end, response);
  return response;
}

const ImapResponse *imap_reader_next(ImapReader *reader, GError **error) {
  size_t end;
  if (frame(reader, &end, error) != FRAMED_WHOLE) return NULL;
  arena_reset(reader->arena);
  const char *base = (const char *)reader->buffer->data;
  const ImapResponse *response = take_apart(reader, base + reader->begin, base + end, error);
  begin_next(reader, end);
  return response;
}

bool imap_token_is(const ImapToken *token, const char *atom) {
  return token->kind == IMAP_ATOM && token->bytes.size == strlen(atom) &&
         g_ascii_strncasecmp(token->bytes.data, atom, token->bytes.size) == 0;
}

bool imap_token_number(const ImapToken *token, int64_t *out) {
  const char *digits = token->bytes.data;
  if (token->kind != IMAP_ATOM || token->bytes.size == 0 || token->bytes.size > 18) return false;
  int64_t value = 0;
  for (size_t i = 0; i < token->bytes.size; i++) {
    if (!g_ascii_isdigit(digits[i])) return false;
    value = value * 10 + (digits[i] - '0');
  }
  *out = value;
  return true;
}
