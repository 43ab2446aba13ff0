// Guides: what protocols and scripts have in common. A guide is a text with a history: each change is a new version that says who
// made it and when, every version stays readable, and bringing one back is a new version too. The program brings guides along;
// as long as nobody here has changed one, a newer program brings its newer words.
//
// The text of a version has a head, an empty line, and the words:
//
//   Title: Where the parcel is
//   Behaviour: frustrated          left out when it is for no certain one; so are the next three
//   Need: security
//   Situation: Delay
//   Language: de
//   Step: options
#pragma once

#include "base/list.h"
#include "desk/desk.h"
#include "desk/staff/staff.h"
#include "insight/insight.h"

typedef enum GuideKind { GUIDE_PROTOCOL, GUIDE_SCRIPT } GuideKind;

// What the coach can see in a draft. A step that one of these meets ticks itself.
typedef enum StepCheck {
  CHECK_NONE,
  CHECK_RESTATE,
  CHECK_EMPATHY,
  CHECK_OPTIONS,
  CHECK_NEXT_STEP,
  CHECK_AGREEMENT,
  CHECK_ACKNOWLEDGE_HOSTILITY,
  CHECK_WANT_TO_SOLVE,
  CHECK_HARD_TO_FOCUS,
  CHECK_RETURN_TO_PROBLEM,
  CHECK_ON_YOUR_TEAM,
  CHECK_INSTEAD,
  CHECK_WHO_DECIDES,
  CHECK_COUNT
} StepCheck;
const char *step_check_word(StepCheck check);  // "restate", as the coach names it; "" for none
const char *step_check_title(StepCheck check); // "say back what you understood"; "nothing" for none
bool step_check_from_word(const char *word, StepCheck *out);

#define GUIDE_TITLE_MOST 100     // characters
#define GUIDE_CONTENT_MOST 16000 // bytes

typedef struct GuideHead {
  const char *title, *situation; // situation "": for no certain one
  Behaviour behaviour;           // BEHAVIOUR_COUNT: for no certain one
  Need need;                     // NEED_UNCLEAR: likewise
  StepCheck step;                // of a script: the step whose words it is
  const char *language;          // "de"; "": in no certain one
} GuideHead;

typedef struct GuideEffect { // how conversations went after a script was used; see effect.h
  int64_t uses, heard;
  double sum_before, sum_after, sum_squares;
} GuideEffect;

typedef struct Guide { // with the version that counts
  int64_t id, version;
  GuideKind kind;
  const char *word, *content;
  const char *made_by; // who made this version; NULL: it came with the program
  int64_t made_at;
  bool is_retired;    // kept, and offered to nobody
  int64_t restored;   // of this version
  GuideEffect effect; // of all versions together
} Guide;
LIST_DEFINE(Guide)

typedef struct GuideName {
  int64_t id;
  const char *word, *title, *language;
} GuideName;
LIST_DEFINE(GuideName)

typedef struct GuideVersion {
  int64_t version, made_at, restored; // restored 0: it brought nothing back
  const char *content, *made_by;      // made_by NULL: it came with the program
  bool is_retired;
  GuideEffect effect;
} GuideVersion;
LIST_DEFINE(GuideVersion)

// Puts in what the program brings along, once for each program. Part of desk_open. What is in another language than English has that
// language behind its word: "frustrated-de" says in German what "frustrated" says. A desk has the sets of the languages it chose, and
// letters about conduct in every language, since those go to customers.
bool guide_ship(Desk *desk, GError **error);

typedef struct GuideLanguage { // in which the program brings a set along
  const char *code, *name;     // "de", "German"
  bool is_here;                // this desk has it
} GuideLanguage;
LIST_DEFINE(GuideLanguage)
bool guide_languages(Arena *arena, Desk *desk, GuideLanguageList *out, GError **error);
bool guide_has_language(Arena *arena, Desk *desk, const char *code, bool *out, GError **error);
// Adds the set of a language beside what the desk has; what somebody changed stays. Adding it again changes nothing. ERROR_NOT_FOUND:
// there is none in this language; ERROR_FORBIDDEN: administrators add them.
bool guide_add_language(Desk *desk, const Staff *actor, const char *code, GError **error);
// A desk that is set up in this language has the set of it and no other. Inside the caller's transaction, before anybody changed one.
bool guide_begin_in(Arena *arena, Desk *desk, const char *code, GError **error);
// "frustrated" in German is "frustrated-de"; in English, and in languages without a set, it is what it is.
const char *guide_word_in(Arena *arena, const char *word, const char *language);

typedef struct GuideFilter {
  const char *words;     // part of a name or text; NULL or "": all
  Behaviour behaviour;   // BEHAVIOUR_COUNT: all
  Need need;             // NEED_UNCLEAR: all
  const char *situation; // NULL or "": all
  const char *language;  // NULL or "": all; else these, and those in no certain one
  bool retired;          // those that are retired instead
} GuideFilter;
#define GUIDE_ANY ((GuideFilter){.behaviour = BEHAVIOUR_COUNT, .need = NEED_UNCLEAR})

typedef struct GuidePage {
  GuideList rows;
  bool has_more;
  const char *next_key; // with `next_id`: where the next page begins
  int64_t next_id;
} GuidePage;
#define GUIDE_PAGE 50
// By title. `after_key` "" and `after_id` 0: from the top.
bool guide_list(Arena *arena, Desk *desk, GuideKind kind, const GuideFilter *filter, const char *after_key, int64_t after_id,
                GuidePage *out, GError **error);
bool guide_situations(Arena *arena, Desk *desk, GuideKind kind, TextList *out, GError **error); // those in use, by name
bool guide_languages_in_use(Arena *arena, Desk *desk, TextList *out, GError **error); // of protocols and scripts, by code
Guide *guide_find(Arena *arena, Desk *desk, GuideKind kind, const char *word, GError **error); // ERROR_NOT_FOUND

// The history, the newest first, at most 200.
bool guide_history(Arena *arena, Desk *desk, int64_t guide_id, GuideVersionList *out, GError **error);
GuideVersion *guide_version(Arena *arena, Desk *desk, int64_t guide_id, int64_t version, GError **error); // ERROR_NOT_FOUND

// Keeps `content` as a new version of `word`, or as a new guide when `seen` is 0; its word is then made from the title, and given in
// `*out_word`. Nothing is kept when it says what it said before. ERROR_CONFLICT when `seen` is not the newest any more;
// ERROR_INVALID says what is wrong with it. Use protocol_keep and script_keep.
bool guide_keep(Arena *arena, Desk *desk, const Staff *actor, GuideKind kind, const char *word, int64_t seen, const char *content,
                const char **out_word, GError **error);
// An older version counts again, as a new one. It is offered again too. ERROR_NOT_FOUND.
bool guide_restore(Desk *desk, const Staff *actor, GuideKind kind, const char *word, int64_t version, GError **error);
bool guide_retire(Desk *desk, const Staff *actor, GuideKind kind, const char *word, bool retired, GError **error);

// Reads the head; `*out_words` is what stands below it. Lines that it does not know are passed over.
void guide_read(Arena *arena, const char *content, GuideHead *out, const char **out_words);
const char *guide_write(Arena *arena, const GuideHead *head, const char *words);

// What one version says against another, line by line.
typedef enum ChangeKind { CHANGE_SAME, CHANGE_GONE, CHANGE_NEW } ChangeKind;
typedef struct GuideChange {
  ChangeKind kind;
  const char *line;
} GuideChange;
LIST_DEFINE(GuideChange)
void guide_changes(Arena *arena, const char *before, const char *after, GuideChangeList *out);
