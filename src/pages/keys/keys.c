// GET /keys: what each key does, as a page. "?" shows the same list over whatever page one is on (assets/help.js).
#include "pages/keys.html.h"
#include "pages/pages.h"

static bool keys(WebRequest *request, WebResponse *response, GError **error) {
  Shell shell;
  if (!shell_open(visit_of(request), RAIL_KEYS, "plain", &shell, error)) return false;
  shell.title = "Keys";
  render_keys_page(response->body, &shell);
  return true;
}

const WebRoute keys_routes[] = {
  {WEB_GET, "/keys", PERMISSION_READ, keys, 0},
  {0},
};
