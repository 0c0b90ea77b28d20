#include "server/commands/table/parts.hpp"

// The audit log, and what the server says of itself.
namespace wardroom::commands {

std::vector<Command> audit_rows() {
  return make_part<AuditPart>(
      vital(works_live<AuditQuery, query_audit>(only(Right::read_audit), {Type::audit_queried})),
      // Each PC of the office is a witness: heads and their consistency say nothing of what was done.
      reads<AuditCheckpoint, show_head>(kSignedIn), reads<AuditProof, prove_records>(only(Right::read_audit)),
      reads<AuditConsistency, prove_consistency>(kSignedIn),
      changes<AuditAddWitness, add_witness>({Door::signed_in, std::nullopt, 5}, {Type::witness_added}),
      changes<AuditCosign, cosign_head>(
          kSignedIn, Unaudited{"a cosignature is evidence by itself; a record of it would ask for the next"}),
      vital(changes<AuditAcceptHead, accept_head>(only(Right::settle_alarms, 5), {Type::head_accepted})),
      changes<AuditRotateKey, rotate_key>(only(Right::keep_records), {Type::key_rotated}),
      vital(works_live<AuditExport, export_evidence>(
          only(Right::export_evidence, 5),
          {Type::audit_exported, Type::export_created, Type::subject_exported})),
      reads<AuditExportPage, read_export_page>(only(Right::export_evidence)),
      reads<AuditExportFile, read_export_file>(only(Right::export_evidence)),
      works_live<RpcDiscover, discover>({Door::open, std::nullopt, 5}, {}));
}

}  // namespace wardroom::commands
