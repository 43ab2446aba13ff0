-- Mends.

-- A complaint has deadlines also where nobody waits: its conversation gets a clock, which stands and is looked at with the next round of
-- warnings (due_alarm). 1 is long past, and no moment at all would be NULL.
INSERT INTO due_clock (conversation_id, runs, since, work, held_of, held, alarms, alarm_at, version)
SELECT p.conversation_id, 0, 0, 0, 0, 0, 0, 1, 0
FROM complaint p
JOIN conversation c ON c.id = p.conversation_id
WHERE p.stage <> 9 AND p.merged_into IS NULL AND c.state = 0
ON CONFLICT (conversation_id) DO NOTHING;

ALTER TABLE notice ADD COLUMN mail_tries {int} NOT NULL DEFAULT 0; -- mails with it that could not be made

CREATE INDEX customer_distinct_high ON customer_distinct (high_id, low_id);
CREATE INDEX promise_settled ON promise (state, settled_at);
