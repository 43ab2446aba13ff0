// GMime, started once for all threads.
#pragma once

#include <gmime/gmime.h>

static inline void gmime_start(void) {
  static gsize started;
  if (g_once_init_enter(&started)) {
    g_mime_init(); // counts its calls, so that once per file that includes this is fine
    g_once_init_leave(&started, 1);
  }
}
