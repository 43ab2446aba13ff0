// accounts.conf: what it may say, and what is said when it says something else.
#include "app/accounts.h"

#include <sys/stat.h>
#include <unistd.h>

typedef struct File {
  Arena *arena;
  char *path;
  FetchAccountList accounts;
  const char *warning;
} File;

static File file_with(const char *text) {
  File file = {.arena = arena_new(), .path = g_build_filename(g_get_tmp_dir(), "rapport-accounts-XXXXXX", NULL)};
  int descriptor = g_mkstemp(file.path);
  g_assert_cmpint(write(descriptor, text, strlen(text)), ==, (ssize_t)strlen(text));
  close(descriptor);
  return file;
}

static void file_clear(File *file) {
  unlink(file->path);
  g_free(file->path);
  arena_free(file->arena);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(File, file_clear)

static const FetchAccount *read_one(File *file) {
  g_autoptr(GError) error = NULL;
  accounts_read(file->arena, file->path, &file->accounts, &file->warning, &error);
  g_assert_no_error(error);
  g_assert_cmpuint(file->accounts.count, ==, 1);
  return &file->accounts.items[0];
}

static void a_short_section_is_enough(void) {
  g_auto(File)
    file = file_with("# ours\n[imap help]\nurl = imaps://mail.example.org\nuser = help@example.org\npassword = a\\b \"c\"; #d\n");
  const FetchAccount *account = read_one(&file);
  g_assert_cmpstr(account->name, ==, "help");
  g_assert_cmpstr(account->url, ==, "imaps://mail.example.org");
  g_assert_cmpstr(account->user, ==, "help@example.org");
  g_assert_cmpstr(account->password, ==, "a\\b \"c\"; #d");
  g_assert_cmpstr(account->folder, ==, "INBOX");
  g_assert_null(account->mailbox);
  g_assert_cmpint(account->after, ==, FETCH_SEEN);
  g_assert_cmpint(account->begin, ==, FETCH_UNREAD);
  g_assert_cmpint(account->poll, ==, CLOCK_MINUTE);
  g_assert_null(file.warning);
}

static void everything_can_be_said(void) {
  g_auto(File)
    file = file_with("[imap orders at night]\nurl = imap://[::1]:1143/\nuser = o\nbearer-command = /opt/token --for 'a b'\n"
                     "ca-file = /etc/ca.pem\nfolder = Anfragen/Nächte\nmailbox = orders@example.org\nafter = move Taken in\n"
                     "begin = all\npoll = 5 min\n");
  const FetchAccount *account = read_one(&file);
  g_assert_cmpstr(account->url, ==, "imap://[::1]:1143");
  g_assert_cmpstr(account->bearer_command[2], ==, "a b");
  g_assert_null(account->bearer_command[3]);
  g_assert_cmpstr(account->ca_file, ==, "/etc/ca.pem");
  g_assert_cmpstr(account->folder, ==, "Anfragen/Nächte");
  g_assert_cmpint(account->after, ==, FETCH_MOVE);
  g_assert_cmpstr(account->after_folder, ==, "Taken in");
  g_assert_cmpint(account->begin, ==, FETCH_ALL);
  g_assert_cmpint(account->poll, ==, 5 * CLOCK_MINUTE);
}

#define GOOD "[imap help]\nurl = imaps://mail.example.org\nuser = u\n"

static void mistakes_are_named_with_file_section_and_key(void) {
  static const struct {
    const char *text, *said;
  } mistakes[] = {
    {"[imap help]\nuser = u\npassword = p\n", "url is missing; write url = "},
    {"[imap help]\nurl = https://mail.example.org\nuser = u\npassword = p\n", "url is \"https://mail.example.org\""},
    {"[imap help]\nurl = imaps://me:secret@mail.example.org\nuser = u\npassword = p\n", "name and folder have keys of their own"},
    {"[imap help]\nurl = imaps://mail.example.org/INBOX\nuser = u\npassword = p\n", "name and folder have keys of their own"},
    {"[imap help]\nurl = imaps://mail.example.org\npassword = p\n", "user is missing"},
    {GOOD, "there is no way to sign in; give one of password, password-command and bearer-command"},
    {GOOD "password = p\nbearer-command = x\n", "there are several ways to sign in"},
    {GOOD "password-command = 'x\n", "password-command cannot be taken apart"},
    {GOOD "password = p\nafter = burn\n", "after is \"burn\"; write keep, seen, delete, or move"},
    {GOOD "password = p\nafter = move\n", "after is \"move\""},
    {GOOD "password = p\nbegin = sometimes\n", "begin is \"sometimes\"; write unread, all or new"},
    {GOOD "password = p\npoll = soon\n", "\"soon\" will not do for poll"},
    {GOOD "password = p\npoll = 2 h\n", "1 s to 25 min"},
    {GOOD "password = p\nmailbox = help\n", "mailbox is \"help\", which is no address"},
    {GOOD "password = p\nfolders = x\n", "there is no key \"folders\"; there are url, user, password"},
    {"[imap ]\nurl = x\n", "a section begins with [imap NAME]"},
    {"[pop3 help]\nurl = x\n", "a section begins with [imap NAME]"},
    {GOOD "password = p\n[imap  help]\nurl = imaps://a\nuser = u\npassword = p\n", "there are two accounts called \"help\""},
    {"url = x\n", "cannot be used: "},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(mistakes); i++) {
    g_auto(File) file = file_with(mistakes[i].text);
    g_autoptr(GError) error = NULL;
    g_assert_false(accounts_read(file.arena, file.path, &file.accounts, &file.warning, &error));
    g_assert_true(error_is(error, ERROR_INVALID));
    g_assert_true(g_str_has_prefix(error->message, file.path));
    if (!strstr(error->message, mistakes[i].said)) g_error("%s\nand not: %s", error->message, mistakes[i].said);
  }
}

static void without_a_file_there_are_none(void) {
  g_autoptr(Arena) arena = arena_new();
  FetchAccountList accounts;
  const char *warning;
  g_assert_true(accounts_read(arena, accounts_path(arena, "/nowhere"), &accounts, &warning, NULL));
  g_assert_cmpuint(accounts.count, ==, 0);
}

static void a_file_that_others_may_read_is_warned_of(void) {
  g_auto(File) file = file_with(GOOD "password = p\n");
  g_assert_cmpint(chmod(file.path, 0640), ==, 0);
  read_one(&file);
  g_assert_nonnull(strstr(file.warning, "chmod 600"));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/app/accounts/a-short-section-is-enough", a_short_section_is_enough);
  g_test_add_func("/app/accounts/everything-can-be-said", everything_can_be_said);
  g_test_add_func("/app/accounts/mistakes-are-named", mistakes_are_named_with_file_section_and_key);
  g_test_add_func("/app/accounts/without-a-file", without_a_file_there_are_none);
  g_test_add_func("/app/accounts/others-may-read-it", a_file_that_others_may_read_is_warned_of);
  return g_test_run();
}
