#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "client/model/model_events.hpp"
#include "common/base/opened_file.hpp"
#include "common/base/result.hpp"

namespace wardroom::client {

// A file of the person's that is read while it goes up. Only ordinary files: nothing waits for the other end
// of a pipe. Errors are `conflict`, since another try changes nothing, and say what helps.
class OwnFile {
 public:
  static Result<OwnFile> open(const std::string& path);

  // As it is now.
  Result<LocalFile> look() const;
  // Whether it is what was chosen; the error says that it isn't.
  Result<void> check_unchanged(std::int64_t size, std::int64_t modified_ns) const;
  // The bytes at that place, at most so many; none: that it has become shorter is an error.
  Result<std::string> read(std::int64_t at, std::size_t most) const;

 private:
  OwnFile(std::string path, OpenedFile opened) : path_(std::move(path)), opened_(std::move(opened)) {}

  std::string path_;
  OpenedFile opened_;
};

}  // namespace wardroom::client
