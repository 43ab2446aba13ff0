// The pages of scripts: searching, reading, changing.
#pragma once

#include "pages/protocol/guide.h"

typedef struct ScriptSearch { // what stands in the search form
  GuideFilter filter;
  ChoiceList behaviours, needs, situations;
  ChoiceList languages; // empty when there is one only
  bool is_narrowed;
} ScriptSearch;

typedef struct ScriptsView {
  const Visit *visit;
  ScriptSearch search;
  GuidePage page;
  ScriptList scripts;
  const char *next; // the address of the next page; NULL: this is the last
} ScriptsView;

typedef struct ScriptView {
  const Visit *visit;
  Script script;
  TextList by_hand; // marks that only a person can fill
} ScriptView;

typedef struct ScriptVariables {
  const ScriptVariable *items;
  size_t count;
} ScriptVariables;

typedef struct ScriptForm {
  const Visit *visit;
  const char *word; // NULL: a new one
  int64_t seen;
  Script script; // as it stands in the form
  ChoiceList behaviours, needs, steps, languages;
  ScriptVariables variables; // what the desk can fill in
  const char *problem;
} ScriptForm;

// Reads the search from the address of a page and loads what it finds, the page of results that the address names. `language`: what is
// looked for when the address names none; "": all.
bool script_search_load(const Visit *visit, const char *language, ScriptsView *out, GError **error);

WebHandler scripts_page, script_page, script_new_page, script_edit_page, script_post;
