// The list of promises that are running. "Did we keep our promise?" is answered for the desk as a whole.
#include "base/words.h"
#include "pages/promises.html.h"

#include "desk/hours/hours.h"
#include "pages/complaint/panel.h"
#include "pages/pages.h"

const char *promises_share_words(Arena *arena, const PromiseShare *share) {
  int64_t all = share->kept + share->broken;
  if (all == 0) return "No promise was settled in the last 90 days.";
  return arena_say(arena, "Did we keep our promises? In the last 90 days we kept %jd of %jd (%jd %%).", share->kept, all,
                   (100 * share->kept + all / 2) / all);
}

const char *promises_class(const PromisesPage *page, const Visit *visit, const PromiseRow *row) {
  if (row->due_at <= visit->now) return "late";
  return row->due_at < page->today_ends ? "due" : "";
}

static bool read_place(const char *text, PromisesPage *page, int64_t *out_due, int64_t *out_id, GError **error) {
  *out_due = *out_id = 0;
  if (!text) return true;
  gint64 due = 0, id = 0;
  g_auto(GStrv) parts = g_strsplit(text, ".", 3);
  bool is_fine = g_strv_length(parts) == 2 && g_ascii_string_to_signed(parts[0], 10, 0, G_MAXINT64, &due, NULL) &&
                 g_ascii_string_to_signed(parts[1], 10, 0, G_MAXINT64, &id, NULL);
  if (!is_fine) return error_set(error, ERROR_INVALID, "The address of this page is damaged.");
  page->is_continued = true;
  *out_due = due;
  *out_id = id;
  return true;
}

bool promises_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  PromisesPage page = {0};
  Shell shell;
  int64_t due = 0, id = 0;
  if (!read_place(web_query(request, "after"), &page, &due, &id, error) ||
      !shell_open(visit, RAIL_PROMISES, "plain", &shell, error) ||
      !promise_list_running(visit->arena, visit->desk, due, id, &page.rows, &page.has_more, error) ||
      !promise_share(visit->desk, visit->now - PROMISES_SHARE_DAYS * CLOCK_DAY, &page.share, error))
    return false;
  page.today_ends = shell.today_ends;
  if (page.has_more) {
    page.next_due = page.rows.items[page.rows.count - 1].due_at;
    page.next_id = page.rows.items[page.rows.count - 1].id;
  }
  shell.title = "Promises due";
  render_promises_due_page(response->body, &shell, &page);
  return true;
}
