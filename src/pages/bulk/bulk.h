// Working on several conversations at once: boxes in the list, a bar that says how many are chosen, a page with all that can be done to
// them, and a notice above the list with the way back. Plain forms throughout; the scripts add keys and ranges.
#pragma once

#include "desk/bulk/bulk.h"
#include "desk/tag/tag.h"
#include "desk/team/team.h"
#include "pages/shell/shell.h"
#include "pages/tag/tag.h"
#include "pages/work/snooze.h"

typedef struct BulkNotice { // what was done just now; batch NULL: nothing
  const Batch *batch;
  const char *sentence;
  bool may_undo;
  BulkItemList problems;
  const char *left; // numbers that were left alone when it was put back, as words; NULL
} BulkNotice;
// From the address of the list: "batch=7&left=1004.1007". Where a list is the page (`is_list`) the way back of one's latest is offered again
// for its ten minutes, until it was gone or is put away: a cookie holds which one it is, so that who did nothing asks for nothing.
bool bulk_notice_load(const Visit *visit, bool is_list, BulkNotice *out, GError **error);

typedef struct BulkPage {
  const Visit *visit;
  View view;
  BulkRowList rows; // the chosen
  StaffList people;
  TeamList teams;
  TagSuggestions known;
  SnoozeChoiceList snoozes;
  bool is_one_customer;
  const char *problem;
} BulkPage;

WebHandler bulk_post_choose, bulk_post, bulk_post_undo, bulk_post_put_away;
