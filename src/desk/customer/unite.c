// Joining two organisations, and taking it back. Order, in one transaction: lock both (lower number first), then everybody who could be put
// into one of them; write down what moves; move it. Whoever puts somebody into an organisation by hand, or gives it a domain, holds it before
// any customer, so that none waits for the other; mail that is filed meanwhile waits, and finds the domain where it is now.
//
// The row of the one that went stays, and says into which: its page leads on, its name finds the one that stayed.
#include "base/text.h"
#include "desk/audit/audit.h"
#include "desk/customer/stored.h"
#include "desk/organisation.sql.h"

#include <string.h>

#define SEARCH_WORDS 2

bool organisation_alike(Arena *arena, Desk *desk, int64_t id, const char *text, OrganisationList *out, GError **error) {
  TextList words = {0};
  const char *from[SEARCH_WORDS], *until[SEARCH_WORDS];
  customer_search_words(arena, text, SEARCH_WORDS, &words);
  for (size_t i = 0; i < SEARCH_WORDS; i++) {
    from[i] = i < words.count ? words.items[i] : "";
    until[i] = i < words.count ? arena_printf(arena, "%s\xF4\x8F\xBF\xBF", from[i]) : "";
  }
  return words.count == 0 ||
         organisation_search(arena, desk->db, from[0], until[0], from[1], until[1], id, ORGANISATIONS_ALIKE_SHOWN, out, error);
}

static bool lock_both(Arena *arena, Desk *desk, int64_t from, int64_t into, GError **error) {
  OrganisationLock *low = NULL, *high = NULL;
  if (!organisation_lock(arena, desk->db, MIN(from, into), &low, error) ||
      !organisation_lock(arena, desk->db, MAX(from, into), &high, error))
    return false;
  if (!low || !high) return error_set(error, ERROR_NOT_FOUND, "There is no such organisation.");
  return organisation_hold_customers(desk->db, error);
}

static bool check_domains(Arena *arena, Desk *desk, int64_t from, int64_t into, GError **error) {
  TextList gone = {0}, kept = {0};
  return organisation_domains(arena, desk, from, &gone, error) && organisation_domains(arena, desk, into, &kept, error) &&
         (gone.count + kept.count <= ORGANISATION_DOMAINS_MOST ||
          error_set(error, ERROR_CONFLICT, "Together they have more than %d domains; take some out first.",
                    ORGANISATION_DOMAINS_MOST));
}

static const char *about_both(Arena *arena, const char *into, const char *from) {
  if (text_is_blank(from) || strcmp(from, into) == 0) return into;
  return text_is_blank(into) ? from : arena_printf(arena, "%s\n\n%s", into, from);
}

static bool check_pair(const Organisation *from, const Organisation *into, const char *about, GError **error) {
  if (from->merged_into || into->merged_into)
    return error_set(error, ERROR_CONFLICT, "One of the two was joined to another organisation meanwhile; look at them again.");
  return text_length(about) <= ORGANISATION_ABOUT_MOST ||
         error_set(
           error, ERROR_CONFLICT,
           "What the team should know about the two is too long for one: at most %d characters. Shorten one of them first.",
           ORGANISATION_ABOUT_MOST);
}

// For the journal: a name, and what one finds under it.
static const char *told(Arena *arena, const Organisation *organisation) {
  return arena_printf(arena, "%s (organisation %" G_GINT64_FORMAT ")", organisation->name, organisation->id);
}

static bool find_both(Arena *arena, Desk *desk, int64_t from_id, int64_t into_id, Organisation **out_from,
                      Organisation **out_into, GError **error) {
  *out_from = organisation_find(arena, desk, from_id, error);
  *out_into = *out_from ? organisation_find(arena, desk, into_id, error) : NULL;
  return *out_into != NULL;
}

static bool note_all(Desk *desk, int64_t merge, int64_t from, GError **error) {
  return organisation_merge_note_domains(desk->db, merge, from, error) &&
         organisation_merge_note_people(desk->db, merge, from, error);
}

static bool move_all(Desk *desk, int64_t merge, int64_t from, int64_t into, GError **error) {
  return organisation_move_domains(desk->db, merge, from, into, error) &&
         organisation_move_people(desk->db, merge, from, into, error);
}

static bool index_both(Arena *arena, Desk *desk, int64_t from, int64_t into, GError **error) {
  return organisation_index(arena, desk, from, error) && organisation_index(arena, desk, into, error);
}

bool organisation_merge(Desk *desk, const Staff *actor, int64_t from_id, int64_t into_id, int64_t *out_merge, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Organisation *from = NULL, *into = NULL;
  if (from_id == into_id) return error_set(error, ERROR_INVALID, "This is one organisation and not two.");
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !lock_both(arena, desk, from_id, into_id, error) || !find_both(arena, desk, from_id, into_id, &from, &into, error))
    return false;
  const char *about = about_both(arena, into->about, from->about),
             *detail = arena_printf(arena, "%s went into it", told(arena, from));
  return check_pair(from, into, about, error) && check_domains(arena, desk, from_id, into_id, error) &&
         organisation_merge_insert(desk->db, from_id, into_id, into->about, actor->id, clock_now(desk->clock), out_merge,
                                   error) &&
         note_all(desk, *out_merge, from_id, error) && move_all(desk, *out_merge, from_id, into_id, error) &&
         organisation_set_about(desk->db, into_id, about, error) && organisation_set_merged(desk->db, from_id, &into_id, error) &&
         index_both(arena, desk, from_id, into_id, error) &&
         audit_add(desk, actor, "organisation.merged", told(arena, into), detail, error) && db_commit(&tx, error);
}

bool organisation_merges(Arena *arena, Desk *desk, int64_t into, OrganisationMergeList *out, GError **error) {
  return organisation_merge_select(arena, desk->db, into, out, error);
}

static bool check_undo(Desk *desk, const OrganisationMerge *merge, GError **error) {
  bool found = false;
  int64_t later = 0;
  if (merge->undone_at) return error_set(error, ERROR_CONFLICT, "This was undone already.");
  if (!organisation_merge_select_later(desk->db, merge->from_id, merge->into_id, merge->id, &found, &later, error)) return false;
  return !found ||
         error_set(error, ERROR_CONFLICT, "One of these organisations was joined to another one later; undo that first.");
}

// What was put below is taken back when nobody changed it since.
static bool part_about(Arena *arena, Desk *desk, const OrganisationMerge *merge, const Organisation *from,
                       const Organisation *into, GError **error) {
  bool is_as_left = strcmp(into->about, about_both(arena, merge->about_before, from->about)) == 0;
  return !is_as_left || organisation_set_about(desk->db, into->id, merge->about_before, error);
}

bool organisation_unmerge(Desk *desk, const Staff *actor, int64_t merge_id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  OrganisationMerge *merge = NULL;
  Organisation *from = NULL, *into = NULL;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !organisation_merge_lock(arena, desk->db, merge_id, &merge, error)) return false;
  if (!merge) return error_set(error, ERROR_NOT_FOUND, "These were never joined.");
  int64_t from_id = merge->from_id, into_id = merge->into_id;
  if (!lock_both(arena, desk, from_id, into_id, error) || !check_undo(desk, merge, error) ||
      !find_both(arena, desk, from_id, into_id, &from, &into, error))
    return false;
  const char *detail = arena_printf(arena, "%s stands for itself again", told(arena, from));
  return move_all(desk, merge_id, into_id, from_id, error) && organisation_follow_domains(desk->db, into_id, from_id, error) &&
         part_about(arena, desk, merge, from, into, error) && organisation_set_merged(desk->db, from_id, NULL, error) &&
         organisation_merge_undo(desk->db, merge_id, actor->id, clock_now(desk->clock), error) &&
         index_both(arena, desk, from_id, into_id, error) &&
         audit_add(desk, actor, "organisation.unmerged", told(arena, into), detail, error) && db_commit(&tx, error);
}
