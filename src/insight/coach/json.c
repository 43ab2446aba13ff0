// A coaching as JSON, by the contract of `rapport coach`.
#include "insight/coach.h"

static Json *steps_of(const Coaching *coaching) {
  Json *steps = json_object();
  for (CoachStep step = 0; step < STEP_COUNT; step++)
    json_object_set_new(steps, coach_step_word(step), json_boolean(coaching->steps[step]));
  return steps;
}

static Json *spans_of(const Coaching *coaching) {
  Json *spans = json_array();
  for (CoachStep step = 0; step < STEP_COUNT; step++) {
    if (!coaching->steps[step]) continue;
    Json *span = json_object();
    json_object_set_new(span, "step", json_string(coach_step_word(step)));
    json_object_set_new(span, "start", json_integer(coaching->step_spans[step].start));
    json_object_set_new(span, "end", json_integer(coaching->step_spans[step].end));
    json_array_append_new(spans, span);
  }
  return spans;
}

static Json *advice_of(const Coaching *coaching) {
  Json *list = json_array();
  list_each(const Advice, advice, &coaching->advice) {
    Json *item = json_object();
    json_object_set_new(item, "rule", json_string(coach_rule_word(advice->rule)));
    json_object_set_new(item, "start", json_integer(advice->start));
    json_object_set_new(item, "end", json_integer(advice->end));
    json_object_set_new(item, "why", json_string(advice->why));
    json_object_set_new(item, "instead", json_string(advice->instead));
    json_array_append_new(list, item);
  }
  return list;
}

Json *coaching_to_json(const Coaching *coaching) {
  Json *json = json_object();
  json_object_set_new(json, "steps", steps_of(coaching));
  json_object_set_new(json, "advice", advice_of(coaching));
  json_object_set_new(json, "spans", spans_of(coaching));
  json_object_set_new(json, "read", json_boolean(coaching->is_read));
  return json;
}
