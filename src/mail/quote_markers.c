// The marker tables and the tests of single lines. Words are compared folded (text_fold): lower case, without accents, full-width
// colons as plain ones, so "a écrit :" stands here as "a ecrit" and "napisał(a)" as "napisal". Adding a language is adding words.
#include "mail/quote_markers.h"

#include "base/text.h"

#define LINE_LONGEST 500 // bytes; longer lines are prose, not markers

// Verbs of "On … wrote:"; the part of the word that all forms share.
static const char *const verbs[] = {
  "wrote",      "writes",  "schrieb",  "schreibt", "geschrieben", "sent",        "a ecrit",   "ecrit",   "escribio",
  "ha scritto", "scrisse", "escreveu", "schreef",  "geschreven",  "napisal",     "pisze",     "написал", "пишет",
  "писал",      "написав", "писав",    "пише",     "skrev",       "skriver",     "kirjoitti", "napsal",  "napisal(a)",
  "irta",       "yazdi",   "a scris",  "εγραψε",   "のメール",    "書きました",  "が書いた",  "写道",    "寫道",
  "작성",       "da viet", "כתב",      "כתבה",     "كتب",         "va escriure", "escrigue",  "napisao", "rase",
};

// What such a line begins with, when it does not begin with the name or a digit.
static const char *const beginnings[] = {
  "on ",     "am ",        "le ", "el ", "il ", "em ", "op ",      "w dniu ", "dnia ", "den ", "dne ",  "a ",
  "pe ",     "в ",         "在 ", "于 ", "於 ", "on:", "---- on ", "--- on ", "vào ",  "vao ", "στις ", "la ",
  "no dia ", "il giorno ", "2",   "1",   "3",   "0",   "4",        "5",       "6",     "7",    "8",     "9",
};

// What stands between dashes, or alone before a colon, above a mail that is quoted or forwarded whole.
static const char *const separators[] = {
  "original message",
  "originalmessage",
  "original appointment",
  "original email",
  "reply message",
  "forwarded message",
  "forwarded by",
  "begin forwarded message",
  "start of forwarded message",
  "ursprungliche nachricht",
  "originalnachricht",
  "original-nachricht",
  "weitergeleitete nachricht",
  "anfang der weitergeleiteten",
  "urspr. nachricht",
  "message d'origine",
  "message d’origine",
  "message original",
  "message initial",
  "message transfere",
  "debut du message reexpedie",
  "debut du message transfere",
  "mensaje original",
  "mensaje reenviado",
  "inicio del mensaje reenviado",
  "messaggio originale",
  "messaggio inoltrato",
  "inizio messaggio inoltrato",
  "mensagem original",
  "mensagem encaminhada",
  "mensagem reencaminhada",
  "inicio da mensagem",
  "oorspronkelijk bericht",
  "oorspronkelijke bericht",
  "origineel bericht",
  "doorgestuurd bericht",
  "begin doorgestuurd bericht",
  "oryginalna wiadomosc",
  "wiadomosc oryginalna",
  "wiadomosc napisana przez",
  "przekazana wiadomosc",
  "poczatek przekazanej wiadomosci",
  "исходное сообщение",
  "пересылаемое сообщение",
  "пересланное сообщение",
  "оригинальное сообщение",
  "начало переадресованного сообщения",
  "元のメッセージ",
  "転送されたメッセージ",
  "転送されるメッセージ",
  "原始邮件",
  "原始郵件",
  "原始信件",
  "转发邮件",
  "轉寄郵件",
  "转发的邮件",
  "已转发邮件",
  "邮件原件",
  "원본 메시지",
  "원본 메일",
  "전달된 메시지",
  "ursprungligt meddelande",
  "vidarebefordrat meddelande",
  "oprindelig meddelelse",
  "oprindelig besked",
  "videresendt meddelelse",
  "opprinnelig melding",
  "alkuperainen viesti",
  "valitetty viesti",
  "puvodni zprava",
  "puvodna sprava",
  "eredeti uzenet",
  "mesaj original",
  "orijinal mesaj",
  "ozgun ileti",
  "original message processed by",
};

static const struct {
  const char *word;
  QuoteLabel label;
} labels[] = {
  {"from", LABEL_FROM},
  {"sent", LABEL_DATE},
  {"date", LABEL_DATE},
  {"to", LABEL_TO},
  {"subject", LABEL_SUBJECT},
  {"cc", LABEL_OTHER},
  {"bcc", LABEL_OTHER},
  {"reply-to", LABEL_OTHER},
  {"importance", LABEL_OTHER},
  {"attachments", LABEL_OTHER},
  {"when", LABEL_DATE},
  {"sent by", LABEL_FROM},
  {"von", LABEL_FROM},
  {"gesendet", LABEL_DATE},
  {"datum", LABEL_DATE},
  {"an", LABEL_TO},
  {"betreff", LABEL_SUBJECT},
  {"antwort an", LABEL_OTHER},
  {"kopie", LABEL_OTHER},
  {"gesendet am", LABEL_DATE},
  {"de", LABEL_FROM},
  {"envoye", LABEL_DATE},
  {"a", LABEL_TO},
  {"objet", LABEL_SUBJECT},
  {"date d'envoi", LABEL_DATE},
  {"envoye le", LABEL_DATE},
  {"repondre a", LABEL_OTHER},
  {"pour", LABEL_TO},
  {"enviado", LABEL_DATE},
  {"enviado el", LABEL_DATE},
  {"fecha", LABEL_DATE},
  {"para", LABEL_TO},
  {"asunto", LABEL_SUBJECT},
  {"responder a", LABEL_OTHER},
  {"enviada em", LABEL_DATE},
  {"enviado em", LABEL_DATE},
  {"enviada", LABEL_DATE},
  {"data", LABEL_DATE},
  {"assunto", LABEL_SUBJECT},
  {"da", LABEL_FROM},
  {"inviato", LABEL_DATE},
  {"oggetto", LABEL_SUBJECT},
  {"risposta", LABEL_OTHER},
  {"rispondi a", LABEL_OTHER},
  {"inviato il", LABEL_DATE},
  {"van", LABEL_FROM},
  {"verzonden", LABEL_DATE},
  {"aan", LABEL_TO},
  {"onderwerp", LABEL_SUBJECT},
  {"verzonden op", LABEL_DATE},
  {"od", LABEL_FROM},
  {"wyslano", LABEL_DATE},
  {"wyslane", LABEL_DATE},
  {"do", LABEL_TO},
  {"dw", LABEL_OTHER},
  {"temat", LABEL_SUBJECT},
  {"nadawca", LABEL_FROM},
  {"adresat", LABEL_TO},
  {"от", LABEL_FROM},
  {"от кого", LABEL_FROM},
  {"отправлено", LABEL_DATE},
  {"дата", LABEL_DATE},
  {"кому", LABEL_TO},
  {"тема", LABEL_SUBJECT},
  {"копия", LABEL_OTHER},
  {"від", LABEL_FROM},
  {"差出人", LABEL_FROM},
  {"送信日時", LABEL_DATE},
  {"日時", LABEL_DATE},
  {"宛先", LABEL_TO},
  {"件名", LABEL_SUBJECT},
  {"日付", LABEL_DATE},
  {"送信者", LABEL_FROM},
  {"发件人", LABEL_FROM},
  {"发送时间", LABEL_DATE},
  {"日期", LABEL_DATE},
  {"收件人", LABEL_TO},
  {"主题", LABEL_SUBJECT},
  {"抄送", LABEL_OTHER},
  {"时间", LABEL_DATE},
  {"寄件者", LABEL_FROM},
  {"寄件日期", LABEL_DATE},
  {"收件者", LABEL_TO},
  {"主旨", LABEL_SUBJECT},
  {"副本", LABEL_OTHER},
  {"發件人", LABEL_FROM},
  {"發送時間", LABEL_DATE},
  {"主題", LABEL_SUBJECT},
  {"보낸 사람", LABEL_FROM},
  {"보낸 날짜", LABEL_DATE},
  {"받는 사람", LABEL_TO},
  {"제목", LABEL_SUBJECT},
  {"날짜", LABEL_DATE},
  {"fran", LABEL_FROM},
  {"skickat", LABEL_DATE},
  {"till", LABEL_TO},
  {"amne", LABEL_SUBJECT},
  {"kopia", LABEL_OTHER},
  {"fra", LABEL_FROM},
  {"sendt", LABEL_DATE},
  {"til", LABEL_TO},
  {"emne", LABEL_SUBJECT},
  {"dato", LABEL_DATE},
  {"lahettaja", LABEL_FROM},
  {"lahetetty", LABEL_DATE},
  {"vastaanottaja", LABEL_TO},
  {"aihe", LABEL_SUBJECT},
  {"odesilatel", LABEL_FROM},
  {"odeslano", LABEL_DATE},
  {"komu", LABEL_TO},
  {"predmet", LABEL_SUBJECT},
  {"felado", LABEL_FROM},
  {"kuldve", LABEL_DATE},
  {"cimzett", LABEL_TO},
  {"targy", LABEL_SUBJECT},
  {"kimden", LABEL_FROM},
  {"gonderildi", LABEL_DATE},
  {"kime", LABEL_TO},
  {"konu", LABEL_SUBJECT},
  {"de la", LABEL_FROM},
  {"trimis", LABEL_DATE},
  {"catre", LABEL_TO},
  {"subiect", LABEL_SUBJECT},
  {"saadetud", LABEL_DATE},
  {"sujet", LABEL_SUBJECT},
  {"copie a", LABEL_OTHER},
  {"message du", LABEL_DATE},
  {"envoye par", LABEL_FROM},
};

// How programs on phones sign. A line that begins with one of these and is short.
static const char *const devices[] = {
  "sent from my ",
  "sent from outlook",
  "sent from mail for",
  "sent from yahoo",
  "sent from proton",
  "sent from a ",
  "sent from the all",
  "sent from android",
  "sent from samsung",
  "sent from iphone",
  "sent from mailbox",
  "sent from tutanota",
  "sent from aol",
  "sent from ipad",
  "sent from gmail",
  "sent from blackberry",
  "sent via ",
  "sent with ",
  "sent on the go",
  "sent using ",
  "get outlook for",
  "get bluemail",
  "von meinem ",
  "von unterwegs gesendet",
  "gesendet von meinem",
  "gesendet von mail fur",
  "gesendet mit der",
  "gesendet mit outlook",
  "gesendet von outlook",
  "diese nachricht wurde von meinem",
  "holen sie sich outlook",
  "outlook fur ios",
  "outlook fur android",
  "envoye de mon",
  "envoye depuis",
  "envoye a partir",
  "obtenir outlook",
  "telecharger outlook",
  "enviado desde mi",
  "enviado desde outlook",
  "enviado desde correo",
  "enviado desde el",
  "obtener outlook",
  "enviado do meu",
  "enviado a partir do",
  "enviado do outlook",
  "obter o outlook",
  "inviato da iphone",
  "inviato da ipad",
  "inviato da mio",
  "inviato dal mio",
  "inviato da outlook",
  "inviato da posta",
  "inviato da yahoo",
  "ottenere outlook",
  "ottieni outlook",
  "verzonden vanaf",
  "verzonden vanuit",
  "verstuurd vanaf",
  "verzonden met",
  "outlook voor",
  "wyslane z",
  "wyslano z",
  "pobierz aplikacje outlook",
  "pobierz outlook",
  "отправлено с ",
  "отправлено из",
  "отправлено от",
  "скачать outlook",
  "sendt fra min",
  "sendt fra ",
  "skickat fran min",
  "skickat fran ",
  "lahetetty iphone",
  "lahetetty ",
  "iphoneから送信",
  "ipadから送信",
  "私のiphoneから",
  "androidから",
  "outlook for android を",
  "outlook for ios を",
  "发自我的",
  "发自",
  "從我的",
  "从我的",
  "寄自我的",
  "傳送自我的",
  "下载 outlook",
  "나의 iphone",
  "내 iphone에서",
  "odeslano z",
  "trimis de pe",
  "iphone'umdan",
  "iphone’umdan",
};

// The writer speaks of an own letter: that is no attribution.
static const char *const own_letters[] = {" i wrote", " we wrote", "schrieb ich", "schrieben wir", "schrieb mir", " ho scritto"};

static const char *folded_line(Arena *arena, const QuoteLine *line) {
  if (line->length > LINE_LONGEST) return "";
  return text_fold(arena, arena_strndup(arena, line->start, line->length));
}

static bool begins_with_any(const char *text, const char *const *words, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (g_str_has_prefix(text, words[i])) return true;
  return false;
}

QuoteLabel quote_label(Arena *arena, const QuoteLine *line) {
  size_t length = MIN(line->length, 40);
  const char *at = line->start, *end = at + length;
  while (at < end && strchr(" \t*_", *at)) at++;
  const char *colon = memchr(at, ':', (size_t)(end - at)), *wide = memmem(at, (size_t)(end - at), "：", 3);
  if (!colon || (wide && wide < colon)) colon = wide;
  if (!colon || colon == at) return LABEL_NONE;
  char *word = arena_strndup(arena, text_fold(arena, arena_strndup(arena, at, (size_t)(colon - at))), 60);
  g_strchomp(word);
  for (size_t last = strlen(word); last && strchr("*_ ", word[last - 1]); last--) word[last - 1] = '\0';
  for (size_t i = 0; i < G_N_ELEMENTS(labels); i++)
    if (strcmp(labels[i].word, word) == 0) return labels[i].label;
  return LABEL_NONE;
}

bool quote_is_separator(Arena *arena, const QuoteLine *line) {
  if (line->length > 120) return false;
  const char *text = folded_line(arena, line);
  size_t dashes = strspn(text, "-_=* \t>");
  bool has_dashes = memchr(text, '-', dashes) || memchr(text, '_', dashes) || memchr(text, '=', dashes);
  const char *words = text + dashes;
  size_t length = strlen(words);
  while (length && strchr("-_=* \t", words[length - 1])) length--;
  for (size_t i = 0; i < G_N_ELEMENTS(separators); i++) {
    size_t known = strlen(separators[i]);
    if (strncmp(words, separators[i], known) != 0) continue;
    if (has_dashes || g_str_has_suffix(separators[i], " by") || (length == known + 1 && words[known] == ':') || length == known)
      return true;
  }
  return false;
}

bool quote_is_rule(const QuoteLine *line) {
  const char *at = line->start, *end = at + line->length;
  while (at < end && g_ascii_isspace(*at)) at++;
  while (end > at && g_ascii_isspace(end[-1])) end--;
  if (end - at < 3 || !strchr("-_=*#~+", *at)) return false;
  for (const char *c = at; c < end; c++)
    if (*c != *at) return false;
  return true;
}

static bool line_is(const QuoteLine *line, const char *text) {
  return line->length == strlen(text) && memcmp(line->start, text, line->length) == 0;
}

bool quote_is_signature_mark(const QuoteLine *line) {
  size_t dashes = 0; // "———"
  while (dashes + 3 <= line->length && memcmp(line->start + dashes, "—", 3) == 0) dashes += 3;
  if (dashes >= 6 && dashes == line->length) return true;
  return line_is(line, "-- ") || line_is(line, "__") || line_is(line, "--") || line_is(line, "—") || line_is(line, "— ") ||
         line_is(line, "--\u00a0");
}

bool quote_is_device_line(Arena *arena, const QuoteLine *line) {
  if (line->length < 6 || line->length > 160) return false;
  const char *text = folded_line(arena, line);
  text += strspn(text, " \t*_-(<[");
  if (!begins_with_any(text, devices, G_N_ELEMENTS(devices))) return false;
  bool is_prose = g_str_has_prefix(text, "sent from my ") && strchr(text, ',') && g_str_has_suffix(text, ".");
  bool from_mine = strstr(text, "gesendet") || !g_str_has_prefix(text, "von meinem ");
  size_t words = 1;
  for (const char *c = text; *c; c++) words += *c == ' ';
  return from_mine && !is_prose && words <= 16;
}

bool quote_may_end_attribution(const QuoteLine *line) {
  const char *end = line->start + line->length;
  while (end > line->start && strchr(" \t*_-", end[-1])) end--;
  while (end - line->start >= 2 && memcmp(end - 2, "\u00a0", 2) == 0) end -= 2;
  if (line->length > LINE_LONGEST || end == line->start) return false;
  bool zoho = end < line->start + line->length && end - line->start > 5 && memcmp(end - 5, "wrote", 5) == 0;
  return end[-1] == ':' || zoho || (end - line->start >= 3 && memcmp(end - 3, "：", 3) == 0);
}

// A time of day: "19:03", "13.16".
static bool has_time(const char *text) {
  for (const char *c = text; *c; c++)
    if (g_ascii_isdigit(c[0]) && (c[1] == ':' || c[1] == '.') && g_ascii_isdigit(c[2]) && g_ascii_isdigit(c[3])) return true;
  return false;
}

static bool has_year(const char *text) {
  for (const char *c = strstr(text, "20"); c; c = strstr(c + 1, "20"))
    if (g_ascii_isdigit(c[2]) && g_ascii_isdigit(c[3]) && !g_ascii_isdigit(c[4]) && (c == text || !g_ascii_isdigit(c[-1])))
      return true;
  return false;
}

// "2022年1月1日(金) 9:00 田中太郎 <taro@example.com>:": Gmail's form in languages where it writes no verb.
static bool is_verbless(const char *folded) {
  return strchr(folded, '@') && g_str_has_suffix(folded, ">:") && has_year(folded) && has_time(folded);
}

bool quote_is_attribution(Arena *arena, const char *text, bool quote_follows) {
  const char *folded = text_fold(arena, text_one_line(arena, text));
  if (is_verbless(folded)) return true;
  for (size_t i = 0; i < G_N_ELEMENTS(own_letters); i++)
    if (strstr(folded, own_letters[i])) return false;
  bool is_sure = quote_follows || has_time(folded) || strchr(folded, '@');
  size_t length = strlen(folded);
  while (length && strchr(": -", folded[length - 1])) length--;
  for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++) {
    if (!strstr(folded, verbs[i])) continue;
    size_t verb = strlen(verbs[i]);
    bool is_last = length >= verb && memcmp(folded + length - verb, verbs[i], verb) == 0; // "On Nov 26, 2013 you wrote:"
    if (is_sure || (is_last && has_year(folded))) return true;
  }
  return false;
}

bool quote_begins_attribution(Arena *arena, const QuoteLine *line) {
  const char *text = folded_line(arena, line);
  text += strspn(text, " \t*_\"");
  return begins_with_any(text, beginnings, G_N_ELEMENTS(beginnings));
}

bool quote_tells_moment(Arena *arena, const QuoteLine *line) {
  if (line->length > LINE_LONGEST) return false;
  const char *text = arena_strndup(arena, line->start, line->length);
  return has_year(text) && has_time(text);
}

// " On " before a day, a month or a number: the only words that programs have been seen to write behind others.
static bool begins_date(const char *text) {
  static const char *const words[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun", "jan", "feb", "mar",
                                      "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
  if (g_ascii_isdigit(*text)) return true;
  for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
    if (g_ascii_strncasecmp(text, words[i], 3) == 0) return true;
  return false;
}

size_t quote_attribution_inside(Arena *arena, const QuoteLine *line) {
  if (line->is_quoted || !quote_may_end_attribution(line)) return 0;
  const char *text = arena_strndup(arena, line->start, line->length);
  for (const char *at = strstr(text, " On "); at; at = strstr(at + 1, " On ")) {
    const char *begin = at;
    while (begin > text && (begin[-1] == '-' || begin[-1] == ' ')) begin--;
    if (begin == text || !begins_date(at + 4)) continue;
    bool is_sure = strchr(at, '@') && has_time(at);
    return is_sure && quote_is_attribution(arena, at, false) ? (size_t)(begin - text) : 0;
  }
  return 0;
}

// "2009/5/12 Name <name@example.org>", the whole line.
static bool is_old_dated_line(const QuoteLine *line) {
  const char *at = line->start, *end = at + line->length;
  int parts = 0, digits = 0;
  for (; at < end && (g_ascii_isdigit(*at) || *at == '/'); at++) {
    digits = *at == '/' ? 0 : digits + 1;
    parts += *at == '/';
    if (digits > 4 || (parts > 0 && digits > 2)) return false;
  }
  return parts == 2 && digits > 0 && at < end && *at == ' ' && end[-1] == '>' && memchr(at, '<', (size_t)(end - at)) &&
         memchr(at, '@', (size_t)(end - at));
}

bool quote_is_dated_line(const QuoteLine *line) {
  const char *at = line->start;
  if (line->length < 16 || line->length > LINE_LONGEST) return false;
  if (is_old_dated_line(line)) return true;
  if (line->length < 24) return false;
  static const char shape[] = "0000-00-00 ";
  for (size_t i = 0; shape[i]; i++)
    if (shape[i] == '0' ? !g_ascii_isdigit(at[i]) : at[i] != shape[i]) return false;
  return memmem(at + 11, MIN(line->length - 11, 10), "GMT", 3) != NULL;
}
