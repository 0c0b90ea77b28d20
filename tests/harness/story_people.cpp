#include <catch2/catch.hpp>

#include "protocol/invite_link.hpp"
#include "tests/harness/story.hpp"

namespace wardroom::testing {

namespace json = boost::json;

// What administrators do about people: their words end with the reason.
std::optional<Story::Call> Story::to_people_call(const Words& w) {
  const std::string& verb = w.at(0);
  const auto about = [&](json::object more) {
    more["user"] = person(w.at(1)).account.id.value;
    more["reason"] = unquoted(w.back());
    return more;
  };
  if (verb == "reset") return Call{"admin.user_reset_password", about({})};
  if (verb == "signout") return Call{"admin.session_revoke", about({})};
  if (verb == "offboard") {
    json::object params;
    if (w.size() > 3) params["successor"] = person(w[2]).account.id.value;
    return Call{"admin.user_offboard", about(std::move(params))};
  }
  if (verb == "upload") {
    std::string csv;
    for (std::size_t i = 1; i < w.size(); ++i) csv += unquoted(w[i]) + "\n";
    return Call{"admin.user_import_upload", {{"csv", csv}}};
  }
  if (verb == "import") {
    json::object params{{"import", import_}};
    if (w.size() > 1) params[w[1]] = true;
    return Call{"admin.user_import", std::move(params)};
  }
  if (verb == "sheet") return Call{"admin.user_import_sheet", {{"import", import_}}};
  if (verb == "undo")
    return Call{"admin.user_import_undo", {{"import", import_}, {"reason", unquoted(w.back())}}};
  if (verb == "choose")  // a password, with the code or invite of the person
    return Call{"account.accept_invite",
                {{"token", issued_[w.at(1)]},
                 {"password", unquoted(w.at(2))},
                 {"device", {{"name", "PC"}, {"client", "test 1"}}}}};
  return std::nullopt;
}

void Story::remember_people(Person& who, const Words& w, const std::string& method,
                            const json::object& result) {
  if (method == "admin.user_reset_password") issued_[w.at(1)] = result.at("code").as_string();
  if (method == "admin.user_import_upload") import_ = result.at("import").as_int64();
  if (method == "admin.user_import_sheet")
    for (const auto& entry : result.at("entries").as_array()) {
      const auto link = protocol::parse_invite_link(entry.at("invite").as_string().c_str());
      REQUIRE(link);
      const std::string name(entry.at("user").at("name").as_string());
      issued_[name] = std::string(link->token.reveal());
      people_[name].account.id = UserId{entry.at("user").at("id").as_int64()};
    }
  if (method == "account.accept_invite")
    who.account = {UserId{result.at("user").at("id").as_int64()},
                   std::string(result.at("token").as_string())};
}

}  // namespace wardroom::testing
