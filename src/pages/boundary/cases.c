// The supervisors' page: what somebody waits for on top, then all cases.
#include "pages/boundary/conduct.h"

#include "base/words.h"

#include "pages/cases.html.h"

#include <string.h>

const char *case_due_words(const Visit *visit, const BoundaryCase *row) {
  Arena *arena = visit->arena;
  if (row->appeal_due_at)
    return arena_say(arena, row->appeal_due_at < visit->now ? N_("to be decided, late since %s") : N_("to be decided by %s"),
                     moment_exact(visit, row->appeal_due_at));
  if (row->asked_id) return arena_say(arena, "%s, asked for by %s", measure_title(row->asked_kind), row->opened_name);
  if (row->ends_at && row->review_at < row->ends_at && row->review_at <= visit->now)
    return arena_say(arena, "to be looked at again since %s", conduct_day(visit, row->review_at));
  return "";
}

const char *case_next(const Visit *visit, const BoundaryCase *row) {
  Arena *arena = visit->arena;
  if (row->closed_at) return arena_say(arena, "closed %s", moment_exact(visit, row->closed_at));
  if (row->asked_id) return arena_say(arena, "%s waits for approval", measure_title(row->asked_kind));
  if (row->ends_at)
    return arena_say(arena, "until %s; looked at again on %s", conduct_day(visit, row->ends_at),
                     conduct_day(visit, row->review_at));
  return "somebody decides what follows";
}

bool cases_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *before = web_query(request, "before"), *which = web_query(request, "which");
  CasesPage page = {.closed = which && strcmp(which, "closed") == 0};
  Shell shell;
  gint64 from = 0;
  if (before && !g_ascii_string_to_signed(before, 10, 1, G_MAXINT64, &from, NULL))
    return error_set(error, ERROR_INVALID, "The address of this page is damaged.");
  if (!shell_open(visit, RAIL_CONDUCT, "plain", &shell, error) || !boundary_due(visit->arena, visit->desk, &page.due, error) ||
      !tray_unread(visit->arena, visit->desk, &page.tray, error) ||
      !safety_open(visit->arena, visit->desk, &page.alerts, error) ||
      !boundary_list(visit->arena, visit->desk, page.closed, from, &page.cases, &page.has_more, error))
    return false;
  shell.title = "Conduct";
  render_cases_page(response->body, &shell, &page);
  return true;
}
