#include "tests/harness/office.hpp"

#include <future>
#include <sodium.h>

#include <catch2/catch.hpp>

#include "common/sqlite/transaction.hpp"
#include "protocol/events.hpp"
#include "server/audit/log.hpp"
#include "server/credentials/token.hpp"
#include "server/store/clock_state.hpp"
#include "server/store/database.hpp"
#include "server/store/sessions.hpp"
#include "server/store/users.hpp"

namespace wardroom::testing {
namespace {

// The least that libsodium accepts: the tests are about the rules, not about the cost.
constexpr credentials::HashCost kCheap{8, 1};
// A hang, and no slow machine: walks with browsers may run beside.
constexpr std::chrono::seconds kPatience{60};

// The JSON text in an unmasked text frame.
std::string text_of(const realtime::Frame& frame) {
  const auto length = static_cast<unsigned char>(frame.bytes[1]);
  const std::size_t header = length < 126 ? 2 : length == 126 ? 4 : 10;
  return frame.bytes.substr(header);
}

// Says when the writer has come to it.
class MarkJob final : public store::WriteJob {
 public:
  MarkJob(std::shared_ptr<std::atomic<bool>> ran, ManualExecutor& executor)
      : ran_(std::move(ran)), executor_(executor) {}
  Result<void> run(store::WriteTx&) override { return ok(); }
  void finished(const Result<void>&) noexcept override {
    *ran_ = true;
    executor_.wake();
  }

 private:
  std::shared_ptr<std::atomic<bool>> ran_;
  ManualExecutor& executor_;
};

}  // namespace

void ManualExecutor::post(std::function<void()> work) {
  {
    std::lock_guard lock(mutex_);
    queue_.push_back(std::move(work));
  }
  wake_.notify_all();
}

void ManualExecutor::wait(std::chrono::microseconds most) {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, most, [&] { return !queue_.empty() || woken_; });
  woken_ = false;
}

void ManualExecutor::wake() {
  {
    std::lock_guard lock(mutex_);
    woken_ = true;
  }
  wake_.notify_all();
}

bool ManualExecutor::run() {
  std::deque<std::function<void()>> work;
  {
    std::lock_guard lock(mutex_);
    work.swap(queue_);
  }
  for (auto& item : work) item();
  return !work.empty();
}

std::function<void()> ManualExecutor::take_next() {
  std::lock_guard lock(mutex_);
  if (queue_.empty()) return {};
  auto work = std::move(queue_.front());
  queue_.pop_front();
  return work;
}

void TestPeer::deliver(const realtime::FramePtr& frame) {
  if (closed) return;
  auto json = boost::json::parse(text_of(*frame)).as_object();
  (json.contains("id") ? results : events).push_back(std::move(json));
}

void TestPeer::answer(realtime::HttpAnswer answer) {
  downloaded.clear();
  wants_body = false;
  answers.push_back(std::move(answer));
}

void TestPeer::send_more(std::string piece) {
  broke_off = broke_off || piece.empty();
  downloaded += piece;
}

void TestPeer::close(protocol::CloseCode code, std::string_view) {
  if (!closed) closed = code;
}

Office::Office() {
  REQUIRE(sodium_init() >= 0);
  settings.member_cost = settings.admin_cost = kCheap;
  settings.request_rate = {1000, 1000};
  settings.message_rate = {1000, 1000};
  settings.files.free_bytes = 0;  // whatever this machine has
  REQUIRE(credentials::create_seal_key(dir_.path() / "seal.key"));
  start();
}

Office::~Office() = default;

std::unique_ptr<sqlite::Connection> Office::open_database() {
  auto db = store::open_database(dir_.path() / "wardroom.db");
  REQUIRE(db);
  // What the tests look at is durability across processes, not across power cuts; those have their own tests.
  REQUIRE((*db)->run_script("PRAGMA synchronous = OFF"));
  return std::move(*db);
}

void Office::start() {
  auto db = open_database();
  if (store::load_epoch(*db) == 0) store::store_epoch(*db, 1);
  const auto epoch = store::load_epoch(*db);
  auto readers = store::Readers::open(dir_.path() / "wardroom.db", 1, 1000);
  REQUIRE(readers);
  const auto index_file = dir_.path() / "search.db";
  auto index = store::SearchIndex::open(index_file, dir_.path() / "wardroom.db");
  REQUIRE(index);
  auto searchers = store::Readers::open(
      dir_.path() / "wardroom.db", 1, 1000,
      [&](sqlite::Connection& connection) { return store::attach_search_index(connection, index_file); });
  REQUIRE(searchers);
  auto signer = audit::HeadSigner::open(*db, dir_.path(), "office.test/wardroom", believed->now());
  REQUIRE(signer);
  auto seal = credentials::Seal::load(dir_.path() / "seal.key");
  REQUIRE(seal);
  auto asked = sqlite::Connection::open(dir_.path() / "wardroom.db", sqlite::Connection::Mode::read_only);
  REQUIRE(asked);
  auto files = std::make_unique<commands::FileStore>(dir_.path() / "files", std::move(*asked), 2, 1000);
  core_ = std::make_unique<app::Core>(
      *believed,
      app::Core::Stored{std::move(db), std::move(*readers), std::move(*searchers), std::move(*index),
                        std::move(*signer), std::move(*seal), epoch, std::move(files)},
      // The office's clock stands still: a refusal doesn't wait.
      app::Core::Limits{
          .writer = {}, .hashing = {1, 200, 100, kCheap}, .refusal = std::chrono::milliseconds{0}},
      settings, [](const realtime::PageRequest&) { return realtime::HttpAnswer{}; });
  core_->start({&executor_});
}

void Office::restart() {
  core_.reset();
  executor_.run();
  start();
}

void Office::restart(std::chrono::milliseconds moved) {
  core_.reset();
  executor_.run();
  {
    const auto db = open_database();
    store::store_clock(*db, believed->kept());
    clock.move_wall(moved);
    believed.emplace(clock, store::load_clock(*db, clock.now()));
    REQUIRE_FALSE(db->failure());
  }
  start();
}

Office::Person Office::add_person(const std::string& name, protocol::Role role) {
  return add_person(*open_database(), name, role);
}

Office::Person Office::add_person(sqlite::Connection& db, const std::string& name, protocol::Role role) {
  std::string display_name = name;
  display_name[0] = static_cast<char>(std::toupper(display_name[0]));
  const auto id = store::insert_user(db, {name, display_name, role, {}, false}, clock.now());
  REQUIRE(id);
  store::update_password(db, *id, Bytes{std::byte{1}}, false);
  const auto token = credentials::make_token();
  store::insert_session(
      db, {*id, token.digest, "test", "test 1", "192.0.2.1", clock.now() + std::chrono::days{30}},
      clock.now());
  REQUIRE_FALSE(db.failure());
  return {*id, std::string(token.text.reveal())};
}

void Office::record_person(UserId id) {
  settle();
  auto db = open_database();
  sqlite::Transaction transaction(*db, sqlite::Transaction::Kind::write);
  store::WriteTx tx{*db, clock.now(), {}};
  const auto row = store::find_user(*db, id);
  REQUIRE(row);
  const std::string role(enum_name(row->account.role));
  audit::Record made{.type = audit::Type::user_created};
  made.target = {"user", id.value, row->account.name};
  made.after = {{"role", role}};
  audit::append_record(tx, made);
  audit::Record session{.type = audit::Type::session_created};
  session.actor = {audit::Actor::Kind::user, id, row->account.name, role};
  session.ip = "192.0.2.1";
  session.client = "test 1";
  session.target = {
      "session", db->find<std::int64_t>("SELECT id FROM sessions WHERE user_id = ?", id).value_or(0), "test"};
  audit::append_record(tx, session);
  REQUIRE(transaction.commit());
}

void Office::set_password(UserId id, const std::string& password) {
  const auto phc = credentials::hash_password(Secret(password), kCheap);
  REQUIRE(phc);
  auto db = open_database();
  store::update_password(*db, id, core_->seal.seal(id, *phc), false);
}

std::shared_ptr<TestPeer> Office::connect(const std::string& ip) {
  auto peer = std::make_shared<TestPeer>();
  peer->id = {0, next_serial_++};
  peer->source = {ip, ip == "127.0.0.1", false, "1.3"};
  peers_.push_back(peer);
  core_->dispatcher.on_open(*peer);
  return peer;
}

void Office::disconnect(const std::shared_ptr<TestPeer>& peer) {
  core_->dispatcher.on_closed(*peer);
}

void Office::run_ready() {
  while (executor_.run()) {
  }
}

void Office::wait_until(const std::function<bool()>& done) {
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  for (;;) {
    run_ready();
    if (done()) return;
    if (std::chrono::steady_clock::now() > deadline) FAIL("the server gave no answer within a minute");
    executor_.wait(std::chrono::microseconds{200});
  }
}

std::function<void()> Office::hold_next_work() {
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  for (;;) {
    if (auto work = executor_.take_next()) return work;
    if (std::chrono::steady_clock::now() > deadline)
      FAIL("nothing to do for the network thread within a minute");
    executor_.wait(std::chrono::microseconds{200});
  }
}

std::function<void()> Office::take_read_work() {
  wait_for_reader();
  return executor_.take_next();
}

// There is one, which takes what it is asked for in its order.
void Office::wait_for_reader() {
  std::promise<void> reached;
  core_->readers->submit([&](sqlite::Connection&) { reached.set_value(); },
                         [&](const Error&) { reached.set_value(); });
  reached.get_future().wait();
}

void Office::send_text(TestPeer& peer, const std::string& text) {
  core_->dispatcher.on_text(peer, text);
}

boost::json::object Office::call(TestPeer& peer, const std::string& method,
                                 const boost::json::object& params) {
  const std::int64_t id = next_request_++;
  send_text(peer, protocol::compose_request(id, method, boost::json::serialize(params)));
  wait_until([&] { return !peer.results.empty() || peer.closed; });
  if (peer.results.empty()) return {{"closed", static_cast<int>(*peer.closed)}};
  auto response = std::move(peer.results.front());
  peer.results.pop_front();
  REQUIRE(response["id"] == id);
  return response;
}

boost::json::object Office::post(const std::string& method, const std::string& body,
                                 const std::string& token) {
  auto peer = connect();
  call_http(*peer, method, body, token);
  auto json = boost::json::parse(peer->answers.front().body).as_object();
  json["status"] = peer->answers.front().status;
  disconnect(peer);
  return json;
}

void Office::call_http(TestPeer& peer, const std::string& method, const std::string& body,
                       const std::string& token) {
  call_http(peer, {.method = method, .body = body, .token = token});
}

void Office::call_http(TestPeer& peer, const realtime::HttpCall& call) {
  const std::size_t before = peer.answers.size();
  core_->dispatcher.on_call(peer, call);
  wait_until([&] { return peer.answers.size() > before; });
}

Office::FileAnswer Office::request_file(realtime::FileRequest request, std::string_view body,
                                        const std::shared_ptr<TestPeer>& given) {
  const auto peer = given ? given : connect();
  if (request.body_bytes == 0) request.body_bytes = static_cast<std::int64_t>(body.size());
  const std::size_t before = peer->answers.size();
  peer->wants_body = false;
  core_->dispatcher.on_file(*peer, std::move(request));
  bool told_end = false;
  wait_until([&] {
    while (peer->wants_body && !body.empty() && peer->answers.size() == before) {
      const auto piece = body.substr(0, realtime::RequestSink::kMaxBodyPiece);
      body.remove_prefix(piece.size());
      peer->wants_body = core_->dispatcher.on_body(*peer, piece);
    }
    if (peer->wants_body && body.empty() && !std::exchange(told_end, true))
      core_->dispatcher.on_body_end(*peer);
    return peer->answers.size() > before;
  });
  realtime::HttpAnswer answer = peer->answers.back();
  FileAnswer result{answer.status, answer.headers, answer.body, false};
  if (answer.more) {
    peer->broke_off = false;
    const auto length = static_cast<std::size_t>(answer.length);
    while (peer->downloaded.size() < length && !peer->broke_off) {
      const std::size_t had = peer->downloaded.size();
      answer.more(*peer);
      wait_until([&] { return peer->downloaded.size() > had || peer->broke_off; });
    }
    result.body = peer->downloaded;
    result.broke_off = peer->broke_off;
  }
  if (!given) disconnect(peer);
  return result;
}

void Office::tick() {
  core_->each_second();
  settle();
}

commands::Services& Office::services() {
  return core_->services;
}

realtime::RequestSink& Office::dispatcher() {
  return core_->dispatcher;
}

commands::GroupBatch& Office::batch() {
  return core_->batch;
}

void Office::index_messages() {
  settle();
  REQUIRE(core_->indexer.catch_up());
}

void Office::settle() {
  // A group publishes after its last job: when a job of the next one has run, that has happened.
  wait_for_writer();
  wait_for_writer();
  run_ready();
}

void Office::apply_retention() {
  commands::submit_retention(core_->services, core_->batch);
  wait_until([&] { return !core_->services.retention.runs(); });
  wait_for_writer();
  run_ready();
}

void Office::wait_for_writer() {
  const auto ran = std::make_shared<std::atomic<bool>>(false);
  core_->writer.submit(std::make_unique<MarkJob>(ran, executor_));
  wait_until([&] { return ran->load(); });
}

}  // namespace wardroom::testing
