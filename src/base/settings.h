// Settings: one typed table says every setting of the program: its name, kind, default and what it is for.
//
// A value comes, in rising order, from the table's default, the file `rapport.conf` in the data folder (`name = value`
// lines, # comments), the environment (RAPPORT_NAME), and the command line (--name VALUE). An unknown name, or a value
// that is not of its kind, is an error that names the source and what is allowed. The table prints itself for --help and
// for the documentation.
#pragma once

#include "base/arena.h"
#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

typedef enum SettingKind { SETTING_TEXT, SETTING_INT, SETTING_BOOL, SETTING_SIZE, SETTING_SPAN } SettingKind;
// INT: least…most. BOOL: yes/no/true/false/on/off. SIZE: bytes, "25 MB", "64k". SPAN: microseconds, "10 s", "5 min", "2 h",
// "1 day".

typedef struct Setting {
  const char *name; // "smtp-url": as on the command line; RAPPORT_SMTP_URL in the environment
  SettingKind kind;
  size_t offset;         // of the field in the caller's struct: const char *, int64_t, bool, int64_t, int64_t
  const char *otherwise; // the default, written as a person would; NULL for no text
  int64_t least, most;   // bounds for INT, SIZE, SPAN; both 0: none
  const char *help;      // one sentence
} Setting;

typedef struct SettingsTable {
  const Setting *settings;
  size_t count;
} SettingsTable;

// Each fills `out` (the struct the offsets belong to). Texts are copied into the arena.
void settings_defaults(Arena *arena, const SettingsTable *table, void *out);
bool settings_read_file(Arena *arena, const SettingsTable *table, const char *path, void *out, GError **error); // no file: true
// Looks for RAPPORT_NAME of each row; other variables are not ours to judge.
bool settings_read_environment(Arena *arena, const SettingsTable *table, void *out, GError **error);
// Sets one by name; `source` is for the message ("--listen", "rapport.conf:12").
bool settings_set(Arena *arena, const SettingsTable *table, const char *name, const char *value, const char *source, void *out,
                  GError **error);
// Reads and removes --name VALUE, --name=VALUE and --flag (BOOL) from argv; stops at "--"; unknown options are left where they
// are.
bool settings_read_arguments(Arena *arena, const SettingsTable *table, int *argc, char **argv, void *out, GError **error);
void settings_print(const SettingsTable *table, FILE *out); // "  --name VALUE   help (default)"
