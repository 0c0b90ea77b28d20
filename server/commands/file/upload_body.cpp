#include <utility>

#include "common/base/log.hpp"
#include "server/commands/file/gateway.hpp"

namespace wardroom::commands {
namespace {

// How many blocks are written between two looks at the disk's room: 8 MiB.
constexpr std::uint64_t kBlocksBetweenLooks = 128;

}  // namespace

FileGateway::IncomingPtr FileGateway::find(const realtime::Peer& peer) {
  const std::lock_guard lock(mutex_);
  const auto found = incoming_.find(peer.id);
  return found == incoming_.end() ? nullptr : found->second;
}

FileGateway::IncomingPtr FileGateway::remove(const realtime::PeerId& peer) {
  const std::lock_guard lock(mutex_);
  const auto found = incoming_.find(peer);
  if (found == incoming_.end()) return nullptr;
  auto incoming = std::move(found->second);
  incoming_.erase(found);
  return incoming;
}

// From any thread: the body may come when the upload's file stands where the sender thinks.
void FileGateway::receive(const FileExchangePtr& exchange, std::int64_t offset) {
  work(exchange, [this, exchange, offset] {
    const auto incoming = std::make_shared<Incoming>();
    incoming->exchange = exchange;
    incoming->upload = services_.files->find_upload(exchange->id, exchange->size);
    const auto turn = incoming->upload->begin(offset, exchange->checksum);
    if (!turn) return refuse(*exchange, turn.error());
    incoming->turn = *turn;
    services_.hub.run_on(exchange->call->peer, [this, incoming](realtime::Peer& peer) {
      {
        const std::lock_guard lock(mutex_);
        incoming_[peer.id] = incoming;
      }
      peer.receive();
    });
  });
}

// Written when the block is full: each hand-over wakes two threads, which costs as much as what they do then.
bool FileGateway::take(realtime::Peer& peer, std::string_view piece) {
  const auto incoming = find(peer);
  if (!incoming) return false;
  if (incoming->block.empty()) incoming->block.reserve(kBlockBytes);
  incoming->block += piece;
  if (incoming->block.size() + realtime::RequestSink::kMaxBodyPiece <= kBlockBytes) return true;
  write_block(peer, incoming);
  return false;
}

void FileGateway::write_block(realtime::Peer& peer, const IncomingPtr& incoming) {
  const bool looks = incoming->blocks++ % kBlocksBetweenLooks == 0;
  incoming->writing = true;
  const bool taken = services_.files->workers.submit([this, incoming, looks] {
    auto written = looks ? check_free() : ok();
    if (written) written = incoming->upload->append(incoming->turn, incoming->block);
    services_.hub.run_on(incoming->exchange->call->peer, [this, incoming, written](realtime::Peer& self) {
      on_written(self, incoming, written);
    });
  });
  if (taken) return;
  remove(peer.id);
  fail(incoming, unavailable("Too many files are on their way. Go on in a moment.", std::chrono::seconds{2}));
}

Result<void> FileGateway::check_free() const {
  const auto limit = services_.settings.load()->files.free_bytes;
  const auto free = services_.files->free_bytes();
  if (!free || *free >= limit) return ok();
  return make_error(ErrorCode::unavailable,
                    "The server's disk is nearly full: " + in_megabytes(limit) +
                        " stay free there (files.free_mib). The upload can go on when there is room again.",
                    "disk_full");
}

void FileGateway::on_written(realtime::Peer& peer, const IncomingPtr& incoming, const Result<void>& written) {
  if (find(peer) != incoming) return;  // it was given up meanwhile
  incoming->writing = false;
  incoming->block.clear();
  if (!written) {
    remove(peer.id);
    return fail(incoming, written.error());
  }
  incoming->ended ? end_body(incoming) : peer.receive();
}

void FileGateway::end(realtime::Peer& peer) {
  const auto incoming = find(peer);
  if (!incoming) return;
  incoming->ended = true;
  if (!incoming->writing) end_body(incoming);
}

void FileGateway::end_body(const IncomingPtr& incoming) {
  const auto& exchange = incoming->exchange;
  remove(exchange->call->peer);
  work(exchange, [this, incoming, exchange] {
    auto& upload = *incoming->upload;
    if (auto rest = write_rest(*incoming); !rest) {
      upload.break_off(incoming->turn);
      return refuse(*exchange, rest.error());
    }
    const auto length = upload.end(incoming->turn);
    if (!length) return refuse(*exchange, length.error());
    if (*length == exchange->size) return complete(exchange, incoming->upload);
    answer_offset(services_, *exchange, *length);
  });
}

// A worker's, when no more comes.
Result<void> FileGateway::write_rest(const Incoming& incoming) const {
  if (incoming.block.empty()) return ok();
  if (auto free = check_free(); !free) return free;
  return incoming.upload->append(incoming.turn, incoming.block);
}

// What came so far stays, unless it was to be summed up: the sender asks where to go on.
void FileGateway::fail(const IncomingPtr& incoming, const Error& error) {
  (void)services_.files->workers.submit([incoming] { incoming->upload->break_off(incoming->turn); });
  refuse(*incoming->exchange, error);
}

void FileGateway::forget(const realtime::Peer& peer) noexcept {
  try {
    const auto incoming = remove(peer.id);
    if (!incoming) return;
    // What came counts, whole block or not; what is with a worker is being written.
    const bool has_rest = !incoming->writing;
    (void)services_.files->workers.submit([this, incoming, has_rest] {
      if (has_rest) (void)write_rest(*incoming);
      incoming->upload->break_off(incoming->turn);
    });
  } catch (const std::exception& e) {  // the next turn of the upload breaks it off
    spdlog::error("files.not_forgotten what=\"{}\"", e.what());
  }
}

}  // namespace wardroom::commands
