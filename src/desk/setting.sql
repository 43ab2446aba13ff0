-- include "desk/policy/stored.h"

-- setting_select(name: text) -> optional text
SELECT value FROM setting WHERE name = :name;

-- setting_set(name: text, value: text) -> none
INSERT INTO setting (name, value) VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- setting_insert_once(name: text, value: text) -> none
INSERT INTO setting (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING;

-- Few rows; all but what is secret.
-- setting_select_all() -> list SettingRow
SELECT name, value FROM setting WHERE name NOT IN ('secret', 'setup') ORDER BY name;

-- setting_delete(name: text) -> none
DELETE FROM setting WHERE name = :name;

-- Takes away what says exactly this: of two who try, one does it.
-- setting_take(name: text, value: text) -> changed
DELETE FROM setting WHERE name = :name AND value = :value;
