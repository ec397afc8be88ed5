#include "registry/service/personal.h"

#include <algorithm>
#include <map>

#include "registry/domain/number_key.h"
#include "registry/views/select.h"

namespace registry {
namespace {

/// Unaccepted entries can only be among those kept last: each start looks at more than can be under way.
constexpr std::size_t kLookedAt = 10'000;

std::int64_t number_of(const std::string& digits) { return std::stoll(digits); }

}  // namespace

/// One value to erase: entry and number.
struct PersonalValues::Order {
  std::int64_t entry = 0, n = 0;
};

PersonalValues::PersonalValues(Store& ledger, PersonalStore& values) : ledger_(ledger), values_(values) {}

void PersonalValues::settle() {
  const auto reader = ledger_.begin_read();
  std::vector<Order> orders;
  for (const Row& row : reader->query("SELECT entry, n FROM erasure ORDER BY entry, n"))
    orders.push_back({number_of(std::get<std::string>(row[0])), number_of(std::get<std::string>(row[1]))});
  carry_out(*reader, orders);
  forget_unaccepted(*reader);
}

void PersonalValues::forget_unaccepted(Reader& reader) {
  for (const std::string& entry : values_.newest(kLookedAt)) {
    const auto id = crypto::Digest::parse_hex(entry);
    if (!id || !reader.index_of(*id)) values_.drop(entry);
  }
}

void PersonalValues::keep(const Submission& entry) {
  if (entry.private_values.empty()) return;
  if (ledger_.begin_log_read()->index_of(entry.entry_id)) return;
  const auto alg = crypto::hash_of(entry.header.suite);
  std::vector<CommittedValue> values;
  for (const auto& value : entry.private_values) values.push_back({value, crypto::commit(alg, value)});
  values_.keep(entry.entry_id.hex(), values);
}

void PersonalValues::forget(const crypto::Digest& entry) {
  if (!ledger_.begin_log_read()->index_of(entry)) values_.drop(entry.hex());
}

void PersonalValues::erase_ordered(std::int64_t index) {
  const auto reader = ledger_.begin_read();
  std::vector<Order> orders;
  for (const Row& row : reader->query("SELECT entry, n FROM erasure WHERE seq = $1", {index}))
    orders.push_back({number_of(std::get<std::string>(row[0])), number_of(std::get<std::string>(row[1]))});
  carry_out(*reader, orders);
}

void PersonalValues::carry_out(Reader& reader, const std::vector<Order>& orders) {
  std::map<std::int64_t, std::vector<std::int64_t>> by_entry;
  for (const Order& order : orders) by_entry[order.entry].push_back(order.n);
  for (const auto& [index, numbers] : by_entry) {
    const auto entry = reader.entry(index);
    if (!entry) throw StoreFault(StoreError::corrupt, "an erasure names an entry that is not there");
    const auto kept = values_.read(entry->id.hex());
    const bool is_left = std::any_of(kept.begin(), kept.end(), [&](const KeptValue& value) {
      return value.is_left && std::find(numbers.begin(), numbers.end(), value.n) != numbers.end();
    });
    if (is_left) values_.erase(entry->id.hex(), numbers);
  }
}

std::vector<PersonalView> PersonalValues::view(std::int64_t index) {
  const auto reader = ledger_.begin_read();
  const auto entry = reader->entry(index);
  if (!entry) return {};
  std::vector<PersonalView> out;
  for (KeptValue& kept : values_.read(entry->id.hex())) {
    const auto erased = find_row<Erasure>(*reader, index_key(index), number_key(kept.n, 3));
    PersonalView view{kept.n, std::move(kept.commitment), std::move(kept.value), erased ? erased->seq : kNone};
    // From the moment the erasure is committed, whatever a crash has left behind.
    if (erased) view.value.reset();
    out.push_back(std::move(view));
  }
  return out;
}

}  // namespace registry
