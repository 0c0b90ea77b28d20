#include "common/tlog/cosignature.hpp"
#include "server/commands/audit/sign_head.hpp"
#include "tests/unit/catalogue/acts.hpp"

namespace wardroom::testing {
namespace {

using audit::Type;

object hold_on_tom(Stage& s) {
  return because({{"user", s.tom.account.id.value}, {"name", "case 7"}});
}

void export_evidence(Stage& s) {
  s.post(s.tom, "hello");
  commands::submit_sign_head(s.office.services(), s.office.batch());
  s.office.settle();
  s.call(s.otto, "audit.export", because({{"user", s.tom.account.id.value}}));
}

void read_private_room(Stage& s) {
  const auto made = s.call(s.lena, "room.create", {{"name", "board"}, {"kind", "private"}});
  s.call(s.root, "admin.access_private_room", because({{"room", made.at("room").at("id")}}));
}

void accept_a_head(Stage& s) {
  commands::submit_sign_head(s.office.services(), s.office.batch());
  s.office.settle();
  const auto shown = s.call(s.otto, "audit.checkpoint", {});
  const auto head = tlog::parse_checkpoint(std::string(shown.at("note").as_string()));
  REQUIRE(head);
  const object seen{{"size", 9}, {"root", std::string(64, '0')}, {"key", shown.at("key")}};
  s.call(s.otto, "audit.accept_head",
         because({{"seen", seen}, {"shown", object{{"size", head->size}, {"root", to_hex(head->root)}}}}));
}

void erase_texts(Stage& s) {
  s.post(s.tom, "hello");
  s.call(s.root, "admin.erase_texts", because({{"user", s.tom.account.id.value}}));
}

void prune(Stage& s) {
  s.call(s.otto, "audit.query", {{"type", "auth.*"}});  // what no row of a table is compared with
  s.office.clock.advance(std::chrono::days{100});
  // Sessions of a hundred days ago are over; this one is new.
  const auto root = s.join("ruth", protocol::Role::admin);
  s.call(root, "admin.audit_prune",
         because({{"before", to_unix_ms(s.office.clock.now() - std::chrono::days{95})}}));
}

void apply_retention(Stage& s) {
  s.post(s.tom, "old");
  s.office.clock.advance(std::chrono::days{2});
  s.post(s.tom, "new");
  s.call(s.root, "admin.retention_set", because({{"kind", "public"}, {"days", 1}}));
  s.office.apply_retention();
}

}  // namespace

std::vector<Act> keeping_acts() {
  return {
      {Type::audit_queried,
       [](Stage& s) {
         s.call(s.otto, "audit.query", {{"type", "auth.*"}});
       },
       "otto", ""},
      {Type::key_rotated, [](Stage& s) { s.call(s.root, "audit.rotate_key", because()); }, "root", ""},
      {Type::witness_added,
       [](Stage& s) {
         const tlog::Cosigner device("office.test/pc", Secret(std::string(32, 'd')));
         s.call(s.tom, "audit.add_witness", {{"key", device.key().to_string()}});
       },
       "tom", ""},
      {Type::head_accepted, accept_a_head, "otto", ""},
      {Type::audit_exported, export_evidence, "otto", "user tom"},
      {Type::export_created, export_evidence, "otto", "user tom"},
      {Type::subject_exported, export_evidence, "otto", "user tom"},
      {Type::private_room_read, read_private_room, "root", "room board", true},
      {Type::private_rooms_searched,
       [](Stage& s) {
         s.call(s.root, "admin.search_private_rooms", because({{"query", "invoice"}}));
       },
       "root", ""},
      {Type::hold_placed, [](Stage& s) { s.call(s.root, "admin.hold_place", hold_on_tom(s)); }, "root",
       "user tom"},
      {Type::hold_lifted,
       [](Stage& s) {
         const auto placed = s.call(s.root, "admin.hold_place", hold_on_tom(s));
         s.call(s.root, "admin.hold_lift", because({{"hold", placed.at("hold").at("id")}}));
       },
       "root", "user tom"},
      {Type::retention_changed,
       [](Stage& s) {
         s.call(s.root, "admin.retention_set", because({{"kind", "public"}, {"days", 30}}));
       },
       "root", "kind public"},
      {Type::retention_applied, apply_retention, "", "room ops", true},
      {Type::subject_erased, erase_texts, "root", "user tom", true},
      {Type::audit_pruned, prune, "ruth", ""},
  };
}

}  // namespace wardroom::testing
