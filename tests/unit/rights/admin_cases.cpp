#include "common/tlog/cosignature.hpp"
#include "tests/unit/rights/builders.hpp"

namespace wardroom::testing {
namespace {

object import_message(Ground& g) {
  const object message{{"client_id", g.uuid()}, {"author", "nick"}, {"at", 1}, {"text", "old"}};
  return {{"room", g.room.value}, {"source", "irc"}, {"messages", boost::json::array{message}}};
}

object no_such_import(Ground&) {
  return {{"import", 1'000'000}};
}

object ask_proof(Ground&) {
  return {{"records", boost::json::array{0}}};
}

object ask_consistency(Ground&) {
  return {{"from", 0}, {"to", 1}};
}

object backup_with_name(Ground&) {
  return {{"name", "wardroom-2026-11-29T02-00-00Z.db"}};
}

object with_reason(Ground&) {
  return because();
}

tlog::Cosigner test_cosigner() {
  return {"office.test/pc", Secret(std::string(32, 'd'))};
}

object test_witness(Ground&) {
  return {{"key", test_cosigner().key().to_string()}};
}

object accept_a_head(Ground& g) {
  object params = with_reason(g);
  params["seen"] =
      object{{"size", 9},
             {"root", std::string(64, '0')},
             {"key", tlog::SigningKey("log", Secret(std::string(32, 'k'))).verifier().to_string()}};
  params["shown"] = object{{"size", 1}, {"root", std::string(64, '0')}};
  return params;
}

object cosign_a_head(Ground& g) {
  object params = test_witness(g);
  params["size"] = 1;
  params["cosignature"] = test_cosigner().cosign_line("head\n", from_unix_ms(0));
  return params;
}

}  // namespace

std::vector<Case> admin_cases() {
  return {
      {"admin.user_create",
       "",
       [](Ground& g) {
         return object{{"name", g.unused_name("new")}};
       },
       {},
       {}},
      {"admin.user_list", "", nothing, {}, {}},
      {"admin.user_update", "", person_with({{"role", "moderator"}}), {}, {}},
      {"admin.user_disable", "", person_with(because()), {}, {}},
      {"admin.user_enable", "", person_with({}), {}, {}},
      {"admin.user_reset_password", "", person_with(because()), {}, {}},
      {"admin.user_remove_totp", "", person_with(because()), {}, {"no_second_factor"}},
      {"admin.user_offboard", "", person_with(because()), {}, {}},
      {"admin.user_import_upload",
       "",
       [](Ground& g) {
         return object{{"csv", "name\n" + g.unused_name("csv") + "\n"}};
       },
       {},
       {}},
      {"admin.user_import", "", no_such_import, {}, {"not_found"}},
      {"admin.user_import_sheet", "", no_such_import, {}, {"not_found"}},
      {"admin.user_import_undo",
       "",
       [](Ground&) {
         return because({{"import", 1'000'000}});
       },
       {},
       {"not_found"}},
      {"admin.user_import_list", "", nothing, {}, {}},
      {"admin.session_list", "", nothing, {}, {}},
      {"admin.session_revoke", "", person_with(because()), {}, {}},
      {"admin.invite_create", "", nothing, {}, {}},
      {"admin.invite_list", "", nothing, {}, {}},
      {"admin.invite_revoke",
       "",
       [](Ground&) {
         return object{{"invite", 1'000'000}};
       },
       {},
       {"not_found"}},
      {"admin.import_messages", "", import_message, {}, {"not_found"}},
      {"admin.hold_place", "", person_with(because({{"name", "case 1"}})), {}, {}},
      {"admin.hold_lift",
       "",
       [](Ground&) {
         return because({{"hold", 1'000'000}});
       },
       {},
       {"not_found"}},
      {"admin.hold_list", "", nothing, {}, {}},
      {"admin.retention_get", "", nothing, {}, {}},
      {"admin.retention_set",
       "",
       [](Ground& g) {
         return because({{"room", g.room.value}, {"days", 36'500}});
       },
       {},
       {}},
      {"admin.retention_preview", "", nothing, {}, {}},
      {"admin.audit_prune",
       "",
       [](Ground&) {
         return because({{"before", 1}});
       },
       {},
       {}},
      {"admin.erase_texts", "", person_with(because({{"dry_run", true}})), {}, {"on_hold"}},
      {"admin.access_private_room", "", room_with(because()), {}, {"member", "public_room"}},
      {"admin.search_private_rooms",
       "",
       [](Ground&) {
         return because({{"query", "hello"}});
       },
       {},
       {}},
      {"admin.announce",
       "",
       [](Ground&) {
         return object{{"text", "Fire drill at three"}};
       },
       {},
       {}},
      {"admin.announce_end", "", nothing, {}, {"no_announcement"}},
      {"admin.announce_status", "", nothing, {}, {}},
      {"admin.certificate_get", "", nothing, {}, {"unavailable"}},
      {"admin.certificate_renew", "", nothing, {}, {"unavailable"}},
      {"admin.certificate_replace",
       "",
       [](Ground&) {
         return object{{"certificate", "none"}};
       },
       {},
       {"unavailable"}},
      {"admin.certificate_add_name",
       "",
       [](Ground&) {
         return object{{"name", "chat2.example"}};
       },
       {},
       {"unavailable"}},
      {"admin.stats", "", nothing, {}, {"unavailable"}},
      {"admin.settings_list", "", nothing, {}, {"unavailable"}},
      {"admin.settings_set",
       "",
       [](Ground&) {
         return object{{"changes", boost::json::array{object{{"name", "log.level"}, {"value", "info"}}}}};
       },
       {},
       {"unavailable"}},
      {"admin.backup_list", "", nothing, {}, {"unavailable"}},
      {"admin.backup_run", "", nothing, {}, {"unavailable"}},
      {"admin.backup_verify", "", backup_with_name, {}, {"unavailable"}},
      {"admin.backup_rehearse", "", backup_with_name, {}, {"unavailable"}},
      {"audit.query", "", nothing, {}, {}},
      {"audit.checkpoint", "", nothing, {}, {"unavailable"}},  // nothing is signed: the clock stands still
      {"audit.proof", "", ask_proof, {}, {"unavailable"}},
      {"audit.consistency", "", ask_consistency, {}, {"unavailable"}},
      {"audit.add_witness", "", test_witness, {}, {}},
      {"audit.cosign", "", cosign_a_head, {}, {"unknown_witness", "head_gone"}},
      {"audit.accept_head", "", accept_a_head, {}, {"head_gone"}},
      {"audit.rotate_key", "", with_reason, {}, {}},
      {"audit.export", "", with_reason, {}, {"unavailable"}},
      {"audit.export_page",
       "",
       [](Ground&) {
         return object{{"id", 1}};
       },
       {},
       {"not_found"}},
      {"audit.export_file",
       "",
       [](Ground&) {
         return object{{"id", 1}, {"sha256", std::string(64, '0')}, {"at", 0}};
       },
       {},
       {"not_found"}},
  };
}

}  // namespace wardroom::testing
