// Setting up: one form, used up by whoever has the link, and the page that shows what comes next. How mail goes out stays in rapport.conf, where
// every process of the desk reads it and a password lies in no database (doc/decisions/0028-setup-writes-no-mail-settings.md); the page says
// which lines to add there, and tries what is set.
#include "pages/setup/setup.h"

#include "base/text.h"
#include "base/words.h"
#include "desk/channel/channel.h"
#include "mail/smtp.h"
#include "pages/pages.h"
#include "pages/setup.html.h"
#include "pages/staff/staff.h"

#include <string.h>

static const char *const zones[] = {
  "Europe/London",    "Europe/Dublin",    "Europe/Lisbon",       "Europe/Madrid",    "Europe/Paris",      "Europe/Brussels",
  "Europe/Amsterdam", "Europe/Berlin",    "Europe/Zurich",       "Europe/Vienna",    "Europe/Rome",       "Europe/Prague",
  "Europe/Warsaw",    "Europe/Stockholm", "Europe/Athens",       "Europe/Helsinki",  "Europe/Kyiv",       "America/New_York",
  "America/Chicago",  "America/Denver",   "America/Los_Angeles", "America/Toronto",  "America/Sao_Paulo", "Asia/Kolkata",
  "Asia/Singapore",   "Asia/Tokyo",       "Australia/Sydney",    "Pacific/Auckland",
};

static bool show(Visit *visit, WebResponse *response, SetupPage *page, GError **error) {
  page->visit = visit;
  page->token = web_path_text(visit->request, "token");
  if (!setup_may(visit->arena, visit->desk, page->token, &page->may, error)) return false;
  for (size_t i = 0; i < G_N_ELEMENTS(zones); i++) *list_add(visit->arena, &page->zones) = zones[i];
  choices_of_languages(visit->arena, page->form.language, &page->languages);
  page->languages.items[0].words = N_("another one");
  bind_form(visit);
  if (!page->may) response->status = 404;
  render_setup(response->body, page);
  return true;
}

static bool setup_page(WebRequest *request, WebResponse *response, GError **error) {
  SetupPage page = {.form = {.name = "",
                             .email = "",
                             .password = "",
                             .firm = "",
                             .mailbox = "",
                             .zone = "",
                             .hours = "09:00-17:00",
                             .language = words_code(words_language())}};
  return show(visit_of(request), response, &page, error);
}

static bool setup_post(WebRequest *request, WebResponse *response, GError **error) {
  Visit *visit = visit_of(request);
  const char *session = NULL, *password = web_form(request, "password");
  SetupPage page = {.form = {.name = guide_field(visit, "name"),
                             .email = guide_field(visit, "email"),
                             .password = password ? password : "",
                             .firm = guide_field(visit, "firm"),
                             .mailbox = guide_field(visit, "mailbox"),
                             .zone = guide_field(visit, "zone"),
                             .hours = guide_field(visit, "hours"),
                             .language = guide_field(visit, "language")}};
  if (!setup_finish(visit->arena, visit->desk, web_path_text(request, "token"), &page.form, visit_client_address(visit),
                    web_header(request, "User-Agent"), &page.problems, &session, error))
    return false;
  if (!session) {
    response->status = 422;
    page.has_problem = true;
    return show(visit, response, &page, error);
  }
  pages_renamed(visit->pages);
  visit_keep_session(visit, response, session);
  web_redirect(response, "/first-steps");
  return true;
}

static bool load_steps(const Visit *visit, FirstSteps *out, GError **error) {
  StaffList people = {0};
  ChannelList channels = {0};
  const SmtpServer *smtp = pages_smtp(visit->pages);
  out->visit = visit;
  if (!mailbox_in_use(visit->arena, visit->desk, &out->mailboxes, error) ||
      !staff_list(visit->arena, visit->desk, &people, error) || !channel_list(visit->arena, visit->desk, &channels, error))
    return false;
  out->people = (int64_t)people.count;
  list_each(const Channel, channel, &channels) out->has_mail_in |= channel->last_mail_at != 0;
  out->sends_mail = pages_sends_mail(visit->pages);
  out->smtp = smtp && smtp->url ? smtp->url : "";
  return true;
}

static bool show_steps(const Visit *visit, WebResponse *response, FirstSteps *steps, GError **error) {
  Shell shell;
  if (!shell_open(visit, RAIL_HOUSE, "plain", &shell, error) || !load_steps(visit, steps, error)) return false;
  shell.title = "First steps";
  render_first_steps(response->body, &shell, steps);
  return true;
}

static bool steps_page(WebRequest *request, WebResponse *response, GError **error) {
  FirstSteps steps = {0};
  return show_steps(visit_of(request), response, &steps, error);
}

// A mail in ASCII alone, to the administrator who asks, from the first mailbox: enough to hear what the mail server says.
static bool send_test(const Visit *visit, const char *from, FirstSteps *steps) {
  g_autoptr(GDateTime) now = g_date_time_new_from_unix_utc(visit->now / CLOCK_SECOND);
  g_autofree char *date = g_date_time_format(now, "%a, %d %b %Y %H:%M:%S +0000");
  const char *to = visit->staff->email, *id = random_token(visit->arena, visit->desk->random, 12);
  const char *mail = arena_printf(
    visit->arena,
    "From: <%s>\r\nTo: <%s>\r\nSubject: A test from your desk\r\nDate: %s\r\nMessage-ID: <%s@%s>\r\n"
    "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n"
    "Mail leaves your desk and reaches you. Nothing else is to be done.\r\n",
    from, to, date, id, strrchr(from, '@') + 1);
  TextList recipients = {0};
  SmtpResult result = {0};
  g_autoptr(GError) problem = NULL;
  *list_add(visit->arena, &recipients) = to;
  bool is_sent = smtp_send(visit->arena, pages_smtp(visit->pages), from, &recipients, bytes_of_text(mail), &result, &problem);
  if (is_sent)
    steps->test_done = arena_say(visit->arena, "The mail server took a mail to %s. Look whether it arrives.", to);
  else
    steps->test_problem = arena_say(visit->arena, "The mail server did not take it: %s", problem->message);
  return is_sent;
}

static bool steps_post_mail(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  FirstSteps steps = {0};
  MailboxList mailboxes = {0};
  const SmtpServer *smtp = pages_smtp(visit->pages);
  if (!mailbox_in_use(visit->arena, visit->desk, &mailboxes, error)) return false;
  if (!smtp || !smtp->url)
    steps.test_problem = "No mail server is set yet.";
  else if (mailboxes.count == 0)
    steps.test_problem = "There is no mailbox to write from yet.";
  else
    send_test(visit, mailboxes.items[0].address, &steps);
  return show_steps(visit, response, &steps, error);
}

const WebRoute setup_routes[] = {
  {WEB_GET, "/setup/:token", PERMISSION_PUBLIC, setup_page, 0},
  {WEB_POST, "/setup/:token", PERMISSION_PUBLIC, setup_post, 0},
  {WEB_GET, "/first-steps", PERMISSION_ADMINISTER, steps_page, 0},
  {WEB_POST, "/first-steps/mail", PERMISSION_ADMINISTER, steps_post_mail, 0},
  {0},
};
