// The acknowledgement of receipt: the number, what happens next, and by when.
#include "base/text.h"
#include "desk/hours/hours.h"
#include "desk/template/template.h"

#define NAME_MOST 80 // characters

// When the mailbox closes on the next day after `moment` on which the desk is open; should it never be, the next day.
static int64_t promise(int64_t moment, const Mailbox *mailbox, const BusinessHours *hours) {
  Day today = hours_day_of(hours, moment), day = hours_day_after(hours, DAYS_OF_DESK, today, 1);
  return hours_moment(hours, day ? day : today + 1, mailbox->closes_at);
}

bool template_acknowledgement(Arena *arena, Desk *desk, const AcknowledgementFacts *facts, TemplateWords *out, GError **error) {
  const char *text = NULL;
  const Mailbox *mailbox = facts->mailbox;
  if (!template_text(arena, desk, TEMPLATE_ACKNOWLEDGEMENT, facts->language, mailbox->id, &text, error)) return false;
  BusinessHours hours;
  if (!hours_load(arena, desk, &hours, error)) return false;
  g_autoptr(GTimeZone) own_zone = text_is_blank(mailbox->zone) ? NULL : mailbox_zone(mailbox);
  if (own_zone) hours.zone = own_zone;
  int64_t closing = promise(facts->moment, mailbox, &hours);
  const TemplateValue values[] = {
    {"number", arena_printf(arena, "%" G_GINT64_FORMAT, facts->number)},
    {"name", text_clamp(arena, text_one_line(arena, facts->customer_name), NAME_MOST)},
    {"subject", text_one_line(arena, facts->subject)},
    {"day", language_day(arena, facts->language, closing, hours.zone)},
    {"hour", arena_printf(arena, "%02d:%02d", (int)(mailbox->closes_at / 60), (int)(mailbox->closes_at % 60))},
    {"mailbox", text_is_blank(mailbox->name) ? desk->name : mailbox->name},
    {0},
  };
  *out = template_fill(arena, text, values);
  return true;
}
