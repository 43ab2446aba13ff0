-- What each person chose about the coach. It belongs to that person alone; nothing of a draft is kept anywhere.

CREATE TABLE coach_off ( -- who wants no hints
  staff_id {int} PRIMARY KEY REFERENCES staff (id)
) {strict};

CREATE TABLE coach_dismissal ( -- "not here": each time lowers the rule for this person
  staff_id {int} NOT NULL REFERENCES staff (id),
  rule TEXT NOT NULL,
  times {int} NOT NULL,
  PRIMARY KEY (staff_id, rule)
) {strict};
