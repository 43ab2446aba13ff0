// What a word is about. Most words of a message carry no matter of their own ("the", "please", "send", "three"); what is left is
// compared by a light stem, so that "cancelled" meets "cancel" and "lamps" meets "lamp". No dictionary of nouns is needed: what a
// customer names is what is neither common nor a feeling.
#include "insight/coach/study.h"

static const char *const empty_words =
  // grammar
  "a an the this that these those there here it its he him his she her hers they them their theirs i me my mine myself we us our "
  "ours you your yours yourself ourselves themselves itself one ones who whom whose which what when where why how whether if "
  "unless until till because so than then as at by for from in into of off on onto out over under up down to toward towards with "
  "within without about above across after again against along among around away back before behind below beneath beside besides "
  "between beyond despite during except inside near outside per since through throughout upon via and or but nor not no yes both "
  "either neither each every any all some such same other others another more most much many few less least little lot lots own "
  "only just also too very quite rather really even still yet already almost always ever never often sometimes soon once twice "
  "now today tomorrow yesterday tonight later ago instead however though although while else perhaps maybe please anyway is am are "
  "was were be been being do does did done doing have has had having will would shall should can could may might must ought "
  "ok okay oh hi hello dear thanks thank regards somebody someone anybody anyone nobody everyone everybody something anything "
  "nothing everything somewhere anywhere nowhere everywhere dont cant wont im ive "
  // time and number
  "zero two three four five six seven eight nine ten eleven twelve fifteen twenty thirty fifty hundred thousand half first second "
  "third last next day days week weeks month months year years hour hours minute minutes time times morning afternoon evening "
  "night noon monday tuesday wednesday thursday friday saturday sunday january february march april june july august september "
  "october november december early late pm "
  // doing
  "get gets got getting gotten give gives gave given giving go goes went gone going come comes came coming make makes made making "
  "take takes took taken taking put puts let lets say says said saying tell tells told telling ask asks asked asking see sees saw "
  "seen seeing look looks looked looking know knows knew known knowing think thinks thought thinking want wants wanted wanting need "
  "needs needed needing like likes liked feel feels felt feeling feelings find finds found finding try tries tried trying use uses "
  "used using keep keeps kept keeping leave leaves left leaving hear hears heard hearing understand understands understood show "
  "shows showed shown mean means meant seem seems seemed become becomes became happen happens happened happening begin began start "
  "started stop stopped turn turned bring brought send sends sent sending receive receives received receiving write writes wrote "
  "written writing read contact contacted contacting reply replied replying respond responded respond answer answered help helps "
  "helped helping hope hopes hoping wish believe guess suppose expect expected expecting wait waits waited waiting resolve resolved "
  "fix fixed fixing solve solved sort sorted handle check checked checking work works worked working call calls called calling "
  "able going said inform informed informing let please accept allow "
  // kind
  "good great nice bad new old big small long short high low right wrong sure able unable happy glad sorry sad angry upset furious "
  "annoyed annoying frustrated frustrating frustration disappointed disappointing disappointment worried terrible awful horrible "
  "ridiculous unacceptable disgusting absolutely completely totally extremely simply actually finally clearly obviously literally "
  "certainly definitely probably possible impossible different full whole real true clear easy hard difficult important serious "
  "immediately urgently urgent quickly asap enough several multiple various constantly repeatedly unfortunately apology apologies "
  "apologise apologize apologised kind kindly best well better worse worst proper properly main way ways bit sort case fact point "
  "end part side place reason idea hand man woman people person guy guys lady sir madam name ";

static const char *const generic_words =
  "issue issues problem problems matter matters item items request requests situation concern concerns thing things stuff case "
  "incident inconvenience trouble query enquiry inquiry product products article goods service services company companies customer "
  "customers order orders ordered ordering complaint complaints message messages email emails mail letter experience delay delays "
  "delayed error errors mistake mistakes feedback support team staff agent agents business details detail information info money "
  "purchase purchased buy bought buying pay pays paid paying payment amount price cost costs arrive arrived arrives arriving "
  "deliver delivered delivery shipping shipped ship refund refunds refunded replace replacement return returned cancel phone "
  "promise promised number account website online ";

static GHashTable *table_of(const char *words) {
  GHashTable *table = g_hash_table_new(g_str_hash, g_str_equal); // lives as long as the process
  g_auto(GStrv) parts = g_strsplit(words, " ", -1);
  for (size_t i = 0; parts[i]; i++)
    if (*parts[i]) g_hash_table_add(table, (void *)(uintptr_t)g_intern_string(parts[i]));
  return table;
}

static GHashTable *empty_table(void) {
  static GHashTable *built;
  if (g_once_init_enter(&built)) g_once_init_leave(&built, table_of(empty_words));
  return built;
}

static GHashTable *generic_table(void) {
  static GHashTable *built;
  if (g_once_init_enter(&built)) g_once_init_leave(&built, table_of(generic_words));
  return built;
}

static bool ends(const char *word, size_t size, const char *suffix) {
  size_t length = strlen(suffix);
  return size >= length + 3 && memcmp(word + size - length, suffix, length) == 0;
}

// Cuts the endings that a word takes in a sentence. "leaking", "leaked", "leaks": "leak".
static size_t stem_size(char *word, size_t size) {
  if (ends(word, size, "ies")) {
    word[size - 3] = 'y';
    return size - 2;
  }
  static const char *const suffixes[] = {"ingly", "edly", "ings", "ing", "ed", "ly", "es", "s"};
  for (size_t i = 0; i < G_N_ELEMENTS(suffixes); i++) {
    if (!ends(word, size, suffixes[i]) || ends(word, size, "ss") || ends(word, size, "us")) continue;
    size -= strlen(suffixes[i]);
    break;
  }
  if (size > 3 && word[size - 1] == word[size - 2] && !strchr("aeiouls", word[size - 1])) size--; // "shipped"
  if (size > 3 && word[size - 1] == 'l' && word[size - 2] == 'l') size--;                         // "cancelled"
  if (size > 3 && word[size - 1] == 'e') size--;
  return size;
}

uint32_t word_stem(const char *folded, size_t size, bool *out_is_generic) {
  char word[48];
  *out_is_generic = false;
  if (size < 2 || size >= sizeof word) return 0;
  memcpy(word, folded, size);
  word[size] = '\0';
  if (g_hash_table_contains(empty_table(), word)) return 0;
  *out_is_generic = g_hash_table_contains(generic_table(), word);
  size = stem_size(word, size);
  uint32_t hash = UINT32_C(2166136261);
  for (size_t i = 0; i < size; i++) hash = (hash ^ (unsigned char)word[i]) * UINT32_C(16777619);
  return hash ? hash : 1;
}
