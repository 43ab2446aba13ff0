// The page of hours, for administrators: when the desk works, its holidays, its targets, the law its complaints follow, and what all
// this means for a complaint that comes now.
#pragma once

#include "desk/hours/deadline.h"
#include "pages/shell/shell.h"

typedef struct HoursField {
  const char *name, *title;
  const char *value;   // as typed; NULL: as kept
  const char *problem; // NULL: none
} HoursField;
LIST_DEFINE(HoursField)

typedef struct TargetGroup { // of one severity
  const char *title;
  HoursFieldList fields;
} TargetGroup;
LIST_DEFINE(TargetGroup)

typedef struct HolidayGroup { // of one year
  int64_t year;               // 0: every year
  bool is_open;
  HolidayList days;
} HolidayGroup;
LIST_DEFINE(HolidayGroup)

LIST_DEFINE(LegalRule)
typedef struct ProfileChoice {
  const char *word, *title, *meaning;
  bool is_chosen;
  LegalRuleList rules;
} ProfileChoice;
LIST_DEFINE(ProfileChoice)

typedef struct ExampleItem { // a deadline with its steps
  const Deadline *deadline;
  TextList steps;
} ExampleItem;
LIST_DEFINE(ExampleItem)

typedef struct HoursPage {
  BusinessHours hours;
  LegalProfile profile;
  ProfileChoiceList profiles;
  TextList zones;   // to choose from
  const char *kept; // the part that was kept just now, "week"; NULL: none
  HoursField zone;
  HoursFieldList week;
  const char *week_problem;
  HolidayGroupList holidays;
  HoursField holiday_name, holiday_date;
  bool is_yearly, is_public;
  const char *law_warning; // what the legal clock lacks; NULL: nothing
  TargetGroupList targets;
  HoursField example_at;
  int64_t example_severity, example_moment;
  ExampleItemList example;
} HoursPage;

// Fills in what is kept, wherever `page` says nothing else, and shows it.
bool hours_render(const Visit *visit, WebResponse *response, HoursPage *page, GError **error);
void hours_week_fields(Arena *arena, HoursPage *page);   // seven, without values
void hours_target_fields(Arena *arena, HoursPage *page); // by severity and kind, without values

const char *hours_now_words(const Visit *visit, const BusinessHours *hours); // what time it is there and whether it is open
const char *hours_due_words(Arena *arena, const BusinessHours *hours, int64_t at);
const char *holiday_day_words(Arena *arena, const Holiday *holiday); // "Friday 3 April", "12 June"
void hours_zones(Arena *arena, TextList *out);                       // common zones, to choose from
const char *hours_severity_title(int64_t severity);
bool hours_has_shape(const char *text, const char *shape); // "0000-00-00": a digit for each 0
bool hours_was_kept(const HoursPage *page, const char *part);

WebHandler hours_page, hours_change_week, hours_add_holiday, hours_remove_holiday, hours_import, hours_change_targets,
  hours_change_law;
