#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace registry {

/// One bad field of a request: where, which rule of form it breaks, and the facts its text names.
struct FieldError {
  /// JSON pointer (RFC 6901) into the payload, or "header/<line>" for a line of the signed header.
  std::string pointer;
  /// For instance required, unknown_field, wrong_type, too_long, bad_quantity, unknown_substance.
  std::string code;
  /// What was expected, for people; English, may be empty. The Chinese text comes from the code.
  std::string detail;
};

/// An expected "no". It names a rule of schema/rules/refusals.json, which holds the HTTP status, the article, and the
/// Chinese and English sentences with their placeholders; `facts` fills these.
struct Refusal {
  std::string rule;
  std::vector<std::pair<std::string, std::string>> facts;
  std::vector<FieldError> fields;

  /// Adds a fact for the sentence, for instance with("left", "12.5 kg").
  Refusal&& with(std::string name, std::string value) &&;
  /// Adds the field at fault; without a code of its own it is the rule.
  Refusal&& at(std::string pointer, std::string code = {}, std::string detail = {}) &&;
};

/// refuse("permit-exhausted").with("left", "5 kg").at("/permit")
Refusal refuse(std::string_view rule);

}  // namespace registry
