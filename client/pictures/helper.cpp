#include "client/pictures/helper.hpp"

#include <algorithm>
#include <exception>

#include "client/pictures/decode.hpp"
#include "client/pictures/formats.hpp"
#include "client/pictures/give_up_rights.hpp"
#include "client/pictures/helper_process.hpp"

namespace wardroom::client::pictures {

int run_helper() {
  // The bytes are read first: what is given up then can't get in the way of it.
  const auto text = read_helper_request();
  if (!text || !give_up_rights()) return 1;
  // No memory for it is an answer, too.
  try {
    HelperRequest request;
    const auto decoded = parse_request(*text, request) ? decode_picture(request.bytes, request.box)
                                                       : Result<Pixels>(broken_picture());
    if (!write_helper_reply(compose_reply(decoded))) return 1;
  } catch (const std::exception&) {
    if (!write_helper_reply(compose_reply(broken_picture()))) return 1;
  }
  return 0;
}

Result<Pixels> decode_apart(std::string_view bytes, Box box, const std::function<bool()>& is_unwanted) {
  const auto helper = HelperProcess::start();
  if (!helper)
    return make_error(ErrorCode::internal, "The part of this program that shows pictures can't be started.");
  const std::size_t still = static_cast<std::size_t>(box.width) * static_cast<std::size_t>(box.height) * 4;
  const std::size_t most = std::max(still, kMostMovingBytes) + kMostFrames * 4 + 64;
  const auto reply = helper->exchange(compose_request(bytes, box), most, is_unwanted);
  if (!reply) return broken_picture();
  return parse_reply(*reply, box);
}

}  // namespace wardroom::client::pictures
