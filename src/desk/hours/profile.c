// The legal profiles, one table: what each asks for and where it says so. Only what the sources say is here; where a source gives no
// number, the desk's own target counts and the arithmetic says that.
//
// DISP is the part "Dispute resolution: Complaints" of the handbook of the United Kingdom's Financial Conduct Authority. A summary
// resolution communication is no duty with a date of its own: when a complaint is resolved by that close of business, it may be sent in
// place of a final response.
#include "desk/hours/deadline.h"

#define ACKNOWLEDGE_DISP                                                                                                         \
  {                                                                                                                              \
    DEADLINE_LEGAL_ACKNOWLEDGE, MEASURE_OWN_TARGET, 0,                                                                           \
      "A prompt written acknowledgement that the complaint has come and is dealt with.", "DISP 1.6.1 R"                          \
  }
#define SUMMARY_DISP                                                                                                             \
  {                                                                                                                              \
    DEADLINE_SUMMARY, MEASURE_CLOSE_OF_DAYS, 3,                                                                                  \
      "When it is resolved by close of business on the third business day following the day of receipt, a summary resolution "   \
      "communication is enough.",                                                                                                \
      "DISP 1.5.1 R and 1.5.4 R"                                                                                                 \
  }

static const LegalRule iso_10002[] = {
  {DEADLINE_LEGAL_ACKNOWLEDGE, MEASURE_OWN_TARGET, 0, "Receipt of each complaint is acknowledged to the complainant immediately.",
   "ISO 10002:2018, 7.4"},
};

static const LegalRule fca_disp[] = {
  ACKNOWLEDGE_DISP,
  SUMMARY_DISP,
  {DEADLINE_FINAL_RESPONSE, MEASURE_END_OF_WEEKS, 8,
   "By the end of eight weeks after receipt, a final response, or a written answer that says why there is none yet, when there will "
   "be, and that the ombudsman may be asked now.",
   "DISP 1.6.2 R"},
};

static const LegalRule fca_payment[] = {
  ACKNOWLEDGE_DISP,
  SUMMARY_DISP,
  {DEADLINE_FINAL_RESPONSE, MEASURE_END_OF_DAYS, 15,
   "By the end of the fifteenth business day after the day of receipt, a final response, or in exceptional situations beyond the "
   "firm’s control a holding response with the reasons and a date.",
   "DISP 1.6.2A R"},
  {DEADLINE_EXCEPTIONAL_RESPONSE, MEASURE_END_OF_DAYS, 35,
   "After such a holding response, the final response by the end of the thirty-fifth business day after the day of receipt.",
   "DISP 1.6.2A R"},
};

static const ProfileRules profiles[PROFILE_COUNT] = {
  [PROFILE_NONE] = {"none", "None", "Only the desk’s own targets count.", NULL, 0},
  [PROFILE_ISO_10002] =
    {"iso-10002", "ISO 10002",
     "The international guidance on handling complaints. It asks for an immediate acknowledgement and names no "
     "number of hours or days; the number used here is the desk’s own target.",
     iso_10002, G_N_ELEMENTS(iso_10002)},
  [PROFILE_FCA_DISP] =
    {"fca-disp", "UK FCA, DISP",
     "For firms under the dispute resolution rules of the United Kingdom’s Financial Conduct Authority. Business "
     "days are Monday to Friday without the public holidays in the list of this page.",
     fca_disp, G_N_ELEMENTS(fca_disp)},
  [PROFILE_FCA_PAYMENT] =
    {"fca-payment", "UK FCA, DISP: payment services and electronic money",
     "For complaints about rights and duties under the Payment Services Regulations 2017 and the Electronic "
     "Money Regulations 2011. Business days are counted Monday to Friday without public holidays; a firm that "
     "executes payments on other days too counts those, and has less time than shown here.",
     fca_payment, G_N_ELEMENTS(fca_payment)},
};

const ProfileRules *profile_rules(LegalProfile profile) { return &profiles[profile < PROFILE_COUNT ? profile : PROFILE_NONE]; }

bool profile_from_word(const char *word, LegalProfile *out) {
  for (unsigned profile = 0; word && profile < PROFILE_COUNT; profile++)
    if (strcmp(profiles[profile].word, word) == 0) {
      *out = profile;
      return true;
    }
  return false;
}
