// Loads what the lines of the panel say and what their forms offer.
#include "pages/work/work.h"

#include "desk/conversation/work.h"
#include "desk/link/link.h"

#include <string.h>

static const FieldEntry *typed_for(const WorkInput *input, int64_t id) {
  list_each(const FieldEntry, entry, &input->fields)
    if (entry->id == id) return entry;
  return NULL;
}

static bool load_fields(WorkPanel *panel, GError **error) {
  FieldList fields = {0};
  Arena *arena = panel->visit->arena;
  if (!field_of(arena, panel->visit->desk, panel->conversation->number, &fields, error)) return false;
  list_each(const Field, field, &fields) {
    const FieldEntry *typed = typed_for(&panel->input, field->id);
    const char *value = typed && typed->text ? typed->text : field->value;
    panel->filled += field->value != NULL;
    *list_add(arena, &panel->fields) = (FieldLine){.field = field,
                                                   .name = arena_printf(arena, "field-%" G_GINT64_FORMAT, field->id),
                                                   .value = value ? value : "",
                                                   .problem = typed ? typed->problem : NULL,
                                                   .choices = field_choices(arena, field)};
  }
  return true;
}

// What the forms offer.
static bool load_choices(WorkPanel *panel, GError **error) {
  const Visit *visit = panel->visit;
  StaffList everybody = {0};
  TeamList teams = {0};
  if (!panel->may_change) return true;
  if (!staff_list(visit->arena, visit->desk, &everybody, error) || !team_list(visit->arena, visit->desk, &teams, error) ||
      !tag_suggestions(visit, &panel->known, error))
    return false;
  list_each(const Staff, person, &everybody)
    if (person->is_active && person->has_joined && role_may(person->role, PERMISSION_ANSWER))
      *list_add(visit->arena, &panel->people) = *person;
  list_each(const Team, team, &teams)
    if (team->is_active) *list_add(visit->arena, &panel->teams) = *team;
  panel->snoozes = snooze_choices(visit);
  return true;
}

bool work_panel_load(const Visit *visit, const Conversation *conversation, const char *view, const WorkInput *input,
                     WorkPanel *out, GError **error) {
  int64_t number = conversation->number;
  *out = (WorkPanel){
    .visit = visit, .view = view, .conversation = conversation, .may_change = role_may(visit->staff->role, PERMISSION_ANSWER)};
  if (input) out->input = *input;
  if (!load_choices(out, error) || !load_fields(out, error) || !tag_of(visit->arena, visit->desk, number, &out->tags, error) ||
      !link_list(visit->arena, visit->desk, number, &out->links, error) ||
      !conversation_merged_into(visit->arena, visit->desk, number, &out->merged, error) ||
      !conversation_followers(visit->arena, visit->desk, number, &out->followers, error))
    return false;
  list_each(const Staff, person, &out->followers) out->follows |= person->id == visit->staff->id;
  return true;
}

const char *work_problem(const WorkPanel *panel, const char *form) {
  return g_strcmp0(panel->input.form, form) == 0 ? panel->input.problem : NULL;
}

const char *work_followers_words(const WorkPanel *panel) {
  g_autoptr(GString) names = g_string_new(NULL);
  list_each(const Staff, person, &panel->followers) g_string_append_printf(names, "%s%s", names->len ? ", " : "", person->name);
  return arena_strdup(panel->visit->arena, names->str);
}

const char *work_field_words(const FieldLine *line) { return line->field->kind == FIELD_CHECKBOX ? "yes" : line->field->value; }

const char *work_field_input(FieldKind kind) { return kind == FIELD_DATE ? "date" : "text"; }

bool work_is_choice(const FieldLine *line, const char *choice) { return strcmp(line->value, choice) == 0; }

bool work_is_listed(const FieldLine *line) {
  list_each(const Text, choice, &line->choices)
    if (work_is_choice(line, *choice)) return true;
  return false;
}
