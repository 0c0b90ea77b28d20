#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "common/link/http_client.hpp"
#include "ctl/commands/client.hpp"

// `wardroomctl file …`, and the bytes of files for other commands.
namespace wardroom::ctl {

struct FileArguments {
  std::string room;
  std::vector<std::filesystem::path> files;  // to send
  std::string id;                            // of a file on the server
  std::filesystem::path to;                  // where a download goes; empty: a file called like the id, here
  std::string text;                          // that goes with what is sent
  bool unposted = false;                     // sent, and posted by somebody else's call
};
Result<void> file_send(const Context& context, const FileArguments& arguments);
Result<void> file_get(const Context& context, const FileArguments& arguments);
Result<void> file_list(const Context& context, const FileArguments& arguments);
Result<void> file_delete(const Context& context, const FileArguments& arguments);

// With the profile's session, to the server that `client` is connected to.
Result<std::unique_ptr<link::HttpClient>> open_files(const Context& context,
                                                     const link::BlockingClient& client);
// Sends a file for a room, goes on where a broken connection left off, and returns its id.
Result<std::string> send_file(link::HttpClient& http, RoomId room, const std::filesystem::path& file);
// Checks what comes against the hash that the server gave for it, and keeps it only when it is the same.
Result<void> get_file(link::HttpClient& http, const std::string& id, const std::filesystem::path& to);
// A name of the server's as one on this machine: never a path, and not one that begins with a dot.
std::filesystem::path local_name(const std::string& name);

}  // namespace wardroom::ctl
