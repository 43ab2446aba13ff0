// The arc over a conversation as one thin line: the valence of the customer's messages in order, with start, lowest and now, and
// the same in a sentence for those who do not see it.
#include "base/words.h"
#include "pages/conversation/reading.h"

#include <string.h>

#define LEFT 10.0
#define RIGHT (ARC_WIDTH - 10.0)
#define MIDDLE 44.0
#define RISING 0.1 // valence a message
#define REACH 32.0 // of a valence of 1, up or down

static double height_of(double valence) { return (double)(int)((MIDDLE - CLAMP(valence, -1, 1) * REACH) * 10) / 10; }

static double place_of(int64_t at, int64_t count) {
  return (double)(int)((LEFT + (RIGHT - LEFT) * (double)at / (double)MAX(count - 1, 1)) * 10) / 10;
}

// Above its point, or below where the line goes up from it.
static double label_beside(double y, bool line_is_above) { return line_is_above ? y + 16 : y - 8; }

static void add_point(GString *points, double x, double y) {
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_string_append_printf(points, "%s%s", points->len ? " " : "", g_ascii_formatd(number, sizeof number, "%.1f", x));
  g_string_append_printf(points, ",%s", g_ascii_formatd(number, sizeof number, "%.1f", y));
}

static const char *sentence_of(Arena *arena, const Arc *arc, bool names_lowest) {
  const char *start = reading_valence_words(arc->start), *lowest = reading_valence_words(arc->lowest);
  const char *change = arc->is_worsening       ? " It is getting worse."
                       : arc->slope >= RISING  ? " On the whole it rises."
                       : arc->slope <= -RISING ? " On the whole it falls."
                       : arc->count > 2        ? " On the whole it stays level."
                                               : "";
  const char *now = reading_valence_words(arc->end), *best = reading_valence_words(arc->highest);
  bool names_best = arc->highest > MAX(arc->start, arc->end) && strcmp(best, start) != 0 && strcmp(best, now) != 0;
  return arena_say(arena, "Began %s%s%s%s%s, now %s.%s", start, names_lowest ? ", at its lowest " : "",
                   names_lowest ? lowest : "", names_best ? ", at its best " : "", names_best ? best : "", now, change);
}

const ArcPicture *reading_arc(Arena *arena, const MessageList *messages, const Arc *arc) {
  if (arc->count < 2) return NULL;
  ArcPicture *picture = arena_make(arena, ArcPicture);
  GString *points = g_string_new(NULL);
  int64_t at = 0, lowest_at = 0;
  double lowest = 2, second = 0, last_but_one = 0, last = 0;
  list_each(const Message, message, messages) {
    if (!message->reading || !message->reading->is_read) continue;
    double valence = message->reading->valence;
    add_point(points, place_of(at, arc->count), height_of(valence));
    if (valence < lowest) lowest_at = at, lowest = valence;
    if (at == 1) second = valence;
    last_but_one = last, last = valence;
    at++;
  }
  picture->points = arena_take(arena, g_string_free(points, FALSE));
  picture->start_y = height_of(arc->start);
  picture->lowest_x = place_of(lowest_at, arc->count);
  picture->lowest_y = height_of(arc->lowest);
  picture->now_x = place_of(arc->count - 1, arc->count);
  picture->now_y = height_of(arc->end);
  picture->start_label_y = label_beside(picture->start_y, second > arc->start);
  picture->now_label_y = label_beside(picture->now_y, last_but_one > arc->end);
  picture->shows_lowest = lowest_at > 0 && lowest_at < arc->count - 1;
  double rise = arc->slope * (double)(arc->count - 1) / 2;
  picture->trend_start_y = height_of(arc->mean - rise);
  picture->trend_now_y = height_of(arc->mean + rise);
  picture->shows_trend = arc->count > 2 && (arc->slope >= RISING || arc->slope <= -RISING);
  picture->sentence = sentence_of(arena, arc, picture->shows_lowest);
  return picture;
}
