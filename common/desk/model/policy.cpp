#include "common/desk/model/policy.hpp"

#include <algorithm>
#include <array>

#include "common/base/trimmed.hpp"
#include "common/language/tr.hpp"

namespace wardroom::desk {
namespace {

// What may stand behind `ca=`, whatever else a link has.
std::optional<protocol::Introduction> introduction_from(std::string_view server, std::string_view ca) {
  if (ca.find_first_of("&#/?") != std::string_view::npos) return std::nullopt;
  const auto link =
      protocol::parse_invite_link("wardroom://" + std::string(server) + "/?ca=" + std::string(ca));
  if (!link) return std::nullopt;
  return protocol::introduction_of(*link);
}

}  // namespace

std::string set_by(std::string_view who) {
  return tr("Set by {0}.", std::string(who));
}

Policy parse_policy(const PolicyValues& values, std::vector<std::string>& problems) {
  Policy policy;
  const auto find = [&](std::string_view name) -> const PolicyValue* {
    const auto at = values.find(name);
    return at == values.end() || trimmed(at->second.text).empty() ? nullptr : &at->second;
  };
  const auto problem = [&](const PolicyValue& value, std::string_view name, std::string_view remedy) {
    problems.push_back(tr("The policy \"{0}\" of this PC can't be followed: {1} It was set by {2}.",
                          std::string(name), std::string(remedy), value.who));
  };
  const auto flag = [&](std::string_view name) -> std::optional<Decided<bool>> {
    const auto* found = find(name);
    if (!found) return std::nullopt;
    if (found->text == "true" || found->text == "false")
      return Decided<bool>{found->text == "true", found->who};
    problem(*found, name, tr("it has to be true or false (1 or 0 in the registry)."));
    return std::nullopt;
  };
  const auto *server = find("server"), *ca = find("ca");
  if (server && ca) {
    if (const auto known = introduction_from(trimmed(server->text), trimmed(ca->text)))
      policy.server = Decided<protocol::Introduction>{*known, server->who};
    else
      problem(*server, "server",
              tr("it has to be HOST:PORT, and \"ca\" what stands behind ca= in an invite link."));
  } else if (server || ca) {
    problem(server ? *server : *ca, server ? "server" : "ca", tr("\"server\" and \"ca\" belong together."));
  }
  if (const auto* lock = find("lock")) {
    if (trimmed(lock->text) == "server")
      policy.server_locked_by = lock->who;
    else
      problem(*lock, "lock", tr("the only setting that can be locked is \"server\"."));
  }
  if (const auto* theme = find("theme")) {
    if (theme->text == "dark" || theme->text == "light")
      policy.dark = Decided<bool>{theme->text == "dark", theme->who};
    else
      problem(*theme, "theme", tr("it has to be dark or light."));
  }
  policy.files = flag("files");
  policy.autostart = flag("autostart");
  return policy;
}

}  // namespace wardroom::desk
