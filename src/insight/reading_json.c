// A reading as JSON, by the contract of `rapport read`, and back for stored readings. Reading back is strict: what lacks a
// field, or has one of the wrong kind or out of its range, is no reading, and the caller reads the message anew.
#include "insight/insight.h"

#include <math.h>

static Json *names_of(const bool *chosen, size_t count, const char *(*word)(size_t)) {
  Json *names = json_array();
  for (size_t i = 0; i < count; i++) {
    if (chosen[i]) json_array_append_new(names, json_string(word(i)));
  }
  return names;
}

static const char *emotion_at(size_t at) { return emotion_word((Emotion)at); }
static const char *reason_at(size_t at) { return reason_word((Reason)at); }
static const char *flag_at(size_t at) { return flag_word((Flag)at); }

static Json *numbers_of(const double *values, size_t count, const char *(*word)(size_t)) {
  Json *object = json_object();
  for (size_t i = 0; i < count; i++) json_object_set_new(object, word(i), json_real(values[i]));
  return object;
}

static const char *need_at(size_t at) { return need_word((Need)at); }

static Json *ekman_of(const Reading *reading) {
  Json *names = json_array();
  for (Ekman ekman = 0; ekman < EKMAN_COUNT; ekman++) {
    bool is_felt;
    reading_ekman(reading, ekman, &is_felt);
    if (is_felt) json_array_append_new(names, json_string(ekman_word(ekman)));
  }
  return names;
}

static Json *tones_of(const Reading *reading) {
  Json *names = json_array();
  for (Tone tone = 0; tone < TONE_COUNT; tone++) {
    bool is_felt;
    reading_tone(reading, tone, &is_felt);
    if (is_felt) json_array_append_new(names, json_string(tone_word(tone)));
  }
  return names;
}

static Json *spans_of(const SpanList *spans) {
  Json *array = json_array();
  list_each(Span, span, spans) {
    Json *object = json_object();
    json_object_set_new(object, "start", json_integer(span->start));
    json_object_set_new(object, "end", json_integer(span->end));
    json_object_set_new(object, "label", json_string(span->label));
    json_object_set_new(object, "weight", json_real(span->weight));
    json_array_append_new(array, object);
  }
  return array;
}

Json *reading_to_json(const Reading *reading) {
  Json *json = json_object();
  json_object_set_new(json, "emotions", numbers_of(reading->emotions, EMOTION_COUNT, emotion_at));
  json_object_set_new(json, "felt", names_of(reading->felt, EMOTION_COUNT, emotion_at));
  json_object_set_new(json, "ekman", ekman_of(reading));
  json_object_set_new(json, "tones", tones_of(reading));
  json_object_set_new(json, "main", json_string(emotion_word(reading->main)));
  json_object_set_new(json, "valence", json_real(reading->valence));
  json_object_set_new(json, "intensity", json_real(reading->intensity));
  json_object_set_new(json, "abuse", json_real(reading->abuse));
  json_object_set_new(json, "behaviour", json_string(behaviour_word(reading->behaviour)));
  json_object_set_new(json, "needs", numbers_of(reading->needs, NEED_COUNT, need_at));
  json_object_set_new(json, "need", json_string(need_word(reading->need)));
  json_object_set_new(json, "need_margin", json_real(reading->need_margin));
  json_object_set_new(json, "language", json_string(reading->language));
  json_object_set_new(json, "read", json_boolean(reading->is_read));
  json_object_set_new(json, "present", reading->present ? json_string(reading->present) : json_null());
  json_object_set_new(json, "desired", reading->desired ? json_string(reading->desired) : json_null());
  json_object_set_new(json, "reasons", names_of(reading->reasons, REASON_COUNT, reason_at));
  json_object_set_new(json, "flags", names_of(reading->flags, FLAG_COUNT, flag_at));
  json_object_set_new(json, "spans", spans_of(&reading->spans));
  json_object_set_new(json, "engine", json_string(reading->engine));
  return json;
}

// ---- And back ----

static bool get_number(const Json *json, const char *key, double least, double most, double *out) {
  const Json *value = json_object_get(json, key);
  if (!json_is_number(value)) return false;
  *out = json_number_value(value);
  return *out >= least && *out <= most;
}

static bool get_text(Arena *arena, const Json *json, const char *key, bool may_be_null, const char **out) {
  const Json *value = json_object_get(json, key);
  *out = NULL;
  if (may_be_null && json_is_null(value)) return true;
  if (!json_is_string(value)) return false;
  *out = arena_strdup(arena, json_string_value(value));
  return true;
}

static bool get_numbers(const Json *json, const char *key, double *out, size_t count, const char *(*word)(size_t)) {
  const Json *object = json_object_get(json, key);
  for (size_t i = 0; i < count; i++) {
    if (!get_number(object, word(i), 0, 1, &out[i])) return false;
  }
  return true;
}

static bool get_names(const Json *json, const char *key, bool *out, size_t count, const char *(*word)(size_t)) {
  const Json *array = json_object_get(json, key);
  if (!json_is_array(array)) return false;
  for (size_t i = 0; i < json_array_size(array); i++) {
    const char *name = json_string_value(json_array_get(array, i));
    size_t at = 0;
    while (name && at < count && strcmp(word(at), name) != 0) at++;
    if (!name || at == count) return false;
    out[at] = true;
  }
  return true;
}

static bool get_spans(Arena *arena, const Json *json, SpanList *out) {
  const Json *array = json_object_get(json, "spans");
  if (!json_is_array(array)) return false;
  for (size_t i = 0; i < json_array_size(array); i++) {
    const Json *object = json_array_get(array, i);
    const Json *start = json_object_get(object, "start"), *end = json_object_get(object, "end");
    Span span = {0};
    if (!json_is_integer(start) || !json_is_integer(end)) return false;
    span.start = json_integer_value(start);
    span.end = json_integer_value(end);
    if (span.start < 0 || span.end < span.start || !get_text(arena, object, "label", false, &span.label) ||
        !get_number(object, "weight", 0, 1, &span.weight))
      return false;
    *list_add(arena, out) = span;
  }
  return true;
}

static bool get_words(Arena *arena, const Json *json, Reading *reading) {
  const Json *is_read = json_object_get(json, "read");
  reading->is_read = json_is_true(is_read);
  return json_is_boolean(is_read) && emotion_from_word(json_string_value(json_object_get(json, "main")), &reading->main) &&
         behaviour_from_word(json_string_value(json_object_get(json, "behaviour")), &reading->behaviour) &&
         need_from_word(json_string_value(json_object_get(json, "need")), &reading->need) &&
         get_text(arena, json, "language", false, &reading->language) &&
         get_text(arena, json, "present", true, &reading->present) && get_text(arena, json, "desired", true, &reading->desired) &&
         get_text(arena, json, "engine", false, &reading->engine);
}

Reading *reading_from_json(Arena *arena, const Json *json) {
  Reading *reading = arena_make(arena, Reading);
  bool is_reading = json_is_object(json) && get_words(arena, json, reading) &&
                    get_numbers(json, "emotions", reading->emotions, EMOTION_COUNT, emotion_at) &&
                    get_numbers(json, "needs", reading->needs, NEED_COUNT, need_at) &&
                    get_names(json, "felt", reading->felt, EMOTION_COUNT, emotion_at) &&
                    get_names(json, "reasons", reading->reasons, REASON_COUNT, reason_at) &&
                    get_names(json, "flags", reading->flags, FLAG_COUNT, flag_at) &&
                    get_number(json, "valence", -1, 1, &reading->valence) &&
                    get_number(json, "intensity", 0, 4, &reading->intensity) &&
                    get_number(json, "abuse", 0, 1, &reading->abuse) &&
                    get_number(json, "need_margin", 0, 1, &reading->need_margin) && get_spans(arena, json, &reading->spans);
  return is_reading ? reading : NULL;
}
