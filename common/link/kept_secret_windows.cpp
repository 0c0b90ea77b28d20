#include "common/link/kept_secret.hpp"

#include "common/base/bytes.hpp"
#include "common/base/windows_api.hpp"

namespace wardroom::link {
namespace {

constexpr std::string_view kSealed = "dpapi:";

DATA_BLOB blob_of(std::string_view bytes) {
  // Only read, though it isn't const there.
  return {static_cast<DWORD>(bytes.size()), reinterpret_cast<BYTE*>(const_cast<char*>(bytes.data()))};
}

// Takes the bytes over, and wipes what Windows made.
std::string take_blob(DATA_BLOB& made) {
  std::string bytes(reinterpret_cast<const char*>(made.pbData), made.cbData);
  SecureZeroMemory(made.pbData, made.cbData);
  LocalFree(made.pbData);
  return bytes;
}

}  // namespace

Result<Secret> seal_secret(const Secret& secret) {
  DATA_BLOB plain = blob_of(secret.reveal()), sealed{};
  if (!CryptProtectData(&plain, L"Wardroom", nullptr, nullptr, nullptr, CRYPTPROTECT_UI_FORBIDDEN, &sealed))
    return unavailable("Windows can't encrypt what keeps you signed in (error " +
                       std::to_string(GetLastError()) + "). Sign in to Windows anew and try again.");
  return Secret(std::string(kSealed) + to_base64url(as_bytes(take_blob(sealed))));
}

Result<Secret> unseal_secret(const Secret& kept) {
  const std::string_view text = kept.reveal();
  if (!text.starts_with(kSealed)) return kept;  // brought from elsewhere; the next time it is encrypted
  const auto bytes = parse_base64url(text.substr(kSealed.size()));
  DATA_BLOB sealed = blob_of(bytes ? as_text(*bytes) : std::string_view{}), plain{};
  if (!bytes ||
      !CryptUnprotectData(&sealed, nullptr, nullptr, nullptr, nullptr, CRYPTPROTECT_UI_FORBIDDEN, &plain))
    return unavailable("it was encrypted for another account or another PC");
  return Secret(take_blob(plain));
}

}  // namespace wardroom::link
