#include "client/views/markdown.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "client/views/space.hpp"
#include "protocol/message_link.hpp"

namespace wardroom::client::views {
namespace {

using ui::Block;
using ui::Span;
using ui::SpanStyle;

bool is_name_character(char c) {
  const auto u = static_cast<unsigned char>(c);
  return u >= 0x80 || c == '_' || c == '-' || c == '.' || (c >= '0' && c <= '9') ||
         ((u | 0x20) >= 'a' && (u | 0x20) <= 'z');
}

bool starts_with_link(std::string_view text) {
  return text.starts_with("https://") || text.starts_with("http://") ||
         protocol::looks_like_message_link(text.substr(0, text.find_first_of(" \n)")));
}

// Without the full stop or bracket that belongs to the sentence.
std::size_t bare_link_length(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && !is_space(text[end]) && text[end] != '<' && text[end] != '>') ++end;
  while (end > 0 && std::string_view{".,;:!?'\")"}.find(text[end - 1]) != std::string_view::npos) {
    if (text[end - 1] == ')' && text.substr(0, end).find('(') != std::string_view::npos) break;
    --end;
  }
  return end;
}

struct Marker {
  std::string_view sign;
  SpanStyle style;
};
constexpr std::array<Marker, 4> kMarkers{
    {{"**", SpanStyle::bold}, {"~~", SpanStyle::struck}, {"*", SpanStyle::italic}, {"_", SpanStyle::italic}}};

// Reads one paragraph's characters into spans.
class Inline {
 public:
  Inline(std::string_view text, std::string_view self_name) : text_(text), self_name_(self_name) {}

  std::vector<Span> read() {
    while (at_ < text_.size()) {
      if (!(read_code() || read_named_link() || read_bare_link() || read_mention() || read_marked())) {
        plain_ += text_[at_++];
      }
    }
    flush();
    return std::move(spans_);
  }

 private:
  void flush() {
    if (!plain_.empty()) spans_.push_back({SpanStyle::plain, std::move(plain_), {}});
    plain_.clear();
  }
  void put(SpanStyle style, std::string_view words, std::string target = {}, bool named = false) {
    flush();
    spans_.push_back({style, std::string{words}, std::move(target), named});
  }
  std::string_view rest() const { return text_.substr(at_); }
  bool at_word_start() const { return at_ == 0 || !is_name_character(text_[at_ - 1]); }

  bool read_code() {
    if (text_[at_] != '`') return false;
    const std::size_t end = text_.find('`', at_ + 1);
    if (end == std::string_view::npos || end == at_ + 1) return false;
    put(SpanStyle::code, text_.substr(at_ + 1, end - at_ - 1));
    at_ = end + 1;
    return true;
  }

  bool read_named_link() {
    if (text_[at_] != '[') return false;
    const std::size_t close = text_.find("](", at_);
    if (close == std::string_view::npos || close == at_ + 1) return false;
    const std::size_t end = text_.find(')', close);
    const std::string_view target =
        text_.substr(close + 2, end == std::string_view::npos ? 0 : end - close - 2);
    if (!starts_with_link(target) || std::any_of(target.begin(), target.end(), is_space)) return false;
    const std::string_view words = text_.substr(at_ + 1, close - at_ - 1);
    put(SpanStyle::link, words, std::string{target}, words != target);
    at_ = end + 1;
    return true;
  }

  bool read_bare_link() {
    const bool may_begin = text_[at_] == 'h' || text_[at_] == 'w';
    if (!may_begin || !at_word_start() || !starts_with_link(rest())) return false;
    const std::string_view url = rest().substr(0, bare_link_length(rest()));
    if (url.ends_with("//")) return false;
    put(SpanStyle::link, url, std::string{url});
    at_ += url.size();
    return true;
  }

  bool read_mention() {
    if (text_[at_] != '@' || !at_word_start()) return false;
    std::size_t end = at_ + 1;
    while (end < text_.size() && is_name_character(text_[end])) ++end;
    while (end > at_ + 1 && (text_[end - 1] == '.' || text_[end - 1] == '-')) --end;
    const std::string_view name = text_.substr(at_ + 1, end - at_ - 1);
    if (name.empty()) return false;
    const bool loud = name == self_name_ || name == "room";
    put(loud ? SpanStyle::mention : SpanStyle::bold, text_.substr(at_, end - at_));
    at_ = end;
    return true;
  }

  bool read_marked() {
    for (const Marker& marker : kMarkers) {
      if (!rest().starts_with(marker.sign)) continue;
      // snake_case_names and 2*3*4 aren't emphasis.
      if (marker.sign.size() == 1 && !at_word_start()) return false;
      const std::size_t from = at_ + marker.sign.size();
      const std::size_t end = text_.find(marker.sign, from);
      if (end == std::string_view::npos || end == from || is_space(text_[from]) || is_space(text_[end - 1]))
        continue;
      const std::size_t after = end + marker.sign.size();
      if (marker.sign.size() == 1 && after < text_.size() && is_name_character(text_[after]) &&
          text_[after] != '.') {
        continue;
      }
      put(marker.style, text_.substr(from, end - from));
      at_ = after;
      return true;
    }
    return false;
  }

  std::string_view text_;
  std::string_view self_name_;
  std::size_t at_ = 0;
  std::string plain_;
  std::vector<Span> spans_;
};

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

Block::Kind line_kind(std::string_view line) {
  if (line.starts_with("> ")) return Block::Kind::quote;
  if (line.starts_with("- ") || line.starts_with("* ")) return Block::Kind::bullet;
  return Block::Kind::paragraph;
}

// The inside of a ``` block, if one starts here and ends somewhere.
std::optional<std::string_view> take_code(std::string_view& text) {
  if (!text.starts_with("```")) return std::nullopt;
  const std::size_t end = text.find("```", 3);
  if (end == std::string_view::npos) return std::nullopt;
  std::string_view inside = text.substr(3, end - 3);
  // The first line may name a language.
  const std::size_t newline = inside.find('\n');
  if (newline != std::string_view::npos && inside.substr(0, newline).find(' ') == std::string_view::npos) {
    inside.remove_prefix(newline + 1);
  }
  if (inside.ends_with('\n')) inside.remove_suffix(1);
  text.remove_prefix(end + 3);
  if (text.starts_with('\n')) text.remove_prefix(1);
  return inside;
}

}  // namespace

std::vector<Block> parse_markdown(std::string_view text, std::string_view self_name) {
  std::vector<Block> blocks;
  std::string paragraph;
  bool open = false;
  const auto flush = [&] {
    if (open) blocks.push_back({Block::Kind::paragraph, Inline{paragraph, self_name}.read()});
    paragraph.clear();
    open = false;
  };
  while (!text.empty()) {
    if (const auto code = take_code(text)) {
      flush();
      blocks.push_back({Block::Kind::code, {{SpanStyle::plain, std::string{*code}, {}}}});
      continue;
    }
    const std::string_view line = take_line(text);
    const Block::Kind kind = line_kind(line);
    if (kind != Block::Kind::paragraph) {
      flush();
      blocks.push_back({kind, Inline{line.substr(2), self_name}.read()});
      continue;
    }
    if (open) paragraph += '\n';
    paragraph += line;
    open = true;
  }
  flush();
  return blocks;
}

}  // namespace wardroom::client::views
