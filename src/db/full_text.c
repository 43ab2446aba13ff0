// FTS5 reads ("a" OR "b") AND ("c") NOT ("d"); a tsquery ('a' | 'b') & ('c') & !('d'). Each takes what is quoted as it is.
#include "db/full_text.h"

static const char impossible[] = "\xEE\x80\x80none"; // a private letter begins it, and so no word anybody wrote

typedef struct Spelling {
  const char *and, *without, * or, *quote;
} Spelling;

static void add_word(GString *query, const Spelling *spelling, const char *word) {
  g_string_append(query, spelling->quote);
  g_string_append(query, word);
  g_string_append(query, spelling->quote);
}

void full_text_add(GString *query, const Db *db, const TextList *any_of, bool is_without) {
  static const Spelling fts5 = {" AND ", " NOT ", " OR ", "\""}, tsquery = {" & ", " & !", " | ", "'"};
  const Spelling *spelling = db_is_postgres(db) ? &tsquery : &fts5;
  if (query->len) g_string_append(query, is_without ? spelling->without : spelling->and);
  g_string_append_c(query, '(');
  for (size_t i = 0; i < any_of->count; i++) {
    if (i) g_string_append(query, spelling->or);
    add_word(query, spelling, any_of->items[i]);
  }
  if (!any_of->count) add_word(query, spelling, impossible);
  g_string_append_c(query, ')');
}
