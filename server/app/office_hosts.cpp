#include "server/app/office_hosts.hpp"

#include <algorithm>

#include <toml++/toml.h>

#include "common/base/utf8.hpp"
#include "protocol/invite_link.hpp"
#include "server/ops/certificates.hpp"
#include "server/ops/durable_file.hpp"

namespace wardroom::app {
namespace {

// Where a line and column of toml++ (from 1, in characters) stand in the text.
std::size_t offset_of(std::string_view text, const toml::source_position& place) {
  std::size_t at = 0;
  for (toml::source_index line = 1; line < place.line; ++line) {
    const auto end = text.find('\n', at);
    if (end == std::string_view::npos) return text.size();
    at = end + 1;
  }
  for (toml::source_index column = 1; column < place.column && at < text.size(); ++column)
    next_code_point(text, at);
  return at;
}

std::string as_toml(const std::vector<std::string>& hosts) {
  std::string list;
  for (const auto& host : hosts) list += (list.empty() ? "\"" : ", \"") + host + "\"";
  return "[" + list + "]";
}

// The place of the option's value, or where a line for it belongs.
std::string put_hosts(std::string_view text, const toml::table& root, const std::string& list) {
  std::string out{text};
  if (const auto value = root.at_path("server.hosts")) {
    const auto region = value.node()->source();
    const auto begin = offset_of(text, region.begin);
    return out.replace(begin, offset_of(text, region.end) - begin, list);
  }
  if (const auto section = root.at_path("server")) {
    const auto line_end = text.find('\n', offset_of(text, section.node()->source().begin));
    if (line_end == std::string_view::npos) return out + "\nhosts = " + list + "\n";
    return out.insert(line_end + 1, "hosts = " + list + "\n");
  }
  return out + "\n[server]\nhosts = " + list + "\n";
}

}  // namespace

Result<std::string> replace_hosts(std::string_view toml, std::string_view file,
                                  const std::vector<std::string>& hosts) {
  // What some editors put first isn't a part of the text.
  if (toml.starts_with("\xEF\xBB\xBF")) toml.remove_prefix(3);
  std::string text;
  try {
    text = put_hosts(toml, toml::parse(toml, file), as_toml(hosts));
  } catch (const toml::parse_error& error) {
    return params_error({}, std::string{file} + ": " + std::string{error.description()});
  }
  // However oddly it was written: what comes out has these hosts and is otherwise the same, or nothing is
  // done.
  const auto before = parse_options(toml, file);
  auto after = parse_options(text, file);
  if (!before) return before.error();
  if (after && after->server.hosts == hosts) {
    after->server.hosts = before->server.hosts;
    if (compose_options_file(*after) == compose_options_file(*before)) return text;
  }
  return conflict(
      "hosts_not_replaced",
      std::string{file} +
          ": server.hosts can't be changed by itself there. Write it as: hosts = " + as_toml(hosts));
}

Result<Options> add_office_host(const ops::DataDir& dir, const std::string& host, TimePoint now) {
  const auto added = ops::parse_host(host);
  if (!added) return added.error();
  auto options = load_options(dir.config());
  if (!options) return options.error();
  auto& names = options->server.hosts;
  if (std::find(names.begin(), names.end(), added->text) != names.end() &&
      ops::check_served_name(dir, added->text))
    return conflict("host_known", added->text + " is one of server.hosts already, and in the certificate.");
  if (std::find(names.begin(), names.end(), added->text) == names.end()) names.push_back(added->text);
  std::vector<ops::HostName> hosts;
  for (const auto& name : names)
    if (auto parsed = ops::parse_host(name)) hosts.push_back(*std::move(parsed));
  const auto before = ops::read_small_file(dir.config());
  if (!before) return before.error();
  const auto after = replace_hosts(*before, dir.config().string(), names);
  if (!after) return after.error();
  if (auto done = ops::add_host(dir, hosts, *added, now); !done) return done.error();
  // Last: the server doesn't name what its certificate hasn't got.
  if (auto written = ops::write_durably(dir.config(), *after, 0600); !written) return written.error();
  return options;
}

Result<std::string> compose_link(const ops::DataDir& dir, const Options& options) {
  const auto pin = ops::load_pin(dir.ca_certificate());
  if (!pin) return pin.error();
  return std::string{
      protocol::compose_invite_link({options.server.hosts.front(), options.server.port, *pin, {}}).reveal()};
}

}  // namespace wardroom::app
