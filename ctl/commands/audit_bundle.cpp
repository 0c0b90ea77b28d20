#include "ctl/commands/audit_bundle.hpp"

#include <ostream>

#include "common/evidence/bundle_check.hpp"
#include "common/evidence/bundle_export.hpp"
#include "common/evidence/bundle_witnesses.hpp"
#include "ctl/commands/client.hpp"

namespace wardroom::ctl {
namespace {

using std::to_string;

// What doesn't fit a bundle, whose records are hidden and not left out.
Result<void> check_filter(const AuditExportArguments& a) {
  const auto& f = a.filter;
  if (!f.actor.empty() || !f.target.empty() || !f.types.empty() || !f.severity.empty() ||
      !f.outcome.empty() || !f.address.empty() || !f.text.empty())
    return usage_error(
        "A bundle is about a --person, a --room and the time --since … --until; nothing else.");
  if (a.reason.empty()) return usage_error("Say why with --reason: it stands in the audit log.");
  return ok();
}

void print_bundle(const Context& context, const evidence::BundleReport& report) {
  auto& out = context.out;
  out << "  head of " << report.log.size << " records, signed; root " << to_hex(report.log.root) << "\n"
      << "  records " << report.first << " to " << report.last
      << ", none altered, none missing: " << report.shown << " with their bytes, " << report.hidden
      << " as a hash only\n";
  if (report.log.pruned > 0) out << "  " << report.log.pruned << " of them pruned: their hashes are there\n";
  out << "  " << report.states << " states of messages as they were committed";
  if (report.erased > 0) out << "; of " << report.erased << " the text was erased";
  out << "\n";
  if (report.takes_files) out << "  " << report.files << " files of messages, each as it was sent\n";
  for (const auto& line : report.log.confirmed) out << "  " << line << "\n";
  if (report.counted_to)
    out << "  none of the subject's states is missing between records " << *report.counted_from << " and "
        << *report.counted_to << "\n";
  if (report.devices > 0) out << "  " << evidence::tell_witnesses(report) << "\n";
}

// What the check says; the command succeeds when all of the bundle is proven.
Result<void> finish(const Context& context, const evidence::BundleReport& report, const std::string& title) {
  for (const auto& finding : report.log.findings) context.out << "WRONG       " << finding << "\n";
  for (const auto& doubt : report.doubts) context.out << "NOT PROVEN  " << doubt << "\n";
  if (!report.is_sound())
    return make_error(ErrorCode::conflict, "The bundle does not hold.", "bundle_not_sound");
  if (!report.is_proven()) {
    print_bundle(context, report);
    return make_error(ErrorCode::conflict, "Nothing in the bundle is wrong, but not all of it is proven.",
                      "bundle_not_proven");
  }
  context.out << title << "\n";
  print_bundle(context, report);
  return ok();
}

// What can't be checked at all ends with status 2, as in verify.py and verify.sh.
Error not_checked(const Error& error) {
  return usage_error(error.message);
}

}  // namespace

Result<void> export_audit_bundle(const Context& context, const AuditExportArguments& arguments) {
  if (auto fits = check_filter(arguments); !fits) return fits;
  auto client = connect(context);
  if (!client) return client.error();
  const auto query = make_audit_query(**client, arguments.filter);
  if (!query) return query.error();
  protocol::AuditExport::Params scope;
  scope.room = query->room;
  if (!arguments.person.empty()) scope.user_name = arguments.person;
  scope.since = query->since;
  scope.until = query->until;
  scope.reason = arguments.reason;
  if (arguments.with_files) scope.files = true;
  const auto report = evidence::export_bundle(
      [&client](std::string method, std::string params) {
        return (*client)->call_raw(std::move(method), std::move(params));
      },
      scope, arguments.bundle);
  if (!report) return report.error();
  auto finished = finish(context, *report, "Written and verified: " + arguments.bundle.string());
  // It is there, and says in itself what isn't proven.
  if (!finished && report->is_sound()) {
    context.out << "Written: " << arguments.bundle.string() << "\n";
    return ok();
  }
  return finished;
}

Result<void> verify_audit_bundle(const Context& context, const AuditVerifyArguments& arguments) {
  const auto heads = read_heads(arguments.heads);
  if (!heads) return not_checked(heads.error());
  evidence::CheckOptions options{*heads, std::nullopt};
  if (!arguments.key.empty()) options.key = arguments.key;
  const auto report = evidence::check_bundle(arguments.bundle, options);
  if (!report) return not_checked(report.error());
  return finish(context, *report, "Verified: " + arguments.bundle.string());
}

}  // namespace wardroom::ctl
