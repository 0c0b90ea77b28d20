#include "ctl/commands/certificate.hpp"

#include <fstream>
#include <iterator>
#include <ostream>

#include "ctl/commands/client.hpp"
#include "ctl/commands/table.hpp"
#include "ctl/commands/words.hpp"
#include "protocol/methods/certificate.hpp"

namespace wardroom::ctl {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text.empty() ? "-" : text;
}

void print_state(const Context& context, const protocol::CertificateState& state) {
  if (context.json) {
    context.out << protocol::encode(state) << "\n";
    return;
  }
  Table table({"CERTIFICATE", "FOR", "HOLDS UNTIL", "ISSUED BY", "SERIAL"});
  for (const auto& certificate : state.chain)
    table.add({certificate.subject, joined(certificate.hosts), local_minute(certificate.not_after),
               certificate.issuer, certificate.serial});
  table.print(context.out);
  context.out << "names        " << joined(state.hosts) << "\n"
              << "fingerprint  " << state.fingerprint << "\n"
              << "link         " << state.link << "\n"
              << "renewed      "
              << (state.renews_at ? "by the server, on " + local_minute(*state.renews_at)
                                  : "by hand: the authority's key isn't on the server")
              << "\n";
  if (state.rotation)
    context.out << "rotation     " << (state.rotation->finished ? "finished" : "begun") << "; next authority "
                << state.rotation->next_fingerprint << ", for who knows the old one until "
                << local_minute(state.rotation->holds_until) << "\n";
  for (const auto& problem : state.problems) context.out << "PROBLEM      " << problem << "\n";
}

template <class M>
Result<void> ask_server(const Context& context, const typename M::Params& params) {
  auto client = connect(context);
  if (!client) return client.error();
  const auto state = (*client)->call<M>(params);
  if (!state) return state.error();
  print_state(context, *state);
  return ok();
}

}  // namespace

Result<void> certificate_show(const Context& context, const CertificateArguments&) {
  return ask_server<protocol::AdminCertificateGet>(context, {});
}

Result<void> certificate_renew(const Context& context, const CertificateArguments&) {
  return ask_server<protocol::AdminCertificateRenew>(context, {});
}

Result<void> certificate_replace(const Context& context, const CertificateArguments& arguments) {
  std::ifstream in(arguments.file, std::ios::binary);
  const std::string pem{std::istreambuf_iterator<char>(in), {}};
  if (!in || pem.empty()) return unavailable(arguments.file.string() + " can't be read, or is empty.");
  // A key that stands in the file beside the certificate stays here.
  std::string certificates;
  constexpr std::string_view kBegin = "-----BEGIN CERTIFICATE-----", kEnd = "-----END CERTIFICATE-----";
  for (std::size_t at = 0; (at = pem.find(kBegin, at)) != std::string::npos;) {
    const auto end = pem.find(kEnd, at);
    if (end == std::string::npos) break;
    certificates += pem.substr(at, end + kEnd.size() - at) + "\n";
    at = end;
  }
  if (certificates.empty())
    return unavailable("There is no certificate in PEM form in " + arguments.file.string() + ".");
  return ask_server<protocol::AdminCertificateReplace>(context, {certificates});
}

Result<void> certificate_add_name(const Context& context, const CertificateArguments& arguments) {
  return ask_server<protocol::AdminCertificateAddName>(context, {arguments.name});
}

}  // namespace wardroom::ctl
