// Starting and stopping the pages, and the desks of the server's threads.
//
// A desk is joined when a thread first asks for one and stays with it until the pages stop; the server has a fixed number of
// threads, so there are as many connections. When a thread cannot join, nothing is kept, and its next request tries again.
#include "pages/pages.h"

#include "desk/conversation/verbs.h"
#include "languages.h"
#include "pages/error/error_page.h"
#include "pages/live/here.h"
#include "pages/live/live.h"
#include "pages/visit.h"
#include "rapport_assets.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

struct Pages {
  PagesSetup setup;
  Arena *arena;      // in which it lives itself
  GMutex mutex;      // guards `desks` and `zones`
  GPtrArray *desks;  // ThreadDesk
  GTimeZone *zone;   // the machine's
  GHashTable *zones; // by name
  WebServer *server;
  Live *live;
  Here *here;
  atomic_int names; // grows when the desk gets another name
};

typedef struct ThreadDesk {
  pthread_t thread;
  Arena *arena; // in which it lives itself
  Desk *desk;
  int names; // as of which it has the desk's name
} ThreadDesk;

static void thread_desk_free(void *own) { arena_free(((ThreadDesk *)own)->arena); }

static ThreadDesk *find_desk(Pages *pages) {
  g_mutex_lock(&pages->mutex);
  ThreadDesk *found = NULL;
  for (unsigned i = 0; i < pages->desks->len && !found; i++) {
    ThreadDesk *own = g_ptr_array_index(pages->desks, i);
    if (pthread_equal(own->thread, pthread_self())) found = own;
  }
  g_mutex_unlock(&pages->mutex);
  return found;
}

// Who renames the desk does it on one thread; the others see it with their next request.
static Desk *read_name(Pages *pages, ThreadDesk *own, GError **error) {
  int names = atomic_load(&pages->names);
  if (own->names == names) return own->desk;
  if (!desk_read_name(own->desk, error)) return NULL;
  own->names = names;
  return own->desk;
}

Desk *pages_desk(Pages *pages, GError **error) {
  ThreadDesk *found = find_desk(pages);
  if (found) return read_name(pages, found, error);
  g_autoptr(Arena) arena = arena_new();
  Desk *desk = desk_join(arena, pages->setup.database, pages->setup.clock, pages->setup.random, error);
  if (!desk) return NULL;
  ThreadDesk *own = arena_make(arena, ThreadDesk);
  *own = (ThreadDesk){pthread_self(), g_steal_pointer(&arena), desk, atomic_load(&pages->names)};
  g_mutex_lock(&pages->mutex);
  g_ptr_array_add(pages->desks, own);
  g_mutex_unlock(&pages->mutex);
  return desk;
}

static const WebRoute *const tables[] = {session_routes,  conversation_routes, message_routes, mailroom_routes,   channel_routes,
                                         account_routes,  boundary_routes,     live_routes,    health_routes,     offer_routes,
                                         register_routes, complaint_routes,    hours_routes,   learning_routes,   remedy_routes,
                                         protocol_routes, script_routes,       guide_routes,   reflection_routes, log_routes,
                                         house_routes,    due_routes,          notice_routes,  rule_routes,       bulk_routes,
                                         team_routes,     tag_routes,          field_routes,   search_routes,     audit_routes,
                                         brand_routes,    customer_routes,     mailbox_routes, permission_routes, setup_routes,
                                         staff_routes,    welcome_routes,      care_routes,    keys_routes,       NULL};

// So far over what may be attached that who chose too large a file gets the page back with what they wrote, and no bare refusal.
#define UPLOAD_FOR_A_LIMIT 2

const WebRoute *const *pages_tables(void) { return tables; }

static WebConfig config_of(Pages *pages) {
  const PagesSetup *setup = &pages->setup;
  return (WebConfig){
    .listen = setup->listen,
    .origin = setup->origin,
    .is_https = pages_is_https(pages),
    .threads = setup->threads,
    .tables = tables,
    .application = pages,
    .clock = setup->clock,
    .admit = visit_admit,
    .fail = error_page,
    .limits = {.upload = UPLOAD_FOR_A_LIMIT * pages_attachments_most(pages)},
  };
}

static Pages *pages_new(const PagesSetup *setup) {
  Arena *arena = arena_new();
  Pages *pages = arena_make(arena, Pages);
  g_mutex_init(&pages->mutex);
  pages->arena = arena;
  pages->desks = g_ptr_array_new_with_free_func(thread_desk_free);
  pages->zone = g_time_zone_new_local();
  pages->zones = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_time_zone_unref);
  pages->setup = *setup;
  pages->setup.database = arena_strdup(pages->arena, setup->database);
  pages->setup.listen = arena_strdup(pages->arena, setup->listen);
  pages->setup.origin = arena_strdup(pages->arena, setup->origin);
  return pages;
}

Pages *pages_start(const PagesSetup *setup, GError **error) {
  g_autoptr(Pages) pages = pages_new(setup);
  words_install(languages_all, false); // unless the program has done so already
  web_serve_assets(rapport_assets, rapport_assets_count);
  WebConfig config = config_of(pages);
  pages->server = web_server_start(&config, error);
  if (!pages->server) return NULL;
  pages->here = here_start(pages->setup.database, pages->server, error);
  if (!pages->here) return NULL;
  pages->live = live_start(pages->setup.database, pages->setup.clock, pages->setup.random, pages->server, error);
  return pages->live ? g_steal_pointer(&pages) : NULL;
}

Here *pages_here(Pages *pages) { return pages->here; }

GTimeZone *pages_zone(Pages *pages, const char *name) {
  if (!*name) return pages->zone;
  g_mutex_lock(&pages->mutex);
  GTimeZone *zone = g_hash_table_lookup(pages->zones, name);
  if (!zone) { // only names that were checked when they were kept come here, so they are few
    zone = g_time_zone_new_identifier(name);
    if (!zone) zone = g_time_zone_ref(pages->zone);
    g_hash_table_insert(pages->zones, g_strdup(name), zone);
  }
  g_mutex_unlock(&pages->mutex);
  return zone;
}

const struct SmtpServer *pages_smtp(const Pages *pages) { return pages->setup.smtp; }

void pages_renamed(Pages *pages) { atomic_fetch_add(&pages->names, 1); }

bool pages_sends_mail(const Pages *pages) { return pages->setup.sends_mail; }

int64_t pages_undo_delay(const Pages *pages) { return pages->setup.undo_delay; }

int64_t pages_attachments_most(const Pages *pages) {
  return pages->setup.attachments_most ? pages->setup.attachments_most : REPLY_ATTACHMENTS_MOST;
}

const char *pages_origin(const Pages *pages) { return pages->setup.origin; }
const char *pages_listen(const Pages *pages) { return pages->setup.listen; }
bool pages_is_https(const Pages *pages) { return pages->setup.origin && g_str_has_prefix(pages->setup.origin, "https:"); }
bool pages_is_behind_proxy(const Pages *pages) { return pages->setup.origin != NULL; }

int pages_port(const Pages *pages) { return web_server_port(pages->server); }

void pages_stop(Pages *pages) {
  if (!pages) return;
  live_stop(pages->live);
  here_stop(pages->here);
  web_server_stop(pages->server);
  here_free(pages->here);
  g_ptr_array_unref(pages->desks);
  g_hash_table_unref(pages->zones);
  g_time_zone_unref(pages->zone);
  g_mutex_clear(&pages->mutex);
  arena_free(pages->arena);
}
