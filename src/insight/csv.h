// Comma-separated values, as the public data sets come: for the tools of this folder, not for the engine.
#pragma once

#include <stdbool.h>

// One field, opened in place; quoted fields may hold commas, line breaks and doubled quotes. *rest moves behind it.
char *csv_field(char **rest, bool *out_is_last);
