-- When the desk works, the days on which it does not, its own targets, and the law its complaints follow.

CREATE TABLE hours ( -- one row
  id {int} PRIMARY KEY CHECK (id = 1),
  zone TEXT NOT NULL, -- "Europe/London"; '': the machine's
  monday TEXT NOT NULL, -- "09:00-12:30, 13:30-17:00"; '': closed
  tuesday TEXT NOT NULL,
  wednesday TEXT NOT NULL,
  thursday TEXT NOT NULL,
  friday TEXT NOT NULL,
  saturday TEXT NOT NULL,
  sunday TEXT NOT NULL,
  profile {int} NOT NULL -- LegalProfile
) {strict};
INSERT INTO hours (id, zone, monday, tuesday, wednesday, thursday, friday, saturday, sunday, profile)
VALUES (1, '', '09:00-17:00', '09:00-17:00', '09:00-17:00', '09:00-17:00', '09:00-17:00', '', '', 0);

CREATE TABLE holiday (
  id {id},
  year {int} NOT NULL, -- 0: every year
  month {int} NOT NULL,
  day {int} NOT NULL,
  name TEXT NOT NULL,
  calendar TEXT NOT NULL, -- the set it was imported from; '': named here
  is_public {int} NOT NULL, -- no business day in law either
  UNIQUE (year, month, day, calendar)
) {strict};

CREATE TABLE target ( -- the desk's own, in business minutes; 0: none
  severity {int} PRIMARY KEY,
  acknowledge {int} NOT NULL,
  first_answer {int} NOT NULL,
  resolution {int} NOT NULL
) {strict};
