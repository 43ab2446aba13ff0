// The journal a page at a time, the newest first. Whether its chain holds is a matter for `rapport check`, which reads all of it.
#include "pages/audit/audit.h"
#include "pages/audit.html.h"
#include "pages/pages.h"

#include <string.h>

static void add_tabs(const Visit *visit, AuditView *view) {
  size_t count = 0;
  const AuditTopic *topics = audit_topics(&count);
  *list_add(visit->arena, &view->tabs) = (AuditTab){"", "Everything", true};
  for (size_t i = 0; i < count; i++) {
    bool is_chosen = view->topic && strcmp(view->topic, topics[i].word) == 0;
    *list_add(visit->arena, &view->tabs) = (AuditTab){topics[i].word, topics[i].title, is_chosen};
    if (is_chosen) view->tabs.items[0].is_chosen = false;
  }
  if (view->tabs.items[0].is_chosen) view->topic = "";
}

static bool audit_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  AuditView view = {.topic = web_query(request, "about")};
  const char *before_text = web_query(request, "before");
  gint64 before = 0;
  Shell shell;
  if (before_text) g_ascii_string_to_signed(before_text, 10, 0, G_MAXINT64, &before, NULL);
  add_tabs(visit, &view);
  if (!shell_open(visit, RAIL_HOUSE, "plain", &shell, error) || !audit_head(visit->arena, visit->desk, &view.head, error) ||
      !audit_list(visit->arena, visit->desk, view.topic, before, &view.page, error))
    return false;
  if (view.page.has_more)
    view.more = arena_printf(visit->arena, "/audit?about=%s&before=%" G_GINT64_FORMAT, view.topic,
                             view.page.rows.items[view.page.rows.count - 1].number);
  shell.title = "Audit journal";
  render_audit(response->body, &shell, &view);
  return true;
}

const WebRoute audit_routes[] = {
  {WEB_GET, "/audit", PERMISSION_ADMINISTER, audit_page, 0},
  {0},
};
