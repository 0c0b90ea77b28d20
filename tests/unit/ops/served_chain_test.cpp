#include "server/ops/served_chain.hpp"

#include <fstream>

#include <catch2/catch.hpp>
#include <openssl/x509v3.h>

#include "server/ops/certificate_files.hpp"
#include "tests/unit/ops/scratch.hpp"

using namespace wardroom;
using namespace wardroom::ops;
using std::chrono::days;

namespace {

void name_as(X509_NAME* name, const char* text) {
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(text), -1, -1,
                             0);
}

void allow_to_issue(X509* certificate) {
  const ExtensionPtr basic{X509V3_EXT_conf_nid(nullptr, nullptr, NID_basic_constraints, "critical,CA:TRUE")};
  REQUIRE(X509_add_ext(certificate, basic.get(), -1) == 1);
}

// As a company has it: tls/ca.crt is its root, and what vouched for the server's certificate so far is signed
// by that, for a few days less than the server's own holds.
struct CompanyChain {
  const Scratch scratch;
  const DataDir dir = *create_data_dir(scratch.path / "data");
  const TimePoint now = SystemClock{}.now();
  TimePoint end;

  CompanyChain() {
    const auto hosts = *parse_hosts("chat.example.org");
    REQUIRE(create_authority(dir, "Harbour", hosts, now));
    REQUIRE(issue_certificate(dir, hosts, now));
    Chain chain = *load_chain(dir.server_certificate());
    const KeyPtr key{EVP_EC_gen("P-256")};
    const CertificatePtr root{X509_new()};
    X509_set_version(root.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(root.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(root.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(root.get()), 3600L * 24 * 1000);
    X509_set_pubkey(root.get(), key.get());
    name_as(X509_get_subject_name(root.get()), "Company root");
    X509_set_issuer_name(root.get(), X509_get_subject_name(root.get()));
    allow_to_issue(root.get());
    REQUIRE(X509_sign(root.get(), key.get(), EVP_sha256()) > 0);

    X509* between = chain[1].get();
    X509_set_issuer_name(between, X509_get_subject_name(root.get()));
    const int key_id = X509_get_ext_by_NID(between, NID_authority_key_identifier, -1);
    if (key_id >= 0) X509_EXTENSION_free(X509_delete_ext(between, key_id));
    X509_gmtime_adj(X509_getm_notAfter(between), 3600L * 24 * 60);
    REQUIRE(X509_sign(between, key.get(), EVP_sha256()) > 0);
    end = to_time_point(X509_get0_notAfter(between));
    std::ofstream(dir.ca_certificate()) << to_pem(root.get());
    std::ofstream(dir.server_certificate()) << to_pem(chain) << to_pem(root.get());
    std::filesystem::remove(dir.ca_key());
  }
};

}  // namespace

TEST_CASE("clients refuse the server as soon as one certificate on the way to the authority has ended") {
  const CompanyChain company;
  const auto served = load_served(company.dir);
  REQUIRE(served);
  REQUIRE(served->certificates.size() == 3);
  CHECK(served->first_to_end.not_after == company.end);
  CHECK(served->first_to_end.not_after < served->certificates.front().not_after);
  CHECK_FALSE(served->is_own);
  CHECK(check_expiry(company.dir, company.end - days{31}));
  const auto alarm = check_expiry(company.dir, company.end - days{10});
  REQUIRE_FALSE(alarm);
  CHECK(alarm.error().reason == "certificate_expiring");
  CHECK(alarm.error().message.find("\"" + served->certificates[1].subject + "\"") != std::string::npos);
  CHECK(alarm.error().message.find("10 more days") != std::string::npos);
}

TEST_CASE("a certificate in between that has ended is said, and keeps no server from starting") {
  const CompanyChain company;
  const TimePoint later = company.end + days{1};
  const auto served = check_served(company.dir, later);
  INFO((served ? "" : served.error().message));
  CHECK(served);
  const auto dates = check_dates(company.dir, later);
  REQUIRE_FALSE(dates);
  CHECK(dates.error().reason == "certificate_dates");
  CHECK(dates.error().message.find(load_served(company.dir)->certificates[1].subject) != std::string::npos);
  CHECK(check_dates(company.dir, company.end - days{1}));
}

TEST_CASE("what is shown is compared with the file, certificate by certificate") {
  const CompanyChain company;
  const Chain chain = *load_chain(company.dir.server_certificate());
  CHECK(check_shown(company.dir, "Text before it.\n" + to_pem(chain)));
  const auto lacks = check_shown(company.dir, to_pem(chain.front().get()));
  REQUIRE_FALSE(lacks);
  CHECK(lacks.error().reason == "certificate_not_served");
  CHECK_FALSE(check_shown(company.dir, ""));
  CHECK_FALSE(read_served(company.dir, ""));
}
