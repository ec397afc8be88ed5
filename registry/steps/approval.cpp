#include "registry/steps/approval.h"

#include <algorithm>
#include <vector>

#include "registry/rules/goods.h"
#include "registry/steps/code_list.h"

namespace registry {
namespace {

struct DutyName {
  std::string_view code, en, zh;
};
constexpr DutyName kDuties[] = {{"inspector", "inspector", "专管员"},
                                {"issuer", "issuer", "签发人"},
                                {"approver", "approver", "审批员"},
                                {"auditor", "auditor", "审计员"}};

std::string duty_name(std::string_view code, std::string_view DutyName::*language) {
  for (const DutyName& duty : kDuties)
    if (duty.code == code) return std::string(duty.*language);
  return std::string(code);
}

std::string any_of_duties(const std::vector<std::string>& codes, std::string_view DutyName::*language,
                          std::string_view between) {
  std::string text;
  for (const std::string& code : codes) (text += text.empty() ? "" : between) += duty_name(code, language);
  return text;
}

bool has_duty(const Officer& officer, const std::vector<std::string>& duties) {
  return std::find(duties.begin(), duties.end(), officer.duty) != duties.end();
}

/// The persons of the author who signed, each once.
std::vector<const Officer*> officials(const Facts& facts, const StepContext& context) {
  std::vector<const Officer*> out;
  for (const Signer& signer : context.signers) {
    if (signer.is_new || signer.party != context.party || signer.officer.empty()) continue;
    const Officer* officer = facts.find<Officer>(signer.officer);
    if (officer && std::find(out.begin(), out.end(), officer) == out.end()) out.push_back(officer);
  }
  return out;
}

bool is_approved(const std::vector<const Officer*>& signers, const Approval& rule) {
  return std::any_of(signers.begin(), signers.end(), [&](const Officer* first) {
    return has_duty(*first, rule.first) && std::any_of(signers.begin(), signers.end(), [&](const Officer* second) {
             return second != first && has_duty(*second, rule.second);
           });
  });
}

/// "U-1 (issuer)": who has signed so far.
std::string list(const std::vector<const Officer*>& signers, std::string_view DutyName::*language,
                 std::string_view nobody) {
  if (signers.empty()) return std::string(nobody);
  std::string text;
  for (const Officer* officer : signers)
    ((text += text.empty() ? "" : ", ") += officer->id) += " (" + duty_name(officer->duty, language) + ")";
  return text;
}

Refusal too_few(const std::vector<const Officer*>& signers, const Approval& rule, const Substance& substance,
                const StepContext& context) {
  return refuse("needs-two-officials")
      .with("agency", context.party)
      .with("substance", substance.name_en)
      .with("substance_zh", substance.name_zh)
      .with("first", any_of_duties(rule.first, &DutyName::en, " or "))
      .with("first_zh", any_of_duties(rule.first, &DutyName::zh, "或"))
      .with("second", any_of_duties(rule.second, &DutyName::en, " or "))
      .with("second_zh", any_of_duties(rule.second, &DutyName::zh, "或"))
      .with("signed", list(signers, &DutyName::en, "no person"))
      .with("signed_zh", list(signers, &DutyName::zh, "无"))
      .at("/signatures");
}

}  // namespace

Check check_two_officials(const Facts& facts, const StepContext& context, const RulePack& rules, std::string_view step,
                          std::string_view substances) {
  const auto signers = officials(facts, context);
  Check answer = Accepted{};
  each_code(substances, [&](std::string_view code) {
    const Substance* substance = rules.substance(code);
    const Approval* rule = substance ? rules.goods().approval(*substance, step, local_date(context.rtime)) : nullptr;
    if (answer && rule && !is_approved(signers, *rule)) answer = too_few(signers, *rule, *substance, context);
  });
  return answer;
}

}  // namespace registry
