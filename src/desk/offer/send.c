// An offer goes out. It is written with the answer that carries it, takes the place of an earlier one that nobody chose from, and
// counts from when the mail was sent, which is also when a complaint becomes answered. Taking the answer back takes it back too.
#include "base/text.h"
#include "desk/complaint/complaint.h"
#include "desk/offer.sql.h"
#include "desk/offer/letter.h"
#include "desk/offer/stored.h"

static bool add_options(Arena *arena, Desk *desk, int64_t offer_id, const OfferDraft *draft, TextList *out, GError **error) {
  list_each(const Text, option, &draft->options) {
    if (text_is_blank(*option)) continue;
    *list_add(arena, out) = text_trim(arena, text_one_line(arena, *option));
    if (!offer_option_insert(desk->db, offer_id, (int64_t)out->count, out->items[out->count - 1], error)) return false;
  }
  return true;
}

bool offer_add(Arena *arena, Desk *desk, const OfferCarrier *carrier, const OfferDraft *draft, const char **out_words,
               GError **error) {
  int64_t number = carrier->number;
  int64_t now = clock_now(desk->clock);
  Offer offer = {.number = number, .kind = draft->kind, .expires_at = now + OFFER_LIFETIME};
  Complaint *complaint = NULL;
  *out_words = "";
  if (offer_is_empty(draft)) return true;
  if (!offer_insert(desk->db, number, carrier->message_id, carrier->writer->id, draft->kind, now, offer.expires_at, &offer.id,
                    error) ||
      !add_options(arena, desk, offer.id, draft, &offer.options, error) || !offer_replace(desk->db, number, offer.id, error) ||
      !complaint_find(arena, desk, number, &complaint, error))
    return false;
  OfferLetter letter = {
    .offer = &offer, .complaint = complaint, .origin = draft->origin, .language = carrier->language, .zone = carrier->zone};
  *out_words = offer_words(arena, desk, &letter);
  return true;
}

bool offer_note_sent(Arena *arena, Desk *desk, int64_t number, int64_t message_id, GError **error) {
  OfferMark *mark = NULL;
  Complaint *complaint = NULL;
  if (!offer_select_by_message(arena, desk->db, message_id, &mark, error)) return false;
  if (!mark || (mark->state != OFFER_WAITING && mark->state != OFFER_REPLACED)) return true; // replaced while it waited
  if ((mark->state == OFFER_WAITING && !offer_update_state(desk->db, mark->id, OFFER_OPEN, error)) ||
      !complaint_find(arena, desk, number, &complaint, error))
    return false;
  if (!complaint || complaint->merged_into || complaint->stage == STAGE_CLOSED) return true;
  static const char *const details[OFFER_KIND_COUNT] = {
    [OFFER_CHOICE] = "With options to choose from.",
    [OFFER_ANSWER] = "",
    [OFFER_SUMMARY] = "The summary resolution communication.",
    [OFFER_FINAL] = "The final response.",
  };
  const Staff writer = {.id = mark->staff_id, .name = mark->staff_name};
  ComplaintMove answer = {.event = COMPLAINT_ANSWER, .actor = &writer, .message_id = message_id, .detail = details[mark->kind]};
  ComplaintMove final = {
    .event = COMPLAINT_FINAL_RESPONSE, .actor = &writer, .message_id = message_id, .detail = details[mark->kind]};
  bool is_final = mark->kind == OFFER_SUMMARY || mark->kind == OFFER_FINAL;
  bool takes_no_back = mark->kind == OFFER_FINAL && complaint->stage == STAGE_REFUSED; // the letter that goes with the refusal
  bool answers = lifecycle_find(complaint->stage, COMPLAINT_ANSWER) && !takes_no_back;
  return (!answers || complaint_advance_within(arena, desk, number, &answer, error)) &&
         (!is_final || complaint_advance_within(arena, desk, number, &final, error));
}

bool offer_take_back(Desk *desk, int64_t message_id, GError **error) {
  return offer_update_taken_back(desk->db, message_id, error) && offer_reopen_replaced(desk->db, message_id, error);
}

bool offer_forget(Desk *desk, int64_t number, int64_t staff_id, GError **error) {
  return offer_delete_options_taken_back(desk->db, number, staff_id, error) &&
         offer_delete_taken_back(desk->db, number, staff_id, error);
}
