#pragma once

#include "registry/rules/edition.h"

namespace registry {

/// A text for each listing of the catalogue and each paper, deadline, exemption and channel row that the files of texts
/// do not speak of, made from what the row says, so that every rule has a page and shows how sure we are of it.
void add_row_texts(const DatedRows& rows, std::span<const SubstanceClass> classes, Texts& texts);

}  // namespace registry
