// What stands in the composer when a conversation is opened: the writer's drafts, what became of taking an answer back, what was written
// meanwhile, who else has begun to write, and the others who take part, so that they can be written to as well.
#include "pages/conversation/conversation.h"

#include "base/text.h"
#include "base/words.h"
#include "desk/mailbox/mailbox.h"

#include <string.h>

#define OFFERED_MOST 12
#define FRESH_MOST 4
#define FRESH_WORDS 160 // characters

static bool offer_participants(const Visit *visit, const Thread *thread, Composer *composer, GError **error) {
  MailboxList mailboxes = {0};
  if (!mailbox_list(visit->arena, visit->desk, &mailboxes, error)) return false;
  const char *customer = mail_address_key(visit->arena, thread->conversation->customer_address);
  list_each(const Participant, participant, &thread->participants) {
    bool is_customer = strcmp(mail_address_key(visit->arena, participant->address), customer) == 0;
    bool stands_there = composer->cc && strstr(composer->cc, participant->address);
    if (is_customer || stands_there || mailbox_is_ours(visit->arena, &mailboxes, participant->address, NULL)) continue;
    if (composer->offered.count == OFFERED_MOST) break;
    *list_add(visit->arena, &composer->offered) = *participant;
  }
  return true;
}

// The address of the page says what happened before it (see conversation_post_take_back and conversation_post_reply).
static const char *news_of(const Visit *visit) {
  static const char *const words[][2] = {
    {"done", "It was not sent. Your answer stands here again, with its files."},
    {"late", "It was on its way already, so it could not be taken back."},
    {"gone", "It was taken back before; nothing was sent."},
  };
  const char *word = web_query(visit->request, "undo"), *kept = web_query(visit->request, "kept");
  if (kept && strcmp(kept, "open") == 0)
    return "Your answer goes out. The conversation stays open: close its complaint first, with their agreement or with a refusal that names "
           "where they can go; then it can be solved.";
  for (size_t i = 0; word && i < G_N_ELEMENTS(words); i++)
    if (strcmp(words[i][0], word) == 0) return words[i][1];
  return NULL;
}

static bool load_draft(const Visit *visit, int64_t number, DraftKind kind, WritingDraft *out, Draft **draft, GError **error) {
  *draft = NULL;
  if (!draft_load(visit->arena, visit->desk, visit->staff->id, number, kind, draft, error)) return false;
  if (*draft)
    *out = (WritingDraft){
      .is_kept = true, .version = (*draft)->version, .files = (*draft)->attachments, .older = (*draft)->older};
  return true;
}

// What stands in a form that came back is newer than the draft. A page on which only a note was begun opens with the note.
static bool load_drafts(const Visit *visit, int64_t number, Composer *composer, GError **error) {
  Draft *reply = NULL, *note = NULL;
  if (!load_draft(visit, number, DRAFT_REPLY, &composer->drafts[DRAFT_REPLY], &reply, error) ||
      !load_draft(visit, number, DRAFT_NOTE, &composer->drafts[DRAFT_NOTE], &note, error))
    return false;
  bool came_back = composer->reply || composer->note;
  if (reply && !composer->reply) {
    composer->reply = reply->text;
    composer->cc = reply->cc;
    composer->bcc = reply->bcc;
    composer->offer = (OfferFields){.options = reply->options, .kind = reply->answers};
  }
  if (reply && !composer->way) composer->way = reply->way;
  if (note && !composer->note) composer->note = note->text;
  if (!came_back && note && !text_is_blank(note->text) && (!reply || text_is_blank(reply->text))) composer->is_note = true;
  return true;
}

// What others wrote since the page was made that the answer came from.
static void find_fresh(const Visit *visit, const Thread *thread, Composer *composer) {
  if (!composer->has_changed) return;
  list_each(const Message, message, &thread->messages) {
    bool is_by_others = message->kind == MESSAGE_CUSTOMER || message->kind == MESSAGE_AGENT || message->kind == MESSAGE_NOTE;
    if (message->id <= composer->seen || !is_by_others || message->staff_id == visit->staff->id) continue;
    if (composer->fresh.count == FRESH_MOST) return;
    const char *who = text_is_blank(message->author_name) ? message->author_address : message->author_name;
    *list_add(visit->arena, &composer->fresh) = (FreshMessage){
      .id = message->id,
      .who = text_is_blank(who) ? "(no name)" : who,
      .words = text_clamp(visit->arena, text_one_line(visit->arena, message->body), FRESH_WORDS),
    };
  }
}

bool composer_load(const Visit *visit, const Thread *thread, Composer *composer, GError **error) {
  int64_t number = thread->conversation->number;
  if (!load_drafts(visit, number, composer, error) || !sent_load(visit, &composer->sent, error) ||
      !draft_others(visit->arena, visit->desk, number, visit->staff->id, &composer->others, error))
    return false;
  find_fresh(visit, thread, composer);
  composer->opens_copies = !text_is_blank(composer->cc) || !text_is_blank(composer->bcc);
  if (!composer->problem && visit->request->method == WEB_GET) composer->news = news_of(visit);
  if (!composer->offer.options) composer->offer.options = "";
  composer->offer.links = pages_origin(visit->pages) != NULL;
  return coach_view_load(visit, &composer->coach, error) && offer_participants(visit, thread, composer, error);
}

const char *composer_next(const Visit *visit, const ListView *list) {
  const char *view = arena_printf(visit->arena, "%s%s", view_word(list->view), list_suffix(list));
  const ConversationRow *next = NULL;
  bool is_after = false; // the row of this conversation came by
  list_each(const ConversationRow, row, &list->page.rows) {
    bool is_here = row->number == list->current;
    if (!is_here && (is_after || !next)) next = row;
    if (!is_here && is_after) break;
    is_after |= is_here;
  }
  return next ? arena_printf(visit->arena, "/conversations/%" G_GINT64_FORMAT "?view=%s", next->number, view)
              : arena_printf(visit->arena, "/?view=%s", view);
}

const char *composer_others_words(const Visit *visit, const DraftOfOther *other) {
  return arena_say(visit->arena, other->kind == DRAFT_NOTE ? N_("%s has begun a note") : N_("%s has begun an answer"),
                   other->name);
}

bool composer_way_is_first(const Composer *composer, DraftWay way) { return way == (composer->way ? composer->way : DRAFT_SEND); }

const char *composer_copies_words(const Composer *composer) {
  return composer->offered.count ? "Reply to all, Cc, Bcc" : "Add Cc, Bcc";
}
