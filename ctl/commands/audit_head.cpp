#include <fstream>
#include <ostream>
#include <sstream>

#include "common/tlog/watch.hpp"
#include "ctl/commands/audit.hpp"
#include "ctl/commands/client.hpp"
#include "ctl/commands/words.hpp"

namespace wardroom::ctl {

Result<void> audit_head(const Context& context) {
  auto client = connect(context);
  if (!client) return client.error();
  const auto head = (*client)->call<protocol::AuditCheckpoint>();
  if (!head) return head.error();
  if (context.json) {
    context.out << protocol::encode(*head) << "\n";
    return ok();
  }
  context.out << head->note;
  // Beside the note, which goes into a file.
  context.err << "To be read aloud: " << counted(head->size, "record") << ", "
              << tlog::spoken_root(head->note) << "\n";
  return ok();
}

Result<void> audit_rotate_key(const Context& context, const AuditRotateKeyArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  const auto done = (*client)->call<protocol::AuditRotateKey>({arguments.reason});
  if (!done) return done.error();
  context.out << "The log's heads are signed with a new key, " << done->key
              << ".\nThe old key handed over to it and is deleted.\n";
  return ok();
}

Result<std::vector<std::string>> read_heads(const std::vector<std::filesystem::path>& files) {
  std::vector<std::string> notes;
  for (const auto& file : files) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) return unavailable(file.string() + " can't be read.");
    notes.push_back(text.str());
  }
  return notes;
}

}  // namespace wardroom::ctl
