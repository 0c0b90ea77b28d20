#pragma once

#include <catch2/catch.hpp>

#include "common/base/bytes.hpp"
#include "common/base/uuid.hpp"
#include "tests/harness/office.hpp"

// Requests about the bytes of files, as a client of tus makes them.
namespace wardroom::testing {

inline realtime::FileRequest file_request(const std::string& verb, const std::string& path,
                                          const std::string& token) {
  realtime::FileRequest request;
  request.verb = verb;
  request.path = path;
  request.token = token;
  if (path.starts_with(realtime::kUploadsPath)) request.tus_resumable = "1.0.0";
  return request;
}

inline realtime::FileRequest create_request(const std::string& token, std::int64_t room, std::int64_t size,
                                            const std::string& name) {
  auto request = file_request("POST", std::string(realtime::kUploadsPath), token);
  request.upload_length = std::to_string(size);
  request.upload_metadata =
      "room " + to_base64(as_bytes(std::to_string(room))) + ",filename " + to_base64(as_bytes(name));
  return request;
}

inline realtime::FileRequest patch_request(const std::string& token, const std::string& id,
                                           std::int64_t offset) {
  auto request = file_request("PATCH", std::string(realtime::kUploadsPath) + "/" + id, token);
  request.upload_offset = std::to_string(offset);
  request.content_type = "application/offset+octet-stream";
  return request;
}

// A header line's value; empty: there is none.
inline std::string header_of(const Office::FileAnswer& answer, const std::string& name) {
  const auto at = answer.headers.find(name + ": ");
  if (at == std::string::npos) return {};
  const auto begin = at + name.size() + 2;
  return answer.headers.substr(begin, answer.headers.find("\r\n", begin) - begin);
}

// The id of a new upload of which nothing has come.
inline std::string begin_upload(Office& office, const std::string& token, std::int64_t room,
                                std::int64_t size, const std::string& name) {
  const auto made = office.request_file(create_request(token, room, size, name));
  INFO(made.body);
  REQUIRE(made.status == 201);
  const std::string location = header_of(made, "Location");
  return location.substr(location.rfind('/') + 1);
}

// All of a file; its id.
inline std::string upload(Office& office, const std::string& token, std::int64_t room,
                          const std::string& bytes, const std::string& name = "notes.txt") {
  auto request = create_request(token, room, static_cast<std::int64_t>(bytes.size()), name);
  request.content_type = "application/offset+octet-stream";
  const auto made = office.request_file(request, bytes);
  INFO(made.body);
  REQUIRE(made.status == 201);
  REQUIRE(header_of(made, "Upload-Offset") == std::to_string(bytes.size()));
  const std::string location = header_of(made, "Location");
  return location.substr(location.rfind('/') + 1);
}

inline Office::FileAnswer download(Office& office, const std::string& token, const std::string& id,
                                   const std::string& range = "") {
  auto request = file_request("GET", std::string(realtime::kFilesPath) + "/" + id, token);
  request.range = range;
  return office.request_file(request);
}

}  // namespace wardroom::testing
