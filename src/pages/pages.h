// Pages: the desk in the browser. One call starts the server with all routes, assets and live views; one stops it.
//
// Every thread of the server gets a desk of its own (a connection) when it first needs one. What changes in the database, through
// this process or another one, is told to open pages by a thread that watches it.
#pragma once

#include "desk/desk.h"
#include "web/web.h"

typedef struct Pages Pages;
typedef struct Here Here;

typedef struct PagesSetup {
  const char *database; // as for desk_join: the schema is in place already
  const char *listen;   // "127.0.0.1:8700"
  const char *origin;   // "https://desk.example.org" when people reach the desk there; NULL: as the browser says
  int threads;          // at least 4
  const Clock *clock;
  Random *random;
  int64_t undo_delay;            // how long an answer can be taken back before it is sent; 0: not at all
  int64_t attachments_most;      // bytes of an answer's files together; 0: REPLY_ATTACHMENTS_MOST
  bool sends_mail;               // a mail server is set; without one what is written waits in the outbox, and pages say so
  const struct SmtpServer *smtp; // that server, for a test; outlives the pages. NULL: none, or one that cannot be tried from here
} PagesSetup;

Pages *pages_start(const PagesSetup *setup, GError **error); // the texts of `setup` are copied
int pages_port(const Pages *pages);
void pages_stop(Pages *pages); // finishes what is running; NULL is fine
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pages, pages_stop)

// For handlers: the desk of the calling thread. NULL with an error when the database is away.
Desk *pages_desk(Pages *pages, GError **error);

const char *pages_origin(const Pages *pages); // where customers reach the desk; NULL: nowhere that is known
const char *pages_listen(const Pages *pages); // "127.0.0.1:8700": where the server listens itself
bool pages_is_https(const Pages *pages);      // the desk is reached over https
bool pages_sends_mail(const Pages *pages);
Here *pages_here(Pages *pages); // who looks at what
const struct SmtpServer *pages_smtp(const Pages *pages);
int64_t pages_undo_delay(const Pages *pages);
// The desk has another name: every thread reads it again before it next asks for its desk.
void pages_renamed(Pages *pages);
int64_t pages_attachments_most(const Pages *pages);
bool pages_is_behind_proxy(const Pages *pages); // the desk has an address of its own
// A zone by its name ("Europe/Vienna"), the machine's for "" and for a name that is none. Each is looked up once, since that reads
// files, and belongs to the pages.
GTimeZone *pages_zone(Pages *pages, const char *name);

// The route tables, one a folder; each ends with an empty row.
extern const WebRoute session_routes[], conversation_routes[], message_routes[], mailroom_routes[], channel_routes[],
  account_routes[], boundary_routes[], live_routes[], health_routes[], offer_routes[], register_routes[], complaint_routes[],
  hours_routes[], learning_routes[], remedy_routes[], protocol_routes[], script_routes[], guide_routes[], reflection_routes[],
  log_routes[], house_routes[], due_routes[], notice_routes[], rule_routes[], bulk_routes[], team_routes[], tag_routes[],
  field_routes[], search_routes[], audit_routes[], brand_routes[], customer_routes[], mailbox_routes[], permission_routes[],
  setup_routes[], staff_routes[], welcome_routes[], care_routes[], keys_routes[];

const WebRoute *const *pages_tables(void); // all of them; NULL-terminated

#define PAGES_TOPIC "desk" // of the live stream
