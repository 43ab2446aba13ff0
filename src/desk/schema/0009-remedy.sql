-- What is given to put something right, how far each role may go with that by itself, and what was spent of it.

CREATE TABLE remedy (
  id {id},
  conversation_id {int} NOT NULL REFERENCES conversation (id),
  origin {int}, -- the conversation it was given in, when a merge moved it
  customer_id {int} NOT NULL REFERENCES customer (id), -- who got it, also when the conversation is somebody else's later
  kind {int} NOT NULL, -- RemedyKind
  state {int} NOT NULL, -- RemedyState
  amount {int} NOT NULL, -- minor units of the currency: what is given; while it waits, what is asked for
  asked_amount {int} NOT NULL, -- more than `amount` when less was approved
  currency TEXT NOT NULL, -- ISO 4217, which says how many minor units there are
  reason TEXT NOT NULL,
  asked_by {int} NOT NULL REFERENCES staff (id), -- whose idea it was: they gave it, or asked for it
  asked_at {int} NOT NULL,
  due_at {int} NOT NULL, -- by when an approval was to be decided; 0: none was needed
  why_asked TEXT NOT NULL, -- which limit stood in the way: a sentence
  deciders {int} NOT NULL, -- bit 1 << StaffRole: whose limits for each remedy allow it, as long as it waits
  decided_by {int} REFERENCES staff (id),
  decided_at {int} NOT NULL, -- 0: not decided, or nothing to decide
  decision_reason TEXT NOT NULL,
  given_by {int} REFERENCES staff (id), -- whose authority it was given under; NULL: it is not given
  given_role {int} NOT NULL, -- StaffRole they had then
  given_day {int} NOT NULL, -- days since 1970 UTC: where remedy_day counts it; 0
  withdrawn_at {int} NOT NULL, -- 0
  carried_out_at {int} NOT NULL, -- when it was paid or sent; 0: it still has to be
  carried_out_by {int} REFERENCES staff (id),
  carried_out_how TEXT NOT NULL,
  dated_at {int} NOT NULL, -- the ledger's date: when it was given; when it was asked, as long as it is not
  month {int} NOT NULL -- of dated_at in UTC: 202611
) {strict};
CREATE INDEX remedy_of_conversation ON remedy (conversation_id, id);
CREATE INDEX remedy_ledger ON remedy (month, dated_at, id);
CREATE INDEX remedy_waiting ON remedy (due_at, id) WHERE state = 1;

CREATE TABLE remedy_limit ( -- how far a role may go; rows are ended, never changed, so that it can be said what held when
  id {id},
  role {int} NOT NULL, -- StaffRole
  kind {int} NOT NULL, -- RemedyKind; -1: any
  scope {int} NOT NULL, -- RemedyScope
  amount {int} NOT NULL, -- minor units; -1: without an upper bound, in any currency
  currency TEXT NOT NULL, -- ISO 4217; '' without an upper bound
  days {int} NOT NULL, -- how long a total goes back, today included; 0 for each remedy by itself
  made_by {int} REFERENCES staff (id), -- NULL: the program itself
  made_at {int} NOT NULL,
  ended_by {int} REFERENCES staff (id),
  ended_at {int} NOT NULL -- 0: it holds
) {strict};
CREATE UNIQUE INDEX remedy_limit_holding ON remedy_limit (role, kind, scope, days) WHERE ended_at = 0;
CREATE INDEX remedy_limit_made ON remedy_limit (made_at, id);

-- Until somebody sets limits, everything that costs money is for administrators to approve.
INSERT INTO remedy_limit (role, kind, scope, amount, currency, days, made_at, ended_at) VALUES (2, -1, 0, -1, '', 0, 0, 0);

CREATE TABLE remedy_purse ( -- whoever spends takes these rows first, in the order of their keys, and so one after the other
  scope {int} NOT NULL, -- RemedyScope: which of them `who` is; 0: the limits themselves
  who {int} NOT NULL, -- a customer, one of the staff, or a StaffRole; 0
  changes {int} NOT NULL,
  PRIMARY KEY (scope, who)
) {strict};

CREATE TABLE remedy_day ( -- what was given each day, so that a total reads a row for each day and not one for each remedy
  scope {int} NOT NULL,
  who {int} NOT NULL,
  currency TEXT NOT NULL,
  day {int} NOT NULL, -- days since 1970 UTC
  kind {int} NOT NULL,
  amount {int} NOT NULL,
  PRIMARY KEY (scope, who, currency, day, kind)
) {strict};

CREATE VIEW remedy_shown AS -- a remedy with the names that every page shows
SELECT r.id, r.conversation_id AS number, r.customer_id, u.name AS customer_name, c.subject, r.kind, r.state, r.amount, r.asked_amount,
  r.currency, r.reason, r.asked_by, r.asked_at, a.name AS asked_name, r.due_at, r.why_asked, r.deciders, r.decided_by, r.decided_at,
  d.name AS decided_name, r.decision_reason, r.given_by, r.given_role, r.given_day, r.withdrawn_at, r.carried_out_at, r.carried_out_by,
  o.name AS carried_out_name, r.carried_out_how, r.dated_at, r.month
FROM remedy r
JOIN conversation c ON c.id = r.conversation_id
JOIN customer u ON u.id = r.customer_id
JOIN staff a ON a.id = r.asked_by
LEFT JOIN staff d ON d.id = r.decided_by
LEFT JOIN staff o ON o.id = r.carried_out_by;
