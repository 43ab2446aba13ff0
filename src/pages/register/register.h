// The register of all complaints, and the map of one: what happened from receipt to resolution, on one page that prints as a document.
#pragma once

#include "desk/complaint/file.h"
#include "desk/complaint/register.h"
#include "desk/remedy/remedy.h"
#include "pages/shell/shell.h"
#include "pages/shield/shield.h"

typedef struct RegisterRow {
  const ComplaintRow *row;
  NextStep next;
} RegisterRow;
LIST_DEFINE(RegisterRow)

typedef struct RegisterPage {
  Shell shell;
  ComplaintFilter filter;
  const char *from, *to, *owner; // as they were written
  const char *query;             // the filter as an address has it, "stage=answered&…"
  const char *more, *table;      // addresses: the next rows of this view, and all of it as CSV
  const char *problem;           // what cannot be read; NULL
  RegisterRowList rows;
  ComplaintPage page;
  ComplaintCounts counts;
  StaffList staff;
  const char *fingerprint; // of the key that signs bundles
} RegisterPage;

typedef struct MapStage {
  StageLine line;
  const char *title, *who, *state; // state: "reached", "now", "passed", "ahead"
  bool is_now;
} MapStage;
LIST_DEFINE(MapStage)

typedef struct MapClock {
  const ComplaintClock *clock;
  DeadlineStanding standing;
  const char *name;
} MapClock;
LIST_DEFINE(MapClock)

typedef struct MapPage {
  Shell shell;
  ComplaintFile file;
  MapStageList stages;
  MapClockList clocks;
  IntList said;        // ids of the messages that are shown, as they stand below each other
  RemedyList remedies; // those given, and those that wait for approval
} MapPage;

const char *register_customer(const ComplaintRow *row);
const char *map_step_who(const ComplaintStep *step);                    // "Agnes Moor", "the customer", "the desk"
const char *map_message_words(const MapPage *page, int64_t message_id); // "message 3": evidence that can be found on paper too
const char *map_message_title(const FileMessage *message);
const ShieldView *map_words(const Visit *visit, const FileMessage *message);
const char *map_effort_words(Arena *arena, const Effort *effort);
const char *map_offer_words(const Visit *visit, const Offer *offer);
const char *map_remedy_words(const Visit *visit, const Remedy *remedy);
const char *map_promise_words(const Visit *visit, const Promise *promise);

WebHandler register_page, register_csv, map_page, map_json, map_bundle;
