#include "registry/reports/report_facts.h"

#include "registry/domain/account.h"
#include "registry/views/select.h"

namespace registry {
namespace {

constexpr std::size_t kRowsMax = 1'000'000;

bool is_agency(const Party& party) { return party.kinds.find("agency") != party.kinds.npos; }
bool is_system(const Party& party) { return party.kinds == "operator" || party.kinds == "registry"; }

std::vector<Party> parties_of(Reader& reader, const ReportQuery& query) {
  Select select(select_all<Party>());
  select.where_set("id = ?", query.party);
  std::vector<Party> out;
  for (Party& party : typed_all<Party>(select.run(reader, "id", kRowsMax))) {
    const bool is_meant = !query.party.empty() || RulePack::lies_in(party.region, query.region);
    if (is_meant && !is_agency(party) && !is_system(party)) out.push_back(std::move(party));
  }
  return out;
}

std::vector<Site> sites_of(Reader& reader, const ReportQuery& query) {
  Select select(select_all<Site>());
  select.where_set("party = ?", query.party);
  std::vector<Site> out;
  for (Site& site : typed_all<Site>(select.run(reader, "id", kRowsMax)))
    if (!query.party.empty() || RulePack::lies_in(site.region, query.region)) out.push_back(std::move(site));
  return out;
}

}  // namespace

ReportFacts::ReportFacts(const Look& look, const RulePack& rules, const ReportQuery& query)
    : look_(look), rules_(rules), query_(query), reader_(look(std::nullopt)) {
  sites_ = sites_of(*reader_, query_);
  parties_ = parties_of(*reader_, query_);
  for (std::size_t i = 0; i < parties_.size(); ++i) party_places_.emplace(parties_[i].id, i);
}

std::vector<std::string> ReportFacts::site_accounts() const {
  std::vector<std::string> out;
  for (const Site& site : sites_) out.push_back(site_account(site.id));
  return out;
}

const Party* ReportFacts::party(const std::string& id) {
  if (const auto at = party_places_.find(id); at != party_places_.end()) return &parties_[at->second];
  const auto [at, is_new] = others_.try_emplace(id);
  if (is_new && !id.empty()) at->second = find_row<Party>(*reader_, id);
  return at->second ? &*at->second : nullptr;
}

std::string ReportFacts::party_name(const std::string& id) {
  const Party* found = party(id);
  return found ? found->name : std::string();
}

BaseUnit ReportFacts::unit(const std::string& substance) const {
  const Substance* known = rules_.substance(substance);
  return known ? known->unit : BaseUnit::mg;
}

std::string ReportFacts::substance_name(const std::string& code, Language language) const {
  const Substance* known = rules_.substance(code);
  if (!known) return {};
  return language == Language::zh ? known->name_zh : known->name_en;
}

}  // namespace registry
