// German drafts, of which the coach knows less: the steps of protocols, "ich" instead of "wir", and one apology. It looks at no more than
// that, so that no English rule is held against German words; and it misses nothing in a draft, for it cannot tell how the customer's
// German message sounds. The phrases are one table, matched as the English ones are, with a vocabulary of their own.
//
// An ordinal ("bis zum 3. Dezember") ends a sentence for the reader of passages; a sentence that begins with a month goes on.
#include "insight/coach/study.h"

#include <string.h>

#define MONTHS "januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember"
#define WEEKDAYS "montag*|dienstag*|mittwoch*|donnerstag*|freitag*|samstag*|sonnabend*|sonntag*"

static const PhraseRow rows[] = {
  {MARK_RESTATE,
   "so wie sie es|das, wenn|falls|sofern ich [sie|das|es|ihre] ~3 verstehe|verstanden|gelesen, verstehe ich [sie|das|es] ~2 richtig, habe ich [sie|das|es|alles] ~2 "
   "verstanden|zusammengefasst, ich [habe|fasse] ~2 verstanden|zusammen, sie schreiben|schildern|berichten|beschreiben|erzählen ~2 dass|von|wie, "
   "sie möchten|wollen|wünschen|brauchen [also|nun|gern|wissen], sie haben ~7 "
   "bestellt|gekauft|bezahlt|gewartet|geschrieben|angerufen|bekommen|erhalten|reklamiert|gekündigt|gefragt|gebeten|zurückgeschickt|gemeldet, sie "
   "warten ~2 seit|auf, ihnen wurde|wurden|ist|sind ~6 abgebucht|berechnet|zugesagt|versprochen|geliefert|passiert, ihr|ihre|ihrer ~4 "
   "ist|sind|kam|kamen|läuft|geht|funktioniert ~5 nicht|kaputt|defekt|beschädigt|verspätet|falsch|verschwunden|aus"},
  {MARK_RESTATE, "wenn|falls sie ~4 möchten|wollen|haben, sie haben [also|völlig|ganz] recht, sie möchten lieber",
   .is_shield = true},
  {MARK_REACTION,
   "ich kann|konnte ~4 verstehen|nachvollziehen|vorstellen, kann ich ~3 verstehen|nachvollziehen|vorstellen, ich verstehe ~5 "
   "ärger|verärgert|frust*|enttäusch*|wütend|sorge|sorgen|unmut|ärgerlich|belastend|schwer|geärgert|vertrauen|ungeduld, hätte|würde mich ~3 "
   "geärgert|ärgern|gestört|stören|enttäuscht|enttäuschen|verunsichert|verunsichern|frustriert, an ihrer stelle wäre|hätte|würde|ginge, würde|hätte ich ~5 geduld|vertrauen|nerven, "
   "das|es|dies|so|tag|woche muss|ist|war|klingt ~5 "
   "ärgerlich|frustrierend|enttäuschend|belastend|anstrengend|schwer|unangenehm|schlimm|nervenaufreibend|beunruhigend|mühsam, ihr|ihre "
   "ärger|unmut|frust|enttäuschung|sorge|wut ist ~3 verständlich|berechtigt|nachvollziehbar, verständlich dass, kein wunder dass, wie "
   "ärgerlich|frustrierend|enttäuschend|belastend|schade|beunruhigend, macht mir sorgen, wie geht es ihnen ~2, was bedeutet das für sie, "
   "anstrengende|schwere|harte|belastende woche|zeit|situation|tage, so sollte [mit] niemand|niemandem"},
  {MARK_REACTION, "ich verstehe nicht, ich kann nicht verstehen|nachvollziehen", .is_shield = true},
  {MARK_APOLOGY,
   "tut|täte mir|uns ~4 leid, ich|wir bitte|bitten ~3 entschuldigung|verzeihung, bitte|bitten ~2 um entschuldigung|verzeihung, entschuldigen sie, "
   "ich entschuldige mich, möchte|will ich mich ~5 entschuldigen, ich möchte|will mich ~5 entschuldigen, wir entschuldigen uns, entschuldigung, entschuldigungen, verzeihen|verzeihung sie|bitte, ich|wir "
   "bedaure|bedauere|bedauern, bedaure|bedauere|bedauern ich|wir"},
  {MARK_APOLOGY,
   "sie ~4 nicht ~3 entschuldigen, kein grund ~4 entschuldigung|entschuldigen, ihre entschuldigung, entschuldigung wert",
   .is_shield = true},
  {MARK_NO_APOLOGY,
   "entschuldigen|entschuldigung|entschuldige|bedauern|bedaure|leid ~4 unannehmlichkeiten|umstände|missverständnis, leid dass|wenn sie ~4 "
   "fühlen|empfinden|sehen|ärgern"},
  {MARK_THANKS, "danke, dank, ich danke, ich bedanke mich, dankbar, wir danken"},
  {MARK_THANKS, "dank der|des|unserer|unseres, nein danke", .is_shield = true},
  {MARK_CHOICE,
   "was|welches|welcher|welche ~4 lieber|besser|mehr|einfacher|passt|möchten|bevorzugen|wünschen|helfen, sie können|dürfen ~5 "
   "wählen|aussuchen|entscheiden, zwei|drei|mehrere ~2 wege|möglichkeiten|lösungen|varianten|angebote, möchten|hätten|bevorzugen|wünschen|wollen sie ~9 "
   "oder, entweder ~9 oder, ziehen sie ~6 vor, die wahl ~3 ihnen|sie"},
  {MARK_CHOICE, "was möchten sie ~2 wissen|sagen, welche|welcher ~2 nummer|zeit|bestellnummer|adresse", .is_shield = true},
  {MARK_OFFER,
   "ich kann|könnte, kann|könnte ich, sie können|könnten, können|könnten sie, ich biete, biete ich, ich schicke|ersetze|erstatte|überweise|repariere"},
  {MARK_OR, "oder"},
  {MARK_OR, "ob ~6 oder, oder so, oder wann|wie|wo|ob", .is_shield = true},
  {MARK_COMING,
   "werde|werden ich|wir|sie, ich|wir ~1 werde|werden, wird|kommt|trifft|folgt|liegt|ist, ich "
   "schreibe|rufe|schicke|sende|melde|kümmere|prüfe|überweise|buche|bestelle|frage|kläre|veranlasse|bringe|hole|lasse|bestätige|erstatte|sage|"
   "informiere|sehe|gebe|komme, schreibe|rufe|schicke|sende|melde|kümmere|prüfe|überweise|buche|bestelle|frage|kläre|veranlasse|bringe|hole|lasse|"
   "bestätige|erstatte|sage|informiere|sehe|gebe|komme ich, erhalten|bekommen|hören|sehen|finden sie"},
  {MARK_TIME, WEEKDAYS
   ", heute|morgen|übermorgen, innerhalb|binnen ~3 stunde|stunden|tagen|tages|tage|woche|wochen|minuten, in ~2 "
   "stunden|tagen|minuten|wochen|stunde|woche, uhr, nächste|kommende|diese|nächster|kommender woche, vormittag*|nachmittag*|mittags|abends, " MONTHS},
  {MARK_TIME, "guten morgen, bis heute, heute ~2 ihre ~2 bekommen|erhalten|gelesen", .is_shield = true},
  {MARK_AGREEMENT,
   "ist|wäre das|es|dies ~5 ordnung|recht|okay|ok|erledigt|möglich, ist ~6 in ordnung, passt [ihnen] das|es|dies|dieser, passt ihnen, sind sie ~4 "
   "einverstanden, einverstanden $, wäre ihnen ~3 recht, was meinen|denken sie, hilft ihnen das, ist ~5 erledigt|gelöst, können|wollen wir ~5 so"},
  {MARK_RETURN,
   "zurück zu|zur|zum, ^ also|nun|jetzt zu|zur|zum, also|nun|jetzt|damit zu|zur|zum ihrem|ihrer|ihren|der|dem|sache, kommen wir ~3 zu|zur|zum|auf, was ihre|ihren|ihr|die|den|das ~3 "
   "angeht|betrifft|anbelangt, bleiben|bleibe wir|ich bei der, wenn wir bei der sache"},
  {MARK_HOSTILITY,
   "ich höre|sehe|lese|merke|spüre|verstehe ~7 wütend|verärgert|zornig|aufgebracht|erbost|sauer|ärger|geärgert|wut|zorn, wie "
   "wütend|verärgert|zornig|aufgebracht|erbost|sauer|empört, ihre|ihren|ihr wut|zorn|ärger|worte|empörung ~4 "
   "hart|scharf|deutlich|verletzend|verständlich|berechtigt|angekommen|höre|ernst, dass sie ~3 wütend|aufgebracht|zornig, sie sind ~4 wütend|aufgebracht|zornig|sauer|verärgert"},
  {MARK_WANT_TO_SOLVE,
   "ich möchte|will|werde ~8 lösen|klären|helfen|aufklären|bereinigen|regeln|beheben|finden, möchte|will ich ~8 "
   "lösen|klären|helfen|aufklären|regeln|beheben, ich möchte|will ~6 in ordnung, mir liegt ~3 daran|viel, mein ziel ist, lassen sie uns ~6 "
   "lösen|klären|finden"},
  {MARK_WANT_TO_SOLVE, "wenn|falls sie ~9 möchten|wollen", .is_shield = true},
  {MARK_HARD_TO_FOCUS,
   "fällt es mir|uns ~3 schwer, es fällt mir|uns ~3 schwer, fällt mir ~3 schwer, kann ich mich ~4 nicht|kaum|schwer ~3 konzentrieren, schwer mich ~6 "
   "konzentrieren, wenn ich ~4 beleidigt|bedroht|angeschrien|beschimpft|angegriffen|gelesen, so|solchen mit mir gesprochen|geredet|umgegangen"},
  {MARK_TEAM,
   "auf|an ihrer seite, gemeinsam|zusammen, ich kümmere mich, kümmere ich mich, ich bleibe ~5 dran|daran|bis|seite, bleibe ich ~5 dran|daran|bis|seite, "
   "ich nehme ~5 hand, ich setze mich ~5 ein, ich übernehme das|dies|ihre|ihren|die, für sie da, das nehme ich ihnen ab, müssen|brauchen nichts weiter|mehr"},
  {MARK_INSTEAD,
   "stattdessen, was ich ~4 tun|anbieten|machen kann, was ~3 möglich ist, ich kann ihnen|es|sie ~1 aber|jedoch|dafür|alternativ, dafür|aber|jedoch "
   "kann ich, anbieten kann ich, alternativ, als alternative, anstelle|anstatt dessen, möglich ist ~1 ein|eine|es|aber"},
  {MARK_WHO_DECIDES,
   "kann|können|darf|dürfen ~6 mehr|anders|darüber|hierüber|neu|weiter ~3 entscheiden|genehmigen|zusagen|prüfen, "
   "leitung|vorgesetzte*|teamleitung|geschäftsführung|schlichtungsstelle|schlichter*|ombuds*|verbraucherzentrale, meine|meinen|meiner|unsere|unseren "
   "chef|chefin|leiter|leiterin|teamleiter|teamleiterin, wer ~5 entscheiden|entscheidet, entscheidet ~3 unabhängig|neu|darüber"},
  {MARK_WE_ACTOR, "wir"},
  {MARK_WE_ACTOR,
   "wir beide|beiden|zusammen|gemeinsam, lassen sie uns ~3, sie und ich ~2 wir, wenn|sobald|dass|damit|weil|falls|ob|was wir",
   .is_shield = true},
};
const PhraseTable german_phrases = {rows, G_N_ELEMENTS(rows)};

static const char *const small_words[] = {
  "aber",   "als",     "auch",  "auf",   "bei",   "bin",    "bitte", "danke", "dann",   "das",     "dass",  "dem",    "den",
  "der",    "des",     "die",   "durch", "ein",   "eine",   "einem", "einen", "einer",  "er",      "es",    "für",    "gern",
  "guten",  "habe",    "haben", "hat",   "hier",  "ich",    "ihm",   "ihnen", "ihr",    "ihre",    "ihrem", "ihren",  "ihrer",
  "im",     "ist",     "kann",  "kein",  "keine", "können", "leid",  "mehr",  "mein",   "meine",   "mich",  "mir",    "mit",
  "möchte", "möchten", "nach",  "nicht", "noch",  "nur",    "oder",  "ohne",  "schon",  "sehr",    "seit",  "sich",   "sie",
  "sind",   "tut",     "um",    "und",   "uns",   "vielen", "vom",   "von",   "vor",    "wenn",    "werde", "werden", "wie",
  "wir",    "wird",    "wurde", "zu",    "zum",   "zur",    "über",  "unser", "unsere", "darüber", "dafür"};

// A quarter of the words are small German ones; of English, the few that both have come to a twentieth.
bool passage_is_german(const Passage *passage) {
  size_t known = 0, words = 0;
  list_each(const Word, word, &passage->words) {
    if (word->is_number) continue;
    words++;
    known += word_in(word, small_words, G_N_ELEMENTS(small_words));
  }
  return known * 4 >= words && known > 0;
}

// ---- Steps ----

static bool begins_with_month(const Passage *draft, const Line *line) {
  static const char *const months[] = {"januar", "februar", "märz",      "april",   "mai",      "juni",
                                       "juli",   "august",  "september", "oktober", "november", "dezember"};
  return line->count && word_in(&draft->words.items[line->first], months, G_N_ELEMENTS(months));
}

static const Line *next_of(const Passage *draft, const Line *line) {
  return line + 1 < draft->lines.items + draft->lines.count ? line + 1 : NULL;
}

static const Line *find_promise(const Passage *draft) {
  list_each(const Line, line, &draft->lines) {
    const Line *next = next_of(draft, line);
    if (line->is_question || !find_mark_in(draft, line, MARK_COMING)) continue;
    if (find_mark_in(draft, line, MARK_TIME) || (next && begins_with_month(draft, next))) return line;
  }
  return NULL;
}

static const Line *find_restating(const Passage *draft) {
  list_each(const Line, line, &draft->lines) {
    const Hit *cue = find_mark_in(draft, line, MARK_RESTATE);
    bool goes_on = next_of(draft, line) && begins_with_month(draft, next_of(draft, line));
    if (cue && (line->count >= 5 || goes_on)) return line;
  }
  return NULL;
}

static const Hit *find_question(const Passage *draft) {
  list_each(const Hit, hit, &draft->hits)
    if (hit->mark == MARK_AGREEMENT && line_of(draft, hit->first)->is_question) return hit;
  return NULL;
}

static void meet_line(CoachStudy *study, CoachStep step, const Line *line) {
  if (line) step_met(study, step, line->first, line->first + line->count - 1);
}

static void find_german_steps(CoachStudy *study) {
  static const struct {
    CoachStep step;
    Mark mark;
  } pairs[] = {{STEP_EMPATHY, MARK_REACTION}, {STEP_ON_YOUR_TEAM, MARK_TEAM}};
  const Passage *draft = &study->draft;
  const Hit *question = find_question(draft);
  uint32_t first, last;
  find_steps(study);
  for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
    const Hit *hit = find_mark(draft, pairs[i].mark);
    if (hit) step_met(study, pairs[i].step, hit->first, hit->last);
  }
  meet_line(study, STEP_RESTATE, find_restating(draft));
  meet_line(study, STEP_NEXT_STEP, find_promise(draft));
  if (question) step_met(study, STEP_AGREEMENT, question->first, question->last);
  if (find_choice(draft, &first, &last)) step_met(study, STEP_OPTIONS, first, last);
}

// ---- "Ich", not "wir" ----

// "prüfen" → "prüfe"; NULL for what is no verb of now, or one whose form cannot be told.
static const char *mine(Arena *arena, const char *verb) {
  static const char *const pairs[][2] = {{"sind", "bin"},       {"haben", "habe"},   {"werden", "werde"}, {"können", "kann"},
                                         {"müssen", "muss"},    {"wollen", "will"},  {"dürfen", "darf"},  {"sollen", "soll"},
                                         {"mögen", "mag"},      {"wissen", "weiß"},  {"hatten", "hatte"}, {"waren", "war"},
                                         {"konnten", "konnte"}, {"würden", "würde"}, {"hätten", "hätte"}, {"könnten", "könnte"},
                                         {"wurden", "wurde"},   {"wären", "wäre"},   {"tun", "tue"},      {"möchten", "möchte"}};
  static const char *const now[] = {
    "prüfen",   "bitten", "danken", "schicken", "senden", "melden",  "schreiben", "rufen",     "klären", "bieten", "erstatten",
    "ersetzen", "lösen",  "suchen", "finden",   "sehen",  "bringen", "arbeiten",  "verstehen", "hoffen", "freuen", "buchen",
    "stellen",  "fragen", "nehmen", "geben",    "kommen", "machen",  "brauchen",  "erwarten",  "holen",  "lassen"};
  static const char *const softened[] = {"kümmern", "bedauern", "ändern", "erinnern", "liefern"};
  for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
    if (strcmp(verb, pairs[i][0]) == 0) return pairs[i][1];
  for (size_t i = 0; i < G_N_ELEMENTS(now); i++)
    if (strcmp(verb, now[i]) == 0) return arena_strndup(arena, verb, strlen(verb) - 1);
  for (size_t i = 0; i < G_N_ELEMENTS(softened); i++)
    if (strcmp(verb, softened[i]) == 0) return arena_printf(arena, "%.*se", (int)strlen(verb) - 1, verb);
  return NULL;
}

static bool is_ours(const Word *word) { // would have to change with "wir"
  return word_is(word, "uns") || g_str_has_prefix(word->folded, "unser");
}

static bool is_reflexive(const Word *verb) {
  static const char *const verbs[] = {"kümmern", "melden", "freuen", "entschuldigen", "bedanken", "bemühen"};
  return word_in(verb, verbs, G_N_ELEMENTS(verbs));
}

static bool means_us_both(const Passage *draft, const Line *line) {
  static const char *const joint[] = {"gemeinsam", "zusammen", "beide"};
  for (uint32_t i = line->first; i < line->first + line->count; i++)
    if (word_in(&draft->words.items[i], joint, G_N_ELEMENTS(joint))) return true;
  return false;
}

// "Wir melden uns" → "Ich melde mich", "haben wir" → "habe ich". Where more would have to change nothing is said.
static void advise_i(CoachStudy *study, const Hit *hit) {
  const Passage *draft = &study->draft;
  const Word *words = draft->words.items;
  const Line *line = line_of(draft, hit->first);
  uint32_t we = hit->first, first = we, last = we, end = line->first + line->count;
  if (means_us_both(draft, line)) return;
  const char *verb = we + 1 < end ? mine(study->arena, words[we + 1].folded) : NULL, *text;
  if (verb) {
    last = we + 1;
    text = arena_printf(study->arena, "ich %s", verb);
  } else {
    verb = we > line->first ? mine(study->arena, words[we - 1].folded) : NULL;
    if (!verb) return;
    first = we - 1;
    text = arena_printf(study->arena, "%s ich", verb);
  }
  const Word *doing = &words[first == we ? last : first];
  if (last + 1 < end && word_is(&words[last + 1], "uns") && is_reflexive(doing)) {
    last++;
    text = arena_printf(study->arena, "%s mich", text);
  }
  for (uint32_t i = last + 1; i <= clause_end(draft, last); i++)
    if (is_ours(&words[i])) return;
  advise_at(study, COACH_I_NOT_WE, first, last, 0.8,
            "\xE2\x80\x9CI\xE2\x80\x9D tells them that a person is acting for them; \xE2\x80\x9Cwe\xE2\x80\x9D is a house.",
            capital_as(study, first, text));
}

static void check_german_apologies(CoachStudy *study) {
  const Passage *draft = &study->draft;
  const Hit *hollow = find_mark(draft, MARK_NO_APOLOGY);
  size_t count = 0;
  if (hollow) {
    const Line *line = line_of(draft, hollow->first);
    advise_bytes(study, COACH_ONE_APOLOGY, line->start, line->end, 0.9,
                 "This apologises for their feeling, not for what happened.",
                 "Es tut mir leid, dass \xE2\x80\xA6 schiefgegangen ist.");
  }
  list_each(const Hit, hit, &draft->hits) {
    if (hit->mark != MARK_APOLOGY || ++count < 2) continue;
    const Line *line = line_of(draft, hit->first);
    advise_bytes(study, COACH_ONE_APOLOGY, line->start, line->end, 0.7,
                 "You have said sorry once, and that was heard; what you can do weighs more now.",
                 "Das kann ich jetzt für Sie tun:");
    return;
  }
}

void coach_german(CoachStudy *study) {
  find_german_steps(study);
  list_each(const Hit, hit, &study->draft.hits)
    if (hit->mark == MARK_WE_ACTOR) advise_i(study, hit);
  check_german_apologies(study);
}
