// Arena: memory that belongs to a unit of work.
//
// One arena serves one request, one mail or one job. Whatever is allocated from it lives until the arena is freed or
// reset; nothing is freed singly, and plain structs that live in an arena have no free functions. Running out of
// memory aborts the process. An arena belongs to one thread at a time.
//
// Under AddressSanitizer the unused part of every block is poisoned, so a read past an allocation is caught. With
// -Darena=malloc each allocation is a malloc of its own, which lets valgrind see every byte.
#pragma once

#include <glib.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

typedef struct Arena Arena;

Arena *arena_new(void);
void arena_free(Arena *arena); // runs what was deferred, last first, then gives the memory back; NULL is fine
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Arena, arena_free)

// Runs what was deferred and empties the arena, keeping its first block for the next unit of work.
void arena_reset(Arena *arena);

// Zeroed memory, aligned for any type. Size 0 gives a valid pointer that may not be read.
void *arena_alloc(Arena *arena, size_t size) __attribute__((malloc, alloc_size(2), returns_nonnull));
// As arena_alloc for `count` items of `size` bytes; aborts when the product overflows.
void *arena_alloc_array(Arena *arena, size_t count, size_t size) __attribute__((malloc, returns_nonnull));

// A zeroed Type, or `count` of them.
#define arena_make(arena, Type) ((Type *)arena_alloc((arena), sizeof(Type)))
#define arena_make_array(arena, Type, count) ((Type *)arena_alloc_array((arena), (count), sizeof(Type)))

void *arena_copy(Arena *arena, const void *data, size_t size);
char *arena_strdup(Arena *arena, const char *text);                 // NULL in, NULL out
char *arena_strndup(Arena *arena, const char *text, size_t length); // at most `length` bytes, always terminated
char *arena_printf(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3), nonnull(2)));
char *arena_vprintf(Arena *arena, const char *format, va_list args) __attribute__((format(printf, 2, 0), nonnull(2)));

// Calls `release(data)` when the arena is freed or reset: binds a handle (CURL, GMimeMessage, FILE) to the arena.
void arena_defer(Arena *arena, GDestroyNotify release, void *data);
// Takes ownership of a g_malloc'ed string and gives it back as arena memory.
char *arena_take(Arena *arena, char *text);

size_t arena_used(const Arena *arena); // bytes handed out since the last reset
