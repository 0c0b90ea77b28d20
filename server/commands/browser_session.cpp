#include "server/commands/browser_session.hpp"

#include "protocol/json_text.hpp"

namespace wardroom::commands {
namespace {

struct Family {
  std::string_view mark;  // within a User-Agent
  std::string_view name;
};

// In this order: most of them also claim to be those further down.
constexpr Family kBrowsers[] = {
    {"Edg", "Edge"},           {"OPR/", "Opera"},       {"SamsungBrowser/", "Samsung Internet"},
    {"FxiOS/", "Firefox"},     {"Firefox/", "Firefox"}, {"CriOS/", "Chrome"},
    {"Chromium/", "Chromium"}, {"Chrome/", "Chrome"},   {"Safari/", "Safari"}};
constexpr Family kSystems[] = {{"Android", "Android"}, {"iPhone", "iOS"},    {"iPad", "iOS"},
                               {"Windows", "Windows"}, {"CrOS", "ChromeOS"}, {"Mac OS X", "macOS"},
                               {"Linux", "Linux"}};

template <std::size_t N>
std::string_view find_family(const Family (&families)[N], std::string_view user_agent) {
  for (const auto& family : families)
    if (user_agent.find(family.mark) != std::string_view::npos) return family.name;
  return {};
}

std::string browser_client(std::string_view user_agent) {
  const auto browser = find_family(kBrowsers, user_agent);
  return browser.empty() ? "Browser" : "Browser (" + std::string(browser) + ")";
}

// No Domain, Path=/ and Secure: else a browser refuses the prefix. Strict: it doesn't come with a link that
// somebody follows here either; the page that opens then asks by itself.
std::string cookie_line(std::string_view value, std::chrono::seconds age) {
  return "Set-Cookie: __Host-wardroom=" + std::string(value) +
         "; Path=/; Max-Age=" + std::to_string(age.count()) + "; Secure; HttpOnly; SameSite=Strict\r\n";
}

}  // namespace

std::string describe_browser(std::string_view user_agent) {
  const auto browser = find_family(kBrowsers, user_agent);
  const auto system = find_family(kSystems, user_agent);
  std::string text(browser.empty() ? std::string_view("Browser") : browser);
  if (!system.empty()) text += " on " + std::string(system);
  return text;
}

void name_browser(boost::json::object& params, std::string_view user_agent) {
  auto& device = params["device"];
  if (device.is_null()) device = boost::json::object();
  if (!device.is_object()) return;  // the method's own check names it
  auto& fields = device.as_object();
  fields["client"] = browser_client(user_agent);
  if (!fields.contains("name")) fields["name"] = describe_browser(user_agent);
}

std::optional<realtime::HttpAnswer> answer_signed_in(std::string_view result_json, std::chrono::seconds age) {
  auto result = protocol::parse_json(result_json);
  if (!result || !result->is_object()) return std::nullopt;
  auto& fields = result->as_object();
  const auto* token = fields.if_contains("token");
  if (token == nullptr || !token->is_string() || token->as_string().empty()) return std::nullopt;
  realtime::HttpAnswer answer;
  const auto& text = token->as_string();
  answer.headers = cookie_line({text.data(), text.size()}, age);
  fields.erase("token");
  answer.body = boost::json::serialize(fields);
  return answer;
}

realtime::HttpAnswer answer_signed_out() {
  realtime::HttpAnswer answer;
  answer.headers = cookie_line({}, std::chrono::seconds{0});
  answer.body = "{}";
  return answer;
}

}  // namespace wardroom::commands
