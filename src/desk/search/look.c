// Looking: one statement finds a page of conversations, one reads their newest messages and one the names of their files; what is shown
// of each is the newest message that holds the most of the words, at the place where most of them stand together; of a search without words
// the beginning. Hits are found in the text as it was written, word by word, so that folding moves nothing.
#include "desk/search/search.h"

#include "base/text.h"
#include "desk/search.sql.h"
#include "desk/search/document.h"
#include "desk/search/words.h"

#define BODIES 20             // newest messages of a conversation that are looked through
#define BODY_CHARACTERS 20000 // of each
#define AROUND 60             // characters before the first hit
#define SNIPPET 200           // characters

typedef struct Hit {
  const char *start;
  size_t size, mark; // which of the marks
} Hit;
LIST_DEFINE(Hit)

// A part of a run when folding changed none of its bytes' places, else the whole run.
static bool find_in_run(Arena *work, const WordRun *run, const TextList *marks, Hit *out) {
  const char *folded = text_fold(work, arena_strndup(work, run->start, run->size));
  for (size_t i = 0; i < marks->count; i++) {
    const char *at = strstr(folded, marks->items[i]);
    if (!at) continue;
    bool is_same_size = strlen(folded) == run->size;
    *out = is_same_size ? (Hit){run->start + (at - folded), strlen(marks->items[i]), i} : (Hit){run->start, run->size, i};
    return true;
  }
  return false;
}

static uint64_t bit_of(const Hit *hit) { return UINT64_C(1) << (hit->mark & 63); }

// Every hit in `text`, in order; `*out_marks` has a bit for each mark that was found.
static void find_hits(Arena *arena, const char *text, const TextList *marks, HitList *out, uint64_t *out_marks) {
  WordRun run;
  g_autoptr(Arena) work = arena_new();
  *out_marks = 0;
  if (!marks->count) return;
  while (word_run_next(&text, &run)) {
    Hit hit;
    if (!find_in_run(work, &run, marks, &hit)) continue;
    *list_add(arena, out) = hit;
    *out_marks |= bit_of(&hit);
    if (out->count == 200) return;
  }
}

static void add_piece(Arena *arena, SnippetPieceList *out, const char *start, const char *end, bool is_hit) {
  if (end > start) *list_add(arena, out) = (SnippetPiece){arena_strndup(arena, start, (size_t)(end - start)), is_hit};
}

// `from` to `end` of a text, with its hits marked.
static void cut(Arena *arena, const char *from, const char *end, const HitList *hits, SnippetPieceList *out) {
  list_each(const Hit, hit, hits) {
    if (hit->start < from || hit->start + hit->size > end) continue;
    add_piece(arena, out, from, hit->start, false);
    add_piece(arena, out, hit->start, hit->start + hit->size, true);
    from = hit->start + hit->size;
  }
  add_piece(arena, out, from, end, false);
}

static void mark_whole(Arena *arena, const char *text, const TextList *marks, SnippetPieceList *out) {
  HitList hits = {0};
  uint64_t found;
  find_hits(arena, text, marks, &hits, &found);
  cut(arena, text, text + strlen(text), &hits, out);
}

static void add_dots(Arena *arena, SnippetPieceList *out) { *list_add(arena, out) = (SnippetPiece){"…", false}; }

static int marks_in(uint64_t found) { return __builtin_popcountll(found); }

static const char *forward(const char *at, int characters) {
  for (int i = 0; i < characters && *at; i++) at = text_next(at);
  return at;
}

// The first hit from which on most of the marks stand close enough to be shown together.
static const char *place_of(const char *text, const HitList *hits) {
  const char *place = text;
  int most = 0;
  list_each(const Hit, first, hits) {
    const char *end = forward(first->start, SNIPPET - AROUND);
    uint64_t found = 0;
    for (const Hit *hit = first; hit < hits->items + hits->count && hit->start + hit->size <= end; hit++) found |= bit_of(hit);
    if (marks_in(found) <= most) continue;
    most = marks_in(found);
    place = first->start;
  }
  return place;
}

static void mark_around(Arena *arena, const char *text, const HitList *hits, SnippetPieceList *out) {
  const char *place = place_of(text, hits), *from = place, *end;
  for (int i = 0; i < AROUND && from > text; i++) from = g_utf8_prev_char(from);
  if (from > text) // not in the middle of a word, where words have ends
    for (int i = 0; i < AROUND / 2 && from < place && !g_ascii_isspace(from[-1]); i++) from = text_next(from);
  end = forward(from, SNIPPET);
  if (from > text) add_dots(arena, out);
  cut(arena, from, end, hits, out);
  if (*end) add_dots(arena, out);
}

typedef struct Best {
  const SearchBody *body;
  const char *line;
  HitList hits;
  int marks;
} Best;

static void choose(Arena *arena, const SearchBodyList *bodies, int64_t number, const TextList *marks, Best *best) {
  list_each(const SearchBody, body, bodies) {
    if (body->number != number || best->marks == (int)MIN(marks->count, 64)) continue;
    HitList hits = {0};
    uint64_t found;
    const char *line = text_one_line(arena, body->body);
    find_hits(arena, line, marks, &hits, &found);
    if (marks_in(found) > best->marks) *best = (Best){body, line, hits, marks_in(found)};
  }
}

static void show(Arena *arena, const SearchBodyList *bodies, const SearchBodyList *files, const Search *search,
                 SearchResult *result) {
  Best best = {0};
  const TextList *marks = &search->marks;
  const ConversationRow *row = result->row;
  mark_whole(arena, row->subject, marks, &result->subject);
  mark_whole(arena, text_is_blank(row->customer_name) ? row->customer_address : row->customer_name, &search->who_marks,
             &result->who);
  choose(arena, bodies, row->number, marks, &best);
  const SearchBody *in_body = best.body;
  choose(arena, files, row->number, marks, &best);
  if (!best.body) {
    mark_whole(arena, row->snippet, marks, &result->snippet);
    return;
  }
  result->message_id = best.body->message_id;
  result->kind = best.body->kind;
  result->is_attachment = best.body != in_body;
  mark_around(arena, best.line, &best.hits, &result->snippet);
}

static bool show_all(Arena *arena, Desk *desk, const Search *search, SearchPage *page, GError **error) {
  SearchBodyList bodies = {0}, files = {0};
  IntList numbers = {0};
  list_each(const SearchResult, result, &page->results) *list_add(arena, &numbers) = result->row->number;
  const char *list = number_list(arena, &numbers);
  if (search->marks.count && numbers.count &&
      (!search_select_bodies(arena, desk->db, list, BODIES, BODY_CHARACTERS, &bodies, error) ||
       !search_select_attachments(arena, desk->db, list, &files, error)))
    return false;
  list_each(SearchResult, result, &page->results) show(arena, &bodies, &files, search, result);
  return true;
}

bool search_rows(Arena *arena, Desk *desk, const Search *search, int64_t after, int64_t most, ConversationPage *out,
                 GError **error) {
  SearchHitList hits = {0};
  *out = (ConversationPage){0};
  if (!search->query) return true;
  if (!search_select_hits(arena, desk->db, search->query, after, most + 1, &hits, error)) return false;
  out->has_more = hits.count > (size_t)most;
  hits.count = MIN(hits.count, (size_t)most);
  list_each(const SearchHit, hit, &hits) {
    *list_add(arena, &out->rows) = hit->row;
    out->next_key = hit->doc;
    out->next_number = hit->row.number;
  }
  return true;
}

bool search_look(Arena *arena, Desk *desk, const Search *search, int64_t after, SearchPage *out, GError **error) {
  ConversationPage page;
  *out = (SearchPage){0};
  if (!search_rows(arena, desk, search, after, SEARCH_PAGE, &page, error)) return false;
  list_each(ConversationRow, row, &page.rows) *list_add(arena, &out->results) = (SearchResult){.row = row};
  out->has_more = page.has_more;
  out->next = page.next_key;
  return show_all(arena, desk, search, out, error);
}
