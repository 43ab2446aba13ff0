// Joining two customers, and taking it back. Order, in one transaction: lock the addresses (whoever files mail waits here), the two customers
// (lower number first), their conversations, their conduct cases, their remedies, and then the purses of both, as everybody does who gives
// something; write down what moves; move it; count anew what each was given, from the remedies themselves. So no limit is overspent while
// two become one, and `rapport check` finds the ledger and its totals in step.
//
// The row of the one who went stays, and says into whom. Undoing moves back what is listed and still there, and counts anew again. A conduct
// case that was opened meanwhile is in no list: it goes to whoever wrote what was reported, and stays when both did.
#include "base/text.h"
#include "desk/audit/audit.h"
#include "desk/customer.sql.h"
#include "desk/customer/stored.h"
#include "desk/remedy.sql.h"
#include "desk/remedy/limit.h"
#include "desk/search/search.h"

typedef enum CustomerField {
  FIELD_NAME,
  FIELD_CALLED,
  FIELD_CHANNEL,
  FIELD_LANGUAGE,
  FIELD_HOURS,
  FIELD_LIKES,
  FIELD_ORGANISATION
} CustomerField;
#define BIT(field) (INT64_C(1) << (field))

static bool lock_things(Arena *arena, Desk *desk, int64_t low, int64_t high, GError **error) {
  TextList keys = {0};
  IntList ids = {0};
  return customer_address_lock_of(arena, desk->db, low, &keys, error) &&
         customer_address_lock_of(arena, desk->db, high, &keys, error) &&
         customer_lock_conversations(arena, desk->db, low, &ids, error) &&
         customer_lock_conversations(arena, desk->db, high, &ids, error) &&
         customer_lock_cases(arena, desk->db, low, &ids, error) && customer_lock_cases(arena, desk->db, high, &ids, error) &&
         customer_lock_remedies(arena, desk->db, low, &ids, error) && customer_lock_remedies(arena, desk->db, high, &ids, error);
}

static bool lock_both(Arena *arena, Desk *desk, int64_t from, int64_t into, GError **error) {
  int64_t low = MIN(from, into), high = MAX(from, into);
  TextList keys = {0};
  CustomerLock *lock = NULL;
  return customer_address_lock_of(arena, desk->db, low, &keys, error) &&
         customer_address_lock_of(arena, desk->db, high, &keys, error) && customer_lock(arena, desk->db, low, &lock, error) &&
         customer_lock(arena, desk->db, high, &lock, error) && lock_things(arena, desk, low, high, error) &&
         purse_take(desk->db, LIMIT_CUSTOMER, low, error) && purse_take(desk->db, LIMIT_CUSTOMER, high, error);
}

static bool note_all(Desk *desk, int64_t merge, int64_t from, int64_t into, GError **error) {
  return customer_merge_note_addresses(desk->db, merge, from, error) &&
         customer_merge_note_conversations(desk->db, merge, from, error) &&
         customer_merge_note_remedies(desk->db, merge, from, error) &&
         customer_merge_note_phones(desk->db, merge, from, into, error) &&
         customer_merge_note_notes(desk->db, merge, from, error) && customer_merge_note_cases(desk->db, merge, from, error);
}

static bool move_all(Desk *desk, int64_t merge, int64_t from, int64_t into, GError **error) {
  return customer_move_addresses(desk->db, merge, from, into, error) &&
         customer_move_conversations(desk->db, merge, from, into, error) &&
         customer_move_remedies(desk->db, merge, from, into, error) && customer_move_phones(desk->db, merge, from, into, error) &&
         customer_move_notes(desk->db, merge, from, into, error) && customer_move_cases(desk->db, merge, from, into, error);
}

static bool count_spending(Desk *desk, int64_t from, int64_t into, GError **error) {
  return customer_spend_forget(desk->db, from, error) && customer_spend_forget(desk->db, into, error) &&
         customer_spend_count(desk->db, from, error) && customer_spend_count(desk->db, into, error);
}

static bool index_both(Arena *arena, Desk *desk, int64_t from, int64_t into, GError **error) {
  return customer_index(arena, desk, from, error) && customer_index(arena, desk, into, error) &&
         search_customer_changes(desk, from, error) && search_customer_changes(desk, into, error);
}

// What the one who stays lacks and the other has; `*out_filled` says which.
static Customer filled(const Customer *from, const Customer *into, int64_t *out_filled) {
  Customer after = *into;
  *out_filled = 0;
  if (text_is_blank(into->name) && !text_is_blank(from->name)) after.name = from->name, *out_filled |= BIT(FIELD_NAME);
  if (!*into->address_as && *from->address_as) after.address_as = from->address_as, *out_filled |= BIT(FIELD_CALLED);
  if (!into->channel && from->channel) after.channel = from->channel, *out_filled |= BIT(FIELD_CHANNEL);
  if (!*into->language && *from->language) after.language = from->language, *out_filled |= BIT(FIELD_LANGUAGE);
  if (!*into->best_hours && *from->best_hours) after.best_hours = from->best_hours, *out_filled |= BIT(FIELD_HOURS);
  if (!*into->likes && *from->likes) after.likes = from->likes, *out_filled |= BIT(FIELD_LIKES);
  if (!into->organisation_id && into->organisation_how != ORGANISATION_BY_HAND && from->organisation_id) {
    after.organisation_id = from->organisation_id, after.organisation_how = from->organisation_how;
    *out_filled |= BIT(FIELD_ORGANISATION);
  }
  return after;
}

// Takes back what was filled in and nobody changed since.
static Customer emptied(const Customer *from, const Customer *into, int64_t was_filled) {
  Customer after = *into;
  if (was_filled & BIT(FIELD_NAME) && strcmp(into->name, from->name) == 0) after.name = "";
  if (was_filled & BIT(FIELD_CALLED) && strcmp(into->address_as, from->address_as) == 0) after.address_as = "";
  if (was_filled & BIT(FIELD_CHANNEL) && into->channel == from->channel) after.channel = CHANNEL_NO_MATTER;
  if (was_filled & BIT(FIELD_LANGUAGE) && strcmp(into->language, from->language) == 0) after.language = "";
  if (was_filled & BIT(FIELD_HOURS) && strcmp(into->best_hours, from->best_hours) == 0) after.best_hours = "";
  if (was_filled & BIT(FIELD_LIKES) && strcmp(into->likes, from->likes) == 0) after.likes = "";
  if (was_filled & BIT(FIELD_ORGANISATION) && into->organisation_id == from->organisation_id)
    after.organisation_id = 0, after.organisation_how = ORGANISATION_NONE;
  return after;
}

static bool write_down(Desk *desk, const Customer *customer, GError **error) {
  const int64_t *organisation = customer->organisation_id ? &customer->organisation_id : NULL;
  return customer_update_name(desk->db, customer->id, customer->name, error) &&
         customer_set_organisation(desk->db, customer->id, organisation, customer->organisation_how, error) &&
         customer_update_preferences(desk->db, customer->id, customer->address_as, customer->channel, customer->language,
                                     customer->best_hours, customer->likes, error);
}

// For the journal: a name, and whom one finds under it.
static const char *told(Arena *arena, const Customer *customer) {
  return arena_printf(arena, "%s (customer %" G_GINT64_FORMAT ")", customer_shown(customer->name, customer->address, ""),
                      customer->id);
}

static bool check_pair(const Customer *from, const Customer *into, GError **error) {
  return (!from->merged_into && !into->merged_into) ||
         error_set(error, ERROR_CONFLICT, "One of the two was joined to another customer meanwhile; look at them again.");
}

// One customer has one open case, and which of two goes on is for a person to say.
static bool check_cases(Desk *desk, int64_t from_id, int64_t into_id, GError **error) {
  int64_t open = 0;
  if (!customer_count_open_cases(desk->db, from_id, into_id, &open, error)) return false;
  return open < 2 ||
         error_set(error, ERROR_CONFLICT,
                   "Each of the two has a conduct case that is open. A supervisor ends one of them first; then the two can be "
                   "joined, and the other case holds for both.");
}

bool customer_merge(Desk *desk, const Staff *actor, int64_t from_id, int64_t into_id, int64_t *out_merge, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  int64_t was_filled = 0;
  if (from_id == into_id) return error_set(error, ERROR_INVALID, "This is one customer and not two.");
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !lock_both(arena, desk, from_id, into_id, error)) return false;
  const Customer *from = customer_find(arena, desk, from_id, error),
                 *into = from ? customer_find(arena, desk, into_id, error) : NULL;
  if (!into || !check_pair(from, into, error) || !check_cases(desk, from_id, into_id, error)) return false;
  Customer after = filled(from, into, &was_filled);
  const char *subject = told(arena, &after), *detail = arena_printf(arena, "%s went into it", told(arena, from));
  return customer_merge_insert(desk->db, from_id, into_id, was_filled, actor->id, clock_now(desk->clock), out_merge, error) &&
         note_all(desk, *out_merge, from_id, into_id, error) && move_all(desk, *out_merge, from_id, into_id, error) &&
         count_spending(desk, from_id, into_id, error) && write_down(desk, &after, error) &&
         customer_set_merged(desk->db, from_id, &into_id, error) && index_both(arena, desk, from_id, into_id, error) &&
         audit_add(desk, actor, "customer.merged", subject, detail, error) && db_commit(&tx, error);
}

bool customer_merges(Arena *arena, Desk *desk, int64_t into, CustomerMergeList *out, GError **error) {
  return customer_merge_select(arena, desk->db, into, out, error);
}

// By the address that wrote, now that each has their own again; where there is none, as on the phone, by whose the conversation is.
static bool writer_of(Arena *arena, Desk *desk, const CaseWriter *row, int64_t *out, GError **error) {
  const char *key = mail_address_key(arena, row->author_address);
  bool found = false;
  if (*key && !customer_select_by_address(desk->db, key, &found, out, error)) return false;
  if (!found) *out = row->customer_id;
  return true;
}

static bool give_back_case(Arena *arena, Desk *desk, int64_t id, int64_t from, int64_t *left, GError **error) {
  CaseWriterList writers = {0};
  size_t theirs = 0;
  if (!customer_select_case_writers(arena, desk->db, id, &writers, error)) return false;
  list_each(const CaseWriter, row, &writers) {
    int64_t writer = 0;
    if (!writer_of(arena, desk, row, &writer, error)) return false;
    theirs += writer == from;
  }
  if (theirs > 0 && theirs < writers.count) *left += 1;
  return theirs == 0 || theirs < writers.count || customer_move_case(desk->db, id, from, error);
}

// Those that are open cannot be two: only one case of a customer is, and until now they were one.
static bool give_back_cases(Arena *arena, Desk *desk, const CustomerMerge *merge, int64_t *out_left, GError **error) {
  IntList cases = {0};
  *out_left = 0;
  if (!customer_select_new_cases(arena, desk->db, merge->id, merge->into_id, merge->made_at, &cases, error)) return false;
  list_each(const Int, id, &cases)
    if (!give_back_case(arena, desk, *id, merge->from_id, out_left, error)) return false;
  return true;
}

static bool check_undo(Desk *desk, const CustomerMerge *merge, GError **error) {
  bool found = false;
  int64_t later = 0;
  if (merge->undone_at) return error_set(error, ERROR_CONFLICT, "This was undone already.");
  if (!customer_merge_select_later(desk->db, merge->from_id, merge->into_id, merge->id, &found, &later, error)) return false;
  return !found || error_set(error, ERROR_CONFLICT, "One of these customers was joined to another one later; undo that first.");
}

bool customer_unmerge(Desk *desk, const Staff *actor, int64_t merge_id, int64_t *out_left, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  CustomerMerge *merge = NULL;
  int64_t left = 0;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !customer_merge_lock(arena, desk->db, merge_id, &merge, error)) return false;
  if (!merge) return error_set(error, ERROR_NOT_FOUND, "These were never joined.");
  int64_t from_id = merge->from_id, into_id = merge->into_id;
  if (!lock_both(arena, desk, from_id, into_id, error) || !check_undo(desk, merge, error)) return false;
  const Customer *from = customer_find(arena, desk, from_id, error),
                 *into = from ? customer_find(arena, desk, into_id, error) : NULL;
  if (!into) return false;
  Customer after = emptied(from, into, merge->filled);
  const char *subject = told(arena, into);
  if (!move_all(desk, merge_id, into_id, from_id, error) || !give_back_cases(arena, desk, merge, &left, error)) return false;
  if (out_left) *out_left = left;
  const char *detail = arena_printf(arena, "%s is on their own again", told(arena, from));
  if (left) detail = arena_printf(arena, "%s; conduct cases about both, which stay: %d", detail, (int)left);
  return count_spending(desk, from_id, into_id, error) && write_down(desk, &after, error) &&
         customer_set_merged(desk->db, from_id, NULL, error) &&
         customer_merge_undo(desk->db, merge_id, actor->id, clock_now(desk->clock), error) &&
         index_both(arena, desk, from_id, into_id, error) &&
         audit_add(desk, actor, "customer.unmerged", subject, detail, error) && db_commit(&tx, error);
}
