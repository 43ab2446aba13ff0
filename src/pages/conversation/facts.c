// Words for how a mail came. The content is always shown; these say how far to believe it, with the reason.
#include "pages/conversation/facts.h"
#include "base/words.h"

#include "base/text.h"

#include <string.h>

static bool is_encrypted(const MailProtection *protection) {
  return protection->kind == MAIL_SMIME_ENCRYPTED || protection->kind == MAIL_PGP_ENCRYPTED;
}

static const char *kind_word(MailProtectionKind kind) {
  return kind == MAIL_SMIME_SIGNED || kind == MAIL_SMIME_ENCRYPTED ? "S/MIME" : "PGP";
}

const char *facts_protection(Arena *arena, const MailProtection *protection) {
  const char *kind = kind_word(protection->kind), *reason = protection->reason;
  const char *by = text_is_blank(protection->signer) ? "" : arena_say(arena, " by %s", protection->signer);
  const char *gap = text_is_blank(reason) ? "" : " ";
  if (is_encrypted(protection)) return arena_say(arena, "Encrypted (%s).%s%s", kind, gap, reason);
  switch (protection->state) {
  case MAIL_GOOD: return arena_say(arena, "Signed (%s)%s.", kind, by);
  case MAIL_BAD: return arena_say(arena, "The signature (%s)%s does not fit.%s%s", kind, by, gap, reason);
  case MAIL_DOUBTFUL:
  case MAIL_UNCHECKED: break;
  }
  return arena_say(arena, "Signed (%s)%s, not verified.%s%s", kind, by, gap, reason);
}

const char *facts_protection_icon(const MailProtection *protection) {
  bool is_fine = !is_encrypted(protection) && protection->state == MAIL_GOOD;
  return is_fine ? "solved" : !is_encrypted(protection) && protection->state == MAIL_BAD ? "warning" : "key";
}

const char *facts_protection_class(const MailProtection *protection) {
  return !is_encrypted(protection) && protection->state == MAIL_BAD ? "late" : "";
}

const char *facts_invite_title(const MailInvite *invite) {
  static const char *const titles[][2] = {{"REQUEST", "Invitation"},
                                          {"PUBLISH", "Appointment"},
                                          {"CANCEL", "Cancelled appointment"},
                                          {"REPLY", "Answer to an invitation"},
                                          {"COUNTER", "Another time is proposed"}};
  for (size_t i = 0; i < G_N_ELEMENTS(titles); i++)
    if (g_ascii_strcasecmp(invite->method, titles[i][0]) == 0) return titles[i][1];
  return "Calendar entry";
}

static const char *formatted(const Visit *visit, int64_t at, const char *format) {
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / CLOCK_SECOND);
  g_autoptr(GDateTime) local = utc ? g_date_time_to_timezone(utc, visit->zone) : NULL;
  return local ? text_trim(visit->arena, arena_take(visit->arena, g_date_time_format(local, format))) : "";
}

// A day of a calendar has no zone: it is the same day everywhere.
static const char *day_of(const Visit *visit, int64_t at) {
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / CLOCK_SECOND);
  int year, month, day;
  if (!utc) return "";
  g_date_time_get_ymd(utc, &year, &month, &day);
  return words_date(visit->arena, year, month, day);
}

const char *facts_invite_time(const Visit *visit, const MailInvite *invite) {
  if (!invite->starts_at) return "";
  if (invite->is_all_day) return day_of(visit, invite->starts_at);
  const char *start = moment_exact(visit, invite->starts_at);
  if (invite->ends_at <= invite->starts_at) return start;
  bool same_day = strcmp(formatted(visit, invite->starts_at, "%F"), formatted(visit, invite->ends_at, "%F")) == 0;
  return arena_say(visit->arena, "%s to %s", start,
                   same_day ? formatted(visit, invite->ends_at, "%H:%M") : moment_exact(visit, invite->ends_at));
}
