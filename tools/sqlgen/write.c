// The C code of one `.sql` file: for each statement its description (a DbQuery) and a function that prepares, binds, steps
// and reads with the calls of db/statement.h. Columns are read into the fields of their name, so a field that does not
// exist, or is of a type that no column can have, is the C compiler's error.
#include "sqlgen.h"

#define LINE_MOST 120

// "int64_t number", "const char *subject"
static void write_variable(GString *out, const char *type, const char *name) {
  g_string_append_printf(out, "%s%s%s", type, g_str_has_suffix(type, "*") ? "" : " ", name);
}

static bool is_optional_number(const Result *result) {
  return result->shape == RESULT_OPTIONAL && result->value && result->value->takes_question;
}

static bool needs_arena(const Result *result) {
  bool has_value = result->shape != RESULT_NONE && result->shape != RESULT_CHANGED;
  return has_value && (result->shape == RESULT_LIST || !result->value || !result->value->takes_question);
}

static void write_out_parameter(GString *out, const Result *result) {
  if (result->shape == RESULT_LIST) {
    if (result->value)
      g_string_append_printf(out, "%s *out", result->value->list);
    else
      g_string_append_printf(out, "%sList *out", result->struct_name);
  } else if (!result->value) {
    g_string_append_printf(out, "%s **out", result->struct_name);
  } else {
    write_variable(out, result->value->c_type, "*out");
  }
}

// The next argument, on a line of its own where the current one is full.
static void add_argument(GString *out, size_t *line_begin, const char *argument) {
  if (out->len - *line_begin + strlen(argument) > LINE_MOST) {
    g_string_append(out, ",\n    ");
    *line_begin = out->len - 4;
  } else {
    g_string_append(out, ", ");
  }
  g_string_append(out, argument);
}

static void write_prototype(GString *out, const Statement *statement) {
  size_t line_begin = out->len;
  const Result *result = &statement->result;
  g_string_append_printf(out, "bool %s(%sDb *db", statement->name, needs_arena(result) ? "Arena *arena, " : "");
  list_each(Parameter, parameter, &statement->parameters) {
    g_autoptr(GString) argument = g_string_new(NULL);
    if (parameter->is_nullable)
      g_string_append_printf(argument, "const %s *%s", parameter->type->c_type, parameter->name);
    else
      write_variable(argument, parameter->type->c_type, parameter->name);
    add_argument(out, &line_begin, argument->str);
  }
  g_autoptr(GString) result_argument = g_string_new(NULL);
  if (is_optional_number(result)) add_argument(out, &line_begin, "bool *out_found");
  if (result->shape == RESULT_CHANGED)
    add_argument(out, &line_begin, "int64_t *out_changed");
  else if (result->shape != RESULT_NONE)
    write_out_parameter(result_argument, result);
  if (result_argument->len) add_argument(out, &line_begin, result_argument->str);
  add_argument(out, &line_begin, "GError **error");
  g_string_append_c(out, ')');
}

static void write_note(GString *out, const char *note) {
  g_auto(GStrv) lines = g_strsplit(note, "\n", -1);
  for (char **line = lines; *line; line++) {
    if (**line || line[1]) g_string_append_printf(out, "//%s%s\n", **line ? " " : "", *line);
  }
}

void write_header(GString *out, const Source *source, const char *name) {
  g_string_append_printf(out, "// Written by sqlgen from %s. Change that file, not this one.\n#pragma once\n\n", name);
  list_each(Text, include, &source->includes) g_string_append_printf(out, "#include \"%s\"\n", *include);
  g_string_append(out, "#include \"base/list.h\"\n#include \"db/db.h\"\n\nstruct DbQuery;\n");
  list_each(Statement, statement, &source->statements) {
    g_string_append_c(out, '\n');
    write_note(out, statement->note);
    write_prototype(out, statement);
    g_string_append_printf(out, ";\nextern const struct DbQuery %s_query;\n", statement->name);
  }
}

// ——— descriptions

void write_literal(GString *out, const char *text, const char *indent) {
  g_string_append_printf(out, "%s\"", indent);
  for (const char *at = text; *at; at++) {
    if (*at == '\n') {
      g_string_append(out, "\\n");
      if (at[1] && at[1] != '\n') g_string_append_printf(out, "\"\n%s\"", indent);
    } else if (*at == '"' || *at == '\\') {
      g_string_append_printf(out, "\\%c", *at);
    } else if (*at == '?' && at > text && at[-1] == '?') {
      g_string_append(out, "\\?"); // no trigraph
    } else if ((unsigned char)*at < ' ' || *at == 0x7f) {
      g_string_append_printf(out, "\\%03o", (unsigned)*at);
    } else {
      g_string_append_c(out, *at);
    }
  }
  g_string_append_c(out, '"');
}

static bool is_into_struct(const Statement *statement) { return statement->result.struct_name != NULL; }

static void write_lists(GString *out, const Statement *statement) {
  if (statement->parameters.count) {
    g_string_append_printf(out, "static const DbType %s_types[] = {", statement->name);
    list_each(Parameter, parameter, &statement->parameters)
      g_string_append_printf(out, "%s%s", parameter == statement->parameters.items ? "" : ", ", parameter->type->db_type);
    g_string_append(out, "};\n");
  }
  if (is_into_struct(statement)) {
    g_string_append_printf(out, "static const char *const %s_columns[] = {", statement->name);
    list_each(Text, column, &statement->columns)
      g_string_append_printf(out, "%s\"%s\"", column == statement->columns.items ? "" : ", ", *column);
    g_string_append(out, "};\n");
  }
}

static void write_query(GString *out, const Source *source, const Statement *statement) {
  const char *name = statement->name;
  bool has_types = statement->parameters.count > 0;
  write_lists(out, statement);
  g_string_append_printf(out, "const DbQuery %s_query = {\n  .name = \"%s\",\n  .where = \"%s:%d\",\n  .sqlite =\n", name, name,
                         source->where, statement->line);
  write_literal(out, statement->sqlite.text, "    ");
  g_string_append(out, ",\n  .postgres =\n");
  write_literal(out, statement->postgres.text, "    ");
  g_string_append(out, ",\n");
  if (has_types) g_string_append_printf(out, "  .types = %s_types,\n  .parameters = %zu,\n", name, statement->parameters.count);
  if (statement->columns.count) g_string_append_printf(out, "  .columns = %zu,\n", statement->columns.count);
  if (is_into_struct(statement)) g_string_append_printf(out, "  .column_names = %s_columns,\n", name);
  g_string_append(out, "};\n\n");
}

// ——— functions

static void write_binds(GString *out, const Statement *statement) {
  for (size_t i = 0; i < statement->parameters.count; i++) {
    const Parameter *parameter = &statement->parameters.items[i];
    const char *word = parameter->type->word, *name = parameter->name;
    if (parameter->is_nullable) {
      g_string_append_printf(out, "  if (%s) db_bind_%s(statement, %zu, *%s);\n  else db_bind_null(statement, %zu);\n", name,
                             word, i, name, i);
    } else {
      g_string_append_printf(out, "  db_bind_%s(statement, %zu, %s);\n", word, i, name);
    }
  }
}

// One row into what `out` stands for, each line indented by four.
static void write_row(GString *out, const Statement *statement) {
  const Result *result = &statement->result;
  bool is_list = result->shape == RESULT_LIST;
  if (result->value) {
    g_string_append_printf(out, "    %s = db_column_%s(%sstatement, 0);\n", is_list ? "*list_add(arena, out)" : "*out",
                           result->value->word, result->value->takes_question ? "" : "arena, ");
    if (is_optional_number(result)) g_string_append(out, "    *out_found = true;\n");
    return;
  }
  if (is_list)
    g_string_append_printf(out, "    %s *row = list_add(arena, out);\n", result->struct_name);
  else
    g_string_append_printf(out, "    %s *row = arena_make(arena, %s);\n", result->struct_name, result->struct_name);
  for (size_t i = 0; i < statement->columns.count; i++)
    g_string_append_printf(out, "    db_read(arena, statement, %zu, &row->%s);\n", i, statement->columns.items[i]);
  if (!is_list) g_string_append(out, "    *out = row;\n");
}

static void write_start_of_results(GString *out, const Result *result) {
  if (is_optional_number(result)) g_string_append(out, "  *out_found = false;\n");
  if (result->shape == RESULT_CHANGED) {
    g_string_append(out, "  *out_changed = 0;\n");
  } else if (result->shape == RESULT_LIST) {
    if (result->value)
      g_string_append_printf(out, "  *out = (%s){0};\n", result->value->list);
    else
      g_string_append_printf(out, "  *out = (%sList){0};\n", result->struct_name);
  } else if (result->shape != RESULT_NONE) {
    const char *word = result->value ? result->value->word : "struct";
    const char *nothing = strcmp(word, "bytes") == 0                         ? "(Bytes){0}"
                          : strcmp(word, "bool") == 0                        ? "false"
                          : !result->value || !result->value->takes_question ? "NULL"
                                                                             : "0";
    g_string_append_printf(out, "  *out = %s;\n", nothing);
  }
}

static void write_steps(GString *out, const Statement *statement) {
  switch (statement->result.shape) {
  case RESULT_NONE: g_string_append(out, "  return db_end(statement, db_step(statement, error), error);\n"); break;
  case RESULT_CHANGED:
    g_string_append(out, "  DbStep step = db_step(statement, error);\n"
                         "  if (step == DB_STEP_DONE) *out_changed = db_changed(statement);\n"
                         "  return db_end(statement, step, error);\n");
    break;
  case RESULT_LIST:
    g_string_append(out, "  DbStep step;\n  while ((step = db_step(statement, error)) == DB_STEP_ROW) {\n");
    write_row(out, statement);
    g_string_append(out, "  }\n  return db_end(statement, step, error);\n");
    break;
  case RESULT_ONE:
  case RESULT_OPTIONAL:
    g_string_append(out, "  DbStep step = db_step(statement, error);\n  if (step == DB_STEP_ROW) {\n");
    write_row(out, statement);
    g_string_append_printf(out, "  }\n  return %s(statement, step, error);\n",
                           statement->result.shape == RESULT_ONE ? "db_end_one" : "db_end");
    break;
  }
}

static void write_function(GString *out, const Statement *statement) {
  write_prototype(out, statement);
  g_string_append(out, " {\n");
  write_start_of_results(out, &statement->result);
  g_string_append_printf(out, "  DbStatement *statement = db_prepare(db, &%s_query, error);\n  if (!statement) return false;\n",
                         statement->name);
  write_binds(out, statement);
  write_steps(out, statement);
  g_string_append(out, "}\n");
}

void write_code(GString *out, const Source *source, const char *name) {
  g_string_append_printf(out, "// Written by sqlgen from %s. Change that file, not this one.\n#include \"%s.h\"\n\n", name, name);
  g_string_append(out, "#include \"db/statement.h\"\n");
  list_each(Statement, statement, &source->statements) {
    g_string_append_printf(out, "\n// ——— %s, line %d\n\n", statement->name, statement->line);
    write_query(out, source, statement);
    write_function(out, statement);
  }
}
