// Editing the targets. A table a team; the one of every team always stands, a team's own is added by asking for it.
#include "pages/due/due.h"
#include "desk/team/team.h"
#include "pages/pages.h"
#include "pages/targets.html.h"

static const char *field_name(Arena *arena, int priority, int kind) { return arena_printf(arena, "p%d-%d", priority, kind); }

static TargetTable table_of(Arena *arena, const DueTargets *targets) {
  TargetTable table = {.team_id = targets->team_id, .team_name = targets->team_name};
  for (int priority = PRIORITY_COUNT - 1; priority >= 0; priority--) {
    TargetLine *line = list_add(arena, &table.lines);
    line->title = priority_word((Priority)priority);
    for (int kind = 0; kind < DUE_OWN_COUNT; kind++)
      *list_add(arena, &line->fields) = (TargetField){.name = field_name(arena, priority, kind),
                                                      .title = due_kind_title((DueKind)kind),
                                                      .value = target_write(arena, targets->minutes[priority][kind])};
  }
  return table;
}

static bool has_table(const TargetsPage *page, int64_t team_id) {
  list_each(const TargetTable, table, &page->tables)
    if (table->team_id == team_id) return true;
  return false;
}

// `wanted`: a team that is to get targets of its own; they begin as those of every team.
static bool load(const Visit *visit, int64_t wanted, TargetsPage *page, GError **error) {
  Arena *arena = visit->arena;
  DueTargetsList all;
  TeamList teams;
  DueWarning warning;
  if (!shell_open(visit, RAIL_HOUSE, "plain", &page->shell, error) || !due_targets(arena, visit->desk, &all, error) ||
      !team_list(arena, visit->desk, &teams, error) || !due_warning_load(visit->desk, &warning, error))
    return false;
  list_each(const DueTargets, targets, &all) *list_add(arena, &page->tables) = table_of(arena, targets);
  list_each(const Team, team, &teams) {
    if (!team->is_active || has_table(page, team->id)) continue;
    DueTargets own = all.items[0];
    own.team_id = team->id;
    own.team_name = team->name;
    if (team->id == wanted)
      *list_add(arena, &page->tables) = table_of(arena, &own);
    else
      *list_add(arena, &page->teams) = (TargetTeam){team->id, team->name};
  }
  if (!page->warning) page->warning = due_warning_write(arena, warning);
  page->shell.title = "Targets";
  return true;
}

bool targets_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *team = web_query(request, "team");
  TargetsPage page = {.kept = web_query(request, "kept")};
  if (!load(visit, team ? g_ascii_strtoll(team, NULL, 10) : 0, &page, error)) return false;
  render_targets_page(response->body, &page);
  return true;
}

// What was typed stands in the form again when something of it is wrong.
static bool show_again(const Visit *visit, WebResponse *response, const TargetTable *typed, GError **error) {
  TargetsPage page = {0};
  if (!load(visit, typed->team_id, &page, error)) return false;
  list_each(TargetTable, table, &page.tables)
    if (table->team_id == typed->team_id) table->lines = typed->lines;
  response->status = 422;
  render_targets_page(response->body, &page);
  return true;
}

bool targets_post(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  DueTargets targets = {.team_id = visit_form_int(visit, "team")};
  TargetTable typed = table_of(visit->arena, &targets);
  Team *team = NULL;
  bool is_good = true;
  if (targets.team_id && !team_find(visit->arena, visit->desk, targets.team_id, &team, error)) return false;
  for (size_t i = 0; i < typed.lines.count; i++)
    for (int kind = 0; kind < DUE_OWN_COUNT; kind++) {
      TargetField *field = &typed.lines.items[i].fields.items[kind];
      const char *value = web_form(request, field->name);
      field->value = value ? value : "";
      field->problem = target_read(visit->arena, field->value, &targets.minutes[PRIORITY_COUNT - 1 - i][kind]);
      is_good = is_good && !field->problem;
    }
  if (!is_good) return show_again(visit, response, &typed, error);
  if (!due_targets_set(visit->desk, visit->staff, &targets, error)) return false;
  web_redirect(response, arena_printf(visit->arena, "/targets?kept=yes#team-%" G_GINT64_FORMAT, targets.team_id));
  return true;
}

bool targets_post_warning(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *text = web_form(request, "warning");
  TargetsPage page = {.warning = text ? text : ""};
  DueWarning warning;
  page.warning_problem = due_warning_read(visit->arena, page.warning, &warning);
  if (!page.warning_problem) {
    if (!due_warning_set(visit->desk, visit->staff, warning, error)) return false;
    web_redirect(response, "/targets?kept=yes#warning");
    return true;
  }
  if (!load(visit, 0, &page, error)) return false;
  response->status = 422;
  render_targets_page(response->body, &page);
  return true;
}

bool targets_post_forget(WebRequest *request, WebResponse *response, GError **error) {
  int64_t team_id;
  if (!web_path_int(request, "team", &team_id, error) ||
      !due_targets_forget(visit_of(request)->desk, visit_of(request)->staff, team_id, error))
    return false;
  web_redirect(response, "/targets?kept=yes");
  return true;
}

const char *due_clock_class(const DueClock *clock) { return clock->is_late ? "late" : clock->is_near ? "due" : ""; }

const WebRoute due_routes[] = {
  {WEB_GET, "/targets", PERMISSION_SUPERVISE, targets_page, 0},
  {WEB_POST, "/targets", PERMISSION_SUPERVISE, targets_post, 0},
  {WEB_POST, "/targets/warning", PERMISSION_SUPERVISE, targets_post_warning, 0},
  {WEB_POST, "/targets/:team/forget", PERMISSION_SUPERVISE, targets_post_forget, 0},
  {0},
};
