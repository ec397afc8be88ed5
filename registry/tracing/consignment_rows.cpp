#include "registry/tracing/consignment_rows.h"

#include "registry/tracing/deviation.h"
#include "registry/views/select.h"

namespace registry {
namespace {

constexpr std::string_view kOfConsignment = "consignment = ?";
constexpr std::size_t kLinesTop = 1'000;

}  // namespace

std::vector<ConsignmentLine> lines_of(Reader& reader, const std::string& consignment) {
  return typed_all<ConsignmentLine>(
      Select(select_all<ConsignmentLine>()).where(kOfConsignment, {consignment}).run(reader, "n", kLinesTop));
}

std::vector<Handover> handovers_of(Reader& reader, const Consignment& head) {
  if (head.handovers == 0) return {};
  return typed_all<Handover>(
      Select(select_all<Handover>()).where(kOfConsignment, {head.id}).run(reader, "n", kLinesTop));
}

const std::string& custodian_of(const Consignment& head, const ConsignmentLine& line, std::int64_t tolerance_ppm) {
  if (line.carried == kNone || is_beyond(line.shipped, line.carried, tolerance_ppm)) return head.sender;
  return head.carrier;
}

}  // namespace registry
