#include "ctl/commands/audit_formats.hpp"

#include <fstream>
#include <ostream>

#include "common/base/target_file.hpp"
#include "common/evidence/record_format.hpp"
#include "ctl/commands/audit_bundle.hpp"

namespace wardroom::ctl {
namespace {

Result<std::string> to_text(const std::string& format, const std::string& line) {
  if (format == "csv") return evidence::to_csv(line);
  const auto with_end = [](Result<std::string> text) -> Result<std::string> {
    if (text) *text += "\n";
    return text;
  };
  if (format == "cef") return with_end(evidence::to_cef(line, WARDROOM_VERSION));
  if (format == "syslog") return with_end(evidence::to_syslog(line, "-"));
  return line + "\n";
}

Result<void> write_records(link::BlockingClient& client, const AuditExportArguments& arguments,
                           std::ostream& out) {
  auto params = make_audit_query(client, arguments.filter);
  if (!params) return params.error();
  if (arguments.format == "csv") out << evidence::csv_header();
  Result<void> written = ok();
  const auto take = [&](const protocol::AuditRecord& record) {
    if (record.line.empty()) return true;  // pruned
    const auto text = to_text(arguments.format, record.line);
    if (text)
      out << *text;
    else
      written = text.error();
    return written.has_value() && out.good();
  };
  // No index is before the first record's: it is asked for by itself.
  params->before = AuditIndex{1};
  if (auto read = read_audit_records(client, *params, take); !read) return read;
  params->before = std::nullopt;
  params->after = AuditIndex{0};
  if (!written || !out) return written;
  if (auto read = read_audit_records(client, *params, take); !read) return read;
  return written;
}

}  // namespace

Result<void> audit_export(const Context& context, const AuditExportArguments& arguments) {
  if (!arguments.bundle.empty()) return export_audit_bundle(context, arguments);
  auto client = connect(context);
  if (!client) return client.error();
  if (arguments.to.empty()) return write_records(**client, arguments, context.out);
  auto target = TargetFile::open(arguments.to);
  if (!target) return target.error();
  std::ofstream file(target->part(), std::ios::binary);
  if (file)
    if (auto written = write_records(**client, arguments, file); !written) return written;
  file.close();
  if (!file)
    return make_error(ErrorCode::unavailable, arguments.to.string() + " can't be written. Is the disk full?");
  return target->keep();
}

}  // namespace wardroom::ctl
