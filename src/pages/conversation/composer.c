// What stands in the composer when a conversation is opened: the writer's draft, what became of taking an answer back, and the others
// who take part, so that they can be written to as well.
#include "pages/conversation/conversation.h"

#include "base/text.h"
#include "desk/mailbox/mailbox.h"

#include <string.h>

#define OFFERED_MOST 12

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

// A draft that was an answer before it was taken back offered something perhaps.
static bool load_offer(const Visit *visit, const Thread *thread, Composer *composer, GError **error) {
  Offer *before = NULL;
  int64_t number = thread->conversation->number;
  if (composer->has_draft && !composer->offer.options &&
      !offer_taken_back(visit->arena, visit->desk, number, visit->staff->id, &before, error))
    return false;
  if (before) {
    g_autoptr(GString) lines = g_string_new(NULL);
    list_each(const Text, option, &before->options) g_string_append_printf(lines, "%s\n", *option);
    composer->offer.options = arena_strndup(visit->arena, lines->str, lines->len);
    composer->offer.kind = before->kind;
  }
  if (!composer->offer.options) composer->offer.options = "";
  composer->offer.links = pages_origin(visit->pages) != NULL;
  return true;
}

bool composer_load(const Visit *visit, const Thread *thread, Composer *composer, GError **error) {
  Draft *draft = NULL;
  if (!draft_load(visit->arena, visit->desk, visit->staff->id, thread->conversation->number, &draft, error)) return false;
  composer->has_draft = draft != NULL;
  if (draft) composer->files = draft->attachments;
  if (draft && !composer->reply) {
    composer->reply = draft->text;
    composer->cc = draft->cc;
    composer->bcc = draft->bcc;
  }
  composer->opens_copies = !text_is_blank(composer->cc) || !text_is_blank(composer->bcc);
  if (!composer->problem && visit->request->method == WEB_GET) composer->news = news_of(visit);
  return load_offer(visit, thread, composer, error) && coach_view_load(visit, &composer->coach, error) &&
         offer_participants(visit, thread, composer, error);
}

const char *composer_copies_words(const Composer *composer) {
  return composer->offered.count ? "Reply to all, Cc, Bcc" : "Add Cc, Bcc";
}
