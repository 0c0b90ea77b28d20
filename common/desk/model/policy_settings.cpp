#include <array>

#include "common/desk/model/policy.hpp"

namespace wardroom::desk {
namespace {

constexpr std::array<PolicySetting, 6> kPolicySettings{{
    {"server", "Server", PolicyKind::text, "Server",
     "The office's server as HOST:PORT. Together with the key (`ca`) it takes the place of an invite link: "
     "whoever "
     "starts Wardroom for the first time is asked for name and password at once."},
    {"ca", "Ca", PolicyKind::text, "Key of the office",
     "What stands behind `ca=` in the office's invite links. The server has to show a certificate of that "
     "key."},
    {"lock", "Lock", PolicyKind::text, "Locked settings",
     "`server`: nobody signs in to another server on this PC. Who is signed in elsewhere already stays so "
     "until "
     "they sign out."},
    {"theme", "Theme", PolicyKind::theme, "Theme", "`dark` or `light`, for everybody on this PC."},
    {"files", "Files", PolicyKind::flag, "Attach files",
     "Whether files, pictures and long texts may be attached to messages on this PC."},
    {"autostart", "Autostart", PolicyKind::flag, "Start with Windows",
     "Whether Wardroom starts when somebody signs in to this PC. It counts from the first time that they "
     "start "
     "Wardroom themselves."},
}};

}  // namespace

std::span<const PolicySetting> policy_settings() {
  return kPolicySettings;
}

}  // namespace wardroom::desk
