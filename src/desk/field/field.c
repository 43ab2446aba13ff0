// Making fields and filling them in.
#include "desk/field/field.h"

#include "base/text.h"
#include "desk/audit/audit.h"
#include "desk/conversation/stand.h"
#include "desk/field.sql.h"
#include "desk/happening/happening.h"

static const char *const words[FIELD_KIND_COUNT] = {[FIELD_TEXT] = "text",
                                                    [FIELD_NUMBER] = "number",
                                                    [FIELD_DATE] = "date",
                                                    [FIELD_CHOICE] = "choice",
                                                    [FIELD_CHECKBOX] = "checkbox"};

const char *field_kind_word(FieldKind kind) { return kind < FIELD_KIND_COUNT ? words[kind] : "text"; }

bool field_kind_from_word(const char *word, FieldKind *out) {
  for (unsigned kind = 0; kind < FIELD_KIND_COUNT; kind++)
    if (word && strcmp(words[kind], word) == 0) {
      *out = kind;
      return true;
    }
  return false;
}

typedef struct Description {
  const char *name, *key, *choices;
} Description;

static TextList lines_of(Arena *arena, const char *text) {
  TextList lines = {0};
  g_auto(GStrv) parts = g_strsplit(text ? text : "", "\n", -1);
  for (char **part = parts; *part; part++) {
    const char *line = text_one_line(arena, *part);
    bool is_known = !*line;
    list_each(const Text, known, &lines) is_known |= strcmp(*known, line) == 0;
    if (!is_known) *list_add(arena, &lines) = line;
  }
  return lines;
}

TextList field_choices(Arena *arena, const Field *field) { return lines_of(arena, field->choices); }

static bool read_choices(Arena *arena, const char *text, const char **out, GError **error) {
  g_autoptr(GString) joined = g_string_new(NULL);
  TextList lines = lines_of(arena, text);
  if (lines.count < 2) return error_set(error, ERROR_INVALID, "Give at least two choices, one on each line.");
  if (lines.count > FIELD_CHOICES_MOST)
    return error_set(error, ERROR_INVALID, "These are more than %d choices; keep those that matter.", FIELD_CHOICES_MOST);
  list_each(const Text, line, &lines) {
    if (text_length(*line) > FIELD_NAME_MOST)
      return error_set(error, ERROR_INVALID, "A choice has at most %d characters; shorten \"%s\".", FIELD_NAME_MOST,
                       text_clamp(arena, *line, 40));
    g_string_append_printf(joined, "%s%s", joined->len ? "\n" : "", *line);
  }
  *out = arena_strdup(arena, joined->str);
  return true;
}

static bool describe(Arena *arena, const char *name, FieldKind kind, const char *choices, Description *out, GError **error) {
  out->name = text_one_line(arena, name);
  out->key = text_fold(arena, out->name);
  out->choices = "";
  if (!*out->name)
    return error_set(error, ERROR_INVALID, "A field needs a name; give what it asks for, such as \"Frame number\".");
  if (text_length(out->name) > FIELD_NAME_MOST)
    return error_set(error, ERROR_INVALID, "The name is longer than %d characters; shorten it.", FIELD_NAME_MOST);
  if (kind >= FIELD_KIND_COUNT) return error_set(error, ERROR_INVALID, "There is no such kind of field.");
  return kind != FIELD_CHOICE || read_choices(arena, choices, &out->choices, error);
}

static bool taken(const char *name, GError *problem, GError **error) {
  if (error_is(problem, ERROR_CONFLICT)) {
    g_error_free(problem);
    return error_set(error, ERROR_CONFLICT, "There is a field called \"%s\" already.", name);
  }
  g_propagate_error(error, problem);
  return false;
}

static bool is_found(int64_t changed, GError **error) {
  return changed || error_set(error, ERROR_NOT_FOUND, "There is no such field.");
}

// What it is, as the journal compares it; NULL before it was there.
static const char *changes(Arena *arena, const Field *old, const Description *new) {
  const char *detail = audit_change_written(arena, "", "name", old ? old->name : "", new->name);
  TextList before = lines_of(arena, old ? old->choices : ""), after = lines_of(arena, new->choices);
  g_autoptr(GString) was = g_string_new(NULL), is = g_string_new(NULL);
  list_each(const Text, line, &before) g_string_append_printf(was, "%s%s", was->len ? ", " : "", *line);
  list_each(const Text, line, &after) g_string_append_printf(is, "%s%s", is->len ? ", " : "", *line);
  return audit_change_written(arena, detail, "choices", was->str, is->str);
}

bool field_make(Desk *desk, const Staff *actor, const char *name, FieldKind kind, const char *choices, int64_t *out_id,
                GError **error) {
  g_autoptr(Arena) arena = arena_new();
  GError *problem = NULL;
  Description field;
  int64_t count = 0;
  if (!describe(arena, name, kind, choices, &field, error)) return false;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !field_count(desk->db, &count, error)) return false;
  if (count >= FIELDS_MOST)
    return error_set(error, ERROR_CONFLICT, "There are %d fields already; retire one that nobody fills in.", FIELDS_MOST);
  if (!field_insert(desk->db, field.name, field.key, kind, field.choices, clock_now(desk->clock), out_id, &problem))
    return taken(field.name, problem, error);
  const char *detail = audit_change(arena, changes(arena, NULL, &field), "kind", "", field_kind_word(kind));
  return audit_add(desk, actor, "field.made", field.name, detail, error) && db_commit(&tx, error);
}

bool field_change(Desk *desk, const Staff *actor, int64_t id, const char *name, const char *choices, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  GError *problem = NULL;
  Description described;
  Field *field = NULL;
  int64_t changed = 0;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !field_select(arena, desk->db, id, &field, error) || !is_found(field != NULL, error) ||
      !describe(arena, name, field->kind, choices, &described, error))
    return false;
  if (!field_update(desk->db, id, described.name, described.key, described.choices, &changed, &problem))
    return taken(described.name, problem, error);
  const char *detail = changes(arena, field, &described);
  return is_found(changed, error) && (!*detail || audit_add(desk, actor, "field.changed", described.name, detail, error)) &&
         db_commit(&tx, error);
}

static bool set_active(Desk *desk, const Staff *actor, int64_t id, bool is_active, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Field *field = NULL;
  int64_t changed = 0;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !field_select(arena, desk->db, id, &field, error) || !is_found(field != NULL, error)) return false;
  return field->is_active == is_active ||
         (field_update_active(desk->db, id, is_active, &changed, error) && is_found(changed, error) &&
          audit_add(desk, actor, is_active ? "field.restored" : "field.retired", field->name, "", error) &&
          db_commit(&tx, error));
}
bool field_retire(Desk *desk, const Staff *actor, int64_t id, GError **error) {
  return set_active(desk, actor, id, false, error);
}
bool field_restore(Desk *desk, const Staff *actor, int64_t id, GError **error) {
  return set_active(desk, actor, id, true, error);
}

bool field_list(Arena *arena, Desk *desk, FieldList *out, GError **error) {
  return field_select_all(arena, desk->db, out, error);
}

bool field_of(Arena *arena, Desk *desk, int64_t number, FieldList *out, GError **error) {
  return field_select_of(arena, desk->db, number, out, error);
}

static bool keep_or_say(Arena *arena, const Field *field, FieldEntry *entry, bool *is_change, const char **out_value) {
  const char *now = field->value ? field->value : "";
  if (!field_read(arena, field, entry->text, out_value, &entry->problem)) return false;
  *is_change = strcmp(now, *out_value) != 0;
  return true;
}

static bool write_value(Arena *arena, Desk *desk, const Staff *actor, int64_t number, const Field *field, const char *value,
                        GError **error) {
  bool is_kept = *value ? field_value_set(desk->db, number, field->id, value, error)
                        : field_value_delete(desk->db, number, field->id, error);
  const char *shown = field->kind == FIELD_CHECKBOX ? (*value ? "yes" : "no") : *value ? value : "nothing";
  if (!is_kept || !event_add(desk, number, EVENT_FIELD, actor, arena_printf(arena, "%s: %s", field->name, shown), error))
    return false;
  happening_of_field(desk, field->id);
  return true;
}

// What is not asked for any more keeps its value.
static const Field *asked_for(const FieldList *fields, int64_t id) {
  list_each(const Field, field, fields)
    if (field->id == id && field->is_active) return field;
  return NULL;
}

bool field_fill(Arena *arena, Desk *desk, const Staff *actor, int64_t number, FieldEntryList *entries, bool *out_has_problem,
                GError **error) {
  FieldList fields = {0};
  *out_has_problem = false;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !stand_load(arena, desk, number, error) || !field_of(arena, desk, number, &fields, error)) return false;
  list_each(FieldEntry, entry, entries) {
    bool is_change = false;
    const char *value = "";
    const Field *field = asked_for(&fields, entry->id);
    if (!field) continue;
    if (!keep_or_say(arena, field, entry, &is_change, &value))
      *out_has_problem = true;
    else if (is_change && !write_value(arena, desk, actor, number, field, value, error))
      return false;
  }
  return *out_has_problem || db_commit(&tx, error);
}

bool field_set(Arena *arena, Desk *desk, const Staff *actor, int64_t number, int64_t id, const char *text, bool *out_is_change,
               GError **error) {
  FieldList fields = {0};
  FieldEntry entry = {.id = id, .text = text};
  const char *value = "";
  *out_is_change = false;
  if (!stand_load(arena, desk, number, error) || !field_of(arena, desk, number, &fields, error)) return false;
  const Field *field = asked_for(&fields, id);
  if (!field) return error_set(error, ERROR_CONFLICT, "This field is not asked for any more.");
  if (!keep_or_say(arena, field, &entry, out_is_change, &value)) return error_set(error, ERROR_INVALID, "%s", entry.problem);
  return !*out_is_change || write_value(arena, desk, actor, number, field, value, error);
}
