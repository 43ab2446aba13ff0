-- include "desk/hours/hours.h"
-- include "desk/hours/stored.h"

-- hours_select() -> one HoursRow
SELECT zone, monday, tuesday, wednesday, thursday, friday, saturday, sunday FROM hours WHERE id = 1;

-- hours_update_zone(zone: text) -> none
UPDATE hours SET zone = :zone WHERE id = 1;

-- hours_update_week(monday: text, tuesday: text, wednesday: text, thursday: text, friday: text, saturday: text, sunday: text) -> none
UPDATE hours
SET monday = :monday, tuesday = :tuesday, wednesday = :wednesday, thursday = :thursday, friday = :friday, saturday = :saturday,
  sunday = :sunday
WHERE id = 1;

-- hours_select_profile() -> one int
SELECT profile FROM hours WHERE id = 1;

-- hours_update_profile(profile: int) -> none
UPDATE hours SET profile = :profile WHERE id = 1;

-- Few rows: holiday_add and holiday_import see to that.
-- holiday_select_all() -> list Holiday
SELECT id, year, month, day, name, calendar, is_public FROM holiday ORDER BY year, month, day, calendar;

-- holiday_count() -> one int
SELECT count(*) AS number FROM holiday;

-- holiday_insert(year: int, month: int, day: int, name: text, is_public: bool) -> none
INSERT INTO holiday (year, month, day, name, calendar, is_public) VALUES (:year, :month, :day, :name, '', :is_public);

-- `days`: a JSON array of {year, month, day, name}.
-- holiday_insert_set(days: text, calendar: text) -> changed
-- sqlite
INSERT INTO holiday (year, month, day, name, calendar, is_public)
SELECT json_extract(value, '$.year'), json_extract(value, '$.month'), json_extract(value, '$.day'), json_extract(value, '$.name'),
  :calendar, 1
FROM json_each(:days);
-- postgres
INSERT INTO holiday (year, month, day, name, calendar, is_public)
SELECT d.year, d.month, d.day, d.name, :calendar, 1
FROM json_to_recordset(CAST(:days AS json)) AS d (year bigint, month bigint, day bigint, name text);

-- holiday_delete(id: int) -> changed
DELETE FROM holiday WHERE id = :id;

-- holiday_delete_imported() -> none
DELETE FROM holiday WHERE calendar <> '';

-- target_select_all() -> list TargetRow
SELECT severity, acknowledge, first_answer, resolution FROM target ORDER BY severity;

-- All severities at once.
-- target_set_all(a0: int, f0: int, r0: int, a1: int, f1: int, r1: int, a2: int, f2: int, r2: int, a3: int, f3: int, r3: int) -> none
INSERT INTO target (severity, acknowledge, first_answer, resolution)
VALUES (0, :a0, :f0, :r0), (1, :a1, :f1, :r1), (2, :a2, :f2, :r2), (3, :a3, :f3, :r3)
ON CONFLICT (severity) DO UPDATE
SET acknowledge = excluded.acknowledge, first_answer = excluded.first_answer, resolution = excluded.resolution;
