// Lists: growing, order, zeroed items, and that an empty list can be walked.
#include "base/list.h"

typedef struct Point {
  int x, y;
} Point;
LIST_DEFINE(Point)

static void keeps_order_while_it_grows(void) {
  g_autoptr(Arena) arena = arena_new();
  PointList points = {0};
  for (int i = 0; i < 10000; i++) {
    Point *point = list_add(arena, &points);
    g_assert_cmpint(point->x, ==, 0);
    g_assert_cmpint(point->y, ==, 0);
    point->x = i;
  }
  g_assert_cmpuint(points.count, ==, 10000);
  int expected = 0;
  list_each(Point, point, &points) g_assert_cmpint(point->x, ==, expected++);
  g_assert_cmpint(expected, ==, 10000);
}

static void an_empty_list_has_no_items(void) {
  PointList points = {0};
  list_each(Point, point, &points) g_assert_not_reached();
}

static void texts_and_numbers_have_lists(void) {
  g_autoptr(Arena) arena = arena_new();
  TextList texts = {0};
  *list_add(arena, &texts) = "one";
  *list_add(arena, &texts) = "two";
  g_assert_cmpstr(texts.items[1], ==, "two");
  IntList numbers = {0};
  *list_add(arena, &numbers) = INT64_MIN;
  g_assert_true(numbers.items[0] == INT64_MIN);
}

static void can_be_walked_twice_inside_itself(void) {
  g_autoptr(Arena) arena = arena_new();
  IntList numbers = {0};
  for (int i = 1; i <= 4; i++) *list_add(arena, &numbers) = i;
  int64_t sum = 0;
  list_each(Int, a, &numbers)
    list_each(const Int, b, &numbers) sum += *a * *b;
  g_assert_cmpint(sum, ==, 100);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/list/keeps-order-while-it-grows", keeps_order_while_it_grows);
  g_test_add_func("/list/an-empty-list-has-no-items", an_empty_list_has_no_items);
  g_test_add_func("/list/texts-and-numbers-have-lists", texts_and_numbers_have_lists);
  g_test_add_func("/list/can-be-walked-twice-inside-itself", can_be_walked_twice_inside_itself);
  return g_test_run();
}
