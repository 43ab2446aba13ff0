// The routes of remedies. Who may decide about one, and which limits one may change, the desk itself checks besides.
#include "pages/pages.h"
#include "pages/remedy/remedy.h"

const WebRoute remedy_routes[] = {
  {WEB_GET, "/conversations/:number/remedy", PERMISSION_ANSWER, remedy_form_page, 0},
  {WEB_POST, "/conversations/:number/remedy", PERMISSION_ANSWER, remedy_post_give, 0},
  {WEB_POST, "/remedies/:remedy/withdraw", PERMISSION_ANSWER, remedy_post_withdraw, 0},
  {WEB_POST, "/remedies/:remedy/carry-out", PERMISSION_ANSWER, remedy_post_carry_out, 0},
  {WEB_POST, "/remedies/:remedy/decide", PERMISSION_SUPERVISE, remedy_post_decide, 0},
  {WEB_GET, "/approvals", PERMISSION_SUPERVISE, approvals_page, 0},
  {WEB_GET, "/remedies", PERMISSION_SUPERVISE, ledger_page, 0},
  {WEB_GET, "/remedies.csv", PERMISSION_SUPERVISE, ledger_download, 0},
  {WEB_GET, "/limits", PERMISSION_READ, limits_page, 0},
  {WEB_POST, "/limits", PERMISSION_SUPERVISE, limits_post_set, 0},
  {WEB_POST, "/limits/:limit/end", PERMISSION_SUPERVISE, limits_post_end, 0},
  {WEB_POST, "/limits/currency", PERMISSION_ADMINISTER, limits_post_currency, 0},
  {0},
};
