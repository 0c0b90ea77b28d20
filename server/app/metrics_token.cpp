#include "server/app/metrics_token.hpp"

#include "common/base/log.hpp"
#include "common/base/trimmed.hpp"
#include "server/credentials/token.hpp"
#include "server/ops/durable_file.hpp"

namespace wardroom::app {
namespace {

constexpr std::size_t kMaxTokenFile = 256;

Result<Digest> make_metrics_token(const std::filesystem::path& file) {
  const auto made = credentials::make_token();
  if (auto written = ops::write_durably(file, std::string(made.text.reveal()) + "\n", 0600); !written)
    return written.error();
  return made.digest;
}

Result<Digest> read_metrics_token(const std::filesystem::path& file) {
  const auto text = ops::read_small_file(file, kMaxTokenFile);
  if (!text) return text.error();
  const auto digest = credentials::parse_token(trimmed(*text));
  if (digest) return *digest;
  return params_error({}, file.string() + " holds no token. Remove it; the next start makes a new one.");
}

}  // namespace

std::filesystem::path metrics_token_file(const ops::DataDir& dir) {
  return dir.keys() / "metrics-token";
}

std::optional<Digest> prepare_metrics_token(const ops::DataDir& dir) {
  const auto file = metrics_token_file(dir);
  std::error_code unknown;
  const auto token =
      std::filesystem::exists(file, unknown) ? read_metrics_token(file) : make_metrics_token(file);
  if (token) return *token;
  spdlog::warn("metrics.token_unusable message=\"{}\"", token.error().message);
  return std::nullopt;
}

}  // namespace wardroom::app
