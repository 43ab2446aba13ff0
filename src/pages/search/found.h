// Where a conversation was found: the search and the place in it, carried along while one reads, so that the results stand beside the
// conversation and the way back leads to them.
//
// They stand in the address beside "view=found". A form and what it leads to carry the view alone; then they are those of the page that
// one comes from, which the browser names (Referer, to ourselves only). Nothing is kept, so two tabs with two searches know nothing of
// each other.
#pragma once

#include "pages/visit.h"

typedef struct Found {
  const char *query; // NULL: it is not known any more
  int64_t after;     // as in search_look
} Found;

int64_t found_after(const char *text); // the place, as it stands in an address; 0: the newest, or no place
Found found_read(const Visit *visit);
// "/search?q=bell&after=7", with that conversation in sight; `number` 0: from the top.
const char *found_address(Arena *arena, const Found *found, int64_t number);
const char *found_suffix(Arena *arena, const Found *found); // "&q=bell&after=7", behind "view=found"
// A page of which the address lacks the search that one comes from is asked for again with it at `path`. False: it is whole as it is.
bool found_leads_on(const Visit *visit, WebResponse *response, const char *path);
