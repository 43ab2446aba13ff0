// The languages that the program speaks besides English, in the order in which they are offered.
#include "languages.h"

extern const WordsLanguage words_de;

const WordsLanguage *const languages_all[] = {&words_de, NULL};
