// What customers are found by: the folded words of their names, their addresses (whole, and in parts), their domains with an @ in front,
// and the digits of their telephones. All of it is made anew whenever one of these changes; a search is then a range of words.
#include "base/json.h"
#include "base/text.h"
#include "desk/customer.sql.h"
#include "desk/customer/customer.h"
#include "desk/customer/organisation.h"
#include "desk/customer/stored.h"
#include "desk/organisation.sql.h"
#include "mail/mail.h"

#include <string.h>

#define WORDS_MOST 60    // of one customer
#define WORD_LONGEST 120 // bytes
#define AT_ONCE 500
#define LAST "\xF4\x8F\xBF\xBF" // sorts behind every name
#define KEY_DIGITS 9
#define KEY_LEAST 6

static void add_word(Arena *arena, const char *word, size_t length, TextList *out) {
  if (length == 0 || length > WORD_LONGEST || out->count >= WORDS_MOST) return;
  *list_add(arena, out) = arena_strndup(arena, word, length);
}

void customer_words(Arena *arena, const char *text, TextList *out) {
  const char *folded = text_fold(arena, text), *start = NULL, *at = folded;
  for (;; at = text_next(at)) {
    bool is_of_word = *at && g_unichar_isalnum(g_utf8_get_char(at));
    if (is_of_word && !start) start = at;
    if (!is_of_word && start) {
      add_word(arena, start, (size_t)(at - start), out);
      start = NULL;
    }
    if (!*at) return;
  }
}

const char *customer_words_json(Arena *arena, const TextList *words) {
  g_autoptr(Json) json = json_array();
  list_each(const Text, word, words) json_array_append_new(json, json_string(*word));
  return json_text(arena, json);
}

const char *customer_domain(const char *address_key) {
  const char *at = strrchr(address_key, '@');
  return at ? at + 1 : "";
}

const char *customer_phone_key(Arena *arena, const char *phone) {
  g_autoptr(GString) digits = g_string_new(NULL);
  for (const char *at = phone; *at; at++)
    if (g_ascii_isdigit(*at)) g_string_append_c(digits, *at);
  if (digits->len < KEY_LEAST) return "";
  size_t from = digits->len > KEY_DIGITS ? digits->len - KEY_DIGITS : 0;
  return arena_strdup(arena, digits->str + from);
}

// "agnes@mail.moor.example": itself, its words, "@mail.moor.example", "@moor.example".
static void add_address(Arena *arena, const char *key, TextList *out) {
  const char *domain = customer_domain(key);
  add_word(arena, key, strlen(key), out);
  customer_words(arena, key, out);
  for (; *domain && strchr(domain, '.'); domain = strchr(domain, '.') + 1)
    add_word(arena, arena_printf(arena, "@%s", domain), strlen(domain) + 1, out);
}

static bool add_phones(Arena *arena, Desk *desk, int64_t id, TextList *words, GError **error) {
  CustomerPhoneList phones = {0};
  if (!customer_select_phones(arena, desk->db, id, &phones, error)) return false;
  list_each(const CustomerPhone, phone, &phones) {
    const char *key = customer_phone_key(arena, phone->phone);
    if (strcmp(key, phone->phone_key) != 0 && !customer_phone_set_key(desk->db, phone->id, key, error)) return false;
    g_autoptr(GString) digits = g_string_new(NULL);
    for (const char *at = phone->phone; *at; at++)
      if (g_ascii_isdigit(*at)) g_string_append_c(digits, *at);
    add_word(arena, digits->str, digits->len, words);
    add_word(arena, key, strlen(key), words);
  }
  return true;
}

// Whose domain that is, or else the one above it: the nearest counts.
static bool find_house_of(Desk *desk, const char *domain, bool *found, int64_t *organisation, GError **error) {
  while (*domain) {
    const char *dot = strchr(domain, '.');
    if (!organisation_select_of_domain(desk->db, domain, found, organisation, error)) return false;
    if (*found || !dot) return true;
    domain = dot + 1;
  }
  return true;
}

// Who is nowhere goes where the domain of their mail says.
static bool find_house(Desk *desk, const CustomerIndex *row, const CustomerAddressList *addresses, GError **error) {
  bool found = false;
  int64_t organisation = 0;
  for (size_t i = 0; row->organisation_how == ORGANISATION_NONE && i < addresses->count && !found; i++)
    if (!find_house_of(desk, customer_domain(addresses->items[i].address_key), &found, &organisation, error)) return false;
  return !found || customer_set_organisation(desk->db, row->id, &organisation, ORGANISATION_BY_RULE, error);
}

bool customer_index(Arena *arena, Desk *desk, int64_t id, GError **error) {
  CustomerIndex *row = NULL;
  CustomerAddressList addresses = {0};
  TextList words = {0};
  if (!customer_select_index(arena, desk->db, id, &row, error) ||
      !customer_select_addresses(arena, desk->db, id, &addresses, error))
    return false;
  if (!row) return error_set(error, ERROR_NOT_FOUND, "There is no such customer.");
  customer_words(arena, row->name, &words);
  list_each(const CustomerAddress, address, &addresses) add_address(arena, address->address_key, &words);
  if (!add_phones(arena, desk, id, &words, error)) return false;
  const char *name_key = text_trim(arena, text_fold(arena, row->name));
  const char *shown = customer_shown(row->name, row->address, row->phone);
  const char *sort_key = *shown == '(' ? LAST : text_fold(arena, shown);
  return customer_word_delete(desk->db, id, error) &&
         customer_word_insert(desk->db, id, customer_words_json(arena, &words), error) &&
         customer_update_index(desk->db, id, name_key, sort_key, error) && find_house(desk, row, &addresses, error);
}

static bool index_some(Desk *desk, bool *out_goes_on, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  IntList ids = {0};
  if (!customer_select_unindexed(arena, desk->db, AT_ONCE, &ids, error)) return false;
  *out_goes_on = ids.count > 0;
  if (ids.count == 0) return true;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx) return false;
  list_each(const Int, id, &ids)
    if (!customer_index(arena, desk, *id, error)) return false;
  return db_commit(&tx, error);
}

bool customer_index_missing(Desk *desk, GError **error) {
  for (bool goes_on = true; goes_on;)
    if (!index_some(desk, &goes_on, error)) return false;
  return true;
}
