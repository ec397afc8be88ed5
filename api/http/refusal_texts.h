#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace api {

/// What people read when a rule says no. Placeholders such as {left} are filled from the refusal's facts.
struct RefusalText {
  int status = 409;
  /// The article of law, for instance "第445号令 第十七条"; empty for rules of form.
  std::string article;
  /// How sure we are of the article: S, S2, M, L or D; empty for rules of form.
  std::string confidence;
  std::string title, title_zh;
  std::string detail, detail_zh;
  std::string what_to_do, what_to_do_zh;
};

/// The sentence for the code of one field.
struct FieldText {
  std::string detail, detail_zh;
};

/// Where the texts come from. Immutable and asked from many threads.
class RefusalTexts {
 public:
  virtual ~RefusalTexts() = default;
  /// Nothing for an unknown rule.
  virtual std::optional<RefusalText> find(std::string_view rule) const = 0;
  /// Nothing for an unknown code.
  virtual std::optional<FieldText> find_field(std::string_view) const { return {}; }
};

/// The gateway's own rules, from schema/rules/http_refusals.json. The gateway asks these when the given texts have
/// none.
class HttpRefusalTexts : public RefusalTexts {
 public:
  /// Throws std::runtime_error when the embedded file is malformed.
  HttpRefusalTexts();
  ~HttpRefusalTexts() override;
  std::optional<RefusalText> find(std::string_view rule) const override;
  std::optional<FieldText> find_field(std::string_view code) const override;

 private:
  struct Table;
  std::unique_ptr<const Table> table_;
};

}  // namespace api
