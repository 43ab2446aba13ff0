// Whether the desk works: for load balancers and whoever watches over the machine. It asks the database something small; when that is
// away the error page answers 503.
#include "desk/conversation/verbs.h"
#include "pages/pages.h"
#include "pages/visit.h"

static bool health(WebRequest *request, WebResponse *response, GError **error) {
  int64_t last = 0;
  if (!conversation_last_change(visit_of(request)->desk, &last, error)) return false;
  response->type = "text/plain; charset=utf-8";
  g_string_append(response->body, "ok\n");
  return true;
}

const WebRoute health_routes[] = {
  {WEB_GET, "/healthz", PERMISSION_PUBLIC, health, 0},
  {0},
};
