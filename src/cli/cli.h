// The command line: `rapport VERB …`. One file a verb; exit codes are sysexits (64 wrong call, 65 bad input, 66 not there, 70 damaged,
// 75 try again, 77 not allowed).
#pragma once

#include "desk/desk.h"
#include "mail/mail.h"

#include <stdbool.h>

typedef struct Cli {
  Arena *arena;
  const char *data;     // the data folder
  const char *database; // postgres://…, or NULL for SQLite in the data folder
  const Clock *clock;
  Random *random;
  int64_t mail_limit;  // bytes; of a larger mail only the beginning is kept
  int64_t mail_budget; // how long parsing one may take, microseconds
} Cli;

typedef struct CliVerb {
  const char *name, *arguments, *help;               // for the list that `rapport help` prints
  int (*run)(const Cli *cli, int argc, char **argv); // argv[0] is the verb
} CliVerb;

extern const CliVerb cli_verbs[]; // ends with an empty one

#define CLI_USAGE 64
#define CLI_DKIM_FOLDER "dkim" // in the data folder
#define CLI_TRY_AGAIN 75

// Opens the desk. `may_make` lets a data folder that does not exist be made; without it that is ERROR_UNAVAILABLE, because a mistyped
// folder in a mail server's configuration must not swallow mail.
Desk *cli_open_desk(const Cli *cli, bool may_make, GError **error);
// The same in two steps, for a server: makes the folder when allowed and says where the database is.
const char *cli_database(const Cli *cli, bool may_make, GError **error);

int cli_fail(const char *verb, GError *error);          // prints and frees the error; gives its exit code
int cli_wrong_call(const char *verb, const char *what); // prints `what` and how the verb is called; 64

// Reads and removes "--name VALUE" or "--name=VALUE" from the arguments; NULL when absent.
const char *cli_option(int *argc, char **argv, const char *name);
bool cli_flag(int *argc, char **argv, const char *name);
// A process for parsing mail, with the budget that is set.
MailParser *cli_new_parser(const Cli *cli, GError **error);
// Standard input whole, at most `most` bytes. ERROR_INVALID when it is more.
bool cli_read_input(Arena *arena, int64_t most, Bytes *out, GError **error);

int cli_deliver(const Cli *cli, int argc, char **argv);
int cli_import(const Cli *cli, int argc, char **argv);
int cli_parse(const Cli *cli, int argc, char **argv);
int cli_read(const Cli *cli, int argc, char **argv);
int cli_coach(const Cli *cli, int argc, char **argv);
int cli_check(const Cli *cli, int argc, char **argv);
int cli_user(const Cli *cli, int argc, char **argv);
int cli_dkim(const Cli *cli, int argc, char **argv);
int cli_template(const Cli *cli, int argc, char **argv);
int cli_mailbox(const Cli *cli, int argc, char **argv);
int cli_search(const Cli *cli, int argc, char **argv);
int cli_set(const Cli *cli, int argc, char **argv);
int cli_sample(const Cli *cli, int argc, char **argv);
