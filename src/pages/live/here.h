// Who is where: which conversation each person looks at in a tab that they see, and whether they are writing there. It exists in memory,
// while it is so; nothing of it is stored, counted or reported.
//
// The live stream of a page is the sign of life: it is open while the tab is looked at, and when it closes its person is gone within
// seconds. The pages are told with the event "here": a JSON list of {"number", "people": [{"id", "name", "does"}]}, where "does" is
// "looks", "reply" or "note"; a conversation that nobody looks at any more comes with no people. A stream is first sent all there is, were it nothing.
//
// Changes are gathered for a quarter of a second, so that many people cost little. Processes that share a PostgreSQL tell each other
// through a bulletin (NOTIFY) rather than a table: a table would be written to disk, to its log and into backups, and who looked at
// what belongs into none of them. A process that has not been heard of for half a minute counts as gone with its people.
#pragma once

#include "base/clock.h"
#include "db/db.h"
#include "pages/visit.h"
#include "web/web.h"

typedef enum HereDoes { HERE_LOOKS, HERE_NOTE, HERE_REPLY } HereDoes;

Here *here_start(const char *database, WebServer *server, GError **error);
void here_stop(Here *here); // ends the thread; streams may still end afterwards
void here_free(Here *here); // when the server has stopped; NULL is fine

// The visitor looks at conversation `number` (0: at none) as long as this stream is open.
void here_watch(Here *here, const Visit *visit, WebResponse *response, int64_t number);
// They are writing there, or no more. It runs out by itself when it is not said again.
void here_writes(Here *here, const Staff *staff, int64_t number, HereDoes does);
#define HERE_WRITING (8 * CLOCK_SECOND)
#define HERE_GRACE (3500 * CLOCK_MILLISECOND) // a page that is loaded again, or asks anew after two seconds, does not blink
