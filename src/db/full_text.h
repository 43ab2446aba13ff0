// Full text: the one place that knows how either database is asked for words. What is asked is a row of groups; each holds
// words of which any will do, and what is found has something of every group. Words are letters, digits and what is not ASCII
// (desk/search/words.h), so nothing in them means anything to a database, whoever wrote them.
//
//   g_autoptr(GString) query = g_string_new(NULL);
//   full_text_add(query, db, &words, false);  …  MATCH :query (FTS5), lexemes @@ CAST(:query AS tsquery) (PostgreSQL)
//
// An empty group is found nowhere.
#pragma once

#include "base/list.h"
#include "db/db.h"

// `is_without`: what is found has none of these. The first group must not be of that kind: FTS5 cannot begin with one.
void full_text_add(GString *query, const Db *db, const TextList *any_of, bool is_without);
