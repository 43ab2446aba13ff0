// What was sent just before this page was opened, while it is held back.
#include "pages/conversation/sent.h"

#include "desk/conversation/verbs.h"

bool sent_load(const Visit *visit, SentAnswer *out, GError **error) {
  const char *given = visit->request->method == WEB_GET ? web_query(visit->request, "sent") : NULL;
  gint64 id = 0;
  int64_t until = 0;
  *out = (SentAnswer){0};
  if (!given || !g_ascii_string_to_signed(given, 10, 1, G_MAXINT64, &id, NULL)) return true;
  if (!conversation_held(visit->arena, visit->desk, visit->staff->id, id, &out->number, &until, error)) return false;
  out->message_id = id;
  out->seconds = (until - visit->now + CLOCK_SECOND - 1) / CLOCK_SECOND;
  return true;
}
