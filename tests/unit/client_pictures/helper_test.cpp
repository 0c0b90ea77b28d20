#include "client/pictures/helper.hpp"

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <sys/socket.h>
#include <sys/wait.h>

#include "client/pictures/decode.hpp"
#include "client/pictures/give_up_rights.hpp"
#include "tests/unit/client_pictures/samples.hpp"

using namespace wardroom;
using namespace wardroom::client::pictures;
using namespace wardroom::client::pictures::test;

namespace {

constexpr Box kSmallBox{100, 100};

// What the helper's process answers. This program has no such word on its command line, so it is forked.
std::string ask_helper(const std::string& request) {
  int in[2], out[2];
  REQUIRE(::pipe(in) == 0);
  REQUIRE(::pipe(out) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(in[0], 0);
    ::dup2(out[1], 1);
    for (const int fd : {in[0], in[1], out[0], out[1]}) ::close(fd);
    ::_exit(run_helper());
  }
  ::close(in[0]);
  ::close(out[1]);
  // A pipe holds it: the samples are small.
  CHECK(::write(in[1], request.data(), request.size()) == static_cast<ssize_t>(request.size()));
  ::close(in[1]);
  std::string reply;
  char piece[4096];
  for (ssize_t n = 0; (n = ::read(out[0], piece, sizeof piece)) > 0;)
    reply.append(piece, static_cast<std::size_t>(n));
  ::close(out[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  return reply;
}

}  // namespace

TEST_CASE("after it gave up its rights a process opens, connects, starts and ends nothing") {
  const pid_t child = ::fork();
  if (child == 0) {
    const int spare = ::open("/dev/null", O_RDONLY);
    if (!give_up_rights()) ::_exit(10);
    char byte = 0;
    if (::read(spare, &byte, 1) >= 0) ::_exit(11);
    if (::open("/etc/passwd", O_RDONLY) >= 0) ::_exit(12);
    if (::socket(AF_UNIX, SOCK_STREAM, 0) >= 0) ::_exit(13);
    if (::kill(::getppid(), 0) == 0) ::_exit(14);
    const pid_t another = ::fork();
    if (another >= 0) ::_exit(15);
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("the helper decodes without its rights, and says what can't be") {
  const auto picture = red_and_blue(40, 20);
  for (const auto& bytes : {as_png(picture), as_jpeg(picture), as_webp(picture), one_pixel_gif(false)}) {
    const auto decoded = parse_reply(ask_helper(compose_request(bytes, kSmallBox)), kSmallBox);
    REQUIRE(decoded);
    CHECK(decoded->rgba == decode_picture(bytes, kSmallBox)->rgba);
  }
  const auto broken = parse_reply(ask_helper(compose_request("no picture", kSmallBox)), kSmallBox);
  REQUIRE_FALSE(broken);
  CHECK(broken.error().reason == "picture_broken");
  const auto huge = claim_png_size(as_png(picture), 29'999, 29'999);
  const auto refused = parse_reply(ask_helper(compose_request(huge, kSmallBox)), kSmallBox);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == "picture_too_large");
  CHECK_FALSE(parse_reply(ask_helper("nonsense"), kSmallBox));
}

TEST_CASE("an answer of the helper's is believed only when its bytes are those of a picture within the box") {
  const auto reply = compose_reply(red_and_blue(4, 2));
  CHECK(parse_reply(reply, kSmallBox));
  CHECK_FALSE(parse_reply(reply, {3, 100}));
  CHECK_FALSE(parse_reply(reply + "x", kSmallBox));
  for (std::size_t length = 0; length < reply.size(); ++length)
    CHECK_FALSE(parse_reply(std::string_view(reply).substr(0, length), kSmallBox));
  // One that moves: as many frames as times, each time one that can be waited for.
  Pixels moving{1, 1, {0, 0, 0, 255, 255, 255, 255, 255}, {100, 500}};
  const auto both = parse_reply(compose_reply(moving), kSmallBox);
  REQUIRE(both);
  CHECK(both->delays_ms == moving.delays_ms);
  CHECK(both->rgba == moving.rgba);
  moving.delays_ms.push_back(100);
  CHECK_FALSE(parse_reply(compose_reply(moving), kSmallBox));
  moving.delays_ms = {100, 0};
  CHECK_FALSE(parse_reply(compose_reply(moving), kSmallBox));
  auto claims = reply;
  claims.replace(4, 4, std::string(4, '\xFF'));
  CHECK_FALSE(parse_reply(claims, kSmallBox));
  claims.replace(4, 4, std::string(4, '\0'));
  CHECK_FALSE(parse_reply(claims, kSmallBox));
}

TEST_CASE("a request is read as it was made, and only that") {
  HelperRequest read;
  const auto request = compose_request("bytes", {720, 560});
  REQUIRE(parse_request(request, read));
  CHECK(read.box.width == 720);
  CHECK(read.box.height == 560);
  CHECK(read.bytes == "bytes");
  CHECK_FALSE(parse_request(compose_request("bytes", {0, 560}), read));
  CHECK_FALSE(parse_request(compose_request("bytes", {100'000, 560}), read));
  CHECK_FALSE(parse_request(request.substr(0, 11), read));
  CHECK_FALSE(parse_request("", read));
}
