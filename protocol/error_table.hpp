#pragma once

#include "common/base/error.hpp"

namespace wardroom::protocol {

// How an error code looks on the wire: JSON-RPC number, HTTP status, name.
struct ErrorRow {
  ErrorCode code;
  int rpc;
  int http;
  std::string_view meaning;
};

inline constexpr ErrorRow kErrorTable[] = {
    {ErrorCode::parse, -32700, 400, "The text isn't JSON."},
    {ErrorCode::request, -32600, 400, "The JSON isn't a request."},
    {ErrorCode::unknown_method, -32601, 404, "There is no such method."},
    {ErrorCode::params, -32602, 400, "A parameter is missing or wrong; `field` names it."},
    {ErrorCode::internal, -32603, 500, "The server made a mistake; its log has the request id."},
    {ErrorCode::unauthenticated, -32001, 401, "Nobody is signed in, or the credentials are wrong."},
    {ErrorCode::forbidden, -32003, 403, "The caller may not do this; `code` says why."},
    {ErrorCode::not_found, -32004, 404, "There is no such thing, or the caller may not know of it."},
    {ErrorCode::conflict, -32009, 409, "It contradicts what is there; `code` says how."},
    {ErrorCode::too_large, -32013, 413, "The request is over the limit."},
    {ErrorCode::rate_limited, -32029, 429, "Too many requests; come back after `retry_after_ms`."},
    {ErrorCode::unavailable, -32053, 503, "The server can't do it now (disk full, stopping, queue full)."},
};

constexpr const ErrorRow& error_row(ErrorCode code) {
  for (const auto& row : kErrorTable)
    if (row.code == code) return row;
  return error_row(ErrorCode::internal);
}

}  // namespace wardroom::protocol
