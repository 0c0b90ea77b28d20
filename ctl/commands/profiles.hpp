#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "common/base/result.hpp"
#include "common/base/secret.hpp"
#include "protocol/introduction.hpp"

namespace wardroom::ctl {

// Which server, by which key, and as whom: what a sign-in leaves behind.
struct Profile {
  std::string host;
  std::int64_t port = 0;
  std::string ca;  // base64url of the CA's pin
  std::string user;
  Secret token;
  std::optional<std::string> next_ca;  // the same of the next authority, while the office changes over
};
BOOST_DESCRIBE_STRUCT(Profile, (), (host, port, ca, user, token, next_ca))

// wardroom/ctl.json in settings_folder() (machine.hpp)
std::filesystem::path default_profiles_file();

// not_found when there is no such profile; the message says how to make one.
Result<Profile> load_profile(const std::filesystem::path& file, const std::string& name);
// Keep the others. The file is replaced as a whole, readable by its owner alone.
Result<void> save_profile(const std::filesystem::path& file, const std::string& name, const Profile& profile);
Result<void> remove_profile(const std::filesystem::path& file, const std::string& name);

Profile make_profile(const protocol::Introduction& introduction, const std::string& user,
                     const Secret& token);
Result<protocol::Introduction> introduction_of(const Profile& profile);

}  // namespace wardroom::ctl
