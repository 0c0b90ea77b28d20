#pragma once

#include <filesystem>

// A directory with a throw-away self-signed certificate for localhost (cert.pem) and its key (key.pem);
// removed at the end.
class TestCertificate {
 public:
  TestCertificate();
  TestCertificate(const TestCertificate&) = delete;
  TestCertificate& operator=(const TestCertificate&) = delete;
  ~TestCertificate();

  std::filesystem::path certificate() const { return directory_ / "cert.pem"; }
  std::filesystem::path key() const { return directory_ / "key.pem"; }
  // Replaces both files by new ones with this serial number.
  void renew(long serial);

 private:
  std::filesystem::path directory_;
};
