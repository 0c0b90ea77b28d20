#include "tests/unit/catalogue/acts.hpp"

namespace wardroom::testing {
namespace {

using audit::Type;

object tom(Stage& s, object more = {}) {
  more["user"] = s.tom.account.id.value;
  return more;
}

boost::json::value import_people(Stage& s) {
  const auto upload = s.call(s.root, "admin.user_import_upload", {{"csv", "name\nnora\nhugo\n"}});
  s.call(s.root, "admin.user_import", {{"import", upload.at("import")}});
  return upload.at("import");
}

void import_old_messages(Stage& s) {
  const object message{{"client_id", s.uuid()}, {"author", "nick"}, {"at", 1}, {"text", "old"}};
  s.call(s.root, "admin.import_messages",
         {{"room", s.room}, {"source", "irc"}, {"messages", boost::json::array{message}}});
}

}  // namespace

std::vector<Act> people_acts() {
  return {
      {Type::user_created,
       [](Stage& s) {
         s.call(s.root, "admin.user_create", {{"name", "nora"}});
       },
       "root", "user nora"},
      {Type::user_imported, import_old_messages, "root", ""},
      {Type::messages_imported, import_old_messages, "root", "room ops", true},
      {Type::user_renamed,
       [](Stage& s) {
         s.call(s.tom, "account.set_profile", {{"display_name", "Thomas"}});
       },
       "tom", "user tom"},
      {Type::user_disabled, [](Stage& s) { s.call(s.root, "admin.user_disable", tom(s, because())); }, "root",
       "user tom"},
      {Type::user_enabled,
       [](Stage& s) {
         s.call(s.root, "admin.user_disable", tom(s, because()));
         s.call(s.root, "admin.user_enable", tom(s));
       },
       "root", "user tom"},
      {Type::user_removed,
       [](Stage& s) {
         s.call(s.root, "admin.user_import_undo", because({{"import", import_people(s)}}));
       },
       "root", "user hugo"},
      {Type::user_offboarded, [](Stage& s) { s.call(s.root, "admin.user_offboard", tom(s, because())); },
       "root", "user tom"},
      {Type::people_imported, [](Stage& s) { import_people(s); }, "root", "import"},
      {Type::people_import_undone,
       [](Stage& s) {
         s.call(s.root, "admin.user_import_undo", because({{"import", import_people(s)}}));
       },
       "root", "import"},
      {Type::user_role_changed,
       [](Stage& s) {
         s.call(s.root, "admin.user_update", tom(s, {{"role", "moderator"}}));
       },
       "root", "user tom"},
  };
}

}  // namespace wardroom::testing
