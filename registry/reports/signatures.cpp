#include "registry/reports/signatures.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "crypto/json_text.h"
#include "registry/base/fault.h"
#include "registry/tracing/signed_entries.h"
#include "registry/views/select.h"

namespace registry {
namespace {

constexpr std::size_t kCorrectionsMax = 1'000'000;

}  // namespace

std::string EntryLines::Line::text(const char* member) const {
  return crypto::text_of(nlohmann::json::parse(payload, nullptr, false), member);
}

const EntryLines::Line& EntryLines::at(std::int64_t index) {
  if (line_.index == index) return line_;
  const auto row = reader_.entry(index);
  if (!row) throw StoreFault(StoreError::corrupt, "entry " + std::to_string(index) + " is missing");
  line_ = {index, row->rtime, row->type, row->payload, {}};
  for (const std::string& key : signed_entry(*row).keys) line_.signers.push_back(name_of_key(key));
  return line_;
}

std::string EntryLines::name_of_key(const std::string& id) {
  const auto [at, is_new] = names_.try_emplace(id);
  if (!is_new) return at->second;
  if (const auto key = find_row<Key>(reader_, id))
    at->second = key->officer.empty() ? key->party : key->officer + " (" + key->party + ")";
  return at->second;
}

Corrections::Corrections(Reader& reader) {
  Select select(select_all<Correction>());
  for (const Correction& row : typed_all<Correction>(select.run(reader, "entry", kCorrectionsMax))) {
    std::int64_t entry = 0;
    std::from_chars(row.entry.data(), row.entry.data() + row.entry.size(), entry);
    by_.emplace(entry, row.by);
    of_.emplace(row.by, entry);
  }
}

std::int64_t Corrections::find(const std::map<std::int64_t, std::int64_t>& map, std::int64_t index) {
  const auto found = map.find(index);
  return found == map.end() ? kNone : found->second;
}

}  // namespace registry
