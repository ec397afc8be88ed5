#include "registry/log/signature_line.h"

#include <array>
#include <utility>

#include "crypto/encoding.h"
#include "registry/log/text.h"

namespace registry {
namespace {

using namespace text;

constexpr std::string_view kSingle = "sig ";
constexpr std::string_view kBatch = "sig-batch ";
constexpr std::string_view kEmptyPath = "-";

/// Splits at blanks into exactly N parts.
template <std::size_t N>
std::optional<std::array<std::string_view, N>> split(std::string_view text) {
  std::array<std::string_view, N> parts;
  for (std::size_t i = 0; i + 1 < N; ++i) {
    const auto cut = split_at_blank(text);
    if (!cut) return {};
    parts[i] = cut->first;
    text = cut->second;
  }
  parts[N - 1] = text;
  return parts;
}

std::optional<std::string> parse_signature_bytes(std::string_view text) {
  if (text.size() > (kSignatureBytesMax + 2) / 3 * 4) return {};
  auto bytes = crypto::parse_base64(text);
  if (bytes && bytes->empty()) return {};
  return bytes;
}

std::optional<std::vector<crypto::Digest>> parse_path(std::string_view text) {
  std::vector<crypto::Digest> path;
  if (text == kEmptyPath) return path;
  while (path.size() < kBatchPathMax) {
    const auto comma = text.find(',');
    const auto hash = crypto::Digest::parse_base64(text.substr(0, comma));
    if (!hash) return {};
    path.push_back(*hash);
    if (comma == text.npos) return path;
    text.remove_prefix(comma + 1);
  }
  return {};
}

std::optional<EntrySignature> parse_single(std::string_view text) {
  const auto parts = split<2>(text);
  if (!parts) return {};
  const auto key = crypto::Digest::parse_hex((*parts)[0]);
  auto bytes = parse_signature_bytes((*parts)[1]);
  if (!key || !bytes) return {};
  return EntrySignature{*key, std::move(*bytes), {}};
}

std::optional<EntrySignature> parse_batch(std::string_view text) {
  const auto parts = split<5>(text);
  if (!parts) return {};
  const auto key = crypto::Digest::parse_hex((*parts)[0]);
  const auto size = parse_number((*parts)[1]);
  const auto index = parse_number((*parts)[2]);
  auto path = parse_path((*parts)[3]);
  auto bytes = parse_signature_bytes((*parts)[4]);
  if (!key || !size || !index || !path || !bytes || *index >= *size) return {};
  return EntrySignature{*key, {}, crypto::BatchSignature{*size, *index, std::move(*path), std::move(*bytes)}};
}

}  // namespace

std::string batch_place(const crypto::BatchSignature& batch) {
  std::string out;
  append_number(out, batch.size);
  out.push_back(' ');
  append_number(out, batch.index);
  out.push_back(' ');
  if (batch.path.empty()) out.append(kEmptyPath);
  for (std::size_t i = 0; i < batch.path.size(); ++i) out.append(i == 0 ? "" : ",").append(batch.path[i].base64());
  return out;
}

void append_signature_line(std::string& out, const EntrySignature& signature) {
  out.append(signature.batch ? kBatch : kSingle).append(signature.key.hex()).push_back(' ');
  if (signature.batch)
    out.append(batch_place(*signature.batch)).append(" ").append(crypto::to_base64(signature.batch->signature));
  else
    out.append(crypto::to_base64(signature.signature));
  out.push_back('\n');
}

std::optional<EntrySignature> parse_signature_line(std::string_view line) {
  if (line.starts_with(kSingle)) return parse_single(line.substr(kSingle.size()));
  if (line.starts_with(kBatch)) return parse_batch(line.substr(kBatch.size()));
  return {};
}

}  // namespace registry
