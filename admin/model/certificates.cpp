#include "admin/model/certificates.hpp"

namespace wardroom::admin {

void load_certificates(Turn& turn) {
  turn.state.certificates.loading = turn.call<protocol::AdminCertificateGet>({});
}

void fold(Turn& turn, const RefreshCertificates&) {
  if (!turn.state.certificates.loading) load_certificates(turn);
}

void fold(Turn& turn, const RenewCertificate&) {
  auto& certificates = turn.state.certificates;
  if (!certificates.busy) certificates.busy = turn.call<protocol::AdminCertificateRenew>({});
}

void fold(Turn& turn, const AddCertificateName& action) {
  auto& certificates = turn.state.certificates;
  if (certificates.adding) return;
  certificates.form_error.clear();
  certificates.adding = turn.call<protocol::AdminCertificateAddName>({action.name});
  if (!certificates.adding)
    certificates.form_error = "There is no connection to the server now. Nothing was added.";
}

void fold(Turn& turn, const Answer<protocol::AdminCertificateGet>& answer) {
  auto& certificates = turn.state.certificates;
  certificates.loading = false;
  if (answer.result) {
    certificates.shown = *answer.result;
    certificates.error.clear();
  } else if (turn.state.online()) {
    certificates.shown.reset();
    certificates.error = answer.result.error().message;
  }
}

void fold(Turn& turn, const Answer<protocol::AdminCertificateRenew>& answer) {
  auto& certificates = turn.state.certificates;
  certificates.busy = false;
  if (!answer.result) return show_toast(turn, answer.result.error().message);
  certificates.shown = *answer.result;
  show_toast(turn, "The new certificate is served. Nobody was disconnected.", false);
}

// What was refused stays in the field, with the reason.
void fold(Turn& turn, const Answer<protocol::AdminCertificateAddName>& answer) {
  auto& certificates = turn.state.certificates;
  certificates.adding = false;
  if (!answer.result) {
    certificates.form_error = answer.result.error().message;
    return;
  }
  ++certificates.added;
  certificates.shown = *answer.result;
  show_toast(turn,
             "PCs reach the server as " + answer.params.name + ", too, from now on. Nobody was disconnected.",
             false);
}

}  // namespace wardroom::admin
