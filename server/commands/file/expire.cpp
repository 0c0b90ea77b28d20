#include "server/commands/file/expire.hpp"

#include "common/base/log.hpp"
#include "server/commands/file/file_store.hpp"
#include "server/commands/step_job.hpp"

namespace wardroom::commands {
namespace {

// The next round takes what is left.
constexpr std::int64_t kUploadsAStep = 500;

struct Ended {
  std::vector<Uuid> uploads;
  std::vector<Digest> contents;
};

// Of what never came whole there is no record, as there is none of its beginning.
void end_upload(WriteContext& context, const store::FileRow& file, Ended& ended) {
  store::remove_file(context.db(), file.id);
  ended.uploads.push_back(file.id);
  if (!file.sha256) return;
  ended.contents.push_back(*file.sha256);
  audit::Record record{.type = audit::Type::file_deleted, .reason = "It was posted nowhere in its time."};
  record.room = file.room;
  record.before = {{"file", to_string(file.id)}, {"size", file.size}};
  context.append(record);
}

}  // namespace

void submit_unposted_ends(Services& services, GroupBatch& batch) {
  if (!services.files) return;
  const auto ended = std::make_shared<Ended>();
  Step step{std::make_shared<const Call>(), {}, {}, {}, {}};
  step.work = [ended](WriteContext& context) -> Result<void> {
    for (const auto& file : store::load_unposted(context.db(), context.trusted(), kUploadsAStep))
      end_upload(context, file, *ended);
    return ok();
  };
  step.then = [&services, ended](const Result<void>& outcome) {
    if (!outcome) return spdlog::warn("files.not_ended message=\"{}\"", outcome.error().message);
    for (const auto& id : ended->uploads) services.files->remove_upload_soon(id);
    services.files->remove_unused(std::move(ended->contents));
  };
  submit_step(services, batch, std::move(step));
}

}  // namespace wardroom::commands
