// The notice about a mail that was too large: how large it was, what we have of it, and how to send the rest.
#include "base/text.h"
#include "desk/template/template.h"

#define NAME_MOST 80 // characters

bool template_too_large(Arena *arena, Desk *desk, const TooLargeFacts *facts, TemplateWords *out, GError **error) {
  const char *text = NULL;
  const Mailbox *mailbox = facts->mailbox;
  if (!template_text(arena, desk, TEMPLATE_TOO_LARGE, facts->language, mailbox->id, &text, error)) return false;
  const TemplateValue values[] = {
    {"number", arena_printf(arena, "%" G_GINT64_FORMAT, facts->number)},
    {"name", text_clamp(arena, text_one_line(arena, facts->customer_name), NAME_MOST)},
    {"subject", text_one_line(arena, facts->subject)},
    {"size", arena_printf(arena, "%" G_GINT64_FORMAT " MB", facts->megabytes)},
    {"mailbox", text_is_blank(mailbox->name) ? desk->name : mailbox->name},
    {0},
  };
  *out = template_fill(arena, text, values);
  return true;
}
