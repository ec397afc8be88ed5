#include <charconv>
#include <chrono>
#include <cstdio>
#include <exception>
#include <map>
#include <string>
#include <string_view>

#include "operations.h"

// Random steps of goods, and the books after each: property [accepted steps] [seed]. Says what ran; 1 when the books do
// not balance or a kind of step was never accepted.
namespace {

using namespace property;

/// A city grows only so old, so that memory does not.
constexpr std::int64_t kStepsOfCity = 10'000, kAuditEvery = 2'500;

struct Tally {
  std::int64_t accepted = 0, refused = 0;
  std::map<std::string, std::int64_t> reasons;
};
using Tallies = std::map<std::string, Tally>;

const Operation& draw(City& city, const std::vector<Operation>& all) {
  std::int64_t sum = 0;
  for (const Operation& one : all) sum += one.weight;
  std::int64_t at = city.dice(sum);
  for (const Operation& one : all)
    if ((at -= one.weight) < 0) return one;
  return all.back();
}

void run_city(City& city, const std::vector<Operation>& all, std::int64_t steps, Tallies& tallies) {
  for (std::int64_t done = 0; done < steps;) {
    const Operation& operation = draw(city, all);
    auto submission = operation.make(city);
    if (!submission) continue;
    const Submission copy = *submission;
    const std::string refusal = city.driver().submit(std::move(*submission));
    Tally& tally = tallies[operation.name];
    if (!refusal.empty()) {
      ++tally.refused, ++tally.reasons[refusal];
      continue;
    }
    ++tally.accepted, ++done;
    city.learn();
    if (operation.accepted) operation.accepted(city, copy);
    if (done % kAuditEvery == 0) city.driver().audit();
  }
  city.driver().audit();
}

std::int64_t number(const char* text) {
  std::int64_t out = 0;
  const std::string_view all(text);
  std::from_chars(all.data(), all.data() + all.size(), out);
  return out;
}

/// False when a kind of step never got through: then nothing was tried of it.
bool report(const std::vector<Operation>& all, Tallies& tallies) {
  bool complete = true;
  for (const Operation& operation : all) {
    const Tally& tally = tallies[operation.name];
    std::printf("%-30s %9lld accepted %9lld refused", operation.name, static_cast<long long>(tally.accepted),
                static_cast<long long>(tally.refused));
    std::string often;
    for (const auto& [reason, times] : tally.reasons)
      if (often.empty() || times > tally.reasons.at(often)) often = reason;
    std::printf("  %s\n", often.c_str());
    complete = complete && tally.accepted > 0;
  }
  return complete;
}

std::vector<Operation> all_operations() {
  std::vector<Operation> all = stock_operations();
  for (const auto& more : {trade_operations(), hospital_operations()}) all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  const std::int64_t wanted = argc > 1 ? number(argv[1]) : 20'000;
  const auto seed = static_cast<std::uint64_t>(argc > 2 ? number(argv[2]) : 1);
  std::printf("%lld steps, seed %llu\n", static_cast<long long>(wanted), static_cast<unsigned long long>(seed));
  const registry::RulePack rules = registry::RulePack::load("cn");
  const std::vector<Operation> all = all_operations();
  Tallies tallies;
  const auto start = std::chrono::steady_clock::now();
  try {
    for (std::int64_t left = wanted; left > 0; left -= kStepsOfCity) {
      City city(rules, seed + static_cast<std::uint64_t>(left));
      run_city(city, all, left < kStepsOfCity ? left : kStepsOfCity, tallies);
    }
  } catch (const std::exception& wrong) {
    std::printf("FAILED: %s\n", wrong.what());
    return 1;
  }
  const bool complete = report(all, tallies);
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
  std::printf("%s in %lld ms\n", complete ? "all books balance after every step" : "a kind of step was never accepted",
              static_cast<long long>(ms.count()));
  return complete ? 0 : 1;
}
