#include "common/desk/session/credentials_file.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <boost/describe.hpp>

#include "common/base/bytes.hpp"
#include "common/link/kept_secret.hpp"
#include "common/link/private_file.hpp"
#include "protocol/codec.hpp"

namespace wardroom::desk {
namespace {

// The file's shape.
struct StoredCredentials {
  std::string host;
  std::int64_t port = 0;
  std::string ca_pin;  // base64url
  Secret token;
  protocol::User user;
  std::optional<std::string> next_pin;  // base64url
};
BOOST_DESCRIBE_STRUCT(StoredCredentials, (), (host, port, ca_pin, token, user, next_pin))

bool read_pin(const std::string& text, Digest& pin) {
  const auto bytes = parse_base64url(text);
  if (!bytes || bytes->size() != pin.size()) return false;
  std::copy(bytes->begin(), bytes->end(), pin.begin());
  return true;
}

Error unreadable(const std::filesystem::path& file, const std::string& why) {
  return make_error(ErrorCode::internal, file.string() + " can't be read (" + why + "). Sign in again.",
                    "credentials_damaged");
}

}  // namespace

Result<void> save_credentials(const std::filesystem::path& file, const Credentials& credentials) {
  StoredCredentials stored;
  stored.host = credentials.server.host;
  stored.port = credentials.server.port;
  stored.ca_pin = to_base64url(credentials.server.ca_pin);
  if (credentials.server.next_pin) stored.next_pin = to_base64url(*credentials.server.next_pin);
  auto sealed = link::seal_secret(credentials.token);
  if (!sealed) return sealed.error();
  stored.token = std::move(*sealed);
  stored.user = credentials.user;
  return link::write_private_file(file, Secret(protocol::encode(stored)));
}

Result<std::optional<Credentials>> load_credentials(const std::filesystem::path& file) {
  std::error_code missing;
  if (!std::filesystem::exists(file, missing)) return std::optional<Credentials>{};
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) return unreadable(file, "the disk refuses");
  const auto json = protocol::parse_json(text.str());
  if (!json) return unreadable(file, "it isn't JSON");
  auto stored = protocol::decode<StoredCredentials>(*json, "file");
  if (!stored) return unreadable(file, stored.error().message);
  Credentials credentials;
  if (!read_pin(stored->ca_pin, credentials.server.ca_pin) || stored->port < 1 || stored->port > 65535)
    return unreadable(file, "the server's key is missing");
  if (stored->next_pin && !read_pin(*stored->next_pin, credentials.server.next_pin.emplace()))
    return unreadable(file, "the server's next key isn't whole");
  credentials.server.host = stored->host;
  credentials.server.port = static_cast<std::uint16_t>(stored->port);
  auto token = link::unseal_secret(stored->token);
  if (!token) return unreadable(file, token.error().message);
  credentials.token = std::move(*token);
  credentials.user = std::move(stored->user);
  return std::optional<Credentials>(std::move(credentials));
}

}  // namespace wardroom::desk
