// What is known of offers: reading them, and checking what somebody wants to offer.
#include "desk/offer/offer.h"
#include "base/words.h"

#include "base/text.h"
#include "desk/offer.sql.h"
#include "desk/offer/stored.h"

static const char *const kinds[OFFER_KIND_COUNT] = {
  [OFFER_CHOICE] = "choice", [OFFER_ANSWER] = "answer", [OFFER_SUMMARY] = "summary", [OFFER_FINAL] = "final"};

const char *offer_kind_word(OfferKind kind) { return kind < OFFER_KIND_COUNT ? kinds[kind] : kinds[OFFER_CHOICE]; }

bool offer_kind_from_word(const char *word, OfferKind *out) {
  for (unsigned kind = 0; kind < OFFER_KIND_COUNT; kind++)
    if (word && strcmp(word, kinds[kind]) == 0) {
      *out = kind;
      return true;
    }
  return false;
}

static size_t count_options(const OfferDraft *draft) {
  size_t count = 0;
  list_each(const Text, option, &draft->options) count += !text_is_blank(*option);
  return count;
}

bool offer_is_empty(const OfferDraft *draft) { return draft->kind == OFFER_CHOICE && count_options(draft) == 0; }

const char *offer_problem(Arena *arena, const OfferDraft *draft) {
  if (count_options(draft) > OPTIONS_MOST)
    return arena_say(arena, "More than %d options are hard to choose from. Leave some out.", OPTIONS_MOST);
  list_each(const Text, option, &draft->options)
    if (g_utf8_strlen(*option, -1) > OPTION_LONGEST)
      return arena_say(arena, "An option has at most %d characters. Say the rest in the answer itself.", OPTION_LONGEST);
  return NULL;
}

bool offer_load(Arena *arena, Desk *desk, int64_t offer_id, Offer **out, GError **error) {
  return offer_select(arena, desk->db, offer_id, out, error) &&
         (!*out || offer_select_options(arena, desk->db, offer_id, &(*out)->options, error));
}

bool offer_list(Arena *arena, Desk *desk, int64_t number, OfferList *out, GError **error) {
  StoredOptionList options = {0};
  if (!offer_select_of(arena, desk->db, number, out, error)) return false;
  if (out->count == 0) return true;
  if (!offer_select_options_of(arena, desk->db, number, &options, error)) return false;
  Offer *offer = out->items, *end = out->items + out->count; // both in the order of their ids
  list_each(const StoredOption, option, &options) {
    while (offer < end && offer->id < option->offer_id) offer++;
    if (offer < end && offer->id == option->offer_id) *list_add(arena, &offer->options) = option->title;
  }
  return true;
}

bool offer_of_message(Arena *arena, Desk *desk, int64_t message_id, Offer **out, GError **error) {
  OfferMark *mark = NULL;
  *out = NULL;
  if (!offer_select_by_message(arena, desk->db, message_id, &mark, error)) return false;
  return !mark || offer_load(arena, desk, mark->id, out, error);
}
