// The targets themselves: loaded as one table for each team that has lines of its own, and kept a table at a time.
#include "desk/audit/audit.h"
#include "desk/due.sql.h"
#include "desk/due/settle.h"
#include "desk/team/team.h"

#include <string.h>

static DueTargets *table_of(Arena *arena, DueTargetsList *list, const DueTargetRow *row) {
  list_each(DueTargets, targets, list)
    if (targets->team_id == row->team_id) return targets;
  DueTargets *targets = list_add(arena, list);
  *targets = (DueTargets){.team_id = row->team_id, .team_name = row->team_id ? row->team_name : NULL};
  return targets;
}

bool due_targets(Arena *arena, Desk *desk, DueTargetsList *out, GError **error) {
  DueTargetRowList rows = {0};
  *out = (DueTargetsList){0};
  *list_add(arena, out) = (DueTargets){0};
  if (!due_target_select(arena, desk->db, &rows, error)) return false;
  list_each(const DueTargetRow, row, &rows) {
    if (row->priority < 0 || row->priority >= (int)PRIORITY_COUNT) continue;
    int64_t *minutes = table_of(arena, out, row)->minutes[row->priority];
    minutes[DUE_FIRST_ANSWER] = CLAMP(row->first_answer, 0, TARGET_MOST);
    minutes[DUE_NEXT_ANSWER] = CLAMP(row->next_answer, 0, TARGET_MOST);
    minutes[DUE_RESOLUTION] = CLAMP(row->resolution, 0, TARGET_MOST);
  }
  return true;
}

// What is said of a change of the targets of every team, or of one: the lines that `after` changes (NULL: none of their own any more). A
// team without its own has those of every team. Asked before it is made, and written after it, since the journal comes last.
typedef struct Note {
  const char *subject, *detail;
} Note;

static const DueTargets *targets_of(const DueTargetsList *all, int64_t team_id) {
  list_each(const DueTargets, each, all)
    if (each->team_id == team_id) return each;
  return NULL;
}

static bool note(Arena *arena, Desk *desk, int64_t team_id, const DueTargets *after, Note *out, GError **error) {
  static const DueTargets none = {0};
  DueTargetsList all = {0};
  Team *team = NULL;
  if (!due_targets(arena, desk, &all, error) || (team_id && !team_find(arena, desk, team_id, &team, error))) return false;
  const DueTargets *everybodys = targets_of(&all, 0), *own = targets_of(&all, team_id);
  if (!everybodys) everybodys = &none;
  const DueTargets *before = own ? own : everybodys;
  const char *detail = team_id ? audit_change(arena, "", "own targets", own ? "yes" : "no", after ? "yes" : "no") : "";
  if (!after) after = everybodys;
  for (unsigned priority = 0; priority < PRIORITY_COUNT; priority++)
    for (unsigned kind = 0; kind < DUE_OWN_COUNT; kind++)
      detail = audit_change(arena, detail, arena_printf(arena, "%s / %s", priority_word(priority), due_kind_title(kind)),
                            target_write(arena, before->minutes[priority][kind]),
                            target_write(arena, after->minutes[priority][kind]));
  *out = (Note){team ? team->name : "every team", detail};
  return true;
}

static bool write_down(Desk *desk, const Staff *actor, const Note *said, GError **error) {
  return !*said->detail || audit_add(desk, actor, "desk.targets", said->subject, said->detail, error);
}

bool due_targets_set(Desk *desk, const Staff *actor, const DueTargets *targets, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  for (int priority = 0; priority < (int)PRIORITY_COUNT; priority++)
    for (int kind = 0; kind < DUE_OWN_COUNT; kind++)
      if (targets->minutes[priority][kind] < 0 || targets->minutes[priority][kind] > TARGET_MOST)
        return error_set(error, ERROR_INVALID, "A target is between nothing and %d hours.", TARGET_MOST / 60);
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  Note said;
  if (!tx || !note(arena, desk, targets->team_id, targets, &said, error)) return false;
  for (int priority = 0; priority < (int)PRIORITY_COUNT; priority++) {
    const int64_t *minutes = targets->minutes[priority];
    if (!due_target_set(desk->db, targets->team_id, priority, minutes[DUE_FIRST_ANSWER], minutes[DUE_NEXT_ANSWER],
                        minutes[DUE_RESOLUTION], error))
      return false;
  }
  return write_down(desk, actor, &said, error) && db_announce(desk->db, error) && db_commit(&tx, error);
}

bool due_targets_forget(Desk *desk, const Staff *actor, int64_t team_id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  if (team_id <= 0)
    return error_set(error, ERROR_INVALID, "The targets of every team stay; empty them where there is to be none.");
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  Note said;
  return tx && note(arena, desk, team_id, NULL, &said, error) && due_target_forget(desk->db, team_id, error) &&
         write_down(desk, actor, &said, error) && db_announce(desk->db, error) && db_commit(&tx, error);
}

bool due_warning_load(Desk *desk, DueWarning *out, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  DueRuleRow *row = NULL;
  if (!due_rule_select(arena, desk->db, &row, error)) return false;
  *out = (DueWarning){row->warn_percent, row->warn_minutes};
  return true;
}

bool due_warning_set(Desk *desk, const Staff *actor, DueWarning warning, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  DueWarning old;
  if (warning.percent < 0 || warning.percent > 90 || warning.minutes < 0 || warning.minutes > TARGET_MOST)
    return error_set(error, ERROR_INVALID, "Write the warning as 25 %%, up to 90, or as 30 min.");
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !due_warning_load(desk, &old, error)) return false;
  const char *detail = audit_change(arena, "", "warning", due_warning_write(arena, old), due_warning_write(arena, warning));
  return due_rule_warn(desk->db, warning.percent, warning.minutes, error) &&
         write_down(desk, actor, &(Note){"every team", detail}, error) && db_announce(desk->db, error) && db_commit(&tx, error);
}
