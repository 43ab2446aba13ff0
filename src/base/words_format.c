// Formats in another language. The English format, which the compiler has checked, says what the arguments are; they are read once,
// then the other format is written with them, in whatever order it names them. Where it asks for an argument that is not there, or
// in another way, English is written.
#include "base/words.h"

#include <string.h>

#define MOST_ARGUMENTS 16

typedef struct Directive {
  size_t size;          // of all of it
  int argument;         // from "2$": 1 and up; 0 when it does not say
  char flags[24];       // flags, width and precision, as written
  bool takes_precision; // ".*"
  char kind;            // 'd' signed, 'u' unsigned, 'f' floating, 's' text, 'c' character, '%'
  char length;          // 'j', 'z', 't', 'l', 'q' for ll, or 0
  char conversion;
} Directive;

typedef struct Argument {
  char kind;
  intmax_t number;
  double fraction;
  const char *text;
} Argument;

// Reads the directive at `at`, which is a '%'. False when it is none that is known here.
static bool read_directive(const char *at, Directive *out) {
  const char *from = at++;
  *out = (Directive){0};
  size_t digits = strspn(at, "0123456789");
  if (digits && digits < 3 && at[digits] == '$') {
    out->argument = (int)g_ascii_strtoull(at, NULL, 10);
    at += digits + 1;
  }
  size_t size = strspn(at, "-+ #0123456789.");
  if (size + 1 >= sizeof out->flags) return false;
  memcpy(out->flags, at, size);
  at += size;
  out->takes_precision = size && at[-1] == '.' && *at == '*';
  if (out->takes_precision) at++;
  if (*at == 'l' && at[1] == 'l') {
    out->length = 'q';
    at += 2;
  } else if (*at && strchr("jztl", *at)) {
    out->length = *at++;
  }
  out->conversion = *at;
  out->kind = !*at                   ? 0
              : strchr("di", *at)    ? 'd'
              : strchr("uxXo", *at)  ? 'u'
              : strchr("fgGeE", *at) ? 'f'
              : strchr("sc%", *at)   ? *at
                                     : 0;
  out->size = (size_t)(at + 1 - from);
  return out->kind != 0;
}

static intmax_t read_signed(char length, va_list *args) {
  switch (length) {
  case 'j': return va_arg(*args, intmax_t);
  case 'z': return va_arg(*args, ssize_t);
  case 't': return va_arg(*args, ptrdiff_t);
  case 'l': return va_arg(*args, long);
  case 'q': return va_arg(*args, long long);
  default: return va_arg(*args, int);
  }
}

static intmax_t read_unsigned(char length, va_list *args) {
  switch (length) {
  case 'j': return (intmax_t)va_arg(*args, uintmax_t);
  case 'z': return (intmax_t)va_arg(*args, size_t);
  case 'l': return (intmax_t)va_arg(*args, unsigned long);
  case 'q': return (intmax_t)va_arg(*args, unsigned long long);
  default: return va_arg(*args, unsigned);
  }
}

// The arguments that `format` names one after the other. False when it has more than fit, or a directive that is not known here.
static bool read_arguments(const char *format, va_list *args, Argument out[static MOST_ARGUMENTS], int *out_count) {
  int count = 0;
  for (const char *at = strchr(format, '%'); at; at = strchr(at, '%')) {
    Directive directive;
    if (!read_directive(at, &directive) || directive.argument || count + 2 > MOST_ARGUMENTS) return false;
    at += directive.size;
    if (directive.kind == '%') continue;
    if (directive.takes_precision) out[count++] = (Argument){.kind = '*', .number = va_arg(*args, int)};
    Argument *argument = &out[count++];
    *argument = (Argument){.kind = directive.kind};
    if (directive.kind == 's') argument->text = va_arg(*args, const char *);
    if (directive.kind == 'f') argument->fraction = va_arg(*args, double);
    if (directive.kind == 'd' || directive.kind == 'c') argument->number = read_signed(directive.length, args);
    if (directive.kind == 'u') argument->number = read_unsigned(directive.length, args);
  }
  *out_count = count;
  return true;
}

// The one place where a format is made at run time: of what read_directive has let through.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void put_argument(GString *out, const Directive *directive, const Argument *argument, int precision) {
  char format[48];
  const char *length = directive->kind == 'd' || directive->kind == 'u' ? "j" : "";
  g_snprintf(format, sizeof format, "%%%s%s%s%c", directive->flags, directive->takes_precision ? "*" : "", length,
             directive->conversion);
  if (directive->kind == 's') {
    const char *text = tr_of(argument->text);
    if (directive->takes_precision)
      g_string_append_printf(out, format, precision, text);
    else
      g_string_append_printf(out, format, text);
  } else if (directive->kind == 'f') {
    g_autofree char *number = g_strdup_printf(format, argument->fraction);
    char *point = strchr(number, '.');
    if (point) *point = *words_decimal_point();
    g_string_append(out, number);
  } else if (directive->kind == 'c') {
    g_string_append_c(out, (char)argument->number);
  } else {
    g_string_append_printf(out, format, argument->number);
  }
}

static void put_plain(GString *out, const char *format, va_list args) { g_string_append_vprintf(out, format, args); }
#pragma GCC diagnostic pop

// Finds the argument for `directive`: the one it names, or the next. NULL when there is none of its kind.
static const Argument *argument_for(const Directive *directive, const Argument *arguments, int count, int *next,
                                    int *out_precision) {
  int at = directive->argument ? directive->argument - 1 : *next;
  if (directive->takes_precision) {
    if (at >= count || arguments[at].kind != '*') return NULL;
    *out_precision = (int)arguments[at++].number;
  }
  if (at < 0 || at >= count || arguments[at].kind != directive->kind) return NULL;
  *next = at + 1;
  return &arguments[at];
}

static bool put_format(GString *out, const char *format, const Argument *arguments, int count) {
  int next = 0;
  for (const char *percent = strchr(format, '%'); percent; percent = strchr(format, '%')) {
    g_string_append_len(out, format, percent - format);
    Directive directive;
    if (!read_directive(percent, &directive)) return false;
    format = percent + directive.size;
    if (directive.kind == '%') {
      g_string_append_c(out, '%');
      continue;
    }
    int precision = 0;
    const Argument *argument = argument_for(&directive, arguments, count, &next, &precision);
    if (!argument) return false;
    put_argument(out, &directive, argument, precision);
  }
  g_string_append(out, format);
  return true;
}

void words_vappend(GString *out, const char *format, va_list args) {
  Argument arguments[MOST_ARGUMENTS];
  int count = 0;
  va_list copy;
  va_copy(copy, args);
  bool is_said = words_language() != 0 && read_arguments(format, &copy, arguments, &count);
  va_end(copy);
  gsize before = out->len;
  if (is_said && put_format(out, words_say(format), arguments, count)) return;
  g_string_truncate(out, before);
  put_plain(out, format, args);
}
