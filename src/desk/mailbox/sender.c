// How a mailbox writes: the name in From, its time, and changing either.
#include "base/text.h"
#include "desk/mailbox.sql.h"
#include "desk/mailbox/mailbox.h"
#include "desk/template/template.h"

#define DAY_MINUTES (24 * 60)

GTimeZone *mailbox_zone(const Mailbox *mailbox) {
  GTimeZone *zone = text_is_blank(mailbox->zone) ? NULL : g_time_zone_new_identifier(mailbox->zone);
  return zone ? zone : g_time_zone_new_local();
}

const char *mailbox_sender(Arena *arena, const Mailbox *mailbox, const char *writer) {
  if (text_is_blank(mailbox->sender))
    return text_is_blank(mailbox->name) ? writer : arena_printf(arena, "%s, %s", writer, mailbox->name);
  const TemplateValue values[] = {
    {"name", writer}, {"first", arena_strndup(arena, writer, strcspn(writer, " "))}, {"mailbox", mailbox->name}, {0}};
  return text_one_line(arena, template_fill(arena, mailbox->sender, values).body);
}

bool mailbox_change(Desk *desk, const Mailbox *mailbox, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GTimeZone) zone = text_is_blank(mailbox->zone) ? g_time_zone_new_utc() : g_time_zone_new_identifier(mailbox->zone);
  if (!zone) return error_set(error, ERROR_INVALID, "\"%s\" is no time zone; give one such as Europe/Dublin.", mailbox->zone);
  const Language *language = language_find(mailbox->language);
  if (!language) return error_set(error, ERROR_INVALID, "The desk does not write in \"%s\".", mailbox->language);
  if (mailbox->closes_at < 0 || mailbox->closes_at >= DAY_MINUTES)
    return error_set(error, ERROR_INVALID, "The time is none of a day; give one such as 17:00.");
  return mailbox_update(desk->db, mailbox->id, text_one_line(arena, mailbox->name), mailbox->signature,
                        text_one_line(arena, mailbox->sender), language_code(language), mailbox->zone, mailbox->closes_at,
                        mailbox->reply_to, mailbox->threads_machines, error);
}
