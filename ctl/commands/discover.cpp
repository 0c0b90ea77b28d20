#include "ctl/commands/discover.hpp"

#include <ostream>

#include <boost/json.hpp>

#include "common/link/discover.hpp"
#include "ctl/commands/table.hpp"
#include "protocol/server_address.hpp"

namespace wardroom::ctl {
namespace {

void print_found(const Context& context, const link::FoundServers& found) {
  boost::json::array servers;
  for (const auto& [offer, from] : found.servers)
    servers.push_back({{"name", offer.name},
                       {"host", offer.host},
                       {"port", offer.port},
                       {"words", protocol::spell(offer.words)},
                       {"from", from}});
  const boost::json::object all{{"servers", std::move(servers)}, {"more", found.more}};
  context.out << boost::json::serialize(all) << "\n";
}

}  // namespace

Result<void> discover(const Context& context, const DiscoverArguments& arguments) {
  link::DiscoverOptions options{arguments.port, {}};
  for (const auto& text : arguments.to) {
    const auto address = parse_ipv4(text);
    if (!address)
      return usage_error("--to takes an IPv4 address such as 192.168.1.255, not \"" + text + "\".");
    options.only.push_back(*address);
  }
  const auto found = link::discover(options, {}, {});
  if (!found) return found.error();
  if (context.json) {
    print_found(context, *found);
    return ok();
  }
  if (found->servers.empty()) {
    context.err << "No server answered. One answers only where discovery.announce is on, and only on its own "
                   "network; a firewall on this computer may keep the answer out.\n";
    return ok();
  }
  Table table({"NAME", "ADDRESS", "WORDS", "ANSWERED FROM"});
  for (const auto& [offer, from] : found->servers)
    table.add({offer.name, to_string(protocol::ServerAddress{offer.host, offer.port}),
               protocol::spell(offer.words), from});
  table.print(context.out);
  if (found->more)
    context.err << "More answered than can be listed. Ask your administrator for an invite link.\n";
  context.err
      << "Anybody on the network can answer. Sign in with an invite link, or with the fingerprint that "
         "your administrator gives you.\n";
  return ok();
}

}  // namespace wardroom::ctl
