#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/json.h"
#include "registry/base/refusal.h"

namespace registry {

/// Where a value stands in a request; printed as a JSON pointer only when something is wrong there.
struct JsonPlace {
  const JsonPlace* up = nullptr;
  std::string_view name;
  std::optional<std::size_t> index;

  JsonPlace member(std::string_view member_name) const { return {this, member_name, {}}; }
  JsonPlace element(std::size_t element_index) const { return {this, {}, element_index}; }
  /// RFC 6901; "" for the whole document. Long names are cut.
  std::string pointer() const;
};

/// Reads members of untrusted JSON objects and collects everything that is wrong with them.
class MemberReader {
 public:
  /// The string, which may be moved out; null and an error where it is missing, not a string or too long.
  std::string* text(crypto::Json& object, const JsonPlace& at, std::string_view name, std::size_t bytes_max);
  /// The array; null and an error where it is missing, not an array, or has fewer or more elements.
  crypto::Json* array(crypto::Json& object, const JsonPlace& at, std::string_view name, std::size_t min,
                      std::size_t max);
  /// The whole number of at least 0.
  std::optional<std::uint64_t> number(crypto::Json& object, const JsonPlace& at, std::string_view name);
  /// True for an object; its other members than `known` become errors.
  bool object(const crypto::Json& value, const JsonPlace& at, std::initializer_list<std::string_view> known);
  static bool has(const crypto::Json& object, std::string_view name);

  void bad(const JsonPlace& at, std::string_view code, std::string_view detail = {});
  /// A signature whose parts have the right types and still cannot be one.
  void bad_signature(const JsonPlace& at, std::string_view code, std::string_view detail = {});
  /// Errors of a text inside, with pointers of their own.
  void bad_header(std::vector<FieldError> errors);

  bool good() const { return errors_.empty(); }
  /// All errors under one rule: malformed-request if the JSON is at fault, else header-form, else signature-form.
  Refusal refusal() &&;

 private:
  crypto::Json* member(crypto::Json& object, const JsonPlace& at, std::string_view name);

  std::vector<FieldError> errors_;
  bool malformed_ = false;
  bool header_ = false;
};

}  // namespace registry
