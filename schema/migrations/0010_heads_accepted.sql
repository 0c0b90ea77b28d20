-- Who ended a PC's alarm about the log, and what was given up for it, is never pruned either (server/audit/pruning.cpp).
DROP TRIGGER audit_records_no_update;
CREATE TRIGGER audit_records_no_update BEFORE UPDATE ON audit_records
WHEN NOT (new.line = '' AND old.line <> '' AND new.actor_id IS NULL AND new.room_id IS NULL
  AND new.target_user IS NULL AND new.address IS NULL
  AND new.idx IS old.idx AND new.at IS old.at AND new.type IS old.type AND new.outcome IS old.outcome
  AND new.leaf IS old.leaf
  AND old.type NOT IN ('messages.committed', 'reactions.committed', 'audit.key_rotated', 'audit.pruned', 'audit.exported',
                       'audit.witness_added', 'audit.head_accepted', 'server.initialised', 'server.backup_restored', 'server.loss_accepted',
                       'server.clock_jump', 'server.clock_confirmed', 'room.created', 'room.kind_changed', 'room.archived',
                       'room.locked', 'room.unlocked', 'room.slow_mode', 'room.direct_changed', 'room.retention_changed',
                       'room.retention_applied', 'user.imported', 'user.file_imported', 'user.file_import_undone',
                       'user.offboarded', 'moderation.report_filed', 'moderation.report_resolved')
  AND old.type NOT GLOB 'privacy.*' AND old.type NOT GLOB 'retention.*'
  AND NOT (old.type IN ('user.created', 'user.role_changed', 'user.disabled', 'user.enabled', 'room.member_added',
                        'room.member_removed', 'room.role_changed')
    AND EXISTS (SELECT 1 FROM users WHERE id = old.target_user AND removed = 0)))
BEGIN SELECT RAISE (ABORT, 'the audit log is append-only'); END;
