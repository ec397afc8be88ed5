#include "registry/rules/certificates.h"

#include "registry/rules/json_file.h"
#include "registry/rules/pack_parts.h"

namespace registry {

CertificateRules load_certificate_rules() {
  const JsonNode node = JsonNode::load("rules/certificates.json").member("certificates");
  node.only({"rule", "subject_attributes", "prefixes", "certificates_max", "certificate_bytes_max", "article",
             "confidence", "valid_from", "valid_to"});
  const RuleHead head = read_rule_head(node);
  CertificateRules out{node.text("rule"), head.article, head.confidence, node.texts("subject_attributes"),
                       node.texts("prefixes")};
  out.certificates_max = static_cast<std::size_t>(node.integer("certificates_max"));
  out.certificate_bytes_max = static_cast<std::size_t>(node.integer("certificate_bytes_max"));
  return out;
}

}  // namespace registry
