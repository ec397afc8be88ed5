#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/key.h"
#include "registry/base/refusal.h"
#include "registry/base/result.h"
#include "registry/base/time.h"
#include "registry/domain/quantity.h"

namespace registry {

enum class Zero { refused, allowed };

/// Reads the members of one payload object and collects every fault, so that all bad fields are reported at once.
/// Getters return a harmless value after a fault; ask `finish` before using any. Each member must be read exactly by
/// its name; what was not read is an unknown field.
class PayloadReader {
 public:
  /// The payload itself. Reads `nonce` too.
  explicit PayloadReader(const nlohmann::json& payload);

  /// 1 to 40 of A-Z a-z 0-9 . _ -
  std::string id(std::string_view name);
  std::string optional_id(std::string_view name);
  /// 1 to `max` characters of UTF-8 without control characters.
  std::string text(std::string_view name, std::size_t max);
  std::string optional_text(std::string_view name, std::size_t max);
  /// 1 to `max` bytes of visible ASCII, blanks and line feeds: the text of a signed header.
  std::string ascii_lines(std::string_view name, std::size_t max);
  std::string one_of(std::string_view name, std::initializer_list<std::string_view> allowed);
  std::vector<std::string> list_of(std::string_view name, std::initializer_list<std::string_view> allowed);
  std::vector<std::string> optional_ids(std::string_view name);
  /// Six digits; whether it is a known region is for the rules.
  std::string region(std::string_view name);
  std::string optional_region(std::string_view name);
  Date date(std::string_view name);
  std::optional<Date> optional_date(std::string_view name);
  UtcTime time(std::string_view name);
  std::optional<Quantity> quantity(std::string_view name, Zero zero = Zero::refused);
  std::optional<Quantity> optional_quantity(std::string_view name);
  std::int64_t integer(std::string_view name, std::int64_t min, std::int64_t max);
  std::optional<std::int64_t> optional_integer(std::string_view name, std::int64_t min, std::int64_t max);
  /// {"spki","suite"}; nothing after a fault.
  std::optional<crypto::PublicKey> key(std::string_view name);
  /// 1 to limits::kLinesMax objects; none after a fault, or when absent and `optional`.
  std::vector<PayloadReader> lines(std::string_view name, bool optional = false);

  /// An object within this one; nothing when it is not there.
  std::optional<PayloadReader> optional_object(std::string_view name);

  bool has(std::string_view name) const;
  /// Reports a fault of the member: pointer is this object's plus "/" name.
  void fault(std::string_view name, std::string code, std::string detail = {});
  std::string pointer(std::string_view name) const;

  /// Refuses with rule payload-form and all faults of this object and its lines, unknown members among them. Called on
  /// the payload itself.
  Check finish();

 private:
  struct Shared;
  PayloadReader(const nlohmann::json& object, std::string pointer, std::shared_ptr<Shared> shared);
  const nlohmann::json* member(std::string_view name, bool required);
  const nlohmann::json* object_;
  std::string pointer_;
  std::shared_ptr<Shared> shared_;
  std::size_t self_;
};

}  // namespace registry
