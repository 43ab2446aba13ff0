// Saying an entry to who reads it. What is kept is English: lines of "name: before → after", "name: value", or a sentence; a name or a value
// may have several parts, with " / " or "; " between. Each part that is a word of the program is said in the reader's language; what stands in “…”
// was written by somebody, and so was what stands under one of the names in `free`.
#include "desk/audit/audit.h"

#include "base/text.h"
#include "base/words.h"

#include <string.h>

#define ARROW " \xE2\x86\x92 "
#define QUOTE "\xE2\x80\x9C"
#define UNQUOTE "\xE2\x80\x9D"

// Names and values that nothing else in the program says, for the catalogues.
static const char *const kept[] = {
  N_("the command line"),
  N_("nothing"),
  N_("name"),
  N_("role"),
  N_("accent"),
  N_("logo"),
  N_("taken away"),
  N_("in mails"),
  N_("not in mails"),
  N_("in it"),
  N_("not in it"),
  N_("team"),
  N_("signature"),
  N_("sender"),
  N_("language"),
  N_("languages"),
  N_("time zone"),
  N_("closes at"),
  N_("closed"),
  N_("Reply-To"),
  N_("machines go together"),
  N_("administrator"),
  N_("mailbox"),
  N_("switched on"),
  N_("switched off"),
  N_("back to its default"),
  N_("took one out"),
  N_("named a holiday"),
  N_("imported"),
  N_("day"),
  N_("every year"),
  N_("the machine\xE2\x80\x99s"),
  N_("by the customer"),
  N_("by the desk itself: its time was over"),
  N_("their conversations"),
  N_("nobody"),
  N_("whose turn it is in the team"),
  N_("When the desk is open"),
  N_("Holidays"),
  N_("Our own targets"),
  N_("The law complaints follow"),
  N_("law"),
  N_("when"),
  N_("if"),
  N_("then"),
  N_("how long"),
  N_("one is enough"),
  N_("place"),
  N_("kind"),
  N_("choices"),
  N_("number"),
  N_("date"),
  N_("choice"),
  N_("checkbox"),
  N_("takes turns"),
  N_("room"),
  N_("away"),
  N_("query"),
  N_("for everybody"),
  N_("warning"),
  N_("fill in"),
  N_("empty"),
  N_("Readings"),
  N_("every team"),
  N_("own targets"),
  N_("field"),
};

// Under these stands what people wrote; in older entries without quotes.
static const char *const free_names[] = {"name", "signature", "sender", "team", "administrator", "mailbox"};

static bool is_free(const char *name) {
  for (size_t i = 0; i < G_N_ELEMENTS(free_names); i++)
    if (strcmp(free_names[i], name) == 0) return true;
  return false;
}

static const char *say_kept(const char *text) {
  for (size_t i = 0; i < G_N_ELEMENTS(kept); i++)
    if (strcmp(kept[i], text) == 0) return tr_of(kept[i]);
  return words_of_kept(text);
}

static const char *say_part(Arena *arena, const char *part) {
  return g_str_has_prefix(part, QUOTE) ? arena_strdup(arena, part) : arena_strdup(arena, say_kept(part));
}

// What people wrote is whole, whatever stands in it.
static const char *end_of(const char *text, const char *between) {
  bool is_quoted = false;
  for (; *text; text++) {
    if (g_str_has_prefix(text, QUOTE)) is_quoted = true;
    if (g_str_has_prefix(text, UNQUOTE) || *text == '\n') is_quoted = false; // one that was cut off ends with its line
    if (!is_quoted && g_str_has_prefix(text, between)) break;
  }
  return text;
}

static const char *joined(Arena *arena, const char *text, const char *between,
                          const char *(*say)(Arena *arena, const char *part)) {
  g_autoptr(GString) out = g_string_new(NULL);
  for (const char *at = text;;) {
    const char *end = end_of(at, between);
    g_string_append(out, say(arena, arena_strndup(arena, at, (size_t)(end - at))));
    if (!*end) break;
    g_string_append(out, between);
    at = end + strlen(between);
  }
  return arena_strdup(arena, out->str);
}

static const char *say_words(Arena *arena, const char *text) { return joined(arena, text, " / ", say_part); }
static const char *say_parts(Arena *arena, const char *text) { return joined(arena, text, "; ", say_words); }
static const char *say_values(Arena *arena, const char *text) { return joined(arena, text, ARROW, say_parts); }

static const char *say_free_part(Arena *arena, const char *part) {
  return strcmp(part, "nothing") == 0 ? tr("nothing") : arena_strdup(arena, part);
}

// What happened to another thing of the same kind.
static const char *say_sentence(Arena *arena, const char *line) {
  static const char *const ends[] = {" went into it", " stands for itself again"};
  for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
    if (!g_str_has_suffix(line, ends[i])) continue;
    const char *whose = arena_strndup(arena, line, strlen(line) - strlen(ends[i]));
    return i ? arena_say(arena, "%s stands for itself again", whose) : arena_say(arena, "%s went into it", whose);
  }
  return say_values(arena, line);
}

// A sentence may have a colon in it too: then it is known whole.
static const char *say_line(Arena *arena, const char *line) {
  const char *colon = strstr(line, ": ");
  if (!colon || strcmp(say_kept(line), line) != 0) return say_sentence(arena, line);
  const char *name = arena_strndup(arena, line, (size_t)(colon - line)), *value = colon + 2;
  const char *said = is_free(name) ? joined(arena, value, ARROW, say_free_part) : say_values(arena, value);
  return arena_printf(arena, "%s: %s", say_parts(arena, name), said);
}

const char *audit_say_detail(Arena *arena, const AuditEntry *entry) { return joined(arena, entry->detail, "\n", say_line); }

const char *audit_say_actor(const AuditEntry *entry) { return entry->staff_id ? entry->actor : say_kept(entry->actor); }

// What these are about has no name that somebody gave it.
const char *audit_say_subject(Arena *arena, const AuditEntry *entry) {
  static const char *const fixed[] = {"desk.hours", "desk.readings", "desk.targets", "desk.guides"};
  for (size_t i = 0; i < G_N_ELEMENTS(fixed); i++)
    if (strcmp(fixed[i], entry->what) == 0) return say_kept(entry->subject);
  if (!g_str_has_prefix(entry->what, "conduct.")) return entry->subject;
  if (g_str_has_prefix(entry->subject, "case ")) return arena_say(arena, "case %s", entry->subject + strlen("case "));
  if (g_str_has_prefix(entry->subject, "alert ")) return arena_say(arena, "alert %s", entry->subject + strlen("alert "));
  return entry->subject;
}
