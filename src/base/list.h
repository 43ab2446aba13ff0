// Lists: a typed, growing array in an arena.
//
//   LIST_DEFINE(Message)                       declares MessageList { Message *items; size_t count, room; }
//   MessageList list = {0};                    an empty list needs no set-up and no clean-up
//   Message *message = list_add(arena, &list); a zeroed new item; earlier pointers into the list may move
//   list_each(Message, message, &list) { … }   visits every item in order
#pragma once

#include "base/arena.h"

#include <stdint.h>

#define LIST_DEFINE(Type)                                                                                                        \
  typedef struct Type##List {                                                                                                    \
    Type *items;                                                                                                                 \
    size_t count;                                                                                                                \
    size_t room;                                                                                                                 \
  } Type##List;

#define list_add(arena, list)                                                                                                    \
  ((__typeof__((list)->items))list_grow((arena), (void **)&(list)->items, &(list)->count, &(list)->room, sizeof *(list)->items))

#define list_each(Type, item, list)                                                                                              \
  for (Type *item = (list)->items, *item##_end = item ? item + (list)->count : item; item < item##_end; item++)

// Makes room for one more item of `size` bytes, counts it and gives its address, zeroed. Use list_add.
void *list_grow(Arena *arena, void **items, size_t *count, size_t *room, size_t size);

typedef const char *Text; // so that LIST_DEFINE(Text) gives TextList, a list of strings
LIST_DEFINE(Text)

typedef int64_t Int; // likewise IntList
LIST_DEFINE(Int)
