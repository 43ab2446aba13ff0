// Who may be the same person. Candidates come from the database by name, by telephone, and from conversations in which somebody wrote from
// another customer's address; what speaks for each is weighed here. A name by itself proposes nobody: there are many Anna Bergs.
#include "desk/customer/same.h"

#include "base/text.h"
#include "desk/customer.sql.h"
#include "desk/customer/stored.h"

#include <string.h>

#define CANDIDATES_MOST 60
#define LOCAL_LEAST 3 // letters that are needed to call two alike
#define LOCAL_MOST 64

#define BIT(reason) (INT64_C(1) << (reason))

const char *same_reason_words(SameReason reason) {
  static const char *const words[SAME_REASON_COUNT] = {
    [SAME_PHONE] = "They have the same telephone number.",
    [SAME_FORWARDED] = "One wrote in a conversation of the other.",
    [SAME_NAME_AND_HOUSE] = "They have the same name and belong to the same organisation.",
    [SAME_NAME_AND_ADDRESS] = "They have the same name and addresses that are much alike.",
    [SAME_NAME] = "They have the same name.",
  };
  return reason < SAME_REASON_COUNT ? words[reason] : "";
}

// What stands before the @, without dots, dashes and digits: "a.moor-77@x" is "amoor".
static size_t letters_of(const char *address, char out[LOCAL_MOST]) {
  size_t length = 0;
  for (const char *at = address; *at && *at != '@' && *at != '+' && length + 1 < LOCAL_MOST; at++)
    if (!strchr(".-_", *at) && !g_ascii_isdigit(*at)) out[length++] = g_ascii_tolower(*at);
  out[length] = '\0';
  return length;
}

// Whether one letter put in, taken out or changed makes one of the other; `a` is not the longer one.
static bool is_one_away(const char *a, size_t a_length, const char *b, size_t b_length) {
  size_t same = 0;
  if (b_length - a_length > 1) return false;
  while (same < a_length && a[same] == b[same]) same++;
  return strcmp(a + same + (a_length == b_length && same < a_length ? 1 : 0), b + same + (same < b_length ? 1 : 0)) == 0;
}

bool address_is_like(const char *a, const char *b) {
  char mine[LOCAL_MOST], theirs[LOCAL_MOST];
  size_t my_length = letters_of(a, mine), their_length = letters_of(b, theirs);
  if (MIN(my_length, their_length) < LOCAL_LEAST) return false;
  if (strcmp(mine, theirs) == 0) return true;
  size_t shorter = MIN(my_length, their_length);
  if (shorter >= LOCAL_LEAST + 1 && strncmp(mine, theirs, shorter) == 0) return true; // "agnes" and "agnes.moor"
  if (shorter < LOCAL_LEAST + 2) return false;                                        // "ann" and "dan" are nothing alike
  return my_length <= their_length ? is_one_away(mine, my_length, theirs, their_length)
                                   : is_one_away(theirs, their_length, mine, my_length);
}

static int64_t reasons_of_name(const char *a, const char *b, bool is_same_house) {
  return BIT(SAME_NAME) | (is_same_house ? BIT(SAME_NAME_AND_HOUSE) : 0) |
         (address_is_like(a, b) ? BIT(SAME_NAME_AND_ADDRESS) : 0);
}

static Likeness *likeness_of(Arena *arena, LikenessList *list, const LikeRow *row) {
  list_each(Likeness, each, list)
    if (each->id == row->id) return each;
  Likeness *added = list_add(arena, list);
  *added = (Likeness){.id = row->id, .name = row->name, .address = row->address};
  return added;
}

static bool is_among(const IntList *list, int64_t id) {
  list_each(const Int, each, list)
    if (*each == id) return true;
  return false;
}

// The weightiest reason is the lowest bit.
static int compare_likenesses(const void *a, const void *b) {
  int64_t mine = ((const Likeness *)a)->reasons, theirs = ((const Likeness *)b)->reasons;
  int64_t my_best = mine & -mine, their_best = theirs & -theirs;
  return my_best < their_best ? -1 : my_best > their_best;
}

bool customer_likenesses(Arena *arena, Desk *desk, int64_t id, bool with_namesakes, LikenessList *out, GError **error) {
  LikeRowList rows = {0};
  LikenessList all = {0};
  IntList apart = {0};
  const Customer *me = customer_find(arena, desk, id, error);
  *out = (LikenessList){0};
  if (!me || !customer_select_like(arena, desk->db, id, CANDIDATES_MOST, &rows, error) ||
      !customer_distinct_select(arena, desk->db, id, &apart, error))
    return false;
  list_each(const LikeRow, row, &rows) {
    if (is_among(&apart, row->id)) continue;
    Likeness *likeness = likeness_of(arena, &all, row);
    bool is_same_house = me->organisation_id && me->organisation_id == row->organisation_id;
    if (row->how == 0) likeness->reasons |= reasons_of_name(me->address, row->address, is_same_house);
    if (row->how == 1) likeness->reasons |= BIT(SAME_PHONE);
    // A colleague who is copied in is no second self: the name, or the address, must fit too.
    if (row->how == 2 && (address_is_like(me->address, row->address) || text_is_blank(me->name) || text_is_blank(row->name) ||
                          strcmp(text_fold(arena, me->name), text_fold(arena, row->name)) == 0))
      likeness->reasons |= BIT(SAME_FORWARDED);
  }
  list_each(const Likeness, likeness, &all) {
    if (likeness->reasons == 0 || (likeness->reasons == BIT(SAME_NAME) && !with_namesakes)) continue;
    *list_add(arena, out) = *likeness;
  }
  if (out->count) qsort(out->items, out->count, sizeof *out->items, compare_likenesses);
  return true;
}

bool customer_twins(Arena *arena, Desk *desk, bool by_phone, const char *after_key, int64_t after_id, TwinPage *out,
                    GError **error) {
  TwinRowList rows = {0};
  const char *key = after_key ? after_key : "";
  *out = (TwinPage){0};
  if (!(by_phone ? customer_select_phone_twins(arena, desk->db, key, after_id, TWINS_LOOKED_AT, &rows, error)
                 : customer_select_namesakes(arena, desk->db, key, after_id, TWINS_LOOKED_AT, &rows, error)))
    return false;
  list_each(const TwinRow, row, &rows) {
    int64_t reasons = by_phone ? BIT(SAME_PHONE) : reasons_of_name(row->low_address, row->high_address, row->is_same_house);
    out->next_key = row->key;
    out->next_id = row->low_id;
    if (reasons == BIT(SAME_NAME)) continue;
    *list_add(arena, &out->rows) = (Twin){.low_id = row->low_id,
                                          .high_id = row->high_id,
                                          .reasons = reasons,
                                          .low_name = row->low_name,
                                          .high_name = row->high_name,
                                          .low_address = row->low_address,
                                          .high_address = row->high_address};
  }
  out->has_more = rows.count == TWINS_LOOKED_AT;
  return true;
}

bool customer_keep_apart(Desk *desk, const Staff *actor, int64_t a, int64_t b, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  if (a == b) return error_set(error, ERROR_INVALID, "This is one customer and not two.");
  return customer_find(arena, desk, a, error) && customer_find(arena, desk, b, error) &&
         customer_distinct_insert(desk->db, MIN(a, b), MAX(a, b), actor->id, clock_now(desk->clock), error);
}
