// Growing lists: doubling, in the arena; the outgrown array stays behind until the arena goes.
#include "base/list.h"

void *list_grow(Arena *arena, void **items, size_t *count, size_t *room, size_t size) {
  if (*count == *room) {
    size_t wider = *room ? *room * 2 : 8;
    char *grown = arena_alloc_array(arena, wider, size);
    if (*count) memcpy(grown, *items, *count * size);
    *items = grown;
    *room = wider;
  }
  return (char *)*items + (*count)++ * size;
}
