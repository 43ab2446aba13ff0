// Live views: a thread watches the database and tells open pages which conversations changed.
//
// The stream at /live sends the event "conversation" with a number as its data, "channel" when a way fares otherwise in which mail
// comes in, and "resync" when something may have been missed:
// then a page fetches all that it shows. Who is where comes as "here" (live/here.h).
#pragma once

#include "desk/desk.h"
#include "web/web.h"

typedef struct Live Live;

Live *live_start(const char *database, const Clock *clock, Random *random, WebServer *server, GError **error);
void live_stop(Live *live); // NULL is fine
