#include "server/app/office_hosts.hpp"

#include <algorithm>

#include "protocol/invite_link.hpp"
#include "server/app/option_values.hpp"
#include "server/app/options_text.hpp"
#include "server/ops/authority_rotation.hpp"
#include "server/ops/certificates.hpp"
#include "server/ops/durable_file.hpp"

namespace wardroom::app {

Result<std::string> replace_hosts(std::string_view toml, std::string_view file,
                                  const std::vector<std::string>& hosts) {
  Options wanted;
  wanted.server.hosts = hosts;
  const OptionRow* row = find_option("server.hosts");
  return replace_options(toml, file, {&row, 1}, wanted);
}

std::vector<ops::HostName> parsed_hosts(const std::vector<std::string>& names) {
  std::vector<ops::HostName> hosts;
  for (const auto& name : names)
    if (auto parsed = ops::parse_host(name)) hosts.push_back(*std::move(parsed));
  return hosts;
}

Result<void> certify_host(const ops::DataDir& dir, const std::vector<std::string>& served,
                          const ops::HostName& added, TimePoint now) {
  const bool is_named = std::find(served.begin(), served.end(), added.text) != served.end();
  if (is_named && ops::check_served_name(dir, added.text))
    return conflict("host_known", added.text + " is one of server.hosts already, and in the certificate.");
  std::error_code why;
  if (!std::filesystem::exists(dir.ca_key(), why))
    return not_found(
        "keys/ca.key isn't on the server, so nothing there can vouch for another name. Bring it back for "
        "this. Or where it is: make-ca.sh names; then put ca.crt and server.crt into tls/, the name into "
        "server.hosts of wardroom.toml, and on the server: systemctl reload wardroomd");
  auto hosts = parsed_hosts(served);
  if (!is_named) hosts.push_back(added);
  return ops::add_host(dir, hosts, added, now);
}

Result<Options> add_office_host(const ops::DataDir& dir, const std::string& host, TimePoint now) {
  const auto added = ops::parse_host(host);
  if (!added) return added.error();
  auto options = load_options(dir.config());
  if (!options) return options.error();
  auto& names = options->server.hosts;
  const auto served = names;
  if (std::find(names.begin(), names.end(), added->text) == names.end()) names.push_back(added->text);
  const auto before = ops::read_small_file(dir.config());
  if (!before) return before.error();
  const auto after = replace_hosts(*before, dir.config().string(), names);
  if (!after) return after.error();
  if (auto certified = certify_host(dir, served, *added, now); !certified) return certified.error();
  // Last: the server doesn't name what its certificate hasn't got.
  if (auto written = ops::write_durably(dir.config(), *after, 0600); !written) return written.error();
  return options;
}

Result<std::string> compose_link(const ops::DataDir& dir, const Options& options) {
  const auto rotation = ops::load_rotation(dir);
  if (!rotation) return rotation.error();
  return std::string{
      protocol::compose_invite_link(
          {options.server.hosts.front(), options.server.port, rotation->pin, {}, rotation->next_pin})
          .reveal()};
}

}  // namespace wardroom::app
