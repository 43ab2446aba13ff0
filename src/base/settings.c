// Settings: parsing values by kind, and the sources that feed them. Every source ends in settings_set, so there is one place
// that knows what a valid value is and one wording for what is wrong: source, value, what is allowed instead.
#include "base/settings.h"

#include "base/clock.h"
#include "base/text.h"

#include <errno.h>
#include <inttypes.h>

typedef struct Unit {
  const char *word;
  int64_t factor;
} Unit;

// The first word for a factor is how messages spell it. A MB is a million bytes here, as on every page and for every mail provider; who
// means 2^20 says MiB (IEC 80000-13).
static const Unit size_units[] = {
  {"GB", 1000 * 1000 * 1000},
  {"g", 1000 * 1000 * 1000},
  {"GiB", 1 << 30}, //
  {"MB", 1000 * 1000},
  {"m", 1000 * 1000},
  {"MiB", 1 << 20}, //
  {"kB", 1000},
  {"k", 1000},
  {"KiB", 1 << 10}, //
  {"", 1},
  {"b", 1},
  {"bytes", 1}, //
};

static const Unit span_units[] = {
  {"week", 7 * CLOCK_DAY},   {"weeks", 7 * CLOCK_DAY},                            //
  {"day", CLOCK_DAY},        {"days", CLOCK_DAY},                                 //
  {"h", CLOCK_HOUR},         {"hour", CLOCK_HOUR},     {"hours", CLOCK_HOUR},     //
  {"min", CLOCK_MINUTE},     {"minute", CLOCK_MINUTE}, {"minutes", CLOCK_MINUTE}, //
  {"s", CLOCK_SECOND},       {"second", CLOCK_SECOND}, {"seconds", CLOCK_SECOND}, //
  {"ms", CLOCK_MILLISECOND},
};

typedef struct Kind {
  const char *placeholder; // in --help
  const char *what;        // for messages: `"x" is not …`
  const Unit *units;
  size_t unit_count;
} Kind;

static const Kind kinds[] = {
  [SETTING_TEXT] = {"TEXT", "a text", NULL, 0},
  [SETTING_INT] = {"NUMBER", "a whole number", NULL, 0},
  [SETTING_BOOL] = {"yes|no", "yes or no", NULL, 0},
  [SETTING_SIZE] = {"SIZE", "a size such as \"25 MB\" or \"64k\"", size_units, G_N_ELEMENTS(size_units)},
  [SETTING_SPAN] = {"TIME", "a time such as \"10 s\", \"5 min\", \"2 h\" or \"1 day\"", span_units, G_N_ELEMENTS(span_units)},
};

static const Setting *find(const SettingsTable *table, const char *name) {
  for (size_t i = 0; i < table->count; i++)
    if (strcmp(table->settings[i].name, name) == 0) return &table->settings[i];
  return NULL;
}

// "25 MB": a whole number, an optional space, a unit of the kind (none for a plain number; "0" needs no unit).
static bool parse_number(const Kind *kind, const char *text, int64_t *out) {
  char *end = NULL;
  errno = 0;
  int64_t number = g_ascii_strtoll(text, &end, 10);
  if (end == text || errno || !(g_ascii_isdigit(*text) || *text == '-')) return false;
  bool is_plain = *end == '\0';
  while (*end == ' ') end++;
  if (is_plain && (number == 0 || !kind->units)) {
    *out = number;
    return true;
  }
  for (size_t i = 0; i < kind->unit_count; i++)
    if (g_ascii_strcasecmp(end, kind->units[i].word) == 0) return !__builtin_mul_overflow(number, kind->units[i].factor, out);
  return false;
}

static bool parse_bool(const char *text, bool *out) {
  static const struct {
    const char *word;
    bool value;
  } words[] = {{"yes", true}, {"true", true}, {"on", true}, {"no", false}, {"false", false}, {"off", false}};
  for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
    if (g_ascii_strcasecmp(text, words[i].word) != 0) continue;
    *out = words[i].value;
    return true;
  }
  return false;
}

// A bound as a person would write it: in the largest unit that divides it.
static const char *spelled(Arena *arena, const Kind *kind, int64_t number) {
  for (size_t i = 0; number && i < kind->unit_count; i++) {
    const Unit *unit = &kind->units[i];
    if (number % unit->factor == 0 && *unit->word)
      return arena_printf(arena, "%" PRId64 " %s", number / unit->factor, unit->word);
  }
  return arena_printf(arena, "%" PRId64, number);
}

static bool refuse(Arena *arena, const Setting *setting, const char *value, const char *source, GError **error) {
  const Kind *kind = &kinds[setting->kind];
  const char *range = "";
  if (setting->least || setting->most)
    range = arena_printf(arena, ", %s to %s", spelled(arena, kind, setting->least), spelled(arena, kind, setting->most));
  return error_set(error, ERROR_INVALID, "%s: \"%s\" will not do for %s: it takes %s%s.", source, text_clamp(arena, value, 60),
                   setting->name, kind->what, range);
}

static bool assign(Arena *arena, const Setting *setting, const char *value, const char *source, void *out, GError **error) {
  char *field = (char *)out + setting->offset;
  if (setting->kind == SETTING_TEXT) {
    const char *copy = arena_strdup(arena, value);
    memcpy(field, &copy, sizeof copy);
    return true;
  }
  if (setting->kind == SETTING_BOOL) {
    bool is_set;
    if (!parse_bool(value, &is_set)) return refuse(arena, setting, value, source, error);
    memcpy(field, &is_set, sizeof is_set);
    return true;
  }
  int64_t number;
  if (!parse_number(&kinds[setting->kind], value, &number)) return refuse(arena, setting, value, source, error);
  bool is_bounded = setting->least || setting->most;
  if (is_bounded && (number < setting->least || number > setting->most)) return refuse(arena, setting, value, source, error);
  memcpy(field, &number, sizeof number);
  return true;
}

bool settings_set(Arena *arena, const SettingsTable *table, const char *name, const char *value, const char *source, void *out,
                  GError **error) {
  const Setting *setting = find(table, name);
  if (!setting) return error_set(error, ERROR_INVALID, "%s: there is no setting \"%s\"; --help lists them.", source, name);
  if (!g_utf8_validate(value, -1, NULL))
    return error_set(error, ERROR_INVALID, "%s: the value of %s is not UTF-8.", source, name);
  return assign(arena, setting, text_trim(arena, value), source, out, error);
}

void settings_defaults(Arena *arena, const SettingsTable *table, void *out) {
  for (size_t i = 0; i < table->count; i++) {
    const Setting *setting = &table->settings[i];
    g_autoptr(GError) problem = NULL;
    if (setting->otherwise && !assign(arena, setting, setting->otherwise, "default", out, &problem))
      g_error("the settings table is wrong: %s", problem->message);
  }
}

static bool read_line(Arena *arena, const SettingsTable *table, const char *line, const char *source, void *out, GError **error) {
  line = text_trim(arena, line);
  if (!*line || *line == '#') return true;
  const char *equals = strchr(line, '=');
  if (!equals) return error_set(error, ERROR_INVALID, "%s: a line reads \"name = value\".", source);
  const char *name = text_trim(arena, arena_strndup(arena, line, (size_t)(equals - line)));
  return settings_set(arena, table, name, equals + 1, source, out, error);
}

bool settings_read_file(Arena *arena, const SettingsTable *table, const char *path, void *out, GError **error) {
  g_autofree char *raw = NULL;
  g_autoptr(GError) problem = NULL;
  size_t size = 0;
  if (!g_file_get_contents(path, &raw, &size, &problem)) {
    if (g_error_matches(problem, G_FILE_ERROR, G_FILE_ERROR_NOENT)) return true;
    return error_set(error, ERROR_UNAVAILABLE, "The settings cannot be read: %s.", problem->message);
  }
  g_autofree char *name = g_path_get_basename(path);
  const char *rest = text_make_valid(arena, bytes_of(raw, size));
  for (int number = 1; rest; number++) {
    const char *end = strchr(rest, '\n');
    const char *line = end ? arena_strndup(arena, rest, (size_t)(end - rest)) : rest;
    if (!read_line(arena, table, line, arena_printf(arena, "%s:%d", name, number), out, error)) return false;
    rest = end ? end + 1 : NULL;
  }
  return true;
}

bool settings_read_environment(Arena *arena, const SettingsTable *table, void *out, GError **error) {
  for (size_t i = 0; i < table->count; i++) {
    char *variable = arena_printf(arena, "RAPPORT_%s", table->settings[i].name);
    for (char *at = variable; *at; at++) *at = *at == '-' ? '_' : g_ascii_toupper(*at);
    const char *value = g_getenv(variable);
    if (value && !settings_set(arena, table, table->settings[i].name, value, variable, out, error)) return false;
  }
  return true;
}

// Takes the option at argv[at]. Returns how many words it filled, 0 when it is none of the table's, -1 on an error.
static int take_argument(Arena *arena, const SettingsTable *table, int argc, char **argv, int at, void *out, GError **error) {
  if (!g_str_has_prefix(argv[at], "--")) return 0;
  const char *name = argv[at] + 2;
  const char *equals = strchr(name, '=');
  if (equals) name = arena_strndup(arena, name, (size_t)(equals - name));
  const Setting *setting = find(table, name);
  if (!setting) return 0;
  const char *value = equals ? equals + 1 : setting->kind == SETTING_BOOL ? "yes" : at + 1 < argc ? argv[at + 1] : NULL;
  const char *source = arena_printf(arena, "--%s", name);
  if (!value) {
    error_set(error, ERROR_INVALID, "%s needs a value: %s.", source, kinds[setting->kind].what);
    return -1;
  }
  if (!settings_set(arena, table, name, value, source, out, error)) return -1;
  return equals || setting->kind == SETTING_BOOL ? 1 : 2;
}

bool settings_read_arguments(Arena *arena, const SettingsTable *table, int *argc, char **argv, void *out, GError **error) {
  int kept = 0;
  bool is_over = false;
  for (int at = 0; at < *argc;) {
    is_over = is_over || strcmp(argv[at], "--") == 0;
    int taken = at == 0 || is_over ? 0 : take_argument(arena, table, *argc, argv, at, out, error);
    if (taken < 0) return false;
    if (taken == 0) argv[kept++] = argv[at++];
    at += taken;
  }
  *argc = kept;
  argv[kept] = NULL;
  return true;
}

static const char *option_of(Arena *arena, const Setting *setting) {
  if (setting->kind == SETTING_BOOL) return arena_printf(arena, "--%s", setting->name);
  return arena_printf(arena, "--%s %s", setting->name, kinds[setting->kind].placeholder);
}

void settings_print(const SettingsTable *table, FILE *out) {
  g_autoptr(Arena) arena = arena_new();
  size_t width = 0;
  for (size_t i = 0; i < table->count; i++) width = MAX(width, strlen(option_of(arena, &table->settings[i])));
  for (size_t i = 0; i < table->count; i++) {
    const Setting *setting = &table->settings[i];
    fprintf(out, "  %-*s   %s", (int)width, option_of(arena, setting), setting->help);
    if (setting->otherwise) fprintf(out, " (%s)", setting->otherwise);
    fputc('\n', out);
  }
}
