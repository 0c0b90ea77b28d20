#include <catch2/catch.hpp>

#include "tests/harness/story.hpp"

namespace wardroom::testing {

namespace json = boost::json;

// What moderators do, and what is done about them: their words end with the reason.
std::optional<Story::Call> Story::to_moderation_call(const Words& w) {
  const std::string& verb = w.at(0);
  const auto at = [&](json::object more) {
    if (w.at(1) != "everywhere") more["room"] = room(w.at(1));
    if (w.back().starts_with('"')) more["reason"] = unquoted(w.back());
    return more;
  };
  const auto against = [&](json::object more) {
    more["user"] = person(w.at(2)).account.id.value;
    return at(std::move(more));
  };
  if (verb == "mute" || verb == "ban") {
    json::object params;
    if (w.at(3) != "forever") params["seconds"] = parse_duration(w.at(3)).count() / 1000;
    return Call{"moderation." + verb, against(std::move(params))};
  }
  if (verb == "unmute" || verb == "unban" || verb == "kick") return Call{"moderation." + verb, against({})};
  if (verb == "lock" || verb == "unlock") return Call{"room.lock", at({{"on", verb == "lock"}})};
  if (verb == "archive" || verb == "reopen") return Call{"room.archive", at({{"on", verb == "archive"}})};
  if (verb == "slow") return Call{"room.slow_mode", at({{"seconds", std::stoll(w.at(2))}})};
  if (verb == "promote") return Call{"room.set_role", against({{"role", "moderator"}})};
  if (verb == "demote") return Call{"room.set_role", against({{"role", "member"}})};
  if (verb == "remove") return Call{"room.remove_member", against({})};
  if (verb == "report") return Call{"moderation.report", at({{"seq", message(w.at(1), w.at(2))}})};
  if (verb == "resolve")
    return Call{"moderation.resolve",
                {{"report", report(w.at(1))}, {"resolution", w.at(2)}, {"reason", unquoted(w.at(3))}}};
  if (verb == "unresolve")
    return Call{"moderation.resolve", {{"report", report(w.at(1))}, {"reason", unquoted(w.at(2))}}};
  return std::nullopt;
}

// A report is called by the text of its message.
std::int64_t Story::report(const std::string& text) {
  const auto found = reports_.find(unquoted(text));
  if (found == reports_.end()) FAIL("nobody reported " << text);
  return found->second;
}

std::optional<Words> Story::describe_moderation(const std::string& method, const json::object& p) {
  const auto text = [](const json::value& value) { return "\"" + std::string(value.as_string()); };
  const auto report_name = [&] {
    for (const auto& [name, id] : reports_)
      if (id == p.at("report").as_int64()) return "\"" + name;
    return std::string("?");
  };
  if (method == "moderation.applied") {
    const std::string where = p.contains("room") ? room_name(p.at("room").as_int64()) : "everywhere";
    return Words{std::string(p.at("act").as_string()), where, name_of(p.at("by").as_int64()),
                 text(p.at("reason"))};
  }
  if (method == "room.archived")
    return Words{p.at("on").as_bool() ? "archived" : "reopened", room_name(p.at("room").as_int64()),
                 name_of(p.at("by").as_int64())};
  if (method == "room.updated" && (p.at("locked").as_bool() || p.at("slow_mode_s").as_int64() > 0)) {
    Words words{"topic", room_name(p.at("room").as_int64()), text(p.at("topic"))};
    if (p.at("locked").as_bool()) words.push_back("locked");
    if (p.at("slow_mode_s").as_int64() > 0)
      words.push_back("slow:" + std::to_string(p.at("slow_mode_s").as_int64()));
    return words;
  }
  if (method == "member.changed" && p.at("muted").as_bool())
    return Words{"changed", room_name(p.at("room").as_int64()), name_of(p.at("user").at("id").as_int64()),
                 "muted"};
  if (method == "report.filed") return Words{"filed", room_name(p.at("room").as_int64())};
  if (method == "report.resolved")
    return Words{"resolved", report_name(), std::string(p.at("resolution").as_string()),
                 text(p.at("reason"))};
  return std::nullopt;
}

// The messages of the reports that wait, newest report first.
void Story::expect_reports(Person& who, const Words& words) {
  auto response = office_.call(*who.peer, "moderation.reports", {{"open", true}});
  if (!response.contains("result")) FAIL("moderation.reports failed: " << json::serialize(response));
  Words texts;
  for (const auto& entry : response["result"].at("reports").as_array())
    texts.push_back("\"" + std::string(entry.at("evidence").at("message").at("text").as_string()));
  CHECK(texts == Words(words.begin() + 2, words.end()));
  CHECK(response["result"].at("open").as_int64() == static_cast<std::int64_t>(texts.size()));
}

}  // namespace wardroom::testing
