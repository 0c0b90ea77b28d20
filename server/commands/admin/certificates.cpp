#include "server/commands/admin/certificates.hpp"

#include "server/commands/handlers.hpp"

namespace wardroom::commands {
namespace {

constexpr std::size_t kMaxCertificate = 32 * 1024;

Error nothing_served() {
  return unavailable("This server shows no certificate.");
}

std::string serial_of(const CertificateState& state) {
  return state.chain.empty() ? "" : state.chain.front().serial;
}

// The record last: what it speaks of was done. Should the commit fail, the new certificate is served without
// it; the log of the server has its line.
void append_change(WriteContext& context, audit::Type type, const CertificateState& before,
                   const CertificateState& after) {
  audit::Record record = context.call.record(type);
  record.before = {{"serial", serial_of(before)}};
  record.after = {{"serial", serial_of(after)}};
  if (!after.chain.empty()) record.after.add("not_after", after.chain.front().not_after);
  context.append(record);
}

}  // namespace

Result<CertificateState> show_certificates(ReadContext& context, const Empty&) {
  const Certificates* served = context.services.certificates;
  if (!served) return nothing_served();
  return served->load(context.trusted());
}

Result<CertificateState> renew_certificate(WriteContext& context, const Empty&) {
  Certificates* served = context.services.certificates;
  if (!served) return nothing_served();
  const auto before = served->load(context.trusted());
  if (!before) return before.error();
  auto after = served->renew(context.trusted());
  if (after) append_change(context, audit::Type::certificate_renewed, *before, *after);
  return after;
}

Result<CertificateState> replace_certificate(WriteContext& context,
                                             const AdminCertificateReplace::Params& params) {
  Certificates* served = context.services.certificates;
  if (!served) return nothing_served();
  if (params.certificate.empty() || params.certificate.size() > kMaxCertificate)
    return params_error("params.certificate",
                        "params.certificate must be the text of a PEM file, at most 32 KiB.");
  const auto before = served->load(context.trusted());
  if (!before) return before.error();
  auto after = served->replace(params.certificate, context.trusted());
  if (after) append_change(context, audit::Type::certificate_replaced, *before, *after);
  return after;
}

}  // namespace wardroom::commands
