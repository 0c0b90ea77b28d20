#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "client/pictures/pixels.hpp"
#include "common/base/result.hpp"

// Pictures come from whoever can write in a room, and are read by libraries in C. So each is decoded by a
// process of its own that has nothing but the bytes: this program once more, which gives up what it could do
// before it looks at them, and is ended after ten seconds.
namespace wardroom::client::pictures {

// The word on the command line that makes the program that helper.
inline constexpr std::string_view kHelperWord = "--decode-picture";

// The helper's whole life: reads what is to be done from standard input, answers on standard output. The exit
// status.
int run_helper();

// Has it decoded. Blocks until it is, at most some seconds, or until `is_unwanted`, which is asked several
// times a second.
Result<Pixels> decode_apart(std::string_view bytes, Box box, const std::function<bool()>& is_unwanted = {});

// What goes over the wire between the two, and what is believed of it: the helper may have been taken over by
// the picture.
std::string compose_request(std::string_view bytes, Box box);
// Nothing: it isn't a request.
struct HelperRequest {
  Box box;
  std::string_view bytes;
};
bool parse_request(std::string_view request, HelperRequest& into);
std::string compose_reply(const Result<Pixels>& decoded);
Result<Pixels> parse_reply(std::string_view reply, Box box);

}  // namespace wardroom::client::pictures
