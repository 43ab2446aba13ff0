// Who is where. Guests are the open streams of this process; what other processes said is kept by process. One lock guards it all. A
// change marks its conversation; the thread wakes, waits a moment for more, and tells pages and other processes what stands there now.
// Being told twice does no harm, so an order of things is kept nowhere.
#include "pages/live/here.h"

#include "base/json.h"

#include <string.h>

#define GATHER (250 * CLOCK_MILLISECOND)
#define HEARTBEAT (10 * CLOCK_SECOND)
#define SILENT (30 * CLOCK_SECOND) // a process that said nothing for so long is gone
#define CHANNEL "rapport_here"
#define TEXT_ROOM 600 // of one conversation in a bulletin, at least

typedef struct Guest { // one open stream
  Here *here;
  int64_t staff_id, number;
  char *name;
  HereDoes does;
  int64_t writes_until; // 0: does not write
  int64_t gone_at;      // its stream has ended, and it is forgotten then; 0: it is here
} Guest;

typedef struct Far { // a person whom another process told of
  char *process, *name;
  int64_t staff_id, number, heard_at;
  HereDoes does;
} Far;

struct Here {
  GMutex mutex;
  GPtrArray *guests, *far;
  GHashTable *changed; // numbers that are to be told
  WebServer *server;
  DbBulletin *bulletin;
  char *process;
  GThread *thread;
  int is_stopping; // atomic
};

static const char *const does_words[] = {[HERE_LOOKS] = "looks", [HERE_NOTE] = "note", [HERE_REPLY] = "reply"};

static HereDoes does_of_word(const char *word) {
  for (HereDoes does = HERE_LOOKS; does <= HERE_REPLY; does++)
    if (g_strcmp0(word, does_words[does]) == 0) return does;
  return HERE_LOOKS;
}

static void guest_free(void *data) {
  Guest *guest = data;
  g_free(guest->name);
  g_free(guest);
}

static void far_free(void *data) {
  Far *far = data;
  g_free(far->process);
  g_free(far->name);
  g_free(far);
}

static void mark(Here *here, int64_t number) {
  if (number == 0) return;
  gint64 *key = g_new(gint64, 1);
  *key = number;
  g_hash_table_add(here->changed, key);
  db_bulletin_wake(here->bulletin);
}

// ——— what stands there now

static void put_person(Json *people, int64_t staff_id, const char *name, HereDoes does) {
  size_t at;
  Json *person;
  json_array_foreach(people, at, person) {
    if (json_get_int(person, "id", 0) != staff_id) continue;
    const char *before = json_string_value(json_object_get(person, "does"));
    if (does > does_of_word(before)) json_object_set_new(person, "does", json_string(does_words[does]));
    return;
  }
  person = json_object();
  json_object_set_new(person, "id", json_integer(staff_id));
  json_object_set_new(person, "name", json_string(name));
  json_object_set_new(person, "does", json_string(does_words[does]));
  json_array_append_new(people, person);
}

static Json *people_at(const Here *here, int64_t number, bool with_far) {
  Json *entry = json_object(), *people = json_array();
  for (unsigned i = 0; i < here->guests->len; i++) {
    const Guest *guest = g_ptr_array_index(here->guests, i);
    if (guest->number == number) put_person(people, guest->staff_id, guest->name, guest->writes_until ? guest->does : HERE_LOOKS);
  }
  for (unsigned i = 0; with_far && i < here->far->len; i++) {
    const Far *far = g_ptr_array_index(here->far, i);
    if (far->number == number) put_person(people, far->staff_id, far->name, far->does);
  }
  json_object_set_new(entry, "number", json_integer(number));
  json_object_set_new(entry, "people", people);
  return entry;
}

static GHashTable *numbers_new(void) { return g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL); }

static void add_number(GHashTable *numbers, int64_t number) {
  if (number == 0 || g_hash_table_contains(numbers, &number)) return;
  gint64 *key = g_new(gint64, 1);
  *key = number;
  g_hash_table_add(numbers, key);
}

static Json *entries_of(const Here *here, GHashTable *numbers, bool with_far) {
  Json *entries = json_array();
  GHashTableIter each;
  void *number;
  g_hash_table_iter_init(&each, numbers);
  while (g_hash_table_iter_next(&each, &number, NULL))
    json_array_append_new(entries, people_at(here, *(int64_t *)number, with_far));
  return entries;
}

static GHashTable *occupied(const Here *here, bool with_far) {
  GHashTable *numbers = numbers_new();
  for (unsigned i = 0; i < here->guests->len; i++) add_number(numbers, ((Guest *)g_ptr_array_index(here->guests, i))->number);
  for (unsigned i = 0; with_far && i < here->far->len; i++) add_number(numbers, ((Far *)g_ptr_array_index(here->far, i))->number);
  return numbers;
}

// ——— other processes

static void say(Here *here, const char *kind, const Json *entries) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(Json) words = json_object();
  json_object_set_new(words, "process", json_string(here->process));
  json_object_set_new(words, "kind", json_string(kind));
  json_object_set_new(words, "here", json_deep_copy(entries));
  const char *text = json_text(arena, words);
  if (strlen(text) <= DB_BULLETIN_MOST) db_bulletin_say(here->bulletin, text);
}

// In pieces that fit: an array at a time.
static void say_all(Here *here, const char *kind, const Json *entries) {
  if (!db_bulletin_is_shared(here->bulletin)) return;
  g_autoptr(Json) piece = json_array();
  size_t at, room = DB_BULLETIN_MOST - TEXT_ROOM;
  Json *entry;
  json_array_foreach(entries, at, entry) {
    size_t size = 60 + 120 * json_array_size(json_object_get(entry, "people"));
    if (size > room && json_array_size(piece)) {
      say(here, kind, piece);
      json_array_clear(piece);
      room = DB_BULLETIN_MOST - TEXT_ROOM;
    }
    json_array_append(piece, entry);
    room -= MIN(size, room);
  }
  say(here, kind, piece); // an empty one is a sign of life
}

static void forget_far(Here *here, const char *process, int64_t number, int64_t before) {
  for (unsigned i = here->far->len; i > 0; i--) {
    const Far *far = g_ptr_array_index(here->far, i - 1);
    bool is_meant = (!process || strcmp(far->process, process) == 0) && (!number || far->number == number) &&
                    far->heard_at < before;
    if (!is_meant) continue;
    mark(here, far->number);
    g_ptr_array_remove_index_fast(here->far, i - 1);
  }
}

static void hear_entry(Here *here, const char *process, const Json *entry, int64_t now) {
  int64_t number = json_get_int(entry, "number", 0);
  size_t at;
  Json *person;
  if (number <= 0) return;
  forget_far(here, process, number, G_MAXINT64);
  json_array_foreach(json_object_get(entry, "people"), at, person) {
    const char *name = json_string_value(json_object_get(person, "name"));
    Far *far = g_new0(Far, 1);
    *far = (Far){.process = g_strdup(process), .name = g_strdup(name ? name : ""), .number = number, .heard_at = now};
    far->staff_id = json_get_int(person, "id", 0);
    far->does = does_of_word(json_string_value(json_object_get(person, "does")));
    g_ptr_array_add(here->far, far);
  }
  mark(here, number);
}

// "now": these conversations stand so. "all": and these are all, a heartbeat. "end": the process ends.
static void hear(Here *here, const char *text) {
  g_autoptr(Json) words = json_read(text, NULL);
  const char *process = words ? json_string_value(json_object_get(words, "process")) : NULL;
  const char *kind = words ? json_string_value(json_object_get(words, "kind")) : NULL;
  int64_t now = g_get_monotonic_time();
  size_t at;
  Json *entry;
  if (!process || strcmp(process, here->process) == 0) return;
  g_mutex_lock(&here->mutex);
  json_array_foreach(json_object_get(words, "here"), at, entry) hear_entry(here, process, entry, now);
  if (g_strcmp0(kind, "end") == 0) forget_far(here, process, 0, G_MAXINT64);
  g_mutex_unlock(&here->mutex);
}

// ——— the thread

// What runs out by now; `*next` becomes the next moment at which something does.
static void let_run_out(Here *here, int64_t now, int64_t *next) {
  for (unsigned i = here->guests->len; i > 0; i--) {
    Guest *guest = g_ptr_array_index(here->guests, i - 1);
    if (guest->writes_until && guest->writes_until <= now) {
      guest->writes_until = 0;
      mark(here, guest->number);
    }
    if (guest->writes_until) *next = MIN(*next, guest->writes_until);
    if (guest->gone_at && guest->gone_at <= now) {
      mark(here, guest->number);
      g_ptr_array_remove_index_fast(here->guests, i - 1);
    } else if (guest->gone_at)
      *next = MIN(*next, guest->gone_at);
  }
  forget_far(here, NULL, 0, now - SILENT);
}

static void tell(Here *here, int64_t now, int64_t *next) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(Json) entries = NULL, own = NULL;
  g_mutex_lock(&here->mutex);
  let_run_out(here, now, next);
  if (g_hash_table_size(here->changed)) {
    entries = entries_of(here, here->changed, true);
    if (db_bulletin_is_shared(here->bulletin)) own = entries_of(here, here->changed, false);
    g_hash_table_remove_all(here->changed);
  }
  g_mutex_unlock(&here->mutex);
  if (entries) web_publish(here->server, PAGES_TOPIC, "here", json_text(arena, entries));
  if (own) say_all(here, "now", own);
}

static void beat(Here *here) {
  g_mutex_lock(&here->mutex);
  g_autoptr(GHashTable) numbers = occupied(here, false);
  g_autoptr(Json) entries = entries_of(here, numbers, false);
  g_mutex_unlock(&here->mutex);
  say_all(here, "all", entries);
}

static void *run(void *data) {
  Here *here = data;
  int64_t told_at = 0, beat_at = g_get_monotonic_time();
  while (!g_atomic_int_get(&here->is_stopping)) {
    int64_t now = g_get_monotonic_time(), next = now + HEARTBEAT;
    if (db_bulletin_is_shared(here->bulletin) && now >= beat_at) {
      beat(here);
      beat_at = now + HEARTBEAT;
    }
    if (now >= told_at + GATHER) {
      tell(here, now, &next);
      told_at = now;
    } else
      next = told_at + GATHER;
    g_autofree char *text = db_bulletin_wait(here->bulletin, next - now);
    if (text) hear(here, text);
  }
  return NULL;
}

Here *here_start(const char *database, WebServer *server, GError **error) {
  DbBulletin *bulletin = db_bulletin_open(database, CHANNEL, error);
  if (!bulletin) return NULL;
  Here *here = g_new0(Here, 1);
  g_mutex_init(&here->mutex);
  here->guests = g_ptr_array_new_with_free_func(guest_free);
  here->far = g_ptr_array_new_with_free_func(far_free);
  here->changed = numbers_new();
  here->server = server;
  here->bulletin = bulletin;
  here->process = g_uuid_string_random();
  here->thread = g_thread_new("here", run, here);
  return here;
}

void here_stop(Here *here) {
  if (!here || !here->thread) return;
  g_atomic_int_set(&here->is_stopping, 1);
  db_bulletin_wake(here->bulletin);
  g_thread_join(g_steal_pointer(&here->thread));
  g_autoptr(Json) none = json_array();
  say_all(here, "end", none);
}

void here_free(Here *here) {
  if (!here) return;
  here_stop(here);
  db_bulletin_close(here->bulletin);
  g_ptr_array_unref(here->guests);
  g_ptr_array_unref(here->far);
  g_hash_table_unref(here->changed);
  g_mutex_clear(&here->mutex);
  g_free(here->process);
  g_free(here);
}

// ——— streams

typedef struct Arrival {
  Here *here;
  int64_t staff_id, number;
  const char *name;
} Arrival;

static Guest *find_leaving(const Here *here, const Arrival *arrival) {
  for (unsigned i = 0; i < here->guests->len; i++) {
    Guest *guest = g_ptr_array_index(here->guests, i);
    if (guest->gone_at && guest->staff_id == arrival->staff_id && guest->number == arrival->number) return guest;
  }
  return NULL;
}

static char *opened(void *about, void **out_guest) {
  const Arrival *arrival = about;
  Here *here = arrival->here;
  g_autoptr(Arena) arena = arena_new();
  g_mutex_lock(&here->mutex);
  Guest *guest = find_leaving(here, arrival);
  if (guest)
    guest->gone_at = 0;
  else {
    guest = g_new0(Guest, 1);
    *guest = (Guest){.here = here, .staff_id = arrival->staff_id, .number = arrival->number, .name = g_strdup(arrival->name)};
    g_ptr_array_add(here->guests, guest);
    mark(here, guest->number);
  }
  *out_guest = guest;
  g_autoptr(GHashTable) numbers = occupied(here, true);
  g_autoptr(Json) entries = entries_of(here, numbers, true);
  g_mutex_unlock(&here->mutex);
  return g_strdup(json_text(arena, entries));
}

static void closed(void *data) {
  Guest *guest = data;
  Here *here = guest->here;
  g_mutex_lock(&here->mutex);
  guest->gone_at = g_get_monotonic_time() + HERE_GRACE;
  db_bulletin_wake(here->bulletin);
  g_mutex_unlock(&here->mutex);
}

void here_watch(Here *here, const Visit *visit, WebResponse *response, int64_t number) {
  Arrival *arrival = arena_make(visit->arena, Arrival);
  *arrival = (Arrival){.here = here, .staff_id = visit->staff->id, .number = number, .name = visit->staff->name};
  web_stream_watch(response, &(WebStreamWatch){.about = arrival, .event = "here", .opened = opened, .closed = closed});
}

void here_writes(Here *here, const Staff *staff, int64_t number, HereDoes does) {
  int64_t until = does == HERE_LOOKS ? 0 : g_get_monotonic_time() + HERE_WRITING;
  g_mutex_lock(&here->mutex);
  for (unsigned i = 0; i < here->guests->len; i++) {
    Guest *guest = g_ptr_array_index(here->guests, i);
    if (guest->staff_id != staff->id || guest->number != number) continue;
    bool is_news = !guest->writes_until != !until || (until && guest->does != does);
    guest->writes_until = until;
    guest->does = does;
    if (is_news) mark(here, number);
  }
  g_mutex_unlock(&here->mutex);
}
