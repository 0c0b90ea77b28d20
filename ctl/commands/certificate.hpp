#pragma once

#include <filesystem>
#include <string>

#include "ctl/commands/context.hpp"

// The certificate by which clients know the server. An error is a sentence for the person.
namespace wardroom::ctl {

struct CertificateArguments {
  std::filesystem::path file;  // PEM, of `replace`
  std::string name;            // of `add-name`
};
Result<void> certificate_show(const Context& context, const CertificateArguments& arguments);
Result<void> certificate_renew(const Context& context, const CertificateArguments& arguments);
Result<void> certificate_replace(const Context& context, const CertificateArguments& arguments);
Result<void> certificate_add_name(const Context& context, const CertificateArguments& arguments);

}  // namespace wardroom::ctl
