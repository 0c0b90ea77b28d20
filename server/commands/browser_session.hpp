#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "server/realtime/peer.hpp"

// A session whose token is in a browser's cookie, where no script reads it.
namespace wardroom::commands {

// "Firefox on Android": the family of a browser and its system, as far as the User-Agent names ones that are
// known; else "Browser". Never a part of what was sent.
std::string describe_browser(std::string_view user_agent);

// The `device` in the params of a sign-in: its client is the browser's family, whatever the page says, so
// that a list of sessions shows which of them are browsers; its name too where the page gives none.
void name_browser(boost::json::object& params, std::string_view user_agent);

// What a browser is answered that signed in: the result without its token, which is in the cookie.
// `result_json` is a SignedIn. Nothing: it has no token.
std::optional<realtime::HttpAnswer> answer_signed_in(std::string_view result_json, std::chrono::seconds age);
// Signed out, or not signed in any more: the cookie goes.
realtime::HttpAnswer answer_signed_out();

}  // namespace wardroom::commands
