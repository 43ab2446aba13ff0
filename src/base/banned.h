// Banned: calls that the compiler refuses everywhere but in base/. Included by the build before every file (-include).
// Instead: arena_printf, g_strlcpy, clock_*, g_ascii_strtoll, text_*. The headers below mention the names and come first;
// tools/check-layers looks for the same words in base/ and, beyond base/ and tools/, for malloc and its kin.
#pragma once

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#undef sprintf // macros where clang meets _FORTIFY_SOURCE; a macro may not be poisoned
#undef vsprintf

#pragma GCC poison strcpy strcat sprintf vsprintf strtok gets atoi atol system gmtime localtime asctime ctime
