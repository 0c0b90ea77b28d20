#include "common/language/locale_format.hpp"

#include <array>
#include <map>
#include <memory>
#include <string_view>

#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/unum.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

namespace wardroom::language {
namespace {

template <auto close>
struct Closes {
  template <class T>
  void operator()(T* opened) const {
    close(opened);
  }
};

std::string to_utf8(const UChar* text, std::int32_t length) {
  std::string out(static_cast<std::size_t>(length) * 3, '\0');
  std::int32_t bytes = 0;
  UErrorCode status = U_ZERO_ERROR;
  u_strToUTF8(out.data(), static_cast<std::int32_t>(out.size()), &bytes, text, length, &status);
  out.resize(U_SUCCESS(status) ? static_cast<std::size_t>(bytes) : 0);
  return out;
}

std::u16string to_utf16(std::string_view ascii) {
  return {ascii.begin(), ascii.end()};
}

using Plurals = std::unique_ptr<UPluralRules, Closes<uplrules_close>>;
using Numbers = std::unique_ptr<UNumberFormat, Closes<unum_close>>;
using Days = std::unique_ptr<UDateFormat, Closes<udat_close>>;
using Patterns = std::unique_ptr<UDateTimePatternGenerator, Closes<udatpg_close>>;

Days open_days(const std::string& language, const std::string& skeleton) {
  UErrorCode status = U_ZERO_ERROR;
  const Patterns patterns(udatpg_open(language.c_str(), &status));
  if (U_FAILURE(status)) return nullptr;
  std::array<UChar, 128> pattern{};
  const std::u16string wanted = to_utf16(skeleton);
  const std::int32_t length =
      udatpg_getBestPattern(patterns.get(), wanted.data(), static_cast<std::int32_t>(wanted.size()),
                            pattern.data(), pattern.size(), &status);
  if (U_FAILURE(status)) return nullptr;
  const std::u16string utc = u"UTC";
  Days days(udat_open(UDAT_PATTERN, UDAT_PATTERN, language.c_str(), utc.data(),
                      static_cast<std::int32_t>(utc.size()), pattern.data(), length, &status));
  return U_SUCCESS(status) ? std::move(days) : nullptr;
}

// Opening any of these reads tables; a list of messages asks for one day after the other.
template <class Made, class Open>
Made& kept(std::map<std::string, Made>& all, const std::string& name, const Open& open) {
  const auto found = all.find(name);
  if (found != all.end()) return found->second;
  return all[name] = open();
}

}  // namespace

std::string plural_category(const std::string& language, std::int64_t number) {
  thread_local std::map<std::string, Plurals> all;
  UErrorCode status = U_ZERO_ERROR;
  const auto& rules = kept(all, language, [&] { return Plurals(uplrules_open(language.c_str(), &status)); });
  if (U_FAILURE(status) || !rules) return "other";
  std::array<UChar, 32> word{};
  const std::int32_t length =
      uplrules_select(rules.get(), static_cast<double>(number), word.data(), word.size(), &status);
  return U_SUCCESS(status) ? to_utf8(word.data(), length) : "other";
}

std::string grouped_number(const std::string& language, std::int64_t number) {
  thread_local std::map<std::string, Numbers> all;
  UErrorCode status = U_ZERO_ERROR;
  const auto& format = kept(all, language, [&] {
    return Numbers(unum_open(UNUM_DECIMAL, nullptr, 0, language.c_str(), nullptr, &status));
  });
  if (U_FAILURE(status) || !format) return std::to_string(number);
  std::array<UChar, 64> text{};
  const std::int32_t length =
      unum_formatInt64(format.get(), number, text.data(), text.size(), nullptr, &status);
  return U_SUCCESS(status) ? to_utf8(text.data(), length) : std::to_string(number);
}

std::string day_by_skeleton(const std::string& language, const std::string& skeleton,
                            std::chrono::sys_days day) {
  thread_local std::map<std::string, Days> all;
  const auto& format = kept(all, language + ' ' + skeleton, [&] { return open_days(language, skeleton); });
  if (!format) return {};
  const double ms = static_cast<double>(std::chrono::milliseconds(day.time_since_epoch()).count());
  std::array<UChar, 128> text{};
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t length = udat_format(format.get(), ms, text.data(), text.size(), nullptr, &status);
  return U_SUCCESS(status) ? to_utf8(text.data(), length) : std::string{};
}

}  // namespace wardroom::language
