// The first person. `rapport serve` on a desk where nobody works makes a token, of which the desk keeps the SHA-256 and until when it is good;
// who has the link sets everything up in one transaction. Taking the token's row away is the first thing that happens in it, so nobody can
// use it twice, and nobody at all once somebody works here.
#include "base/text.h"
#include "desk/audit/audit.h"
#include "desk/hours/hours.h"
#include "desk/mailbox/mailbox.h"
#include "desk/protocol/guide.h"
#include "desk/setting.sql.h"
#include "desk/staff.sql.h"
#include "desk/staff/admin.h"
#include "desk/staff/password.h"
#include "desk/staff/secret.h"
#include "desk/template/language.h"
#include "mail/mail.h"

#include <stdio.h>

#define TOKEN_BYTES 32
#define SETTING "setup"
#define FIRM_MOST 120
#define FRIDAY 5

bool setup_is_due(Desk *desk, bool *out, GError **error) {
  bool found = false;
  int64_t one = 0;
  if (!staff_select_any(desk->db, &found, &one, error)) return false;
  *out = !found;
  return true;
}

// "1795338000000000 9f86d0…": until when, and of which token.
static const char *written(Arena *arena, const char *token, int64_t until) {
  return arena_printf(arena, "%" G_GINT64_FORMAT " %s", until, text_hex(arena, token_hash(arena, token)));
}

bool setup_begin(Arena *arena, Desk *desk, const char **out_token, GError **error) {
  *out_token = random_token(arena, desk->random, TOKEN_BYTES);
  return setting_set(desk->db, SETTING, written(arena, *out_token, clock_now(desk->clock) + SETUP_LIFETIME), error);
}

// What the desk keeps when the token is the right one and still good; NULL otherwise.
static bool find_kept(Arena *arena, Desk *desk, const char *token, const char **out, GError **error) {
  const char *kept = NULL;
  *out = NULL;
  if (!setting_select(arena, desk->db, SETTING, &kept, error)) return false;
  int64_t until = kept ? g_ascii_strtoll(kept, NULL, 10) : 0;
  if (token && until > clock_now(desk->clock) && strcmp(written(arena, token, until), kept) == 0) *out = kept;
  return true;
}

bool setup_may(Arena *arena, Desk *desk, const char *token, bool *out, GError **error) {
  const char *kept = NULL;
  bool is_due = false;
  if (!setup_is_due(desk, &is_due, error) || !find_kept(arena, desk, token, &kept, error)) return false;
  *out = is_due && kept;
  return true;
}

static const char *password_problem(Arena *arena, const char *password) {
  g_autoptr(GError) problem = NULL;
  return password_is_usable(password, &problem) ? NULL : arena_strdup(arena, problem->message);
}

static bool read_week(Arena *arena, const Setup *setup, OpeningList *out, SetupProblems *problems) {
  for (int64_t day = 1; day <= FRIDAY && !problems->hours; day++)
    problems->hours = hours_read_openings(arena, day, setup->hours, out);
  if (!problems->hours && out->count == 0) problems->hours = "Say when the desk is open, such as 09:00-17:00.";
  return !problems->hours;
}

static bool check(Arena *arena, const Setup *setup, OpeningList *out_week, SetupProblems *out) {
  *out = (SetupProblems){0};
  if (text_is_blank(setup->name))
    out->name = "Give the name colleagues use.";
  else if (text_length(setup->name) > STAFF_NAME_MOST)
    out->name = "This name is too long.";
  if (!mail_address_is_valid(setup->email)) out->email = "This is not an e-mail address; give one such as nuala@example.com.";
  out->password = password_problem(arena, setup->password);
  if (text_is_blank(setup->firm))
    out->firm = "Give the name that customers know.";
  else if (text_length(setup->firm) > FIRM_MOST)
    out->firm = "This name is too long.";
  if (!mail_address_is_valid(setup->mailbox))
    out->mailbox = "This is not an e-mail address; give one such as help@example.com.";
  else if (strchr(setup->mailbox, '+'))
    out->mailbox = "An address with a + cannot be a mailbox; the desk needs it for its own marks.";
  out->zone = text_is_blank(setup->zone) ? "Give the time zone in which you work, such as Europe/Berlin."
                                         : hours_zone_problem(arena, setup->zone);
  read_week(arena, setup, out_week, out);
  return !out->name && !out->email && !out->password && !out->firm && !out->mailbox && !out->zone && !out->hours;
}

static bool take_token(Arena *arena, Desk *desk, const char *token, GError **error) {
  const char *kept = NULL;
  bool is_due = false;
  int64_t taken = 0;
  if (!find_kept(arena, desk, token, &kept, error) || (kept && !setting_take(desk->db, SETTING, kept, &taken, error)) ||
      !setup_is_due(desk, &is_due, error))
    return false;
  return (taken == 1 && is_due) ||
         error_set(error, ERROR_NOT_FOUND,
                   "This link works no more. If nobody has set the desk up, start `rapport serve` again: it prints a new one.");
}

static bool add_mailbox(Arena *arena, Desk *desk, const Setup *setup, const char *firm, GError **error) {
  int64_t id = 0;
  const Language *language = language_find(setup->language);
  if (!mailbox_add(desk, setup->mailbox, firm, firm, &id, error)) return false;
  Mailbox *mailbox = mailbox_find(arena, desk, id, error);
  if (!mailbox || !language) return mailbox != NULL;
  mailbox->language = language_code(language);
  return mailbox_change(desk, mailbox, error);
}

bool setup_finish(Arena *arena, Desk *desk, const char *token, const Setup *setup, const char *address, const char *browser,
                  SetupProblems *out_problems, const char **out_session, GError **error) {
  OpeningList week = {0};
  bool may = false;
  *out_session = NULL;
  if (!setup_may(arena, desk, token, &may, error)) return false; // a stranger learns nothing from the form
  if (may && !check(arena, setup, &week, out_problems)) return true;
  StaffDraft draft = {.name = setup->name, .email = setup->email, .role = ROLE_ADMINISTRATOR};
  const char *language = setup->language ? setup->language : "";
  const char *hash = may ? password_hash(arena, setup->password) : "", *firm = text_one_line(arena, setup->firm);
  Staff self = {
    .name = text_one_line(arena, setup->name), .email = text_one_line(arena, setup->email), .role = ROLE_ADMINISTRATOR};
  SessionKey key;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !take_token(arena, desk, token, error) || !staff_put(arena, desk, &draft, hash, &self.id, error) ||
      !add_mailbox(arena, desk, setup, firm, error) || !guide_begin_in(arena, desk, language, error) ||
      !hours_set_zone(desk, setup->zone, error) || !hours_set_week(desk, &week, error) ||
      !setting_set(desk->db, "name", firm, error) || !session_key(arena, desk, self.id, setup->password, &key, error) ||
      !session_begin(arena, desk, self.id, &key, address, browser, error))
    return false;
  *out_session = key.token;
  const char *detail = arena_printf(arena, "administrator: %s\nmailbox: %s", staff_told(arena, self.name, self.email),
                                    setup->mailbox);
  detail = audit_change(arena, detail, "language", "", language);
  return audit_add(desk, &self, "desk.setup", firm, detail, error) && db_commit(&tx, error);
}
