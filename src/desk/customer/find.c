// Finding customers: the list, a search in it, and one of them.
#include "base/text.h"
#include "desk/customer.sql.h"
#include "desk/customer/organisation.h"
#include "desk/customer/stored.h"

#include <string.h>

#define SEARCH_WORDS 3

static const struct {
  const char *word, *title;
} channels[CUSTOMER_CHANNEL_COUNT] = {
  [CHANNEL_NO_MATTER] = {"any", "any way"},
  [CHANNEL_BY_MAIL] = {"mail", "by e-mail"},
  [CHANNEL_BY_PHONE] = {"phone", "by telephone"},
  [CHANNEL_IN_WRITING] = {"letter", "by letter"},
};

const char *customer_channel_word(CustomerChannel channel) {
  return channels[channel < CUSTOMER_CHANNEL_COUNT ? channel : 0].word;
}
const char *customer_channel_title(CustomerChannel channel) {
  return channels[channel < CUSTOMER_CHANNEL_COUNT ? channel : 0].title;
}

bool customer_channel_from_word(const char *word, CustomerChannel *out) {
  for (unsigned channel = 0; word && channel < CUSTOMER_CHANNEL_COUNT; channel++)
    if (strcmp(channels[channel].word, word) == 0) {
      *out = channel;
      return true;
    }
  return false;
}

const char *customer_shown(const char *name, const char *address, const char *phone) {
  if (!text_is_blank(name)) return name;
  if (!text_is_blank(address)) return address;
  return text_is_blank(phone) ? "(nobody knows their name)" : phone;
}

Customer *customer_find(Arena *arena, Desk *desk, int64_t id, GError **error) {
  Customer *customer = NULL;
  if (!customer_select(arena, desk->db, id, &customer, error)) return NULL;
  if (!customer) error_set(error, ERROR_NOT_FOUND, "There is no such customer.");
  return customer;
}

bool customer_survivor(Desk *desk, int64_t id, int64_t *out, GError **error) {
  bool found = false;
  if (!customer_select_survivor(desk->db, id, &found, out, error)) return false;
  return found || error_set(error, ERROR_NOT_FOUND, "There is no such customer.");
}

bool customer_hold(Arena *arena, Desk *desk, int64_t id, CustomerLock **out, GError **error) {
  if (!customer_lock(arena, desk->db, id, out, error)) return false;
  if (!*out) return error_set(error, ERROR_NOT_FOUND, "There is no such customer.");
  return !(*out)->merged_into ||
         error_set(error, ERROR_CONFLICT, "This customer was joined to another one meanwhile; load the page again.");
}

static void end_page(CustomerPage *page) {
  page->has_more = page->rows.count > LIST_PAGE;
  if (page->has_more) page->rows.count = LIST_PAGE;
}

void customer_search_words(Arena *arena, const char *text, size_t most, TextList *out) {
  TextList words = {0};
  g_auto(GStrv) parts = g_strsplit_set(text_one_line(arena, text), " ", -1);
  for (char **part = parts; *part; part++) {
    const char *folded = text_trim(arena, text_fold(arena, *part));
    if (*folded == '@' && folded[1])
      *list_add(arena, &words) = folded;
    else
      customer_words(arena, folded, &words);
  }
  while (words.count && out->count < most) {
    size_t longest = 0;
    for (size_t i = 1; i < words.count; i++)
      if (strlen(words.items[i]) > strlen(words.items[longest])) longest = i;
    *list_add(arena, out) = words.items[longest];
    words.items[longest] = words.items[--words.count];
  }
}

bool customer_list(Arena *arena, Desk *desk, const char *text, const char *after_key, int64_t after_id, CustomerPage *out,
                   GError **error) {
  TextList words = {0};
  const char *key = after_key ? after_key : "", *from[SEARCH_WORDS], *until[SEARCH_WORDS];
  *out = (CustomerPage){0};
  customer_search_words(arena, text, SEARCH_WORDS, &words);
  for (size_t i = 0; i < SEARCH_WORDS; i++) {
    from[i] = i < words.count ? words.items[i] : "";
    until[i] = i < words.count ? arena_printf(arena, "%s\xF4\x8F\xBF\xBF", from[i]) : "";
  }
  bool is_read = text_is_blank(text) ? customer_select_all(arena, desk->db, key, after_id, LIST_PAGE + 1, &out->rows, error)
                 : words.count == 0  ? true // nothing but dots and dashes: nobody
                                     : customer_search(arena, desk->db, from[0], until[0], from[1], until[1], from[2], until[2],
                                                       key, after_id, LIST_PAGE + 1, &out->rows, error);
  end_page(out);
  return is_read;
}

bool customer_list_of(Arena *arena, Desk *desk, int64_t organisation, const char *after_key, int64_t after_id, CustomerPage *out,
                      GError **error) {
  *out = (CustomerPage){0};
  bool is_read = customer_select_of_organisation(arena, desk->db, organisation, after_key ? after_key : "", after_id,
                                                 LIST_PAGE + 1, &out->rows, error);
  end_page(out);
  return is_read;
}
