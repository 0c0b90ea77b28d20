#include "client/session/effect_runner.hpp"

#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <mutex>

#include <catch2/catch.hpp>

#include "client/model/update.hpp"
#include "client/session/single_instance.hpp"
#include "common/desk/session/credentials_file.hpp"
#include "protocol/json_text.hpp"
#include "tests/unit/client_session/temp_directory.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;

namespace {

// Remembers what was sent, and when: what the disk held by then.
class FakeLink final : public link::Port {
 public:
  struct Sent {
    std::string method;
    std::string params;
    link::RawDone done;
  };
  std::vector<Sent> sent;
  int resumed = 0;

  void fetch_pin(const std::string&, std::uint16_t) override {}
  void enter(const protocol::Introduction&, link::Way way) override {
    if (std::holds_alternative<Secret>(way)) ++resumed;
  }
  void retry_now() override {}
  void close() override {}
  void call(std::string method, std::string params, link::RawDone done) override {
    sent.push_back({std::move(method), std::move(params), std::move(done)});
  }
};

class QuietDesktop final : public Desktop {
 public:
  void open_url(const std::string&) override {}
  void open_path(const std::string&) override {}
};

// State and session as the program puts them together, without a window.
class Client {
 public:
  explicit Client(std::filesystem::path directory)
      : inbox_([this] {
          const std::lock_guard lock(mutex_);
          posted_ = true;
          something_.notify_one();
        }) {
    fold(Tick{from_unix_ms(1'795'160'000'000)});
    EffectRunner::Handlers handlers{[this](const Event& event) { fold(event); },
                                    [this] {
                                      return link::ResumePoint{state.epoch, resume_rooms(state)};
                                    }};
    runner_ = std::make_unique<EffectRunner>(desk::EffectRunner::Options{std::move(directory), {}}, inbox_,
                                             desktop_, handlers, [this](link::Port::Handlers) {
                                               auto link_port = std::make_unique<FakeLink>();
                                               link = link_port.get();
                                               return link_port;
                                             });
    wait_until([this] { return state.profile_loaded; });
  }

  State state;
  FakeLink* link = nullptr;

  void fold(const Event& event) {
    const auto effects = update(state, event);
    if (runner_) runner_->apply(effects);
  }
  void act(const Action& action) { runner_->apply(update(state, action)); }
  void wait_until(const std::function<bool()>& done) {
    while (!done()) {
      std::unique_lock lock(mutex_);
      REQUIRE(something_.wait_for(lock, std::chrono::seconds{60}, [this] { return posted_; }));
      posted_ = false;
      lock.unlock();
      inbox_.drain();
    }
  }
  void come_online() {
    protocol::SessionResume::Result resumed;
    resumed.user = {UserId{1}, "lena", "Lena", protocol::Role::member};
    resumed.epoch = 1;
    fold(resumed);
  }
  void answer(std::string_view method, std::string_view result) {
    const auto* sent = find_sent(method);
    REQUIRE(sent);
    sent->done(protocol::parse_json(result));
  }
  const FakeLink::Sent* find_sent(std::string_view method) const {
    for (const auto& one : link->sent)
      if (one.method == method) return &one;
    return nullptr;
  }

 private:
  std::mutex mutex_;
  std::condition_variable something_;
  bool posted_ = false;
  Inbox inbox_;
  QuietDesktop desktop_;
  std::unique_ptr<EffectRunner> runner_;
};

Credentials credentials() {
  return {{"office.example", 7443, sha256(as_bytes("ca"))},
          Secret("token"),
          {UserId{1}, "lena", "Lena", protocol::Role::member}};
}

protocol::RoomList::Result one_room() {
  protocol::MyRoom room;
  room.id = RoomId{12};
  room.name = "release-7";
  return {{room}};
}

}  // namespace

TEST_CASE("A message is in the cache file before it is on the wire, and survives the program") {
  const TempDirectory dir;
  REQUIRE(desk::save_credentials(dir.path() / "credentials.json", credentials()));
  {
    Client client(dir.path());
    CHECK(client.link->resumed == 1);
    client.come_online();
    client.answer("room.list", protocol::encode(one_room()));
    client.act(SendMessage{RoomId{12}, "hello"});
    CHECK(client.find_sent("message.post") == nullptr);
    client.wait_until([&] { return client.find_sent("message.post") != nullptr; });
    // What another program, or this one after a kill, would find at this moment.
    auto copy = sqlite::Connection::open(dir.path() / "cache.db", sqlite::Connection::Mode::read_only);
    REQUIRE(copy);
    CHECK((*copy)->find<std::string>("SELECT text FROM outbox") == "hello");
  }
  Client again(dir.path());
  REQUIRE(again.state.outbox.size() == 1);
  CHECK(again.state.open_room == RoomId{12});
  again.come_online();
  const auto* post = again.find_sent("message.post");
  REQUIRE(post);
  post->done(protocol::parse_json(R"({"seq":1,"at":1795160000001})"));
  CHECK(again.state.outbox.empty());
}

TEST_CASE("What is attached is there after a restart; a pasted text is a copy that goes with its message") {
  const TempDirectory dir;
  REQUIRE(desk::save_credentials(dir.path() / "credentials.json", credentials()));
  const auto plan = dir.path() / "plan.txt";
  std::ofstream(plan) << "ground floor";
  {
    Client client(dir.path());
    client.come_online();
    client.answer("room.list", protocol::encode(one_room()));
    // Without a connection nothing is sent: the server of these tests has no files.
    LinkChanged lost;
    lost.state = LinkChanged::State::offline;
    client.fold(lost);
    client.act(AttachFiles{RoomId{12}, {plan.string(), dir.path().string()}});
    client.act(AttachText{RoomId{12}, "much text"});
    client.wait_until([&] { return client.state.uploads.size() == 2; });
    // A folder isn't a file, and says so.
    CHECK(client.state.toasts.props().at(0).text.find("is a folder") != std::string::npos);
  }
  // What no upload has is swept away at a start.
  const auto stray = dir.path() / "outgoing" / "0000000000000000";
  std::filesystem::create_directories(stray);
  std::string copy;
  {
    Client again(dir.path());
    REQUIRE(again.state.uploads.size() == 2);
    CHECK(again.state.uploads[0].row.name == "plan.txt");
    CHECK(again.state.uploads[0].row.size == 12);
    CHECK(again.state.uploads[1].row.name == "Pasted text.txt");
    copy = again.state.uploads[1].row.path;
    CHECK(std::filesystem::exists(copy));
    again.act(RemoveUpload{again.state.uploads[1].row.key});
    again.act(RemoveUpload{again.state.uploads[0].row.key});
    // The thread for this PC's files does one thing after the other: when it has answered, the copy is gone.
    again.act(AttachFiles{RoomId{12}, {plan.string()}});
    again.wait_until([&] { return again.state.uploads.size() == 1; });
    CHECK_FALSE(std::filesystem::exists(stray));
    CHECK_FALSE(std::filesystem::exists(copy));
  }
  // The person's own file stays.
  CHECK(std::filesystem::exists(plan));
}

TEST_CASE("Credentials are for the person's own account alone, and a broken file is said") {
  const TempDirectory dir;
  const auto file = dir.path() / "credentials.json";
  CHECK_FALSE(desk::load_credentials(file)->has_value());
  REQUIRE(desk::save_credentials(file, credentials()));
  CHECK((std::filesystem::status(file).permissions() & std::filesystem::perms::all) ==
        (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
  const auto loaded = desk::load_credentials(file);
  REQUIRE(loaded);
  CHECK((*loaded)->server.host == "office.example");
  CHECK((*loaded)->server.ca_pin == credentials().server.ca_pin);
  CHECK((*loaded)->token.reveal() == "token");
  CHECK_FALSE((*loaded)->server.next_pin);
  auto both = credentials();
  both.server.next_pin = sha256(as_bytes("the next key"));
  REQUIRE(desk::save_credentials(file, both));
  CHECK((*desk::load_credentials(file))->server.next_pin == both.server.next_pin);
  std::filesystem::resize_file(file, 20);
  CHECK_FALSE(desk::load_credentials(file));
}

TEST_CASE("Only web and mail links leave the program") {
  CHECK(may_open("https://example.org/a?b=c"));
  CHECK(may_open("HTTP://example.org"));
  CHECK(may_open("mailto:lena@example.org"));
  CHECK_FALSE(may_open("file:///etc/passwd"));
  CHECK_FALSE(may_open("javascript:alert(1)"));
  CHECK_FALSE(may_open("-h"));
  CHECK_FALSE(may_open("https://example.org/a b"));
  CHECK_FALSE(may_open("https://example.org/\n"));
}

TEST_CASE("A second start hands its link over and ends; after the first has gone it may start") {
  const TempDirectory dir;
  auto first = SingleInstance::claim(dir.path(), "");
  REQUIRE(first);
  REQUIRE(*first);
  std::mutex mutex;
  std::condition_variable came;
  std::string received;
  (*first)->listen([&](std::string link) {
    const std::lock_guard lock(mutex);
    received = std::move(link);
    came.notify_one();
  });
  const auto second = SingleInstance::claim(dir.path(), "wardroom://office:7443/");
  REQUIRE(second);
  CHECK_FALSE(*second);
  {
    std::unique_lock lock(mutex);
    REQUIRE(came.wait_for(lock, std::chrono::seconds{60}, [&] { return !received.empty(); }));
  }
  CHECK(received == "wardroom://office:7443/");
  first->reset();
  const auto third = SingleInstance::claim(dir.path(), "");
  REQUIRE(third);
  CHECK(*third);
}
