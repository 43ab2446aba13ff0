// What I was told of, newest first. The page itself changes nothing: opening a conversation has seen what is told of it, and so does the
// button for all.
#include "pages/notice/notice.h"
#include "pages/notices.html.h"
#include "pages/pages.h"

bool notices_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *before = web_query(request, "before");
  NoticesPage page = {0};
  bool has_more = false;
  if (!shell_open(visit, RAIL_NOTICES, "plain", &page.shell, error) ||
      !notice_list(visit->arena, visit->desk, visit->staff->id, before ? g_ascii_strtoll(before, NULL, 10) : 0, &page.notices,
                   &has_more, error))
    return false;
  if (has_more) page.next = page.notices.items[page.notices.count - 1].id;
  page.shell.title = "Notices";
  render_notices_page(response->body, &page);
  return true;
}

bool notices_post_see(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  if (!notice_see(visit->desk, visit->staff->id, 0, error)) return false;
  web_redirect(response, "/notices");
  return true;
}

bool notices_news(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *after = web_query(request, "after");
  NoticeNews news = {.visit = visit};
  if (!notice_for_browser(visit->arena, visit->desk, visit->staff->id, after ? g_ascii_strtoll(after, NULL, 10) : 0,
                          &news.notices, &news.last, error))
    return false;
  render_notice_news(response->body, &news);
  return true;
}

const WebRoute notice_routes[] = {
  {WEB_GET, "/notices", PERMISSION_READ, notices_page, 0},
  {WEB_GET, "/notices/news", PERMISSION_READ, notices_news, 0},
  {WEB_POST, "/notices/see", PERMISSION_READ, notices_post_see, 0},
  {0},
};
