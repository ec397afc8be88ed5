#pragma once

#include <cstdint>
#include <initializer_list>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/steps/payload.h"

// Reads one member's value, for PayloadReader: the value, or nothing after reporting the fault to `in` under `name`. A
// null pointer is a member that is not there, which is no fault here.
namespace registry::values {

using MaybeJson = const nlohmann::json*;
using Words = std::initializer_list<std::string_view>;

std::string read_id(PayloadReader& in, std::string_view name, MaybeJson value);
std::string read_region(PayloadReader& in, std::string_view name, MaybeJson value);
std::string read_text(PayloadReader& in, std::string_view name, MaybeJson value, std::size_t max);
std::string read_ascii_lines(PayloadReader& in, std::string_view name, MaybeJson value, std::size_t max);
std::string read_nonce(PayloadReader& in, std::string_view name, MaybeJson value);
std::string read_word(PayloadReader& in, std::string_view name, MaybeJson value, Words allowed);
/// Lists of 1 to limits::kLinesMax strings without repetition.
std::vector<std::string> read_words(PayloadReader& in, std::string_view name, MaybeJson value, Words allowed);
std::vector<std::string> read_ids(PayloadReader& in, std::string_view name, MaybeJson value);
std::optional<Date> read_date(PayloadReader& in, std::string_view name, MaybeJson value);
std::optional<UtcTime> read_time(PayloadReader& in, std::string_view name, MaybeJson value);
std::optional<Quantity> read_quantity(PayloadReader& in, std::string_view name, MaybeJson value, Zero zero);
std::optional<std::int64_t> read_integer(PayloadReader& in, std::string_view name, MaybeJson value, std::int64_t min,
                                         std::int64_t max);
std::optional<crypto::PublicKey> read_key(PayloadReader& in, std::string_view name, MaybeJson value);

/// How many elements a list has that may have 1 to limits::kLinesMax; 0 after a fault.
std::size_t read_list_size(PayloadReader& in, std::string_view name, const nlohmann::json& value,
                           std::string_view expected);
/// "lines/3": an element's name under its list.
std::string element(std::string_view list, std::size_t i);
/// A member name as a part of a JSON pointer (RFC 6901 section 4): ~ is ~0 and / is ~1.
std::string pointer_part(std::string_view name);

}  // namespace registry::values
