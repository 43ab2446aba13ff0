// The thread behind live views. It waits until something was committed, asks which conversations changed, and publishes each one
// once. Transactions do not commit in the order of their event ids, so the desk names the last two hundred again each time; the
// ids already told are remembered. When the database was away, open pages are told to fetch everything.
#include "pages/live/live.h"

#include "base/log.h"
#include "desk/channel/channel.h"
#include "desk/conversation/verbs.h"
#include "desk/received/received.h"
#include "desk/search/search.h"
#include "pages/live/here.h"
#include "pages/pages.h"
#include "pages/visit.h"

#define POLL (250 * CLOCK_MILLISECOND)
#define PATIENCE (30 * CLOCK_SECOND)
#define TOLD_MOST 4000

struct Live {
  Arena *arena; // in which it lives itself
  const char *database;
  const Clock *clock;
  Random *random;
  WebServer *server;
  DbWatch *watch;
  GThread *thread;
  int is_stopping;  // atomic
  int64_t last;     // newest event that was told
  int64_t channels; // what channel_changes said last
  int64_t index;    // and search_changes
  int64_t mailroom; // and received_count_waiting
  GHashTable *told; // ids of events
};

static bool is_news(Live *live, int64_t id) {
  if (g_hash_table_size(live->told) > TOLD_MOST) g_hash_table_remove_all(live->told);
  gint64 *key = g_new(gint64, 1);
  *key = id;
  return g_hash_table_add(live->told, key);
}

static bool tell_changes(Live *live, Desk *desk, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  IntList ids = {0}, numbers = {0};
  int64_t last = live->last;
  if (!conversation_changes(arena, desk, live->last, &ids, &numbers, &last, error)) return false;
  g_autoptr(GHashTable) named = g_hash_table_new(g_int64_hash, g_int64_equal);
  for (size_t i = 0; i < ids.count; i++)
    if (is_news(live, ids.items[i])) g_hash_table_add(named, &numbers.items[i]);
  GHashTableIter numbers_named;
  void *number;
  g_hash_table_iter_init(&numbers_named, named);
  while (g_hash_table_iter_next(&numbers_named, &number, NULL))
    web_publish(live->server, PAGES_TOPIC, "conversation", arena_printf(arena, "%" G_GINT64_FORMAT, *(int64_t *)number));
  live->last = last;
  return true;
}

// What happened before the start is no news.
static bool begin(Live *live, Desk *desk, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  IntList ids = {0}, numbers = {0};
  if (!conversation_last_change(desk, &live->last, error) ||
      !conversation_changes(arena, desk, live->last, &ids, &numbers, &live->last, error))
    return false;
  list_each(const Int, id, &ids) is_news(live, *id);
  return true;
}

static bool tell_channels(Live *live, Desk *desk, GError **error) {
  int64_t changes = 0;
  if (!channel_changes(desk, &changes, error)) return false;
  if (changes != live->channels) web_publish(live->server, PAGES_TOPIC, "channel", "");
  live->channels = changes;
  return true;
}

static bool tell_index(Live *live, Desk *desk, GError **error) {
  int64_t changes = 0;
  if (!search_changes(desk, &changes, error)) return false;
  if (changes != live->index) web_publish(live->server, PAGES_TOPIC, "index", "");
  live->index = changes;
  return true;
}

// A mail that is held back is nothing that happens in a conversation.
static bool tell_mailroom(Live *live, Desk *desk, GError **error) {
  int64_t waiting = 0;
  if (!received_count_waiting(desk, &waiting, error)) return false;
  if (waiting != live->mailroom) web_publish(live->server, PAGES_TOPIC, "mailroom", "");
  live->mailroom = waiting;
  return true;
}

// Works until told to stop or until the database fails.
static bool work(Live *live, bool is_return, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Desk *desk = desk_join(arena, live->database, live->clock, live->random, error);
  if (!desk || (!is_return && !begin(live, desk, error))) return false;
  if (is_return) web_publish(live->server, PAGES_TOPIC, "resync", "");
  do {
    if (!tell_changes(live, desk, error) || !tell_channels(live, desk, error) || !tell_index(live, desk, error) ||
        !tell_mailroom(live, desk, error))
      return false;
    if (!g_atomic_int_get(&live->is_stopping)) db_watch_wait(live->watch, PATIENCE); // and look, whatever it says
  } while (!g_atomic_int_get(&live->is_stopping));
  return true;
}

static void *run(void *data) {
  Live *live = data;
  bool is_return = false;
  while (!g_atomic_int_get(&live->is_stopping)) {
    g_autoptr(GError) error = NULL;
    if (work(live, is_return, &error)) break;
    log_warning("live", "open pages are not told of changes until the database answers again: %s", error->message);
    is_return = true;
    db_watch_wait(live->watch, CLOCK_SECOND);
  }
  return NULL;
}

Live *live_start(const char *database, const Clock *clock, Random *random, WebServer *server, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Live *live = arena_make(arena, Live);
  *live = (Live){.database = database, .clock = clock, .random = random, .server = server};
  live->watch = db_watch_open(database, POLL, error);
  if (!live->watch) return NULL;
  live->told = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  live->arena = g_steal_pointer(&arena);
  live->thread = g_thread_new("live", run, live);
  return live;
}

void live_stop(Live *live) {
  if (!live) return;
  g_atomic_int_set(&live->is_stopping, 1);
  db_watch_wake(live->watch);
  g_thread_join(live->thread);
  db_watch_close(live->watch);
  g_hash_table_unref(live->told);
  arena_free(live->arena);
}

// A page says what the newest event was when it was made (?since=), how far search was when that matters to it (?index=), and which
// conversation it shows (?at=). What happened between that and now it has missed.
static bool live_stream(WebRequest *request, WebResponse *response, GError **error) {
  const char *since = web_query(request, "since"), *index = web_query(request, "index"), *at = web_query(request, "at");
  int64_t last = 0, changes = 0;
  Desk *desk = visit_of(request)->desk;
  if (!conversation_last_change(desk, &last, error) || (index && !search_changes(desk, &changes, error))) return false;
  web_stream(response, PAGES_TOPIC);
  here_watch(pages_here(visit_of(request)->pages), visit_of(request), response, at ? MAX(g_ascii_strtoll(at, NULL, 10), 0) : 0);
  if ((since && g_ascii_strtoll(since, NULL, 10) < last) || (index && g_ascii_strtoll(index, NULL, 10) < changes))
    web_stream_resync(response);
  return true;
}

// While somebody writes their page says so every few seconds, and when they stop.
static bool live_writes(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *does = web_form(request, "does");
  int64_t number;
  if (!web_path_int(request, "number", &number, error)) return false;
  here_writes(pages_here(visit->pages), visit->staff, number,
              g_strcmp0(does, "reply") == 0  ? HERE_REPLY
              : g_strcmp0(does, "note") == 0 ? HERE_NOTE
                                             : HERE_LOOKS);
  response->status = 204;
  return true;
}

const WebRoute live_routes[] = {
  {WEB_POST, "/conversations/:number/writes", PERMISSION_ANSWER, live_writes, 0},
  {WEB_GET, "/live", PERMISSION_READ, live_stream, 0},
  {0},
};
