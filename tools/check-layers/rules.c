// The layers and who knows whom, the banned calls and the lengths (doc/ says why). A
// folder that is not in the table is an error, so a new one is placed on purpose. Cycles are found by walking the includes of
// headers depth first, with a stack of our own.
#include "rules.h"

#define FILE_LINES 600
#define HEADER_LINES 150
#define FUNCTION_LINES 60

typedef struct Layer {
  const char *folder; // below src/, or a folder of the root
  const char *knows;  // folders, each between spaces
} Layer;

#define GROUND " base "
#define CRAFTS GROUND "db mail web insight "
#define PRODUCT CRAFTS "desk "

// clang-format off: a layer a line, from the ground up
static const Layer layers[] = {
  {"base", GROUND},      {"db", GROUND},
  {"mail", GROUND},      {"web", GROUND},
  {"insight", GROUND},   {"desk", GROUND "db insight "}, // and the headers in `exceptions`
  {"pages", PRODUCT},    {"api", PRODUCT},
  {"mailroom", PRODUCT}, {"jobs", PRODUCT},
  {"cli", PRODUCT},      {"app", PRODUCT "pages api mailroom jobs cli "},
  {"tools", GROUND},     {"tests", PRODUCT "pages api mailroom jobs cli app tools "},
};
// clang-format on

// Single headers that a layer knows although their folder is closed to it.
static const struct {
  const char *folder, *header;
} exceptions[] = {
  {"desk", "mail/mail.h"}, // mail as values: no network, no sending
  {"tools", "web/web.h"},  // the struct that embed fills
};

typedef struct Banned {
  const char *call, *instead;
  bool in_base, in_tools; // allowed there
} Banned;

static const Banned banned[] = {
  {"strcpy", "arena_strdup", false, false},
  {"strcat", "g_string_append", false, false},
  {"sprintf", "arena_printf", false, false},
  {"vsprintf", "arena_vprintf", false, false},
  {"strtok", "g_strsplit or strcspn", false, false},
  {"gets", "getline", false, false},
  {"atoi", "g_ascii_string_to_signed", false, false},
  {"atol", "g_ascii_string_to_signed", false, false},
  {"system", "g_spawn_async_with_pipes", false, false},
  {"gmtime", "clock_iso", false, false},
  {"localtime", "clock_exact", false, false},
  {"asctime", "clock_iso", false, false},
  {"ctime", "clock_iso", false, false},
  {"malloc", "arena_alloc", true, true},
  {"calloc", "arena_alloc", true, true},
  {"realloc", "a list (base/list.h) or GString", true, true},
  {"free", "the arena, or g_autofree for what a library gave", true, true},
};

static void report(Arena *arena, FindingList *out, bool is_error, const SourceFile *file, int line, const char *message) {
  *list_add(arena, out) = (Finding){is_error, file->path, line, message};
}

// "src/desk/complaint/offer.c" → "desk", "tools/embed/main.c" → "tools".
static const char *folder_of(Arena *arena, const char *path) {
  if (g_str_has_prefix(path, "src/")) path += strlen("src/");
  return arena_strndup(arena, path, strcspn(path, "/"));
}

static const Layer *layer_of(const char *folder) {
  for (size_t i = 0; i < G_N_ELEMENTS(layers); i++)
    if (strcmp(layers[i].folder, folder) == 0) return &layers[i];
  return NULL;
}

static bool knows(Arena *arena, const Layer *layer, const char *path, const char *folder) {
  if (strcmp(layer->folder, folder) == 0) return true;
  for (size_t i = 0; i < G_N_ELEMENTS(exceptions); i++)
    if (strcmp(exceptions[i].folder, layer->folder) == 0 && strcmp(exceptions[i].header, path) == 0) return true;
  return strstr(layer->knows, arena_printf(arena, " %s ", folder)) != NULL;
}

static void check_includes(Arena *arena, const SourceFile *file, FindingList *out) {
  const char *folder = folder_of(arena, file->path);
  const Layer *layer = layer_of(folder);
  if (!layer) {
    report(arena, out, true, file, 1, arena_printf(arena, "%s is no layer; give it a row in tools/check-layers/rules.c", folder));
    return;
  }
  list_each(const Include, include, &file->includes) {
    if (strstr(include->path, "..")) {
      report(arena, out, true, file, include->line,
             arena_printf(arena, "\"%s\": write includes from src/, without ..", include->path));
      continue;
    }
    if (!strchr(include->path, '/')) continue; // a neighbour
    const char *other = folder_of(arena, include->path);
    if (knows(arena, layer, include->path, other)) continue;
    report(arena, out, true, file, include->line,
           arena_printf(arena, "%s may not include \"%s\"; it knows%sand itself", folder, include->path, layer->knows));
  }
}

static const Banned *find_banned(const char *name) {
  for (size_t i = 0; i < G_N_ELEMENTS(banned); i++)
    if (strcmp(banned[i].call, name) == 0) return &banned[i];
  return NULL;
}

static void check_calls(Arena *arena, const SourceFile *file, FindingList *out) {
  bool is_base = g_str_has_prefix(file->path, "src/base/"), is_tool = g_str_has_prefix(file->path, "tools/");
  list_each(const Call, call, &file->calls) {
    const Banned *rule = find_banned(call->name);
    if (!rule || (is_base && rule->in_base) || (is_tool && rule->in_tools)) continue;
    report(arena, out, true, file, call->line, arena_printf(arena, "%s() is banned; use %s", rule->call, rule->instead));
  }
}

static void check_lengths(Arena *arena, const SourceFile *file, FindingList *out) {
  int most = g_str_has_suffix(file->path, ".h") ? HEADER_LINES : FILE_LINES;
  if (file->lines > most)
    report(arena, out, false, file, 1, arena_printf(arena, "%d lines; aim for at most %d", file->lines, most));
  list_each(const Function, function, &file->functions) {
    if (function->lines <= FUNCTION_LINES) continue;
    report(arena, out, false, file, function->line,
           arena_printf(arena, "%s() has %d lines; aim for at most %d", function->name, function->lines, FUNCTION_LINES));
  }
}

void rules_check_file(Arena *arena, const SourceFile *file, FindingList *out) {
  check_includes(arena, file, out);
  check_calls(arena, file, out);
  check_lengths(arena, file, out);
}

// A header on its way through the walk.
typedef struct Node {
  const SourceFile *file;
  size_t next;    // the include to look at next
  bool is_inside; // on the path that is walked now
  bool is_done;
  struct Node *from;
} Node;

// The header that an include of `file` means: from src/, or beside the file. NULL for a generated or foreign one.
static Node *find_node(Arena *arena, GHashTable *nodes, const SourceFile *file, const char *path) {
  if (strchr(path, '/')) return g_hash_table_lookup(nodes, arena_printf(arena, "src/%s", path));
  const char *slash = strrchr(file->path, '/');
  return g_hash_table_lookup(nodes, arena_printf(arena, "%.*s/%s", (int)(slash - file->path), file->path, path));
}

static void report_cycle(Arena *arena, const Node *first, const Node *last, int line, FindingList *out) {
  const char *path = first->file->path;
  for (const Node *node = last; node != first; node = node->from) path = arena_printf(arena, "%s → %s", node->file->path, path);
  report(arena, out, true, last->file, line, arena_printf(arena, "headers include each other: %s → %s", first->file->path, path));
}

static void walk(Arena *arena, GHashTable *nodes, Node *start, FindingList *out) {
  Node *node = start;
  node->is_inside = true;
  while (node) {
    if (node->next == node->file->includes.count) {
      node->is_inside = false;
      node->is_done = true;
      node = node->from;
      continue;
    }
    const Include *include = &node->file->includes.items[node->next++];
    Node *other = find_node(arena, nodes, node->file, include->path);
    if (!other || other->is_done) continue;
    if (other->is_inside) {
      report_cycle(arena, other, node, include->line, out);
      continue;
    }
    other->from = node;
    other->is_inside = true;
    node = other;
  }
}

void rules_check_cycles(Arena *arena, const SourceFileList *files, FindingList *out) {
  g_autoptr(GHashTable) nodes = g_hash_table_new(g_str_hash, g_str_equal);
  Node *all = arena_make_array(arena, Node, files->count);
  for (size_t i = 0; i < files->count; i++) {
    all[i].file = &files->items[i];
    if (!g_str_has_suffix(all[i].file->path, ".h")) continue;
    g_hash_table_insert(nodes, (gpointer)(uintptr_t)all[i].file->path, &all[i]);
  }
  for (size_t i = 0; i < files->count; i++)
    if (g_str_has_suffix(all[i].file->path, ".h") && !all[i].is_done) walk(arena, nodes, &all[i], out);
}
