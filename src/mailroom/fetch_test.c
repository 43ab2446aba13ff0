// Fetching from a server that does as a test tells it: what comes in, what is done at the server, and that nothing is lost or doubled
// whatever goes wrong on the way. Real servers are in tests/dovecot.
#include "mailroom/fetch.h"

#include "desk/channel/channel.h"
#include "desk/testing.h"
#include "mailroom/fetch_secret.h"
#include "mailroom/imap_peer.h"

#include <signal.h>
#include <sys/stat.h>

typedef struct Scene {
  TestDesk *test;
  Arena *arena;
  Peer *peer;
  FetchAccountList accounts;
  FetchConfig config;
  Fetcher *fetcher;
} Scene;

static FetchAccount *add_account(Scene *scene, const char *name) {
  FetchAccount *account = list_add(scene->arena, &scene->accounts);
  *account = (FetchAccount){.name = name,
                            .url = peer_url(scene->arena, scene->peer),
                            .user = "help",
                            .password = "secret",
                            .folder = "INBOX",
                            .mailbox = "help@godwit.example",
                            .after = FETCH_SEEN,
                            .poll = 20 * CLOCK_MILLISECOND};
  return account;
}

static Scene *scene_new(PeerScript script) {
  Arena *arena = arena_new();
  Scene *scene = arena_make(arena, Scene);
  *scene = (Scene){.test = test_desk_new(), .arena = arena, .peer = peer_start(script)};
  add_account(scene, "help");
  scene->config = (FetchConfig){.database = scene->test->where,
                                .clock = &clock_system,
                                .random = &random_system,
                                .accounts = &scene->accounts,
                                .mail_most = 1000 * 1000,
                                .mail_budget = 30 * CLOCK_SECOND,
                                .first_pause = 5 * CLOCK_MILLISECOND};
  return scene;
}

static void start(Scene *scene) { scene->fetcher = fetcher_start(&scene->config); }

static void stop(Scene *scene) {
  fetcher_stop(scene->fetcher);
  scene->fetcher = NULL;
}

static void scene_free(Scene *scene) {
  stop(scene);
  peer_stop(scene->peer);
  test_desk_free(scene->test);
  arena_free(scene->arena);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Scene, scene_free)

static const char *letter(Scene *scene, int number) {
  return arena_printf(scene->arena,
                      "From: Agnes %d <agnes%d@moor.example>\r\nTo: help@godwit.example\r\nSubject: Bell %d\r\n"
                      "Message-ID: <m%d@moor.example>\r\n\r\nMy bell number %d is broken.\r\n",
                      number, number, number, number, number);
}

static void add_letters(Scene *scene, int from, int count) {
  for (int i = from; i < from + count; i++) peer_add(scene->peer, letter(scene, i));
}

static DeskCounts counts(Scene *scene) {
  g_autoptr(GError) error = NULL;
  DeskCounts found;
  desk_count(scene->test->desk, &found, &error);
  g_assert_no_error(error);
  return found;
}

// Of nothing, while there is none.
static Channel channel(Scene *scene) {
  g_autoptr(GError) error = NULL;
  ChannelList channels = {0};
  channel_list(scene->arena, scene->test->desk, &channels, &error);
  g_assert_no_error(error);
  return channels.count > 0 ? channels.items[0] : (Channel){0};
}

typedef bool Reached(Scene *scene, int64_t number);

static bool has_originals(Scene *scene, int64_t number) { return counts(scene).originals >= number; }
static bool has_failed(Scene *scene, int64_t number) { return counts(scene).failed >= number; }
static bool is_in_state(Scene *scene, int64_t state) { return channel(scene).state == state; }
static bool has_error(Scene *scene, int64_t number) {
  (void)number;
  return channel(scene).last_error_at > 0;
}

// Waits for the database to say so.
static void await(Scene *scene, Reached *reached, int64_t number) {
  g_autoptr(GError) error = NULL;
  g_autoptr(DbWatch) watch = db_watch_open(scene->test->where, 20 * CLOCK_MILLISECOND, &error);
  g_assert_no_error(error);
  int64_t deadline = g_get_monotonic_time() + 40 * CLOCK_SECOND;
  while (!reached(scene, number)) {
    g_assert_cmpint(g_get_monotonic_time(), <, deadline);
    db_watch_wait(watch, CLOCK_SECOND / 5);
  }
}

// Each letter is there once, filed, and the desk finds no damage.
static void assert_holds(Scene *scene, int64_t letters) {
  g_autoptr(GError) error = NULL;
  TextList findings = {0};
  DeskCounts found = counts(scene);
  g_assert_cmpint(found.originals, ==, letters);
  g_assert_cmpint(found.conversations, ==, letters);
  g_assert_cmpint(found.failed + found.quarantined, ==, 0);
  g_assert_true(desk_verify(scene->arena, scene->test->desk, &findings, &error));
  g_assert_cmpuint(findings.count, ==, 0);
}

// ——— what goes well

static void takes_what_is_there_and_what_comes(void) {
  g_autoptr(Scene) scene = scene_new((PeerScript){0});
  add_letters(scene, 1, 2);
  start(scene);
  peer_await_idle(scene->peer);
  assert_holds(scene, 2);
  g_assert_cmpint(peer_seen(scene->peer), ==, 2);
  add_letters(scene, 3, 1);
  peer_await_seen(scene->peer, 3);
  peer_await_idle(scene->peer);
  assert_holds(scene, 3);
  stop(scene);
  g_assert_cmpint(channel(scene).mails, ==, 3);
  g_assert_cmpint(channel(scene).state, ==, CHANNEL_STOPPED);
  g_assert_cmpint(channel(scene).backlog, ==, 0);
  start(scene);
  peer_await_idle(scene->peer);
  assert_holds(scene, 3);
}

static void a_server_without_idle_is_asked(void) {
  g_autoptr(Scene) scene = scene_new((PeerScript){.capabilities = "IMAP4rev1"});
  add_letters(scene, 1, 1);
  start(scene);
  await(scene, has_originals, 1);
  await(scene, is_in_state, CHANNEL_WAITING);
  add_letters(scene, 2, 1);
  peer_await_seen(scene->peer, 2);
  assert_holds(scene, 2);
  g_assert_false(peer_heard(scene->peer, "IDLE"));
}

static void count_at_store(void *data, int count) {
  Scene *scene = data;
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Desk *desk = desk_join(arena, scene->test->where, &clock_system, &random_system, &error);
  DeskCounts found;
  g_assert_no_error(error);
  g_assert_true(desk_count(desk, &found, &error));
  g_assert_cmpint(found.originals, >=, count);
}

static void a_mail_is_marked_after_its_commit(void) {
  g_autoptr(Scene) scene = scene_new((PeerScript){0});
  add_letters(scene, 1, 7);
  peer_script(scene->peer, (PeerScript){.at_store = count_at_store, .store_data = scene});
  start(scene);
  peer_await_seen(scene->peer, 7);
  assert_holds(scene, 7);
}

static void many_mails_come_in_bounded_batches(void) {
  g_autoptr(Scene) scene = scene_new((PeerScript){.names_downwards = true});
  add_letters(scene, 1, 230);
  start(scene);
  peer_await_seen(scene->peer, 230);
  await(scene, is_in_state, CHANNEL_WAITING);
  assert_holds(scene, 230);
  g_assert_cmpint(peer_most_asked(scene->peer), <=, 50);
  g_assert_cmpint(channel(scene).mails, ==, 230);
}

static void several_accounts_are_fetched_at_once(void) {
  g_autoptr(Scene) scene = scene_new((PeerScript){0});
  g_autoptr(Peer) other = peer_start((PeerScript){0});
  FetchAccount *second = add_account(scene, "orders");
  second->url = peer_url(scene->arena, other);
  add_letters(scene, 1, 20);
  for (int i = 21; i <= 40; i++) peer_add(other, letter(scene, i));
  start(scene);
  peer_await_seen(scene->peer, 20);
  peer_await_seen(other, 20);
  assert_holds(scene, 40);
}

// ——— what becomes of mails at the server

static void mails_may_be_left_as_they_are(void) {
  g_autoptr(Scene) scene = scene_new((PeerScript){0});
  scene->accounts.items[0].after = FETCH_KEEP;
  add_letters(scene, 1, 3);
  start(scene);
  peer_await_idle(scene->peer);
  assert_holds(scene, 3);
  g_assert_cmpint(peer_seen(scene->peer), ==, 0);
  g_assert_true(peer_heard(scene->peer, "EXAMINE"));
  g_assert_false(peer_heard(scene->peer, "STORE"));
}

static void mails_are_moved_into_a_folder_that_is_made(void) {
  static const char *const capabilities[] = {"IMAP4rev1 IDLE MOVE", "IMAP4rev1 IDLE UIDPLUS"};
  for (size_t i = 0; i < G_N_ELEMENTS(capabilities); i++) {
    g_autoptr(Scene) scene = scene_new((PeerScript){.capabilities = capabilities[i]});
    scene->accounts.items[0].after = FETCH_MOVE;
    scene->accounts.items[0].after_folder = "Übernommen & mehr";
    add_letters(scene, 1, 3);
    start(scene);
    peer_await_gone(scene->peer, 3);
    assert_holds(scene, 3);
    g_assert_true(peer_heard(scene->peer, "CREATE \"&ANw-bernommen &- mehr\""));
    g_assert_true(peer_heard(scene->peer, i == 0 ? "UID MOVE 1,2,3" : "UID EXPUNGE 1,2,3"));
  }
}

static void mails_are_deleted(void) {
  g_autoptr(Scene) scene = scene_new((PeerScript){0});
  scene->accounts.items[0].after = FETCH_DELETE;
  add_letters(scene, 1, 3);
  start(scene);
  peer_await_gone(scene->peer, 3);
  assert_holds(scene, 3);
}

// ——— what was there before

static void of_what_was_there_first_it_takes_what_nobody_has_read(void) {
  static const struct {
    FetchBegin begin;
    int64_t expected;
  } cases[] = {{FETCH_UNREAD, 3}, {FETCH_NEW, 2}, {FETCH_ALL, 4}};
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(Scene) scene = scene_new((PeerScript){0});
    scene->accounts.items[0].begin = cases[i].begin;
    add_letters(scene, 1, 3);
    peer_change(scene->peer, 1, " 1-Feb-2020 10:00:00 +0100", true);
    peer_change(scene->peer, 2, "01-Feb-2020 10:00:00 +0100", false);
    start(scene);
    peer_await_idle(scene->peer);
    g_assert_cmpint(counts(scene).originals, ==, cases[i].expected - 1);
    // What comes later is taken also when somebody reads it first, or brings an old mail.
    add_letters(scene, 4, 1);
    peer_change(scene->peer, 4, "02-Feb-2020 10:00:00 +0000", true);
    await(scene, has_originals, cases[i].expected);
    assert_holds(scene, cases[i].expected);
  }
}

static void without_a_next_uid_old_mail_is_still_told_from_new(void) {
  g_autoptr(Scene) scene = scene_new((PeerScript){.forgets_uid_next = true});
  add_letters(scene, 1, 2);
  peer_change(scene->peer, 1, "01-Feb-2020 10:00:00 +0100", true);
  start(scene);
  peer_await_idle(scene->peer);
  assert_holds(scene, 1);
}

static void a_folder_that_is_counted_anew_is_compared_by_content(void) {
  g_autoptr(Scene) scene = scene_new((PeerScript){0});
  add_letters(scene, 1, 3);
  start(scene);
  peer_await_idle(scene->peer);
  add_letters(scene, 4, 1);
  peer_renumber(scene->peer);
  peer_await_seen(scene->peer, 4);
  await(scene, has_originals, 4);
  assert_holds(scene, 4);
}

// ——— what goes wrong

// Three mails, fetched from a server that hangs up instead of answering one command. Gives the commands it took until all was quiet.
static int fetch_with_a_loss(int step, FetchAfter after) {
  g_autoptr(Scene) scene = scene_new((PeerScript){.drops_at = step});
  scene->accounts.items[0].after = after;
  add_letters(scene, 1, 3);
  start(scene);
  if (after == FETCH_SEEN)
    peer_await_seen(scene->peer, 3);
  else
    peer_await_gone(scene->peer, 3);
  peer_await_commands(scene->peer, step);
  peer_await_idle(scene->peer);
  int commands = peer_commands(scene->peer);
  assert_holds(scene, 3);
  add_letters(scene, 4, 1);
  await(scene, has_originals, 4);
  assert_holds(scene, 4);
  return commands;
}

// For every command there is.
static void a_connection_lost_at_any_step_loses_and_doubles_nothing(void) {
  static const FetchAfter ways[] = {FETCH_SEEN, FETCH_DELETE};
  for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
    int commands = fetch_with_a_loss(0, ways[i]);
    g_assert_cmpint(commands, >=, 9);
    for (int step = 1; step <= commands; step++) fetch_with_a_loss(step, ways[i]);
  }
}

static void mails_that_a_short_answer_left_out_are_asked_for_again(void) {
  g_autoptr(Scene) scene = scene_new((PeerScript){.gives_halves = true});
  add_letters(scene, 1, 11);
  start(scene);
  peer_await_seen(scene->peer, 11);
  assert_holds(scene, 11);
}

static void a_mail_that_was_deleted_meanwhile_is_no_trouble(void) {
  g_autoptr(Scene) scene = scene_new((PeerScript){.expunges_uid = 2});
  add_letters(scene, 1, 3);
  start(scene);
  peer_await_idle(scene->peer);
  assert_holds(scene, 2);
  g_assert_cmpint(channel(scene).last_error_at, ==, 0);
}

static ReceivedMail only_failed(Scene *scene) {
  ReceivedMailList failed = {0};
  bool has_more;
  g_assert_true(received_list(scene->arena, scene->test->desk, RECEIVED_FAILED, 0, &failed, &has_more, NULL));
  g_assert_cmpuint(failed.count, ==, 1);
  return failed.items[0];
}

static void assert_second_is_set_aside(Scene *scene, const char *subject) {
  add_letters(scene, 1, 3);
  start(scene);
  await(scene, has_failed, 1);
  peer_await_seen(scene->peer, 2); // the ones before and after it
  DeskCounts found = counts(scene);
  g_assert_cmpint(found.originals, ==, 3);
  g_assert_cmpint(found.conversations, ==, 2);
  ReceivedMail failed = only_failed(scene);
  g_assert_cmpstr(failed.subject, ==, subject);
  g_assert_nonnull(strstr(failed.reason, "with the UID 2"));
  peer_await_idle(scene->peer);
  g_assert_nonnull(strstr(channel(scene).last_error, "with the UID 2"));
}

static void a_mail_that_the_server_refuses_does_not_stop_the_next(void) {
  g_autoptr(Scene) scene = scene_new((PeerScript){.refuses_uid = 2});
  assert_second_is_set_aside(scene, "Bell 2");
}

static void not_even_when_its_header_is_refused_too(void) {
  g_autoptr(Scene) scene = scene_new((PeerScript){.refuses_uid = 2, .refuses_header = true});
  assert_second_is_set_aside(
    scene, arena_printf(scene->arena, "The mail with the UID 2 in %s help INBOX", scene->accounts.items[0].url));
}

static void nor_one_at_which_the_connection_always_ends(void) {
  g_autoptr(Scene) scene = scene_new((PeerScript){.drops_uid = 2, .refuses_header = true});
  scene->config.first_pause = 1;
  assert_second_is_set_aside(
    scene, arena_printf(scene->arena, "The mail with the UID 2 in %s help INBOX", scene->accounts.items[0].url));
}

// "BODY[] NIL" and OK: the server has the mail, and cannot read it.
static void a_mail_that_is_named_and_not_given_is_not_skipped(void) {
  g_autoptr(Scene) scene = scene_new((PeerScript){.withholds_uid = 2});
  assert_second_is_set_aside(scene, "Bell 2");
  g_autoptr(Scene) other = scene_new((PeerScript){.withholds_uid = 2, .refuses_header = true});
  assert_second_is_set_aside(
    other, arena_printf(other->arena, "The mail with the UID 2 in %s help INBOX", other->accounts.items[0].url));
}

static void a_mail_that_is_given_when_asked_again_is_filed(void) {
  g_autoptr(Scene) scene = scene_new((PeerScript){.withholds_uid = 2, .withholds_times = 3});
  add_letters(scene, 1, 3);
  start(scene);
  peer_await_seen(scene->peer, 3);
  peer_await_idle(scene->peer);
  assert_holds(scene, 3);
  g_assert_nonnull(strstr(channel(scene).last_error, "gives nothing of it"));
}

// The mail itself comes whole each time: it is filed, and once.
static void nor_one_after_which_it_always_ends(void) {
  for (int64_t uid = 1; uid <= 3; uid++) {
    g_autoptr(Scene) scene = scene_new((PeerScript){.drops_after_uid = uid});
    scene->config.first_pause = 1;
    add_letters(scene, 1, 3);
    start(scene);
    await(scene, has_originals, 3);
    peer_await_seen(scene->peer, 2);
    peer_await_idle(scene->peer);
    assert_holds(scene, 3);
  }
}

static void of_a_mail_over_the_limit_the_beginning_is_taken(void) {
  g_autoptr(Scene) scene = scene_new((PeerScript){0});
  g_autofree char *filling = g_strnfill(1500 * 1000, 'x');
  peer_add(scene->peer, arena_printf(scene->arena, "%s%s\r\n", letter(scene, 1), filling));
  add_letters(scene, 2, 1);
  start(scene);
  peer_await_seen(scene->peer, 2);
  assert_holds(scene, 2);
}

static void a_server_that_gives_more_than_it_was_asked_for_does_not_stop_the_next(void) {
  g_autoptr(Scene) scene = scene_new((PeerScript){.ignores_parts = true});
  g_autofree char *filling = g_strnfill(1500 * 1000, 'x');
  add_letters(scene, 1, 1);
  peer_add(scene->peer, arena_printf(scene->arena, "%s%s\r\n", letter(scene, 2), filling));
  add_letters(scene, 3, 1);
  start(scene);
  await(scene, has_failed, 1);
  peer_await_seen(scene->peer, 2);
  g_assert_cmpstr(only_failed(scene).subject, ==, "Bell 2");
}

static void nonsense_is_told_and_survived(void) {
  static const char *const nonsense[] = {
    "* 1 FETCH (UID 1 BODY[] {99999999999}\r\n",
    "HTTP/1.1 400 Bad Request\r\n\r\n",
    "* 1 FETCH ((((\r\n",
    "\x16\x03\x01\r\n",
    "* BYE Go away\r\n",
    "* 1 FETCH (UID 1 BODY[] NIL)\r\n* 1 FETCH (UID 77 BODY[] \"x\")\r\n* 1 FETCH ()\r\n* 1 FETCH (UID -1)\r\n",
  };
  for (size_t i = 0; i < G_N_ELEMENTS(nonsense); i++) {
    g_autoptr(Scene) scene = scene_new((PeerScript){.says_instead = nonsense[i], .drops_at = 8});
    add_letters(scene, 1, 2);
    start(scene);
    peer_await_seen(scene->peer, 2);
    assert_holds(scene, 2);
    await(scene, has_error, 0);
  }
}

static void a_wrong_password_is_told_and_not_tried_again_at_once(void) {
  g_autoptr(Scene) scene = scene_new((PeerScript){0});
  scene->accounts.items[0].password = "wrong";
  start(scene);
  await(scene, is_in_state, CHANNEL_FAILING);
  Channel failing = channel(scene);
  g_assert_cmpstr(failing.last_error, ==,
                  "The mail server does not accept the name and the password or token: Wrong name or password");
  g_assert_cmpint(failing.next_try_at - failing.last_error_at, >=, 45 * CLOCK_SECOND);
}

static void without_encryption_nothing_secret_is_said(void) {
  g_autoptr(Scene) scene = scene_new((PeerScript){0});
  g_autoptr(GError) error = NULL;
  FetchTrial trial;
  scene->accounts.items[0].ca_file = "/etc/ssl/certs/ca-certificates.crt"; // as for a server elsewhere
  g_assert_false(fetch_try(&scene->accounts.items[0], &trial, &error));
  g_assert_nonnull(strstr(error->message, "offers no encryption"));
  g_assert_false(peer_heard(scene->peer, "LOGIN"));
}

static void a_server_that_is_not_there_is_tried_again(void) {
  g_autoptr(Scene) scene = scene_new((PeerScript){0});
  const char *right = scene->accounts.items[0].url;
  scene->accounts.items[0].url = "imap://127.0.0.1:1";
  start(scene);
  await(scene, is_in_state, CHANNEL_FAILING);
  g_assert_true(g_str_has_prefix(channel(scene).last_error, "The mail server cannot be reached"));
  stop(scene);
  scene->accounts.items[0].url = right;
  add_letters(scene, 1, 1);
  start(scene);
  peer_await_idle(scene->peer);
  assert_holds(scene, 1);
  g_assert_cmpint(channel(scene).failing_since, ==, 0);
}

static void it_stops_at_once_whatever_it_waits_for(void) {
  g_autoptr(Scene) idling = scene_new((PeerScript){0});
  g_autoptr(Scene) polling = scene_new((PeerScript){.capabilities = "IMAP4rev1"});
  g_autoptr(Scene) connecting = scene_new((PeerScript){.is_silent = true});
  polling->accounts.items[0].poll = CLOCK_HOUR;
  start(idling);
  start(polling);
  start(connecting);
  peer_await_idle(idling->peer);
  await(polling, is_in_state, CHANNEL_WAITING);
  await(connecting, is_in_state, CHANNEL_STARTING);
  gint64 began = g_get_monotonic_time();
  stop(idling);
  stop(polling);
  stop(connecting);
  g_assert_cmpint(g_get_monotonic_time() - began, <, 10 * CLOCK_SECOND);
}

static void signing_in_can_be_tried_out(void) {
  g_autoptr(Scene) scene = scene_new((PeerScript){0});
  g_autoptr(GError) error = NULL;
  FetchTrial trial;
  add_letters(scene, 1, 4);
  g_assert_true(fetch_try(&scene->accounts.items[0], &trial, &error));
  g_assert_cmpint(trial.mails, ==, 4);
  g_assert_true(trial.has_idle);
  scene->accounts.items[0].password = "wrong";
  g_assert_false(fetch_try(&scene->accounts.items[0], &trial, &error));
  g_assert_true(error_is(error, ERROR_FORBIDDEN));
  g_assert_cmpint(peer_seen(scene->peer), ==, 0);
}

// ——— secrets

static const char *secret_of(Arena *arena, int64_t span, const char *problem, const char *const *command) {
  g_autoptr(GError) error = NULL;
  const char *secret = NULL;
  bool is_given = fetch_secret(arena, (char *const *)(uintptr_t)command, span, &secret, &error);
  g_assert_cmpint(is_given, ==, problem == NULL);
  if (problem) g_assert_nonnull(strstr(error->message, problem));
  return secret;
}

static void a_command_gives_the_secret(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *const good[] = {"printf", "a secret; $HOME\\nmore\\n", NULL};
  g_assert_cmpstr(secret_of(arena, 10 * CLOCK_SECOND, NULL, good), ==, "a secret; $HOME");
  const char *const silent[] = {"true", NULL}, *const bad[] = {"false", NULL}, *const missing[] = {"/no/such/program", NULL};
  secret_of(arena, 10 * CLOCK_SECOND, "said nothing", silent);
  secret_of(arena, 10 * CLOCK_SECOND, "ended with the status 1", bad);
  secret_of(arena, 10 * CLOCK_SECOND, "cannot be started", missing);
  const char *const loud[] = {"yes", NULL};
  secret_of(arena, 10 * CLOCK_SECOND, "says too much", loud);
}

// It was killed, and is gone or dead in a moment. Its parent is gone too: whoever adopts it reaps it, sooner or later.
static void await_death(pid_t process) {
  g_autofree char *path = g_strdup_printf("/proc/%d/stat", process);
  for (int64_t deadline = g_get_monotonic_time() + 30 * CLOCK_SECOND; g_get_monotonic_time() < deadline; g_usleep(1000)) {
    g_autofree char *state = NULL;
    if (!g_file_get_contents(path, &state, NULL, NULL) || strstr(state, ") Z ") || strstr(state, ") X ")) return;
  }
  g_error("it still runs");
}

static void a_command_that_takes_too_long_is_ended_with_all_it_started(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autofree char *path = g_build_filename(g_get_tmp_dir(), "rapport-secret-XXXXXX", NULL);
  int file = g_mkstemp(path);
  const char *const slow[] = {"sh", "-c", arena_printf(arena, "sleep 1000 & echo $! > %s; wait", path), NULL};
  secret_of(arena, CLOCK_SECOND, "takes too long", slow);
  g_autofree char *child = NULL;
  g_assert_true(g_file_get_contents(path, &child, NULL, NULL));
  pid_t sleeper = (pid_t)g_ascii_strtoll(child, NULL, 10);
  g_assert_cmpint(sleeper, >, 1);
  await_death(sleeper);
  close(file);
  unlink(path);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  signal(SIGPIPE, SIG_IGN);
  g_test_add_func("/mailroom/fetch/what-is-there-and-what-comes", takes_what_is_there_and_what_comes);
  g_test_add_func("/mailroom/fetch/without-idle-asks", a_server_without_idle_is_asked);
  g_test_add_func("/mailroom/fetch/marks-after-the-commit", a_mail_is_marked_after_its_commit);
  g_test_add_func("/mailroom/fetch/bounded-batches", many_mails_come_in_bounded_batches);
  g_test_add_func("/mailroom/fetch/several-accounts", several_accounts_are_fetched_at_once);
  g_test_add_func("/mailroom/fetch/after/keep", mails_may_be_left_as_they_are);
  g_test_add_func("/mailroom/fetch/after/move", mails_are_moved_into_a_folder_that_is_made);
  g_test_add_func("/mailroom/fetch/after/delete", mails_are_deleted);
  g_test_add_func("/mailroom/fetch/begin/unread-new-all", of_what_was_there_first_it_takes_what_nobody_has_read);
  g_test_add_func("/mailroom/fetch/begin/without-a-next-uid", without_a_next_uid_old_mail_is_still_told_from_new);
  g_test_add_func("/mailroom/fetch/counted-anew", a_folder_that_is_counted_anew_is_compared_by_content);
  g_test_add_func("/mailroom/fetch/lost-at-any-step", a_connection_lost_at_any_step_loses_and_doubles_nothing);
  g_test_add_func("/mailroom/fetch/short-answers", mails_that_a_short_answer_left_out_are_asked_for_again);
  g_test_add_func("/mailroom/fetch/deleted-meanwhile", a_mail_that_was_deleted_meanwhile_is_no_trouble);
  g_test_add_func("/mailroom/fetch/bad-mail/refused", a_mail_that_the_server_refuses_does_not_stop_the_next);
  g_test_add_func("/mailroom/fetch/bad-mail/refused-with-its-header", not_even_when_its_header_is_refused_too);
  g_test_add_func("/mailroom/fetch/bad-mail/ends-the-connection", nor_one_at_which_the_connection_always_ends);
  g_test_add_func("/mailroom/fetch/bad-mail/ends-the-connection-afterwards", nor_one_after_which_it_always_ends);
  g_test_add_func("/mailroom/fetch/bad-mail/named-and-not-given", a_mail_that_is_named_and_not_given_is_not_skipped);
  g_test_add_func("/mailroom/fetch/bad-mail/given-when-asked-again", a_mail_that_is_given_when_asked_again_is_filed);
  g_test_add_func("/mailroom/fetch/bad-mail/over-the-limit", of_a_mail_over_the_limit_the_beginning_is_taken);
  g_test_add_func("/mailroom/fetch/bad-mail/more-than-asked-for",
                  a_server_that_gives_more_than_it_was_asked_for_does_not_stop_the_next);
  g_test_add_func("/mailroom/fetch/nonsense", nonsense_is_told_and_survived);
  g_test_add_func("/mailroom/fetch/wrong-password", a_wrong_password_is_told_and_not_tried_again_at_once);
  g_test_add_func("/mailroom/fetch/without-encryption", without_encryption_nothing_secret_is_said);
  g_test_add_func("/mailroom/fetch/no-server", a_server_that_is_not_there_is_tried_again);
  g_test_add_func("/mailroom/fetch/stops-at-once", it_stops_at_once_whatever_it_waits_for);
  g_test_add_func("/mailroom/fetch/trial", signing_in_can_be_tried_out);
  g_test_add_func("/mailroom/fetch/secret/of-a-command", a_command_gives_the_secret);
  g_test_add_func("/mailroom/fetch/secret/takes-too-long", a_command_that_takes_too_long_is_ended_with_all_it_started);
  return g_test_run();
}
