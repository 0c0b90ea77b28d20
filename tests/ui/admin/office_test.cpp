#include <catch2/catch.hpp>

#include "tests/ui/admin/console_under_test.hpp"

using namespace wardroom;
using namespace wardroom::admin;
using admin::testing::Console;

TEST_CASE("the certificates are shown one by one, renewed, looked at again, and their fingerprint copied") {
  Console c{sample::certificates_page()};
  CHECK(c.ui.recorder().shows("good for 87 more days"));
  CHECK(c.ui.recorder().shows("This server: office.example"));
  CHECK(c.ui.recorder().shows("The authority: Harbour & Sons Wardroom CA"));
  REQUIRE(c.ui.click("certificate.renew"));
  CHECK(c.last<RenewCertificate>());
  REQUIRE(c.ui.click("certificate.refresh"));
  CHECK(c.last<RefreshCertificates>());
  REQUIRE(c.ui.click("certificate.copy_fingerprint"));
  CHECK(c.ui.clipboard() == "H6NA-DPDX-4JGR-BTAV-7C2K-WQ5M");
  c.ui.resize(1280, 1400);
  REQUIRE(c.ui.click("certificate.copy_link"));
  CHECK(c.ui.clipboard() == c.props.certificates.link);
  c.props.certificates.busy = true;
  c.ui.frames();
  CHECK(c.ui.recorder().find("certificate.renew")->disabled);
}

TEST_CASE("a name is added on the page, which says beforehand what PCs will see") {
  Console c{sample::certificates_page()};
  c.props.certificates.names = "office.example";
  c.ui.resize(1280, 1400);
  CHECK(c.ui.recorder().shows("PCs reach the server as office.example."));
  CHECK(c.ui.recorder().find("certificate.add_name")->disabled);
  REQUIRE(c.ui.click("certificate.name"));
  c.ui.type(" chat2.example");
  CHECK(c.ui.recorder().shows("PCs then reach the server as office.example, chat2.example."));
  CHECK(c.ui.recorder().shows("The fingerprint and the link stay as they are."));
  REQUIRE(c.ui.click("certificate.add_name"));
  REQUIRE(c.last<AddCertificateName>());
  CHECK(c.last<AddCertificateName>()->name == "chat2.example");
  // While it is on its way nothing more is sent; what is refused stays, what is added leaves the field.
  c.props.certificates.adding = true;
  c.ui.frames();
  CHECK(c.ui.recorder().find("certificate.add_name")->disabled);
  CHECK(c.ui.recorder().find("certificate.name")->disabled);
  c.props.certificates.adding = false;
  c.props.certificates.form_error = "It is one of server.hosts already.";
  c.ui.frames();
  CHECK(c.ui.recorder().shows("It is one of server.hosts already."));
  CHECK(c.ui.recorder().find("certificate.name")->state == " chat2.example");
  c.props.certificates.added = 1;
  c.ui.frames();
  CHECK(c.ui.recorder().find("certificate.name")->state.empty());
}

TEST_CASE("a certificate that nothing renews is an alarm, and no button pretends otherwise") {
  Console c{sample::certificates_alarm()};
  CHECK(c.ui.recorder().shows("nothing renews it"));
  CHECK(c.ui.recorder().find("certificate.renew") == nullptr);
  c.ui.resize(1280, 1400);
  CHECK(c.ui.recorder().shows("make-ca.sh names"));
  CHECK(c.ui.recorder().find("certificate.name") == nullptr);
}

TEST_CASE(
    "an announcement is written, kept for as long as was chosen, and asks to be acknowledged if wanted") {
  Console c{sample::announce_nothing()};
  CHECK(c.ui.recorder().shows("Nothing is announced"));
  CHECK(c.ui.recorder().find("announce.do")->disabled);
  REQUIRE(c.ui.click("announce.text"));
  c.ui.type("Closed on Friday");
  REQUIRE(c.ui.click("announce.lasts"));
  REQUIRE(c.ui.click("announce.lasts.choice:1"));
  REQUIRE(c.ui.click("announce.must_acknowledge"));
  REQUIRE(c.ui.click("announce.do"));
  REQUIRE(c.last<Announce>());
  CHECK(c.last<Announce>()->form.text == "Closed on Friday");
  CHECK(c.last<Announce>()->form.must_acknowledge);
  CHECK(c.last<Announce>()->form.lasts == 1);
  // What was refused stays in the form, what was made leaves it.
  c.props.announce.form_error = "Too long.";
  c.ui.frames();
  CHECK(c.ui.recorder().shows("Too long."));
  CHECK(c.ui.recorder().find("announce.text")->state == "Closed on Friday");
  c.props.announce.sent = 1;
  c.ui.frames();
  CHECK(c.ui.recorder().find("announce.text")->state.empty());
}

TEST_CASE("who hasn't acknowledged is listed, who has is one press away, and what stands can be ended") {
  Console c{sample::announce_page()};
  CHECK(c.ui.recorder().shows("211 of 214 people have acknowledged it"));
  CHECK(c.ui.recorder().shows("Jonas Berg"));
  REQUIRE(c.ui.click("announce.who:1"));
  REQUIRE(c.last<ShowAcknowledged>());
  CHECK_FALSE(c.last<ShowAcknowledged>()->missing);
  REQUIRE(c.ui.click("announce.end"));
  CHECK(c.last<EndAnnouncement>());
  REQUIRE(c.ui.click("announce.refresh"));
  CHECK(c.last<RefreshAnnouncement>());
  c.props.announce.stands = false;
  c.ui.frames();
  CHECK(c.ui.recorder().find("announce.end") == nullptr);
  CHECK(c.ui.recorder().shows("Announced last"));
}

TEST_CASE("the overview has what is wrong first, what is known, and a line for each number") {
  Console c{sample::overview_page()};
  CHECK(c.ui.recorder().shows("The last backup failed."));
  CHECK(c.ui.recorder().shows("Certificate: 87 days"));
  CHECK(c.ui.recorder().shows("Messages a minute: 96"));
  CHECK(c.ui.recorder().shows("Requests a second: 38.2"));
  CHECK(c.ui.recorder().find("page:9")->state == "2");
  REQUIRE(c.ui.click("page:9"));
  CHECK(c.last<OpenPage>()->page == Page::overview);
  Console quiet{sample::overview_quiet()};
  CHECK(quiet.ui.recorder().shows("Nothing needs your attention."));
  quiet.props.overview = {};
  quiet.props.overview.error = "The server counts nothing.";
  quiet.ui.frames();
  CHECK(quiet.ui.recorder().shows("The server counts nothing."));
}
