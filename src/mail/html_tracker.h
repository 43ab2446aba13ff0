// Pictures that are there to tell when a mail is read.
#pragma once

#include "base/arena.h"

#include <glib.h>
#include <libxml/tree.h>
#include <stdbool.h>

// Whether `image`, which loads from `address` in the network, is one that nobody could see or that is known to count readers.
// `hidden` remembers which elements hide what stands in them, so that each style is read once: made by g_hash_table_new(NULL, NULL),
// one for each document.
bool html_is_tracker(const xmlNode *image, const char *address, GHashTable *hidden);
// "example.org" of "https://user@Example.org:8080/x"; "" when it names no host.
const char *html_address_host(Arena *arena, const char *address);
