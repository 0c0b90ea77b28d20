#include "bench/json_scan.hpp"

#include <charconv>

namespace wardroom::bench {
namespace {

bool skip(std::string_view& rest, std::string_view expected) {
  if (!rest.starts_with(expected)) return false;
  rest.remove_prefix(expected.size());
  return true;
}

bool take_number(std::string_view& rest, std::int64_t& number) {
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (error != std::errc{}) return false;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  return true;
}

Scanned scan_answer(std::string_view rest) {
  Scanned out;
  if (!take_number(rest, out.id)) return out;
  if (skip(rest, ",\"result\":{")) {
    out.kind = Scanned::Kind::result;
    if (skip(rest, "\"seq\":")) (void)take_number(rest, out.seq);
  } else if (skip(rest, ",\"error\":")) {
    out.kind = Scanned::Kind::error;
  }
  return out;
}

}  // namespace

Scanned scan(std::string_view json) {
  Scanned out;
  std::string_view rest = json;
  if (skip(rest, R"({"jsonrpc":"2.0","id":)")) return scan_answer(rest);
  if (!skip(rest, R"({"jsonrpc":"2.0","method":")")) return out;
  const bool is_message = skip(rest, "message.posted");
  if (!is_message) rest.remove_prefix(std::min(rest.find('"'), rest.size()));
  if (!skip(rest, R"(","params":{"room":)") || !take_number(rest, out.room)) return out;
  if (!skip(rest, ",\"seq\":") || !take_number(rest, out.seq)) return out;
  out.kind = is_message ? Scanned::Kind::message : Scanned::Kind::durable;
  if (!is_message) return out;
  constexpr std::string_view kText = "\"text\":\"";
  const auto text = rest.find(kText);
  if (text != std::string_view::npos) out.text = rest.substr(text + kText.size());
  return out;
}

}  // namespace wardroom::bench
