// What is kept about a customer: name, addresses, telephones, preferences, organisation. Each change locks the customer, so that it is not
// made to one who is being joined to another, and makes anew what a search finds them by.
#include "base/text.h"
#include "desk/customer.sql.h"
#include "desk/customer/organisation.h"
#include "desk/customer/stored.h"
#include "desk/mailbox/mailbox.h"
#include "desk/search/search.h"
#include "desk/template/language.h"
#include "mail/mail.h"

#define PHONE_MOST 40 // characters

// One change of a held customer, who is then found by what they have now.
typedef bool Change(Arena *arena, Desk *desk, int64_t id, const void *what, GError **error);

static bool change_within(Arena *arena, Desk *desk, int64_t id, Change *make, const void *what, GError **error) {
  CustomerLock *lock = NULL;
  return customer_hold(arena, desk, id, &lock, error) && make(arena, desk, id, what, error) &&
         customer_index(arena, desk, id, error);
}

static bool change(Desk *desk, int64_t id, Change *make, const void *what, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && change_within(arena, desk, id, make, what, error) && db_commit(&tx, error);
}

static bool rename_to(Arena *arena, Desk *desk, int64_t id, const void *what, GError **error) {
  const Customer *customer = customer_find(arena, desk, id, error);
  const char *name = what;
  return customer && customer_update_name(desk->db, id, name, error) &&
         customer_update_conversation_names(desk->db, id, customer_shown(name, customer->address, ""), error) &&
         search_customer_changes(desk, id, error);
}

bool customer_rename(Desk *desk, int64_t id, const char *name, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *clean = text_one_line(arena, name);
  if (text_length(clean) > CUSTOMER_NAME_MOST)
    return error_set(error, ERROR_INVALID, "A name has at most %d characters.", CUSTOMER_NAME_MOST);
  return change(desk, id, rename_to, clean, error);
}

static bool check_room(Arena *arena, Desk *desk, int64_t id, GError **error) {
  CustomerAddressList addresses = {0};
  CustomerPhoneList phones = {0};
  if (!customer_select_addresses(arena, desk->db, id, &addresses, error) ||
      !customer_select_phones(arena, desk->db, id, &phones, error))
    return false;
  return MAX(addresses.count, phones.count) < CUSTOMER_CONTACTS_MOST ||
         error_set(error, ERROR_INVALID, "One person has at most %d addresses and as many telephones here; take one out first.",
                   CUSTOMER_CONTACTS_MOST);
}

static bool add_address(Arena *arena, Desk *desk, int64_t id, const void *what, GError **error) {
  const char *address = what, *key = mail_address_key(arena, address);
  int64_t added = 0, owner = 0;
  bool found = false;
  if (!check_room(arena, desk, id, error) ||
      !customer_address_insert(desk->db, key, address, id, clock_now(desk->clock), &added, error))
    return false;
  if (added) return search_customer_changes(desk, id, error);
  return customer_address_owner(desk->db, key, &found, &owner, error) &&
         error_set(error, ERROR_CONFLICT, owner == id ? "They have the address %s already." : "Somebody else has the address %s.",
                   address);
}

bool customer_add_address(Desk *desk, int64_t id, const char *address, int64_t *out_owner, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  MailboxList mailboxes = {0};
  g_autoptr(GError) problem = NULL;
  bool found = false;
  int64_t owner = 0;
  if (out_owner) *out_owner = 0;
  address = text_one_line(arena, address);
  if (!mail_address_is_valid(address))
    return error_set(error, ERROR_INVALID, "\"%s\" is not an e-mail address; give one such as agnes@example.com.",
                     text_clamp(arena, address, 100));
  if (!mailbox_list(arena, desk, &mailboxes, error)) return false;
  if (mailbox_is_ours(arena, &mailboxes, address, NULL))
    return error_set(error, ERROR_INVALID, "%s is one of our own mailboxes; give the customer's address.", address);
  if (change(desk, id, add_address, address, &problem)) return true;
  if (error_is(problem, ERROR_CONFLICT) &&
      customer_address_owner(desk->db, mail_address_key(arena, address), &found, &owner, NULL) && found && owner != id &&
      out_owner)
    *out_owner = owner;
  g_propagate_error(error, g_steal_pointer(&problem));
  return false;
}

static bool remove_address(Arena *arena, Desk *desk, int64_t id, const void *what, GError **error) {
  int64_t changed = 0;
  if (!customer_address_delete(desk->db, id, what, &changed, error)) return false;
  if (!changed) return error_set(error, ERROR_NOT_FOUND, "They have no such address; somebody may have taken it out.");
  return search_customer_changes(desk, id, error);
}
bool customer_remove_address(Desk *desk, int64_t id, const char *address_key, GError **error) {
  return change(desk, id, remove_address, address_key, error);
}

typedef struct Mark {
  const char *key;
  bool is_undeliverable;
} Mark;

static bool mark_address(Arena *arena, Desk *desk, int64_t id, const void *what, GError **error) {
  const Mark *mark = what;
  int64_t changed = 0;
  return customer_address_mark(desk->db, id, mark->key, mark->is_undeliverable, &changed, error) &&
         (changed || error_set(error, ERROR_NOT_FOUND, "They have no such address; somebody may have taken it out."));
}
bool customer_mark_address(Desk *desk, int64_t id, const char *address_key, bool is_undeliverable, GError **error) {
  Mark mark = {address_key, is_undeliverable};
  return change(desk, id, mark_address, &mark, error);
}

bool customer_keep_phone(Arena *arena, Desk *desk, int64_t id, const char *phone, GError **error) {
  return text_is_blank(phone) ||
         (customer_phone_insert(desk->db, id, phone, customer_phone_key(arena, phone), clock_now(desk->clock), error) &&
          customer_index(arena, desk, id, error));
}

static bool add_phone(Arena *arena, Desk *desk, int64_t id, const void *what, GError **error) {
  return check_room(arena, desk, id, error) && customer_keep_phone(arena, desk, id, what, error);
}

bool customer_add_phone(Desk *desk, int64_t id, const char *phone, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *clean = text_one_line(arena, phone);
  if (!*customer_phone_key(arena, clean) || text_length(clean) > PHONE_MOST)
    return error_set(error, ERROR_INVALID, "\"%s\" is not a telephone number; give one such as +353 1 234 5678.",
                     text_clamp(arena, clean, PHONE_MOST));
  return change(desk, id, add_phone, clean, error);
}

static bool remove_phone(Arena *arena, Desk *desk, int64_t id, const void *what, GError **error) {
  const int64_t *phone = what;
  int64_t changed = 0;
  return customer_phone_delete(desk->db, id, *phone, &changed, error) &&
         (changed || error_set(error, ERROR_NOT_FOUND, "They have no such telephone; somebody may have taken it out."));
}
bool customer_remove_phone(Desk *desk, int64_t id, int64_t phone_id, GError **error) {
  return change(desk, id, remove_phone, &phone_id, error);
}

static bool prefer(Arena *arena, Desk *desk, int64_t id, const void *what, GError **error) {
  const CustomerPreferences *preferences = what;
  return customer_update_preferences(desk->db, id, preferences->address_as, preferences->channel, preferences->language,
                                     preferences->best_hours, preferences->likes, error);
}

bool customer_prefer(Desk *desk, int64_t id, const CustomerPreferences *preferences, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  CustomerPreferences kept = {.address_as = text_one_line(arena, preferences->address_as),
                              .channel = preferences->channel,
                              .language = preferences->language ? preferences->language : "",
                              .best_hours = text_one_line(arena, preferences->best_hours),
                              .likes = text_trim(arena, preferences->likes)};
  const Language *language = *kept.language ? language_find(kept.language) : NULL;
  if (*kept.language && !language)
    return error_set(error, ERROR_INVALID, "The desk does not write in \"%s\".", text_clamp(arena, kept.language, 20));
  if (language) kept.language = language_code(language);
  if (kept.channel >= CUSTOMER_CHANNEL_COUNT)
    return error_set(error, ERROR_INVALID, "Choose how they like to be reached from the list.");
  if (text_length(kept.address_as) > CUSTOMER_CALLED_MOST)
    return error_set(error, ERROR_INVALID, "What they like to be called has at most %d characters.", CUSTOMER_CALLED_MOST);
  if (text_length(kept.best_hours) > CUSTOMER_HOURS_MOST)
    return error_set(error, ERROR_INVALID, "When to reach them has at most %d characters.", CUSTOMER_HOURS_MOST);
  if (text_length(kept.likes) > CUSTOMER_LIKES_MOST)
    return error_set(error, ERROR_INVALID, "What else they like has at most %d characters.", CUSTOMER_LIKES_MOST);
  return change(desk, id, prefer, &kept, error);
}

static bool join(Arena *arena, Desk *desk, int64_t id, const void *what, GError **error) {
  const int64_t *organisation = what;
  return customer_set_organisation(desk->db, id, *organisation ? organisation : NULL, ORGANISATION_BY_HAND, error);
}
bool customer_join_organisation(Desk *desk, int64_t id, int64_t organisation, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && (!organisation || organisation_hold(arena, desk, organisation, error)) &&
         change_within(arena, desk, id, join, &organisation, error) && db_commit(&tx, error);
}

bool customer_phones(Arena *arena, Desk *desk, int64_t id, CustomerPhoneList *out, GError **error) {
  return customer_select_phones(arena, desk->db, id, out, error);
}

bool customer_called(Arena *arena, Desk *desk, int64_t id, const char *name, const char **out, GError **error) {
  *out = NULL;
  if (!customer_select_called(arena, desk->db, id, out, error)) return false;
  if (!*out) *out = name;
  return true;
}
