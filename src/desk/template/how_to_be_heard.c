// The answer to a mail that came under a restriction: it arrived, who reads it, and how to be heard all the same.
#include "base/text.h"
#include "desk/template/template.h"

#define NAME_MOST 80 // characters

static const char *day_of(Arena *arena, const Language *language, int64_t at, GTimeZone *zone) {
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / CLOCK_SECOND);
  g_autoptr(GDateTime) here = g_date_time_to_timezone(utc, zone);
  return arena_printf(arena, "%s %d", language_day(arena, language, at, zone), g_date_time_get_year(here));
}

bool template_how_to_be_heard(Arena *arena, Desk *desk, const HeardFacts *facts, TemplateWords *out, GError **error) {
  const char *text = NULL;
  const Mailbox *mailbox = facts->mailbox;
  if (!template_text(arena, desk, TEMPLATE_HOW_TO_BE_HEARD, facts->language, mailbox->id, &text, error)) return false;
  g_autoptr(GTimeZone) zone = mailbox_zone(mailbox);
  const char *house = text_is_blank(mailbox->name) ? desk->name : mailbox->name;
  const TemplateValue values[] = {
    {"number", arena_printf(arena, "%" G_GINT64_FORMAT, facts->number)},
    {"name", text_clamp(arena, text_one_line(arena, facts->customer_name), NAME_MOST)},
    {"who", text_is_blank(facts->who) ? house : facts->who},
    {"since", day_of(arena, facts->language, facts->since, zone)},
    {"until", day_of(arena, facts->language, facts->until, zone)},
    {"outside", facts->outside},
    {"mailbox", house},
    {0},
  };
  *out = template_fill(arena, text, values);
  return true;
}
