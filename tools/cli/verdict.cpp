#include "tools/cli/verdict.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "tools/cli/exit_codes.h"

namespace tools {
namespace {

using Json = nlohmann::json;

Json to_json(const Verdict& verdict) {
  Json facts = Json::object(), defects = Json::array();
  for (const auto& [name, value] : verdict.facts) facts[name] = value;
  for (const auto& d : verdict.defects)
    defects.push_back({{"detail", d.detail}, {"index", d.index}, {"kind", d.kind}, {"place", d.place}});
  return {{"clean", verdict.clean()},      {"defect_count", verdict.defect_count},
          {"defects", std::move(defects)}, {"facts", std::move(facts)},
          {"limits", verdict.limits},      {"subject", verdict.subject}};
}

void print_defects(const Verdict& verdict) {
  const auto& first = verdict.defects.front();
  std::cout << "first defect 首处不符: " << first.place << " (" << first.kind << ") " << first.detail << "\n";
  std::cout << "all " << verdict.defect_count << ":\n";
  for (const auto& d : verdict.defects) std::cout << "  " << d.place << "  " << d.kind << "  " << d.detail << '\n';
  if (verdict.defects.size() < verdict.defect_count)
    std::cout << "  and " << verdict.defect_count - verdict.defects.size() << " more\n";
}

void print_last_sentence(const Verdict& verdict) {
  if (verdict.clean()) {
    std::cout << "Clean: everything that was checked is as it was signed.\n相符：所检查的内容与签名时完全一致。\n";
    return;
  }
  const std::string n = std::to_string(verdict.defect_count), &place = verdict.defects.front().place;
  std::cout << "NOT clean: " << n << (n == "1" ? " defect" : " defects") << "; look first at " << place
            << ". Change nothing, copy everything.\n不相符：发现 " << n << " 处问题，请先查 " << place
            << "。不要改动任何文件，先整体备份。\n";
}

}  // namespace

void Verdict::defect(std::string place, std::uint64_t index, std::string kind, std::string detail) {
  ++defect_count;
  if (defects.size() < registry::kDefectsMax)
    defects.push_back({std::move(place), index, std::move(kind), std::move(detail)});
}

int tell(const Verdict& verdict, bool json) {
  if (json) {
    std::cout << to_json(verdict).dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
    return verdict.clean() ? kGood : kIntegrity;
  }
  std::cout << verdict.subject << '\n';
  for (const auto& [name, value] : verdict.facts)
    std::cout << "  " << name << std::string(name.size() < 14 ? 14 - name.size() : 1, ' ') << value << '\n';
  for (const std::string& limit : verdict.limits) std::cout << "  note: " << limit << '\n';
  if (!verdict.clean()) print_defects(verdict);
  print_last_sentence(verdict);
  return verdict.clean() ? kGood : kIntegrity;
}

}  // namespace tools
