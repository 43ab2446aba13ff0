// Threats found and false alarms raised, on the sentences of tests/insight/threats.tsv (named on the command line): four voices,
// each with threats and with sentences that only sound like them. A bound that is broken prints what was read wrongly. The
// rules were repaired on these very sentences, so the bounds keep what was reached; doc/insight.md says what a fresh lot gave.
#include "insight/insight.h"

static char *lots;

typedef struct Bound {
  char voice;
  size_t missed_most, alarms_most;
} Bound;

static const Bound bounds[] = {{'a', 3, 1}, {'b', 5, 1}, {'c', 8, 1}, {'d', 6, 1}};

static void threats_are_found_and_look_alikes_are_not(gconstpointer data) {
  const Bound *bound = data;
  g_auto(GStrv) lines = g_strsplit(lots, "\n", -1);
  size_t missed = 0, alarms = 0, read = 0;
  g_autoptr(GString) wrong = g_string_new(NULL);
  for (char **line = lines; *line; line++) {
    g_auto(GStrv) fields = g_strsplit(*line, "\t", 3);
    if (g_strv_length(fields) < 3 || fields[0][0] != bound->voice) continue;
    bool is_threat = strcmp(fields[1], "threat") == 0;
    g_autoptr(Arena) arena = arena_new();
    const Reading *reading = insight_read(arena, fields[2], strlen(fields[2]));
    read++;
    if (reading->flags[FLAG_THREAT] == is_threat) continue;
    missed += is_threat, alarms += !is_threat;
    g_string_append_printf(wrong, "%s: %s\n", is_threat ? "missed" : "false alarm", fields[2]);
  }
  g_assert_cmpuint(read, >=, 80);
  if (missed > bound->missed_most || alarms > bound->alarms_most) g_test_message("%s", wrong->str);
  g_assert_cmpuint(missed, <=, bound->missed_most);
  g_assert_cmpuint(alarms, <=, bound->alarms_most);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_autoptr(GError) error = NULL;
  if (argc != 2 || !g_file_get_contents(argv[1], &lots, NULL, &error))
    g_error("usage: threat_test THREATS.tsv %s", error ? error->message : "");
  for (size_t i = 0; i < G_N_ELEMENTS(bounds); i++) {
    g_autofree char *path = g_strdup_printf("/threat/voice-%c", bounds[i].voice);
    g_test_add_data_func(path, &bounds[i], threats_are_found_and_look_alikes_are_not);
  }
  int result = g_test_run();
  g_free(lots);
  return result;
}
