#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "registry/rules/pack.h"

namespace registry {

/// Which certificates show who a unit is. Data of schema/rules/certificates.json, the same for all packs.
struct CertificateRules {
  std::string rule, article, confidence;
  /// Attributes of the subject, dotted numbers, in any of which the code of the unit may stand; and what may stand
  /// before it there ("NTRCN-" of ETSI EN 319 412-1).
  std::vector<std::string> subject_attributes, prefixes;
  /// From the unit's certificate to the anchor, both counted; and bytes of each.
  std::size_t certificates_max = 0, certificate_bytes_max = 0;
};

CertificateRules load_certificate_rules();

}  // namespace registry
