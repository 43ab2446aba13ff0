// Offers: the options that go out with an answer, and the customer's choice.
//
// An answer may offer up to five options, or one; the mail carries a link for each. A link needs no account: it is signed, runs out,
// and only shows a page, so that a mail scanner that opens every link chooses nothing; the choice is the button on that page. Who would
// rather write answers the mail, and an agent notes what they chose. An offer counts once it was sent. What it means for a complaint
// (answered, agreed, declined) goes through complaint_advance.
#pragma once

#include "base/list.h"
#include "desk/conversation/conversation.h"
#include "desk/staff/staff.h"
#include "desk/template/language.h"

#define OPTIONS_MOST 5
#define OPTION_LONGEST 200 // characters
#define OFFER_LIFETIME (60 * CLOCK_DAY)

// What the answer is to a complaint. SUMMARY and FINAL carry what the complaint's legal profile prescribes, see offer/letter.c.
typedef enum OfferKind { OFFER_CHOICE, OFFER_ANSWER, OFFER_SUMMARY, OFFER_FINAL, OFFER_KIND_COUNT } OfferKind;
const char *offer_kind_word(OfferKind kind); // "choice", "answer", "summary", "final": as in forms
bool offer_kind_from_word(const char *word, OfferKind *out);

// WAITING: in the outbox. REPLACED: a later offer took its place. TAKEN_BACK: its answer is a draft again.
typedef enum OfferState { OFFER_WAITING, OFFER_OPEN, OFFER_CHOSEN, OFFER_DECLINED, OFFER_REPLACED, OFFER_TAKEN_BACK } OfferState;
typedef enum OfferWay { OFFER_BY_LINK, OFFER_BY_ANSWER, OFFER_BY_TELEPHONE } OfferWay;

typedef struct Offer {
  int64_t id, number, message_id, staff_id, made_at, expires_at;
  OfferKind kind;
  OfferState state;
  int64_t place, settled_at, settled_by, evidence_id; // 0: none
  OfferWay settled_how;
  const char *staff_name, *settled_name; // who offered; who noted the choice, NULL: the customer did it
  const char *words;
  TextList options; // the first is place 1
} Offer;
LIST_DEFINE(Offer)

// What the writer of an answer wants to offer. No options and OFFER_CHOICE: nothing.
typedef struct OfferDraft {
  OfferKind kind;
  TextList options;   // as written; blank ones are left out
  const char *origin; // "https://desk.example.org", where links lead; NULL: the mail asks for an answer instead
} OfferDraft;
bool offer_is_empty(const OfferDraft *draft);
// NULL when it can go out, else what is wrong, as a sentence.
const char *offer_problem(Arena *arena, const OfferDraft *draft);

// All offers of a conversation, oldest first, those taken back left out.
bool offer_list(Arena *arena, Desk *desk, int64_t number, OfferList *out, GError **error);
// What an answer offers. `*out` NULL when it offers nothing.
bool offer_of_message(Arena *arena, Desk *desk, int64_t message_id, Offer **out, GError **error);

// ——— the customer, by link: nobody is signed in

// "12-2-487031.9f…": offer, option, the hour it runs out, and a keyed hash of these.
const char *offer_token(Arena *arena, const Desk *desk, int64_t offer_id, int64_t place, int64_t expires_at);
typedef enum OfferOutcome {
  OFFER_SHOWN,   // it can be chosen from
  OFFER_SETTLED, // it was chosen or declined: now, or before
  OFFER_PAST,    // run out, replaced, or taken back: they may still write
} OfferOutcome;
typedef struct OfferVisit {
  Offer *offer;
  OfferOutcome outcome;
  int64_t place; // the option that the link names
} OfferVisit;
// What a link shows; changes nothing. ERROR_NOT_FOUND when the token is none of ours.
bool offer_show(Arena *arena, Desk *desk, const char *token, OfferVisit *out, GError **error);
// Their choice; `place` 0: none of these. `words`: what they add. The second of two choices changes nothing and shows the first.
// ERROR_NOT_FOUND as above; ERROR_INVALID when there is no such option.
bool offer_choose(Arena *arena, Desk *desk, const char *token, int64_t place, const char *words, OfferVisit *out, GError **error);

// ——— the agent, who heard it

// Notes what the customer said in a message (`evidence_id`) or on the telephone (0, with `words`). ERROR_CONFLICT when it was settled
// before, ERROR_INVALID, ERROR_NOT_FOUND.
typedef struct OfferNote {
  int64_t offer_id, place; // place 0: they declined
  int64_t evidence_id;
  const char *words;
} OfferNote;
bool offer_note(Desk *desk, const Staff *actor, const OfferNote *note, GError **error);

// Which option an answer seems to choose: its place, 0 for "none of these", -1 when it cannot be told. Advice: a person confirms it.
int64_t offer_guess(const Offer *offer, const char *answer);

// ——— inside the caller's transaction

// The offer of an answer that is being written; `*out_words` is what the mail says of it below the answer ("" when nothing).
typedef struct OfferCarrier {
  int64_t number, message_id;
  const Staff *writer;
  const Language *language; // of the customer
  GTimeZone *zone;          // where the mailbox is
} OfferCarrier;
bool offer_add(Arena *arena, Desk *desk, const OfferCarrier *carrier, const OfferDraft *draft, const char **out_words,
               GError **error);
bool offer_note_sent(Arena *arena, Desk *desk, int64_t number, int64_t message_id,
                     GError **error);                                 // does nothing without an offer
bool offer_take_back(Desk *desk, int64_t message_id, GError **error); // likewise
bool offer_forget(Desk *desk, int64_t number, int64_t staff_id,
                  GError **error); // what was taken back went out again, or was discarded
