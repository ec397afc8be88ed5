#include <algorithm>

#include "registry/rules/edition.h"

namespace registry {
namespace {

bool contains(const std::vector<std::string>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

/// Words by which a label names a salt; what is left is the base.
constexpr std::string_view kSaltEnds[] = {" hydrochloride", " sulfate",  " phosphate",    " citrate", " tartrate",
                                          " maleate",       " fumarate", " hydrobromide", " sodium",  " potassium"};
constexpr std::string_view kSaltStarts[] = {"盐酸", "硫酸", "磷酸", "枸橼酸", "酒石酸", "马来酸", "富马酸", "氢溴酸"};
constexpr std::string_view kSaltEndsZh[] = {"盐酸盐", "硫酸盐", "钠", "钾", "钠盐", "钾盐"};

/// The base that the name is a salt of by its words; empty when it is none.
std::string_view base_of(std::string_view name) {
  for (const std::string_view end : kSaltEnds)
    if (name.ends_with(end)) return name.substr(0, name.size() - end.size());
  for (const std::string_view start : kSaltStarts)
    if (name.starts_with(start) && name.size() > start.size()) return name.substr(start.size());
  for (const std::string_view end : kSaltEndsZh)
    if (name.ends_with(end) && name.size() > end.size()) return name.substr(0, name.size() - end.size());
  return {};
}

bool is_name_of(const Substance& s, std::string_view name) { return s.name_zh == name || s.name_en == name; }

}  // namespace

std::vector<SubstanceMatch> RulePack::match(std::string_view cas, std::string_view name) const {
  std::vector<SubstanceMatch> out;
  const auto add = [&](MatchKind kind, auto fits) {
    if (!out.empty()) return;
    for (const Substance& s : data_->rows.substances)
      if (in_force(s, data_->day) && fits(s)) out.push_back({&s, kind});
  };
  if (!cas.empty()) add(MatchKind::cas, [&](const auto& s) { return s.cas == cas || contains(s.other_cas, cas); });
  if (name.empty()) return out;
  add(MatchKind::name, [&](const auto& s) { return is_name_of(s, name); });
  add(MatchKind::alias, [&](const auto& s) { return contains(s.aliases, name); });
  const std::string_view base = base_of(name);
  if (!base.empty())
    add(MatchKind::salt, [&](const auto& s) { return s.salts && (is_name_of(s, base) || contains(s.aliases, base)); });
  return out;
}

}  // namespace registry
