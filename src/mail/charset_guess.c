// What charset bytes are in that say nothing, and are not UTF-8 (cases 19 and 20). Western text has single letters above ASCII
// between plain ones; Cyrillic and Asian text has long runs of them. Which of these it is shows in the bytes that come in pairs:
// kana have leads of their own, Chinese characters in daily use lie in one block, Hangul in another. The two Cyrillic charsets
// are told apart by the letters that are the most frequent in any text. Anything doubtful is left to the caller.
#include "mail/charset.h"

#include <stdbool.h>

#define LOOK_AT 4096  // bytes
#define HIGH_FEWEST 6 // bytes above ASCII; fewer prove nothing
#define RUN_LONG 3    // high bytes in a row that Western words do not have

typedef struct Look {
  int high, in_runs;              // bytes above ASCII, and those in long runs
  int cyrillic;                   // high bytes that are Cyrillic letters in KOI8-R or windows-1251
  int pairs;                      // two-byte characters, read from the first high byte of each run
  int kana_euc, kana_shift;       // pairs that are kana in EUC-JP, in Shift_JIS
  int chinese, hangul, big5, low; // pairs in the daily blocks; `low`: Big5 pairs whose second byte is below 0x80
} Look;

static bool is_between(unsigned char byte, unsigned char low, unsigned char high) { return byte >= low && byte <= high; }

static void look_at_pair(Look *look, unsigned char lead, unsigned char trail) {
  bool is_high = trail >= 0xA1;
  look->pairs++;
  look->kana_euc += (lead == 0xA4 || lead == 0xA5) && is_high;
  look->kana_shift += (lead == 0x82 && is_between(trail, 0x9F, 0xF1)) || (lead == 0x83 && is_between(trail, 0x40, 0x96));
  look->chinese += (is_between(lead, 0xB0, 0xD7) || lead == 0xA1 || lead == 0xA3) && is_high;
  look->hangul += is_between(lead, 0xB0, 0xC8) && is_high;
  look->big5 += is_between(lead, 0xA1, 0xC6) && (is_high || is_between(trail, 0x40, 0x7E));
  look->low += is_between(lead, 0xA4, 0xC6) && is_between(trail, 0x40, 0x7E);
}

static Look look_at_bytes(const unsigned char *bytes, size_t size) {
  Look look = {0};
  for (size_t i = 0, run = 0; i < size; i++) {
    run = bytes[i] >= 0x80 ? run + 1 : 0;
    if (!run) continue;
    look.high++;
    look.in_runs += run == RUN_LONG ? RUN_LONG : run > RUN_LONG;
    look.cyrillic += bytes[i] >= 0xC0 || bytes[i] == 0xA8 || bytes[i] == 0xB8 || bytes[i] == 0xA3 || bytes[i] == 0xB3;
  }
  for (size_t i = 0; i + 1 < size; i++)
    if (bytes[i] >= 0x80) look_at_pair(&look, bytes[i], bytes[i + 1]), i++;
  return look;
}

// How Russian the text would be with these ten most frequent letters (о е а и н т с р в л), small and then capital, each counted
// by how many there are among a hundred letters.
static int weigh_letters(const unsigned char *bytes, size_t size, const char *letters) {
  static const int weights[] = {11, 8, 8, 7, 7, 6, 5, 5, 5, 4};
  int weight = 0;
  for (size_t i = 0; i < size; i++) {
    const char *found = bytes[i] >= 0x80 ? strchr(letters, (char)bytes[i]) : NULL;
    if (found) weight += weights[(size_t)(found - letters) % G_N_ELEMENTS(weights)];
  }
  return weight;
}

static const char *which_cyrillic(const unsigned char *bytes, size_t size) {
  static const char koi8[] = "\xCF\xC5\xC1\xC9\xCE\xD4\xD3\xD2\xD7\xCC\xEF\xE5\xE1\xE9\xEE\xF4\xF3\xF2\xF7\xEC";
  static const char windows[] = "\xEE\xE5\xE0\xE8\xED\xF2\xF1\xF0\xE2\xEB\xCE\xC5\xC0\xC8\xCD\xD2\xD1\xD0\xC2\xCB";
  return weigh_letters(bytes, size, koi8) > weigh_letters(bytes, size, windows) ? "koi8-r" : "windows-1251";
}

const char *charset_guess(Bytes raw) {
  const unsigned char *bytes = raw.data;
  size_t size = MIN(raw.size, LOOK_AT);
  Look look = look_at_bytes(bytes, size);
  if (look.high < HIGH_FEWEST) return NULL;
  if (look.kana_shift * 3 >= look.pairs && look.kana_shift * 2 >= look.pairs - look.kana_shift) return "shift_jis";
  if (look.low * 5 >= look.pairs && look.big5 * 10 >= look.pairs * 9) return "big5";
  if (look.in_runs * 10 < look.high * 7) return NULL;
  if (look.cyrillic * 20 >= look.high * 19) return which_cyrillic(bytes, size);
  if (look.kana_euc * 4 >= look.pairs) return "euc-jp";
  if (look.hangul * 20 >= look.pairs * 19 && look.pairs >= 6) return "euc-kr";
  return look.chinese * 10 >= look.pairs * 9 ? "gb18030" : NULL;
}
