// The page of one conversation: thread, composer, context.
#pragma once

#include "desk/draft/draft.h"
#include "pages/conversation/list.h"
#include "pages/conversation/reading.h"
#include "pages/shell/shell.h"

typedef struct MessageView { // a message made ready for the page
  const Message *message;
  TextRunList runs;
  QuoteList quotes;
  TextList flags, reasons;
  bool is_latest;
  bool is_mine;
} MessageView;
LIST_DEFINE(MessageView)

typedef struct Composer {    // what stands in the two forms
  bool is_note;              // which of them is open
  bool has_changed;          // somebody wrote in between: the next press on "Send" sends anyway
  const char *problem;       // NULL when there is none
  const char *news;          // what happened instead: an answer was taken back, or could not be; NULL
  const char *reply, *note;  // texts kept
  const char *cc, *bcc;      // as they were written
  bool opens_copies;         // Cc and Bcc are not folded
  bool has_draft;            // it comes from the server, so it can be discarded there
  DraftAttachmentList files; // of the draft
  ParticipantList offered;   // others who take part, for Cc
  int64_t seen;              // the newest message the agent has before them
} Composer;

typedef struct ThreadView {
  const Visit *visit;
  Thread thread;
  MessageViewList messages;
  View view;             // the list it was opened from
  bool is_earlier;       // earlier messages are shown; no composer
  const char *recipient; // where an answer goes; NULL: nowhere
  const ArcPicture *arc;
  int64_t merged; // the number by which one came here, when it was merged into this one; 0: none
  Composer composer;
} ThreadView;

// Fills in what the page needs: the writer's draft, when nothing stands in `composer` yet, and who else takes part.
bool composer_load(const Visit *visit, const Thread *thread, Composer *composer, GError **error);
const char *composer_copies_words(const Composer *composer);

// Shows the conversation with `composer` as it is; composer->seen is filled in.
bool conversation_render(const Visit *visit, WebResponse *response, int64_t number, const Composer *composer, GError **error);
// After a verb: back to the conversation, in the view that the form names.
void conversation_return(const Visit *visit, WebResponse *response, int64_t number);

const char *conversation_author(const MessageView *message);
const char *conversation_event_words(Arena *arena, const Event *event);
const char *conversation_machine_words(MailKind machine);                          // "automatic answer", …
const char *conversation_delivery_words(const Recipient *recipient);               // "sent", "not delivered", …
const char *conversation_returned_words(const Message *message);                   // what the report said
int64_t conversation_seconds_held(const Visit *visit, const MessageView *message); // how long it can still be taken back
bool conversation_date_is_odd(const Message *message); // the mail claims a date more than a day away from its arrival

WebHandler conversation_page, conversation_post_reply, conversation_post_note, conversation_post_discard,
  conversation_post_take_back, conversation_post_assign, conversation_post_release, conversation_post_solve,
  conversation_post_reopen, conversation_post_customer;
