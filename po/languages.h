// The languages that are compiled into the program.
#pragma once

#include "base/words.h"

extern const WordsLanguage *const languages_all[]; // for words_install; ends with NULL
