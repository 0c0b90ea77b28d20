#include <catch2/catch.hpp>

#include "tests/unit/admin/driver.hpp"

using namespace wardroom;
using namespace wardroom::admin;
using namespace wardroom::admin::testing;
using protocol::AdminUserList;
using protocol::Role;

namespace {

protocol::Account called(std::int64_t id, std::string name, std::string display_name) {
  auto one = account(id, std::move(name));
  one.display_name = std::move(display_name);
  return one;
}

constexpr auto kByDisplayName = static_cast<std::size_t>(PeopleColumn::display_name);

struct Listed : Driver {
  Listed() {
    come_online(Role::admin);
    give({called(1, "a", "Öztürk"), called(2, "b", "zoe")}, true);
  }
  void give(std::vector<protocol::Account> users, bool more) {
    REQUIRE(list_call());
    answer<AdminUserList>(AdminUserList::Params(*list_call()),
                          AdminUserList::Result{std::move(users), more, 4});
  }
  std::string shown() {
    std::string text;
    for (const auto& row : props().people.rows) text += row.name;
    return text;
  }
};

}  // namespace

TEST_CASE("people are sorted over all pages, never over the first alone") {
  Listed d;
  const auto list = d.props().people.list;
  d.act(SortList{ListName::people, kByDisplayName});
  d.give({called(1, "a", "Öztürk"), called(2, "b", "zoe")}, true);
  // Until all are there, what is shown stays as it was, and the arrow where it was.
  CHECK(d.shown() == "ab");
  CHECK(d.props().people.sort.column == static_cast<std::size_t>(PeopleColumn::name));
  CHECK(d.props().people.summary == "Sorting: 2 of 4");
  REQUIRE(d.list_call());
  CHECK(d.list_call()->after == "b");
  d.give({called(3, "c", "Amara"), called(4, "d", "pia")}, false);
  CHECK(d.shown() == "cadb");
  CHECK(d.props().people.sort == ListSort{kByDisplayName, false});
  CHECK(d.props().people.list != list);
  CHECK_FALSE(d.props().people.more);
}

TEST_CASE("a second press turns the order round, without asking again") {
  Listed d;
  d.act(SortList{ListName::people, kByDisplayName});
  d.give({called(1, "a", "Öztürk"), called(2, "b", "zoe")}, false);
  d.act(SortList{ListName::people, kByDisplayName});
  CHECK(d.list_call() == nullptr);
  CHECK(d.shown() == "ba");
  d.act(SortList{ListName::people, static_cast<std::size_t>(PeopleColumn::name)});
  CHECK(d.shown() == "ab");
}

TEST_CASE("an order that the server's pages don't come for is given up, and said") {
  Listed d;
  d.act(SortList{ListName::people, kByDisplayName});
  d.give({called(1, "a", "Öztürk"), called(2, "b", "zoe")}, true);
  d.answer<AdminUserList>(AdminUserList::Params(*d.list_call()), unavailable("The server is busy."));
  CHECK(d.shown() == "ab");
  CHECK(d.props().people.sort.column == static_cast<std::size_t>(PeopleColumn::name));
  CHECK(d.props().toasts.size() == 1);
}

TEST_CASE("another search is read from its top") {
  Listed d;
  const auto list = d.props().people.list;
  d.act(FilterPeople{{"mu", 0, 0}});
  CHECK(d.props().people.list != list);
}
