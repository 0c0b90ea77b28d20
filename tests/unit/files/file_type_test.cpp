#include "server/files/file_type.hpp"

#include <catch2/catch.hpp>

using namespace wardroom::files;

TEST_CASE("what a page would run or be styled by isn't called so when it is downloaded") {
  for (const char* active : {"text/javascript", "application/javascript", "application/x-javascript",
                             "text/ecmascript", "application/ecmascript", "text/jscript", "text/livescript",
                             "text/javascript1.5", "Application/JavaScript", "text/css", "TEXT/CSS",
                             "application/wasm", "application/json", "application/importmap+json", ""})
    CHECK(served_type(active) == "application/octet-stream");
  for (const char* type :
       {"image/png", "image/svg+xml", "text/html", "text/plain", "application/pdf", "video/mp4"})
    CHECK(served_type(type) == type);
}
