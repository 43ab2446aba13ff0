// `rapport import`: an archive of mail becomes history. Nobody is answered; each mail stands at the moment when the last mail server
// received it, so that old conversations read in their order. Mails are taken in many with one commit. Importing again, after an
// interruption or by mistake, changes nothing: a mail that is here already is known by its bytes.
#include "cli/archive.h"
#include "cli/cli.h"
#include "desk/channel/channel.h"
#include "desk/received/received.h"

#include <stdio.h>
#include <unistd.h>

#define BATCH_MOST 50
#define BATCH_BYTES_MOST (8 * 1000 * 1000)
#define TRIES 5
#define TELL_EVERY (2 * CLOCK_SECOND)

typedef struct Import {
  const Cli *cli;
  Desk *desk;
  MailParser *parser;
  const char *to;
  int64_t read, added, opened, known, failed, empty;
  int64_t told_at; // monotonic
  ChannelReport report;
} Import;

typedef struct Batch {
  ReceivedInput inputs[BATCH_MOST];
  ReceivedResult results[BATCH_MOST];
  size_t count;
} Batch;

static bool take(Import *import, Arena *arena, Batch *batch, GError **error) {
  for (int try = 1;; try++) {
    g_autoptr(GError) problem = NULL;
    if (received_take_batch(arena, import->desk, batch->inputs, batch->count, batch->results, &problem)) return true;
    if (try < TRIES && error_is(problem, ERROR_BUSY)) continue;
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
  }
}

static void count(Import *import, const Batch *batch) {
  for (size_t i = 0; i < batch->count; i++) {
    const ReceivedResult *result = &batch->results[i];
    import->read++;
    if (!result->was_known) channel_note_mail(import->desk, &import->report, NULL); // the mail is ours, counted or not
    if (result->was_known)
      import->known++;
    else if (result->state == RECEIVED_FAILED)
      import->failed++;
    else
      import->added++;
    if (!result->was_known && result->is_new) import->opened++;
  }
}

static void tell_progress(Import *import) {
  if (!isatty(STDERR_FILENO) || g_get_monotonic_time() - import->told_at < TELL_EVERY) return;
  import->told_at = g_get_monotonic_time();
  fprintf(stderr, "\r%" G_GINT64_FORMAT " mails read, %" G_GINT64_FORMAT " new …", import->read, import->added);
}

// Fills a batch. `*out_is_last` when the archive is at its end.
static bool fill(Import *import, Arena *arena, Archive *archive, Batch *batch, bool *out_is_last, GError **error) {
  for (size_t bytes = 0; batch->count < BATCH_MOST && bytes < BATCH_BYTES_MOST;) {
    Collector collector = collector_start(arena, import->cli->mail_limit);
    ReceivedInput *input = &batch->inputs[batch->count];
    bool is_found = false;
    if (!archive_next(archive, &collector, &is_found, error)) return false;
    *out_is_last = !is_found;
    if (!is_found) return true;
    if (collector.size == 0) {
      import->empty++;
      continue;
    }
    *input = (ReceivedInput){.raw = collector_bytes(&collector),
                             .whole_size = collector_whole_size(&collector),
                             .envelope_to = import->to,
                             .is_history = true};
    if (!received_parse(arena, import->parser, input, error)) return false;
    if (input->mail) input->received_at = input->mail->traced_at ? input->mail->traced_at : input->mail->claimed_at;
    bytes += input->raw.size;
    batch->count++;
  }
  return true;
}

static bool import_all(Import *import, Archive *archive, GError **error) {
  for (bool is_last = false; !is_last;) {
    g_autoptr(Arena) arena = arena_new();
    Batch *batch = arena_make(arena, Batch);
    if (!fill(import, arena, archive, batch, &is_last, error) || !take(import, arena, batch, error)) return false;
    count(import, batch);
    tell_progress(import);
  }
  return true;
}

static void tell_counts(const Import *import) {
  if (import->told_at) fputc('\n', stderr);
  printf("%" G_GINT64_FORMAT " mails read: %" G_GINT64_FORMAT " new, which opened %" G_GINT64_FORMAT
         " conversations; %" G_GINT64_FORMAT " here already; %" G_GINT64_FORMAT " set aside as failed.\n",
         import->read, import->added, import->opened, import->known, import->failed);
  if (import->empty) printf("%" G_GINT64_FORMAT " were empty and are left out.\n", import->empty);
}

int cli_import(const Cli *cli, int argc, char **argv) {
  GError *error = NULL;
  Import import = {.cli = cli, .to = cli_option(&argc, argv, "to")};
  if (argc != 3) return cli_wrong_call("import", "it takes the kind of archive and where it is.");
  bool is_mbox = strcmp(argv[1], "mbox") == 0;
  if (!is_mbox && strcmp(argv[1], "maildir") != 0) return cli_wrong_call("import", "an archive is an mbox or a maildir.");
  if (import.to && !mail_address_is_valid(import.to)) return cli_wrong_call("import", "--to is no address.");
  g_autoptr(Archive) archive = is_mbox ? archive_open_mbox(argv[2], &error) : archive_open_maildir(argv[2], &error);
  g_autoptr(MailParser) parser = archive ? cli_new_parser(cli, &error) : NULL;
  import.parser = parser;
  import.desk = parser ? cli_open_desk(cli, true, &error) : NULL;
  if (import.desk) channel_begin(cli->arena, import.desk, CHANNEL_IMPORT, argv[1], "", &import.report, NULL, NULL);
  bool is_whole = import.desk && import_all(&import, archive, &error);
  if (import.desk) channel_note_state(import.desk, &import.report, CHANNEL_STOPPED, 0, NULL);
  if (is_whole) return tell_counts(&import), 0;
  if (import.read) {
    tell_counts(&import);
    g_prefix_error(&error, "It stopped half way; start it again, and it goes on. ");
  }
  return cli_fail("import", error);
}
