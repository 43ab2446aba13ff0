-- include "desk/blob/stored.h"

-- blob_insert(hash: bytes, size: int, is_packed: int, content: bytes) -> none
INSERT INTO blob (hash, size, is_packed, content) VALUES (:hash, :size, :is_packed, :content)
ON CONFLICT (hash) DO NOTHING;

-- blob_select(hash: bytes) -> optional StoredBlob
SELECT size, is_packed, content FROM blob WHERE hash = :hash;
