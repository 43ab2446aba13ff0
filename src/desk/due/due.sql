-- include "desk/due/due.h"
-- include "desk/due/stored.h"

-- due_target_select() -> list DueTargetRow
-- Few rows: four a team.
SELECT t.team_id, t.priority, t.first_answer, t.next_answer, t.resolution, g.name AS team_name
FROM due_target t
LEFT JOIN team g ON g.id = t.team_id
ORDER BY CASE WHEN t.team_id = 0 THEN 0 ELSE 1 END, g.name, t.team_id, t.priority;

-- due_target_set(team: int, priority: int, first_answer: int, next_answer: int, resolution: int) -> none
INSERT INTO due_target (team_id, priority, first_answer, next_answer, resolution)
VALUES (:team, :priority, :first_answer, :next_answer, :resolution)
ON CONFLICT (team_id, priority) DO UPDATE
SET first_answer = excluded.first_answer, next_answer = excluded.next_answer, resolution = excluded.resolution;

-- due_target_forget(team: int) -> none
DELETE FROM due_target WHERE team_id = :team;

-- due_rule_select() -> one DueRuleRow
SELECT warn_percent, warn_minutes, version, made_of FROM due_rule WHERE id = 1;

-- due_rule_warn(percent: int, minutes: int) -> none
UPDATE due_rule SET warn_percent = :percent, warn_minutes = :minutes WHERE id = 1;

-- due_rule_renew(made_of: text) -> changed
UPDATE due_rule SET version = version + 1, made_of = :made_of WHERE id = 1 AND made_of <> :made_of;

-- due_select(number: int, agent: int, closed: int) -> optional DueFacts
SELECT c.id AS number, c.state, c.opened_at, c.waiting_since, c.snoozed_until, c.priority, c.team_id, c.due_at, c.due_kind,
  EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = c.id AND m.kind = :agent) AS has_answer,
  CASE WHEN p.conversation_id IS NOT NULL AND p.stage <> :closed AND p.merged_into IS NULL THEN 1 ELSE 0 END AS has_complaint,
  p.next_due_at AS complaint_next,
  CASE WHEN d.conversation_id IS NULL THEN 0 ELSE 1 END AS has_clock,
  d.runs, d.since, d.work, d.held_of, d.held, d.answer_due, d.work_due, d.complaint_due, d.alarms, d.alarm_at, d.version
FROM conversation c
LEFT JOIN complaint p ON p.conversation_id = c.id
LEFT JOIN due_clock d ON d.conversation_id = c.id
WHERE c.id = :number;

-- due_clock_set(number: int, runs: int, since: int, work: int, held_of: int, held: int, answer_due: int?, work_due: int?, complaint_due: int?, alarms: int, alarm_at: int?, version: int) -> none
INSERT INTO due_clock (conversation_id, runs, since, work, held_of, held, answer_due, work_due, complaint_due, alarms, alarm_at, version)
VALUES (:number, :runs, :since, :work, :held_of, :held, :answer_due, :work_due, :complaint_due, :alarms, :alarm_at, :version)
ON CONFLICT (conversation_id) DO UPDATE
SET runs = excluded.runs, since = excluded.since, work = excluded.work, held_of = excluded.held_of, held = excluded.held,
  answer_due = excluded.answer_due, work_due = excluded.work_due, complaint_due = excluded.complaint_due, alarms = excluded.alarms,
  alarm_at = excluded.alarm_at, version = excluded.version;

-- due_conversation_update(number: int, due_at: int?, due_kind: int) -> none
UPDATE conversation SET due_at = :due_at, due_kind = :due_kind WHERE id = :number;

-- due_alarm_select(now: int) -> list int
SELECT conversation_id FROM due_clock WHERE alarm_at <= :now ORDER BY alarm_at LIMIT 100;

-- due_outdated_select(version: int) -> list int
SELECT conversation_id FROM due_clock WHERE runs = 1 AND version < :version ORDER BY version, conversation_id LIMIT 200;
