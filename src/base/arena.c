// The arena: a chain of blocks, filled from the front. A large request gets a block of its own behind the current one, so the
// room left in the current block is not wasted. The list of deferred releases lives in the arena itself.
#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif
#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define ARENA_GAP 16 // poisoned bytes behind every allocation
#else
#define ASAN_POISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#define ARENA_GAP 0
#endif

#define ARENA_ALIGN 16
#define ARENA_BLOCK ((size_t)16 * 1024) // first block; each further one doubles up to ARENA_BLOCK_MOST
#define ARENA_BLOCK_MOST ((size_t)1024 * 1024)

typedef struct Block {
  struct Block *older;
  size_t room, used;
  _Alignas(ARENA_ALIGN) char bytes[];
} Block;

typedef struct Deferred {
  struct Deferred *older;
  GDestroyNotify release;
  void *data;
} Deferred;

struct Arena {
  Block *current;
  Deferred *deferred;
  size_t used;
  size_t next_block;
};

static Block *block_new(size_t room) {
  Block *block = malloc(sizeof *block + room);
  if (!block) g_error("out of memory: %zu bytes", room);
  block->older = NULL;
  block->room = room;
  block->used = 0;
  ASAN_POISON_MEMORY_REGION(block->bytes, room);
  return block;
}

static void block_free(Block *block) {
  ASAN_UNPOISON_MEMORY_REGION(block->bytes, block->room);
  free(block);
}

Arena *arena_new(void) {
  Arena *arena = calloc(1, sizeof *arena);
  if (!arena) g_error("out of memory");
  arena->next_block = ARENA_BLOCK;
  return arena;
}

static void run_deferred(Arena *arena) {
  while (arena->deferred) {
    Deferred *last = arena->deferred;
    arena->deferred = last->older;
    last->release(last->data);
  }
}

void arena_reset(Arena *arena) {
  run_deferred(arena);
  while (arena->current && arena->current->older) {
    Block *block = arena->current;
    arena->current = block->older;
    block_free(block);
  }
  if (arena->current) {
    arena->current->used = 0;
    ASAN_POISON_MEMORY_REGION(arena->current->bytes, arena->current->room);
  }
  arena->used = 0;
  arena->next_block = ARENA_BLOCK;
}

void arena_free(Arena *arena) {
  if (!arena) return;
  arena_reset(arena);
  if (arena->current) block_free(arena->current);
  free(arena);
}

static size_t rounded(size_t size) { return (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1); }

// Gives `size` bytes (already rounded) of some block.
static char *take(Arena *arena, size_t size) {
  Block *block = arena->current;
#ifndef ARENA_MALLOC
  if (block && block->room - block->used >= size) {
    char *at = block->bytes + block->used;
    block->used += size;
    return at;
  }
  bool is_large = size > arena->next_block / 2;
  Block *fresh = block_new(is_large ? size : arena->next_block);
  if (!is_large && arena->next_block < ARENA_BLOCK_MOST) arena->next_block *= 2;
#else
  bool is_large = true;
  Block *fresh = block_new(size);
#endif
  fresh->used = size;
  if (block && is_large) { // keep filling the current block
    fresh->older = block->older;
    block->older = fresh;
  } else {
    fresh->older = block;
    arena->current = fresh;
  }
  return fresh->bytes;
}

void *arena_alloc(Arena *arena, size_t size) {
  if (size > PTRDIFF_MAX - 4096) g_error("arena: a request for %zu bytes", size);
  char *at = take(arena, rounded(size ? size : 1) + ARENA_GAP);
  ASAN_UNPOISON_MEMORY_REGION(at, size);
  memset(at, 0, size);
  arena->used += size;
  return at;
}

void *arena_alloc_array(Arena *arena, size_t count, size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes)) g_error("arena: a request for %zu times %zu bytes", count, size);
  return arena_alloc(arena, bytes);
}

void *arena_copy(Arena *arena, const void *data, size_t size) {
  void *copy = arena_alloc(arena, size);
  if (size) memcpy(copy, data, size);
  return copy;
}

char *arena_strndup(Arena *arena, const char *text, size_t length) {
  if (!text) return NULL;
  size_t size = strnlen(text, length);
  char *copy = arena_alloc(arena, size + 1);
  memcpy(copy, text, size);
  return copy;
}

char *arena_strdup(Arena *arena, const char *text) { return text ? arena_copy(arena, text, strlen(text) + 1) : NULL; }

// Most texts are short: they are formatted once, on the stack, and copied; a longer one is formatted again in its place.
char *arena_vprintf(Arena *arena, const char *format, va_list args) {
  char short_text[200];
  va_list again;
  va_copy(again, args);
  int length = vsnprintf(short_text, sizeof short_text, format, args);
  if (length < 0) g_error("arena_printf: bad format \"%s\"", format);
  bool is_short = (size_t)length < sizeof short_text;
  char *text = is_short ? arena_copy(arena, short_text, (size_t)length + 1) : arena_alloc(arena, (size_t)length + 1);
  if (!is_short) vsnprintf(text, (size_t)length + 1, format, again);
  va_end(again);
  return text;
}

char *arena_printf(Arena *arena, const char *format, ...) {
  va_list args;
  va_start(args, format);
  char *text = arena_vprintf(arena, format, args);
  va_end(args);
  return text;
}

void arena_defer(Arena *arena, GDestroyNotify release, void *data) {
  Deferred *deferred = arena_make(arena, Deferred);
  *deferred = (Deferred){arena->deferred, release, data};
  arena->deferred = deferred;
}

char *arena_take(Arena *arena, char *text) {
  char *copy = arena_strdup(arena, text);
  g_free(text);
  return copy;
}

size_t arena_used(const Arena *arena) { return arena->used; }
