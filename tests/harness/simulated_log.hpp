#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "common/base/clock.hpp"
#include "common/tlog/cosignature.hpp"
#include "common/tlog/wire.hpp"
#include "common/tlog/witness.hpp"

// A server's audit log without a server: a small tree with signed heads, which can be cut, rewritten and
// restored like the real one, for those who watch it.
namespace wardroom::test {

class SimulatedLog {
 public:
  explicit SimulatedLog(std::int64_t records = 0) { grow(records); }

  void grow(std::int64_t records, const std::string& what = "record") {
    for (std::int64_t i = 0; i < records; ++i)
      append(R"({"v":1,"idx":)" + std::to_string(lines.size()) +
             R"(,"ts":"2026-11-20T09:00:00.000Z","type":")" + what + R"("})");
  }
  void append(std::string line) { lines.push_back(std::move(line)); }
  // An old copy of its files, put in place without a word.
  void cut_to(std::int64_t size) { lines.resize(static_cast<std::size_t>(size)); }
  // A backup that the log itself speaks of.
  void restore_from(std::int64_t size) {
    cut_to(size);
    restores.push_back(size);
    grow(1, "server.backup_restored");
  }
  void rotate_key() {
    tlog::SigningKey next("office.example/audit", tlog::SigningKey::make_seed());
    rotations.push_back(tlog::sign_rotation(key, next, size()));
    key = std::move(next);
  }
  void replace_key() {
    key = tlog::SigningKey("office.example/audit", tlog::SigningKey::make_seed());
    rotations.clear();
  }

  std::int64_t size() const { return static_cast<std::int64_t>(lines.size()); }
  protocol::AuditRecord record(std::int64_t index) const {
    const auto& line = lines.at(static_cast<std::size_t>(index));
    return {AuditIndex{index}, to_hex(tlog::leaf_hash(as_bytes(line))), line};
  }
  std::string note() const { return key.sign(head_text()); }
  std::string head_text() const {
    return tlog::compose_checkpoint({key.verifier().name(), size(), tlog::root_at(reader(), size())});
  }

  protocol::AuditCheckpoint::Result checkpoint(TimePoint at = {}) const {
    protocol::AuditCheckpoint::Result result{
        note(), size(), at, key.verifier().to_string(), rotations, {}, clock_doubt_ms, check, {}};
    for (const std::int64_t index : restores) {
      const auto nodes = tlog::prove_leaves(reader(), std::span(&index, 1), size());
      result.restores.push_back({record(index), tlog::to_wire(nodes)});
    }
    for (const auto& [other, cosigned] : others) {
      if (!result.cosigned) result.cosigned.emplace();
      const auto head = tlog::parse_checkpoint(cosigned);
      result.cosigned->push_back({other.to_string(), cosigned,
                                  tlog::to_wire(tlog::prove_consistency(reader(), head->size, size()))});
    }
    return result;
  }
  // Another device vouches for the log as it is now.
  void let_another_cosign(TimePoint at, char which = 'o') {
    const auto other = tlog::Cosigner::of_device(key.verifier().name(), Secret(std::string(32, which)));
    others.emplace_back(other.key(), note() + other.cosign_line(head_text(), at));
  }
  Result<protocol::Empty> add_witness(const protocol::AuditAddWitness::Params& params) {
    const auto parsed = tlog::CosignerKey::parse(params.key);
    if (!parsed) return parsed.error();
    witnesses.push_back(*parsed);
    return protocol::Empty{};
  }
  // Takes it as the server does, when it is right.
  Result<protocol::Empty> cosign(const protocol::AuditCosign::Params& params) {
    const auto parsed = tlog::CosignerKey::parse(params.key);
    if (!parsed || std::find(witnesses.begin(), witnesses.end(), *parsed) == witnesses.end())
      return conflict("unknown_witness", "Make it known.");
    const auto opened = tlog::open_cosignature(note() + params.cosignature, *parsed);
    if (!opened) return opened.error();
    cosignatures.push_back(params);
    return protocol::Empty{};
  }
  Result<protocol::AuditConsistency::Result> consistency(
      const protocol::AuditConsistency::Params& params) const {
    if (params.from < 0 || params.from > params.to || params.to > size())
      return params_error("params.from", "The log has only " + std::to_string(size()) + " records.");
    const auto proof = tlog::prove_consistency(reader(), params.from, params.to);
    return protocol::AuditConsistency::Result{tlog::to_wire(proof)};
  }
  Result<protocol::AuditProof::Result> proof(const protocol::AuditProof::Params& params) const {
    const std::int64_t of = params.size.value_or(size());
    if (of > size())
      return params_error("params.size", "The log has only " + std::to_string(size()) + " records.");
    std::vector<std::int64_t> leaves;
    for (const AuditIndex index : params.records) leaves.push_back(index.value);
    return protocol::AuditProof::Result{of, tlog::to_wire(tlog::prove_leaves(reader(), leaves, of))};
  }

  std::vector<std::string> lines;
  tlog::SigningKey key{"office.example/audit", tlog::SigningKey::make_seed()};
  std::vector<std::string> rotations;
  std::optional<std::int64_t> clock_doubt_ms;
  std::optional<protocol::LastCheck> check;
  std::vector<std::int64_t> restores;
  std::vector<tlog::CosignerKey> witnesses;
  std::vector<protocol::AuditCosign::Params> cosignatures;        // that were taken, in order
  std::vector<std::pair<tlog::CosignerKey, std::string>> others;  // devices, and the notes that they cosigned

 private:
  tlog::ReadNode reader() const {
    return [this](tlog::NodeId id) { return node(id); };
  }
  Digest node(tlog::NodeId id) const {
    if (id.level == 0) return tlog::leaf_hash(as_bytes(lines.at(static_cast<std::size_t>(id.index))));
    return tlog::node_hash(node({id.level - 1, id.index * 2}), node({id.level - 1, id.index * 2 + 1}));
  }
};

}  // namespace wardroom::test
