// Signatures learnt from two mails of one sender (case 43). Both texts are walked from their ends, written line by written line; as
// long as the lines are the same the ending grows. What one person writes under two mails is a signature; the same mail sent
// twice is not, so something else must stand above it in both. The work is bounded: LINES_MOST lines, each compared once.
#include "mail/mail.h"

#include "base/text.h"

#define LINES_MOST 30  // of an ending
#define LINES_FEWEST 2 // a single "Regards" is a habit of half the world
#define LINE_LONGEST 500

typedef struct Line {
  const char *start;
  size_t length; // without white space at both ends; 0: there is none
} Line;

// The last written line in the `size` bytes before `end`, from which the walk goes on at its `start`.
static Line last_line(const char *text, const char *end) {
  while (end > text && g_ascii_isspace(end[-1])) end--;
  const char *start = end;
  while (start > text && start[-1] != '\n') start--;
  while (start < end && g_ascii_isspace(*start)) start++;
  return (Line){start, (size_t)(end - start)};
}

static bool lines_equal(Line one, Line other) {
  return one.length == other.length && one.length <= LINE_LONGEST && memcmp(one.start, other.start, one.length) == 0;
}

static bool is_written_above(const char *text, const char *start) {
  while (start > text && g_ascii_isspace(start[-1])) start--;
  return start > text;
}

static const char *line_begin(const char *text, const char *at) {
  while (at > text && at[-1] != '\n') at--;
  return at;
}

static const char *without_end_space(Arena *arena, const char *from, const char *end) {
  while (end > from && g_ascii_isspace(end[-1])) end--;
  return arena_strndup(arena, from, (size_t)(end - from));
}

const char *mail_common_ending(Arena *arena, const char *first, const char *second) {
  if (!first || !second) return "";
  const char *first_at = first + strlen(first), *second_at = second + strlen(second);
  int count = 0;
  while (count < LINES_MOST) {
    Line one = last_line(first, first_at), other = last_line(second, second_at);
    if (!one.length || !lines_equal(one, other)) break;
    if (!is_written_above(first, one.start) || !is_written_above(second, other.start)) break;
    first_at = one.start;
    second_at = other.start;
    count++;
  }
  return count >= LINES_FEWEST ? without_end_space(arena, line_begin(second, second_at), second + strlen(second)) : "";
}

bool mail_split_ending(Arena *arena, const char *reply, const char *ending, const char **out_reply, const char **out_ending) {
  if (!reply || text_is_blank(ending)) return false;
  const char *reply_at = reply + strlen(reply), *ending_at = ending + strlen(ending);
  for (int count = 0;; count++) {
    Line wanted = last_line(ending, ending_at);
    if (!wanted.length) break;
    Line found = last_line(reply, reply_at);
    if (count == LINES_MOST || !lines_equal(wanted, found)) return false;
    ending_at = wanted.start;
    reply_at = found.start;
  }
  if (!is_written_above(reply, reply_at)) return false;
  const char *from = line_begin(reply, reply_at);
  *out_reply = without_end_space(arena, reply, from);
  *out_ending = without_end_space(arena, from, reply + strlen(reply));
  return true;
}
