#include "registry/log/leaf.h"

#include <optional>
#include <utility>

#include "crypto/merkle.h"
#include "registry/base/ensure.h"
#include "registry/base/limits.h"
#include "registry/log/signature_line.h"
#include "registry/log/text.h"

namespace registry {
namespace {

using namespace text;

constexpr std::string_view kFirstLine = "ledger.leaf/v1";

void append_number_line(std::string& out, std::string_view name, std::uint64_t value) {
  out.append(name).push_back(' ');
  append_number(out, value);
  out.push_back('\n');
}

void read_frame(LineReader& in, LeafFrame& frame) {
  CountedHash outcome;
  in.fixed(kFirstLine, "ledger.leaf");
  in.value("seq", frame.seq, parse_number);
  in.value("prev", frame.prev, crypto::Digest::parse_hex);
  in.value("rtime", frame.rtime, UtcTime::parse);
  in.value("policy", frame.policy, parse_number);
  in.value("outcome", outcome, parse_counted_hash);
  frame.outcome_bytes = outcome.count, frame.outcome_hash = outcome.hash;
}

void read_header(LineReader& in, std::string& header_text) {
  std::uint64_t length = 0;
  in.value("tbs", length, parse_number);
  if (in.out_of_order()) return;
  const auto text = length <= limits::kHeaderBytesMax ? in.bytes(length) : std::nullopt;
  if (text)
    header_text = *text;
  else
    in.bad("tbs", "bad_value");
}

void read_signatures(LineReader& in, std::vector<EntrySignature>& signatures) {
  if (!in.good()) return;
  do {
    const auto line = in.line("sig");
    auto signature = line ? parse_signature_line(*line) : std::nullopt;
    if (!signature || signatures.size() == limits::kSignersMax) return in.bad("sig", "bad_value");
    signatures.push_back(std::move(*signature));
  } while (!in.at_end());
}

}  // namespace

std::string format_leaf(const LeafFrame& frame, std::string_view header_text,
                        std::span<const EntrySignature> signatures) {
  ensure(!signatures.empty() && signatures.size() <= limits::kSignersMax, "a leaf has one to kSignersMax signatures");
  ensure(header_text.size() <= limits::kHeaderBytesMax, "a leaf's header is within kHeaderBytesMax");
  std::string out;
  out.reserve(header_text.size() + 1'024);
  out.append(kFirstLine).push_back('\n');
  append_number_line(out, "seq", frame.seq);
  append_line(out, "prev", frame.prev.hex());
  append_line(out, "rtime", frame.rtime.str());
  append_number_line(out, "policy", frame.policy);
  append_counted_hash(out, "outcome", frame.outcome_bytes, frame.outcome_hash);
  append_number_line(out, "tbs", header_text.size());
  out.append(header_text);
  for (const auto& signature : signatures) append_signature_line(out, signature);
  ensure(out.size() <= limits::kLeafBytesMax, "a leaf is within kLeafBytesMax");
  return out;
}

std::string format_leaf(const Leaf& leaf) { return format_leaf(leaf.frame, leaf.header_text, leaf.signatures); }

Result<Leaf> parse_leaf(std::string_view bytes) {
  if (bytes.size() > limits::kLeafBytesMax) return refuse("leaf-form").at("leaf/end", "too_long");
  LineReader in(bytes, "leaf");
  Leaf leaf;
  read_frame(in, leaf.frame);
  read_header(in, leaf.header_text);
  read_signatures(in, leaf.signatures);
  if (!in.good()) return std::move(in).refusal("leaf-form");
  return leaf;
}

crypto::Digest leaf_hash(std::string_view leaf_bytes) { return crypto::leaf_hash(leaf_bytes); }

}  // namespace registry
