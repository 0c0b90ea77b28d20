#include "server/commands/admin/certificates.hpp"

#include "protocol/invite_link.hpp"
#include "server/commands/admin/settings_change.hpp"
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

// The link is the settings', as invites have it.
Result<CertificateState> with_link(const Services& services, Result<CertificateState> state) {
  if (!state) return state;
  const auto settings = services.settings.load();
  state->link =
      std::string{compose_invite_link(
                      {settings->link_host, settings->link_port, settings->ca_pin, {}, settings->next_ca_pin})
                      .reveal()};
  return state;
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
  return with_link(context.services, served->load(context.trusted()));
}

Result<CertificateState> renew_certificate(WriteContext& context, const Empty&) {
  Certificates* served = context.services.certificates;
  if (!served) return nothing_served();
  const auto before = served->load(context.trusted());
  if (!before) return before.error();
  auto after = served->renew(context.trusted());
  if (after) append_change(context, audit::Type::certificate_renewed, *before, *after);
  return with_link(context.services, std::move(after));
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
  return with_link(context.services, std::move(after));
}

Result<CertificateState> add_certificate_name(WriteContext& context,
                                              const AdminCertificateAddName::Params& params) {
  const Certificates* served = context.services.certificates;
  ServerSettings* settings = context.services.server_settings;
  if (!served || !settings) return nothing_served();
  const auto before = served->load(context.trusted());
  if (!before) return before.error();
  auto change = settings->add_host(params.name);
  if (!change) return change.error();
  append_settings_change(context, *std::move(change));
  auto after = served->load(context.trusted());
  if (after) append_change(context, audit::Type::certificate_renewed, *before, *after);
  return with_link(context.services, std::move(after));
}

}  // namespace wardroom::commands
