// Calendar parts (RFC 5545, RFC 6047), read by libical. Its parser builds what it is given and frees it by recursion, so a part that is
// large, has too many lines, or components in components in components is not given to it. From what it makes only one event is looked at.
//
// Times: a zone is what the VTIMEZONE in the part says; a zone that is only named is looked up in a table of rules. Neither opens a file of
// tzdata, and neither works out more than two changes of a clock for each rule. Days without a time are midnight UTC.
#include "mail/invite.h"

#include "base/text.h"
#include "mail/charset.h"

#include <libical/ical.h>

#define CALENDAR_LARGEST ((size_t)512 * 1024)
#define LINES_MOST 20000
#define DEEPEST 6
#define CHANGES_MOST 200 // of one zone
#define ZONES_MOST 50
#define TEXT_LONGEST 500 // characters
#define EARLIEST INT64_C(0)
#define LATEST INT64_C(4102444800) // 2100

// How clocks go in places that calendars name without saying more, as rules of POSIX. Windows has names of its own ("Standard Time").
// A name matches when it ends so: some programs put a path in front.
static const struct {
  const char *rule, *names;
} zones[] = {
  {"UTC0", "UTC|Etc/UTC|GMT|Etc/GMT|Africa/Abidjan|Africa/Accra|Africa/Dakar|Atlantic/Reykjavik|Greenwich Standard Time"},
  {"GMT0BST,M3.5.0/1,M10.5.0",
   "Europe/London|Europe/Dublin|Europe/Belfast|Europe/Jersey|Europe/Guernsey|Europe/Lisbon|Atlantic/Canary|"
   "Atlantic/Madeira|Atlantic/Faroe|GMT Standard Time"},
  {"CET-1CEST,M3.5.0,M10.5.0/3",
   "Europe/Berlin|Europe/Paris|Europe/Madrid|Europe/Rome|Europe/Amsterdam|Europe/Brussels|Europe/Vienna|Europe/Zurich|Europe/Warsaw|"
   "Europe/Prague|Europe/Budapest|Europe/Stockholm|Europe/Oslo|Europe/Copenhagen|Europe/Belgrade|Europe/Zagreb|Europe/Ljubljana|"
   "Europe/Bratislava|Europe/Luxembourg|Europe/Malta|Europe/Tirane|Europe/Sarajevo|Europe/Skopje|Europe/Podgorica|Europe/Monaco|"
   "Europe/Andorra|Europe/Vaduz|Europe/San_Marino|Europe/Gibraltar|W. Europe Standard Time|Romance Standard Time|"
   "Central Europe Standard Time|Central European Standard Time"},
  {"EET-2EEST,M3.5.0/3,M10.5.0/4",
   "Europe/Athens|Europe/Bucharest|Europe/Helsinki|Europe/Kiev|Europe/Kyiv|Europe/Riga|Europe/Tallinn|"
   "Europe/Vilnius|Europe/Sofia|Europe/Chisinau|Asia/Nicosia|GTB Standard Time|FLE Standard Time|"
   "E. Europe Standard Time"},
  {"MSK-3",
   "Europe/Moscow|Europe/Minsk|Europe/Istanbul|Asia/Istanbul|Asia/Baghdad|Asia/Riyadh|Asia/Kuwait|Asia/Qatar|Asia/Amman|"
   "Africa/Nairobi|Russian Standard Time|Turkey Standard Time|Arab Standard Time|Arabic Standard Time|Jordan Standard Time|"
   "E. Africa Standard Time|Belarus Standard Time"},
  {"XXX-1", "Africa/Lagos|Africa/Algiers|Africa/Tunis|Africa/Casablanca|W. Central Africa Standard Time|Morocco Standard Time"},
  {"XXX-2", "Africa/Johannesburg|Africa/Maputo|Africa/Harare|Africa/Tripoli|South Africa Standard Time|Libya Standard Time"},
  {"EET-2EEST,M4.5.5/0,M10.5.5/0", "Africa/Cairo|Egypt Standard Time"},
  {"IST-2IDT,M3.4.5/2,M10.5.0", "Asia/Jerusalem|Asia/Tel_Aviv|Israel Standard Time"},
  {"XXX-3:30", "Asia/Tehran|Iran Standard Time"},
  {"XXX-4", "Asia/Dubai|Asia/Baku|Asia/Tbilisi|Asia/Yerevan|Europe/Samara|Arabian Standard Time|Georgian Standard Time|"
            "Caucasus Standard Time|Azerbaijan Standard Time"},
  {"XXX-4:30", "Asia/Kabul|Afghanistan Standard Time"},
  {"XXX-5", "Asia/Karachi|Asia/Tashkent|Asia/Almaty|Asia/Yekaterinburg|Pakistan Standard Time|West Asia Standard Time|"
            "Ekaterinburg Standard Time"},
  {"XXX-5:30", "Asia/Kolkata|Asia/Calcutta|Asia/Colombo|India Standard Time|Sri Lanka Standard Time"},
  {"XXX-5:45", "Asia/Kathmandu|Asia/Katmandu|Nepal Standard Time"},
  {"XXX-6", "Asia/Dhaka|Asia/Omsk|Bangladesh Standard Time"},
  {"XXX-6:30", "Asia/Yangon|Asia/Rangoon|Myanmar Standard Time"},
  {"XXX-7", "Asia/Bangkok|Asia/Ho_Chi_Minh|Asia/Saigon|Asia/Jakarta|Asia/Novosibirsk|SE Asia Standard Time"},
  {"XXX-8",
   "Asia/Shanghai|Asia/Singapore|Asia/Hong_Kong|Asia/Taipei|Asia/Manila|Asia/Kuala_Lumpur|Australia/Perth|China Standard Time|"
   "Singapore Standard Time|Taipei Standard Time|W. Australia Standard Time"},
  {"XXX-9", "Asia/Tokyo|Asia/Seoul|Tokyo Standard Time|Korea Standard Time"},
  {"XXX-9:30", "Australia/Darwin|AUS Central Standard Time"},
  {"ACST-9:30ACDT,M10.1.0,M4.1.0/3", "Australia/Adelaide|Cen. Australia Standard Time"},
  {"XXX-10", "Australia/Brisbane|Asia/Vladivostok|E. Australia Standard Time"},
  {"AEST-10AEDT,M10.1.0,M4.1.0/3",
   "Australia/Sydney|Australia/Melbourne|Australia/Hobart|Australia/Canberra|AUS Eastern Standard Time|Tasmania Standard Time"},
  {"NZST-12NZDT,M9.5.0,M4.1.0/3", "Pacific/Auckland|New Zealand Standard Time"},
  {"NST3:30NDT,M3.2.0,M11.1.0", "America/St_Johns|Newfoundland Standard Time"},
  {"XXX3",
   "America/Sao_Paulo|America/Buenos_Aires|America/Argentina/Buenos_Aires|America/Montevideo|E. South America Standard Time|"
   "Argentina Standard Time|Montevideo Standard Time"},
  {"AST4ADT,M3.2.0,M11.1.0", "America/Halifax|Atlantic/Bermuda|Atlantic Standard Time"},
  {"XXX4XXY,M9.1.0/0,M4.1.0/0", "America/Santiago|Pacific SA Standard Time"},
  {"XXX4", "America/Caracas|America/La_Paz|America/Manaus|America/Puerto_Rico|SA Western Standard Time|Venezuela Standard Time"},
  {"EST5EDT,M3.2.0,M11.1.0", "America/New_York|America/Toronto|America/Detroit|America/Montreal|America/Indianapolis|US/Eastern|"
                             "Eastern Standard Time|US Eastern Standard Time"},
  {"XXX5", "America/Bogota|America/Lima|America/Panama|America/Jamaica|America/Guayaquil|SA Pacific Standard Time"},
  {"CST6CDT,M3.2.0,M11.1.0", "America/Chicago|America/Winnipeg|US/Central|Central Standard Time"},
  {"XXX6", "America/Mexico_City|America/Guatemala|America/Costa_Rica|America/Regina|Central Standard Time (Mexico)|"
           "Central America Standard Time|Canada Central Standard Time"},
  {"MST7MDT,M3.2.0,M11.1.0", "America/Denver|America/Edmonton|US/Mountain|Mountain Standard Time"},
  {"XXX7", "America/Phoenix|US/Arizona|US Mountain Standard Time"},
  {"PST8PDT,M3.2.0,M11.1.0", "America/Los_Angeles|America/Vancouver|America/Tijuana|US/Pacific|Pacific Standard Time"},
  {"AKST9AKDT,M3.2.0,M11.1.0", "America/Anchorage|Alaskan Standard Time"},
  {"XXX10", "Pacific/Honolulu|US/Hawaii|Hawaiian Standard Time"},
};

static bool names_end(const char *names, const char *name) {
  size_t length = strlen(name);
  for (const char *at = names; *at; at += *at == '|') {
    size_t known = strcspn(at, "|");
    if (length >= known && g_ascii_strncasecmp(name + length - known, at, known) == 0 &&
        (length == known || name[length - known - 1] == '/'))
      return true;
    at += known;
  }
  return false;
}

static GTimeZone *zone_called(const char *name) {
  for (size_t i = 0; i < G_N_ELEMENTS(zones); i++)
    if (names_end(zones[i].names, name)) return g_time_zone_new_identifier(zones[i].rule);
  return NULL;
}

void invite_start(void) {
  icalerror_set_errors_are_fatal(0);
  icalerror_supress("BADARG");
  icalerror_supress("MALFORMEDDATA");
  icaltimezone_get_utc_timezone(); // looks for the folder of all zones
}

// ——— what may be given to libical

static bool begins(const char *line, const char *word) { return g_ascii_strncasecmp(line, word, strlen(word)) == 0; }

static bool is_calendar(const MailPart *part) {
  static const char *const types[] = {"text/calendar", "application/ics", "text/x-vcalendar"};
  for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
    if (strcmp(part->type, types[i]) == 0) return !part->is_multipart;
  return false;
}

static bool is_harmless(const char *text) {
  int depth = 0, lines = 0;
  for (const char *line = text; line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
    line += strspn(line, " \t\r");
    if (begins(line, "BEGIN:") && ++depth > DEEPEST) return false;
    if (begins(line, "END:")) depth--;
    if (++lines > LINES_MOST) return false;
  }
  return true;
}

// ——— times

static int64_t in_range(int64_t seconds) { return seconds > EARLIEST && seconds < LATEST ? seconds * CLOCK_SECOND : 0; }

static int64_t moment_in(GTimeZone *zone, struct icaltimetype time) {
  g_autoptr(GDateTime) moment = g_date_time_new(zone, time.year, time.month, time.day, time.hour, time.minute, time.second);
  return moment ? in_range(g_date_time_to_unix(moment)) : 0;
}

static icalcomponent *zone_in(icalcomponent *calendar, const char *name) {
  int looked_at = 0;
  for (icalcomponent *zone = icalcomponent_get_first_component(calendar, ICAL_VTIMEZONE_COMPONENT);
       zone && looked_at++ < ZONES_MOST; zone = icalcomponent_get_next_component(calendar, ICAL_VTIMEZONE_COMPONENT)) {
    icalproperty *called = icalcomponent_get_first_property(zone, ICAL_TZID_PROPERTY);
    if (called && g_strcmp0(icalproperty_get_tzid(called), name) == 0) return zone;
  }
  return NULL;
}

// The day of `rule` in a year: "the last Sunday in March", "the first Sunday from the eighth on", or the day on which it began.
static int day_of_rule(const struct icalrecurrencetype *rule, const struct icaltimetype *began, int year, int month) {
  int last = icaltime_days_in_month(month, year), position = 0, weekday = -1;
  if (rule->by_day[0] != ICAL_RECURRENCE_ARRAY_MAX) {
    weekday = icalrecurrencetype_day_day_of_week(rule->by_day[0]) - 1; // Sunday is 1
    position = icalrecurrencetype_day_position(rule->by_day[0]);
  }
  bool has_day = rule->by_month_day[0] != ICAL_RECURRENCE_ARRAY_MAX && rule->by_month_day[0] > 0;
  int from = has_day        ? rule->by_month_day[0]
             : weekday < 0  ? began->day
             : position > 0 ? position * 7 - 6
                            : last + position * 7 + 1;
  struct icaltimetype day = {.year = year, .month = month, .day = CLAMP(from, 1, last)};
  int ahead = weekday < 0 ? 0 : (weekday - (icaltime_day_of_week(day) - 1) + 7) % 7;
  return MIN(day.day + ahead, last);
}

// When clocks go over to `part` in `year`, in seconds of the time that its zone shows; false when they do not.
static bool onset_in(icalcomponent *part, int year, int64_t *out_onset) {
  icalproperty *start = icalcomponent_get_first_property(part, ICAL_DTSTART_PROPERTY);
  icalproperty *repeats = icalcomponent_get_first_property(part, ICAL_RRULE_PROPERTY);
  if (!start) return false;
  struct icaltimetype began = icalproperty_get_dtstart(start), onset = began;
  if (began.year < 1970 || !repeats) *out_onset = began.year < 1970 ? INT64_MIN : icaltime_as_timet(began);
  if (!repeats) return true;
  struct icalrecurrencetype rule = icalproperty_get_rrule(repeats);
  bool is_over = !icaltime_is_null_time(rule.until) && rule.until.year < year;
  if (rule.freq != ICAL_YEARLY_RECURRENCE || year < began.year || is_over) return false;
  onset.year = year;
  if (rule.by_month[0] >= 1 && rule.by_month[0] <= 12) onset.month = rule.by_month[0];
  if (onset.month < 1 || onset.month > 12) return false;
  onset.day = day_of_rule(&rule, &began, year, onset.month);
  *out_onset = icaltime_as_timet(onset);
  return true;
}

// How far the zone's clocks are ahead of UTC at `local`, which they show: as far as the last change says. libical would work out every
// change since the beginning, with ICU, and whatever rule a stranger wrote.
static int64_t offset_at(icalcomponent *zone, int64_t local, int year) {
  int64_t latest = INT64_MIN, offset = 0;
  int looked_at = 0;
  for (icalcomponent *part = icalcomponent_get_first_component(zone, ICAL_ANY_COMPONENT); part && looked_at++ < CHANGES_MOST;
       part = icalcomponent_get_next_component(zone, ICAL_ANY_COMPONENT)) {
    icalproperty *to = icalcomponent_get_first_property(part, ICAL_TZOFFSETTO_PROPERTY);
    for (int back = 0; to && back < 2; back++) {
      int64_t onset = 0;
      if (!onset_in(part, year - back, &onset) || onset > local || onset < latest) continue;
      latest = onset;
      offset = CLAMP(icalproperty_get_tzoffsetto(to), -86400, 86400);
    }
  }
  return offset;
}

static int64_t moment_of(icalcomponent *calendar, const icalproperty *property, struct icaltimetype time, TextList *problems,
                         Arena *arena) {
  if (icaltime_is_null_time(time) || time.year < 1970 || time.year > 2100) return 0;
  icalparameter *parameter = icalproperty_get_first_parameter((icalproperty *)(uintptr_t)property, ICAL_TZID_PARAMETER);
  const char *name = parameter ? icalparameter_get_tzid(parameter) : NULL;
  bool is_utc = !name || time.is_date || icaltime_is_utc(time);
  if (is_utc) return in_range(icaltime_as_timet(time));
  icalcomponent *said = zone_in(calendar, name);
  if (said) return in_range(icaltime_as_timet(time) - offset_at(said, icaltime_as_timet(time), time.year));
  g_autoptr(GTimeZone) known = zone_called(name);
  if (known) return moment_in(known, time);
  problem_add(arena, problems, "The invite names a time zone that nobody knows; its time was read as UTC.");
  return in_range(icaltime_as_timet(time));
}

// ——— the event

static const char *clean(Arena *arena, const char *text) {
  if (!text) return "";
  return text_clamp(arena, text_one_line(arena, text_make_valid(arena, bytes_of_text(text))), TEXT_LONGEST);
}

static const char *organiser(Arena *arena, icalcomponent *event) {
  icalproperty *property = icalcomponent_get_first_property(event, ICAL_ORGANIZER_PROPERTY);
  const char *address = property ? icalproperty_get_organizer(property) : NULL;
  if (!address) return "";
  if (begins(address, "mailto:")) address += 7;
  icalparameter *parameter = icalproperty_get_first_parameter(property, ICAL_CN_PARAMETER);
  const char *name = clean(arena, parameter ? icalparameter_get_cn(parameter) : NULL);
  address = clean(arena, address);
  return *name && strcmp(name, address) != 0 ? clean(arena, arena_printf(arena, "%s <%s>", name, address)) : address;
}

static int64_t duration_of(icalcomponent *event) {
  icalproperty *property = icalcomponent_get_first_property(event, ICAL_DURATION_PROPERTY);
  struct icaldurationtype duration = property ? icalproperty_get_duration(property) : icaldurationtype_null_duration();
  bool is_sane = !duration.is_neg && duration.weeks < 1000 && duration.days < 1000 && duration.hours < 10000 &&
                 duration.minutes < 100000 && duration.seconds < 1000000;
  return is_sane ? icaldurationtype_as_int(duration) * CLOCK_SECOND : 0;
}

static void read_times(Arena *arena, icalcomponent *calendar, icalcomponent *event, TextList *problems, MailInvite *invite) {
  icalproperty *start = icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY);
  icalproperty *end = icalcomponent_get_first_property(event, ICAL_DTEND_PROPERTY);
  if (start) {
    struct icaltimetype time = icalproperty_get_dtstart(start);
    invite->is_all_day = time.is_date;
    invite->starts_at = moment_of(calendar, start, time, problems, arena);
  }
  if (end) invite->ends_at = moment_of(calendar, end, icalproperty_get_dtend(end), problems, arena);
  int64_t duration = end ? 0 : duration_of(event);
  if (duration && invite->starts_at) invite->ends_at = invite->starts_at + duration;
}

static MailInvite *read_event(Arena *arena, icalcomponent *calendar, icalcomponent *event, TextList *problems) {
  MailInvite *invite = arena_make(arena, MailInvite);
  icalproperty *method = icalcomponent_get_first_property(calendar, ICAL_METHOD_PROPERTY);
  const char *word = method ? icalproperty_get_value_as_string(method) : NULL;
  *invite = (MailInvite){.method = arena_take(arena, g_ascii_strup(clean(arena, word), -1)),
                         .summary = clean(arena, icalcomponent_get_summary(event)),
                         .place = clean(arena, icalcomponent_get_location(event)),
                         .organiser = organiser(arena, event)};
  read_times(arena, calendar, event, problems, invite);
  return invite;
}

static icalcomponent *find_event(icalcomponent *calendar) {
  static const icalcomponent_kind kinds[] = {ICAL_VEVENT_COMPONENT, ICAL_VTODO_COMPONENT};
  for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
    icalcomponent *event = icalcomponent_get_first_component(calendar, kinds[i]);
    if (event) return event;
  }
  return NULL;
}

static MailInvite *read_part(Arena *arena, const MailPart *part, TextList *problems) {
  Bytes bytes = parts_decode(arena, part);
  const char *text = bytes.size <= CALENDAR_LARGEST ? charset_decode(arena, bytes, part->charset, NULL) : NULL;
  if (!text || !is_harmless(text)) {
    problem_add(arena, problems, "The calendar part is too large to be read.");
    return NULL;
  }
  icalcomponent *read = icalparser_parse_string(text);
  icalcomponent *calendar = read;
  if (read && icalcomponent_isa(read) == ICAL_XROOT_COMPONENT)
    calendar = icalcomponent_get_first_component(read, ICAL_VCALENDAR_COMPONENT);
  icalcomponent *event = calendar ? find_event(calendar) : NULL;
  MailInvite *invite = event ? read_event(arena, calendar, event, problems) : NULL;
  if (read) icalcomponent_free(read);
  icalmemory_free_ring();
  if (!invite) problem_add(arena, problems, "The calendar part cannot be read.");
  return invite;
}

MailInvite *invite_read(Arena *arena, const MailPartList *parts, TextList *problems) {
  int tried = 0;
  list_each(const MailPart, part, parts) {
    if (!is_calendar(part) || tried++ > 3) continue;
    MailInvite *invite = read_part(arena, part, problems);
    if (invite) return invite;
  }
  return NULL;
}
