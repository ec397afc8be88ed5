#include "registry/tracing/trace_facts.h"

#include <algorithm>
#include <set>

#include "registry/domain/account.h"
#include "registry/domain/number_key.h"
#include "registry/tracing/query_in.h"
#include "registry/tracing/rows_by_key.h"

namespace registry {
namespace {

/// Quota that goods from or to abroad used up.
constexpr std::string_view kUsedQuota = "SELECT seq, target FROM move_text WHERE seq";
constexpr std::string_view kUsedQuotaTail = "AND substr(target, 1, 5) = 'used:' ORDER BY seq, n";

bool crosses_border(const Trace& trace, const TraceEdge& edge) {
  return trace.nodes[edge.source].account == outside::kImported ||
         trace.nodes[edge.target].account == outside::kExported;
}

}  // namespace

std::string name_in(std::string_view account, std::string_view kind) {
  const bool is_kind = account.size() > kind.size() && account.starts_with(kind) && account[kind.size()] == ':';
  return is_kind ? std::string(account.substr(kind.size() + 1)) : std::string();
}

void TraceFacts::describe(Trace& trace) {
  load(trace);
  load_papers(trace);
  for (TraceNode& node : trace.nodes) describe(node);
  for (TraceEdge& edge : trace.edges) describe(trace, edge);
}

void TraceFacts::load(const Trace& trace) {
  std::set<std::string> sites, consignments, sales, corrections;
  for (const TraceNode& node : trace.nodes) {
    sites.insert(name_in(node.account, "site"));
    consignments.insert(name_in(node.account, "transit"));
  }
  for (const TraceEdge& edge : trace.edges) corrections.insert(index_key(edge.index));
  sites_ = rows_by_key<Site>(reader_, sites);
  consignments_ = rows_by_key<Consignment>(reader_, consignments);
  corrections_ = rows_by_key<Correction>(reader_, corrections);
  for (const auto& [id, head] : consignments_) sales.insert(head.sale);
  sales_ = rows_by_key<Sale>(reader_, sales);
}

void TraceFacts::load_papers(const Trace& trace) {
  std::set<std::int64_t> wanted;
  for (const TraceEdge& edge : trace.edges)
    if (crosses_border(trace, edge)) wanted.insert(edge.index);
  const std::vector<Value> entries(wanted.begin(), wanted.end());
  for (const Row& row : query_in(reader_, kUsedQuota, entries, kUsedQuotaTail))
    papers_.emplace(integer_of(row[0]), name_in(text_of(row[1]), "used"));
  std::set<std::string> numbers;
  for (const auto& [entry, number] : papers_) numbers.insert(number);
  border_licences_ = rows_by_key<BorderLicence>(reader_, numbers);
}

void TraceFacts::describe(TraceNode& node) const {
  node.consignment = name_in(node.account, "transit");
  node.site = name_in(node.account, "site");
  if (const auto site = sites_.find(node.site); site != sites_.end()) {
    node.party = site->second.party;
    node.region = site->second.region;
  }
  if (const auto head = consignments_.find(node.consignment); head != consignments_.end())
    node.party = head->second.sender;
}

void TraceFacts::describe(const Trace& trace, TraceEdge& edge) {
  const SignedEntry& entry = entries_.at(edge.index);
  edge.type = entry.type;
  edge.party = entry.party;
  edge.time = entry.time;
  edge.rtime = entry.rtime;
  const auto corrected = corrections_.find(index_key(edge.index));
  if (corrected != corrections_.end()) edge.corrected_by = corrected->second.by;
  const TraceNode &source = trace.nodes[edge.source], &target = trace.nodes[edge.target];
  edge.custodian = source.party.empty() ? target.party : source.party;
  if (const auto paper = papers_.find(edge.index); paper != papers_.end()) edge.permit = paper->second;
  if (const auto licence = border_licences_.find(edge.permit); licence != border_licences_.end())
    edge.border_case = licence->second.border_case;
  edge.consignment = source.consignment.empty() ? target.consignment : source.consignment;
  const auto head = consignments_.find(edge.consignment);
  if (head != consignments_.end()) describe_consignment(edge, head->second);
}

void TraceFacts::describe_consignment(TraceEdge& edge, const Consignment& head) const {
  edge.sale = head.sale;
  edge.permit = head.permit;
  edge.vehicle = head.vehicle;
  edge.custodian = head.carried != kNone ? head.carrier : head.sender;
  if (const auto sale = sales_.find(head.sale); sale != sales_.end()) edge.purchase_permit = sale->second.permit;
}

}  // namespace registry
