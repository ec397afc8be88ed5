#include "api/routes/pack_texts.h"

namespace api {

std::optional<RefusalText> PackTexts::find(std::string_view rule) const {
  const registry::RuleText* text = rules_.rule_text(rule);
  if (!text) return {};
  // Obligations and findings have no status of their own; as a refusal they are conflicts with the state of things.
  return RefusalText{text->status == 0 ? 409 : text->status,
                     text->article,
                     text->confidence,
                     text->title,
                     text->title_zh,
                     text->detail,
                     text->detail_zh,
                     text->what_to_do,
                     text->what_to_do_zh};
}

std::optional<FieldText> PackTexts::find_field(std::string_view code) const {
  const registry::FieldText* text = rules_.field_text(code);
  if (!text) return {};
  return FieldText{text->detail, text->detail_zh};
}

}  // namespace api
