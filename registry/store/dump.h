#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/domain/table.h"
#include "registry/store/store.h"

namespace registry {

/// Every read table, in table order.
std::vector<const TableSpec*> read_tables();

/// A name as SQL takes it, whatever words are reserved.
std::string quoted(std::string_view name);
/// The first `count` columns, quoted, joined by commas.
std::string column_list(const TableSpec& table, std::size_t count);

using DumpSink = std::function<void(std::string_view bytes)>;

/// Writes a read table in canonical bytes, so that two tables are equal exactly when their dumps are: one line with the
/// names, then one line a row in the order of the key; numbers in decimal, texts as "<length>:<bytes>", joined by
/// blanks. The sink is called once a line.
void dump_table(Reader& reader, const TableSpec& table, const DumpSink& sink);

/// dump_table of every read table, in table order.
void dump_tables(Reader& reader, const DumpSink& sink);

}  // namespace registry
