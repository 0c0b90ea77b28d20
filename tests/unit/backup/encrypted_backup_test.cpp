#include "server/ops/encrypted_backup.hpp"

#include <fstream>
#include <sodium.h>

#include <catch2/catch.hpp>
#include <sys/stat.h>

#include "server/app/backup_job.hpp"
#include "server/app/house_commands.hpp"
#include "server/app/initialise.hpp"
#include "server/ops/backup_folder.hpp"
#include "server/ops/backup_key.hpp"
#include "tests/harness/temp_dir.hpp"

using namespace wardroom;
using namespace wardroom::testing;

namespace {

namespace fs = std::filesystem;

ops::ReadBytes read_from(std::string_view& rest) {
  return [&rest](std::span<std::byte> into) -> Result<std::size_t> {
    const auto part = as_bytes(rest.substr(0, into.size()));
    std::ranges::copy(part, into.begin());
    rest.remove_prefix(part.size());
    return part.size();
  };
}

ops::WriteBytes append_to(std::string& text) {
  return [&text](std::span<const std::byte> bytes) {
    text += as_text(bytes);
    return ok();
  };
}

std::string encrypt(const ops::BackupKeys& keys, std::string_view plain) {
  std::string stream;
  REQUIRE(ops::encrypt_stream(keys.recipient, read_from(plain), append_to(stream)));
  return stream;
}

struct Decrypted {
  std::string text;
  Result<void> done;
};
Decrypted decrypt(const Secret& secret, std::string_view stream) {
  Decrypted decrypted;
  decrypted.done = ops::decrypt_stream(secret, read_from(stream), append_to(decrypted.text));
  return decrypted;
}

// Refused for this reason and in a sentence; what was passed on before is a beginning of what was encrypted.
void check_refused(const Secret& secret, std::string_view stream, std::string_view plain,
                   const std::string& reason, const std::string& said) {
  const auto [text, done] = decrypt(secret, stream);
  REQUIRE_FALSE(done);
  CHECK(done.error().reason == reason);
  CHECK(done.error().message.find(said) != std::string::npos);
  CHECK(plain.starts_with(text));
}

constexpr std::size_t kOnDisk = ops::kStreamBlockBytes + crypto_secretstream_xchacha20poly1305_ABYTES;

std::string_view block(std::string_view stream, std::size_t number) {
  return stream.substr(ops::kStreamHeadBytes + number * kOnDisk, kOnDisk);
}

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("what was encrypted for a recipient is read again by the recipient, of any length") {
  REQUIRE(sodium_init() >= 0);
  const auto keys = ops::make_backup_keys();
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, ops::kStreamBlockBytes - 1,
                                 ops::kStreamBlockBytes, 2 * ops::kStreamBlockBytes + 7}) {
    const std::string plain(size, 'w');
    const std::string stream = encrypt(keys, plain);
    const auto [text, done] = decrypt(keys.secret, stream);
    INFO(size);
    REQUIRE(done);
    CHECK(text == plain);
    CHECK(encrypt(keys, plain) != stream);  // never the same twice
  }
}

TEST_CASE("an encrypted backup that was cut off, changed, added to or put in another order is refused") {
  REQUIRE(sodium_init() >= 0);
  const auto keys = ops::make_backup_keys();
  const std::string plain =
      std::string(ops::kStreamBlockBytes, 'a') + std::string(ops::kStreamBlockBytes, 'b') + "and the end";
  const std::string stream = encrypt(keys, plain);
  const std::string head = stream.substr(0, ops::kStreamHeadBytes);
  const auto joined = [&](std::initializer_list<std::size_t> numbers) {
    std::string all = head;
    for (const auto number : numbers) all += block(stream, number);
    return all;
  };
  const auto damaged = [&](std::string_view text, const std::string& said) {
    check_refused(keys.secret, text, plain, "backup_damaged", said);
  };
  damaged(joined({0, 1}), "ends too early, after block 2");
  damaged(joined({0}), "ends too early, after block 1");
  damaged(joined({}), "ends too early, after block 0");
  damaged(std::string_view(stream).substr(0, stream.size() - 1), "Block 3, its last one,");
  damaged(std::string_view(stream).substr(0, head.size() + 100), "Block 1, its last one,");
  damaged(std::string_view(stream).substr(0, head.size() - 1), "cut off within its first");
  damaged(joined({1, 0, 2}), "Block 1 isn't");
  damaged(joined({0, 2}), "Block 2, its last one,");
  damaged(joined({0, 0, 1, 2}), "Block 2 isn't");
  damaged(stream + "x", "something was added");
  damaged(stream + stream, "something was added");
  // Each part of the head, and each block.
  for (const std::size_t at :
       {std::size_t{60}, std::size_t{140}, head.size() + 5, head.size() + kOnDisk + 5, stream.size() - 1}) {
    std::string changed = stream;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    INFO(at);
    damaged(changed, "changed");
  }
  // A block of another stream to the same recipient.
  damaged(joined({0}) + std::string(block(encrypt(keys, plain), 1)) + std::string(block(stream, 2)),
          "Block 2 isn't");

  std::string newer = stream;
  newer[ops::kStreamMagic.size()] = 2;
  check_refused(keys.secret, newer, plain, "backup_too_new", "form 2");
  const auto others = ops::make_backup_keys();
  check_refused(others.secret, stream, plain, "backup_key_foreign", ops::format_recipient(keys.recipient));
  check_refused(keys.secret, "SQLite format 3", plain, "not_a_backup", "isn't an encrypted backup");
}

TEST_CASE(
    "a recipient is known by its checksum, and its key is a file of its owner's that nothing replaces") {
  REQUIRE(sodium_init() >= 0);
  TempDir temp;
  const auto keys = ops::make_backup_keys();
  const std::string line = ops::format_recipient(keys.recipient);
  REQUIRE(ops::parse_recipient(line));
  CHECK(*ops::parse_recipient(line) == keys.recipient);
  std::string slip = line;
  slip[30] = slip[30] == '0' ? '1' : '0';
  CHECK_FALSE(ops::parse_recipient(slip));
  CHECK_FALSE(ops::parse_recipient(line.substr(0, line.size() - 1)));
  const auto file = temp.path() / "key";
  REQUIRE(ops::create_backup_key_file(file, keys.secret));
  CHECK_FALSE(ops::create_backup_key_file(file, keys.secret));
  const auto loaded = ops::load_backup_key_file(file);
  REQUIRE(loaded);
  CHECK(ops::recipient_of(*loaded) == keys.recipient);
  REQUIRE(::chmod(file.c_str(), 0640) == 0);
  CHECK_FALSE(ops::load_backup_key_file(file));
}

TEST_CASE("an office that names a recipient has encrypted backups, which are restored with the key alone") {
  REQUIRE(sodium_init() >= 0);
  TempDir temp;
  FakeClock clock;
  const fs::path root = temp.path() / "data", folder = temp.path() / "backups", key = temp.path() / "key";
  fs::create_directory(folder);
  app::Options options;
  options.server.hosts = {"localhost"};
  const auto keys = ops::make_backup_keys();
  REQUIRE(ops::create_backup_key_file(key, keys.secret));
  options.backup.folder = folder.string();
  options.backup.recipient = ops::format_recipient(keys.recipient);
  REQUIRE(app::initialise(root, options, clock));
  REQUIRE(app::run_backup({.data = root.string()}, clock) == 0);
  const auto backups = ops::list_backups(folder);
  REQUIRE(backups);
  REQUIRE(backups->size() == 1);
  const fs::path file = backups->front().file;
  CHECK(file.filename().string().ends_with(".db.encrypted"));
  // Nothing readable lies anywhere.
  CHECK(text_of(file).find("PRIVATE KEY") == std::string::npos);
  CHECK(text_of(file).find("audit_records") == std::string::npos);
  CHECK_FALSE(fs::exists(root / "backup-copy.db"));
  struct stat info {};
  REQUIRE(::stat(file.c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
  // The record names the file's bytes.
  auto db = sqlite::Connection::open(root / "wardroom.db", sqlite::Connection::Mode::read_only);
  REQUIRE(db);
  const auto record =
      (*db)->find<std::string>("SELECT line FROM audit_records WHERE type = 'server.backup_verified'");
  REQUIRE(record);
  CHECK(record->find("\"sha256\":\"" + to_hex(sha256(as_bytes(text_of(file)))) + "\"") != std::string::npos);

  const fs::path again = temp.path() / "again";
  const auto locked = ops::restore_backup(file, again, "rehearsal", clock);
  REQUIRE_FALSE(locked);
  CHECK(locked.error().message.find("--key FILE") != std::string::npos);
  CHECK_FALSE(fs::exists(again));
  const auto foreign = ops::restore_backup(file, again, "rehearsal", clock, ops::make_backup_keys().secret);
  REQUIRE_FALSE(foreign);
  CHECK(foreign.error().message.find(file.string()) == 0);
  CHECK(fs::is_empty(again));
  const auto restored = ops::restore_backup(file, again, "rehearsal", clock, keys.secret);
  INFO((restored ? "" : restored.error().message));
  REQUIRE(restored);
  CHECK(text_of(again / "keys/seal.key") == text_of(root / "keys/seal.key"));
  CHECK(app::run_restore({.from = file.string(),
                          .data = (temp.path() / "scratch").string(),
                          .reason = "rehearsal",
                          .key = key.string(),
                          .rehearse = true}) == 0);
  CHECK_FALSE(fs::exists(temp.path() / "scratch"));

  // Without the key it is known for what was checked, and a changed one isn't.
  const app::BackupArguments verify{.data = root.string(), .verify = file.string()};
  CHECK(app::run_backup(verify, clock) == 0);

  // One that was cut off leaves nothing, either.
  fs::resize_file(file, fs::file_size(file) - 1);
  const fs::path third = temp.path() / "third";
  CHECK_FALSE(ops::restore_backup(file, third, "rehearsal", clock, keys.secret));
  CHECK(fs::is_empty(third));
  CHECK(app::run_backup(verify, clock) == 1);
}

TEST_CASE("copying, reading, encrypting and tidying up end within a block once they are given up") {
  REQUIRE(sodium_init() >= 0);
  TempDir temp;
  const auto from = temp.path() / ops::backup_name(from_unix_ms(0));
  std::ofstream(from) << "a backup";
  const std::atomic<bool> stopped{true}, goes_on{false};
  CHECK_FALSE(ops::digest_of_file(from, &stopped));
  CHECK(ops::digest_of_file(from, &goes_on));
  CHECK_FALSE(ops::copy_backup(from, temp.path() / "none", &stopped));
  CHECK(text_of(temp.path() / "none").empty());
  REQUIRE(ops::copy_backup(from, temp.path() / "whole", &goes_on));
  CHECK(text_of(temp.path() / "whole") == "a backup");
  CHECK((fs::status(temp.path() / "whole").permissions() & fs::perms(077)) == fs::perms::none);
  CHECK_FALSE(ops::copy_backup(from, temp.path() / "whole"));  // never over another file
  auto to = TargetFile::open(temp.path() / "encrypted");
  REQUIRE(to);
  const auto keys = ops::make_backup_keys();
  CHECK_FALSE(ops::encrypt_backup(from, keys.recipient, *to, &stopped));
  const TimePoint later = from_unix_ms(0) + std::chrono::days{100};
  CHECK_FALSE(ops::remove_surplus(temp.path(), 0, std::chrono::days{1}, later, &stopped));
  CHECK(fs::exists(from));
  CHECK(ops::remove_surplus(temp.path(), 0, std::chrono::days{1}, later, &goes_on)->size() == 1);
}
