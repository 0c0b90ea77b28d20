#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/app/options.hpp"

// What the option table says of texts and lists: what is allowed, in words, and who takes a value after
// looking at it. The error is those words.
namespace wardroom::app {

inline constexpr std::string_view kNameRule = "1 to 100 bytes of text without control characters";
inline constexpr std::string_view kHostRule = "a list of at least one host name or IP address, without port";
inline constexpr std::string_view kListenRule =
    "a list of IP addresses of this machine, each once, or \"::\" alone";
inline constexpr std::string_view kRangeRule =
    "a list of networks such as \"10.1.0.0/16\", without bits behind the network's own";
inline constexpr std::string_view kRolesRule =
    "a list of roles: \"guest\", \"member\", \"moderator\", \"auditor\", \"admin\"";
inline constexpr std::string_view kPolicyRule = "\"open\" or \"request\"";
inline constexpr std::string_view kTypesRule =
    "a list of types such as \"application/x-dosexec\" or \"video/*\", as file --mime-type names them";
inline constexpr std::string_view kSocketRule = "the whole path of a socket, 107 bytes at most, or nothing";
inline constexpr std::string_view kUnscannedRule = "\"wait\" or \"taken\"";
inline constexpr std::string_view kGuestsRule = "\"allowed\" or \"refused\"";
inline constexpr std::string_view kDownloadsRule = "\"unrecorded\" or \"recorded\"";
inline constexpr std::string_view kCollectorRule =
    "a host and a port such as \"collector.example:6514\", or nothing";
inline constexpr std::string_view kFileRule = "the whole path of a file, or nothing";
inline constexpr std::string_view kSwitchRule = "\"on\" or \"off\"";
inline constexpr std::string_view kFolderRule = "the whole path of a folder";
inline constexpr std::string_view kRecipientRule =
    "the whole line that wardroomd backup-key prints, or nothing: they aren't encrypted";
inline constexpr std::string_view kLevelRule = "\"debug\", \"info\", \"warn\" or \"error\"";

Result<void> set_name(Options& o, const std::string& name);
Result<void> set_hosts(Options& o, const std::vector<std::string>& hosts);
Result<void> set_listen(Options& o, const std::vector<std::string>& addresses);
Result<void> set_web(Options& o, const std::string& value);
Result<void> set_announce(Options& o, const std::string& value);
Result<void> set_web_folder(Options& o, const std::string& folder);
Result<void> set_trusted_ranges(Options& o, const std::vector<std::string>& ranges);
Result<void> set_proxy_ranges(Options& o, const std::vector<std::string>& ranges);
Result<void> set_second_factor_roles(Options& o, const std::vector<std::string>& roles);
Result<void> set_direct_policy(Options& o, const std::string& policy);
Result<void> set_seen_by(Options& o, const std::string& value);
Result<void> set_refused_types(Options& o, const std::vector<std::string>& types);
Result<void> set_scanner(Options& o, const std::string& socket);
Result<void> set_unscanned(Options& o, const std::string& value);
Result<void> set_guests(Options& o, const std::string& guests);
Result<void> set_downloads(Options& o, const std::string& downloads);
Result<void> set_syslog(Options& o, const std::string& collector);
Result<void> set_syslog_ca(Options& o, const std::string& file);
Result<void> set_heads_file(Options& o, const std::string& file);
Result<void> set_backup_folder(Options& o, const std::string& folder);
Result<void> set_recipient(Options& o, const std::string& recipient);
Result<void> set_level(Options& o, const std::string& level);
// How the file writes them.
const std::string& level_name(const Options& o);
const std::string& web_switch(const Options& o);
const std::string& announce_switch(const Options& o);
const std::string& seen_by_switch(const Options& o);

}  // namespace wardroom::app
