#include "client/session/credentials_file.hpp"

#include "common/link/credentials_file.hpp"

namespace wardroom::client {

Result<void> save_credentials(const std::filesystem::path& file, const Credentials& credentials) {
  const auto& server = credentials.server;
  return link::save_credentials(
      file, {{server.host, server.port, server.ca_pin}, credentials.token, credentials.user});
}

Result<std::optional<Credentials>> load_credentials(const std::filesystem::path& file) {
  auto stored = link::load_credentials(file);
  if (!stored) return stored.error();
  if (!*stored) return std::optional<Credentials>{};
  const auto& server = (*stored)->server;
  return std::optional<Credentials>{
      {{server.host, server.port, server.ca_pin}, (*stored)->token, (*stored)->user}};
}

}  // namespace wardroom::client
