#pragma once

#include <cstdint>
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
  bool busy = false;    // with a renewal
  bool adding = false;  // a name
  std::string error;
  std::string form_error;             // of the name that was to be added
  std::uint64_t added = 0;            // names that were added from here; what was typed is gone then
  std::string summary;                // "good for 87 more days"
  std::vector<std::string> problems;  // what is wrong, and what to do
  std::vector<CertificateCard> chain;
  std::string names;  // by which PCs reach the server: "office.example, 192.0.2.10"
  std::string link;   // that introduces a PC to the office
  std::string fingerprint;
  std::string renewal;     // who renews it, and when
  std::string rotation;    // how far the change to another authority is; empty: there is none
  bool can_renew = false;  // the authority's key is on the server
};

}  // namespace wardroom::admin
