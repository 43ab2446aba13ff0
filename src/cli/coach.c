// `rapport coach`: what the coach says about a draft, all of it. Nothing is kept.
#include "cli/cli.h"

#include "insight/coach.h"

#include <glib/gstdio.h>
#include <stdio.h>

#define DRAFT_MOST (INT64_C(10) * 1000 * 1000)

static bool read_message(const char *path, char **out, gsize *out_size, GError **error) {
  g_autoptr(GError) problem = NULL;
  GStatBuf about;
  if (g_stat(path, &about) == 0 && about.st_size > DRAFT_MOST)
    return error_set(error, ERROR_INVALID, "%s is too large for a message.", path);
  if (g_file_get_contents(path, out, out_size, &problem)) return true;
  return error_set(error, ERROR_NOT_FOUND, "%s; name the file with the customer's message.", problem->message);
}

int cli_coach(const Cli *cli, int argc, char **argv) {
  GError *error = NULL;
  Bytes draft;
  g_autofree char *message = NULL;
  gsize message_size = 0;
  const char *path = cli_option(&argc, argv, "message");
  if (argc > 1) return cli_wrong_call("coach", "it takes no arguments but --message.");
  if (path && !read_message(path, &message, &message_size, &error)) return cli_fail("coach", error);
  if (!cli_read_input(cli->arena, DRAFT_MOST, &draft, &error)) return cli_fail("coach", error);
  CoachInput input = {.draft = draft.data, .draft_length = draft.size, .message = message, .message_length = message_size};
  if (message_size) input.reading = insight_read(cli->arena, message, message_size);
  g_autoptr(Json) json = coaching_to_json(coach_draft(cli->arena, &input));
  json_dumpf(json, stdout, JSON_COMPACT);
  putchar('\n');
  return 0;
}
