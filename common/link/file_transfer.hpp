#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/strong.hpp"
#include "common/link/http_client.hpp"

// The bytes of files over HTTP, a step each (docs/files.md): up by tus, down with ranges. Whoever calls
// decides how often a broken step is gone on with. A file is named by its id.
namespace wardroom::link {

// Whether the line broke or the server has no time: then the same again is worth a try.
bool is_passing(const Error& error);

// Says what is to come. The file's id, which it keeps.
Result<std::string> begin_upload(HttpClient& http, RoomId room, std::string_view name, std::int64_t size);
// How many bytes the server has for good. Whoever asks takes the upload over.
Result<std::int64_t> ask_offset(HttpClient& http, const std::string& file);

struct UploadStep {
  std::string file;
  std::int64_t offset = 0;  // what ask_offset() said; 0 at first
  std::int64_t size = 0;    // of the whole file
  // The next bytes, at most so many; from the offset on.
  std::function<Result<std::string>(std::size_t most)> read;
  std::function<bool()> is_unwanted{};
};
// Sends the rest in one request. How many bytes the server has then.
Result<std::int64_t> send_rest(HttpClient& http, UploadStep step);
// Ends an upload that no message carries, also a whole one.
Result<void> withdraw_upload(HttpClient& http, const std::string& file);

// One file on its way down. What comes behind a broken connection is of the same bytes, or an error.
class FileFetch {
 public:
  using Take = std::function<Result<void>(std::string_view)>;
  // Every byte goes to `take` once, in order.
  FileFetch(std::string file, Take take);
  ~FileFetch();
  FileFetch(const FileFetch&) = delete;
  FileFetch& operator=(const FileFetch&) = delete;

  // From where it is to the end.
  Result<void> go_on(HttpClient& http, std::function<bool()> is_unwanted = {});
  std::int64_t bytes() const;
  // What came against the SHA-256 that a message gave for it, in hexadecimal; without one, against the
  // server's own word. Once, at the end.
  Result<void> check(std::string_view sha256 = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace wardroom::link
