// The acknowledgement of receipt (PRODUCT.md part 1): the number, what happens next, and by when.
#include "base/text.h"
#include "desk/template/template.h"

#define NAME_MOST 80 // characters
#define FRIDAY 5     // Monday is 1

// When the mailbox closes on the next working day after `moment`.
static int64_t promise(int64_t moment, const Mailbox *mailbox, GTimeZone *zone) {
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(moment / CLOCK_SECOND);
  g_autoptr(GDateTime) arrived = g_date_time_to_timezone(utc, zone);
  int weekday = g_date_time_get_day_of_week(arrived), days = weekday >= FRIDAY ? 8 - weekday : 1;
  g_autoptr(GDateTime) day = g_date_time_add_days(arrived, days);
  g_autoptr(GDateTime)
    closing = g_date_time_new(zone, g_date_time_get_year(day), g_date_time_get_month(day), g_date_time_get_day_of_month(day),
                              (int)(mailbox->closes_at / 60), (int)(mailbox->closes_at % 60), 0);
  return g_date_time_to_unix(closing) * CLOCK_SECOND;
}

bool template_acknowledgement(Arena *arena, Desk *desk, const AcknowledgementFacts *facts, TemplateWords *out, GError **error) {
  const char *text = NULL;
  const Mailbox *mailbox = facts->mailbox;
  if (!template_text(arena, desk, TEMPLATE_ACKNOWLEDGEMENT, facts->language, mailbox->id, &text, error)) return false;
  g_autoptr(GTimeZone) zone = mailbox_zone(mailbox);
  int64_t closing = promise(facts->moment, mailbox, zone);
  const TemplateValue values[] = {
    {"number", arena_printf(arena, "%" G_GINT64_FORMAT, facts->number)},
    {"name", text_clamp(arena, text_one_line(arena, facts->customer_name), NAME_MOST)},
    {"subject", text_one_line(arena, facts->subject)},
    {"day", language_day(arena, facts->language, closing, zone)},
    {"hour", arena_printf(arena, "%02d:%02d", (int)(mailbox->closes_at / 60), (int)(mailbox->closes_at % 60))},
    {"mailbox", text_is_blank(mailbox->name) ? desk->name : mailbox->name},
    {0},
  };
  *out = template_fill(arena, text, values);
  return true;
}
