// `rapport deliver`: one mail on standard input, from a mail server's pipe. The exit code is the contract: 0 only after the commit, so
// that the server may forget the mail; 75 when it should keep it and try again, which is also what a wrong call, a damaged database or
// one from a newer program gives: no trouble of ours may bounce anybody's mail. Only what is no mail at all is refused for good; of a
// mail over the limit the beginning is kept, and the rest is read to its end so that the server does not think we died.
#include "cli/cli.h"

#include "desk/channel/channel.h"
#include "desk/received/received.h"
#include "mail/collect.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#define TRIES 5

static bool read_mail(const Cli *cli, ReceivedInput *out, GError **error) {
  g_autofree char *chunk = g_malloc(COLLECT_CHUNK_MOST);
  Collector collector = collector_start(cli->arena, cli->mail_limit);
  for (;;) {
    ssize_t count = read(STDIN_FILENO, chunk, COLLECT_CHUNK_MOST);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return error_set(error, ERROR_UNAVAILABLE, "Standard input cannot be read: %s.", g_strerror(errno));
    if (count == 0) break;
    collector_add(&collector, bytes_of(chunk, (size_t)count));
  }
  out->raw = collector_bytes(&collector);
  out->whole_size = collector_whole_size(&collector);
  return collector.size > 0 || error_set(error, ERROR_INVALID, "There is no mail on standard input.");
}

static bool take(const Cli *cli, Desk *desk, const ReceivedInput *input, ReceivedResult *out, GError **error) {
  for (int try = 1;; try++) {
    g_autoptr(GError) problem = NULL;
    if (received_take(cli->arena, desk, input, out, &problem)) return true;
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
  ReceivedInput input = {.envelope_to = cli_option(&argc, argv, "to")};
  ReceivedResult result;
  if (argc > 1) {
    cli_wrong_call("deliver", "too many arguments.");
    return CLI_TRY_AGAIN;
  }
  g_autoptr(MailParser) parser = cli_new_parser(cli, &error); // starts while the mail comes in and the database is opened
  if (parser && !read_mail(cli, &input, &error)) return cli_fail("deliver", error);
  Desk *desk = parser ? cli_open_desk(cli, false, &error) : NULL;
  if (!desk || !received_parse(cli->arena, parser, &input, &error) || !take(cli, desk, &input, &result, &error)) {
    cli_fail("deliver", error);
    return CLI_TRY_AGAIN;
  }
  if (!result.was_known) channel_count_mail(desk, CHANNEL_DELIVER, "", NULL); // the mail is ours, counted or not
  tell(&result);
  return 0;
}
