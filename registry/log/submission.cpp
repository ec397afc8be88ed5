#include "registry/log/submission.h"

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <utility>
#include <variant>

#include "crypto/encoding.h"
#include "registry/base/limits.h"
#include "registry/log/signature_line.h"
#include "registry/log/submission_check.h"
#include "registry/log/submission_reader.h"

namespace registry {
namespace {

using crypto::Json;

/// Members nest at most this deep: entries, one, signatures, one, batch, path.
constexpr int kDepthMax = 8;
constexpr std::size_t kHashTextMax = 64;
constexpr std::size_t kSignatureTextMax = (kSignatureBytesMax + 2) / 3 * 4;
constexpr std::size_t kPrivatePathMax = 256;
constexpr std::size_t kPrivateValueMax = 4'096;

std::optional<std::string> read_base64(MemberReader& in, Json& object, const JsonPlace& at, std::string_view name) {
  const auto* text = in.text(object, at, name, kSignatureTextMax);
  if (text == nullptr) return {};
  auto bytes = crypto::parse_base64(*text);
  if (!bytes || bytes->empty()) return in.bad_signature(at.member(name), "bad_base64"), std::nullopt;
  return bytes;
}

void read_path(MemberReader& in, Json& object, const JsonPlace& at, std::vector<crypto::Digest>& path) {
  auto* values = in.array(object, at, "path", 0, kBatchPathMax);
  if (values == nullptr) return;
  const auto place = at.member("path");
  for (std::size_t i = 0; i < values->size(); ++i) {
    const auto* text = (*values)[i].get_ptr<const std::string*>();
    const auto hash = text != nullptr ? crypto::Digest::parse_base64(*text) : std::nullopt;
    if (!hash) return in.bad_signature(place.element(i), "bad_hash", "32 bytes in base 64 are expected");
    path.push_back(*hash);
  }
}

std::optional<crypto::BatchSignature> read_batch(MemberReader& in, Json& object, const JsonPlace& at) {
  if (!in.object(object, at, {"size", "index", "path"})) return {};
  crypto::BatchSignature batch;
  batch.size = in.number(object, at, "size").value_or(1);
  batch.index = in.number(object, at, "index").value_or(0);
  if (batch.index >= batch.size) in.bad_signature(at.member("index"), "out_of_range");
  read_path(in, object, at, batch.path);
  return batch;
}

EntrySignature read_signature(MemberReader& in, Json& object, const JsonPlace& at) {
  EntrySignature signature;
  if (!in.object(object, at, {"key", "signature", "batch"})) return signature;
  if (const auto* key = in.text(object, at, "key", kHashTextMax)) {
    const auto id = crypto::Digest::parse_hex(*key);
    if (id)
      signature.key = *id;
    else
      in.bad_signature(at.member("key"), "bad_key");
  }
  auto bytes = read_base64(in, object, at, "signature").value_or("");
  if (MemberReader::has(object, "batch")) signature.batch = read_batch(in, object["batch"], at.member("batch"));
  (signature.batch ? signature.batch->signature : signature.signature) = std::move(bytes);
  return signature;
}

crypto::PrivateValue read_private(MemberReader& in, Json& object, const JsonPlace& at) {
  crypto::PrivateValue value;
  if (!in.object(object, at, {"path", "value", "salt"})) return value;
  if (auto* path = in.text(object, at, "path", kPrivatePathMax)) value.path = std::move(*path);
  if (auto* text = in.text(object, at, "value", kPrivateValueMax)) value.value = std::move(*text);
  const auto* salt = in.text(object, at, "salt", kHashTextMax);
  if (salt == nullptr) return value;
  value.salt = crypto::parse_base64(*salt).value_or("");
  if (value.salt.size() != crypto::kSaltBytes)
    in.bad(at.member("salt"), "bad_salt", "32 bytes in base 64 are expected");
  return value;
}

void read_header_text(MemberReader& in, Json& json, const JsonPlace& at, Submission& into) {
  auto* text = in.text(json, at, "header", limits::kHeaderBytesMax);
  if (text == nullptr) return;
  into.header_text = std::move(*text);
  auto header = parse_header(into.header_text);
  if (header)
    into.header = std::move(*header);
  else
    in.bad_header(std::move(header.error().fields));
}

void read_parts(MemberReader& in, Json& json, const JsonPlace& at, Submission& into) {
  read_header_text(in, json, at, into);
  if (auto* payload = in.text(json, at, "payload", limits::kPayloadBytesMax)) into.payload = std::move(*payload);
  if (auto* signatures = in.array(json, at, "signatures", 1, limits::kSignersMax)) {
    const auto place = at.member("signatures");
    for (std::size_t i = 0; i < signatures->size(); ++i)
      into.signatures.push_back(read_signature(in, (*signatures)[i], place.element(i)));
  }
  if (!MemberReader::has(json, "private")) return;
  if (auto* values = in.array(json, at, "private", 0, kPrivateValuesMax)) {
    const auto place = at.member("private");
    for (std::size_t i = 0; i < values->size(); ++i)
      into.private_values.push_back(read_private(in, (*values)[i], place.element(i)));
  }
}

Result<Submission> read_submission(Json& json, const JsonPlace& at) {
  MemberReader in;
  Submission submission;
  if (in.object(json, at, {"header", "payload", "signatures", "private"})) read_parts(in, json, at, submission);
  if (in.good()) check_signers(in, at, submission);
  if (!in.good()) return std::move(in).refusal();
  submission.entry_id = entry_id(submission.header.suite, submission.header_text);
  TRY(check_payload_hash(submission));
  submission.payload_json = TRY(read_payload(submission.payload));
  TRY(check_private_root(submission));
  return submission;
}

Result<Json> read_request(std::string_view json, std::size_t bytes_max) {
  auto read = crypto::read_json(json, {bytes_max, kDepthMax, false});
  if (auto* value = std::get_if<Json>(&read)) return std::move(*value);
  auto& error = std::get<crypto::JsonError>(read);
  return refuse("malformed-request").at(std::move(error.pointer), std::move(error.code), std::move(error.detail));
}

}  // namespace

Result<Submission> parse_submission(std::string_view json) {
  auto value = TRY(read_request(json, limits::kEntryBodyBytesMax));
  return read_submission(value, {});
}

Result<SubmissionRun> parse_submissions(std::string_view json) {
  auto value = TRY(read_request(json, limits::kBatchBodyBytesMax));
  MemberReader in;
  const JsonPlace root;
  Json* entries = nullptr;
  if (in.object(value, root, {"entries"})) entries = in.array(value, root, "entries", 1, limits::kBatchEntriesMax);
  if (!in.good()) return std::move(in).refusal();
  SubmissionRun run;
  const auto place = root.member("entries");
  for (std::size_t i = 0; i < entries->size() && !run.refused; ++i) {
    auto submission = read_submission((*entries)[i], place.element(i));
    if (submission)
      run.entries.push_back(std::move(*submission));
    else
      run.refused = std::move(submission.error());
  }
  return run;
}

}  // namespace registry
