#include <cstdlib>

#include "protocol/catalogue.hpp"
#include "protocol/json_rpc.hpp"

// Any text as a request, and its params as those of every method of the catalogue: an error names itself, and
// what decodes encodes to something that decodes to the same.

using namespace wardroom;
using namespace wardroom::protocol;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

template <class Params>
void check_params(const boost::json::value& json) {
  const auto params = decode<Params>(json, "params");
  if (!params) {
    require(!params.error().message.empty() && !params.error().field.empty());
    return;
  }
  const std::string text = encode(*params);
  const auto parsed = parse_json(text);
  require(parsed.has_value());
  const auto again = decode<Params>(*parsed, "params");
  require(again.has_value() && encode(*again) == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto parsed = parse_request(text);
  if (const auto* bad = std::get_if<BadRequest>(&parsed)) {
    require(parse_incoming(compose_error(bad->key, bad->error, "r")).has_value());
  } else {
    const auto& request = std::get<Request>(parsed);
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, Methods>>(
        [&](auto method) { check_params<typename decltype(method)::type::Params>(request.params); });
  }
  (void)parse_incoming(text);
  (void)parse_problem(text, 400);
  return 0;
}
