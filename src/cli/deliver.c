// `rapport deliver`: one mail on standard input, from a mail server's pipe. The exit code is the contract: 0 only after the commit, so
// that the server may forget the mail; 75 when it should keep it and try again, which is also what a wrong call, a damaged database or
// one from a newer program gives: no trouble of ours may bounce anybody's mail. Only what is no mail (nothing at all, or more than we
// take) is refused for good.
#include "cli/cli.h"

#include "desk/received/received.h"

#include <stdio.h>
#include <unistd.h>

#define MAIL_MOST (INT64_C(100) * 1000 * 1000)
#define TRIES 5

static bool is_a_mail(Bytes raw, GError **error) {
  return raw.size > 0 || error_set(error, ERROR_INVALID, "There is no mail on standard input.");
}

static bool take(const Cli *cli, Desk *desk, Bytes raw, const char *envelope_to, ReceivedResult *out, GError **error) {
  ReceivedInput input = {.raw = raw, .mail = mail_parse(cli->arena, raw), .envelope_to = envelope_to};
  for (int try = 1;; try++) {
    g_autoptr(GError) problem = NULL;
    if (received_take(cli->arena, desk, &input, out, &problem)) return true;
    if (try < TRIES && error_is(problem, ERROR_BUSY)) continue; // the database has waited already
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
  }
}

static void tell(const ReceivedResult *result) {
  if (result->was_known)
    fprintf(stderr, "rapport deliver: this mail came before; it is kept once.\n");
  else if (result->state != RECEIVED_FILED)
    fprintf(stderr, "rapport deliver: %s: %s\n", received_state_word(result->state), result->reason);
  if (isatty(STDOUT_FILENO) && result->number) printf("#%" G_GINT64_FORMAT "\n", result->number);
}

int cli_deliver(const Cli *cli, int argc, char **argv) {
  GError *error = NULL;
  const char *envelope_to = cli_option(&argc, argv, "to");
  if (argc > 1) {
    cli_wrong_call("deliver", "too many arguments.");
    return CLI_TRY_AGAIN;
  }
  ReceivedResult result;
  Bytes raw;
  if (!cli_read_input(cli->arena, MAIL_MOST, &raw, &error) || !is_a_mail(raw, &error)) return cli_fail("deliver", error);
  Desk *desk = cli_open_desk(cli, false, &error);
  if (!desk || !take(cli, desk, raw, envelope_to, &result, &error)) {
    cli_fail("deliver", error);
    return CLI_TRY_AGAIN;
  }
  tell(&result);
  return 0;
}
