// Each rule with what it must find and what it must leave alone, on small sources; then the program itself on a small tree.
#include "rules.h"

#include <glib/gstdio.h>

typedef struct Source {
  const char *path, *text;
} Source;

static const char *program;

static FindingList check(Arena *arena, const Source *sources, size_t count) {
  SourceFileList files = {0};
  FindingList findings = {0};
  for (size_t i = 0; i < count; i++) {
    SourceFile read = source_read(arena, sources[i].path, sources[i].text);
    *list_add(arena, &files) = read;
  }
  list_each(const SourceFile, file, &files) rules_check_file(arena, file, &findings);
  rules_check_cycles(arena, &files, &findings);
  return findings;
}

static void assert_clean(const char *path, const char *text) {
  g_autoptr(Arena) arena = arena_new();
  FindingList findings = check(arena, &(Source){path, text}, 1);
  if (findings.count) g_error("%s: %s", path, findings.items[0].message);
}

static void assert_found(const char *path, const char *text, int line, bool is_error, const char *part) {
  g_autoptr(Arena) arena = arena_new();
  FindingList findings = check(arena, &(Source){path, text}, 1);
  g_assert_cmpuint(findings.count, ==, 1);
  g_assert_cmpstr(findings.items[0].path, ==, path);
  g_assert_cmpint(findings.items[0].line, ==, line);
  g_assert_cmpint(findings.items[0].is_error, ==, is_error);
  if (!strstr(findings.items[0].message, part)) g_error("\"%s\" is not in \"%s\"", part, findings.items[0].message);
}

static void includes_downward_are_fine(void) {
  assert_clean("src/base/text.c", "#include \"base/text.h\"\n#include <stdio.h>\n");
  assert_clean("src/db/sqlite.c", "#include \"base/text.h\"\n#include \"db/driver.h\"\n#include \"driver.h\"\n");
  assert_clean(
    "src/desk/customer/customer.c",
    "#include \"db/db.h\"\n#include \"insight/insight.h\"\n#include \"mail/mail.h\"\n#include \"desk/customer.sql.h\"\n");
  assert_clean("src/pages/conversation/show.c",
               "#include \"desk/conversation/conversation.h\"\n#include \"web/web.h\"\n#include \"pages/conversation.html.h\"\n");
  assert_clean("src/app/main.c", "#include \"pages/pages.h\"\n#include \"cli/cli.h\"\n#include \"jobs/jobs.h\"\n");
  assert_clean("tests/stories/walk.c", "#include \"app/serve.h\"\n");
}

static void includes_upward_and_sideways_are_errors(void) {
  assert_found("src/base/text.c", "\n#include \"db/db.h\"\n", 2, true, "base may not include \"db/db.h\"");
  assert_found("src/db/sqlite.c", "#  include \"desk/desk.h\"\n", 1, true, "db may not include");
  assert_found("src/mail/parse.c", "#include \"db/db.h\"\n", 1, true, "mail may not include");
  assert_found("src/web/server.h", "#include \"insight/insight.h\"\n", 1, true, "web may not include");
  assert_found("src/desk/outbox/add.c", "#include \"mail/smtp.h\"\n", 1, true, "desk may not include");
  assert_found("src/desk/desk.c", "#include \"web/web.h\"\n", 1, true, "desk may not include");
  assert_found("src/desk/desk.c", "#include \"pages/a.html.h\"\n", 1, true, "desk may not include");
  assert_found("src/pages/a.c", "#include \"mailroom/sender.h\"\n", 1, true, "pages may not include");
  assert_found("src/jobs/a.c", "#include \"cli/cli.h\"\n", 1, true, "jobs may not include");
  assert_found("src/cli/a.c", "#include \"app/serve.h\"\n", 1, true, "cli may not include");
  assert_found("src/db/a.c", "#include \"../desk/desk.h\"\n", 1, true, "without ..");
}

static void a_new_folder_must_be_placed(void) { assert_found("src/helpers/a.c", "int a;\n", 1, true, "helpers is no layer"); }

static void an_include_in_a_comment_or_string_counts_for_nothing(void) {
  assert_clean("src/base/a.c",
               "// #include \"db/db.h\"\n/*\n#include \"db/db.h\"\n*/\nconst char *a = \"\\\n#include \\\"db/db.h\\\"\";\n");
}

static void banned_calls_are_errors(void) {
  static const char *const calls[] = {"strcpy", "strcat", "sprintf", "strtok", "gets", "atoi", "system", "gmtime", "localtime"};
  for (size_t i = 0; i < G_N_ELEMENTS(calls); i++) {
    g_autofree char *text = g_strdup_printf("void f(void) {\n  %s (a);\n}\n", calls[i]);
    assert_found("src/base/a.c", text, 2, true, calls[i]);
    assert_found("tools/embed/a.c", text, 2, true, calls[i]);
    assert_found("tests/a_test.c", text, 2, true, calls[i]);
  }
  assert_found("src/db/a.h", "#define COPY(a, b) \\\n  strcpy(a, b)\n", 2, true, "strcpy() is banned; use arena_strdup");
}

static void memory_is_allocated_in_base_and_tools_only(void) {
  static const char *const calls[] = {"malloc", "calloc", "realloc", "free"};
  for (size_t i = 0; i < G_N_ELEMENTS(calls); i++) {
    g_autofree char *text = g_strdup_printf("void f(void) { %s(a); }\n", calls[i]);
    assert_clean("src/base/a.c", text);
    assert_clean("tools/embed/a.c", text);
    assert_found("src/db/a.c", text, 1, true, "() is banned");
    assert_found("src/desk/a/b.c", text, 1, true, "() is banned");
  }
}

static void words_that_are_no_calls_are_fine(void) {
  assert_clean(
    "src/db/a.c",
    "// free(a)\n/* system(b) */ const char *c = \"strcpy(d)\"; char q = '\"'; const char *r = \"\\\"\"; char s = '\\'';\n"
    "void g(void) { g_free(a); driver->free(b); driver.system(c); curl_free(d); freeze(e); }\n"
    "#pragma GCC poison strcpy system\n");
}

static char *repeated(const char *begin, const char *line, int times, const char *end) {
  GString *text = g_string_new(begin);
  for (int i = 0; i < times; i++) g_string_append(text, line);
  g_string_append(text, end);
  return g_string_free(text, FALSE);
}

static void long_things_are_warnings(void) {
  g_autofree char *file = repeated("", "int a;\n", 601, "");
  assert_found("src/db/a.c", file, 1, false, "601 lines; aim for at most 600");
  g_autofree char *header = repeated("", "int a(void);\n", 151, "");
  assert_found("src/db/a.h", header, 1, false, "151 lines; aim for at most 150");
  g_autofree char *function = repeated("int x[] = {\n1};\n__attribute__((cold)) static void do_it(int (*f)(int)) {\n",
                                       "  if (a) { b(); }\n", 59, "}\nvoid g(void) {}\n");
  assert_found("src/db/a.c", function, 3, false, "do_it() has 61 lines");
}

static void short_things_are_fine(void) {
  g_autofree char *table = repeated("static const int table[] = {\n", "  1,\n", 100, "};\n");
  assert_clean("src/db/a.c", table);
  g_autofree char *function = repeated("void f(void) {\n", "  a();\n", 58, "}\n");
  assert_clean("src/db/a.c", function);
  g_autofree char *macro = repeated("#define OPEN(a) { \\\n", "  a(); \\\n", 80, "  b()\nvoid f(void) {\n}\n");
  assert_clean("src/db/a.c", macro);
}

static void headers_in_a_circle_are_an_error(void) {
  static const Source circle[] = {
    {"src/desk/a.h", "#include \"desk/b.h\"\n"},
    {"src/desk/b.h", "\n#include \"sub/c.h\"\n#include \"desk/sub/c.h\"\n"},
    {"src/desk/sub/c.h", "#include \"desk/a.h\"\n"},
    {"src/desk/d.h", "#include \"desk/a.h\"\n#include \"desk/b.h\"\n"},
  };
  g_autoptr(Arena) arena = arena_new();
  FindingList findings = check(arena, circle, G_N_ELEMENTS(circle));
  g_assert_cmpuint(findings.count, ==, 2); // "sub/c.h" is not written from src/
  g_assert_cmpstr(findings.items[1].message, ==,
                  "headers include each other: src/desk/a.h → src/desk/b.h → src/desk/sub/c.h → src/desk/a.h");
  static const Source self[] = {{"src/db/a.h", "#include \"a.h\"\n"}};
  findings = check(arena, self, 1);
  g_assert_cmpuint(findings.count, ==, 1);
}

static void headers_that_meet_again_are_fine(void) {
  static const Source diamond[] = {
    {"src/db/a.h", "#include \"db/b.h\"\n#include \"db/c.h\"\n"},
    {"src/db/b.h", "#include \"db/d.h\"\n"},
    {"src/db/c.h", "#include \"d.h\"\n"},
    {"src/db/d.h", "#include \"base/arena.h\"\n"},
    {"src/db/a.c", "#include \"db/a.h\"\n"},
  };
  g_autoptr(Arena) arena = arena_new();
  g_assert_cmpuint(check(arena, diamond, G_N_ELEMENTS(diamond)).count, ==, 0);
}

static void broken_sources_do_not_break_the_check(void) {
  static const char *const texts[] = {"",     "\"",   "'",  "/*",   "//",           "#",   "#include", "#include \"", "\\",
                                      "}}}}", "((((", "){", "f(){", "#define a \\", "\"\\"};
  g_autoptr(Arena) arena = arena_new();
  for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) check(arena, &(Source){"src/base/a.c", texts[i]}, 1);
}

static void write_file(const char *root, const char *path, const char *text) {
  g_autofree char *full = g_build_filename(root, path, NULL);
  g_autofree char *folder = g_path_get_dirname(full);
  g_assert_cmpint(g_mkdir_with_parents(folder, 0700), ==, 0);
  g_assert_true(g_file_set_contents(full, text, -1, NULL));
}

// Runs the program on `root` and returns its exit code.
static int run(const char *root, char **out_errors) {
  g_autofree char *stamp = g_build_filename(root, "stamp", NULL), *depfile = g_build_filename(root, "stamp.d", NULL);
  char *command[] = {
    (char *)(uintptr_t)program, (char *)(uintptr_t)root, (char[]){"--stamp"}, stamp, (char[]){"--depfile"}, depfile, NULL};
  int status = 0;
  g_autoptr(GError) error = NULL;
  g_spawn_sync(NULL, command, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, out_errors, &status, &error);
  g_assert_no_error(error);
  return g_spawn_check_wait_status(status, &error) ? 0 : error->code;
}

static void remove_tree(const char *root, const char *const *paths) {
  for (; *paths; paths++) {
    g_autofree char *full = g_build_filename(root, *paths, NULL);
    g_remove(full);
  }
  g_rmdir(root);
}

static void the_program_walks_a_tree(void) {
  g_autofree char *root = g_dir_make_tmp("layers-XXXXXX", NULL), *errors = NULL, *depfile = NULL;
  g_autofree char *depfile_path = g_build_filename(root, "stamp.d", NULL);
  write_file(root, "src/db/db.c", "#include \"base/a.h\"\n");
  write_file(root, "src/db/golden/expected.c", "#include \"desk/a.h\"\n");
  g_assert_cmpint(run(root, &errors), ==, 0);
  g_assert_cmpstr(errors, ==, "");
  g_assert_true(g_file_get_contents(depfile_path, &depfile, NULL, NULL));
  g_assert_nonnull(strstr(depfile, "/src/db/db.c"));
  g_assert_nonnull(strstr(depfile, "/src/db \\\n"));
  write_file(root, "src/db/deep/er.h", "#include \"desk/a.h\"\n");
  g_clear_pointer(&errors, g_free);
  g_assert_cmpint(run(root, &errors), ==, 1);
  g_assert_true(g_str_has_prefix(errors, "src/db/deep/er.h:1: error: db may not include"));
  static const char *const made[] = {
    "src/db/deep/er.h", "src/db/deep", "src/db/golden/expected.c", "src/db/golden", "src/db/db.c", "src/db", "src", "stamp",
    "stamp.d",          NULL};
  remove_tree(root, made);
}

static void nothing_to_check_is_a_failure(void) {
  g_autofree char *root = g_dir_make_tmp("layers-XXXXXX", NULL), *errors = NULL;
  g_assert_cmpint(run(root, &errors), !=, 0);
  g_assert_nonnull(strstr(errors, "there are no sources"));
  g_rmdir(root);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  program = argc > 1 ? argv[1] : "./check-layers";
  g_test_add_func("/check-layers/includes/downward-are-fine", includes_downward_are_fine);
  g_test_add_func("/check-layers/includes/upward-and-sideways-are-errors", includes_upward_and_sideways_are_errors);
  g_test_add_func("/check-layers/includes/a-new-folder-must-be-placed", a_new_folder_must_be_placed);
  g_test_add_func("/check-layers/includes/in-a-comment-or-string-count-for-nothing",
                  an_include_in_a_comment_or_string_counts_for_nothing);
  g_test_add_func("/check-layers/calls/banned-ones-are-errors", banned_calls_are_errors);
  g_test_add_func("/check-layers/calls/memory-is-allocated-in-base-and-tools-only", memory_is_allocated_in_base_and_tools_only);
  g_test_add_func("/check-layers/calls/words-that-are-no-calls-are-fine", words_that_are_no_calls_are_fine);
  g_test_add_func("/check-layers/lengths/long-things-are-warnings", long_things_are_warnings);
  g_test_add_func("/check-layers/lengths/short-things-are-fine", short_things_are_fine);
  g_test_add_func("/check-layers/cycles/are-an-error", headers_in_a_circle_are_an_error);
  g_test_add_func("/check-layers/cycles/headers-that-meet-again-are-fine", headers_that_meet_again_are_fine);
  g_test_add_func("/check-layers/broken-sources-do-not-break-the-check", broken_sources_do_not_break_the_check);
  g_test_add_func("/check-layers/program/walks-a-tree", the_program_walks_a_tree);
  g_test_add_func("/check-layers/program/nothing-to-check-is-a-failure", nothing_to_check_is_a_failure);
  return g_test_run();
}
