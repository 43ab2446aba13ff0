// A mail is a forward when it says so: by its subject ("Fwd:", "WG:", "TR:" …) or by a line that only a forward has ("---------- Forwarded
// message"). An answer quotes with the same header block, so a block alone is not enough. Then the first writer is looked for: in a
// mail that is attached, else in the block of "From: … Subject: …" lines in the text, quoted with ">" or not. Only the text is read,
// never HTML, so style sheets and mailto links cannot be taken for a header. Below the block stands what the first writer wrote.
#include "mail/forward.h"

#include "base/text.h"
#include "mail/address.h"
#include "mail/quote_markers.h"

#define LINES_READ 2000 // from the top; further down nobody forwards
#define BLOCK_LINES 14  // a header block is at most this long
#define NUMBER_LONGEST 6

// How mail programs begin the subject of a forward, folded.
static const char *const subject_words[] = {"fwd",    "fw",   "wg",   "tr",   "rv",   "enc",  "i",     "inoltra",
                                            "doorst", "vs",   "vb",   "vl",   "pd",   "pr",   "fs",    "ilt",
                                            "yml",    "转发", "轉寄", "轉發", "転送", "전달", "пересл"};

// What the line above a forwarded mail says, folded; quote_markers.c has the rest of its life.
static const char *const banners[] = {
  "forwarded",       "weitergeleitete",   "reexpedie",    "transfere",  "reenviado",   "inoltrato",
  "encaminhada",     "reencaminhada",     "doorgestuurd", "przekazana", "przekazanej", "пересылаемое",
  "пересланное",     "переадресованного", "転送",         "转发",       "轉寄",        "전달된",
  "vidarebefordrat", "videresendt",       "valitetty"};

typedef struct Lines {
  Arena *scratch;
  QuoteLine *items; // without the ">" in front
  size_t count;
} Lines;

static bool subject_forwards(Arena *scratch, const char *subject) {
  const char *folded = text_fold(scratch, subject);
  folded += strspn(folded, "[( ");
  for (size_t i = 0; i < G_N_ELEMENTS(subject_words); i++) {
    if (!g_str_has_prefix(folded, subject_words[i])) continue;
    const char *after = folded + strlen(subject_words[i]);
    after += strspn(after, " ");
    if (*after == ':') return true;
  }
  return false;
}

static Lines cut_lines(Arena *scratch, const char *text) {
  Lines lines = {.scratch = scratch, .items = arena_make_array(scratch, QuoteLine, LINES_READ)};
  for (const char *at = text; *at && lines.count < LINES_READ;) {
    size_t length = strcspn(at, "\n"), skip = 0;
    while (skip < length && (at[skip] == '>' || at[skip] == ' ' || at[skip] == '\t')) skip++;
    lines.items[lines.count++] = (QuoteLine){
      .start = at + skip, .length = length - skip, .is_blank = skip == length, .is_quoted = memchr(at, '>', skip) != NULL};
    at += length + (at[length] == '\n');
  }
  return lines;
}

static bool is_banner(const Lines *lines, size_t at) {
  const QuoteLine *line = &lines->items[at];
  if (line->is_blank || !quote_is_separator(lines->scratch, line)) return false;
  const char *folded = text_fold(lines->scratch, arena_strndup(lines->scratch, line->start, line->length));
  for (size_t i = 0; i < G_N_ELEMENTS(banners); i++)
    if (strstr(folded, banners[i])) return true;
  return false;
}

// What stands behind the label of a header line.
static const char *value_of(const Lines *lines, size_t at) {
  const QuoteLine *line = &lines->items[at];
  const char *text = arena_strndup(lines->scratch, line->start, line->length);
  const char *colon = strchr(text, ':'), *wide = strstr(text, "：");
  const char *value = wide && (!colon || wide < colon) ? wide + strlen("：") : colon ? colon + 1 : "";
  value += strspn(value, "* ");
  return text_one_line(lines->scratch, value);
}

typedef struct Block {
  const char *from, *subject;
  size_t after; // the first line of what was written
} Block;

// A header block that begins in line `at`.
static bool read_block(const Lines *lines, size_t at, Block *out) {
  bool seen[LABEL_OTHER + 1] = {false};
  int different = 0;
  *out = (Block){.from = NULL, .subject = ""};
  size_t line = at;
  for (; line < lines->count && line < at + BLOCK_LINES && !lines->items[line].is_blank; line++) {
    QuoteLabel label = quote_label(lines->scratch, &lines->items[line]);
    if (label == LABEL_NONE && line == at) return false;
    if (label == LABEL_FROM && !out->from) out->from = value_of(lines, line);
    if (label == LABEL_SUBJECT && !*out->subject) out->subject = value_of(lines, line);
    different += label != LABEL_NONE && !seen[label];
    seen[label] = true;
  }
  out->after = line;
  return out->from && different >= 2;
}

// A subject that says "Fwd:" vouches for any block; without one, the text (or what is quoted of it) must begin with a forward's line.
static bool find_block(const Lines *lines, bool any_block, Block *out) {
  bool was_banner = false;
  for (size_t at = 0; at < lines->count; at++) {
    if (lines->items[at].is_blank) continue;
    if ((any_block || was_banner) && read_block(lines, at, out)) return true;
    if (!any_block && was_banner) return false;
    was_banner = is_banner(lines, at);
    if (!any_block && !was_banner) return false;
  }
  return false;
}

static const char *text_from(Arena *arena, const Lines *lines, size_t from, const char *whole) {
  if (from >= lines->count) return "";
  bool is_quoted = from > 0 && lines->items[from - 1].is_quoted;
  if (!is_quoted) return text_trim(arena, arena_strdup(arena, lines->items[from].start));
  g_autoptr(GString) text = g_string_new(NULL);
  for (const char *at = lines->items[from].start; *at;) { // one ">" off each line, however many there are
    size_t length = strcspn(at, "\n"), skip = *at == '>' && at > whole && at[-1] == '\n' ? 1 + (at[1] == ' ') : 0;
    g_string_append_len(text, at + MIN(skip, length), (gssize)(length - MIN(skip, length)));
    g_string_append_c(text, '\n');
    at += length + (at[length] == '\n');
  }
  return text_trim(arena, arena_strdup(arena, text->str));
}

// "Ida Lark [mailto:ida@lark.example]" is how Outlook writes an address, "<mailto:…>" how HTML leaves it.
static MailAddress address_in(Arena *arena, const char *value) {
  g_autoptr(GString) plain = g_string_new(value);
  g_string_replace(plain, "[mailto:", "<", 0);
  g_string_replace(plain, "<mailto:", "<", 0);
  g_string_replace(plain, "]", ">", 0);
  MailAddressList list = {0};
  address_list_read(arena, plain->str, NULL, "From", &list, NULL);
  list_each(MailAddress, entry, &list)
    if (mail_address_is_valid(entry->address)) return *entry;
  return (MailAddress){.name = text_clamp(arena, value, 200), .address = ""};
}

static MailForward *read_attached(Arena *arena, const Mail *mail, Mail *(*parse_inside)(Arena *arena, Bytes raw)) {
  const MailAttachment *inside = NULL;
  list_each(const MailAttachment, file, &mail->attachments) {
    if (strcmp(file->type, "message/rfc822") != 0 && strcmp(file->type, "message/global") != 0) continue;
    if (inside) return NULL; // several mails are passed on; none of them is the one
    inside = file;
  }
  if (!inside) return NULL;
  Mail *first = parse_inside(arena, inside->bytes);
  MailForward *forward = arena_make(arena, MailForward);
  *forward = (MailForward){
    .from = first->from, .subject = first->subject, .text = text_trim(arena, first->text), .message_id = first->message_id};
  return forward;
}

static MailForward *read_text(Arena *arena, const Mail *mail, bool says_so) {
  g_autoptr(Arena) scratch = arena_new();
  const char *whole = says_so ? mail->text : mail->quoted;
  Lines lines = cut_lines(scratch, whole);
  Block block;
  if (!find_block(&lines, says_so, &block)) return NULL;
  MailForward *forward = arena_make(arena, MailForward);
  *forward = (MailForward){.from = address_in(arena, block.from), .subject = arena_strdup(arena, block.subject)};
  size_t from = block.after;
  while (from < lines.count && lines.items[from].is_blank) from++;
  forward->text = text_from(arena, &lines, from, whole);
  return forward;
}

MailForward *forward_read(Arena *arena, const Mail *mail, Mail *(*parse_inside)(Arena *arena, Bytes raw)) {
  if (mail->kind == MAIL_BOUNCE) return NULL;
  bool says_so = subject_forwards(arena, mail->subject);
  MailForward *forward = says_so ? read_attached(arena, mail, parse_inside) : NULL;
  return forward ? forward : read_text(arena, mail, says_so);
}
