#pragma once

#include "registry/rules/edition.h"

namespace registry {

/// A text for each paper, deadline, exemption and channel row that the files of texts do not speak of, made from what
/// the row says, so that every rule has a page.
void add_row_texts(const DatedRows& rows, Texts& texts);

}  // namespace registry
