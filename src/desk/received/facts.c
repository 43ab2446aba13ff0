// How a mail came, kept beside its message when there is more to say than its text.
#include "desk/received/incoming.h"

#include "base/text.h"
#include "desk/message.sql.h"

#define WORDS_MOST 500 // characters

static const char *short_words(Arena *arena, const char *text) {
  return text_clamp(arena, text_one_line(arena, text), WORDS_MOST);
}

bool incoming_add_facts(Desk *desk, const Incoming *incoming, int64_t message_id, GError **error) {
  static const MailInvite none = {.method = ""};
  const MailProtection *protection = &incoming->mail->protection;
  const MailInvite *invite = incoming->mail->invite ? incoming->mail->invite : &none;
  if (!incoming->forward && !*incoming->via && !*incoming->doubt && protection->kind == MAIL_PLAIN && !incoming->mail->invite &&
      !incoming->whole_size)
    return true;
  g_autoptr(Arena) arena = arena_new();
  const char *method = invite == &none ? "" : short_words(arena, invite->method);
  if (invite != &none && !*method) method = "REQUEST";
  return message_mail_insert(desk->db, message_id, incoming->forward ? &incoming->staff->id : NULL, incoming->via,
                             incoming->doubt, protection->kind, protection->state, short_words(arena, protection->signer),
                             short_words(arena, protection->reason), method, short_words(arena, invite->summary),
                             short_words(arena, invite->place), short_words(arena, invite->organiser), invite->starts_at,
                             invite->ends_at, invite->is_all_day, incoming->whole_size, error);
}
