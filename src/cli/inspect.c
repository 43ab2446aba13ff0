// `rapport parse`, `rapport read` and `rapport check`: what the program makes of a mail, of a text, and of its own data.
#include "cli/cli.h"

#include "desk/received/received.h"
#include "insight/insight.h"

#include <stdio.h>

#define INPUT_MOST (INT64_C(200) * 1000 * 1000)

static void print_json(const Json *json) {
  json_dumpf(json, stdout, JSON_COMPACT | JSON_REAL_PRECISION(6));
  putchar('\n');
}

int cli_parse(const Cli *cli, int argc, char **argv) {
  GError *error = NULL;
  Bytes raw;
  if (argc > 1) return cli_wrong_call("parse", "it takes no arguments.");
  if (!cli_read_input(cli->arena, INPUT_MOST, &raw, &error)) return cli_fail("parse", error);
  g_autoptr(MailParser) parser = cli_new_parser(cli, &error); // whoever looks at a strange mail may well be root
  Mail *mail = NULL;
  if (!parser || !mail_parser_parse(parser, cli->arena, raw, &mail, &error)) return cli_fail("parse", error);
  g_autoptr(Json) json = mail_to_json(cli->arena, mail);
  print_json(json);
  return 0;
}

static void read_one(const char *text, size_t length) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(Json) json = reading_to_json(insight_read(arena, text, length));
  print_json(json);
}

int cli_read(const Cli *cli, int argc, char **argv) {
  GError *error = NULL;
  Bytes input;
  bool by_line = cli_flag(&argc, argv, "lines");
  if (argc > 1) return cli_wrong_call("read", "it takes no arguments but --lines.");
  if (!cli_read_input(cli->arena, INPUT_MOST, &input, &error)) return cli_fail("read", error);
  const char *at = input.data, *end = at + input.size;
  if (!by_line) {
    read_one(at, input.size);
    return 0;
  }
  while (at < end) {
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    const char *line_end = newline ? newline : end;
    read_one(at, (size_t)(line_end - at));
    at = line_end + 1;
  }
  return 0;
}

typedef struct CountLabel {
  const char *key, *words;
  size_t offset;
} CountLabel;

static const CountLabel count_labels[] = {
  {"conversations", "conversations", offsetof(DeskCounts, conversations)},
  {"messages", "messages", offsetof(DeskCounts, messages)},
  {"originals", "original mails", offsetof(DeskCounts, originals)},
  {"quarantined", "in quarantine", offsetof(DeskCounts, quarantined)},
  {"failed", "failed mails", offsetof(DeskCounts, failed)},
  {"dismissed", "dismissed", offsetof(DeskCounts, dismissed)},
  {"outbox", "waiting to be sent", offsetof(DeskCounts, outbox)},
  {"outbox_failed", "could not be sent", offsetof(DeskCounts, outbox_failed)},
};

static int64_t count_at(const DeskCounts *counts, const CountLabel *label) {
  return *(const int64_t *)(const void *)((const char *)counts + label->offset);
}

static void print_check(const DeskCounts *counts, const TextList *findings, bool as_json) {
  if (!as_json) {
    for (size_t i = 0; i < G_N_ELEMENTS(count_labels); i++)
      printf("%8" G_GINT64_FORMAT "  %s\n", count_at(counts, &count_labels[i]), count_labels[i].words);
    list_each(const Text, finding, findings) printf("problem: %s\n", *finding);
    if (findings->count == 0) printf("Everything is in order.\n");
    return;
  }
  g_autoptr(Json) json = json_object();
  json_object_set_new(json, "ok", json_boolean(findings->count == 0));
  for (size_t i = 0; i < G_N_ELEMENTS(count_labels); i++)
    json_object_set_new(json, count_labels[i].key, json_integer(count_at(counts, &count_labels[i])));
  json_t *problems = json_array();
  list_each(const Text, finding, findings) json_array_append_new(problems, json_string(*finding));
  json_object_set_new(json, "problems", problems);
  print_json(json);
}

int cli_check(const Cli *cli, int argc, char **argv) {
  GError *error = NULL;
  bool as_json = cli_flag(&argc, argv, "json");
  if (argc > 1) return cli_wrong_call("check", "it takes no arguments but --json.");
  Desk *desk = cli_open_desk(cli, false, &error);
  DeskCounts counts;
  TextList findings = {0};
  if (!desk || !desk_count(desk, &counts, &error) || !desk_verify(cli->arena, desk, &findings, &error))
    return cli_fail("check", error);
  print_check(&counts, &findings, as_json);
  return findings.count ? 70 : 0;
}
