// One table of what there is; each row is shown to who may go there, if that page is part of this program. The pages themselves ask for
// the same permission again.
#include "pages/house.html.h"
#include "pages/pages.h"
#include "pages/staff/staff.h"

static const HouseRoom rooms[] = {
  {"/protocols", "guide", "Protocols and scripts", "The steps for each situation, and the team\xE2\x80\x99s own wording.",
   PERMISSION_READ, false},
  {"/care", "let-go", "Looking after myself", "What is folded for me, a break, my triggers, and a pad to let go.", PERMISSION_OWN,
   false},
  {"/limits", "approval", "Limits", "How far each role may go with remedies without asking.", PERMISSION_READ, false},
  {"/remedies", "remedy", "Ledger of remedies", "What was given, month by month, and what it cost.", PERMISSION_READ, false},
  {"/targets", "hours", "Targets", "By when we mean to answer and to solve.", PERMISSION_SUPERVISE, false},
  {"/conduct", "conduct", "Conduct and safety", "What protects the people who answer: cases, restrictions, appeals, alerts.",
   PERMISSION_SUPERVISE, false},
  {"/readings", "readings", "Readings", "How often people agree with what the desk reads, and what it has learnt.",
   PERMISSION_REPORT, false},
  {"/permissions", "key", "Roles and permissions", "What each role may do, printed from what is enforced.", PERMISSION_READ,
   false},
  {"/people", "people", "People", "Who works here: invite, role, teams, disable.", PERMISSION_ADMINISTER, true},
  {"/teams", "team", "Teams", "Who works together, whose mail they get, and whose turn it is.", PERMISSION_SUPERVISE, true},
  {"/mailboxes", "mailroom", "Mailboxes", "The addresses that customers write to: name, signature, team, language.",
   PERMISSION_ADMINISTER, true},
  {"/tags", "tag", "Tags", "The words on conversations: rename, unite, retire.", PERMISSION_SUPERVISE, true},
  {"/fields", "field", "Fields", "What the desk asks for beside each conversation.", PERMISSION_SUPERVISE, true},
  {"/rules", "rules", "Rules", "What the desk does by itself, when something happens and when time passes.", PERMISSION_SUPERVISE,
   true},
  {"/hours", "hours", "Hours and deadlines", "When the desk works, holidays, targets, and the law that applies.",
   PERMISSION_ADMINISTER, true},
  {"/branding", "image", "Branding", "Name, logo and accent on the pages that customers open.", PERMISSION_ADMINISTER, true},
  {"/first-steps", "release", "First steps", "Mail in, mail out, colleagues: what a new desk needs, and a test of outgoing mail.",
   PERMISSION_ADMINISTER, true},
  {"/audit", "original", "Audit journal", "Who changed what about the desk, and what was there before.", PERMISSION_ADMINISTER,
   true},
};

static bool house(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  HousePage page = {0};
  if (!shell_open(visit, RAIL_HOUSE, "plain", &page.shell, error)) return false;
  for (size_t i = 0; i < G_N_ELEMENTS(rooms); i++)
    if (role_may(visit->staff->role, rooms[i].permission) && pages_has_route(rooms[i].href))
      *list_add(visit->arena, rooms[i].is_administration ? &page.administration : &page.rooms) = rooms[i];
  page.shell.title = "House";
  render_house_page(response->body, &page);
  return true;
}

const WebRoute house_routes[] = {
  {WEB_GET, "/house", PERMISSION_READ, house, 0},
  {0},
};
