// Calendar parts (case 49): when an event is, however its time is written, and parts made to keep a parser busy.
#include "mail/mail.h"

static Mail *parse(Arena *arena, const char *calendar) {
  return mail_parse(
    arena, bytes_of_text(arena_printf(arena, "From: a@b.example\nContent-Type: text/calendar; charset=utf-8\n\n%s", calendar)));
}

static Mail *with_event(Arena *arena, const char *before, const char *event) {
  return parse(
    arena, arena_printf(arena, "BEGIN:VCALENDAR\nMETHOD:REQUEST\n%sBEGIN:VEVENT\nSUMMARY:Tea\n%s\nEND:VEVENT\nEND:VCALENDAR\n",
                        before, event));
}

static void expect_start(const char *event, const char *moment) {
  g_autoptr(Arena) arena = arena_new();
  MailInvite *invite = with_event(arena, "", event)->invite;
  g_assert_nonnull(invite);
  g_assert_cmpstr(invite->starts_at ? clock_iso(arena, invite->starts_at) : "none", ==, moment);
}

static void knows_when_it_is(void) {
  expect_start("DTSTART:20260720T120000Z", "2026-07-20T12:00:00Z");
  expect_start("DTSTART;TZID=Europe/Berlin:20260720T120000", "2026-07-20T10:00:00Z");
  expect_start("DTSTART;TZID=Europe/Berlin:20261220T120000", "2026-12-20T11:00:00Z");
  expect_start("DTSTART;TZID=Eastern Standard Time:20260720T120000", "2026-07-20T16:00:00Z");
  expect_start("DTSTART;TZID=\"India Standard Time\":20260720T120000", "2026-07-20T06:30:00Z");
  expect_start("DTSTART;VALUE=DATE:20260720", "2026-07-20T00:00:00Z");
  expect_start("DTSTART:20260720T120000", "2026-07-20T12:00:00Z");
  expect_start("DTSTART:99990720T120000Z", "none");
  expect_start("DTSTART:00010101T000000Z", "none");
  expect_start("DTSTART:20261350T990000Z", "none");
  expect_start("DTSTART:soon", "none");
  expect_start("LOCATION:here", "none");
}

#define OWN_ZONE(rule)                                                                                                           \
  "BEGIN:VTIMEZONE\nTZID:Our own\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0300\nTZOFFSETTO:+0300\n" rule          \
  "END:STANDARD\nEND:VTIMEZONE\n"

static void reads_zones_that_the_mail_defines(void) {
  g_autoptr(Arena) arena = arena_new();
  Mail *mail = with_event(arena, OWN_ZONE(""), "DTSTART;TZID=Our own:20260720T120000");
  g_assert_cmpstr(clock_iso(arena, mail->invite->starts_at), ==, "2026-07-20T09:00:00Z");
  static const char *const outlook =
    "BEGIN:VTIMEZONE\nTZID:Customized Time Zone\nBEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n"
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+0100\n"
    "TZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE\n";
  static const char *const times[][2] = {
    {"20260101T120000", "2026-01-01T11:00:00Z"}, {"20260329T015959", "2026-03-29T00:59:59Z"},
    {"20260329T030000", "2026-03-29T01:00:00Z"}, {"20261025T015959", "2026-10-24T23:59:59Z"},
    {"20261025T030000", "2026-10-25T02:00:00Z"}, {"20261231T235959", "2026-12-31T22:59:59Z"}};
  for (size_t i = 0; i < G_N_ELEMENTS(times); i++) {
    mail = with_event(arena, outlook, arena_printf(arena, "DTSTART;TZID=Customized Time Zone:%s", times[i][0]));
    g_assert_cmpstr(clock_iso(arena, mail->invite->starts_at), ==, times[i][1]);
  }
  mail = with_event(arena, OWN_ZONE("RRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8,9,10,11,12,13,14;BYDAY=SU\n"),
                    "DTSTART;TZID=Our own:20260720T120000");
  g_assert_cmpstr(clock_iso(arena, mail->invite->starts_at), ==, "2026-07-20T09:00:00Z");
  mail = with_event(arena, "", "DTSTART;TZID=Nowhere:20260720T120000");
  g_assert_cmpstr(clock_iso(arena, mail->invite->starts_at), ==, "2026-07-20T12:00:00Z");
  g_assert_nonnull(strstr(mail->problems.items[mail->problems.count - 1], "time zone that nobody knows"));
}

static void works_out_no_rule_of_every_second(void) {
  g_autoptr(Arena) arena = arena_new();
  static const char *const zones[] = {OWN_ZONE("RRULE:FREQ=SECONDLY\n"), OWN_ZONE("RRULE:FREQ=YEARLY;BYHOUR=0,1,2;BYSECOND=1\n")};
  for (size_t i = 0; i < G_N_ELEMENTS(zones); i++) {
    gint64 began = g_get_monotonic_time();
    Mail *mail = with_event(arena, zones[i], "DTSTART;TZID=Our own:20260720T120000");
    g_assert_nonnull(mail->invite);
    g_assert_cmpint(g_get_monotonic_time() - began, <, 2 * G_USEC_PER_SEC);
  }
}

static void says_who_invites(void) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_cmpstr(with_event(arena, "", "ORGANIZER;CN=\"Lark, Ida\":mailto:ida@lark.example")->invite->organiser, ==,
                  "Lark, Ida <ida@lark.example>");
  g_assert_cmpstr(with_event(arena, "", "ORGANIZER:MAILTO:ida@lark.example")->invite->organiser, ==, "ida@lark.example");
  g_assert_cmpstr(with_event(arena, "", "LOCATION:Weir Street 12\\, back\\nyard")->invite->place, ==,
                  "Weir Street 12, back yard");
}

static void survives_what_is_no_calendar(void) {
  static const char *const parts[] = {"",
                                      "x",
                                      "BEGIN:VCALENDAR",
                                      "BEGIN:VCALENDAR\nEND:VCALENDAR",
                                      "BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT",
                                      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n",
                                      ":::\n;;;\n",
                                      "BEGIN:\nEND:\n"};
  for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
    g_autoptr(Arena) arena = arena_new();
    g_assert_nonnull(parse(arena, parts[i]));
  }
}

static void survives_bombs(void) {
  static const char *const lines[] = {"BEGIN:VEVENT\n",
                                      "BEGIN:X\n",
                                      "RRULE:FREQ=DAILY\n",
                                      "ATTENDEE:mailto:a@b\n",
                                      "SUMMARY:x\n folded\n",
                                      "BEGIN:VALARM\nEND:VALARM\n",
                                      ";;;;;;\n",
                                      "X;A=B;A=B;A=B:x\n"};
  for (size_t i = 0; i < G_N_ELEMENTS(lines); i++)
    for (size_t size = 300000; size <= 3000000; size *= 10) {
      g_autoptr(Arena) arena = arena_new();
      g_autoptr(GString) calendar = g_string_new("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\n");
      while (calendar->len < size) g_string_append(calendar, lines[i]);
      gint64 began = g_get_monotonic_time();
      g_assert_nonnull(parse(arena, calendar->str));
      g_assert_cmpint(g_get_monotonic_time() - began, <, 20 * G_USEC_PER_SEC);
    }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mail/invite/case-49-knows-when-it-is", knows_when_it_is);
  g_test_add_func("/mail/invite/case-49-reads-zones-that-the-mail-defines", reads_zones_that_the_mail_defines);
  g_test_add_func("/mail/invite/case-46-works-out-no-rule-of-every-second", works_out_no_rule_of_every_second);
  g_test_add_func("/mail/invite/says-who-invites", says_who_invites);
  g_test_add_func("/mail/invite/survives-what-is-no-calendar", survives_what_is_no_calendar);
  g_test_add_func("/mail/invite/case-46-survives-bombs", survives_bombs);
  return g_test_run();
}
