// Header blocks. A block is read line by line: a line that begins with white space belongs to the header above, an empty line
// ends the block. Broken mails are read as their senders meant them: mbox "From " lines are passed over, a stray line is passed
// over when another header follows, and otherwise the body begins there.
#include "mail/parts.h"

#include "base/text.h"

#include <stdarg.h>

#define VALUE_LONGEST (64 * 1024)
#define PROBLEMS_MOST 50
#define STRAY_LINES 4 // how far behind a stray line another header may follow

void problem_add(Arena *arena, TextList *problems, const char *format, ...) {
  if (!problems || problems->count >= PROBLEMS_MOST) return;
  va_list args;
  va_start(args, format);
  const char *sentence = arena_vprintf(arena, format, args);
  va_end(args);
  list_each(Text, known, problems)
    if (strcmp(*known, sentence) == 0) return;
  *list_add(arena, problems) = sentence;
}

// The end of the line that begins at `at`: its newline, or the end of everything.
static size_t line_end(const char *text, size_t at, size_t size) {
  const char *newline = memchr(text + at, '\n', size - at);
  return newline ? (size_t)(newline - text) : size;
}

static bool is_blank_line(const char *line, size_t length) { return length == 0 || (length == 1 && line[0] == '\r'); }

// The length of the name when the line reads "Name: …"; white space before the colon is forgiven.
static size_t name_length(const char *line, size_t length) {
  size_t end = 0;
  while (end < length && end < 200 && g_ascii_isgraph(line[end]) && line[end] != ':') end++;
  size_t colon = end;
  while (colon < length && (line[colon] == ' ' || line[colon] == '\t')) colon++;
  return end > 0 && colon < length && line[colon] == ':' ? end : 0;
}

static bool is_mbox_line(const char *line, size_t length) {
  if (length && *line == '>') line++, length--;
  return length > 5 && memcmp(line, "From ", 5) == 0;
}

static bool header_follows(const char *text, size_t at, size_t size) {
  for (int i = 0; i < STRAY_LINES && at < size; i++) {
    size_t end = line_end(text, at, size);
    if (is_blank_line(text + at, end - at)) return false;
    if (name_length(text + at, end - at) && text[at] != ' ') return true;
    at = end + 1;
  }
  return false;
}

static void add_header(Arena *arena, MailHeaderList *headers, const char *line, size_t length) {
  size_t name = name_length(line, length);
  const char *colon = memchr(line + name, ':', length - name);
  MailHeader *header = list_add(arena, headers);
  header->name = arena_strndup(arena, line, name);
  header->raw = bytes_of(colon + 1, length - (size_t)(colon + 1 - line));
}

size_t headers_read(Arena *arena, Bytes raw, MailHeaderList *out_headers, TextList *problems) {
  const char *text = raw.data;
  size_t at = 0;
  bool may_grow = false; // whether a folded line belongs to the last header
  while (at < raw.size) {
    size_t end = line_end(text, at, raw.size), length = end - at;
    const char *line = text + at;
    size_t next = end < raw.size ? end + 1 : raw.size;
    if (is_blank_line(line, length)) return next;
    bool is_fold = *line == ' ' || *line == '\t';
    if (is_fold && may_grow) {
      MailHeader *last = &out_headers->items[out_headers->count - 1];
      last->raw.size = (size_t)(line + length - (const char *)last->raw.data);
    } else if (!is_fold && name_length(line, length)) {
      may_grow = out_headers->count < HEADERS_MOST;
      if (may_grow)
        add_header(arena, out_headers, line, length);
      else
        problem_add(arena, problems, "There are more than %d header lines; the rest was passed over.", HEADERS_MOST);
    } else if (!is_mbox_line(line, length)) {
      bool is_stray = header_follows(text, next, raw.size);
      problem_add(arena, problems,
                  is_stray ? "A line among the headers is no header." : "The headers end without an empty line.");
      if (!is_stray) return at;
    }
    at = next;
  }
  return raw.size;
}

const char *header_unfold(Arena *arena, Bytes raw) {
  size_t size = MIN(raw.size, VALUE_LONGEST), length = 0;
  char *value = arena_alloc(arena, size + 1);
  for (size_t i = 0; i < size; i++) {
    char c = ((const char *)raw.data)[i];
    if (c && c != '\r' && c != '\n') value[length++] = c;
  }
  while (length && g_ascii_isspace(value[length - 1])) length--;
  value[length] = '\0';
  while (g_ascii_isspace(*value)) value++;
  return value;
}

const char *header_value(Arena *arena, const MailHeaderList *headers, const char *name) {
  list_each(MailHeader, header, headers)
    if (g_ascii_strcasecmp(header->name, name) == 0) return header_unfold(arena, header->raw);
  return NULL;
}
