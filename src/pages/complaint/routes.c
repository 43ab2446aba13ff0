// The routes of complaints: the panel's forms, promises, and the rules that make complaints.
#include "pages/complaint/panel.h"
#include "pages/pages.h"

// What makes a complaint by itself is a rule like any other.
bool complaint_rules_moved(WebRequest *request, WebResponse *response, GError **error) {
  web_redirect(response, "/rules");
  return true;
}

const WebRoute complaint_routes[] = {
  {WEB_POST, "/conversations/:number/complaint", PERMISSION_ANSWER, complaint_post_make, 0},
  {WEB_POST, "/conversations/:number/complaint/deny", PERMISSION_ANSWER, complaint_post_deny, 0},
  {WEB_POST, "/conversations/:number/complaint/happen", PERMISSION_ANSWER, complaint_post_happen, 0},
  {WEB_POST, "/conversations/:number/complaint/assess", PERMISSION_ANSWER, complaint_post_assess, 0},
  {WEB_POST, "/conversations/:number/complaint/gap", PERMISSION_ANSWER, complaint_post_gap, 0},
  {WEB_POST, "/conversations/:number/complaint/reason", PERMISSION_ANSWER, complaint_post_reason, 0},
  {WEB_POST, "/conversations/:number/complaint/reason/remove", PERMISSION_ANSWER, complaint_post_reason_remove, 0},
  {WEB_POST, "/conversations/:number/complaint/effort", PERMISSION_ANSWER, complaint_post_effort, 0},
  {WEB_POST, "/conversations/:number/complaint/owner", PERMISSION_ANSWER, complaint_post_owner, 0},
  {WEB_POST, "/conversations/:number/complaint/promise", PERMISSION_ANSWER, complaint_post_promise, 0},
  {WEB_GET, "/promises", PERMISSION_READ, promises_page, 0},
  {WEB_POST, "/promises/:promise/settle", PERMISSION_ANSWER, promise_post_settle, 0},
  {WEB_POST, "/promises/:promise/postpone", PERMISSION_ANSWER, promise_post_postpone, 0},
  {WEB_GET, "/complaints/rules", PERMISSION_SUPERVISE, complaint_rules_moved, 0},
  {0},
};
