#include "server/net/proxy_header.hpp"

#include <algorithm>
#include <cstdlib>

#include <boost/asio/ip/address.hpp>

// Bytes from an address that may be a proxy's, in pieces as a socket gives them: never more is wanted than a
// header holds, a header is read the same in one piece, and an address that comes out is one.

using namespace wardroom::net;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size < 1) return 0;
  const std::size_t piece = data[0] % 32 + 1U;
  const std::string_view all(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::size_t come = 0;
  ProxyHeader header = read_proxy_header({});
  while (header.kind == ProxyHeader::Kind::need_more) {
    require(header.wanted > 0 && come + header.wanted <= 16 + kMaxProxyPart);
    const std::size_t next = std::min({piece, header.wanted, all.size() - come});
    if (next == 0) return 0;
    come += next;
    header = read_proxy_header(all.substr(0, come));
  }
  const ProxyHeader whole = read_proxy_header(all.substr(0, come));
  require(whole.kind == header.kind && whole.ip == header.ip && whole.reason == header.reason);
  boost::system::error_code error;
  if (header.kind == ProxyHeader::Kind::client) {
    boost::asio::ip::make_address(header.ip, error);
    require(!error);
  }
  require((header.kind == ProxyHeader::Kind::refused) == !header.reason.empty());
  return 0;
}
