#include "registry/steps/prescription.h"

#include "registry/rules/goods.h"
#include "registry/steps/code_list.h"
#include "registry/steps/forms.h"

namespace registry {
namespace {

constexpr std::size_t kCommitmentDigits = 64, kReasonMax = 200;
constexpr std::int64_t kValidDaysMax = 30;

bool is_over(const PrescriptionLimit& limit, const PrescriptionSheet& sheet, const PrescribedLine& line) {
  if (limit.inside_only && !sheet.inside) return true;
  if (limit.doses_max > 0 && line.doses > limit.doses_max) return true;
  if (limit.days_max == 0 || line.days <= limit.days_max) return false;
  return !limit.reason_extends || sheet.reason.empty();
}

void add_retail(const RulePack& rules, const PrescriptionSheet& sheet, const Substance& substance,
                std::string_view form, std::vector<std::string_view>& out) {
  const GoodsRules& goods = rules.goods();
  if (GoodsRules::find(goods.never_retail, substance, form, sheet.dispensed_on)) out.push_back("sold-at-retail");
  if (sheet.minor && GoodsRules::find(goods.not_to_minors, substance, form, sheet.dispensed_on))
    out.push_back("sold-to-minor");
}

}  // namespace

PrescriptionSheet read_prescription(PayloadReader& in) {
  PrescriptionSheet sheet;
  sheet.commitment = in.text("prescription", kCommitmentDigits);
  if (!sheet.commitment.empty() && !is_lower_hex(sheet.commitment, kCommitmentDigits))
    in.fault("prescription", "bad_commitment", "64 lowercase hex digits");
  sheet.written_on = in.date("written_on");
  sheet.dispensed_on = in.date("dispensed_on");
  if (sheet.dispensed_on < sheet.written_on) in.fault("dispensed_on", "before_writing", "the day of writing or later");
  sheet.valid_days = in.optional_integer("valid_days", 1, kValidDaysMax).value_or(0);
  sheet.patient = in.one_of("patient", {"ordinary", "cancer-pain", "inpatient", "child-adhd"});
  sheet.inside = in.one_of("given", {"inside", "home"}) == "inside";
  sheet.minor = in.one_of("minor", {"yes", "no"}) == "yes";
  sheet.reason = in.optional_text("reason", kReasonMax);
  return sheet;
}

std::vector<std::string_view> line_breaches(const Facts& facts, const RulePack& rules, const PrescriptionSheet& sheet,
                                            const PrescribedLine& line, const LotAmount& lot, const Party& dispenser) {
  const Pack* pack = facts.find<Pack>(lot.lot->id);
  const std::string_view form = pack ? std::string_view(pack->form) : "other";
  std::vector<std::string_view> out;
  const PrescriptionLimit* limit =
      rules.goods().prescription_limit(*lot.substance, form, sheet.patient, sheet.dispensed_on);
  if (limit && is_over(*limit, sheet, line)) out.push_back("prescription-over-limit");
  if (!has_code(dispenser.kinds, "hospital")) add_retail(rules, sheet, *lot.substance, form, out);
  return out;
}

bool is_stale(const RulePack& rules, const PrescriptionSheet& sheet) {
  const PrescriptionValidity& rule = rules.goods().prescription_validity;
  const std::int64_t stated = sheet.valid_days > 0 ? sheet.valid_days : rule.days;
  const std::int64_t days = stated < rule.days_max ? stated : rule.days_max;
  return sheet.dispensed_on >= sheet.written_on.plus_days(static_cast<std::int32_t>(days));
}

}  // namespace registry
