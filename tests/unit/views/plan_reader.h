#pragma once

#include <string>
#include <vector>

#include "registry/store/store.h"

namespace views {

/// Passes everything on, and asks the store how it means to answer each query.
class PlanReader : public registry::Reader {
 public:
  explicit PlanReader(registry::Reader& reader) : reader_(reader) {}

  registry::LogState state() override { return reader_.state(); }
  std::optional<registry::EntryRow> entry(std::int64_t index) override { return reader_.entry(index); }
  std::vector<registry::EntryRow> entries(std::int64_t from, std::size_t count) override {
    return reader_.entries(from, count);
  }
  std::optional<std::int64_t> index_of(std::string_view chain, std::int64_t cseq) override {
    return reader_.index_of(chain, cseq);
  }
  std::optional<std::int64_t> index_of(const crypto::Digest& id) override { return reader_.index_of(id); }
  std::optional<registry::Tile> tile(int level, std::uint64_t index) override { return reader_.tile(level, index); }
  std::optional<registry::CheckpointRow> checkpoint(std::optional<std::int64_t> size_max) override {
    return reader_.checkpoint(size_max);
  }
  std::vector<registry::MoveRow> moves(std::int64_t from, std::size_t count) override {
    return reader_.moves(from, count);
  }
  std::vector<registry::Row> load(const registry::TableSpec& table, std::span<const std::string> keys) override {
    return reader_.load(table, keys);
  }
  std::vector<registry::Row> query(std::string_view sql, std::span<const registry::Value> values) override {
    for (const registry::Row& step : reader_.query("EXPLAIN QUERY PLAN " + std::string(sql), values))
      if (const auto* text = std::get_if<std::string>(&step.back())) plan_.push_back(*text);
    return reader_.query(sql, values);
  }

  /// Steps that read a whole table or sort what they have read, since the last call; empty for a plan that follows an
  /// index.
  std::string slow_steps();
  /// All of them, for a failing test.
  std::string plan() const;

 private:
  registry::Reader& reader_;
  std::vector<std::string> plan_;
};

}  // namespace views
