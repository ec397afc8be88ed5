#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "registry/domain/outcome.h"
#include "registry/domain/working_set.h"
#include "registry/rules/pack.h"
#include "registry/steps/lots.h"
#include "registry/steps/payload.h"
#include "registry/steps/step.h"

namespace registry {

/// What a prescription 处方 says that is not personal. Names and numbers stay with the author: `commitment` is the
/// salted commitment to the prescription's number.
struct PrescriptionSheet {
  std::string commitment;
  Date written_on, dispensed_on;
  /// Days for which its prescriber made it valid; 0 where nothing is said.
  std::int64_t valid_days = 0;
  /// ordinary, cancer-pain, inpatient, child-adhd.
  std::string patient;
  /// inside the institution, or taken home.
  bool inside = false;
  bool minor = false;
  /// Why more is given than usual.
  std::string reason;

  /// "<day of writing>:<commitment>", the key of its row.
  std::string id() const { return written_on.str() + ":" + commitment; }
};
PrescriptionSheet read_prescription(PayloadReader& in);

/// One medicine of it.
struct PrescribedLine {
  LotLine lot;
  std::int64_t days = 0, doses = 0;
  std::vector<std::string> codes;
};

/// Whatever is amiss with one medicine, as kinds of findings: over the limit of its form and patient, sold at retail.
std::vector<std::string_view> line_breaches(const Facts& facts, const RulePack& rules, const PrescriptionSheet& sheet,
                                            const PrescribedLine& line, const LotAmount& lot, const Party& dispenser);
/// Older than it may be when filled (处方管理办法 18).
bool is_stale(const RulePack& rules, const PrescriptionSheet& sheet);

}  // namespace registry
