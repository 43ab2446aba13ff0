// How people end a letter: "Best regards", "Mit freundlichen Grüßen", and the names below. The phrases stand here as people write
// them and are compared folded (text_fold), so accents, capitals and the comma behind do not matter.
#include "mail/quote_markers.h"

#include "base/text.h"

#define NAME_WORDS 4       // of a name behind the phrase: "Regards, Ann Mary van Lee"
#define CLOSING_LONGEST 80 // bytes

static const char *const closings[] = {
  // English
  "Regards",
  "Best regards",
  "Kind regards",
  "Kindest regards",
  "Warm regards",
  "Warmest regards",
  "Many regards",
  "Rgds",
  "BR",
  "With best regards",
  "With kind regards",
  "With regards",
  "Thanks",
  "Thanks!",
  "Thank you",
  "Thank you very much",
  "Many thanks",
  "Thanks a lot",
  "Thanks again",
  "Thanks in advance",
  "Thank you in advance",
  "Thanks and regards",
  "Thanks & regards",
  "Thanks and best regards",
  "Thanks with regards",
  "Thanks & best regards",
  "Thx",
  "Ta",
  "Cheers",
  "Best",
  "Best wishes",
  "With best wishes",
  "All the best",
  "Take care",
  "Sincerely",
  "Yours sincerely",
  "Sincerely yours",
  "Yours faithfully",
  "Yours truly",
  "Yours",
  "Respectfully",
  "Cordially",
  "Greetings",
  "Have a nice day",
  "Have a great day",
  // German
  "Mit freundlichen Grüßen",
  "Mit freundlichem Gruß",
  "Mit besten Grüßen",
  "Mit lieben Grüßen",
  "Mit herzlichen Grüßen",
  "Freundliche Grüße",
  "Freundlicher Gruß",
  "Freundliche Grüsse",
  "Viele Grüße",
  "Liebe Grüße",
  "Lieben Gruß",
  "Beste Grüße",
  "Besten Gruß",
  "Herzliche Grüße",
  "Schöne Grüße",
  "Grüße",
  "Gruß",
  "Beste Grüße aus",
  "MfG",
  "VG",
  "LG",
  "BG",
  "Hochachtungsvoll",
  "Danke",
  "Vielen Dank",
  "Besten Dank",
  "Danke und Gruß",
  "Vielen Dank und Grüße",
  "Danke im Voraus",
  "Mit freundlichen Grüßen / Best regards",
  "Schönen Tag noch",
  // French
  "Cordialement",
  "Bien cordialement",
  "Très cordialement",
  "Cdlt",
  "Cdt",
  "Bien à vous",
  "Bien à toi",
  "Salutations",
  "Sincères salutations",
  "Meilleures salutations",
  "Salutations distinguées",
  "Cordiales salutations",
  "Respectueusement",
  "Amicalement",
  "Merci",
  "Merci d'avance",
  "Merci beaucoup",
  "Merci par avance",
  "Bonne journée",
  "Bonne réception",
  // Spanish
  "Saludos",
  "Un saludo",
  "Saludos cordiales",
  "Un cordial saludo",
  "Cordial saludo",
  "Cordialmente",
  "Atentamente",
  "Atte",
  "Muy atentamente",
  "Gracias",
  "Muchas gracias",
  "Gracias de antemano",
  "Gracias y saludos",
  "Un abrazo",
  // Italian
  "Cordiali saluti",
  "Distinti saluti",
  "Saluti",
  "Un saluto",
  "Un cordiale saluto",
  "Grazie",
  "Grazie mille",
  "Cordialità",
  "Grazie e saluti",
  "Buona giornata",
  "In fede",
  // Portuguese
  "Atenciosamente",
  "Att",
  "Cumprimentos",
  "Com os melhores cumprimentos",
  "Melhores cumprimentos",
  "Com os meus cumprimentos",
  "Obrigado",
  "Obrigada",
  "Muito obrigado",
  "Muito obrigada",
  "Abraço",
  "Abraços",
  "Grato",
  "Grata",
  // Dutch
  "Met vriendelijke groet",
  "Met vriendelijke groeten",
  "Vriendelijke groet",
  "Vriendelijke groeten",
  "Groet",
  "Groeten",
  "Groetjes",
  "Mvg",
  "Hartelijke groet",
  "Hartelijke groeten",
  "Hoogachtend",
  "Bedankt",
  "Alvast bedankt",
  "Dank u",
  "Dank je",
  // Polish
  "Pozdrawiam",
  "Serdecznie pozdrawiam",
  "Pozdrawiam serdecznie",
  "Z pozdrowieniami",
  "Pozdrowienia",
  "Z poważaniem",
  "Z wyrazami szacunku",
  "Dziękuję",
  "Dzięki",
  "Z góry dziękuję",
  "Pozdr",
  // Russian, Ukrainian
  "С уважением",
  "С наилучшими пожеланиями",
  "Всего доброго",
  "Всего хорошего",
  "Спасибо",
  "Заранее спасибо",
  "З повагою",
  "Дякую",
  // Swedish, Danish, Norwegian, Finnish
  "Med vänlig hälsning",
  "Med vänliga hälsningar",
  "Vänliga hälsningar",
  "Vänlig hälsning",
  "Bästa hälsningar",
  "Hälsningar",
  "Mvh",
  "Vh",
  "Tack",
  "Tack på förhand",
  "Med venlig hilsen",
  "Venlig hilsen",
  "Bedste hilsner",
  "De bedste hilsner",
  "Hilsen",
  "Hilsner",
  "Kh",
  "Kærlig hilsen",
  "Dbh",
  "Tak",
  "På forhånd tak",
  "Med vennlig hilsen",
  "Vennlig hilsen",
  "Beste hilsen",
  "Takk",
  "Ystävällisin terveisin",
  "Terveisin",
  "Parhain terveisin",
  "Kiitos",
  // Czech, Slovak, Hungarian, Romanian, Turkish
  "S pozdravem",
  "S přátelským pozdravem",
  "Hezký den",
  "Děkuji",
  "S pozdravom",
  "Ďakujem",
  "Üdvözlettel",
  "Tisztelettel",
  "Köszönöm",
  "Cu stimă",
  "Cu respect",
  "Mulțumesc",
  "Saygılarımla",
  "Saygılarımızla",
  "İyi çalışmalar",
  "Teşekkürler",
  // Japanese, Chinese, Korean
  "よろしくお願いします",
  "よろしくお願いします。",
  "よろしくお願いいたします",
  "よろしくお願いいたします。",
  "宜しくお願い致します",
  "宜しくお願いいたします。",
  "よろしくお願い致します。",
  "敬具",
  "以上",
  "以上、よろしくお願いいたします。",
  "ありがとうございます。",
  "谢谢",
  "谢谢！",
  "多谢",
  "祝好",
  "此致",
  "敬礼",
  "此致敬礼",
  "顺颂商祺",
  "祝商祺",
  "謝謝",
  "謝謝您",
  "敬祝",
  "감사합니다",
  "감사합니다.",
  "드림",
  "수고하세요",
};

// What opens a closing that is a whole sentence.
static const char *const sentences[] = {"Veuillez agréer", "Je vous prie d'agréer", "Nous vous prions d'agréer",
                                        "Je vous prie de croire", "Recevez, "};

// Folding letters with accents costs far more than reading a line, so the tables are folded once, when the first mail is read.
typedef struct Phrases {
  GHashTable *whole, *first_words;
} Phrases;

static size_t word_length(const char *text) { return strcspn(text, " ,"); }

static gpointer fold_phrases(gpointer data) {
  (void)data;
  g_autoptr(Arena) arena = arena_new();
  Phrases *phrases = g_new(Phrases, 1);
  phrases->whole = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  phrases->first_words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS(closings); i++) {
    const char *phrase = text_fold(arena, closings[i]);
    g_hash_table_add(phrases->whole, g_strdup(phrase));
    g_hash_table_add(phrases->first_words, g_strndup(phrase, word_length(phrase)));
  }
  return phrases;
}

static const Phrases *phrases(void) {
  static GOnce once = G_ONCE_INIT;
  return g_once(&once, fold_phrases, NULL);
}

static bool is_phrase(const char *line) { return g_hash_table_contains(phrases()->whole, line); }

// Whether a phrase can stand at the beginning of the line at all: one look for most lines.
static bool may_begin_with_phrase(Arena *arena, const char *line) {
  return g_hash_table_contains(phrases()->first_words, arena_strndup(arena, line, word_length(line)));
}

typedef struct FoldedTable {
  GOnce once;
  const char *const *from;
  size_t count;
} FoldedTable;

static gpointer fold_table(gpointer data) {
  const FoldedTable *table = data;
  g_autoptr(Arena) arena = arena_new();
  char **folded = g_new0(char *, table->count);
  for (size_t i = 0; i < table->count; i++) folded[i] = g_strdup(text_fold(arena, table->from[i]));
  return folded;
}

static char **folded(FoldedTable *table) { return g_once(&table->once, fold_table, table); }

static bool opens_sentence(const char *line) {
  static FoldedTable table = {G_ONCE_INIT, sentences, G_N_ELEMENTS(sentences)};
  char **known = folded(&table);
  for (size_t i = 0; i < table.count; i++)
    if (g_str_has_prefix(line, known[i])) return true;
  return false;
}

// Every word begins as a name does: with a capital, or with a letter that has none.
static bool is_name(const char *text) {
  size_t words = 0;
  for (const char *at = text; *at;) {
    at += strspn(at, " \t");
    if (!*at) break;
    gunichar c = g_utf8_get_char(at);
    bool is_particle = g_str_has_prefix(at, "van ") || g_str_has_prefix(at, "von ") || g_str_has_prefix(at, "de ");
    if (!g_unichar_isalpha(c) || (g_unichar_islower(c) && !is_particle)) return false;
    words++;
    at += strcspn(at, " \t");
  }
  return words > 0 && words <= NAME_WORDS;
}

static char *line_text(Arena *arena, const QuoteLine *line, const char *around) {
  const char *start = line->start, *end = start + line->length;
  while (start < end && strchr(" \t*_", *start)) start++;
  while (end > start && strchr(around, end[-1])) end--;
  char *text = arena_strndup(arena, start, (size_t)(end - start));
  for (char *at = strstr(text, "’"); at; at = strstr(at, "’")) { // as in the tables
    *at = '\'';
    memmove(at + 1, at + 3, strlen(at + 3) + 1);
  }
  return text;
}

bool quote_is_closing(Arena *arena, const QuoteLine *line) {
  if (line->is_blank || line->is_quoted || line->length > 2 * CLOSING_LONGEST) return false;
  char *text = line_text(arena, line, " \t\r*_,.!;:-~");
  const char *whole = text_fold(arena, text);
  if (is_phrase(whole) || opens_sentence(whole)) return true;
  if (strlen(text) > CLOSING_LONGEST || !may_begin_with_phrase(arena, whole)) return false;
  for (char *at = text + strlen(text); at > text; at--) { // "Regards, Roman": the phrase, then a name
    if (*at != ' ' && *at != ',') continue;
    g_autofree char *phrase = g_strndup(text, (size_t)(at - text));
    g_strchomp(phrase);
    size_t length = strlen(phrase);
    if (length && phrase[length - 1] == ',') phrase[length - 1] = '\0';
    if (is_phrase(text_fold(arena, phrase))) return is_name(at + 1);
  }
  return false;
}

bool quote_is_name_line(Arena *arena, const QuoteLine *line) {
  if (line->is_blank || line->is_quoted || line->length > CLOSING_LONGEST) return false;
  static const char *const dashes[] = {"-", "–", "—", "/", "~"};
  const char *text = line_text(arena, line, " \t\r.");
  for (size_t i = 0; i < G_N_ELEMENTS(dashes); i++)
    if (g_str_has_prefix(text, dashes[i])) return is_name(text + strlen(dashes[i]));
  return false;
}

bool quote_is_prose(Arena *arena, const QuoteLine *line) {
  if (line->length > 4 * CLOSING_LONGEST) return true;
  const char *text = line_text(arena, line, " \t\r*_");
  size_t words = 0, length = strlen(text);
  bool in_word = false, has_letter = false;
  for (const char *at = text; *at; at = text_next(at)) {
    bool is_gap = g_unichar_isspace(g_utf8_get_char(at));
    has_letter = !is_gap && (has_letter || g_unichar_isalpha(g_utf8_get_char(at)));
    if (has_letter && !in_word) words++;
    in_word = has_letter;
  }
  return words > 6 || (words > 3 && length && strchr(".?!", text[length - 1]));
}

// What stands before a telephone number.
static const char *const telephones[] = {
  "t",         "tel",      "telefon", "telephone", "tél",    "téléphone", "telefono", "teléfono",  "telefone", "phone",
  "ph",        "p",        "f",       "fax",       "m",      "mob",       "mobil",    "mobile",    "móvil",    "cell",
  "cellulare", "portable", "handy",   "gsm",       "office", "direct",    "d",        "durchwahl", "tlf",      "puh",
  "тел",       "моб",      "телефон", "電話",      "电话",   "手机",      "携帯",     "전화",
};

static bool begins_telephone(Arena *arena, const char *text) {
  static FoldedTable table = {G_ONCE_INIT, telephones, G_N_ELEMENTS(telephones)};
  char **known = folded(&table);
  const char *line = text_fold(arena, text);
  size_t length = strcspn(line, " .:+(0123456789");
  for (size_t i = 0; i < table.count; i++)
    if (strlen(known[i]) == length && strncmp(line, known[i], length) == 0) return true;
  return false;
}

// "+49 30 1234567", "(030) 123 456", "Tel. 030/123456"; "100234567" may be any number.
static bool is_telephone(Arena *arena, const QuoteLine *line) {
  int digits = 0;
  bool has_letter = false, has_groups = false, has_plus = false;
  for (size_t i = 0; i < line->length; i++) {
    char c = line->start[i];
    if (i && g_ascii_isdigit(c) && strchr(" -./)", line->start[i - 1])) has_groups = true;
    if (i && g_ascii_isdigit(c) && line->start[i - 1] == '+') has_plus = true;
    digits += g_ascii_isdigit(c);
    has_letter |= g_ascii_isalpha(c) || (unsigned char)c >= 0x80;
  }
  if (digits < 6 || line->length > CLOSING_LONGEST) return false;
  return has_plus || (has_groups && !has_letter) || begins_telephone(arena, line_text(arena, line, " \t\r"));
}

QuoteContact quote_contact(Arena *arena, const QuoteLine *line) {
  bool is_address = memchr(line->start, '@', line->length) || memmem(line->start, line->length, "www.", 4) ||
                    memmem(line->start, line->length, "http", 4);
  return (QuoteContact)((is_telephone(arena, line) ? CONTACT_NUMBER : 0) | (is_address ? CONTACT_ADDRESS : 0));
}
