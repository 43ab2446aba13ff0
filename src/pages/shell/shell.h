// Shell: what stands around every page for people who are signed in, and the small parts that all pages are made of.
#pragma once

#include "base/html.h"
#include "base/text.h"
#include "desk/boundary/safety.h"
#include "desk/complaint/register.h"
#include "desk/conversation/verbs.h"
#include "desk/view/view.h"
#include "pages/visit.h"

typedef enum RailPlace {
  RAIL_NOWHERE,
  RAIL_VIEW,
  RAIL_COMPLAINTS,
  RAIL_MAILROOM,
  RAIL_ACCOUNT,
  RAIL_PROMISES,
  RAIL_HOUSE,
  RAIL_APPROVALS,
  RAIL_GUIDES,
  RAIL_LOG,
  RAIL_SEARCH,
  RAIL_NOTICES,
  RAIL_CONDUCT,
  RAIL_KEYS,
  RAIL_CUSTOMERS
} RailPlace;

typedef struct Shell {
  const Visit *visit;
  const char *title;  // of the document
  const char *layout; // class of the body: "show-list", "show-thread" (which of the two a small screen shows), "plain"
  RailPlace place;
  View view; // RAIL_VIEW: which
  ViewCounts counts;
  SavedViewList saved; // of this person and everybody
  ComplaintCounts complaints;
  int64_t today_ends;           // in the zone in which times are shown
  int64_t channels_failing;     // for so long that they need a person
  int64_t approvals;            // that wait for this person
  int64_t notices, last_notice; // what this person was told of and has not seen; the newest of all
  SafetyAlertList alerts;       // that are open, for who sees to them
  int64_t conduct;              // what waits for them there
  const char *shown_at;         // which address shows what answers this form; NULL: that on which it stood, if it was refused
  int64_t last_event;           // the newest when this page was made: its live stream goes on from there
  int64_t index;                // and what search_changes said, for pages that show what search knows (data-index)
} Shell;

// A shell for `visit` with the counts of the rail. Comes before anything else that the page loads: what changes after that is told to
// the page by its stream. False with an error when the database cannot be asked.
bool shell_open(const Visit *visit, RailPlace place, const char *layout, Shell *out, GError **error);

int64_t shell_today_ends(const Visit *visit); // in the zone in which times are shown
const char *shell_view_icon(View view);
View shell_saved_view(const SavedView *saved);
bool shell_view_is_bounded(View view);                   // counted to VIEW_COUNTED only
bool shell_view_is_often(const Shell *shell, View view); // stands in the rail by itself: there is something in it
bool shell_view_is_folded(const Shell *shell);           // the present view is among "more"
const char *shell_view_title(View view);                 // "Open": on the rail and above the list
int64_t shell_mailroom_count(const Shell *shell);        // what needs a person there
bool shell_panel_is_folded(const Visit *visit);          // what stands beside the thread, as this browser last left it
// The address that shows this page when it is asked for, where that is not the one at which it was answered; NULL: it is, or none does.
const char *shell_shown_at(const Shell *shell);
const char *shell_kept(const Visit *visit); // what was done just now, as ?kept= says; NULL: nothing
const char *shell_icons(void);              // file name of the sprite, below /assets/
const char *shell_words(void);              // address of what the scripts say in the reader's language; NULL: English
Url shell_asset(const char *name);          // "desk.css" to its address

// A field of the address of the page that the request came from, if that is one of ours; NULL: it has none. From outside like any other.
const char *shell_came_from(const Visit *visit, const char *name);
// Where in a list one is: "sort" or "after" of the address that is asked for, or, where a form was sent, of the page that it stood on
// (when that is about the view that the form names). NULL: the usual order, the beginning.
const char *shell_place(const Visit *visit, const char *name);
// "open", "open&sort=newest&after=12.1004": what leads back behind "?view=", to the place in the list that the form was sent from.
const char *shell_view_again(const Visit *visit, View view);

// A customer's words where nothing can be opened (lists, titles): abusive ones are folded as whoever looks wants it.
const char *shell_line(const Visit *visit, const char *text);

// Times, as words. `moment_ago`: "just now", "4 min ago". `moment_until`: "now", "in 4 min". A moment of 0 is "never".
const char *moment_ago(const Visit *visit, int64_t at);
const char *moment_until(const Visit *visit, int64_t at);
const char *moment_exact(const Visit *visit, int64_t at);   // "22 Nov 2026, 09:15"
const char *moment_wait(const Visit *visit, int64_t since); // "a moment", "3 h"
// The class for how long somebody waits: "", "due" from a day, "late" from two days; until the desk has targets of its own.
const char *moment_wait_class(const Visit *visit, int64_t since);

const char *size_words(Arena *arena, int64_t bytes); // "1.2 MB", "88 KB", "120 bytes"
