#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "common/base/result.hpp"

struct magic_set;

namespace wardroom::files {

// What a download is called in its head. What a page would run as a script or a worker, or take for a style,
// goes out as application/octet-stream: our own page takes those from this host, and with `nosniff` a browser
// takes them by these types alone. Everything else is called what it is; it is saved, and opens in a sandbox.
std::string served_type(std::string_view type);

// What kind of bytes a file has, by libmagic: never by its name, and nothing is unpacked. Any thread that may
// wait for the disk; one question at a time.
class FileTypes {
 public:
  FileTypes();
  ~FileTypes();

  // Of the first 64 KiB, such as "image/png"; "application/octet-stream" where nothing better is known.
  Result<std::string> type_of(const std::string& file);

 private:
  std::mutex mutex_;
  magic_set* magic_ = nullptr;  // opened at the first question
};

}  // namespace wardroom::files
