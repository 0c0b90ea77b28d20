#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/bytes.hpp"
#include "common/base/result.hpp"

// The header lines of tus 1.0, the protocol for resumable uploads: https://tus.io/protocols/resumable-upload
// Pure functions, any thread.
namespace wardroom::files {

inline constexpr std::string_view kTusVersion = "1.0.0";
inline constexpr std::string_view kTusExtensions =
    "creation,creation-with-upload,checksum,expiration,termination";
inline constexpr std::string_view kTusChecksums = "sha1,sha256";
// What the body of a PATCH is called, and of a POST that has one.
inline constexpr std::string_view kOffsetType = "application/offset+octet-stream";
inline constexpr std::size_t kMaxMetadataBytes = 4 * 1024;
// 2^53 - 1: what every client's numbers hold.
inline constexpr std::int64_t kMaxUploadBytes = (std::int64_t{1} << 53) - 1;

// Upload-Length and Upload-Offset: decimal digits alone, kMaxUploadBytes at most.
std::optional<std::int64_t> parse_upload_number(std::string_view text);

// Of Upload-Metadata "room MTI=,filename eC5wbmc=", the two keys that mean something here, decoded. Others
// are taken and forgotten. The error names the line.
struct UploadMetadata {
  std::int64_t room = 0;
  std::string filename;  // as the client has it; empty: none
};
Result<UploadMetadata> parse_upload_metadata(std::string_view line);

// Of Upload-Checksum "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=".
struct Checksum {
  enum class Algorithm { sha1, sha256 };
  Algorithm algorithm = Algorithm::sha1;
  Bytes digest;
};
Result<Checksum> parse_checksum(std::string_view line);

}  // namespace wardroom::files
