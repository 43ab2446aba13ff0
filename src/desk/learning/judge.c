// A person's word about a reading. It is written down beside what the engine said, counts for the message at once, and moves the
// conversation when the message is its newest. Saying the same again changes nothing. Nothing is deleted: taking a word back is a word
// too, and what somebody else had said counts again.
#include "desk/learning/stored.h"

#include "desk/conversation.sql.h"
#include "desk/conversation/stand.h"
#include "desk/learning.sql.h"

// What is known of one kind of a message.
typedef struct Known {
  int64_t read_value; // by the engine
  int64_t now;        // what counts
  bool is_said;       // by this person, as the newest word
  bool has_said;      // this person has a word that stands
  int64_t without;    // what would count without this person's words
  bool is_others;     // `without` is what another person said
} Known;

static int64_t value_of(const JudgedReading *reading, CorrectionKind kind) {
  return kind == CORRECTION_EMOTION     ? (int64_t)reading->emotion
         : kind == CORRECTION_BEHAVIOUR ? (int64_t)reading->behaviour
                                        : (int64_t)reading->need;
}

// Whether it is the newest that this person said of that kind.
static bool is_last_word(const CorrectionMarkList *marks, const CorrectionMark *mark) {
  list_each(const CorrectionMark, newer, marks) {
    if (newer == mark) return true;
    if (newer->kind == mark->kind && newer->staff_id == mark->staff_id) return false;
  }
  return true;
}

// `marks` from the newest on.
static Known known_of(const JudgedReading *reading, const CorrectionMarkList *marks, const Staff *actor, CorrectionKind kind) {
  Known known = {.read_value = value_of(reading, kind), .now = value_of(reading, kind)};
  bool is_newest = true;
  list_each(const CorrectionMark, mark, marks) {
    if (mark->kind != (int64_t)kind) continue;
    known.read_value = mark->read_value; // from the first judgement on the row holds what people say
    bool is_own = mark->staff_id == actor->id, stands = mark->standing == STANDING_OWN && is_last_word(marks, mark);
    known.is_said |= is_own && stands && is_newest;
    known.has_said |= is_own && stands;
    if (!is_own && stands && !known.is_others) known.is_others = true, known.without = mark->value;
    is_newest = false;
  }
  if (!known.is_others) known.without = known.read_value;
  return known;
}

typedef struct Judgement {
  Desk *desk;
  const Staff *actor;
  JudgedReading *reading;
  CorrectionMarkList marks;
  bool has_changed;
} Judgement;

static bool open_judgement(Arena *arena, Judgement *judgement, int64_t message_id, GError **error) {
  Desk *desk = judgement->desk;
  if (!judged_reading_select(arena, desk->db, message_id, &judgement->reading, error)) return false;
  if (!judgement->reading || !judgement->reading->is_read)
    return error_set(error, ERROR_NOT_FOUND, "There is no reading of this message that could be corrected.");
  return true;
}

static bool put(Judgement *judgement, CorrectionKind kind, const Known *known, int64_t value, Standing standing, GError **error) {
  JudgedReading *reading = judgement->reading;
  int64_t bit = INT64_C(1) << kind;
  judgement->has_changed = true;
  reading->judged = standing == STANDING_ENGINE ? reading->judged & ~bit : reading->judged | bit;
  if (kind == CORRECTION_EMOTION)
    reading->emotion = (Emotion)value;
  else if (kind == CORRECTION_BEHAVIOUR)
    reading->behaviour = (Behaviour)value;
  else
    reading->need = (Need)value;
  return correction_insert(judgement->desk->db, reading->message_id, judgement->actor->id, kind, known->read_value, value,
                           standing, reading->engine, clock_now(judgement->desk->clock), error);
}

// What a person does: says one value, says that all is right as it stands, or takes back what they said.
typedef struct Word {
  enum { WORD_VALUE, WORD_RIGHT, WORD_BACK } sort;
  CorrectionKind kind; // of WORD_VALUE
  int64_t value;
} Word;

static bool say(Judgement *judgement, const Word *word, CorrectionKind kind, GError **error) {
  Known known = known_of(judgement->reading, &judgement->marks, judgement->actor, kind);
  if (word->sort == WORD_BACK)
    return !known.has_said ||
           put(judgement, kind, &known, known.without, known.is_others ? STANDING_OTHER : STANDING_ENGINE, error);
  if (word->sort == WORD_VALUE && word->kind != kind) return true;
  int64_t value = word->sort == WORD_VALUE ? word->value : known.now;
  return (known.is_said && known.now == value) || put(judgement, kind, &known, value, STANDING_OWN, error);
}

static bool move_conversation(Arena *arena, const Judgement *judgement, ConversationStand *before, GError **error) {
  const JudgedReading *reading = judgement->reading;
  ConversationStand *after = arena_copy(arena, before, sizeof *before);
  after->is_upset = stand_is_upset(reading->behaviour, reading->valence, reading->intensity);
  return conversation_update_feeling(judgement->desk->db, reading->number, true, reading->behaviour, reading->emotion,
                                     reading->need, reading->valence, reading->intensity, error) &&
         stand_save(judgement->desk, before, after, error);
}

static bool close_judgement(Arena *arena, const Judgement *judgement, ConversationStand *stand, GError **error) {
  const JudgedReading *reading = judgement->reading;
  if (!judgement->has_changed) return true;
  return reading_update_judged(judgement->desk->db, reading->message_id, reading->behaviour, reading->emotion, reading->need,
                               reading->judged, error) &&
         (!reading->is_newest || move_conversation(arena, judgement, stand, error)) &&
         event_add(judgement->desk, reading->number, EVENT_JUDGED, judgement->actor, "", error);
}

static bool judge(Desk *desk, const Staff *actor, int64_t message_id, const Word *word, int64_t *out_number, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Judgement judgement = {.desk = desk, .actor = actor};
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !open_judgement(arena, &judgement, message_id, error)) return false;
  ConversationStand *stand = stand_load(arena, desk, judgement.reading->number, error);
  // Again, now that the conversation is held: two people may judge at once.
  if (!stand || !open_judgement(arena, &judgement, message_id, error) ||
      !correction_select_of(arena, desk->db, message_id, &judgement.marks, error))
    return false;
  *out_number = judgement.reading->number;
  for (CorrectionKind kind = 0; kind < CORRECTION_KIND_COUNT; kind++)
    if (!say(&judgement, word, kind, error)) return false;
  return close_judgement(arena, &judgement, stand, error) && db_commit(&tx, error);
}

bool reading_correct(Desk *desk, const Staff *actor, int64_t message_id, CorrectionKind kind, int value, int64_t *out_number,
                     GError **error) {
  if (!*correction_value_word(kind, value)) return error_set(error, ERROR_INVALID, "A reading cannot say that.");
  return judge(desk, actor, message_id, &(Word){.sort = WORD_VALUE, .kind = kind, .value = value}, out_number, error);
}

bool reading_confirm(Desk *desk, const Staff *actor, int64_t message_id, int64_t *out_number, GError **error) {
  return judge(desk, actor, message_id, &(Word){.sort = WORD_RIGHT}, out_number, error);
}

bool reading_take_back(Desk *desk, const Staff *actor, int64_t message_id, int64_t *out_number, GError **error) {
  return judge(desk, actor, message_id, &(Word){.sort = WORD_BACK}, out_number, error);
}

bool reading_judged_by(Arena *arena, Desk *desk, const Staff *staff, int64_t number, IntList *out, GError **error) {
  return correction_select_judged_by(arena, desk->db, number, staff->id, out, error);
}
