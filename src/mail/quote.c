// Reply and quote apart (case 42). The text is cut into lines; the first marker (attribution, header block, separator) is
// looked for from the top. What stands above it is the reply, less the signature, device lines and quotes at its end. What stands
// below belongs to the quote, unless it was quoted with ">" and somebody wrote between or under the quotes:
//   - text between two quotes: the answers make no sense without the questions, so everything is the reply;
//   - text only under the quote, and nothing (or a greeting) above it: that text is the reply.
// Marks that the mail's HTML carries (html_quote.c) count as markers of the text.
//
// "Best regards" and the name under it stay with the reply; only the lines below that read as a visiting card, and what stands
// below "-- ", are signature.
// Every line is looked at a fixed number of times, and only the first LINES_MOST for markers.
#include "base/text.h"
#include "mail/html_quote.h"
#include "mail/mail.h"
#include "mail/quote_markers.h"

#define LINES_MOST 20000
#define ATTRIBUTION_LINES 6 // an attribution is wrapped over at most this many lines
#define LABEL_LINES 8       // a header block shows itself within this many lines
#define SIGNATURE_LINES 12  // a signature below a mere "--" is at most this long
#define FOOTER_RULE 30      // underscores of the line above a mailing list's footer
#define CARD_RULE 5         // dashes of the line above a visiting card
#define CARD_LONGEST 120    // bytes of its lines
#define CARD_LINES 8        // of a card, within which it says how to reach somebody
#define NAME_LINES 2        // below "Best regards" that stay with the reply
#define WRAPPED_FROM 55     // bytes from which a quoted line may have been wrapped by force

typedef struct Split {
  Arena *scratch;
  QuoteLine *lines;
  size_t count;
  bool *is_marker;       // for each line
  size_t quote_line;     // where the quote begins by the HTML; the line count when it does not say
  size_t signature_line; // likewise
} Split;

typedef struct Marker {
  size_t first, after; // its lines; `after` is the first behind it
} Marker;

static bool starts_quoted(const char *line, size_t length) {
  size_t spaces = 0;
  while (spaces < length && spaces < 4 && line[spaces] == ' ') spaces++;
  return spaces < length && line[spaces] == '>';
}

static bool is_blank(const char *line, size_t length) {
  while (length && (g_ascii_isspace(*line) || (length >= 2 && memcmp(line, "\u00a0", 2) == 0))) {
    size_t step = g_ascii_isspace(*line) ? 1 : 2;
    line += step;
    length -= step;
  }
  return length == 0;
}

static QuoteLine line_of(const char *start, size_t length) {
  return (QuoteLine){start, length, is_blank(start, length), starts_quoted(start, length)};
}

static Split cut_lines(Arena *scratch, const char *text) {
  size_t count = 1;
  for (const char *c = text; *c; c++) count += *c == '\n';
  Split split = {.scratch = scratch, .lines = arena_make_array(scratch, QuoteLine, MIN(count, LINES_MOST) + count)};
  for (const char *at = text; *at;) {
    size_t length = strcspn(at, "\n");
    QuoteLine line = line_of(at, length);
    size_t inside = split.count < LINES_MOST ? quote_attribution_inside(scratch, &line) : 0;
    if (inside) split.lines[split.count++] = line_of(at, inside);
    split.lines[split.count++] = line_of(at + inside, length - inside);
    at += length + (at[length] == '\n');
  }
  return split;
}

// The line that begins at or behind the byte `at` of the text; the line count for SIZE_MAX.
static size_t line_at(const Split *split, const char *text, size_t at) {
  if (at == SIZE_MAX) return split->count;
  size_t low = 0, high = split->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if ((size_t)(split->lines[middle].start - text) < at)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static const char *lines_text(const Split *split, size_t first, size_t after) {
  const QuoteLine *last = &split->lines[after - 1];
  return arena_strndup(split->scratch, split->lines[first].start,
                       (size_t)(last->start + last->length - split->lines[first].start));
}

static size_t next_written(const Split *split, size_t at) {
  while (at < split->count && split->lines[at].is_blank) at++;
  return at;
}

static bool quote_follows(const Split *split, size_t at) {
  size_t next = next_written(split, at);
  return next < split->count && next < at + 5 && split->lines[next].is_quoted;
}

// "> wrote:" or ">:" that only closes the address of an attribution wrapped in the middle.
static bool closes_address(const Split *split, size_t at) {
  const QuoteLine *line = &split->lines[at];
  if (at == 0 || !line->is_quoted || !quote_may_end_attribution(line)) return false;
  const QuoteLine *above = &split->lines[at - 1];
  if (above->is_quoted || above->is_blank) return false;
  int open = 0;
  for (size_t i = at > ATTRIBUTION_LINES ? at - ATTRIBUTION_LINES : 0; i < at; i++)
    for (size_t c = 0; c < MIN(split->lines[i].length, 500); c++)
      open += split->lines[i].start[c] == '<' ? 1 : split->lines[i].start[c] == '>' ? -1 : 0;
  return open > 0;
}

static bool has_digit(const char *text) {
  for (; *text; text++)
    if (g_ascii_isdigit(*text)) return true;
  return false;
}

static bool first_is_digit(const QuoteLine *line) { return line->length && g_ascii_isdigit(*line->start); }

// The line where the attribution that ends in line `end` begins; false when there is none.
static bool attribution_start(const Split *split, size_t end, bool over_blanks, size_t *out_first) {
  bool follows = quote_follows(split, end + 1);
  size_t lowest = end + 1 > ATTRIBUTION_LINES ? end + 1 - ATTRIBUTION_LINES : 0;
  for (size_t at = end + 1; at-- > lowest;) {
    const QuoteLine *line = &split->lines[at];
    if ((line->is_blank && !over_blanks) || (line->is_quoted && at != end) || line->length > 500) break;
    if (!quote_begins_attribution(split->scratch, line)) continue;
    const char *text = lines_text(split, at, end + 1);
    if (!has_digit(text) || !quote_is_attribution(split->scratch, text, follows)) continue;
    *out_first = at;
    bool goes_on = first_is_digit(line) && at > lowest && !split->lines[at - 1].is_blank &&
                   !first_is_digit(&split->lines[at - 1]) && quote_begins_attribution(split->scratch, &split->lines[at - 1]);
    if (goes_on) (*out_first)--;
    return true;
  }
  for (size_t back = 0; back < 3 && back <= end; back++) { // no known beginning: a name
    const QuoteLine *line = &split->lines[end - back];
    if (line->is_blank || (line->is_quoted && back > 0) || line->length > 500) break;
    if (!quote_is_attribution(split->scratch, lines_text(split, end - back, end + 1), follows)) continue;
    *out_first = end - back;
    return true;
  }
  return false;
}

// A block of header lines that begins in line `at`: three different labels, among them who or when and what.
static bool is_header_block(const Split *split, size_t at) {
  QuoteLabel first = quote_label(split->scratch, &split->lines[at]);
  if (first == LABEL_NONE || first == LABEL_OTHER) return false;
  bool seen[LABEL_OTHER + 1] = {false};
  int different = 0;
  for (size_t i = at; i < split->count && i < at + LABEL_LINES; i++) {
    QuoteLabel label = split->lines[i].is_quoted ? LABEL_NONE : quote_label(split->scratch, &split->lines[i]);
    if (label == LABEL_NONE || seen[label]) continue;
    seen[label] = true;
    different++;
  }
  return different >= 3 && (seen[LABEL_FROM] || (seen[LABEL_DATE] && seen[LABEL_SUBJECT]));
}

static bool has_words(const Split *split, size_t from, size_t to) {
  for (size_t at = from; at < to; at++)
    if (!split->lines[at].is_blank && !split->lines[at].is_quoted && !quote_is_rule(&split->lines[at])) return true;
  return false;
}

// Two labels are enough when they say who and when beyond doubt: "Date: Wed, 16 May 2012 00:15" above "To: ann@example.org".
static bool is_short_block(const Split *split, size_t at) {
  if (at + 1 >= split->count || (at > 0 && has_words(split, at - 1, at))) return false;
  const QuoteLine *first = &split->lines[at], *second = first + 1;
  QuoteLabel one = quote_label(split->scratch, first), other = quote_label(split->scratch, second);
  bool is_date_first = one == LABEL_DATE && (other == LABEL_TO || other == LABEL_FROM);
  if (!is_date_first && !(one == LABEL_FROM && other == LABEL_DATE)) return false;
  const QuoteLine *date = is_date_first ? first : second, *person = is_date_first ? second : first;
  return quote_tells_moment(split->scratch, date) && memchr(person->start, '@', person->length);
}

static bool may_be_separator(const QuoteLine *line) {
  size_t skip = 0;
  while (skip < line->length && line->start[skip] == ' ') skip++;
  bool is_dashed = skip < line->length && strchr("-_=*", line->start[skip]);
  static const char processed[] = "original message processed by"; // David, which writes no dashes
  bool is_david = line->length >= strlen(processed) && g_ascii_strncasecmp(line->start, processed, strlen(processed)) == 0;
  return is_dashed || is_david || quote_may_end_attribution(line);
}

// A rule above a header block that lost its line breaks: "From: ann@example.org Date: …".
static bool is_ruled_sender(const Split *split, size_t at) {
  size_t next = next_written(split, at + 1);
  if (!quote_is_rule(&split->lines[at]) || next >= split->count || next > at + 2) return false;
  const QuoteLine *line = &split->lines[next];
  return quote_label(split->scratch, line) == LABEL_FROM && memchr(line->start, '@', line->length);
}

// Whether a marker ends, or a block begins, in line `at`.
static bool marker_at(const Split *split, size_t at, Marker *out) {
  const QuoteLine *line = &split->lines[at];
  bool closes = closes_address(split, at);
  if (line->is_blank || (line->is_quoted && !closes)) return false;
  *out = (Marker){at, at + 1};
  if (may_be_separator(line) && quote_is_separator(split->scratch, line)) return true;
  if (is_ruled_sender(split, at)) return true;
  if (quote_is_dated_line(line) || is_header_block(split, at) || is_short_block(split, at)) return true;
  return quote_may_end_attribution(line) && attribution_start(split, at, closes, &out->first);
}

// The HTML says where the quote begins; a line above it that ends in a colon and holds a digit says who wrote, in a language that
// the tables do not know.
static void take_html_mark(Split *split) {
  size_t at = split->quote_line;
  if (at == split->count) return;
  if (!split->lines[at].is_quoted) split->is_marker[at] = true;
  size_t above = at;
  while (above > 0 && at - above < 3 && split->lines[above - 1].is_blank) above--;
  if (above == 0 || !quote_may_end_attribution(&split->lines[above - 1])) return;
  if (has_digit(lines_text(split, above - 1, above))) split->is_marker[above - 1] = true;
}

static void find_markers(Split *split) {
  split->is_marker = arena_make_array(split->scratch, bool, split->count + 1);
  Marker marker;
  for (size_t at = 0; at < split->count && at < LINES_MOST; at++)
    if (marker_at(split, at, &marker))
      for (size_t line = marker.first; line <= at; line++) split->is_marker[line] = true;
  take_html_mark(split);
}

static size_t first_marker(const Split *split) {
  size_t at = 0;
  while (at < split->count && !split->is_marker[at] && at != split->quote_line) at++;
  return at;
}

static size_t behind_marker(const Split *split, size_t at) {
  while (at < split->count && split->is_marker[at]) at++;
  return at;
}

// What lines below a mark look like, gathered from the end of the text upwards.
typedef struct Card {
  size_t lines;   // written
  size_t longest; // bytes
  int contact;    // of QuoteContact
} Card;

static void card_add(const Split *split, Card *card, const QuoteLine *line) {
  if (line->is_blank) return;
  card->lines++;
  card->longest = MAX(card->longest, line->length);
  if (card->lines <= SIGNATURE_LINES) card->contact |= quote_contact(split->scratch, line);
}

// Below dashes only what names both a number and an address is a visiting card; customers draw lines above lists, too.
static bool is_ruled_card(const QuoteLine *line, const Card *below) {
  return line->length >= CARD_RULE && quote_is_rule(line) && below->lines >= 3 && below->lines <= SIGNATURE_LINES &&
         below->longest <= CARD_LONGEST && below->contact == CONTACT_BOTH;
}

// The first line of the signature in [from, to); `to` when there is none.
static size_t find_signature(const Split *split, size_t from, size_t to) {
  size_t found = to;
  Card below = {0};
  for (size_t at = to; at-- > from;) {
    const QuoteLine *line = &split->lines[at];
    bool is_mark = quote_is_signature_mark(line) || at == split->signature_line;
    bool is_sure = (is_mark && line->length == 3 && line->start[0] == '-') || at == split->signature_line;
    bool is_footer = line->length >= FOOTER_RULE && quote_is_rule(line) && line->start[0] == '_' && below.lines > 0;
    if (is_sure || ((is_mark || is_footer) && below.lines <= SIGNATURE_LINES) || is_ruled_card(line, &below)) found = at;
    card_add(split, &below, line);
  }
  return has_words(split, from, found) ? found : to;
}

typedef struct Closing {
  size_t first; // its first line; where it was looked for until, when there is none
  size_t below; // the line behind its last phrase
  Card card;    // what stands there
} Closing;

// "-Ann" as the last line, but not the last one of a list.
static bool signs_alone(const Split *split, size_t from, size_t at) {
  if (!quote_is_name_line(split->scratch, &split->lines[at])) return false;
  size_t above = at;
  while (above > from && split->lines[above - 1].is_blank) above--;
  return above == from || !quote_is_name_line(split->scratch, &split->lines[above - 1]);
}

// The phrases at the end of [from, to) and what stands under them.
static Closing find_closing(const Split *split, size_t from, size_t to) {
  Closing closing = {.first = to, .below = to};
  Card card = {0};
  for (size_t at = to; at-- > from;) {
    const QuoteLine *line = &split->lines[at];
    if (line->is_blank) continue;
    if (line->is_quoted || line->length > CARD_LONGEST || card.lines > SIGNATURE_LINES) break;
    bool closes = quote_is_closing(split->scratch, line) || (card.lines == 0 && signs_alone(split, from, at));
    closes = closes && has_words(split, from, at); // a letter that only thanks is a letter
    if (!closes && closing.first < to) break;
    if (closes && closing.first == to) {
      closing.below = at + 1;
      closing.card = card;
    }
    if (closes) closing.first = at;
    card_add(split, &card, line);
  }
  return closing;
}

// A name, then how to reach it, and no sentence before that; what follows may be anything, as lawyers like it. What customers add
// below "Thanks" (an order number, one more question) is no card.
static bool is_card(const Split *split, size_t from, size_t to) {
  int lines = 0;
  for (size_t at = from; at < to && lines < CARD_LINES; at++) {
    const QuoteLine *line = &split->lines[at];
    if (line->is_blank) continue;
    if (quote_is_prose(split->scratch, line)) return false;
    if (quote_contact(split->scratch, line) != CONTACT_NONE) return lines > 0;
    lines++;
  }
  return false;
}

// Where the visiting card under the closing begins; `to` when only a name stands there, or something else.
static size_t find_card(const Split *split, size_t from, size_t to) {
  Closing closing = find_closing(split, from, to);
  bool is_long = closing.card.lines > NAME_LINES;
  return is_long && is_card(split, closing.below, to) ? next_written(split, closing.below) : to;
}

static size_t closing_line(const Split *split, size_t from, size_t to) {
  Closing closing = find_closing(split, from, to);
  return closing.card.lines <= NAME_LINES ? closing.first : to;
}

static bool is_ornament(const Split *split, size_t at) {
  const QuoteLine *line = &split->lines[at];
  return line->is_blank || quote_is_rule(line) || quote_is_signature_mark(line) ||
         (line->length <= 4 && memmem(line->start, line->length, "ᐧ", 3)) || quote_is_device_line(split->scratch, line);
}

// Takes signature, device lines, ornaments and trailing quotes off the end of [from, to); gives the new end.
static size_t trim_reply(const Split *split, size_t from, size_t to) {
  size_t end = find_signature(split, from, to);
  while (end > from) {
    size_t before = end;
    if (is_ornament(split, end - 1))
      end--;
    else
      while (end > from && (split->lines[end - 1].is_quoted || split->lines[end - 1].is_blank)) end--;
    if (end == before) break;
    if (!has_words(split, from, end)) return has_words(split, from, before) ? before : to;
  }
  return find_card(split, from, end);
}

// A line that was cut off the quoted line above it.
static bool is_wrapped_rest(const Split *split, size_t at) {
  if (at == 0 || at + 1 >= split->count) return false;
  const QuoteLine *above = &split->lines[at - 1];
  return above->is_quoted && above->length >= WRAPPED_FROM && split->lines[at + 1].is_quoted;
}

typedef struct Answers {
  bool between; // text stands between two quotes
  size_t last;  // first line of the last text between or below quotes; the line count when there is none
  size_t below; // the same, when it stands below all quotes
} Answers;

// What was written behind `from`, where quotes are marked with ">". Signatures, and mails quoted without marks, are no answers.
static Answers find_answers(const Split *split, size_t from) {
  Answers answers = {.last = split->count, .below = split->count};
  bool in_text = false, is_over = true; // over: until the next quote, what comes is no answer
  for (size_t at = from; at < split->count; at++) {
    const QuoteLine *line = &split->lines[at];
    if (line->is_blank || is_wrapped_rest(split, at)) continue;
    if (line->is_quoted) {
      answers.between |= in_text;
      in_text = is_over = false;
      answers.below = split->count;
    } else if (split->is_marker[at] || (!in_text && is_ornament(split, at))) {
      is_over = true;
    } else if (!in_text && !is_over) {
      in_text = true;
      answers.last = answers.below = at;
    }
  }
  return answers;
}

static bool has_sentence(const Split *split, size_t from, size_t to) {
  for (size_t at = from; at < to; at++) {
    const QuoteLine *line = &split->lines[at];
    int words = 0;
    for (size_t i = 1; i < line->length; i++) words += line->start[i] == ' ' && line->start[i - 1] != ' ';
    if (!line->is_quoted && words >= 4) return true;
  }
  return false;
}

typedef struct Range {
  size_t from, to;
} Range;

static Range reply_lines(const Split *split) {
  size_t first = first_marker(split), after = behind_marker(split, first);
  Range above = {0, trim_reply(split, 0, first)};
  bool is_spoken = has_words(split, 0, first);
  if (first == split->count) return above;
  if (!is_spoken) above.to = 0;
  if (!quote_follows(split, after)) return above;
  Answers answers = find_answers(split, after);
  if (answers.between) return (Range){0, trim_reply(split, answers.last, split->count)};
  if (answers.below == split->count) return above;
  size_t end = trim_reply(split, answers.below, split->count);
  if (!is_spoken) return (Range){answers.below, end};
  return has_sentence(split, answers.below, end) ? (Range){0, end} : above;
}

static void append_lines(GString *out, const Split *split, size_t from, size_t to) {
  for (size_t at = from; at < to; at++) {
    g_string_append_len(out, split->lines[at].start, (gssize)split->lines[at].length);
    g_string_append_c(out, '\n');
  }
}

// The text of some lines without blank lines before and white space behind.
static const char *tidy(Arena *arena, const GString *text) {
  size_t start = 0, end = text->len;
  for (size_t at = 0; at < end && g_ascii_isspace(text->str[at]); at++)
    if (text->str[at] == '\n') start = at + 1;
  while (end > start && g_ascii_isspace(text->str[end - 1])) end--;
  return arena_strndup(arena, text->str + start, end - start);
}

// What stands below the whole quote and ends the letter: the closing belongs to the reply, a marked signature does not.
typedef struct Ending {
  Range closing, signature;
} Ending;

static Ending find_ending_below(const Split *split, Range reply) {
  Ending ending = {.closing = {split->count, split->count}, .signature = {split->count, split->count}};
  size_t from = split->count;
  while (from > 0 && !split->lines[from - 1].is_quoted) from--;
  from = next_written(split, from);
  bool is_below = from > 0 && from >= reply.to && from < split->count && first_marker(split) < from;
  if (reply.to == reply.from || !is_below) return ending;
  Card card = {0};
  for (size_t at = from; at < split->count; at++) {
    if (split->is_marker[at]) return ending;
    card_add(split, &card, &split->lines[at]);
  }
  const QuoteLine *line = &split->lines[from];
  Range below = {from, split->count};
  bool is_marked = quote_is_signature_mark(line) || from == split->signature_line || quote_is_device_line(split->scratch, line);
  if (is_marked && card.lines <= SIGNATURE_LINES) ending.signature = below;
  if (!is_marked && quote_is_closing(split->scratch, line) && card.lines <= NAME_LINES + 1) ending.closing = below;
  return ending;
}

// The lines behind the reply, up to the quote, when they say anything.
static Range signature_behind(const Split *split, Range reply) {
  size_t end = reply.to;
  while (end < split->count && !split->is_marker[end] && !split->lines[end].is_quoted && end != split->quote_line) end++;
  while (end > reply.to && (split->lines[end - 1].is_blank || quote_is_rule(&split->lines[end - 1]))) end--;
  return reply.to > reply.from && has_words(split, reply.to, end) ? (Range){reply.to, end} : (Range){0, 0};
}

static const char *range_text(Arena *arena, const Split *split, size_t from, size_t to) {
  g_autoptr(GString) out = g_string_new(NULL);
  append_lines(out, split, from, to);
  return tidy(arena, out);
}

MailSplit mail_split(Arena *arena, const char *text, const char *html) {
  g_autoptr(Arena) scratch = arena_new();
  if (!text) text = "";
  Split split = cut_lines(scratch, text);
  HtmlMarks marks = html ? html_quote_marks(scratch, html, text) : HTML_NO_MARKS;
  split.quote_line = line_at(&split, text, marks.quote_at);
  split.signature_line = line_at(&split, text, marks.signature_at);
  find_markers(&split);
  Range reply = reply_lines(&split), signature = signature_behind(&split, reply);
  Ending below = find_ending_below(&split, reply);
  if (signature.to == 0) signature = below.signature;
  bool closes_below = below.closing.from < split.count;
  Range closing = closes_below ? below.closing : (Range){closing_line(&split, reply.from, reply.to), reply.to};
  g_autoptr(GString) spoken = g_string_new(NULL);
  g_autoptr(GString) rest = g_string_new(NULL);
  append_lines(spoken, &split, reply.from, reply.to);
  if (closes_below) g_string_append_c(spoken, '\n');
  append_lines(spoken, &split, below.closing.from, below.closing.to);
  append_lines(rest, &split, 0, reply.from);
  append_lines(rest, &split, reply.to, below.closing.from);
  return (MailSplit){.reply = tidy(arena, spoken),
                     .quoted = tidy(arena, rest),
                     .signature = range_text(arena, &split, signature.from, signature.to),
                     .closing = range_text(arena, &split, closing.from, closing.to)};
}
