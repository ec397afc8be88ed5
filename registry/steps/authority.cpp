#include "registry/steps/authority.h"

#include "registry/rules/pack.h"

namespace registry {
namespace {

struct Word {
  std::string_view code, en, zh;
};
constexpr Word kRoles[] = {
    {"PS", "public security", "公安机关"},          {"DA", "drug administration", "药品监督管理部门"},
    {"EM", "emergency management", "应急管理部门"}, {"CO", "commerce", "商务主管部门"},
    {"HC", "health", "卫生健康主管部门"},           {"CU", "customs", "海关"},
    {"MR", "market regulation", "市场监督管理部门"}};
/// Lowest first.
constexpr Word kLevels[] = {
    {"X", "county", "县级"}, {"C", "city", "市级"}, {"P", "province", "省级"}, {"N", "national", "国家级"}};

/// -1 for no level at all.
int rank_of(std::string_view level) {
  int rank = 0;
  for (const Word& word : kLevels) {
    if (word.code == level) return rank;
    ++rank;
  }
  return -1;
}

template <std::size_t N>
Word find(const Word (&words)[N], std::string_view code) {
  for (const Word& word : words) {
    if (word.code == code) return word;
  }
  return {code, code, code};
}

}  // namespace

bool is_at_least(std::string_view level, std::string_view lowest) {
  return rank_of(level) >= 0 && rank_of(level) >= rank_of(lowest);
}

bool is_above(std::string_view level, std::string_view other) { return rank_of(level) > rank_of(other); }

bool covers(const Party& agency, std::string_view region) { return RulePack::lies_in(region, agency.region); }

std::string authority_en(std::string_view role, std::string_view level, std::string_view region) {
  std::string text(find(kRoles, role).en);
  ((text += " of ") += find(kLevels, level).en) += " level or above in ";
  return text += region;
}

std::string authority_zh(std::string_view role, std::string_view level, std::string_view region) {
  std::string text(region);
  ((text += " 的") += find(kLevels, level).zh) += "以上";
  return text += find(kRoles, role).zh;
}

}  // namespace registry
