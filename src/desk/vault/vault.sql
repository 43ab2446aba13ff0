-- include "desk/vault/vault.h"

-- vault_select(staff: int) -> optional StoredVault
SELECT salt, passes, memory, wrapped FROM vault WHERE staff_id = :staff;

-- vault_insert(staff: int, salt: bytes, passes: int, memory: int, wrapped: bytes) -> changed
INSERT INTO vault (staff_id, salt, passes, memory, wrapped) VALUES (:staff, :salt, :passes, :memory, :wrapped)
ON CONFLICT (staff_id) DO NOTHING;

-- vault_update(staff: int, salt: bytes, passes: int, memory: int, wrapped: bytes) -> changed
UPDATE vault SET salt = :salt, passes = :passes, memory = :memory, wrapped = :wrapped WHERE staff_id = :staff;

-- vault_select_session(staff: int, session: int) -> optional bytes
SELECT vault_key FROM session WHERE id = :session AND staff_id = :staff;

-- vault_update_session(staff: int, session: int, vault_key: bytes) -> changed
UPDATE session SET vault_key = :vault_key WHERE id = :session AND staff_id = :staff;

-- vault_shut_sessions(staff: int) -> none
UPDATE session SET vault_key = NULL WHERE staff_id = :staff;

-- vault_forget_notes(staff: int) -> none
DELETE FROM trigger_note WHERE staff_id = :staff;

-- vault_forget_exposure(staff: int) -> none
DELETE FROM exposure WHERE staff_id = :staff;
