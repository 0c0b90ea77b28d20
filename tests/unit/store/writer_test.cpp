#include "server/store/writer.hpp"

#include <atomic>
#include <csignal>
#include <future>
#include <sstream>
#include <thread>

#include <catch2/catch.hpp>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include "common/evidence/database_check.hpp"
#include "server/audit/log.hpp"
#include "server/store/database.hpp"
#include "server/store/messages.hpp"
#include "server/store/rooms.hpp"
#include "server/store/users.hpp"
#include "tests/harness/faulty_vfs.hpp"
#include "tests/harness/temp_dir.hpp"

using namespace wardroom;
using namespace wardroom::testing;

namespace {

// A job made of a function; tells its outcome through a future.
class FunctionJob : public store::WriteJob {
 public:
  using Work = std::function<Result<void>(store::WriteTx&)>;
  FunctionJob(Work work, std::promise<Result<void>> done) : work_(std::move(work)), done_(std::move(done)) {}
  Result<void> run(store::WriteTx& tx) override { return work_(tx); }
  void finished(const Result<void>& outcome) noexcept override { done_.set_value(outcome); }

 private:
  Work work_;
  std::promise<Result<void>> done_;
};

class CheckedJob final : public FunctionJob {
 public:
  using FunctionJob::FunctionJob;
  bool checks_first() const override { return true; }
};

template <class Job = FunctionJob>
std::future<Result<void>> submit(store::Writer& writer, FunctionJob::Work work) {
  std::promise<Result<void>> done;
  auto outcome = done.get_future();
  writer.submit(std::make_unique<Job>(std::move(work), std::move(done)));
  return outcome;
}
std::future<Result<void>> submit_checked(store::Writer& writer, FunctionJob::Work work) {
  return submit<CheckedJob>(writer, std::move(work));
}

// Keeps the writer busy until go(): what is submitted meanwhile is one group.
class Together {
 public:
  explicit Together(store::Writer& writer) {
    auto is_busy = busy_.get_future();
    submit(writer, [this, gate = gate_.get_future().share()](store::WriteTx&) -> Result<void> {
      busy_.set_value();
      gate.wait();
      return ok();
    });
    is_busy.wait();
  }
  void go() { gate_.set_value(); }

 private:
  std::promise<void> busy_, gate_;
};

struct WriterFixture {
  TempDir dir;
  FakeClock clock;

  std::filesystem::path file() const { return dir.path() / "wardroom.db"; }

  std::unique_ptr<store::Writer> open(const char* vfs = nullptr) {
    auto db = store::open_database(file(), vfs);
    REQUIRE(db);
    auto writer = std::make_unique<store::Writer>(std::move(*db), clock, store::Writer::Limits{});
    writer->start({[counts = audit::CommitmentCounts{}](store::WriteTx& tx) mutable {
                     audit::append_commitments(tx, counts);
                   },
                   {}});
    return writer;
  }

  // One person, one room.
  void make_room(store::Writer& writer) {
    auto made = submit(writer, [](store::WriteTx& tx) -> Result<void> {
      const auto user = store::insert_user(tx.db, {"ada", "Ada", protocol::Role::member, {}, false}, tx.now);
      store::insert_room(tx.db, {"ops", "ops", std::nullopt, protocol::RoomKind::public_, {}, *user}, tx.now);
      return ok();
    });
    REQUIRE(made.get());
  }
};

FunctionJob::Work post(int number) {
  return [number](store::WriteTx& tx) -> Result<void> {
    Uuid id;
    id.bytes[15] = static_cast<std::byte>(number & 255);
    id.bytes[14] = static_cast<std::byte>(number >> 8);
    const auto stored = store::insert_message(
        tx.db, {RoomId{1}, UserId{1}, id, tx.now, "message " + std::to_string(number), std::nullopt});
    tx.commitments.push_back({stored.commitment, RoomId{1}, UserId{1}});
    return ok();
  };
}

// What the file holds, read by a fresh connection as after a restart.
struct Contents {
  std::vector<std::string> texts;
  std::int64_t committed = 0;  // messages that the audit log vouches for
};

Contents read_back(const std::filesystem::path& file) {
  auto db = store::open_database(file);
  REQUIRE(db);
  REQUIRE(store::check_database(**db));
  REQUIRE(evidence::check_database(**db, {})->is_sound());
  Contents contents;
  auto row = (*db)->query("SELECT text FROM messages ORDER BY seq");
  while (row.step()) contents.texts.push_back(row.get<std::string>(0));
  contents.committed = (*db)
                           ->find<std::int64_t>(
                               "SELECT coalesce(sum(line ->> '$.after.count'), 0) FROM audit_records WHERE "
                               "type = 'messages.committed'")
                           .value_or(-1);
  return contents;
}

}  // namespace

TEST_CASE("a job without a savepoint that is refused before it writes takes nobody with it") {
  WriterFixture f;
  auto writer = f.open();
  f.make_room(*writer);
  Together group(*writer);
  auto first = submit_checked(*writer, post(1));
  auto refused =
      submit_checked(*writer, [](store::WriteTx&) -> Result<void> { return forbidden("no", "No."); });
  auto last = submit_checked(*writer, post(2));
  group.go();
  CHECK(first.get());
  CHECK(refused.get().error().reason == "no");
  CHECK(last.get());
  writer->stop();
  CHECK(read_back(f.file()).texts == std::vector<std::string>{"message 1", "message 2"});
}

TEST_CASE("a job without a savepoint that fails after it wrote takes its whole group with it, and no other") {
  WriterFixture f;
  auto writer = f.open();
  f.make_room(*writer);
  int undone = 0;
  {
    Together group(*writer);
    auto first = submit(*writer, [&](store::WriteTx& tx) {
      tx.undo.emplace_back([&] { ++undone; });
      return post(1)(tx);
    });
    auto late = submit_checked(*writer, [](store::WriteTx& tx) -> Result<void> {
      (void)post(2)(tx);
      return forbidden("no", "No.");
    });
    auto last = submit(*writer, post(3));
    group.go();
    for (auto* outcome : {&first, &late, &last}) CHECK(outcome->get().error().code == ErrorCode::internal);
  }
  CHECK(undone == 1);
  CHECK(submit(*writer, post(4)).get());
  writer->stop();
  const auto contents = read_back(f.file());
  CHECK(contents.texts == std::vector<std::string>{"message 4"});
  CHECK(contents.committed == 1);
}

TEST_CASE("a job that fails is undone alone; the others of its group stay") {
  WriterFixture f;
  auto writer = f.open();
  f.make_room(*writer);
  auto first = submit(*writer, post(1));
  auto refused = submit(*writer, [](store::WriteTx& tx) -> Result<void> {
    (void)post(2)(tx);
    return forbidden("no", "No.");
  });
  auto broken = submit(*writer, [](store::WriteTx& tx) -> Result<void> {
    (void)post(3)(tx);
    tx.db.run("INSERT INTO users (id) VALUES (1)");  // violates the schema
    return ok();
  });
  auto last = submit(*writer, post(4));
  CHECK(first.get());
  CHECK(refused.get().error().reason == "no");
  CHECK(broken.get().error().code == ErrorCode::internal);
  CHECK(last.get());
  writer->stop();
  const auto contents = read_back(f.file());
  CHECK(contents.texts == std::vector<std::string>{"message 1", "message 4"});
  CHECK(contents.committed == 2);
}

TEST_CASE(
    "whatever write or sync fails, exactly the acknowledged messages are there, and each has its audit "
    "record") {
  using Fault = FaultyVfs::Fault;
  for (const auto fault : {Fault::write, Fault::sync, Fault::disk_full}) {
    for (const bool sticky : {false, true}) {
      bool failed = true;
      for (std::int64_t n = 1; failed; ++n) {
        INFO("fault " << static_cast<int>(fault) << " at operation " << n
                      << (sticky ? ", from then on" : ""));
        REQUIRE(n < 500);
        WriterFixture f;
        FaultyVfs vfs;
        auto writer = f.open(vfs.name());
        f.make_room(*writer);
        vfs.arm(fault, n, sticky);
        std::vector<std::string> acknowledged;
        for (int i = 0; i < 6; ++i)
          if (submit(*writer, post(i)).get()) acknowledged.push_back("message " + std::to_string(i));
        failed = vfs.disarm();
        writer->stop();
        const auto contents = read_back(f.file());
        // A commit whose sync failed may be there or not: nobody was told. Nothing that was acknowledged is
        // missing.
        std::size_t at = 0;
        for (const auto& text : contents.texts)
          if (at < acknowledged.size() && text == acknowledged[at]) ++at;
        CHECK(at == acknowledged.size());
        if (fault != Fault::sync) CHECK(contents.texts == acknowledged);
        CHECK(contents.committed == static_cast<std::int64_t>(contents.texts.size()));
      }
    }
  }
}

TEST_CASE("after a failed sync nothing is written until a restart") {
  WriterFixture f;
  FaultyVfs vfs;
  auto writer = f.open(vfs.name());
  f.make_room(*writer);
  vfs.arm(FaultyVfs::Fault::sync, 1, false);
  CHECK_FALSE(submit(*writer, post(1)).get());
  CHECK(vfs.disarm());
  const auto refused = submit(*writer, post(2)).get();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == "disk_error");
  CHECK(writer->stats().health == store::Writer::Health::failed);
  writer->stop();
  writer = f.open();
  CHECK(submit(*writer, post(3)).get());
}

TEST_CASE("a full disk refuses writes and is forgiven when space returns; the log says both, once") {
  std::ostringstream log;
  const auto before = spdlog::default_logger();
  auto logger = std::make_shared<spdlog::logger>("", std::make_shared<spdlog::sinks::ostream_sink_mt>(log));
  logger->set_pattern("%l %v");
  spdlog::set_default_logger(logger);
  WriterFixture f;
  FaultyVfs vfs;
  auto writer = f.open(vfs.name());
  f.make_room(*writer);
  vfs.arm(FaultyVfs::Fault::disk_full, 1, true);
  const auto refused = submit(*writer, post(1)).get();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == "disk_full");
  CHECK(writer->stats().health == store::Writer::Health::disk_full);
  CHECK_FALSE(submit(*writer, post(1)).get());
  vfs.disarm();
  CHECK(submit(*writer, post(2)).get());
  CHECK(submit(*writer, post(3)).get());
  CHECK(writer->stats().health == store::Writer::Health::ok);
  writer->stop();
  spdlog::set_default_logger(before);
  CHECK(
      log.str() ==
      "error store.disk_full writes=refused reads=served\nwarning store.disk_has_room writes=taken_again\n");
}

TEST_CASE("a share of the disk that is used up is a full disk, and is forgiven when there is room again") {
  WriterFixture f;
  FaultyVfs vfs;
  auto writer = f.open(vfs.name());
  f.make_room(*writer);
  vfs.arm(FaultyVfs::Fault::quota, 1, true);
  const auto refused = submit(*writer, post(1)).get();
  CHECK((!refused && refused.error().reason == "disk_full"));
  CHECK(writer->stats().health == store::Writer::Health::disk_full);
  CHECK((vfs.disarm() && submit(*writer, post(2)).get()));
}

TEST_CASE("a limit on the size of files is a full disk, and is forgiven when it is lifted") {
  WriterFixture f;
  auto writer = f.open();
  f.make_room(*writer);
  rlimit before{};
  REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  // Between two jobs nothing writes: the log of the database may not grow beyond what it is.
  auto wal = f.file();
  wal += "-wal";
  const rlimit small{std::filesystem::file_size(wal), before.rlim_max};
  REQUIRE(setrlimit(RLIMIT_FSIZE, &small) == 0);
  const auto refused = submit(*writer, post(1)).get();
  const auto health = writer->stats().health;
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == "disk_full");
  CHECK(health == store::Writer::Health::disk_full);
  CHECK(submit(*writer, post(2)).get());
}

TEST_CASE("on a full disk what was kept for it carries vital jobs alone, until there is room again") {
  class VitalJob final : public store::WriteJob {
   public:
    explicit VitalJob(std::promise<Result<void>> done) : done_(std::move(done)) {}
    Result<void> run(store::WriteTx&) override { return ok(); }
    void finished(const Result<void>& outcome) noexcept override { done_.set_value(outcome); }
    bool is_vital() const override { return true; }

   private:
    std::promise<Result<void>> done_;
  };
  FaultyVfs disk;
  WriterFixture f;
  auto db = store::open_database(f.file(), disk.name());
  REQUIRE(db);
  store::Writer writer(std::move(*db), f.clock, store::Writer::Limits{});
  bool kept = true;
  writer.start({[counts = audit::CommitmentCounts{}](store::WriteTx& tx) mutable {
                  audit::append_commitments(tx, counts);
                },
                {},
                [&] {
                  disk.disarm();  // the room is there for whoever comes next
                  return std::exchange(kept, false);
                }});
  f.make_room(writer);
  REQUIRE(submit(writer, post(1)).get());
  disk.arm(FaultyVfs::Fault::disk_full, 1, true);
  REQUIRE_FALSE(submit(writer, post(2)).get());
  CHECK(writer.is_saving());
  // There would be room, and it isn't for this one.
  const auto refused = submit(writer, post(3)).get();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == "disk_full");
  std::promise<Result<void>> done;
  auto outcome = done.get_future();
  writer.submit(std::make_unique<VitalJob>(std::move(done)));
  CHECK(outcome.get());
  CHECK(writer.stats().health == store::Writer::Health::disk_full);
  writer.end_saving();
  CHECK(submit(writer, post(4)).get());
  CHECK(writer.stats().health == store::Writer::Health::ok);
  writer.stop();
  CHECK(read_back(f.file()).texts == std::vector<std::string>{"message 1", "message 4"});
}

TEST_CASE("jobs that come too late are told so") {
  WriterFixture f;
  auto writer = f.open();
  f.make_room(*writer);
  auto early = submit(*writer, post(1));
  writer->stop();
  CHECK(early.get());
  CHECK(submit(*writer, post(2)).get().error().code == ErrorCode::unavailable);
}

TEST_CASE("a job that is brought while the writer stops is answered once, whenever it comes") {
  class CountedJob final : public store::WriteJob {
   public:
    explicit CountedJob(std::atomic<int>& answers) : answers_(answers) {}
    Result<void> run(store::WriteTx&) override { return ok(); }
    void finished(const Result<void>&) noexcept override { ++answers_; }

   private:
    std::atomic<int>& answers_;
  };
  constexpr int kThreads = 4;
  constexpr int kJobs = 50;
  WriterFixture f;
  for (int round = 0; round < 30; ++round) {
    auto writer = f.open();
    std::atomic<int> answers{0};
    std::atomic<bool> go{false};
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i)
      threads.emplace_back([&] {
        while (!go) std::this_thread::yield();
        for (int n = 0; n < kJobs; ++n) writer->submit(std::make_unique<CountedJob>(answers));
      });
    go = true;
    writer->stop();
    for (auto& thread : threads) thread.join();
    REQUIRE(answers == kThreads * kJobs);
  }
}

TEST_CASE("what a job changed in memory is undone with it: alone, and with its whole group") {
  WriterFixture f;
  FaultyVfs vfs;
  auto writer = f.open(vfs.name());
  f.make_room(*writer);
  int count = 0;
  const auto counted = [&](bool succeeds) {
    return [&count, succeeds](store::WriteTx& tx) -> Result<void> {
      tx.undo.push_back([&count, before = count] { count = before; });
      ++count;
      tx.db.run("UPDATE users SET email = ?", std::to_string(count));
      return succeeds ? ok() : Result<void>(forbidden("no", "No."));
    };
  };
  CHECK(submit(*writer, counted(true)).get());
  CHECK_FALSE(submit(*writer, counted(false)).get());
  CHECK(count == 1);
  vfs.arm(FaultyVfs::Fault::disk_full, 1, true);
  CHECK_FALSE(submit(*writer, counted(true)).get());
  vfs.disarm();
  CHECK(count == 1);
}

TEST_CASE("a seal that can't be made undoes its group, and the writer goes on") {
  WriterFixture f;
  auto db = store::open_database(f.file());
  REQUIRE(db);
  bool fails = false;
  store::Writer writer(std::move(*db), f.clock, {});
  writer.start({[&](store::WriteTx&) {
                  if (fails) throw std::bad_alloc();
                },
                {}});
  f.make_room(writer);
  fails = true;
  CHECK(submit(writer, post(1)).get().error().code == ErrorCode::internal);
  fails = false;
  CHECK(submit(writer, post(2)).get());
  writer.stop();
  const auto back = store::open_database(f.file());
  REQUIRE(back);
  CHECK((*back)->find<std::string>("SELECT group_concat(text) FROM messages") == "message 2");
}
