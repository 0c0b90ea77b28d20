#include "server/ops/certificates.hpp"

#include <algorithm>
#include <fstream>

#include <catch2/catch.hpp>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "server/ops/certificate_files.hpp"
#include "server/ops/durable_file.hpp"
#include "server/ops/openssl_handles.hpp"
#include "server/ops/served_chain.hpp"
#include "tests/unit/ops/scratch.hpp"

using namespace wardroom;
using namespace wardroom::ops;

namespace {

const std::vector<HostName> kHosts = *parse_hosts("chat.example.org,192.0.2.7,2001:db8::7");

// As of the day on which the suite runs: the checks below ask OpenSSL, which reads the machine's clock.
TimePoint today() {
  return SystemClock{}.now();
}

CertificatePtr read_certificate(const std::filesystem::path& file) {
  const std::string pem = *read_small_file(file);
  const BioPtr bio{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
  return CertificatePtr{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)};
}

// What a strict client does: the chain to ca.crt, the purpose, and the host.
bool is_accepted(const DataDir& dir, const char* host, bool is_address) {
  const auto leaf = read_certificate(dir.server_certificate());
  const auto authority = read_certificate(dir.ca_certificate());
  const StorePtr store{X509_STORE_new()};
  X509_STORE_add_cert(store.get(), authority.get());
  const StoreContextPtr context{X509_STORE_CTX_new()};
  X509_STORE_CTX_init(context.get(), store.get(), leaf.get(), nullptr);
  X509_STORE_CTX_set_flags(context.get(), X509_V_FLAG_X509_STRICT);
  X509_STORE_CTX_set_purpose(context.get(), X509_PURPOSE_SSL_SERVER);
  X509_VERIFY_PARAM* param = X509_STORE_CTX_get0_param(context.get());
  if (is_address)
    X509_VERIFY_PARAM_set1_ip_asc(param, host);
  else
    X509_VERIFY_PARAM_set1_host(param, host, 0);
  return X509_verify_cert(context.get()) == 1;
}

DataDir make_certified_dir(const Scratch& scratch, const std::vector<HostName>& hosts = kHosts) {
  const DataDir dir = *create_data_dir(scratch.path / "data");
  REQUIRE(create_authority(dir, "Harbour & Sons, \"Ltd\"", hosts, today()));
  REQUIRE(issue_certificate(dir, hosts, today()));
  return dir;
}

}  // namespace

TEST_CASE("a strict client accepts the server for its hosts and this machine, and for nothing else") {
  const Scratch scratch;
  const DataDir dir = make_certified_dir(scratch);
  CHECK(is_accepted(dir, "chat.example.org", false));
  CHECK(is_accepted(dir, "localhost", false));
  CHECK(is_accepted(dir, "192.0.2.7", true));
  CHECK(is_accepted(dir, "2001:db8::7", true));
  CHECK(is_accepted(dir, "127.0.0.1", true));
  CHECK(is_accepted(dir, "::1", true));
  CHECK_FALSE(is_accepted(dir, "bank.example.org", false));
  CHECK_FALSE(is_accepted(dir, "192.0.2.8", true));
}

TEST_CASE("the authority is P-256, ten years, path length 0, with critical constraints") {
  const Scratch scratch;
  const DataDir dir = make_certified_dir(scratch);
  const auto authority = read_certificate(dir.ca_certificate());
  CHECK(X509_get_pathlen(authority.get()) == 0);
  CHECK(X509_get_key_usage(authority.get()) == (X509v3_KU_KEY_CERT_SIGN | X509v3_KU_CRL_SIGN));
  for (const int nid : {NID_basic_constraints, NID_key_usage, NID_name_constraints}) {
    X509_EXTENSION* extension = X509_get_ext(authority.get(), X509_get_ext_by_NID(authority.get(), nid, -1));
    REQUIRE(extension);
    CHECK(X509_EXTENSION_get_critical(extension) == 1);
  }
  char group[32];
  CHECK(EVP_PKEY_get_group_name(X509_get0_pubkey(authority.get()), group, sizeof group, nullptr) == 1);
  CHECK(std::string{group} == "prime256v1");
  const auto info = load_certificate_info(dir.ca_certificate());
  REQUIRE(info);
  CHECK(info->subject == "Harbour & Sons, \"Ltd\" Wardroom CA");
  CHECK(days_left(*info, today()) >= 3649);
}

TEST_CASE("keys are their owner's alone, and the chain file holds leaf and authority") {
  const Scratch scratch;
  const DataDir dir = make_certified_dir(scratch);
  CHECK(mode_of(dir.server_key()) == 0600);
  CHECK(mode_of(dir.ca_key()) == 0600);
  const std::string chain = *read_small_file(dir.server_certificate());
  CHECK(chain.ends_with(*read_small_file(dir.ca_certificate())));
  CHECK(load_certificate_info(dir.server_certificate())->subject == "chat.example.org");
}

TEST_CASE("a certificate says for whom and how long, and is due at 30 days left") {
  const Scratch scratch;
  const DataDir dir = make_certified_dir(scratch);
  const auto info = load_certificate_info(dir.server_certificate());
  REQUIRE(info);
  CHECK(info->hosts == std::vector<std::string>{"chat.example.org", "192.0.2.7", "2001:db8::7", "localhost",
                                                "127.0.0.1", "::1"});
  const TimePoint end = info->not_after;
  CHECK(days_left(*info, end - std::chrono::days{90}) == 90);
  CHECK(days_left(*info, end + std::chrono::hours{1}) == -1);
  CHECK_FALSE(is_due_for_renewal(*info, end - std::chrono::days{31}));
  CHECK(is_due_for_renewal(*info, end - std::chrono::days{29}));
}

TEST_CASE("a renewal keeps the pin and the key, and changes the serial") {
  const Scratch scratch;
  const DataDir dir = make_certified_dir(scratch);
  const Digest pin = *load_pin(dir.ca_certificate());
  const std::string key = *read_small_file(dir.server_key());
  const std::string serial = load_certificate_info(dir.server_certificate())->serial;

  REQUIRE(issue_certificate(dir, kHosts, today()));
  CHECK(*load_pin(dir.ca_certificate()) == pin);
  CHECK(*read_small_file(dir.server_key()) == key);
  CHECK(load_certificate_info(dir.server_certificate())->serial != serial);
  CHECK(is_accepted(dir, "chat.example.org", false));
}

TEST_CASE("a host is added with the same pin, and the certificate of before holds with the new authority") {
  const Scratch scratch;
  const DataDir dir = make_certified_dir(scratch);
  const Digest pin = *load_pin(dir.ca_certificate());
  const std::string before = *read_small_file(dir.server_certificate());
  const TimePoint end = load_certificate_info(dir.ca_certificate())->not_after;
  for (const char* added : {"new.example.org", "192.0.2.99", "2001:db8::99"}) {
    auto hosts = kHosts;
    hosts.push_back(*parse_host(added));
    INFO(added);
    CHECK_FALSE(is_accepted(dir, added, hosts.back().kind != HostName::Kind::name));
    CHECK_FALSE(issue_certificate(dir, hosts, today()));
    REQUIRE(add_host(dir, hosts, hosts.back(), today()));
    CHECK(is_accepted(dir, added, hosts.back().kind != HostName::Kind::name));
  }
  CHECK(is_accepted(dir, "chat.example.org", false));
  CHECK_FALSE(is_accepted(dir, "bank.example.org", false));
  CHECK(*load_pin(dir.ca_certificate()) == pin);
  CHECK(load_certificate_info(dir.ca_certificate())->not_after == end);
  CHECK(load_certificate_info(dir.ca_certificate())->subject == "Harbour & Sons, \"Ltd\" Wardroom CA");
  // What a crash between the two files leaves.
  std::ofstream(dir.server_certificate()) << before;
  CHECK(check_served(dir, today()));
  CHECK(is_accepted(dir, "chat.example.org", false));
}

TEST_CASE("without the authority's key no host is added") {
  const Scratch scratch;
  const DataDir dir = make_certified_dir(scratch);
  const std::string before = *read_small_file(dir.ca_certificate());
  std::filesystem::remove(dir.ca_key());
  const auto added = *parse_host("new.example.org");
  const auto refused = add_host(dir, {added}, added, today());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("ca.key") != std::string::npos);
  CHECK(*read_small_file(dir.ca_certificate()) == before);
}

TEST_CASE(
    "a certificate that nothing renews is an alarm at 30, 14 and 3 days, and one that is renewed at 14") {
  const Scratch scratch;
  const DataDir dir = make_certified_dir(scratch);
  const auto info = *load_certificate_info(dir.server_certificate());
  const auto at = [&](int days) {
    return info.not_after - std::chrono::days{days} - std::chrono::minutes{1};
  };
  CHECK_FALSE(alarm_of(info, at(31)));
  CHECK(alarm_of(info, at(29)) == 30);
  CHECK(alarm_of(info, at(13)) == 14);
  CHECK(alarm_of(info, at(2)) == 3);
  CHECK(alarm_of(info, info.not_after + std::chrono::minutes{1}) == 0);
  CHECK(check_expiry(dir, at(29)));
  CHECK_FALSE(check_expiry(dir, at(13)));
  std::filesystem::remove(dir.ca_key());
  CHECK(check_expiry(dir, at(31)));
  const auto alarm = check_expiry(dir, at(29));
  REQUIRE_FALSE(alarm);
  CHECK(alarm.error().reason == "certificate_expiring");
  CHECK(alarm.error().message.find("29 more days") != std::string::npos);
  CHECK(alarm.error().message.find("keys/ca.key") != std::string::npos);
}

TEST_CASE("the pin is SHA-256 of the public key info as openssl writes it") {
  const Scratch scratch;
  const DataDir dir = make_certified_dir(scratch);
  const auto authority = read_certificate(dir.ca_certificate());
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(X509_get0_pubkey(authority.get()), &der);
  REQUIRE(size > 0);
  CHECK(*load_pin(dir.ca_certificate()) ==
        sha256(std::as_bytes(std::span{der, static_cast<std::size_t>(size)})));
  OPENSSL_free(der);
  CHECK(*load_pin(dir.server_certificate()) != *load_pin(dir.ca_certificate()));
}

TEST_CASE("a renewal for a host that the authority may not vouch for keeps the old certificate") {
  const Scratch scratch;
  const DataDir dir = make_certified_dir(scratch);
  const std::string before = *read_small_file(dir.server_certificate());
  const auto refused = issue_certificate(dir, *parse_hosts("bank.example.com"), today());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == "host_not_permitted");
  CHECK(*read_small_file(dir.server_certificate()) == before);
}

TEST_CASE("an authority is never replaced, and a missing or foreign key is named") {
  const Scratch scratch;
  const DataDir dir = make_certified_dir(scratch);
  CHECK(create_authority(dir, "Other", kHosts, today()).error().reason == "authority_exists");

  const DataDir other = *create_data_dir(scratch.path / "other");
  REQUIRE(create_authority(other, "Other", kHosts, today()));
  std::filesystem::copy_file(other.ca_key(), dir.ca_key(), std::filesystem::copy_options::overwrite_existing);
  CHECK(issue_certificate(dir, kHosts, today()).error().reason == "authority_mismatch");

  std::filesystem::remove(dir.ca_key());
  const auto missing = issue_certificate(dir, kHosts, today());
  REQUIRE_FALSE(missing);
  CHECK(missing.error().message.find("ca.key isn't on this machine") != std::string::npos);
}

TEST_CASE("a certificate never outlives its authority") {
  const Scratch scratch;
  const DataDir dir = make_certified_dir(scratch);
  const TimePoint end = load_certificate_info(dir.ca_certificate())->not_after;
  REQUIRE(issue_certificate(dir, kHosts, end - std::chrono::days{5}));
  CHECK(load_certificate_info(dir.server_certificate())->not_after == end);
  CHECK_FALSE(issue_certificate(dir, kHosts, end + std::chrono::days{1}));
}

TEST_CASE("a file without a certificate is named") {
  const Scratch scratch;
  std::ofstream{scratch.path / "empty.crt"} << "nothing";
  const auto info = load_certificate_info(scratch.path / "empty.crt");
  REQUIRE_FALSE(info);
  CHECK(info.error().message.find("empty.crt: there is no certificate") != std::string::npos);
}

TEST_CASE("a host name longer than a common name may be still gets its certificate") {
  const Scratch scratch;
  const std::string host = std::string(60, 'a') + ".example.org";
  const DataDir dir = make_certified_dir(scratch, *parse_hosts(host));
  CHECK(is_accepted(dir, host.c_str(), false));
}

namespace {

// What certs/make-ca.sh does where the authority's key is: a certificate for the key of another directory.
std::string made_elsewhere(const DataDir& authority, const DataDir& server,
                           const std::vector<HostName>& hosts, TimePoint now) {
  std::filesystem::copy_file(server.server_key(), authority.server_key(),
                             std::filesystem::copy_options::overwrite_existing);
  REQUIRE(issue_certificate(authority, hosts, now));
  return *read_small_file(authority.server_certificate());
}

// The server's own directory, from which the authority's key was taken away, and that of the key.
struct KeyElsewhere {
  const Scratch scratch;
  const DataDir server = make_certified_dir(scratch);
  const DataDir authority = *create_data_dir(scratch.path / "authority");
  KeyElsewhere() {
    std::filesystem::rename(server.ca_key(), authority.ca_key());
    std::filesystem::copy_file(server.ca_certificate(), authority.ca_certificate());
  }
};

}  // namespace

TEST_CASE("a certificate that was made elsewhere for the server's key takes the place of the one before") {
  const KeyElsewhere k;
  const std::string serial = load_certificate_info(k.server.server_certificate())->serial;
  const std::string pem = made_elsewhere(k.authority, k.server, kHosts, today());
  // Without the authority's own certificate, and with what must not be kept.
  const auto end = pem.find("-----END CERTIFICATE-----\n") + 26;
  REQUIRE(replace_certificate(k.server, pem.substr(0, end) + "and a password", kHosts, today()));
  CHECK(check_served(k.server, today()));
  CHECK(load_certificate_info(k.server.server_certificate())->serial != serial);
  CHECK(load_chain_info(k.server.server_certificate())->size() == 2);
  CHECK(read_small_file(k.server.server_certificate())->find("password") == std::string::npos);
}

TEST_CASE("a certificate that clients would refuse isn't put in, and the one before stays") {
  const KeyElsewhere k;
  const std::string before = *read_small_file(k.server.server_certificate());
  const auto refusal = [&](const std::string& pem, const std::vector<HostName>& hosts, TimePoint now) {
    const auto put = replace_certificate(k.server, pem, hosts, now);
    CHECK(*read_small_file(k.server.server_certificate()) == before);
    return put ? "" : put.error().field.empty() ? put.error().reason : put.error().field;
  };
  const std::string pem = made_elsewhere(k.authority, k.server, kHosts, today());
  CHECK(refusal("nothing", kHosts, today()) == "params.certificate");
  CHECK(refusal(pem, kHosts, today() + std::chrono::days{91}) == "certificate_refused");
  CHECK(refusal(pem, *parse_hosts("other.example.org"), today()) == "host_not_in_certificate");
  const Scratch other;
  const DataDir foreign = make_certified_dir(other);
  CHECK(refusal(*read_small_file(foreign.server_certificate()), kHosts, today()) == "key_mismatch");
  CHECK(refusal(made_elsewhere(foreign, k.server, kHosts, today()), kHosts, today()) ==
        "certificate_refused");
}

TEST_CASE("what is sent is described certificate by certificate, with who vouches for each") {
  const Scratch scratch;
  const DataDir dir = make_certified_dir(scratch);
  const auto chain = *load_chain_info(dir.server_certificate());
  REQUIRE(chain.size() == 2);
  CHECK(chain[0].issuer == chain[1].subject);
  CHECK(chain[1].issuer == chain[1].subject);
  CHECK(chain[1].hosts.empty());
}

namespace {

std::string pem_of(X509* certificate) {
  const BioPtr bio{BIO_new(BIO_s_mem())};
  PEM_write_bio_X509(bio.get(), certificate);
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

// The same certificate of the same key, as a company's root signs it: no longer by itself.
std::string signed_by_a_root(const DataDir& dir) {
  const KeyPtr root{EVP_EC_gen("P-256")};
  const auto authority = read_certificate(dir.ca_certificate());
  X509_NAME* name = X509_NAME_new();
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("Company root"),
                             -1, -1, 0);
  X509_set_issuer_name(authority.get(), name);
  X509_NAME_free(name);
  const auto key_id = X509_get_ext_by_NID(authority.get(), NID_authority_key_identifier, -1);
  if (key_id >= 0) X509_EXTENSION_free(X509_delete_ext(authority.get(), key_id));
  REQUIRE(X509_sign(authority.get(), root.get(), EVP_sha256()) > 0);
  return pem_of(authority.get());
}

}  // namespace

TEST_CASE("an authority that a company's root has signed is served as one that signed itself") {
  const KeyElsewhere k;
  const std::string pem = made_elsewhere(k.authority, k.server, kHosts, today());
  const std::string leaf = pem.substr(0, pem.find("-----END CERTIFICATE-----\n") + 26);
  const std::string between = signed_by_a_root(k.server);
  std::ofstream(k.server.ca_certificate()) << between;
  std::ofstream(k.server.server_certificate()) << leaf << between;
  const auto served = check_served(k.server, today());
  INFO((served ? "" : served.error().message));
  CHECK(served);
  const auto put = replace_certificate(k.server, leaf, kHosts, today());
  INFO((put ? "" : put.error().message));
  CHECK(put);
  // Another's certificate of that name is none of it.
  const Scratch other;
  const DataDir foreign = make_certified_dir(other);
  std::ofstream(k.server.server_certificate()) << leaf << *read_small_file(foreign.ca_certificate());
  CHECK_FALSE(check_served(k.server, today()));
}

namespace {

// The server's certificate with another subjectAltName ("": none), signed anew. Its subject goes on naming
// the host.
std::string with_names(const KeyElsewhere& k, const char* names) {
  const auto leaf = read_certificate(k.server.server_certificate());
  const auto at = X509_get_ext_by_NID(leaf.get(), NID_subject_alt_name, -1);
  if (at >= 0) X509_EXTENSION_free(X509_delete_ext(leaf.get(), at));
  if (*names) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names);
    X509_add_ext(leaf.get(), extension, -1);
    X509_EXTENSION_free(extension);
  }
  const auto key = load_key(k.authority.ca_key());
  REQUIRE(key);
  REQUIRE(X509_sign(leaf.get(), key->get(), EVP_sha256()) > 0);
  return pem_of(leaf.get());
}

}  // namespace

TEST_CASE("a certificate stands for the names that clients look at, and for no others") {
  const KeyElsewhere k;
  const auto hosts = *parse_hosts("chat.example.org");
  const std::string authority = *read_small_file(k.server.ca_certificate());
  const auto stands = [&](const std::string& leaf) {
    std::ofstream(k.server.server_certificate()) << leaf << authority;
    return static_cast<bool>(check_served_name(k.server, "chat.example.org"));
  };
  const std::string named = with_names(k, "DNS:chat.example.org");
  const std::string subject_alone = with_names(k, "");
  REQUIRE(load_certificate_info(k.server.server_certificate())->subject == "chat.example.org");
  CHECK(replace_certificate(k.server, named, hosts, today()));
  const auto put = replace_certificate(k.server, subject_alone, hosts, today());
  REQUIRE_FALSE(put);
  CHECK(put.error().reason == "host_not_in_certificate");
  CHECK_FALSE(stands(subject_alone));
  CHECK_FALSE(stands(with_names(k, "DNS:ch*.example.org")));
  CHECK(stands(with_names(k, "DNS:*.example.org")));
  CHECK(stands(named));
}

TEST_CASE(
    "what is served leads to the authority's certificate that is sent, not to another of the same key") {
  const Scratch scratch;
  const DataDir dir = make_certified_dir(scratch);
  const std::string before = *read_small_file(dir.ca_certificate());
  const HostName added = *parse_host("files.example.org");
  auto hosts = kHosts;
  hosts.push_back(added);
  REQUIRE(add_host(dir, hosts, added, today()));
  REQUIRE(check_served(dir, today()));
  const std::string leaf = pem_of(read_certificate(dir.server_certificate()).get());
  // Its constraints are those of before, without the added host.
  std::ofstream(dir.server_certificate()) << leaf << before;
  for (const auto& checked :
       {check_served(dir, today()), replace_certificate(dir, leaf + before, hosts, today())}) {
    REQUIRE_FALSE(checked);
    CHECK(checked.error().reason == "authority_outdated");
  }
  CHECK(replace_certificate(dir, leaf, hosts, today()));
  CHECK(check_served(dir, today()));
}
