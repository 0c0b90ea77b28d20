#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "server/commands/file/exchange.hpp"
#include "server/commands/file/file_store.hpp"
#include "server/commands/group_batch.hpp"

namespace wardroom::commands {

// The bytes of files over HTTP: up by tus under /api/v1/uploads, down under /api/v1/files. Its public members
// run on the network threads and don't block; what waits for the disk goes to the store's workers, what asks
// the database to readers and the writer.
class FileGateway {
 public:
  // Everything outlives it.
  FileGateway(Services& services, GroupBatch& batch) : services_(services), batch_(batch) {}

  // A request of somebody who is signed in and has no duty.
  void begin(const std::shared_ptr<const Call>& call, realtime::FileRequest request);
  // As RequestSink's.
  bool take(realtime::Peer& peer, std::string_view piece);
  void end(realtime::Peer& peer);
  void forget(const realtime::Peer& peer) noexcept;

 private:
  // What is held of an upload: it fills from the socket, then it is written.
  static constexpr std::size_t kBlockBytes = 64 * 1024;
  static_assert(kBlockBytes >= 2 * realtime::RequestSink::kMaxBodyPiece);

  // A body that comes. On its peer's network thread, but for `upload` and `turn`, which don't change.
  struct Incoming {
    FileExchangePtr exchange;
    std::shared_ptr<files::Upload> upload;
    files::Upload::Turn turn = 0;
    std::string block;  // what came and isn't written; a worker's while `writing`
    std::uint64_t blocks = 0;
    bool writing = false;
    bool ended = false;  // all of it has come
  };
  using IncomingPtr = std::shared_ptr<Incoming>;

  void route(const FileExchangePtr& exchange);
  void refuse(const FileExchange& exchange, const Error& error) { refuse_file(services_, exchange, error); }
  // Runs it on a worker; where there is none, the request is refused.
  void work(const FileExchangePtr& exchange, std::function<void()> job);

  // upload_begin.cpp
  void create(const FileExchangePtr& exchange);
  Result<void> read_creation(FileExchange& exchange) const;
  Result<void> check_room_for(ReadContext& context, const FileExchange& exchange) const;
  void store_upload(const FileExchangePtr& exchange);
  void go_on(const FileExchangePtr& exchange);
  void tell_offset(const FileExchangePtr& exchange);
  void terminate(const FileExchangePtr& exchange);
  // Finds the caller's own upload; `then` runs on a reader.
  void find_own(const FileExchangePtr& exchange, std::function<void(const store::FileRow&)> then);

  // upload_body.cpp
  void receive(const FileExchangePtr& exchange, std::int64_t offset);
  void write_block(realtime::Peer& peer, const IncomingPtr& incoming);
  void on_written(realtime::Peer& peer, const IncomingPtr& incoming, const Result<void>& written);
  void end_body(const IncomingPtr& incoming);
  void fail(const IncomingPtr& incoming, const Error& error);
  IncomingPtr find(const realtime::Peer& peer);
  IncomingPtr remove(const realtime::PeerId& peer);
  Result<void> write_rest(const Incoming& incoming) const;
  Result<void> check_free() const;

  // upload_end.cpp; on a thread that may wait for the disk.
  struct Whole {
    Digest content{};
    std::string type;
    std::string_view scan;  // of the virus scanner, for the record; empty: it isn't asked
  };
  void complete(const FileExchangePtr& exchange, const std::shared_ptr<files::Upload>& upload);
  void have_scanned(const FileExchangePtr& exchange, Whole whole, const FileLimits& limits);
  void keep_whole(const FileExchangePtr& exchange, const Whole& whole);
  void refuse_type(const FileExchangePtr& exchange, const std::string& type);
  void refuse_infected(const FileExchangePtr& exchange, const std::string& signature);
  // What can't be taken goes: to keep it would only fill the disk.
  void refuse_for_good(const FileExchangePtr& exchange, const Error& error,
                       std::function<void(WriteContext&, const store::FileRow&)> also = {});

  // download.cpp
  void download(const FileExchangePtr& exchange);
  void hand_out(const FileExchangePtr& exchange, const store::FileRow& file);

  Services& services_;
  GroupBatch& batch_;
  std::mutex mutex_;
  std::map<realtime::PeerId, IncomingPtr> incoming_;
};

}  // namespace wardroom::commands
