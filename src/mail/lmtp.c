// Two ways of reading: commands, line by line, through a table; and the data of a mail, in which only the line "." matters. A line
// that is too long, has no CR before its LF, or a NUL in it, is a mistake and nothing more; too many mistakes end it.
#include "mail/lmtp.h"

#include "base/text.h"
#include "mail/collect.h"
#include "mail/mail.h"

typedef enum Phase { PHASE_COMMAND, PHASE_DATA, PHASE_ANSWER, PHASE_CLOSED } Phase;

// Where in the data we are. DOT: after a "." that begins a line; DOT_CR: after CR behind it.
typedef enum Place { PLACE_START, PLACE_LINE, PLACE_DOT, PLACE_DOT_CR } Place;

struct Lmtp {
  LmtpSetup setup;
  Arena *arena; // of the mail at hand
  Phase phase;
  bool has_hello, has_sender;
  GString *line;
  bool line_is_too_long;
  LmtpMail mail;
  Collector data;
  Place place;
  char last; // byte of the data before
  bool is_refused;
  int mistakes, commands;
};

// ——— answers

static void say(GString *out, int code, const char *status, const char *words) {
  g_string_append_printf(out, "%d %s %s\r\n", code, status, words);
}

static void mistake(Lmtp *lmtp, GString *out, int code, const char *status, const char *words) {
  say(out, code, status, words);
  if (++lmtp->mistakes < LMTP_MISTAKES_MOST) return;
  say(out, 421, "4.7.0", "Too many mistakes; good-bye.");
  lmtp->phase = PHASE_CLOSED;
}

static void forget_mail(Lmtp *lmtp) {
  arena_reset(lmtp->arena);
  lmtp->mail = (LmtpMail){0};
  lmtp->has_sender = lmtp->is_refused = false;
}

// ——— addresses and parameters

// Reads "<address>" behind a keyword; `*at` stands behind it then. False when it is none. A source route is dropped (RFC 5321 C).
static bool read_path(Arena *arena, const char **at, const char **out) {
  const char *from = *at + strspn(*at, " ");
  bool is_quoted = false;
  if (*from++ != '<') return false;
  const char *end = from;
  for (; *end && (is_quoted || *end != '>'); end++) {
    if (*end == '\\' && end[1])
      end++;
    else if (*end == '"')
      is_quoted = !is_quoted;
  }
  if (*end != '>') return false;
  const char *colon = *from == '@' ? memchr(from, ':', (size_t)(end - from)) : NULL;
  if (colon) from = colon + 1;
  *out = arena_strndup(arena, from, (size_t)(end - from));
  *at = end + 1;
  return **at == '\0' || **at == ' ';
}

// What stands behind an address: "SIZE=1000 BODY=8BITMIME". Says what is wrong with it in `out` itself.
static bool accept_parameters(Lmtp *lmtp, const char *at, bool is_sender, GString *out) {
  g_auto(GStrv) words = g_strsplit(at, " ", 20);
  for (char **word = words; *word; word++) {
    if (!**word) continue;
    bool is_size = g_ascii_strncasecmp(*word, "SIZE=", 5) == 0;
    bool is_known = is_size || g_ascii_strcasecmp(*word, "SMTPUTF8") == 0 || g_ascii_strcasecmp(*word, "BODY=7BIT") == 0 ||
                    g_ascii_strcasecmp(*word, "BODY=8BITMIME") == 0;
    if (!is_sender || !is_known) {
      mistake(lmtp, out, 555, "5.5.4", "That parameter is not known here.");
      return false;
    }
    guint64 size = 0;
    if (is_size && !g_ascii_string_to_unsigned(*word + 5, 10, 0, G_MAXINT64, &size, NULL)) {
      mistake(lmtp, out, 501, "5.5.4", "SIZE is a number.");
      return false;
    }
    if ((int64_t)size > LMTP_ENDLESS) {
      say(out, 552, "5.3.4", "That is more than any mail may have.");
      return false;
    }
  }
  return true;
}

// ——— commands

static void greet(Lmtp *lmtp, const char *rest, GString *out) {
  if (!*rest) return mistake(lmtp, out, 501, "5.5.4", "LHLO takes your name.");
  forget_mail(lmtp);
  lmtp->has_hello = true;
  g_string_append_printf(out,
                         "250-%s\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n"
                         "250 SIZE %" G_GINT64_FORMAT "\r\n",
                         lmtp->setup.host, LMTP_ENDLESS);
}

static void take_sender(Lmtp *lmtp, const char *rest, GString *out) {
  const char *at = rest, *sender = NULL;
  if (!lmtp->has_hello) return mistake(lmtp, out, 503, "5.5.1", "Say LHLO first.");
  if (lmtp->has_sender) return mistake(lmtp, out, 503, "5.5.1", "There is a sender already.");
  if (g_ascii_strncasecmp(at, "FROM:", 5) != 0 || (at += 5, !read_path(lmtp->arena, &at, &sender)))
    return mistake(lmtp, out, 501, "5.5.4", "It reads MAIL FROM:<address>.");
  if (*sender && !mail_address_is_valid(sender) && !g_utf8_validate(sender, -1, NULL))
    return mistake(lmtp, out, 501, "5.1.7", "That is no address.");
  if (!accept_parameters(lmtp, at, true, out)) return;
  lmtp->mail.sender = sender;
  lmtp->has_sender = true;
  say(out, 250, "2.1.0", "Go on.");
}

static void take_recipient(Lmtp *lmtp, const char *rest, GString *out) {
  const char *at = rest, *recipient = NULL;
  if (!lmtp->has_sender) return mistake(lmtp, out, 503, "5.5.1", "Say MAIL first.");
  if (g_ascii_strncasecmp(at, "TO:", 3) != 0 || (at += 3, !read_path(lmtp->arena, &at, &recipient)))
    return mistake(lmtp, out, 501, "5.5.4", "It reads RCPT TO:<address>.");
  if (!mail_address_is_valid(recipient) && g_ascii_strcasecmp(recipient, "postmaster") != 0)
    return mistake(lmtp, out, 553, "5.1.3", "That is no address.");
  if (!accept_parameters(lmtp, at, false, out)) return;
  if (lmtp->mail.recipients.count >= LMTP_RECIPIENTS_MOST)
    return say(out, 452, "4.5.3", "So many recipients are enough; hand it over again for the others.");
  *list_add(lmtp->arena, &lmtp->mail.recipients) = recipient;
  say(out, 250, "2.1.5", "Go on.");
}

static void start_data(Lmtp *lmtp, const char *rest, GString *out) {
  if (*rest) return mistake(lmtp, out, 501, "5.5.4", "DATA takes nothing.");
  if (lmtp->mail.recipients.count == 0) return mistake(lmtp, out, 503, "5.5.1", "Say MAIL and RCPT first.");
  lmtp->data = collector_start(lmtp->arena, lmtp->setup.mail_limit);
  const char *trace = arena_printf(lmtp->arena, "Return-Path: <%s>\r\n", text_one_line(lmtp->arena, lmtp->mail.sender));
  collector_add(&lmtp->data, bytes_of_text(trace));
  lmtp->place = PLACE_START;
  lmtp->phase = PHASE_DATA;
  g_string_append(out, "354 Go on; end with a line that is a dot.\r\n");
}

static void reset(Lmtp *lmtp, const char *rest, GString *out) {
  forget_mail(lmtp);
  say(out, 250, "2.0.0", "Forgotten.");
}

static void do_nothing(Lmtp *lmtp, const char *rest, GString *out) { say(out, 250, "2.0.0", "Still here."); }
static void verify(Lmtp *lmtp, const char *rest, GString *out) { say(out, 252, "2.5.2", "Send it, and it will be kept."); }
static void refuse_smtp(Lmtp *lmtp, const char *rest, GString *out) {
  mistake(lmtp, out, 500, "5.5.1", "This is LMTP: say LHLO.");
}

static void quit(Lmtp *lmtp, const char *rest, GString *out) {
  say(out, 221, "2.0.0", "Good-bye.");
  lmtp->phase = PHASE_CLOSED;
}

static const struct {
  const char *word;
  void (*act)(Lmtp *lmtp, const char *rest, GString *out);
} commands[] = {
  {"LHLO", greet},      {"MAIL", take_sender}, {"RCPT", take_recipient}, {"DATA", start_data},  {"RSET", reset},
  {"NOOP", do_nothing}, {"QUIT", quit},        {"VRFY", verify},         {"HELO", refuse_smtp}, {"EHLO", refuse_smtp},
};

static void obey(Lmtp *lmtp, const char *line, GString *out) {
  size_t length = strcspn(line, " ");
  const char *rest = line + length + strspn(line + length, " ");
  if (++lmtp->commands > LMTP_IDLE_MOST) {
    say(out, 421, "4.7.0", "Too many commands without a mail; good-bye.");
    lmtp->phase = PHASE_CLOSED;
    return;
  }
  for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
    if (length == 4 && g_ascii_strncasecmp(line, commands[i].word, 4) == 0) return commands[i].act(lmtp, rest, out);
  mistake(lmtp, out, 500, "5.5.2", "That is no command.");
}

// A whole line stands in the buffer, its LF included.
static void take_line(Lmtp *lmtp, GString *out) {
  GString *line = lmtp->line;
  bool has_return = line->len >= 2 && line->str[line->len - 2] == '\r';
  if (lmtp->line_is_too_long) {
    mistake(lmtp, out, 500, "5.5.6", "That line is too long.");
  } else if (!has_return) {
    mistake(lmtp, out, 500, "5.5.2", "A line ends with CR LF.");
  } else {
    g_string_truncate(line, line->len - 2);
    if (memchr(line->str, '\0', line->len) || strchr(line->str, '\r') || !g_utf8_validate(line->str, -1, NULL))
      mistake(lmtp, out, 500, "5.5.2", "There is a byte in it that no command has.");
    else
      obey(lmtp, g_strchomp(line->str), out);
  }
  lmtp->line_is_too_long = false;
  g_string_truncate(line, 0);
}

static size_t feed_command(Lmtp *lmtp, const char *at, size_t size, GString *out) {
  const char *newline = memchr(at, '\n', size);
  size_t used = newline ? (size_t)(newline - at) + 1 : size;
  if (lmtp->line->len + used > LMTP_LINE_MOST) lmtp->line_is_too_long = true;
  if (!lmtp->line_is_too_long) g_string_append_len(lmtp->line, at, (gssize)used);
  if (newline) take_line(lmtp, out);
  return used;
}

// ——— data

static void keep(Lmtp *lmtp, const char *at, size_t size) {
  for (size_t piece; size > 0; at += piece, size -= piece) {
    piece = MIN(size, COLLECT_CHUNK_MOST);
    if (lmtp->is_refused) {
      lmtp->data.size += (int64_t)piece;
      continue;
    }
    bool was_small = lmtp->data.size <= LMTP_LARGE;
    if (was_small && lmtp->data.size + (int64_t)piece > LMTP_LARGE)
      lmtp->is_refused = lmtp->setup.may_be_large && !lmtp->setup.may_be_large(lmtp->setup.data);
    collector_add(&lmtp->data, bytes_of(at, piece));
  }
}

static void end_data(Lmtp *lmtp, GString *out) {
  lmtp->mail.raw = collector_bytes(&lmtp->data);
  lmtp->mail.whole_size = collector_whole_size(&lmtp->data);
  lmtp->phase = PHASE_ANSWER;
  lmtp->commands = 0;
  if (lmtp->is_refused) lmtp_answer(lmtp, 452, "4.3.1", "There is no room for so large a mail now; come again.", out);
}

// The rest of a line, and the line's end when it is there. Returns how much it took.
static size_t feed_line(Lmtp *lmtp, const char *at, size_t size) {
  const char *newline = memchr(at, '\n', size);
  size_t used = newline ? (size_t)(newline - at) + 1 : size;
  char before = used >= 2 ? at[used - 2] : lmtp->last;
  keep(lmtp, at, used);
  lmtp->last = at[used - 1];
  lmtp->place = newline && before == '\r' ? PLACE_START : PLACE_LINE;
  return used;
}

static size_t feed_data(Lmtp *lmtp, const char *at, size_t size, GString *out) {
  switch (lmtp->place) {
  case PLACE_START:
    lmtp->last = 0;
    lmtp->place = *at == '.' ? PLACE_DOT : PLACE_LINE;
    return *at == '.' ? 1 : 0;
  case PLACE_DOT: // the dot was put there for safety, or ends the mail
    lmtp->place = *at == '\r' ? PLACE_DOT_CR : PLACE_LINE;
    return *at == '\r' ? 1 : 0;
  case PLACE_DOT_CR:
    if (*at == '\n') {
      end_data(lmtp, out);
      return 1;
    }
    keep(lmtp, "\r", 1);
    lmtp->last = '\r';
    lmtp->place = PLACE_LINE;
    return 0;
  case PLACE_LINE:
  default: return feed_line(lmtp, at, size);
  }
}

// ———

Lmtp *lmtp_new(const LmtpSetup *setup, GString *out) {
  Lmtp *lmtp = g_new0(Lmtp, 1);
  lmtp->setup = *setup;
  lmtp->arena = arena_new();
  lmtp->line = g_string_new(NULL);
  g_string_append_printf(out, "220 %s LMTP Rapport\r\n", setup->host);
  return lmtp;
}

void lmtp_free(Lmtp *lmtp) {
  if (!lmtp) return;
  arena_free(lmtp->arena);
  g_string_free(lmtp->line, true);
  g_free(lmtp);
}

LmtpNext lmtp_feed(Lmtp *lmtp, Bytes in, size_t *out_used, GString *out) {
  const char *at = in.data;
  size_t used = 0;
  while (used < in.size && lmtp->phase <= PHASE_DATA) {
    bool is_data = lmtp->phase == PHASE_DATA;
    used += is_data ? feed_data(lmtp, at + used, in.size - used, out) : feed_command(lmtp, at + used, in.size - used, out);
    if (lmtp->phase == PHASE_DATA && lmtp->data.size > LMTP_ENDLESS) {
      say(out, 421, "4.3.4", "That is more than any mail may have; good-bye.");
      lmtp->phase = PHASE_CLOSED;
    }
  }
  *out_used = used;
  return lmtp->phase == PHASE_ANSWER ? LMTP_MAIL : lmtp->phase == PHASE_CLOSED ? LMTP_CLOSE : LMTP_READ;
}

const LmtpMail *lmtp_mail(const Lmtp *lmtp) { return &lmtp->mail; }

void lmtp_answer(Lmtp *lmtp, int code, const char *status, const char *words, GString *out) {
  for (size_t i = 0; i < lmtp->mail.recipients.count; i++) say(out, code, status, words);
  forget_mail(lmtp);
  lmtp->phase = PHASE_COMMAND;
}

bool lmtp_is_idle(const Lmtp *lmtp) { return lmtp->phase != PHASE_DATA && lmtp->phase != PHASE_ANSWER; }
