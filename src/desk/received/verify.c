// What `rapport check` looks at: the database itself, every stored byte against its checksum, the tallies and what limits count against the rows, what
// search knows against the conversations, and that no received mail is nowhere.
#include "desk/received/incoming.h"

#include "base/words.h"
#include "desk/audit/audit.h"
#include "desk/blob/stored.h"
#include "desk/received.sql.h"
#include "desk/remedy/ledger.h"
#include "desk/search/search.h"

#define HASHES_AT_ONCE 500

bool desk_count(Desk *desk, DeskCounts *out, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  DeskCounts *counts = NULL;
  if (!desk_count_all(arena, desk->db, &counts, error)) return false;
  *out = *counts;
  return true;
}

static bool verify_blobs(Arena *arena, Desk *desk, TextList *out, GError **error) {
  g_autoptr(Arena) work = arena_new();
  unsigned char last[32] = {0};
  Bytes after = bytes_of(last, 0);
  for (;;) {
    arena_reset(work);
    BlobMarkList marks = {0};
    if (!verify_blob_hashes(work, desk->db, after, HASHES_AT_ONCE, &marks, error)) return false;
    if (marks.count == 0) return true;
    list_each(const BlobMark, mark, &marks) {
      g_autoptr(Arena) one = arena_new();
      g_autoptr(GError) problem = NULL;
      Bytes plain;
      if (!blob_load(one, desk, mark->hash, &plain, &problem)) {
        if (!error_is(problem, ERROR_BROKEN)) return g_propagate_error(error, g_steal_pointer(&problem)), false;
        *list_add(arena, out) = arena_strdup(arena, problem->message);
      }
      memcpy(last, mark->hash.data, MIN(mark->hash.size, sizeof last));
    }
    after = bytes_of(last, sizeof last);
  }
}

static bool verify_counts(Arena *arena, Desk *desk, TextList *out, GError **error) {
  TallyDriftList drifts = {0};
  if (!verify_tallies(arena, desk->db, &drifts, error)) return false;
  list_each(const TallyDrift, drift, &drifts)
    *list_add(arena, out) = arena_printf(arena, "The count \"%s\" says %" G_GINT64_FORMAT ", but there are %" G_GINT64_FORMAT ".",
                                         drift->name, drift->kept, drift->counted);
  return true;
}

static bool verify_followers(Arena *arena, Desk *desk, TextList *out, GError **error) {
  int64_t wrong = 0;
  if (!verify_followed(desk->db, &wrong, error)) return false;
  if (wrong) *list_add(arena, out) = arena_say(arena, "%jd followed conversations stand in the wrong place of a list.", wrong);
  return true;
}

bool desk_verify(Arena *arena, Desk *desk, TextList *out_findings, GError **error) {
  int64_t unfiled = 0;
  if (!db_check(desk->db, error) || !verify_blobs(arena, desk, out_findings, error) ||
      !verify_counts(arena, desk, out_findings, error) || !verify_followers(arena, desk, out_findings, error) ||
      !ledger_verify(arena, desk, out_findings, error) || !audit_verify(arena, desk, out_findings, error) ||
      !search_verify(arena, desk, out_findings, error) || !verify_unfiled(desk->db, &unfiled, error))
    return false;
  if (unfiled > 0)
    *list_add(arena, out_findings) = arena_printf(arena, "%" G_GINT64_FORMAT " received mails are filed nowhere.", unfiled);
  return true;
}
