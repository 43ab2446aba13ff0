-- By when we mean to answer and to solve: targets by priority and team, and where each conversation stands against them.

CREATE TABLE due_target ( -- in business minutes; 0: no target
  team_id {int} NOT NULL, -- 0: every team that has no lines of its own
  priority {int} NOT NULL, -- Priority
  first_answer {int} NOT NULL,
  next_answer {int} NOT NULL,
  resolution {int} NOT NULL,
  PRIMARY KEY (team_id, priority)
) {strict};
INSERT INTO due_target (team_id, priority, first_answer, next_answer, resolution)
VALUES (0, 0, 960, 960, 4800), (0, 1, 480, 480, 2400), (0, 2, 240, 240, 1440), (0, 3, 60, 120, 480);

CREATE TABLE due_rule ( -- one row
  id {int} PRIMARY KEY CHECK (id = 1),
  warn_percent {int} NOT NULL, -- of a target that is left when we are warned; 0: see warn_minutes
  warn_minutes {int} NOT NULL, -- business minutes before; both 0: no warning
  version {int} NOT NULL, -- grows whenever what is due has to be worked out anew
  made_of TEXT NOT NULL -- the hours and targets that it was worked out with last
) {strict};
INSERT INTO due_rule (id, warn_percent, warn_minutes, version, made_of) VALUES (1, 25, 0, 1, '');

ALTER TABLE conversation ADD COLUMN due_at {int}; -- the next moment by which we owe something; NULL: nothing is due
ALTER TABLE conversation ADD COLUMN due_kind {int} NOT NULL DEFAULT 0; -- DueKind: what it is
CREATE INDEX conversation_due ON conversation (due_at, id) WHERE due_at IS NOT NULL;

CREATE TABLE due_clock ( -- of a conversation; kept by due_settle alone
  conversation_id {int} PRIMARY KEY REFERENCES conversation (id),
  runs {int} NOT NULL, -- somebody waits on us, and it is not put off
  since {int} NOT NULL, -- when it began to run, or stopped
  work {int} NOT NULL, -- business minutes that it ran before that
  held_of {int} NOT NULL, -- the waiting (conversation.waiting_since) that the next two are about; 0: nobody waits
  held {int} NOT NULL, -- business minutes of it that were put off
  answer_due {int}, -- NULL: no target
  work_due {int},
  complaint_due {int},
  alarms {int} NOT NULL, -- bits of DueAlarm that were given
  alarm_at {int}, -- when the next one is to be given
  version {int} NOT NULL -- due_rule.version that it was worked out with
) {strict};
CREATE INDEX due_alarm ON due_clock (alarm_at) WHERE alarm_at IS NOT NULL;
CREATE INDEX due_outdated ON due_clock (version, conversation_id) WHERE runs = 1;
INSERT INTO due_clock (conversation_id, runs, since, work, held_of, held, alarms, version)
SELECT id, 1, waiting_since, 0, waiting_since, 0, 0, 0 FROM conversation
WHERE state = 0 AND waiting_since IS NOT NULL AND snoozed_until IS NULL;
