#include "admin/model/certificates.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/admin/driver.hpp"

using namespace wardroom;
using namespace wardroom::admin;
using namespace wardroom::admin::testing;
using protocol::AdminCertificateAddName;
using protocol::AdminCertificateGet;
using protocol::AdminCertificateRenew;
using protocol::Role;

namespace {

struct CertificatesPage : Driver {
  CertificatesPage() {
    come_online(Role::admin);
    act(OpenPage{admin::Page::certificates});
  }
  protocol::CertificateState certificates(std::string serial, int days) const {
    protocol::CertificateState shown;
    const TimePoint until = state.now + std::chrono::days{days};
    shown.chain = {
        {"office.example", "Office CA", std::move(serial), {"office.example", "192.0.2.1"}, state.now, until},
        {"Office CA", "Office CA", "01", {}, state.now, until}};
    shown.fingerprint = "ABCD-EFGH-JKLM-NPQR-STUV-WXYZ";
    shown.link = "wardroom://office.example:7443/?ca=abc";
    shown.hosts = {"office.example", "192.0.2.1"};
    shown.renews_at = until - std::chrono::days{30};
    return shown;
  }
};

}  // namespace

TEST_CASE("the page shows the chain, its days, who renews it, and what is wrong") {
  CertificatesPage page;
  REQUIRE(page.call<AdminCertificateGet>());
  auto shown = page.certificates("A1", 80);
  shown.problems = {"The certificate isn't for chat2.example."};
  page.answer<AdminCertificateGet>({}, shown);
  const auto& props = page.props().certificates;
  CHECK(props.summary == "good for 80 more days");
  REQUIRE(props.chain.size() == 2);
  CHECK(props.chain[0].hosts == "office.example, 192.0.2.1");
  CHECK(props.chain[0].issuer == "Office CA");
  CHECK(props.chain[1].issuer.empty());
  CHECK(props.problems.size() == 1);
  CHECK(props.can_renew);
  CHECK(props.renewal.find("by itself on") != std::string::npos);
}

TEST_CASE("a rotation of the authority is shown with its next step") {
  CertificatesPage page;
  auto shown = page.certificates("A1", 80);
  page.answer<AdminCertificateGet>({}, shown);
  CHECK(page.props().certificates.rotation.empty());
  shown.rotation = protocol::AuthorityRotation{false, "WXYZ-WXYZ", page.state.now + std::chrono::days{300}};
  page.answer<AdminCertificateGet>({}, shown);
  CHECK(page.props().certificates.rotation.find("WXYZ-WXYZ, is announced") != std::string::npos);
  shown.rotation->finished = true;
  page.answer<AdminCertificateGet>({}, shown);
  CHECK(page.props().certificates.rotation.find("wardroomd authority retire") != std::string::npos);
}

TEST_CASE("a renewal is asked for once, and the new certificate is shown") {
  CertificatesPage page;
  page.answer<AdminCertificateGet>({}, page.certificates("A1", 80));
  page.act(RenewCertificate{});
  CHECK(page.call<AdminCertificateRenew>());
  CHECK(page.props().certificates.busy);
  page.act(RenewCertificate{});
  CHECK_FALSE(page.call<AdminCertificateRenew>());
  page.answer<AdminCertificateRenew>({}, make_error(ErrorCode::not_found, "keys/ca.key isn't here."));
  CHECK(page.props().certificates.chain[0].serial == "A1");
  CHECK_FALSE(page.props().toasts.empty());
  page.act(RenewCertificate{});
  page.answer<AdminCertificateRenew>({}, page.certificates("A2", 90));
  CHECK(page.props().certificates.chain[0].serial == "A2");
  CHECK(page.props().certificates.summary == "good for 90 more days");
}

TEST_CASE("a name is added once, and what people know the office by is shown to have stayed") {
  CertificatesPage page;
  page.answer<AdminCertificateGet>({}, page.certificates("A1", 80));
  CHECK(page.props().certificates.names == "office.example, 192.0.2.1");
  CHECK(page.props().certificates.link == "wardroom://office.example:7443/?ca=abc");
  page.act(AddCertificateName{"no host"});
  const auto asked = page.call<AdminCertificateAddName>();
  REQUIRE(asked);
  CHECK(asked->name == "no host");
  CHECK(page.props().certificates.adding);
  page.act(AddCertificateName{"another"});
  CHECK_FALSE(page.call<AdminCertificateAddName>());
  page.answer<AdminCertificateAddName>(*asked, params_error("params.name", "That is no host."));
  CHECK_FALSE(page.props().certificates.adding);
  CHECK(page.props().certificates.form_error == "That is no host.");
  CHECK(page.props().certificates.added == 0);
  CHECK(page.props().certificates.chain[0].serial == "A1");
  page.act(AddCertificateName{"chat2.example"});
  CHECK(page.props().certificates.form_error.empty());
  auto then = page.certificates("A2", 90);
  then.hosts.emplace_back("chat2.example");
  page.answer<AdminCertificateAddName>({"chat2.example"}, then);
  CHECK(page.props().certificates.names == "office.example, 192.0.2.1, chat2.example");
  CHECK(page.props().certificates.chain[0].serial == "A2");
  CHECK(page.props().certificates.link == "wardroom://office.example:7443/?ca=abc");
  CHECK(page.props().certificates.added == 1);
  REQUIRE_FALSE(page.props().toasts.empty());
}

TEST_CASE("a name that is on its way when the connection ends can be sent again") {
  CertificatesPage page;
  page.answer<AdminCertificateGet>({}, page.certificates("A1", 80));
  page.act(AddCertificateName{"chat2.example"});
  page.tell(LinkChanged{LinkChanged::State::offline, unavailable("The network is down."), false});
  CHECK_FALSE(page.props().certificates.adding);
  page.act(AddCertificateName{"chat2.example"});
  CHECK_FALSE(page.call<AdminCertificateAddName>());
  CHECK(page.props().certificates.form_error.find("Nothing was added") != std::string::npos);
}

TEST_CASE("without the authority's key nothing is offered that can't be done, and expiry is said plainly") {
  CertificatesPage page;
  auto shown = page.certificates("A1", -2);
  shown.renews_at.reset();
  page.answer<AdminCertificateGet>({}, shown);
  CHECK_FALSE(page.props().certificates.can_renew);
  CHECK(page.props().certificates.renewal.find("wardroomctl certificate replace") != std::string::npos);
  CHECK(page.props().certificates.summary == "has expired: clients refuse it");
  page.act(RefreshCertificates{});
  page.answer<AdminCertificateGet>({}, make_error(ErrorCode::unavailable, "It can't be read."));
  CHECK(page.props().certificates.chain.empty());
  CHECK(page.props().certificates.error == "It can't be read.");
}
