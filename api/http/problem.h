#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/http/message.h"
#include "api/http/refusal_texts.h"
#include "registry/base/refusal.h"

namespace api {

/// Writes refusals as application/problem+json (RFC 9457): type "/problems/{rule}", title, status, detail, instance
/// (the request id), and rule, article, confidence, confidence_note(_zh), title_zh, detail_zh, what_to_do,
/// what_to_do_zh, facts, errors.
class Problems {
 public:
  /// Borrows `texts`; they must outlive it.
  explicit Problems(const RefusalTexts& texts) : texts_(texts) {}

  /// A rule without text is answered 409 with the rule as title. 401 carries WWW-Authenticate; 429, 503 and 507 carry
  /// Retry-After from the fact "retry_after_s", else 1.
  Response answer(const registry::Refusal& refusal, std::string_view request_id) const;
  /// The status the rule is answered with.
  int status(std::string_view rule) const;
  /// The text, ours or the gateway's.
  std::optional<RefusalText> text(std::string_view rule) const;

 private:
  std::optional<FieldText> field_text(std::string_view code) const;

  const RefusalTexts& texts_;
  HttpRefusalTexts own_;
};

/// `text` with each {name} replaced by its fact, "…" where there is none.
std::string fill(std::string_view text, const std::vector<std::pair<std::string, std::string>>& facts);

}  // namespace api
