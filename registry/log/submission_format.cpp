#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "registry/log/submission.h"

namespace registry {
namespace {

using crypto::Json;

Json format_signature(const EntrySignature& signature) {
  Json json{{"key", signature.key.hex()}};
  json["signature"] = crypto::to_base64(signature.batch ? signature.batch->signature : signature.signature);
  if (!signature.batch) return json;
  auto path = Json::array();
  for (const auto& hash : signature.batch->path) path.push_back(hash.base64());
  json["batch"] = {{"size", signature.batch->size}, {"index", signature.batch->index}, {"path", std::move(path)}};
  return json;
}

}  // namespace

std::string format_submission(const Submission& submission) {
  Json json{{"header", submission.header_text}, {"payload", submission.payload}, {"signatures", Json::array()}};
  for (const auto& signature : submission.signatures) json["signatures"].push_back(format_signature(signature));
  for (const auto& value : submission.private_values)
    json["private"].push_back({{"path", value.path}, {"value", value.value}, {"salt", crypto::to_base64(value.salt)}});
  return crypto::to_jcs(json);
}

}  // namespace registry
