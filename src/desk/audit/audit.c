// Writing, reading and verifying the journal. The seal is the SHA-256, in hexadecimal, over these, each written as its length in bytes, a
// colon, and itself: the seal before ("" for the first), the number, the time in microseconds, the number of the person (0: none), who
// they were, the word, the subject, the detail. Lengths leave no doubt where one ends, so no two entries say the same to it.
#include "desk/audit/audit.h"

#include "base/text.h"
#include "desk/audit.sql.h"

#include <sodium.h>
#include <string.h>

#define VERIFY_STEP 500

static const char *seal_of(Arena *arena, const char *before, const AuditEntry *entry) {
  const char *parts[] = {before,
                         arena_printf(arena, "%" G_GINT64_FORMAT, entry->number),
                         arena_printf(arena, "%" G_GINT64_FORMAT, entry->happened_at),
                         arena_printf(arena, "%" G_GINT64_FORMAT, entry->staff_id),
                         entry->actor,
                         entry->what,
                         entry->subject,
                         entry->detail};
  unsigned char hash[crypto_hash_sha256_BYTES];
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
    const char *length = arena_printf(arena, "%zu:", strlen(parts[i]));
    crypto_hash_sha256_update(&state, (const unsigned char *)length, strlen(length));
    crypto_hash_sha256_update(&state, (const unsigned char *)parts[i], strlen(parts[i]));
  }
  crypto_hash_sha256_final(&state, hash);
  return text_hex(arena, bytes_of(hash, sizeof hash));
}

bool audit_add(Desk *desk, const Staff *actor, const char *what, const char *subject, const char *detail, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  AuditHead *head = NULL;
  if (!audit_take_head(arena, desk->db, &head, error)) return false;
  AuditEntry entry = {
    .number = head->number,
    .happened_at = clock_now(desk->clock),
    .staff_id = actor ? actor->id : 0,
    .actor = actor ? arena_printf(arena, "%s <%s>", actor->name, actor->email) : "the command line",
    .what = what,
    .subject = text_clamp(arena, text_one_line(arena, subject), AUDIT_SUBJECT_MOST),
    .detail = text_clamp(arena, text_trim(arena, detail), AUDIT_DETAIL_MOST),
  };
  entry.seal = seal_of(arena, head->seal, &entry);
  return audit_insert(desk->db, entry.number, entry.happened_at, actor ? &actor->id : NULL, entry.actor, entry.what,
                      entry.subject, entry.detail, entry.seal, error) &&
         audit_set_head(desk->db, entry.seal, error);
}

static const char *or_nothing(Arena *arena, const char *value) {
  return text_is_blank(value) ? "nothing" : text_clamp(arena, text_one_line(arena, value), 400);
}

const char *audit_change(Arena *arena, const char *detail, const char *name, const char *before, const char *after) {
  if (strcmp(before ? before : "", after ? after : "") == 0) return detail;
  return arena_printf(arena, "%s%s%s: %s \xE2\x86\x92 %s", detail, *detail ? "\n" : "", name, or_nothing(arena, before),
                      or_nothing(arena, after));
}

const char *audit_written(Arena *arena, const char *value) {
  return text_is_blank(value) ? "" : arena_printf(arena, "\xE2\x80\x9C%s\xE2\x80\x9D", text_one_line(arena, value));
}

const char *audit_change_written(Arena *arena, const char *detail, const char *name, const char *before, const char *after) {
  return audit_change(arena, detail, name, audit_written(arena, before), audit_written(arena, after));
}

bool audit_list(Arena *arena, Desk *desk, const char *topic, int64_t before, AuditPage *out, GError **error) {
  int64_t from = before ? before : INT64_MAX;
  *out = (AuditPage){0};
  bool is_read = text_is_blank(topic)
                   ? audit_select(arena, desk->db, from, AUDIT_PAGE + 1, &out->rows, error)
                   : audit_select_topic(arena, desk->db, arena_printf(arena, "%s.", topic), arena_printf(arena, "%s/", topic),
                                        from, AUDIT_PAGE + 1, &out->rows, error);
  out->has_more = out->rows.count > AUDIT_PAGE;
  if (out->has_more) out->rows.count = AUDIT_PAGE;
  return is_read;
}

bool audit_head(Arena *arena, Desk *desk, AuditHead *out, GError **error) {
  AuditHead *head = NULL;
  if (!audit_select_head(arena, desk->db, &head, error)) return false;
  *out = *head;
  return true;
}

// One step of the chain; false when it broke, which is told once.
static bool holds(Arena *arena, const AuditEntry *entry, int64_t number, const char *before, TextList *out_findings) {
  bool is_missing = entry->number != number;
  if (!is_missing && strcmp(seal_of(arena, before, entry), entry->seal) == 0) return true;
  *list_add(arena, out_findings) =
    is_missing
      ? arena_printf(arena, "The audit journal lacks entry %" G_GINT64_FORMAT ": somebody took it out.", number)
      : arena_printf(arena, "The audit journal was changed: the seal of entry %" G_GINT64_FORMAT " does not fit.", number);
  return false;
}

bool audit_verify(Arena *arena, Desk *desk, TextList *out_findings, GError **error) {
  AuditHead head; // read first: what is added meanwhile stands behind it
  AuditEntry last = {.seal = ""};
  if (!audit_head(arena, desk, &head, error)) return false;
  for (bool goes_on = true; goes_on && last.number < head.number;) {
    g_autoptr(Arena) step = arena_new();
    AuditEntryList rows = {0};
    if (!audit_select_after(step, desk->db, last.number, VERIFY_STEP, &rows, error)) return false;
    goes_on = rows.count > 0;
    list_each(const AuditEntry, entry, &rows) {
      if (entry->number > head.number) break;
      if (!holds(arena, entry, last.number + 1, last.seal, out_findings)) return true;
      last = (AuditEntry){.number = entry->number, .seal = arena_strdup(arena, entry->seal)};
    }
  }
  if (last.number != head.number || strcmp(last.seal, head.seal) != 0)
    *list_add(arena, out_findings) = arena_printf(
      arena, "The audit journal ends at entry %" G_GINT64_FORMAT ", but it had come to %" G_GINT64_FORMAT ".", last.number,
      head.number);
  return true;
}
