// What machines write about (case 52), and people who only mention it.
#include "mail/mail.h"

static void expect(const char *from, const char *subject, const char *more, const char *text, const char *topic) {
  g_autoptr(Arena) arena = arena_new();
  Mail *mail = mail_parse(arena,
                          bytes_of_text(arena_printf(arena, "From: %s\nSubject: %s\n%s\n%s\n", from, subject, more, text)));
  g_assert_cmpstr(mail->machine_topic, ==, topic);
}

static void keeps_a_problem_and_its_end_together(void) {
  expect("n@m.example", "** PROBLEM Service Alert: web1/Disk /var is CRITICAL **", "", "", "nagios:web1/Disk /var");
  expect("n@m.example", "** RECOVERY Service Alert: web1/Disk /var is OK **", "", "", "nagios:web1/Disk /var");
  expect("Icinga <i@m.example>", "** PROBLEM Host Alert: web1 is DOWN **", "", "", "icinga:web1");
  expect("i@icinga.example", "[Problem] Disk / on web1 is CRITICAL!", "", "", "icinga:web1/Disk /");
  expect("c@m.example", "Check_MK: web1/Disk /var WARN -> CRIT", "", "", "checkmk:web1/Disk /var");
  expect("c@m.example", "CheckMK: web1 - DOWN -> UP", "", "", "checkmk:web1");
  expect("a@m.example", "[RESOLVED] Disk (web1)", "", "", "alertmanager:Disk (web1)");
}

static void reads_trackers(void) {
  expect("x@y.example", "[JIRA] Commented: (ABC-12) Bell", "X-JIRA-FingerPrint: 1\n", "", "jira:ABC-12");
  expect("Ida (Jira) <jira@firm.example>", "ABC-12 Bell", "", "", "jira:ABC-12");
  expect("x@firm.service-now.com", "RITM0012345 waits for approval", "", "", "servicenow:RITM0012345");
  expect("n@github.com", "Re: [godwit/bells] Ring (PR #7)", "X-GitHub-Reason: mention\n", "", "github:godwit/bells#7");
  expect("g@y.example", "Re: bells | Ring (!7)",
         "X-GitLab-Project: bells\nX-GitLab-MergeRequest-IID: 7\nX-GitLab-Project-Path: godwit/bells\n", "",
         "gitlab:godwit/bells!7");
  expect("r@y.example", "[Bells - Bug #7] Ring", "X-Redmine-Issue-Id: 7\n", "", "redmine:7");
  expect("monit@web1.example", "monit alert --  Timeout sshd", "", "Timeout Service sshd\n\n\tHost: web1.example\n",
         "monit:web1.example/sshd");
  expect("zabbix@m.example", "Resolved: Disk", "", "Problem name: Disk\nOriginal problem ID: 12\n", "zabbix:12");
}

static void leaves_people_alone(void) {
  expect("nell@harker.example", "ABC-12 and INC0012345", "", "Service sshd\nHost: x\nOriginal problem ID: 12", NULL);
  expect("nell@harker.example", "Re: ** PROBLEM Service Alert: web1/HTTP is CRITICAL **", "", "", NULL);
  expect("nell@harker.example", "", "", "", NULL);
  expect("monit@web1.example", "monit alert", "", "No service is named.", NULL);
}

static void stays_quick_on_strange_subjects(void) {
  g_autofree char *slashes = g_strnfill(990, '/'), *words = g_strnfill(990, 'A');
  g_autofree char *github = g_strdup_printf("[a/b] %s", slashes);
  gint64 began = g_get_monotonic_time();
  for (int i = 0; i < 20; i++) {
    expect("a@icinga.example", slashes, "", "", NULL);
    expect("jira@x.example", words, "", "", NULL);
    expect("x@y.example", github, "X-GitHub-Reason: x\n", "", NULL);
    expect("zabbix@y.example", words, "", slashes, NULL);
  }
  g_assert_cmpint(g_get_monotonic_time() - began, <, 5 * G_USEC_PER_SEC);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mail/topic/case-52-keeps-a-problem-and-its-end-together", keeps_a_problem_and_its_end_together);
  g_test_add_func("/mail/topic/case-52-reads-trackers", reads_trackers);
  g_test_add_func("/mail/topic/case-52-leaves-people-alone", leaves_people_alone);
  g_test_add_func("/mail/topic/stays-quick-on-strange-subjects", stays_quick_on_strange_subjects);
  return g_test_run();
}
