#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "registry/domain/rows.h"
#include "registry/store/store.h"
#include "registry/tracing/signed_entries.h"
#include "registry/tracing/trace.h"

namespace registry {

/// Loads what is known about the places and entries of a trace, a query or a few for each kind of row.
class TraceFacts {
 public:
  TraceFacts(Reader& reader, SignedEntries& entries) : reader_(reader), entries_(entries) {}

  /// Fills in who, where, by which papers. Lot, account and substance of the nodes and index, ends and kind of the
  /// edges are there already.
  void describe(Trace& trace);

 private:
  void load(const Trace& trace);
  void load_papers(const Trace& trace);
  void describe(TraceNode& node) const;
  void describe(const Trace& trace, TraceEdge& edge);
  void describe_consignment(TraceEdge& edge, const Consignment& head) const;

  Reader& reader_;
  SignedEntries& entries_;
  std::unordered_map<std::string, Site> sites_;
  std::unordered_map<std::string, Consignment> consignments_;
  std::unordered_map<std::string, Sale> sales_;
  std::unordered_map<std::string, Correction> corrections_;
  /// Import and export papers by entry.
  std::unordered_map<std::int64_t, std::string> papers_;
  std::unordered_map<std::string, BorderLicence> border_licences_;
};

/// What follows the colon, when the account is of that kind: "S-1" of "site:S-1"; else empty.
std::string name_in(std::string_view account, std::string_view kind);

}  // namespace registry
