// The routes of conduct and safety. Agents report; supervisors decide; a customer appeals by a signed link.
#include "pages/boundary/conduct.h"
#include "pages/pages.h"

const WebRoute boundary_routes[] = {
  {WEB_GET, "/messages/:message/conduct", PERMISSION_ANSWER, conduct_report_page, 0},
  {WEB_POST, "/messages/:message/conduct", PERMISSION_ANSWER, conduct_post_report, 0},
  {WEB_POST, "/messages/:message/safety", PERMISSION_ANSWER, conduct_post_safety, 0},
  {WEB_POST, "/messages/:message/tray", PERMISSION_ANSWER, conduct_post_tray, 0},
  {WEB_GET, "/conduct", PERMISSION_SUPERVISE, cases_page, 0},
  {WEB_GET, "/conduct/:case", PERMISSION_SUPERVISE, case_page, 0},
  {WEB_POST, "/conduct/:case/close", PERMISSION_SUPERVISE, case_post_close, 0},
  {WEB_GET, "/conduct/:case/measure", PERMISSION_SUPERVISE, measure_page, 0},
  {WEB_POST, "/conduct/:case/measure", PERMISSION_SUPERVISE, measure_post, 0},
  {WEB_POST, "/conduct/:case/incidents/:incident", PERMISSION_SUPERVISE, case_post_set_aside, 0},
  {WEB_POST, "/conduct/:case/measures/:measure/decide", PERMISSION_SUPERVISE, measure_post_decide, 0},
  {WEB_POST, "/conduct/:case/measures/:measure/withdraw", PERMISSION_SUPERVISE, measure_post_withdraw, 0},
  {WEB_POST, "/conduct/:case/measures/:measure/review", PERMISSION_SUPERVISE, measure_post_review, 0},
  {WEB_POST, "/conduct/:case/measures/:measure/appeal", PERMISSION_SUPERVISE, measure_post_appeal, 0},
  {WEB_POST, "/conduct/:case/appeals/:appeal", PERMISSION_SUPERVISE, appeal_post_decide, 0},
  {WEB_GET, "/appeal/:token", PERMISSION_PUBLIC, appeal_page, 0},
  {WEB_POST, "/appeal/:token", PERMISSION_PUBLIC, appeal_post, 0},
  {WEB_GET, "/safety", PERMISSION_SUPERVISE, alerts_page, 0},
  {WEB_GET, "/safety/:alert", PERMISSION_SUPERVISE, alert_page, 0},
  {WEB_POST, "/safety/:alert/take", PERMISSION_SUPERVISE, alert_post_take, 0},
  {WEB_POST, "/safety/:alert/tick", PERMISSION_SUPERVISE, alert_post_tick, 0},
  {WEB_POST, "/safety/:alert/close", PERMISSION_SUPERVISE, alert_post_close, 0},
  {WEB_POST, "/safety/:alert/false", PERMISSION_SUPERVISE, alert_post_false, 0},
  {WEB_GET, "/safety/:alert/evidence/:bundle", PERMISSION_SUPERVISE, alert_evidence, 0},
  {0},
};
