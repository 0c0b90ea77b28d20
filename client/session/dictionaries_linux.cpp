#include "client/session/dictionaries.hpp"

#include <cstdlib>
#include <enchant.h>
#include <map>
#include <set>
#include <span>
#include <string_view>

namespace wardroom::client {
namespace {

using Broker = std::unique_ptr<EnchantBroker, decltype(&enchant_broker_free)>;

// Typographic apostrophes stand in texts, plain ones in most dictionaries.
std::string with_plain_apostrophes(const std::string& word) {
  constexpr std::string_view kApostrophe = "\xE2\x80\x99";
  std::string plain = word;
  for (auto at = plain.find(kApostrophe); at != std::string::npos; at = plain.find(kApostrophe))
    plain.replace(at, kApostrophe.size(), "'");
  return plain;
}

// By enchant, which asks hunspell and others for what they have. It also knows the words that the person
// added in other programs of the desktop.
class EnchantDictionaries final : public Dictionaries {
 public:
  explicit EnchantDictionaries(Broker broker) : broker_(std::move(broker)) {}

  // Those that were opened belong to the broker, which ends them.
  std::vector<std::string> languages() override {
    std::set<std::string> tags;
    enchant_broker_list_dicts(
        broker_.get(),
        [](const char* tag, const char*, const char*, const char*, void* into) {
          static_cast<std::set<std::string>*>(into)->insert(tag);
        },
        &tags);
    return {tags.begin(), tags.end()};
  }

  bool knows(const std::string& language, const std::string& word) override {
    EnchantDict* dictionary = open(language);
    if (!dictionary || check(dictionary, word)) return true;
    const std::string plain = with_plain_apostrophes(word);
    return plain != word && check(dictionary, plain);
  }

  std::vector<std::string> suggest(const std::string& language, const std::string& word) override {
    EnchantDict* dictionary = open(language);
    if (!dictionary) return {};
    std::size_t count = 0;
    char** found = enchant_dict_suggest(dictionary, word.data(), static_cast<ssize_t>(word.size()), &count);
    if (!found) return {};
    const std::vector<std::string> words(found, found + count);
    enchant_dict_free_string_list(dictionary, found);
    return words;
  }

 private:
  // Positive: unknown. Negative: it couldn't be looked up.
  static bool check(EnchantDict* dictionary, const std::string& word) {
    return enchant_dict_check(dictionary, word.data(), static_cast<ssize_t>(word.size())) <= 0;
  }

  EnchantDict* open(const std::string& language) {
    const auto known = opened_.find(language);
    if (known != opened_.end()) return known->second;
    return opened_[language] = enchant_broker_request_dict(broker_.get(), language.c_str());
  }

  Broker broker_;
  std::map<std::string, EnchantDict*> opened_;  // null: can't be read
};

}  // namespace

std::unique_ptr<Dictionaries> open_dictionaries() {
  Broker broker(enchant_broker_init(), &enchant_broker_free);
  if (!broker) return nullptr;
  return std::make_unique<EnchantDictionaries>(std::move(broker));
}

// As gettext asks: the first of these that is set.
std::string preferred_language() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (!value || *value == '\0') continue;
    const std::string_view locale = value;
    const std::string language(locale.substr(0, locale.find_first_of(".@")));
    return language == "C" || language == "POSIX" || language.empty() ? "en" : language;
  }
  return "en";
}

}  // namespace wardroom::client
