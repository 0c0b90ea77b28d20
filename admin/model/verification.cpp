#include "admin/model/verification.hpp"

#include <algorithm>

#include "common/tlog/wire.hpp"

namespace wardroom::admin {
namespace {

using Verdict = LogRecord::Verdict;

constexpr std::size_t kMostAtOnce = 200;
constexpr std::chrono::seconds kPause{3};

std::vector<LogRecord*> open_records(AuditState& audit, std::int64_t size) {
  std::vector<LogRecord*> open;
  for (auto& record : audit.records)
    if (record.verdict == Verdict::open && record.idx.value < size) open.push_back(&record);
  return open;
}

bool is_newer_shown(const AuditState& audit, std::int64_t size) {
  return std::any_of(audit.records.begin(), audit.records.end(), [&](const LogRecord& record) {
    return record.verdict == Verdict::open && record.idx.value >= size;
  });
}

bool gives_root(const std::vector<LogRecord*>& records, const AuditState& audit,
                const protocol::AuditProof::Result& proof) {
  std::vector<protocol::AuditRecord> wire;
  wire.reserve(records.size());
  for (const auto* record : records) wire.push_back({record->idx, record->server_leaf, record->line});
  const auto root = tlog::root_with(audit.proving->size, wire, proof.nodes);
  return root && *root == audit.proving->root;
}

}  // namespace

void verify_records(Turn& turn) {
  State& state = turn.state;
  auto& audit = state.audit;
  if (!state.online()) audit.proving.reset();
  const auto& head = state.witness.watch.checked_head();
  if (!state.online() || state.page != Page::audit || !head || audit.proving) return;
  if (is_newer_shown(audit, head->size)) state.witness.watch.compare_soon();
  if (state.now < audit.proof_retry_at) return;
  const auto open = open_records(audit, head->size);
  if (open.empty()) return;
  protocol::AuditProof::Params params;
  params.size = head->size;
  for (const auto* record : open) {
    if (params.records.size() == std::min(audit.proof_limit, kMostAtOnce)) break;
    params.records.push_back(record->idx);
  }
  // As they are shown; the tree's order is the ascending one.
  std::sort(params.records.begin(), params.records.end());
  if (turn.call<protocol::AuditProof>(std::move(params))) audit.proving = *head;
}

void fold(Turn& turn, const Answer<protocol::AuditProof>& answer) {
  State& state = turn.state;
  auto& audit = state.audit;
  if (!audit.proving || answer.params.size != audit.proving->size) return;
  std::vector<LogRecord*> asked;
  for (auto& record : audit.records)
    if (std::binary_search(answer.params.records.begin(), answer.params.records.end(), record.idx))
      asked.push_back(&record);
  const bool whole = asked.size() == answer.params.records.size();
  if (!answer.result) {
    audit.proof_retry_at =
        state.now + std::max<std::chrono::milliseconds>(kPause, answer.result.error().retry_after);
  } else if (whole && gives_root(asked, audit, *answer.result)) {
    for (auto* record : asked) record->verdict = Verdict::verified;
    audit.proof_limit = std::min(audit.proof_limit * 2, kMostAtOnce);
  } else if (whole && asked.size() == 1) {
    asked.front()->verdict = Verdict::wrong;
    if (!audit.mismatch) audit.mismatch = asked.front()->idx;
  } else if (whole) {
    // One of them at least is wrong: which one is found by halves.
    audit.proof_limit = asked.size() / 2;
  }
  audit.proving.reset();
}

void show_watch(Turn& turn, bool open) {
  turn.state.watch_open = open;
}

void fold(Turn& turn, const Answer<protocol::AuditCheckpoint>& answer) {
  State& state = turn.state;
  if (answer.result) {
    state.clock_doubt = std::chrono::milliseconds{answer.result->clock_doubt_ms.value_or(0)};
    state.check = answer.result->check;
    state.check_told_at = state.now;
  }
  state.witness.watch.answer(answer.result, state.wall);
}

}  // namespace wardroom::admin
