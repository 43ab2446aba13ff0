// What the customer wrote now. The mail parser has cut quotes and marked signatures off; what two mails of one sender in a row end with
// alike is a signature too (doc/mail.md 43), and is folded under the rest from the second on. Nothing is deleted.
#include "desk/received/incoming.h"

#include "base/text.h"
#include "desk/received.sql.h"

#define ENDING_MOST 3000 // bytes kept of a mail's end: longer than the longest disclaimer

// The last bytes of a text, from the beginning of a line.
static const char *tail_of(const char *text) {
  size_t length = strlen(text);
  if (length <= ENDING_MOST) return text;
  const char *line = strchr(text + length - ENDING_MOST, '\n');
  return line ? line + 1 : "";
}

static bool fold_signature(Arena *arena, Desk *desk, Incoming *incoming, GError **error) {
  const char *before = NULL, *reply, *signature;
  if (!sender_ending_select(arena, desk->db, incoming->sender_key, &before, error)) return false;
  const char *ending = before ? mail_common_ending(arena, before, incoming->reply) : "";
  if (!*ending || !mail_split_ending(arena, incoming->reply, ending, &reply, &signature) || text_is_blank(reply)) return true;
  incoming->reply = reply;
  incoming->quoted = text_is_blank(incoming->quoted) ? signature : arena_printf(arena, "%s\n\n%s", signature, incoming->quoted);
  return true;
}

bool incoming_find_words(Arena *arena, Desk *desk, Incoming *incoming, GError **error) {
  const Mail *mail = incoming->mail;
  incoming->reply = mail->reply ? mail->reply : "";
  incoming->quoted = mail->quoted ? mail->quoted : "";
  incoming->ending = "";
  if (incoming->forward) { // the words are those of the first writer, whole
    incoming->reply = incoming->forward->text ? incoming->forward->text : "";
    incoming->quoted = "";
    return true;
  }
  // What the mails of a web form end with alike is a part of the form, and may be what the customer chose.
  bool is_own_hand = strcmp(incoming->identity, incoming->sender_key) == 0;
  bool may_learn = mail->kind == MAIL_PERSON && is_own_hand && *incoming->sender_key && !text_is_blank(incoming->reply);
  if (!may_learn) return true;
  incoming->ending = tail_of(incoming->reply);
  return fold_signature(arena, desk, incoming, error);
}

bool incoming_keep_ending(Desk *desk, const Incoming *incoming, GError **error) {
  return !*incoming->ending || sender_ending_set(desk->db, incoming->sender_key, incoming->ending, error);
}
