#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "registry/base/limits.h"
#include "registry/base/time.h"
#include "registry/domain/rows.h"
#include "registry/store/store.h"
#include "registry/tracing/move_graph.h"

// Where goods went, and where they came from.
namespace registry {

enum class TraceDirection { forwards, backwards };
template <>
struct EnumNames<TraceDirection> {
  static constexpr std::string_view names[] = {"forwards", "backwards"};
};

/// What a trace may see and how far it may go.
struct TraceLimits {
  TraceDirection direction = TraceDirection::forwards;
  /// Only what had happened by this time, as the authors say.
  std::optional<UtcTime> as_of = {};
  /// Only entries of at most this index: what could be known then.
  std::int64_t known_at = limits::kIndexMax;
  int hops_max = limits::kTraceHopsMax;
  std::size_t nodes_max = limits::kTraceNodesMax;
  std::size_t edges_max = 5 * limits::kTraceNodesMax;
};

/// A lot in the hands of somebody, or where it left the registry.
struct TraceNode {
  std::string lot, substance, account;
  /// Owner of the site; on the road the sender. Empty outside.
  std::string party;
  /// Empty on the road and outside.
  std::string site, region;
  std::string consignment;
  /// Steps from the start of the trace.
  int hops = 0;
  /// Log index since when the traced goods can have been here; backwards, until when.
  std::int64_t index = 0;
};

/// What kind of thing happened to an amount.
enum class TraceEdgeKind {
  entered,     ///< from outside: opened, produced, imported, found
  left,        ///< to outside: used, exported, destroyed, lost
  dispatched,  ///< from a site onto the road
  received,    ///< from the road to a site
  moved,       ///< from site to site
  made_into,   ///< an input that became (part of) another lot; the amount is that of the input
};
template <>
struct EnumNames<TraceEdgeKind> {
  static constexpr std::string_view names[] = {"entered", "left", "dispatched", "received", "moved", "made_into"};
};

struct TraceEdge {
  /// Places in Trace::nodes.
  std::size_t source = 0, target = 0;
  TraceEdgeKind kind = TraceEdgeKind::moved;
  /// Base unit of the substance of `source`.
  std::int64_t amount = 0;
  /// The entry: its log index, type, author, the time its author claims and the one of the registry.
  std::int64_t index = 0;
  std::string type, party;
  UtcTime time, rtime;
  /// The entry that corrects this one; kNone for none.
  std::int64_t corrected_by = kNone;
  /// Where known, else empty. `permit` is the transport, import or export paper, `purchase_permit` that of the sale.
  std::string consignment, sale, permit, purchase_permit, custodian, vehicle;
  /// The two-way check that goods from or to abroad belong to, where there is one.
  std::string border_case;
};

struct Trace {
  std::vector<TraceNode> nodes;
  /// In log order.
  std::vector<TraceEdge> edges;
  /// A limit was reached: there is more.
  bool truncated = false;
};

/// The lot with all its moves, and, forwards, what it was made into, backwards, what it was made from. With a site, only
/// what can have gone on from there or come to there. Empty for a lot that never moved. `graph` is a whole one
/// (MoveGraph::load_all) or null: then the moves of the touched lots are loaded.
Trace trace_lot(Reader& reader, const std::string& lot, const TraceLimits& limits, const std::string& site = {},
                const MoveGraph* graph = nullptr);

/// The goods of a consignment from the road on, or up to the road.
Trace trace_consignment(Reader& reader, const std::string& consignment, const TraceLimits& limits,
                        const MoveGraph* graph = nullptr);

}  // namespace registry
