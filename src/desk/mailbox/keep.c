// What administrators do with mailboxes, each with its entry in the journal.
#include "base/text.h"
#include "desk/audit/audit.h"
#include "desk/mailbox.sql.h"
#include "desk/mailbox/mailbox.h"

Mailbox *mailbox_find(Arena *arena, Desk *desk, int64_t id, GError **error) {
  MailboxList all = {0};
  if (!mailbox_list(arena, desk, &all, error)) return NULL;
  list_each(Mailbox, mailbox, &all)
    if (mailbox->id == id) return mailbox;
  error_set(error, ERROR_NOT_FOUND, "This mailbox is not here any more.");
  return NULL;
}

bool mailbox_in_use(Arena *arena, Desk *desk, MailboxList *out, GError **error) {
  MailboxList all = {0};
  if (!mailbox_list(arena, desk, &all, error)) return false;
  list_each(const Mailbox, mailbox, &all)
    if (!mailbox->retired_at) *list_add(arena, out) = *mailbox;
  return true;
}

bool mailbox_open(Desk *desk, const Staff *actor, const char *address, const char *name, const char *signature, int64_t *out_id,
                  GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && mailbox_add(desk, address, name, signature, out_id, error) &&
         audit_add(desk, actor, "mailbox.added", text_one_line(arena, address), audit_change(arena, "", "name", "", name),
                   error) &&
         db_commit(&tx, error);
}

static bool team_name(Arena *arena, Desk *desk, int64_t id, const char **out, GError **error) {
  *out = NULL;
  return !id || mailbox_select_team_name(arena, desk->db, id, out, error);
}

static const char *yes_no(bool is_so) { return is_so ? "yes" : "no"; }
static const char *time_words(Arena *arena, int64_t minutes) {
  return arena_printf(arena, "%02" G_GINT64_FORMAT ":%02" G_GINT64_FORMAT, minutes / 60, minutes % 60);
}

static const char *changes(Arena *arena, const Mailbox *old, const Mailbox *new) {
  const char *detail = audit_change(arena, "", "name", old->name, new->name);
  detail = audit_change(arena, detail, "signature", old->signature, new->signature);
  detail = audit_change(arena, detail, "sender", old->sender, new->sender);
  detail = audit_change(arena, detail, "language", old->language, new->language);
  detail = audit_change(arena, detail, "time zone", old->zone, new->zone);
  detail = audit_change(arena, detail, "closes at", time_words(arena, old->closes_at), time_words(arena, new->closes_at));
  detail = audit_change(arena, detail, "Reply-To", reply_to_word(old->reply_to), reply_to_word(new->reply_to));
  return audit_change(arena, detail, "machines go together", yes_no(old->threads_machines), yes_no(new->threads_machines));
}

bool mailbox_keep(Desk *desk, const Staff *actor, const Mailbox *mailbox, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *old_team = NULL, *new_team = NULL;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  const Mailbox *old = tx ? mailbox_find(arena, desk, mailbox->id, error) : NULL;
  if (!old || !team_name(arena, desk, old->team_id, &old_team, error) ||
      !team_name(arena, desk, mailbox->team_id, &new_team, error))
    return false;
  if (mailbox->team_id && !new_team)
    return error_set(error, ERROR_INVALID, "This team is not here any more; choose another one.");
  const char *detail = audit_change(arena, changes(arena, old, mailbox), "team", old_team, new_team);
  return !*detail || (mailbox_change(desk, mailbox, error) &&
                      mailbox_update_team(desk->db, mailbox->id, mailbox->team_id ? &mailbox->team_id : NULL, error) &&
                      audit_add(desk, actor, "mailbox.changed", old->address, detail, error) && db_commit(&tx, error));
}

bool mailbox_retire(Desk *desk, const Staff *actor, int64_t id, bool is_retired, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  IntList in_use = {0};
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !mailbox_lock_in_use(arena, desk->db, &in_use, error)) return false;
  const Mailbox *mailbox = mailbox_find(arena, desk, id, error);
  if (!mailbox) return false;
  if (is_retired && !mailbox->retired_at && in_use.count == 1)
    return error_set(error, ERROR_CONFLICT, "%s is the last mailbox in use; add another one first.", mailbox->address);
  if (is_retired == (mailbox->retired_at != 0)) return true;
  int64_t now = clock_now(desk->clock);
  return mailbox_update_retired(desk->db, id, is_retired ? &now : NULL, error) &&
         audit_add(desk, actor, is_retired ? "mailbox.retired" : "mailbox.restored", mailbox->address, "", error) &&
         db_commit(&tx, error);
}
