// One row a language. Patterns take words by their letter: %w weekday, %d day of the month, %m month, %y year, %t time, %n name.
#include "desk/template/language.h"

struct Language {
  const char *code;
  const char *weekdays[7]; // Monday first
  const char *months[12];
  const char *day, *attribution;
};

// clang-format off: a language a block
static const Language languages[] = {
  {"en",
   {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
   {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
   "%w, %d %m",
   "On %d %m %y at %t, %n wrote:"},
  {"de",
   {"Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"},
   {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
   "%w, den %d. %m",
   "Am %d. %m %y um %t schrieb %n:"},
  {"fr",
   {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"},
   {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
   "%w %d %m",
   "Le %d %m %y à %t, %n a écrit :"},
  {"es",
   {"lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"},
   {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
   "%w %d de %m",
   "El %d de %m de %y a las %t, %n escribió:"},
  {"it",
   {"lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"},
   {"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre",
    "dicembre"},
   "%w %d %m",
   "Il %d %m %y alle %t, %n ha scritto:"},
  {"pt",
   {"segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo"},
   {"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"},
   "%w, %d de %m",
   "Em %d de %m de %y às %t, %n escreveu:"},
  {"nl",
   {"maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"},
   {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"},
   "%w %d %m",
   "Op %d %m %y om %t schreef %n:"},
  {"pl",
   {"poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela"},
   {"stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września", "października", "listopada",
    "grudnia"},
   "%w, %d %m",
   "Dnia %d %m %y o %t %n napisał(a):"},
};
// clang-format on

const Language *language_find(const char *code) {
  size_t length = code ? strcspn(code, "-_") : 0;
  for (size_t i = 0; i < G_N_ELEMENTS(languages); i++)
    if (length == strlen(languages[i].code) && g_ascii_strncasecmp(code, languages[i].code, length) == 0) return &languages[i];
  return NULL;
}

const char *language_code(const Language *language) { return language->code; }

const Language *language_at(size_t index) { return index < G_N_ELEMENTS(languages) ? &languages[index] : NULL; }

static void append(GString *out, char letter, const Language *language, GDateTime *moment, const char *name) {
  switch (letter) {
  case 'w': g_string_append(out, language->weekdays[g_date_time_get_day_of_week(moment) - 1]); break;
  case 'd': g_string_append_printf(out, "%d", g_date_time_get_day_of_month(moment)); break;
  case 'm': g_string_append(out, language->months[g_date_time_get_month(moment) - 1]); break;
  case 'y': g_string_append_printf(out, "%d", g_date_time_get_year(moment)); break;
  case 't': g_string_append_printf(out, "%02d:%02d", g_date_time_get_hour(moment), g_date_time_get_minute(moment)); break;
  default: g_string_append(out, name); break;
  }
}

static const char *fill(Arena *arena, const char *pattern, const Language *language, int64_t at, GTimeZone *zone,
                        const char *name) {
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / G_TIME_SPAN_SECOND);
  g_autoptr(GDateTime) moment = g_date_time_to_timezone(utc, zone);
  g_autoptr(GString) out = g_string_new(NULL);
  for (const char *c = pattern; *c; c++) {
    if (*c == '%' && c[1])
      append(out, *++c, language, moment, name);
    else
      g_string_append_c(out, *c);
  }
  return arena_strndup(arena, out->str, out->len);
}

const char *language_day(Arena *arena, const Language *language, int64_t moment, GTimeZone *zone) {
  return fill(arena, language->day, language, moment, zone, "");
}

const char *language_attribution(Arena *arena, const Language *language, int64_t moment, GTimeZone *zone, const char *name) {
  return fill(arena, language->attribution, language, moment, zone, name);
}
