#include <fstream>
#include <ostream>
#include <sstream>

#include "common/tlog/watch.hpp"
#include "ctl/commands/audit.hpp"
#include "ctl/commands/client.hpp"
#include "ctl/commands/witness.hpp"
#include "ctl/commands/words.hpp"

namespace wardroom::ctl {

// The head that was just compared with what this account saw, and is kept: a newer one would be neither.
Result<void> audit_head(const Context& context) {
  auto session = connect_unwatched(context);
  if (!session) return session.error();
  const auto watch = watch_log(context, *session->client, session->ca_pin);
  if (!watch) return watch.error();
  if (auto calm = refuse_alarm(*watch); !calm) return calm;
  const auto* head = watch->checked_offer();
  if (!head) return unavailable("The audit log couldn't be compared: " + watch->trouble());
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
