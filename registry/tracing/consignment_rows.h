#pragma once

#include <string>
#include <vector>

#include "registry/domain/rows.h"
#include "registry/store/store.h"

namespace registry {

/// The lines of a consignment, in order.
std::vector<ConsignmentLine> lines_of(Reader& reader, const std::string& consignment);

/// Its changes of carrier on the road, in order.
std::vector<Handover> handovers_of(Reader& reader, const Consignment& head);

/// Which of the parties had a line in custody between the last measurement that agrees with what was shipped and the
/// first that does not, by what was signed so far: as the count finds it.
const std::string& custodian_of(const Consignment& head, const ConsignmentLine& line, std::int64_t tolerance_ppm);

}  // namespace registry
