#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/turn.hpp"

// The certificates that the server shows, a new one, and one more name.
namespace wardroom::admin {

void load_certificates(Turn& turn);

void fold(Turn& turn, const RefreshCertificates& action);
void fold(Turn& turn, const RenewCertificate& action);
void fold(Turn& turn, const AddCertificateName& action);
void fold(Turn& turn, const Answer<protocol::AdminCertificateGet>& answer);
void fold(Turn& turn, const Answer<protocol::AdminCertificateRenew>& answer);
void fold(Turn& turn, const Answer<protocol::AdminCertificateAddName>& answer);

}  // namespace wardroom::admin
