#include "registry/log/header.h"

#include <optional>
#include <tuple>
#include <utility>

#include "crypto/merkle.h"
#include "registry/base/limits.h"
#include "registry/log/text.h"

namespace registry {
namespace {

using namespace text;

constexpr std::string_view kFirstLine = "ledger.entry/v1";
constexpr std::string_view kIdDomain{"ledger.id/v1\0", 13};

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

std::optional<std::string> text_if(bool good, std::string_view text) {
  if (!good) return {};
  return std::string(text);
}

std::optional<SeenCheckpoint> parse_seen(std::string_view text) {
  const auto parts = split_at_blank(text);
  if (!parts) return {};
  const auto size = parse_number(parts->first);
  const auto root = crypto::Digest::parse_base64(parts->second);
  if (!size || !root) return {};
  if (*size == 0 && *root != SeenCheckpoint::none().root) return {};
  return SeenCheckpoint{*size, *root};
}

std::optional<std::pair<std::string, int>> parse_type(std::string_view text) {
  const auto slash = text.rfind("/v");
  if (slash == text.npos || !is_step_type(text.substr(0, slash))) return {};
  const auto version = parse_number(text.substr(slash + 2));
  if (!version || *version == 0 || *version > 999) return {};
  return std::pair{std::string(text.substr(0, slash)), static_cast<int>(*version)};
}

std::optional<std::uint64_t> parse_cseq(std::string_view text) {
  const auto number = parse_number(text);
  if (!number || *number == 0) return {};
  return number;
}

/// What must hold between two values.
void check_consistency(LineReader& in, const Header& header) {
  if ((header.cseq == 1) != (header.prev == crypto::Digest::zero())) in.bad("prev", "not_chained");
  if ((header.private_count == 0) != (header.private_root == crypto::Digest::zero())) in.bad("private", "bad_value");
}

void read_author(LineReader& in, Header& header) {
  in.value("suite", header.suite, crypto::parse_suite);
  in.value("ledger", header.ledger, [](std::string_view t) { return text_if(is_ledger_name(t), t); });
  in.value("party", header.party, [](std::string_view t) { return text_if(is_party_id(t), t); });
  in.value("key", header.key, crypto::Digest::parse_hex);
  in.value("chain", header.chain, [](std::string_view t) { return text_if(is_chain_id(t), t); });
  in.value("cseq", header.cseq, parse_cseq);
  in.value("prev", header.prev, crypto::Digest::parse_hex);
}

void read_content(LineReader& in, Header& header) {
  std::pair<std::string, int> type;
  CountedHash payload, commitments;
  in.value("seen", header.seen, parse_seen);
  in.value("type", type, parse_type);
  in.value("time", header.time, UtcTime::parse);
  in.value("payload", payload, parse_counted_hash);
  in.value("private", commitments, parse_counted_hash);
  std::tie(header.type, header.version) = std::move(type);
  header.payload_bytes = payload.count, header.payload_hash = payload.hash;
  header.private_count = commitments.count, header.private_root = commitments.hash;
}

}  // namespace

SeenCheckpoint SeenCheckpoint::none() {
  static const auto root = crypto::empty_root();
  return {0, root};
}

std::string Header::versioned_type() const {
  auto text = type + "/v";
  append_number(text, static_cast<std::uint64_t>(version));
  return text;
}

bool is_party_id(std::string_view text) {
  if (text.empty() || text.size() > 32) return false;
  for (const char c : text)
    if (!is_digit(c) && !is_lower(c) && !is_upper(c) && c != '.' && c != '_' && c != '-') return false;
  return true;
}

bool is_chain_id(std::string_view text) {
  if (text.size() != 32) return false;
  for (const char c : text)
    if (!is_digit(c) && !(c >= 'a' && c <= 'f')) return false;
  return true;
}

bool is_ledger_name(std::string_view text) {
  if (text.empty() || text.size() > 200) return false;
  for (const char c : text)
    if (c <= ' ' || c > '~' || c == '+') return false;
  return true;
}

bool is_step_type(std::string_view text) {
  if (text.empty() || text.size() > 64 || text.back() == '.' || text.find('.') == text.npos) return false;
  bool starts_part = true;
  for (const char c : text) {
    if (!(is_lower(c) || (!starts_part && (is_digit(c) || c == '-' || c == '.')))) return false;
    starts_part = c == '.';
  }
  return true;
}

std::string format_header(const Header& header) {
  std::string out;
  out.reserve(768);
  out.append(kFirstLine).push_back('\n');
  append_line(out, "suite", crypto::name(header.suite));
  append_line(out, "ledger", header.ledger);
  append_line(out, "party", header.party);
  append_line(out, "key", header.key.hex());
  append_line(out, "chain", header.chain);
  out.append("cseq "), append_number(out, header.cseq);
  out.push_back('\n');
  append_line(out, "prev", header.prev.hex());
  out.append("seen "), append_number(out, header.seen.size);
  out.append(" ").append(header.seen.root.base64()).push_back('\n');
  append_line(out, "type", header.versioned_type());
  append_line(out, "time", header.time.str());
  append_counted_hash(out, "payload", header.payload_bytes, header.payload_hash);
  append_counted_hash(out, "private", header.private_count, header.private_root);
  return out;
}

Result<Header> parse_header(std::string_view text) {
  if (text.size() > limits::kHeaderBytesMax) return refuse("header-form").at("header/end", "too_long");
  LineReader in(text, "header");
  Header header;
  in.fixed(kFirstLine, "ledger.entry");
  read_author(in, header);
  read_content(in, header);
  in.end();
  if (in.good()) check_consistency(in, header);
  if (!in.good()) return std::move(in).refusal("header-form");
  return header;
}

crypto::Digest entry_id(crypto::Suite suite, std::string_view header_text) {
  return crypto::hash(crypto::hash_of(suite), {kIdDomain, header_text});
}

}  // namespace registry
