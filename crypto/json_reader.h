#pragma once

// The reader behind read_json. For the .cpp files of this folder only.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/json.h"

namespace crypto {

/// Reads one document; every function returns false once error() is set. On the way out each container puts its key
/// or index before the pointer, so a good document pays nothing for pointers.
class JsonReader {
 public:
  JsonReader(std::string_view bytes, const JsonLimits& limits);

  bool read_document(Json& value);
  JsonError error() && { return std::move(error_); }

 private:
  bool read_value(Json& value, int depth);
  bool read_object(Json& value, int depth);
  bool read_member(Json::object_t& members, int depth);
  bool read_array(Json& value, int depth);
  bool read_literal(Json& value, std::string_view word, Json literal);
  /// After an element: true with `more` set at a comma, true without at `close`.
  bool read_separator(char close, bool& more);

  bool read_string(std::string& text);
  bool read_escape(std::string& text);
  bool read_unicode_escape(std::string& text, std::size_t start);
  std::optional<unsigned> read_hex4();

  bool read_number(Json& value);
  bool skip_number(bool& is_integer);
  bool skip_digits();
  bool store_integer(Json& value, std::string_view token);
  bool store_float(Json& value, std::string_view token);

  void skip_blanks();
  bool at_end() const { return at_ == bytes_.size(); }
  /// The next byte, 0 at the end; a real zero byte is no JSON either.
  char peek() const { return at_end() ? '\0' : bytes_[at_]; }
  bool fail(const char* code, std::size_t offset, const char* detail);
  /// For a byte that fits nowhere: bad_utf8 or bad_syntax.
  bool fail_here(const char* detail);
  bool in_member(std::string_view key);

  std::string_view bytes_;
  const JsonLimits limits_;
  std::size_t at_ = 0;
  JsonError error_;
};

}  // namespace crypto
