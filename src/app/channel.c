// `channel list` shows what the database says about each channel, with the accounts that no server has taken up yet. `channel test`
// signs in to an account and looks into its folder, changing nothing there and nothing here.
#include "app/channel.h"

#include "app/accounts.h"
#include "base/json.h"
#include "desk/channel/channel.h"

#include <signal.h>
#include <stdio.h>

static int wrong_call(const char *what) {
  fprintf(stderr, "rapport channel: %s\nusage: rapport channel %s\n", what, APP_CHANNEL_ARGUMENTS);
  return CLI_USAGE;
}

static bool read_accounts(const Cli *cli, FetchAccountList *out, GError **error) {
  const char *warning = NULL;
  if (!accounts_read(cli->arena, accounts_path(cli->arena, cli->data), out, &warning, error)) return false;
  if (warning) fprintf(stderr, "rapport channel: %s\n", warning);
  return true;
}

static bool is_listed(const ChannelList *channels, const char *name) {
  list_each(const Channel, channel, channels)
    if (channel->kind == CHANNEL_IMAP && strcmp(channel->name, name) == 0) return true;
  return false;
}

static Json *moment(Arena *arena, int64_t at) { return at ? json_string(clock_iso(arena, at)) : json_null(); }

static Json *channel_json(Arena *arena, const Channel *channel, int64_t now) {
  return json_pack("{s:s, s:s, s:s, s:s, s:s, s:I, s:I, s:o, s:s, s:o, s:o, s:o, s:o}", "kind", channel_kind_word(channel->kind),
                   "name", channel->name, "mailbox", channel->mailbox, "state", channel_state_word(channel->state), "words",
                   channel_words(arena, channel, now), "mails", (json_int_t)channel->mails, "backlog",
                   (json_int_t)channel->backlog, "last_mail", moment(arena, channel->last_mail_at), "last_error",
                   channel->last_error, "last_error_at", moment(arena, channel->last_error_at), "failing_since",
                   moment(arena, channel->failing_since), "next_try", moment(arena, channel->next_try_at), "checked",
                   moment(arena, channel->checked_at));
}

static const char *ago(Arena *arena, int64_t at, int64_t now) { return clock_ago(arena, now - at); }

static void print_channel(Arena *arena, const Channel *channel, int64_t now) {
  printf("%s%s%s: %s.\n", channel_kind_word(channel->kind), *channel->name ? " " : "", channel->name,
         channel_words(arena, channel, now));
  if (channel->mails == 0)
    puts("  No mail has come this way yet.");
  else
    printf("  %" G_GINT64_FORMAT " %s, the last %s.\n", channel->mails, channel->mails == 1 ? "mail" : "mails",
           ago(arena, channel->last_mail_at, now));
  if (channel->backlog) printf("  Still to be fetched: %" G_GINT64_FORMAT ".\n", channel->backlog);
  if (channel->last_error_at) printf("  Last error, %s: %s\n", ago(arena, channel->last_error_at, now), channel->last_error);
}

static int list(const Cli *cli, bool as_json) {
  GError *error = NULL;
  ChannelList channels = {0};
  FetchAccountList accounts = {0};
  Desk *desk = cli_open_desk(cli, false, &error);
  if (!desk || !channel_list(cli->arena, desk, &channels, &error) || !read_accounts(cli, &accounts, &error))
    return cli_fail("channel", error);
  list_each(const FetchAccount, account, &accounts)
    if (!is_listed(&channels, account->name))
      *list_add(cli->arena, &channels) = (Channel){
        .kind = CHANNEL_IMAP, .name = account->name, .mailbox = account->mailbox ? account->mailbox : "", .last_error = ""};
  int64_t now = clock_now(cli->clock);
  g_autoptr(Json) json = json_array();
  list_each(const Channel, channel, &channels) {
    if (as_json)
      json_array_append_new(json, channel_json(cli->arena, channel, now));
    else
      print_channel(cli->arena, channel, now);
  }
  if (as_json) printf("%s\n", json_text(cli->arena, json));
  if (!as_json && channels.count == 0) puts("There are no channels yet. rapport-accounts.conf(5) tells how to set one up.");
  return 0;
}

static int unknown(const Cli *cli, const FetchAccountList *accounts, const char *name) {
  const char *names = "";
  list_each(const FetchAccount, account, accounts)
    names = arena_printf(cli->arena, "%s%s%s", names, *names ? ", " : "", account->name);
  fprintf(stderr, "rapport channel: there is no account \"%s\" in %s; %s%s.\n", name, accounts_path(cli->arena, cli->data),
          *names ? "there are " : "it names none", names);
  return 66;
}

static int test(const Cli *cli, const char *name) {
  GError *error = NULL;
  FetchAccountList accounts = {0};
  FetchTrial trial;
  if (!read_accounts(cli, &accounts, &error)) return cli_fail("channel", error);
  list_each(const FetchAccount, account, &accounts) {
    if (strcmp(account->name, name) != 0) continue;
    signal(SIGPIPE, SIG_IGN); // a server that hangs up is an answer
    if (!fetch_try(account, &trial, &error)) return cli_fail("channel", error);
    printf("%s: signed in. %s holds %" G_GINT64_FORMAT " %s. %s\n", name, account->folder, trial.mails,
           trial.mails == 1 ? "mail" : "mails",
           trial.has_idle ? "The server tells of new mail at once." : "The server has to be asked for new mail (poll).");
    return 0;
  }
  return unknown(cli, &accounts, name);
}

int app_channel(const Cli *cli, int argc, char **argv) {
  bool as_json = cli_flag(&argc, argv, "json");
  if (argc == 2 && strcmp(argv[1], "list") == 0) return list(cli, as_json);
  if (argc == 3 && strcmp(argv[1], "test") == 0) return test(cli, argv[2]);
  return wrong_call("say what to do.");
}
