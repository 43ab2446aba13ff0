-- include "desk/remedy/ledger.h"
-- include "desk/remedy/stored.h"

-- remedy_insert(number: int, customer: int, kind: int, state: int, amount: int, currency: text, reason: text, staff: int, now: int, due_at: int, why: text, deciders: int, given_by: int?, given_role: int, given_day: int, month: int) -> one int
INSERT INTO remedy (conversation_id, customer_id, kind, state, amount, asked_amount, currency, reason, asked_by, asked_at, due_at, why_asked,
  deciders, decided_at, decision_reason, given_by, given_role, given_day, withdrawn_at, carried_out_at, carried_out_how, dated_at, month)
VALUES (:number, :customer, :kind, :state, :amount, :amount, :currency, :reason, :staff, :now, :due_at, :why,
  :deciders, 0, '', :given_by, :given_role, :given_day, 0, 0, '', :now, :month)
RETURNING id;

-- remedy_lock(id: int) -> optional StoredRemedy
-- sqlite
SELECT id, conversation_id AS number, customer_id, asked_by, amount, given_by, given_role, given_day, carried_out_at, kind, state, currency
FROM remedy WHERE id = :id;
-- postgres
SELECT id, conversation_id AS number, customer_id, asked_by, amount, given_by, given_role, given_day, carried_out_at, kind, state, currency
FROM remedy WHERE id = :id FOR UPDATE;

-- remedy_select_number(id: int) -> optional int
SELECT conversation_id FROM remedy WHERE id = :id;

-- remedy_select(id: int) -> optional Remedy
SELECT id, number, customer_id, customer_name, subject, kind, state, amount, asked_amount, currency, reason, asked_by, asked_at,
  asked_name, due_at, why_asked, deciders, decided_by, decided_at, decided_name, decision_reason, given_by, given_role, given_day,
  withdrawn_at, carried_out_at, carried_out_by, carried_out_name, carried_out_how, dated_at
FROM remedy_shown WHERE id = :id;

-- The newest first.
-- remedy_select_of(number: int, most: int) -> list Remedy
SELECT id, number, customer_id, customer_name, subject, kind, state, amount, asked_amount, currency, reason, asked_by, asked_at,
  asked_name, due_at, why_asked, deciders, decided_by, decided_at, decided_name, decision_reason, given_by, given_role, given_day,
  withdrawn_at, carried_out_at, carried_out_by, carried_out_name, carried_out_how, dated_at
FROM remedy_shown WHERE number = :number
ORDER BY id DESC
LIMIT :most;

-- remedy_select_stand(number: int) -> one RemedyStand
SELECT COALESCE(SUM(CASE WHEN state IN (0, 2) AND carried_out_at = 0 THEN 1 ELSE 0 END), 0) AS granted,
  COALESCE(SUM(CASE WHEN state = 1 THEN 1 ELSE 0 END), 0) AS waiting,
  COALESCE(SUM(CASE WHEN state IN (0, 2) AND carried_out_at <> 0 THEN 1 ELSE 0 END), 0) AS carried_out
FROM remedy WHERE conversation_id = :number;

-- remedy_select_newest(number: int) -> one int
SELECT COALESCE(MAX(id), 0) AS newest FROM remedy WHERE conversation_id = :number;

-- `mine` 1: what the role with `bit` may decide and `staff` did not ask for; 0: all the others.
-- remedy_select_waiting(staff: int, bit: int, mine: int, after_due: int, after_id: int, most: int) -> list Remedy
SELECT id, number, customer_id, customer_name, subject, kind, state, amount, asked_amount, currency, reason, asked_by, asked_at,
  asked_name, due_at, why_asked, deciders, decided_by, decided_at, decided_name, decision_reason, given_by, given_role, given_day,
  withdrawn_at, carried_out_at, carried_out_by, carried_out_name, carried_out_how, dated_at
FROM remedy_shown
WHERE state = 1 AND CASE WHEN asked_by <> :staff AND (deciders & :bit) <> 0 THEN 1 ELSE 0 END = :mine
  AND (due_at, id) > (:after_due, :after_id)
ORDER BY due_at, id
LIMIT :most;

-- remedy_count_waiting(staff: int, bit: int) -> one int
SELECT COUNT(*) AS count FROM remedy WHERE state = 1 AND asked_by <> :staff AND (deciders & :bit) <> 0;

-- ledger_select(month: int, kind: int, state: int, before_at: int, before_id: int, most: int) -> list Remedy
SELECT id, number, customer_id, customer_name, subject, kind, state, amount, asked_amount, currency, reason, asked_by, asked_at,
  asked_name, due_at, why_asked, deciders, decided_by, decided_at, decided_name, decision_reason, given_by, given_role, given_day,
  withdrawn_at, carried_out_at, carried_out_by, carried_out_name, carried_out_how, dated_at
FROM remedy_shown
WHERE month = :month AND (:kind = -1 OR kind = :kind) AND (:state = -1 OR state = :state) AND (dated_at, id) < (:before_at, :before_id)
ORDER BY dated_at DESC, id DESC
LIMIT :most;

-- ledger_select_totals(from_month: int, to_month: int) -> list LedgerTotal
SELECT month, kind, given_role AS role, currency, COUNT(*) AS count, CAST(SUM(amount) AS BIGINT) AS amount,
  CAST(SUM(CASE WHEN carried_out_at <> 0 THEN amount ELSE 0 END) AS BIGINT) AS carried_out
FROM remedy
WHERE month >= :from_month AND month <= :to_month AND state IN (0, 2)
GROUP BY month, kind, given_role, currency
ORDER BY month, kind, given_role, currency;

-- remedy_update_decided(id: int, state: int, amount: int, customer: int, staff: int, now: int, reason: text, given_by: int?, given_role: int, given_day: int, month: int) -> none
UPDATE remedy
SET state = :state, amount = :amount, customer_id = :customer, decided_by = :staff, decided_at = :now, decision_reason = :reason,
  given_by = :given_by, given_role = :given_role, given_day = :given_day,
  dated_at = CASE WHEN :state = 2 THEN :now ELSE dated_at END, month = CASE WHEN :state = 2 THEN :month ELSE month END
WHERE id = :id;

-- remedy_update_withdrawn(id: int, now: int) -> none
UPDATE remedy SET state = 4, withdrawn_at = :now WHERE id = :id;

-- remedy_update_carried_out(id: int, staff: int, at: int, how: text) -> none
UPDATE remedy SET carried_out_by = :staff, carried_out_at = :at, carried_out_how = :how WHERE id = :id;

-- A merge: each remembers where it was given.
-- remedy_move(from: int, into: int) -> none
UPDATE remedy SET conversation_id = :into, origin = COALESCE(origin, :from) WHERE conversation_id = :from;

-- Whoever has a purse keeps it until their transaction ends; SQLite has one writer anyway.
-- purse_take(scope: int, who: int) -> none
INSERT INTO remedy_purse (scope, who, changes) VALUES (:scope, :who, 1)
ON CONFLICT (scope, who) DO UPDATE SET changes = remedy_purse.changes + 1;

-- spend_add(scope: int, who: int, currency: text, day: int, kind: int, amount: int) -> none
INSERT INTO remedy_day (scope, who, currency, day, kind, amount) VALUES (:scope, :who, :currency, :day, :kind, :amount)
ON CONFLICT (scope, who, currency, day, kind) DO UPDATE SET amount = remedy_day.amount + excluded.amount;

-- limit_select_applied(role: int, staff: int, customer: int, today: int) -> list AppliedLimit
SELECT l.kind, l.scope, l.amount, l.currency, l.days,
  CAST(COALESCE((SELECT SUM(d.amount) FROM remedy_day d
    WHERE d.scope = l.scope AND d.who = CASE l.scope WHEN 1 THEN :customer WHEN 2 THEN :staff ELSE :role END
      AND d.currency = l.currency AND d.day > :today - l.days AND (l.kind = -1 OR d.kind = l.kind)), 0) AS BIGINT) AS spent
FROM remedy_limit l
WHERE l.role = :role AND l.ended_at = 0
ORDER BY l.scope, l.kind, l.days;

-- limit_select_holding() -> list RemedyLimit
SELECT l.id, l.role, l.kind, l.scope, l.amount, l.currency, l.days, l.made_at, l.ended_at, m.name AS made_name
FROM remedy_limit l
LEFT JOIN staff m ON m.id = l.made_by
WHERE l.ended_at = 0
ORDER BY l.role, l.kind, l.scope, l.days;

-- limit_select_ended() -> list RemedyLimit
SELECT l.id, l.role, l.kind, l.scope, l.amount, l.currency, l.days, l.made_at, l.ended_at, m.name AS made_name, e.name AS ended_name
FROM remedy_limit l
LEFT JOIN staff m ON m.id = l.made_by
LEFT JOIN staff e ON e.id = l.ended_by
WHERE l.ended_at <> 0
ORDER BY l.ended_at DESC, l.id DESC
LIMIT 50;

-- limit_select(id: int) -> optional RemedyLimit
SELECT id, role, kind, scope, amount, currency, days, made_at, ended_at FROM remedy_limit WHERE id = :id AND ended_at = 0;

-- limit_end_same(role: int, kind: int, scope: int, days: int, staff: int, now: int) -> none
UPDATE remedy_limit SET ended_by = :staff, ended_at = :now
WHERE role = :role AND kind = :kind AND scope = :scope AND days = :days AND ended_at = 0;

-- limit_insert(role: int, kind: int, scope: int, amount: int, currency: text, days: int, staff: int, now: int) -> none
INSERT INTO remedy_limit (role, kind, scope, amount, currency, days, made_by, made_at, ended_at)
VALUES (:role, :kind, :scope, :amount, :currency, :days, :staff, :now, 0);

-- limit_update_ended(id: int, staff: int, now: int) -> changed
UPDATE remedy_limit SET ended_by = :staff, ended_at = :now WHERE id = :id AND ended_at = 0;

-- What waits may be decided by other roles once the limits are others: those for each remedy that apply must all allow it, and there
-- must be one.
-- remedy_update_deciders(role: int, bit: int) -> none
UPDATE remedy
SET deciders = (deciders & ~:bit) | CASE
  WHEN EXISTS (SELECT 1 FROM remedy_limit l WHERE l.role = :role AND l.ended_at = 0 AND l.scope = 0 AND (l.kind = -1 OR l.kind = remedy.kind))
    AND NOT EXISTS (SELECT 1 FROM remedy_limit l WHERE l.role = :role AND l.ended_at = 0 AND l.scope = 0
      AND (l.kind = -1 OR l.kind = remedy.kind) AND l.amount <> -1 AND (l.amount < remedy.amount OR l.currency <> remedy.currency))
  THEN :bit ELSE 0 END
WHERE state = 1;

-- Who may decide about a remedy.
-- staff_select_deciders(roles: int, except: int) -> list Staff
SELECT id, email, name, role, is_active, made_at, language, zone FROM staff
WHERE is_active = 1 AND id <> :except AND (CASE role WHEN 0 THEN 1 WHEN 1 THEN 2 WHEN 2 THEN 4 ELSE 0 END & :roles) <> 0
ORDER BY id
LIMIT 50;

-- verify_spending() -> list SpendDrift
SELECT scope, who, currency, CAST(SUM(kept) AS BIGINT) AS kept, CAST(SUM(counted) AS BIGINT) AS counted FROM (
  SELECT scope, who, currency, day, kind, amount AS kept, 0 AS counted FROM remedy_day
  UNION ALL SELECT 1, customer_id, currency, given_day, kind, 0, amount FROM remedy WHERE state IN (0, 2)
  UNION ALL SELECT 2, given_by, currency, given_day, kind, 0, amount FROM remedy WHERE state IN (0, 2)
  UNION ALL SELECT 3, given_role, currency, given_day, kind, 0, amount FROM remedy WHERE state IN (0, 2)
) AS both_sides
GROUP BY scope, who, currency, day, kind
HAVING SUM(kept) <> SUM(counted)
LIMIT 100;
