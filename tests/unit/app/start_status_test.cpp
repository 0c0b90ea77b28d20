#include <cerrno>
#include <new>

#include <catch2/catch.hpp>

#include "server/app/shell.hpp"
#include "server/credentials/key_file.hpp"
#include "server/ops/durable_file.hpp"
#include "tests/harness/temp_dir.hpp"

// What the unit's RestartPreventExitStatus=78 goes by.
using namespace wardroom;
using namespace wardroom::app;

TEST_CASE("a start that only a person can help isn't tried again; one that helps itself is") {
  const auto status_of = [](int error_number) { return start_status(ops::file_error("file", error_number)); };
  for (const int stays : {EACCES, EPERM, ENOENT, ENOTDIR, EISDIR, ELOOP}) {
    INFO(stays);
    CHECK(status_of(stays) == kFixFirst);
  }
  for (const int passes : {ENOSPC, EIO, EMFILE, EDQUOT}) {
    INFO(passes);
    CHECK(status_of(passes) == kFailed);
  }
  CHECK(start_status(unavailable("Port 7443 is already in use.")) == kFailed);
  CHECK(start_status(conflict("directory_in_use", "process 7 has it")) == kFailed);
  CHECK(start_status(conflict("schema_too_new", "")) == kFixFirst);
  CHECK(start_status(make_error(ErrorCode::unavailable, "", "port_not_permitted")) == kFixFirst);
  CHECK(start_status(make_error(ErrorCode::unavailable, "", "audit_key_missing")) == kFixFirst);
}

TEST_CASE("a key that is missing, open to others or of another size is a person's to bring back") {
  const testing::TempDir temp;
  const auto file = temp.path() / "seal.key";
  const auto status = [&] {
    const auto loaded = credentials::load_key_file(file);
    return loaded ? 0 : start_status(loaded.error());
  };
  CHECK(status() == kFixFirst);
  REQUIRE(ops::write_durably(file, std::string(32, 'k'), 0644));
  CHECK(status() == kFixFirst);
  REQUIRE(ops::write_durably(file, "short", 0600));
  CHECK(status() == kFixFirst);
  REQUIRE(ops::write_durably(file, std::string(32, 'k'), 0600));
  CHECK(status() == 0);
}

// Without the catch it ends the test program, as it would end the server.
TEST_CASE("a reload that fails, or for which there is no memory, ends nothing") {
  int tried = 0;
  reload_contained([&]() -> Result<std::string> {
    ++tried;
    return unavailable("The certificate can't be read.");
  });
  reload_contained([&]() -> Result<std::string> {
    ++tried;
    throw std::bad_alloc();
  });
  CHECK(tried == 2);
}
