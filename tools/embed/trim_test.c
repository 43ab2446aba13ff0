// Trimming: comments and empty lines go, what only looks like a comment stays.
#include "trim.h"

#include <glib.h>

typedef struct Case {
  const char *text, *trimmed;
} Case;

static const Case styles[] = {
  {"/* Rail */\n.rail { color: red; }\n", ".rail { color: red; }\n"},
  {"a { top: 0; } /* why */\n", "a { top: 0; } \n"},
  {"/* over\n   two lines */\n\n  b { top: 0; }\n", "  b { top: 0; }\n"},
  {"a::before { content: \"/* no */\"; }\n", "a::before { content: \"/* no */\"; }\n"},
  {"a::before { content: '\\'/* no */'; }\n", "a::before { content: '\\'/* no */'; }\n"},
  {"a { top: 0; }\n/* never closed", "a { top: 0; }\n"},
  {"", ""},
};

static const Case scripts[] = {
  {"// What this is.\nlet a = 1\n", "let a = 1\n"},
  {"function b() {\n  // why\n  return 1\n}\n", "function b() {\n  return 1\n}\n"},
  {"/* A part */\n\nlet a = 1", "let a = 1\n"},
  {"let a = 1 // stays\n", "let a = 1 // stays\n"},
  {"let a = /* stays */ 1\n", "let a = /* stays */ 1\n"},
  {"/* stays */ let a = 1\n", "/* stays */ let a = 1\n"},
  {"/* begins here\nand ends there */\n", "/* begins here\nand ends there */\n"},
  {"let a = 6\n/ 2\n", "let a = 6\n/ 2\n"},
  {"", ""},
};

static void comments_of_a_style_sheet_go(void) {
  for (size_t i = 0; i < G_N_ELEMENTS(styles); i++) {
    g_autoptr(Arena) arena = arena_new();
    g_assert_cmpstr(trim_style(arena, styles[i].text), ==, styles[i].trimmed);
  }
}

static void lines_of_comment_in_a_script_go(void) {
  for (size_t i = 0; i < G_N_ELEMENTS(scripts); i++) {
    g_autoptr(Arena) arena = arena_new();
    g_assert_cmpstr(trim_script(arena, scripts[i].text), ==, scripts[i].trimmed);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/embed/comments-of-a-style-sheet-go", comments_of_a_style_sheet_go);
  g_test_add_func("/embed/lines-of-comment-in-a-script-go", lines_of_comment_in_a_script_go);
  return g_test_run();
}
