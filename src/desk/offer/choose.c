// The customer's choice. Whoever comes first wins, be it the link, a second click, or an agent who noted an answer: the row is settled
// once, under the lock of its conversation. What they add is kept as a message of theirs with a reading like any other. A choice lets
// them wait on us, for somebody must now do what was agreed; a complaint becomes agreed, or goes back to be investigated.
#include "base/text.h"
#include "desk/complaint/complaint.h"
#include "desk/conversation.sql.h"
#include "desk/conversation/entry.h"
#include "desk/learning/learning.h"
#include "desk/mailbox/mailbox.h"
#include "desk/message.sql.h"
#include "desk/notify/notify.h"
#include "desk/offer.sql.h"
#include "desk/offer/stored.h"
#include "desk/offer/token.h"

#define WORDS_MOST 4000 // characters
#define DETAIL_MOST 300

static OfferOutcome outcome_of(const Offer *offer, int64_t now) {
  if (offer->state == OFFER_CHOSEN || offer->state == OFFER_DECLINED) return OFFER_SETTLED;
  bool is_open = offer->state == OFFER_OPEN || offer->state == OFFER_WAITING;
  return is_open && now < offer->expires_at ? OFFER_SHOWN : OFFER_PAST;
}

static bool not_ours(GError **error) {
  return error_set(error, ERROR_NOT_FOUND, "This link is not one of ours. Perhaps a part of it is missing; copy all of it.");
}

static bool look(Arena *arena, Desk *desk, const OfferToken *token, OfferVisit *out, GError **error) {
  if (!offer_load(arena, desk, token->offer_id, &out->offer, error)) return false;
  if (!out->offer || out->offer->state == OFFER_TAKEN_BACK) return not_ours(error);
  out->place = token->place;
  out->outcome = outcome_of(out->offer, clock_now(desk->clock));
  return true;
}

bool offer_show(Arena *arena, Desk *desk, const char *token, OfferVisit *out, GError **error) {
  OfferToken facts;
  *out = (OfferVisit){0};
  return offer_token_read(desk, token, &facts) ? look(arena, desk, &facts, out, error) : not_ours(error);
}

typedef struct Choice {
  Arena *arena;
  Desk *desk;
  const Staff *actor; // NULL: the customer
  const Offer *offer;
  int64_t place, evidence_id;
  OfferWay way;
  const char *words;
} Choice;

static const char *detail_of(const Choice *choice) {
  const TextList *options = &choice->offer->options;
  if (options->count == 0) return choice->place ? "yes" : "no";
  return choice->place ? text_clamp(choice->arena, options->items[choice->place - 1], DETAIL_MOST) : "none of the options";
}

// A mail may be answered before the mail server told us that it took it: then the complaint is answered in the same breath.
static bool tell_complaint(const Choice *choice, int64_t number, GError **error) {
  Complaint *complaint = NULL;
  if (!complaint_find(choice->arena, choice->desk, number, &complaint, error)) return false;
  if (!complaint) return true;
  ComplaintEvent event = choice->place ? COMPLAINT_AGREE : COMPLAINT_DECLINE;
  ComplaintMove answer = {.event = COMPLAINT_ANSWER, .message_id = choice->offer->message_id, .detail = ""};
  ComplaintMove move = {.event = event,
                        .actor = choice->actor,
                        .by_customer = !choice->actor,
                        .message_id = choice->evidence_id ? choice->evidence_id : choice->offer->message_id,
                        .detail = detail_of(choice)};
  if (!lifecycle_find(complaint->stage, event) && lifecycle_find(complaint->stage, COMPLAINT_ANSWER) &&
      !complaint_advance_within(choice->arena, choice->desk, number, &answer, error))
    return false;
  if (!complaint_find(choice->arena, choice->desk, number, &complaint, error)) return false;
  if (!lifecycle_find(complaint->stage, event) && complaint->stage != STAGE_CLOSED)
    return true; // settled otherwise; the journal has it
  if (!lifecycle_find(complaint->stage, event)) move.event = COMPLAINT_NEWS;
  return complaint_advance_within(choice->arena, choice->desk, number, &move, error);
}

static bool settle(const Choice *choice, int64_t number, GError **error) {
  int64_t changed = 0;
  const Offer *offer = choice->offer;
  if (!offer_settle(choice->desk->db, offer->id, choice->place ? OFFER_CHOSEN : OFFER_DECLINED,
                    choice->place ? &choice->place : NULL, clock_now(choice->desk->clock), choice->way,
                    choice->actor ? &choice->actor->id : NULL, choice->evidence_id ? &choice->evidence_id : NULL, choice->words,
                    &changed, error))
    return false;
  if (changed == 0) return error_set(error, ERROR_CONFLICT, "This offer was settled or replaced in the meantime.");
  EventKind kind = choice->place ? EVENT_CHOSE : EVENT_DECLINED;
  return event_add(choice->desk, number, kind, choice->actor, detail_of(choice), error) && tell_complaint(choice, number, error);
}

// What they added, as a message from them.
static bool keep_words(Arena *arena, Desk *desk, ConversationStand *stand, Choice *choice, GError **error) {
  CustomerMessage *last = NULL;
  if (text_is_blank(choice->words)) return true;
  if (!message_select_last_customer(arena, desk->db, stand->number, &last, error)) return false;
  Entry entry = {.kind = MESSAGE_CUSTOMER,
                 .author_name = last ? last->author_name : "",
                 .author_address = last ? last->answer_to : "",
                 .answer_to = last ? last->answer_to : "",
                 .recipients = "",
                 .subject = "",
                 .body = choice->words,
                 .quoted = "",
                 .made_at = clock_now(desk->clock)};
  Reading *reading = NULL; // none when the desk does not read
  if (!learning_read(arena, desk, choice->words, strlen(choice->words), &reading, error)) return false;
  if (reading) stand->is_upset = stand_reads_upset(reading);
  return entry_add(arena, desk, stand, &entry, &choice->evidence_id, error) &&
         (!reading || entry_add_reading(arena, desk, stand->number, choice->evidence_id, reading, error)) &&
         event_add(desk, stand->number, EVENT_RECEIVED, NULL, "", error);
}

// Who of the staff wants to hear when a customer writes hears of a choice too.
static bool tell_staff(const Choice *choice, const ConversationStand *stand, GError **error) {
  Arena *arena = choice->arena;
  CustomerMessage *last = NULL;
  if (!message_select_last_customer(arena, choice->desk->db, stand->number, &last, error)) return false;
  const char *words = text_is_blank(choice->words) ? "" : arena_printf(arena, "\n\n%s", choice->words);
  happening_heard(choice->desk, EVENT_RECEIVED, stand->number, choice->evidence_id, false,
                  last ? mail_address_key(arena, last->answer_to) : "",
                  arena_printf(arena, "%s: %s%s", choice->place ? "Chosen" : "Not accepted", detail_of(choice), words));
  return true;
}

static bool choose(Arena *arena, Desk *desk, const Offer *offer, int64_t place, const char *words, GError **error) {
  ConversationStand *before = stand_load_survivor(arena, desk, offer->number, error);
  if (!before) return false;
  ConversationStand after = *before;
  Choice choice = {.arena = arena, .desk = desk, .offer = offer, .place = place, .way = OFFER_BY_LINK, .words = words};
  if (!keep_words(arena, desk, &after, &choice, error)) return false;
  stand_let_wait(&after, clock_now(desk->clock));
  // The counts of conversations before those of complaints, as everywhere: two transactions must not wait for each other in a circle.
  return stand_save(desk, before, &after, error) && settle(&choice, before->number, error) &&
         tell_staff(&choice, &after, error) &&
         (before->state == after.state || event_add(desk, before->number, EVENT_REOPENED, NULL, "", error));
}

static bool check_place(const Offer *offer, int64_t place, GError **error) {
  int64_t most = MAX((int64_t)offer->options.count, 1);
  return (place >= 0 && place <= most) ||
         error_set(error, ERROR_INVALID, "There are options 1 to %jd; choose one of them, or none.", most);
}

bool offer_choose(Arena *arena, Desk *desk, const char *text, int64_t place, const char *words, OfferVisit *out, GError **error) {
  OfferToken token;
  *out = (OfferVisit){0};
  if (!offer_token_read(desk, text, &token)) return not_ours(error);
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !look(arena, desk, &token, out, error)) return false;
  // Locked, then looked at again: of two clicks at once the second sees what the first did.
  if (!stand_load_survivor(arena, desk, out->offer->number, error) || !look(arena, desk, &token, out, error)) return false;
  if (out->outcome != OFFER_SHOWN) return true;
  words = text_clamp(arena, text_trim(arena, words), WORDS_MOST);
  if (!check_place(out->offer, place, error) || !choose(arena, desk, out->offer, place, words, error) ||
      !look(arena, desk, &token, out, error))
    return false;
  return db_commit(&tx, error);
}

static bool check_evidence(Desk *desk, const Offer *offer, const OfferNote *note, GError **error) {
  bool found = false;
  int64_t one = 0;
  if (!note->evidence_id)
    return !text_is_blank(note->words) ||
           error_set(error, ERROR_INVALID, "Say in a few words how they chose, or name their message.");
  if (!offer_message_exists(desk->db, note->evidence_id, offer->number, &found, &one, error)) return false;
  return found || error_set(error, ERROR_INVALID, "That message is not one of the customer's in this conversation.");
}

bool offer_note(Desk *desk, const Staff *actor, const OfferNote *note, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Offer *offer = NULL;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !offer_load(arena, desk, note->offer_id, &offer, error)) return false;
  if (!offer || offer->state == OFFER_TAKEN_BACK) return error_set(error, ERROR_NOT_FOUND, "There is no such offer.");
  ConversationStand *stand = stand_load_survivor(arena, desk, offer->number, error);
  if (!stand || !check_place(offer, note->place, error) || !check_evidence(desk, offer, note, error)) return false;
  Choice choice = {.arena = arena,
                   .desk = desk,
                   .actor = actor,
                   .offer = offer,
                   .place = note->place,
                   .evidence_id = note->evidence_id,
                   .way = note->evidence_id ? OFFER_BY_ANSWER : OFFER_BY_TELEPHONE,
                   .words = text_clamp(arena, text_one_line(arena, note->words), WORDS_MOST)};
  return settle(&choice, stand->number, error) && db_commit(&tx, error);
}
