// HTML output. Every page passes through here, so text is scanned for the few bytes that need escaping and copied in runs,
// and appending writes straight into the string's spare room. Addresses are checked as a browser would read them: what has
// a scheme that is not known to be harmless becomes "#".
#include "base/html.h"

#include <math.h>
#include <string.h>

void html_literal(GString *out, const char *text, size_t size) {
  if (out->allocated_len - out->len > size) {
    memcpy(out->str + out->len, text, size);
    out->len += size;
    out->str[out->len] = '\0';
  } else {
    g_string_append_len(out, text, (gssize)size);
  }
}

static const char *const entities[256] = {['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;"};

void html_put_text(GString *out, const char *text) {
  if (!text) return;
  for (;;) {
    size_t run = strcspn(text, "&<>\"'"); // sixteen bytes at a time in glibc
    html_literal(out, text, run);
    text += run;
    if (!*text) return;
    const char *entity = entities[(unsigned char)*text++];
    html_literal(out, entity, strlen(entity));
  }
}

void html_put_unsigned(GString *out, uint64_t value) {
  char digits[20];
  size_t at = sizeof digits;
  do {
    digits[--at] = (char)('0' + value % 10);
    value /= 10;
  } while (value);
  html_literal(out, digits + at, sizeof digits - at);
}

void html_put_int(GString *out, int64_t value) {
  if (value < 0) html_literal(out, "-", 1);
  html_put_unsigned(out, value < 0 ? -(uint64_t)value : (uint64_t)value);
}

// Nearly every number on a chart has at most six decimals. A quotient of whole numbers is rounded as a reader rounds the decimal,
// so when the millionths lead back to `value`, they are what a reader needs. False when they do not.
static bool put_millionths(GString *out, double value) {
  if (value >= 1e9) return false;
  uint64_t millionths = (uint64_t)(value * 1e6 + 0.5);
  if ((double)millionths / 1e6 != value) return false;
  html_put_unsigned(out, millionths / 1000000);
  unsigned fraction = (unsigned)(millionths % 1000000);
  if (fraction) html_literal(out, ".", 1);
  for (unsigned place = 100000; fraction; fraction %= place, place /= 10) html_literal(out, &"0123456789"[fraction / place], 1);
  return true;
}

// The shortest significant digits that read back as `value` (positive, finite), and where the point stands among them.
static int shortest_digits(double value, char digits[static 32], int *out_point) {
  char text[40];
  for (int decimals = 14; decimals <= 16; decimals++) {
    char format[8];
    g_snprintf(format, sizeof format, "%%.%de", decimals);
    g_ascii_formatd(text, sizeof text, format, value);
    if (g_ascii_strtod(text, NULL) == value) break; // at the latest with 17 digits
  }
  const char *exponent = strchr(text, 'e');
  int count = 0;
  for (const char *at = text; at < exponent; at++)
    if (*at != '.') digits[count++] = *at;
  while (count > 1 && digits[count - 1] == '0') count--;
  *out_point = (int)g_ascii_strtoll(exponent + 1, NULL, 10) + 1;
  return count;
}

void html_put_double(GString *out, double value) {
  if (!isfinite(value)) value = 0; // no place on a chart; better a point at 0 than a picture that does not parse
  if (value < 0) html_literal(out, "-", 1);
  value = fabs(value);
  if (put_millionths(out, value)) return;
  char digits[32];
  int point;
  int count = shortest_digits(value, digits, &point);
  if (point <= 0) html_literal(out, "0.", 2);
  for (int i = point; i < 0; i++) html_literal(out, "0", 1);
  for (int i = 0; i < count; i++) {
    if (i > 0 && i == point) html_literal(out, ".", 1);
    html_literal(out, &digits[i], 1);
  }
  for (int i = count; i < point; i++) html_literal(out, "0", 1);
}

void html_put_bool(GString *out, bool value) { html_put_text(out, value ? "true" : "false"); }
void html_put_html(GString *out, Html value) { html_literal(out, value.text, value.size); }
void html_put_url(GString *out, Url value) { html_put_text(out, value.text); }

void html_put_url_part_text(GString *out, const char *text) {
  static const char hex[] = "0123456789ABCDEF";
  for (; text && *text; text++) {
    unsigned char byte = (unsigned char)*text;
    if (g_ascii_isalnum(byte) || strchr("-._~", byte))
      html_literal(out, text, 1);
    else
      html_literal(out, (const char[]){'%', hex[byte >> 4], hex[byte & 15]}, 3);
  }
}

void html_put_url_part_int(GString *out, int64_t value) { html_put_int(out, value); }

// A browser drops tabs and newlines inside an address and control characters around it; so nothing with any of them passes.
static bool has_controls(const char *text) {
  if (*text == ' ') return true;
  for (; *text; text++)
    if ((unsigned char)*text < 0x20 || *text == 0x7F) return true;
  return false;
}

Url url_checked(const char *text) {
  static const char *const schemes[] = {"http", "https", "mailto", "tel", "cid"};
  if (!text || has_controls(text)) return (Url){"#"};
  size_t length = strcspn(text, ":/?#");
  if (text[length] != ':') return (Url){text};
  for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++)
    if (strlen(schemes[i]) == length && g_ascii_strncasecmp(text, schemes[i], length) == 0) return (Url){text};
  return (Url){"#"};
}
