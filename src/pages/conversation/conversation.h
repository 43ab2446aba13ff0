// The page of one conversation: thread, composer, context.
#pragma once

#include "base/html.h"
#include "base/text.h"
#include "desk/draft/draft.h"
#include "desk/due/due.h"
#include "pages/boundary/conduct.h"
#include "pages/care/care.h"
#include "pages/complaint/panel.h"
#include "pages/conversation/coach.h"
#include "pages/conversation/list.h"
#include "pages/conversation/reading.h"
#include "pages/conversation/sent.h"
#include "pages/customer/customer.h"
#include "pages/offer/offer.h"
#include "pages/protocol/card.h"
#include "pages/reflection/reflection.h"
#include "pages/remedy/remedy.h"
#include "pages/shell/shell.h"
#include "pages/shield/shield.h"
#include "pages/work/work.h"

typedef struct MessageView { // a message made ready for the page
  const Message *message;
  const ShownReading *reading; // NULL when there is none, or readings are switched off
  ShieldView shown, quoted;    // its text, and what it quotes
  QuoteList quotes;
  TextList flags, reasons;
  ReadingChoiceList behaviours, emotions, needs; // what a person may say instead
  bool is_latest;
  bool is_mine;
  bool is_judged_by_me; // this visitor's word on the reading stands
  RemedyList remedies;  // given or asked for after it, before the next one
} MessageView;
LIST_DEFINE(MessageView)

typedef struct WritingDraft { // what the server keeps of one of the two forms
  bool is_kept;               // so it can be discarded there
  int64_t version;
  DraftAttachmentList files;
  OlderDraftList older; // what another page of the same person had written
} WritingDraft;

typedef struct FreshMessage {
  int64_t id;
  const char *who, *words;
} FreshMessage;
LIST_DEFINE(FreshMessage)

typedef struct Composer {   // what stands in the two forms
  bool is_note;             // which of them is open
  bool has_changed;         // somebody wrote in between: the next press on "Send" sends anyway
  const char *blanks;       // marks that are not filled in, of which the writer is told now; NULL
  const char *problem;      // NULL when there is none
  const char *news;         // what happened instead: an answer was taken back, or could not be; NULL
  const char *reply, *note; // texts kept
  const char *cc, *bcc;     // as they were written
  const char *preview;      // what the answer will look like, markup of ours; NULL: not asked for
  OfferFields offer;        // options that go out with it
  DraftWay way;             // the button that stands first, as it was pressed last
  bool opens_copies;        // Cc and Bcc are not folded
  WritingDraft drafts[2];   // by DraftKind
  DraftOfOtherList others;  // who else has begun to write
  FreshMessageList fresh;   // what was written meanwhile, when `has_changed`
  const char *next;         // where "Send and next" leads
  SentAnswer sent;          // what was sent before one came here, and can still be taken back
  ParticipantList offered;  // others who take part, for Cc
  int64_t seen;             // the newest message the agent has before them; when the page comes back, first what they had
  const PanelInput *panel;  // what stood in a form of the complaint that came back; NULL
  const WorkInput *work;    // the same of a form about whose it is, tags and so on
  CoachView coach;          // hints on what stands in `reply`
} Composer;

typedef struct ThreadView {
  const Visit *visit;
  Thread thread;
  MessageViewList messages;
  View view;             // the list it was opened from
  const char *back;      // address of that list
  int64_t before;        // earlier messages are shown, up to this one; no composer. 0: the newest
  const char *recipient; // where an answer goes; NULL: nowhere
  const ArcPicture *arc;
  OfferViewList offers;
  int64_t merged; // the number by which one came here, when it was merged into this one; 0: none
  Composer composer;
  ComplaintPanel complaint;
  WorkPanel work;
  ConductView conduct;
  RemedyBox remedies;
  DueClockList due;
  CustomerCard customer;
  ProtocolCard card;
  ReflectionFolds reflections; // of whoever looks
  CareBeside care;             // likewise
  bool is_logged;              // it was written down just now, on the phone or at the counter
} ThreadView;

// Fills in what the page needs: the writer's drafts, where nothing stands in `composer` yet, and who else takes part.
bool composer_load(const Visit *visit, const Thread *thread, Composer *composer, GError **error);
const char *composer_copies_words(const Composer *composer);
bool composer_way_is_first(const Composer *composer, DraftWay way); // the button that stands first, and is what Ctrl Enter does
// Where "Send and next" leads: below this conversation in its list, else to the top of it; the list itself when nothing else is there.
const char *composer_next(const Visit *visit, const ListView *list);
Html composer_preview_html(const Composer *composer);                             // made by mail_markdown_to_html, and so safe
const char *composer_others_words(const Visit *visit, const DraftOfOther *other); // "Mira Lindqvist has begun an answer"

// Shows the conversation with `composer` as it is; composer->seen is filled in.
bool conversation_render(const Visit *visit, WebResponse *response, int64_t number, const Composer *composer, GError **error);
// After a verb: back to the conversation, in the view that the form names.
void conversation_return(const Visit *visit, WebResponse *response, int64_t number);

const char *conversation_author(const MessageView *message);
const char *conversation_event_words(Arena *arena, const Event *event);
bool conversation_event_has_detail(const Event *event);                            // it says what, beside the words
const char *conversation_machine_words(MailKind machine);                          // "automatic answer", …
const char *conversation_delivery_words(const Recipient *recipient);               // "sent", "not delivered", …
const char *conversation_returned_words(const Message *message);                   // what the report said
int64_t conversation_seconds_held(const Visit *visit, const MessageView *message); // how long it can still be taken back
bool conversation_date_is_odd(const Message *message); // the mail claims a date more than a day away from its arrival

WebHandler conversation_page, conversation_post_reply, conversation_post_note, conversation_post_discard,
  conversation_post_insert_gap, conversation_post_take_back, conversation_post_assign, conversation_post_release,
  conversation_post_solve, conversation_post_reopen, conversation_post_customer;
