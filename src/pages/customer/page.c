// The page of one customer. What is asked of the desk is a fixed number of statements, however long they have been with us.
#include "base/text.h"
#include "base/words.h"
#include "desk/customer.sql.h"
#include "desk/remedy/money.h"
#include "desk/template/language.h"
#include "pages/customer.html.h"
#include "pages/customer/customer.h"
#include "pages/pages.h"

#include <string.h>

const char *customer_title(const Customer *customer) { return customer_shown(customer->name, customer->address, ""); }

const char *customer_reason(int64_t reasons) {
  for (unsigned reason = 0; reason < SAME_REASON_COUNT; reason++)
    if (reasons & INT64_C(1) << reason) return same_reason_words(reason);
  return "";
}

const char *customer_language_title(const char *code) {
  static const char *const titles[][2] = {{"en", "English"}, {"de", "German"},     {"fr", "French"}, {"es", "Spanish"},
                                          {"it", "Italian"}, {"pt", "Portuguese"}, {"nl", "Dutch"},  {"pl", "Polish"}};
  for (size_t i = 0; i < G_N_ELEMENTS(titles); i++)
    if (strcmp(titles[i][0], code) == 0) return titles[i][1];
  return code;
}

static const char *times(Arena *arena, int64_t count) {
  return count == 1 ? N_("once") : count == 2 ? N_("twice") : arena_say(arena, "%jd times", count);
}

const char *customer_effort_words(Arena *arena, const CustomerConversation *row) {
  const char *repeats = row->repeats ? arena_say(arena, ", asked again %s", times(arena, row->repeats)) : "";
  const char *waited = row->waited >= CLOCK_MINUTE ? arena_say(arena, ", waited %s in all", clock_span(arena, row->waited)) : "";
  const char *before = row->attempts_before > 0 ? arena_say(arena, ", had tried %s before", times(arena, row->attempts_before))
                                                : "";
  return arena_say(arena, "wrote %s%s%s%s", times(arena, row->messages), repeats, waited, before);
}

const char *customer_sums_words(Arena *arena, const RemedySumList *sums) {
  const char *words = "";
  list_each(const RemedySum, sum, sums)
    words = arena_printf(arena, "%s%s%s", words, *words ? tr(" and ") : "", money_words(arena, sum->amount, sum->currency));
  return words;
}

static void make_choices(const Visit *visit, CustomerView *view) {
  for (unsigned channel = 0; channel < CUSTOMER_CHANNEL_COUNT; channel++)
    *list_add(visit->arena, &view->channels) = (Choice){customer_channel_word(channel), customer_channel_title(channel),
                                                        view->preferences.channel == channel};
  *list_add(visit->arena, &view->languages) = (Choice){"", "not known", !*view->preferences.language};
  for (size_t i = 0; language_at(i); i++) {
    const char *code = language_code(language_at(i));
    *list_add(visit->arena, &view->languages) = (Choice){code, customer_language_title(code),
                                                         strcmp(code, view->preferences.language) == 0};
  }
}

static bool load_past(const Visit *visit, int64_t id, CustomerView *view, GError **error) {
  Arena *arena = visit->arena;
  const char *at = web_query(visit->request, "before"), *number = web_query(visit->request, "number");
  gint64 before_at = 0, before_number = 0;
  MoodPointList mood = {0};
  if (at) g_ascii_string_to_signed(at, 10, 0, G_MAXINT64, &before_at, NULL);
  if (number) g_ascii_string_to_signed(number, 10, 0, G_MAXINT64, &before_number, NULL);
  if (!customer_conversations(arena, visit->desk, id, before_at, before_number, &view->past, error) ||
      !customer_stand(arena, visit->desk, id, &view->stand, error) ||
      (visit->shows_readings && !customer_mood(arena, visit->desk, id, &mood, error)) ||
      !customer_remedies(arena, visit->desk, id, &view->remedies, &view->sums, error) ||
      !customer_promises(arena, visit->desk, id, &view->promises, error))
    return false;
  view->mood = mood_picture(arena, &mood);
  const CustomerConversation *last = view->past.has_more ? &view->past.rows.items[view->past.rows.count - 1] : NULL;
  if (last)
    view->more = arena_printf(arena,
                              "/customers/%" G_GINT64_FORMAT "?before=%" G_GINT64_FORMAT "&number=%" G_GINT64_FORMAT "#past", id,
                              last->last_message_at, last->number);
  return true;
}

static bool load_about(const Visit *visit, int64_t id, CustomerView *view, GError **error) {
  Arena *arena = visit->arena;
  return customer_select_addresses(arena, visit->desk->db, id, &view->addresses, error) &&
         customer_phones(arena, visit->desk, id, &view->phones, error) &&
         customer_notes(arena, visit->desk, id, &view->notes, &view->history, error) &&
         customer_likenesses(arena, visit->desk, id, true, &view->likenesses, error) &&
         customer_merges(arena, visit->desk, id, &view->merges, error);
}

// Who was joined to another one is found there.
static bool lead_on(const Visit *visit, WebResponse *response, int64_t id, GError **error) {
  int64_t survivor = 0;
  if (!customer_survivor(visit->desk, id, &survivor, error)) return false;
  web_redirect(response, arena_printf(visit->arena, "/customers/%" G_GINT64_FORMAT, survivor));
  return true;
}

bool customer_render(const Visit *visit, WebResponse *response, int64_t id, CustomerView *view, GError **error) {
  Shell shell;
  const char *kept = web_query(visit->request, "kept");
  const Customer *customer = customer_find(visit->arena, visit->desk, id, error);
  if (!customer) return false;
  if (customer->merged_into) return lead_on(visit, response, id, error);
  view->visit = visit;
  view->customer = customer;
  view->title = customer_title(customer);
  view->kept = kept ? kept : "";
  if (!view->part) view->part = "";
  if (!view->typed) view->typed = "";
  view->may_change = role_may(visit->staff->role, PERMISSION_ANSWER);
  if (!view->preferences.language) // unless they come back as they were typed
    view->preferences = (CustomerPreferences){.address_as = customer->address_as,
                                              .channel = customer->channel,
                                              .language = customer->language,
                                              .best_hours = customer->best_hours,
                                              .likes = customer->likes};
  make_choices(visit, view);
  if (!shell_open(visit, RAIL_CUSTOMERS, "plain", &shell, error) || !load_past(visit, id, view, error) ||
      !load_about(visit, id, view, error))
    return false;
  if (view->problem) response->status = 422;
  shell.title = view->title;
  render_customer(response->body, &shell, view);
  return true;
}
