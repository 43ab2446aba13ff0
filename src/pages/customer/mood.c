// The picture of mood over time. Places are in the order of conversations and not by date: what counts is how one followed the other; the
// dates stand in the table.
#include "pages/customer/customer.h"

#include "base/words.h"

#include "pages/conversation/reading.h"

#include <math.h>

#define LEFT 28.0
#define RIGHT (MOOD_WIDTH - 28.0)
#define MIDDLE 75.0
#define REACH 55.0 // of a valence of 1, up or down
#define CHANGE 0.2 // valence that counts as better or worse

static double rounded(double value) { return floor(value * 10 + 0.5) / 10; }
static double height_of(double valence) { return rounded(MIDDLE - CLAMP(valence, -1, 1) * REACH); }

static void add_point(GString *line, double x, double y) {
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_string_append_printf(line, "%s%s", line->len ? " " : "", g_ascii_formatd(number, sizeof number, "%.1f", x));
  g_string_append_printf(line, ",%s", g_ascii_formatd(number, sizeof number, "%.1f", y));
}

static const char *sentence_of(Arena *arena, const MoodPointList *points, const MoodPoint *lowest) {
  const MoodPoint *first = &points->items[0], *latest = &points->items[points->count - 1];
  double change = latest->mean - first->mean;
  const char *trend = change >= CHANGE    ? "It is better than at first."
                      : change <= -CHANGE ? "It is worse than at first."
                                          : "It is much as at first.";
  return arena_say(arena,
                   points->count == MOOD_POINTS
                     ? "Over their latest %zu conversations: at first %s, at the lowest %s (#%jd), lately %s. %s"
                     : "Over %zu conversations: at first %s, at the lowest %s (#%jd), lately %s. %s",
                   points->count, reading_valence_words(first->mean), reading_valence_words(lowest->mean), lowest->number,
                   reading_valence_words(latest->mean), trend);
}

const MoodPicture *mood_picture(Arena *arena, const MoodPointList *points) {
  if (points->count < 2) return NULL;
  MoodPicture *picture = arena_make(arena, MoodPicture);
  GString *line = g_string_new(NULL);
  const MoodPoint *lowest = &points->items[0];
  list_each(const MoodPoint, point, points)
    if (point->mean < lowest->mean) lowest = point;
  for (size_t i = 0; i < points->count; i++) {
    const MoodPoint *point = &points->items[i];
    MoodMark *mark = list_add(arena, &picture->marks);
    *mark = (MoodMark){.point = point,
                       .x = rounded(LEFT + (RIGHT - LEFT) * (double)i / (double)(points->count - 1)),
                       .y = height_of(point->mean),
                       .low_y = height_of(point->lowest),
                       .high_y = height_of(point->highest),
                       .words = reading_valence_words(point->mean),
                       .is_lowest = point == lowest,
                       .is_latest = i + 1 == points->count};
    add_point(line, mark->x, mark->y);
  }
  picture->line = arena_take(arena, g_string_free(line, FALSE));
  picture->sentence = sentence_of(arena, points, lowest);
  return picture;
}
