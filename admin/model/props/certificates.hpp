#pragma once

#include <string>
#include <vector>

namespace wardroom::admin {

// A certificate of the chain as the page describes it.
struct CertificateCard {
  std::string title;  // "This server", "Between", "The office's authority"
  std::string name;
  std::string hosts;   // that it stands for; empty: an authority's
  std::string issuer;  // empty: itself
  std::string holds;   // "from 3 March 2026, 09:14 to …"
  std::string serial;
};

struct CertificatesProps {
  bool loading = false;
  bool busy = false;  // with a renewal
  std::string error;
  std::string summary;                // "good for 87 more days"
  std::vector<std::string> problems;  // what is wrong, and what to do
  std::vector<CertificateCard> chain;
  std::string fingerprint;
  std::string renewal;   // who renews it, and when
  std::string rotation;  // how far the change to another authority is; empty: there is none
  bool can_renew = false;
};

}  // namespace wardroom::admin
