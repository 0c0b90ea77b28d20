#include "common/language/tr.hpp"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>

#include <toml++/toml.h>

#include "common/language/locale_format.hpp"

namespace wardroom::language {
namespace {

using Texts = std::map<std::string, std::string, std::less<>>;

struct Language {
  std::string tag = "en";
  Texts texts;
  std::map<std::string, Texts, std::less<>> counts;
};

// Every language that was ever in use stays, because what tr() returned may still be on its way to the
// screen.
class Languages {
 public:
  Languages() { use(std::make_unique<Language>()); }

  const Language& used() const { return *used_.load(std::memory_order_acquire); }

  void use(std::unique_ptr<Language> language) {
    const std::unique_lock lock(mutex_);
    used_.store(language.get(), std::memory_order_release);
    all_.push_back(std::move(language));
  }

  // Texts are literals of the program, so there is an end to them.
  const std::string& english(std::string_view text) {
    {
      const std::shared_lock lock(mutex_);
      const auto found = english_.find(text);
      if (found != english_.end()) return found->second;
    }
    const std::unique_lock lock(mutex_);
    return english_.try_emplace(std::string(text), text).first->second;
  }

 private:
  std::shared_mutex mutex_;
  std::vector<std::unique_ptr<const Language>> all_;
  Texts english_;
  std::atomic<const Language*> used_{nullptr};
};

Languages& languages() {
  static Languages all;
  return all;
}

Error bad_file(const std::string& tag, const std::string& what) {
  return Error{.message = "The language file " + tag + ".toml " + what};
}

Result<Texts> read_texts(const std::string& tag, const toml::table& table) {
  Texts texts;
  for (const auto& [key, value] : table) {
    const auto text = value.value<std::string>();
    if (!text) return bad_file(tag, "has no text for \"" + std::string(key.str()) + "\".");
    texts.emplace(key.str(), *text);
  }
  return texts;
}

Result<std::unique_ptr<Language>> read_language(const std::string& tag, std::string_view file) {
  auto language = std::make_unique<Language>();
  language->tag = tag;
  try {
    const toml::table all = toml::parse(file);
    if (const auto* texts = all["texts"].as_table()) {
      auto read = read_texts(tag, *texts);
      if (!read) return read.error();
      language->texts = std::move(*read);
    }
    if (const auto* counts = all["counts"].as_table())
      for (const auto& [key, value] : *counts) {
        const auto* forms = value.as_table();
        if (!forms || !forms->contains("other"))
          return bad_file(tag, "needs a table with \"other\" for \"" + std::string(key.str()) + "\".");
        auto read = read_texts(tag, *forms);
        if (!read) return read.error();
        language->counts.emplace(key.str(), std::move(*read));
      }
  } catch (const toml::parse_error& error) {
    return bad_file(tag, "can't be read: " + std::string(error.description()) + ", line " +
                             std::to_string(error.source().begin.line) + ".");
  }
  return language;
}

}  // namespace

Result<void> use_language(const std::string& tag, std::string_view toml) {
  auto language = read_language(tag, toml);
  if (!language) return language.error();
  languages().use(std::move(*language));
  return ok();
}

std::string used_language() {
  return languages().used().tag;
}

const std::string& tr(std::string_view english) {
  const auto& texts = languages().used().texts;
  const auto found = texts.find(english);
  return found == texts.end() ? languages().english(english) : found->second;
}

std::string filled(std::string_view text, const std::vector<std::string>& values) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const bool place = text[at] == '{' && at + 2 < text.size() && text[at + 2] == '}';
    const auto number = place ? static_cast<std::size_t>(text[at + 1] - '0') : values.size();
    if (number < values.size()) {
      out += values[number];
      at += 3;
    } else {
      out += text[at++];
    }
  }
  return out;
}

std::string tr_count(std::int64_t number, std::string_view one, std::string_view others,
                     const std::vector<std::string>& more) {
  const Language& used = languages().used();
  std::vector<std::string> values{grouped_number(used.tag, number)};
  values.insert(values.end(), more.begin(), more.end());
  const auto forms = used.counts.find(others);
  if (forms == used.counts.end()) return filled(number == 1 ? one : others, values);
  const auto form = forms->second.find(plural_category(used.tag, number));
  return filled(form == forms->second.end() ? forms->second.at("other") : form->second, values);
}

}  // namespace wardroom::language
