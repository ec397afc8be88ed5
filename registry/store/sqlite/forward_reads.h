#pragma once

#include <utility>

#include "registry/store/sqlite/reads.h"

namespace registry::sqlite {

/// Gives Reader or AppendTx its reading half.
template <class Base>
class ForwardReads : public Base {
 public:
  explicit ForwardReads(Session& session) : reads_(session) {}

  using Base::query;
  LogState state() override { return reads_.state(); }
  std::optional<EntryRow> entry(std::int64_t index) override { return reads_.entry(index); }
  std::vector<EntryRow> entries(std::int64_t from, std::size_t count) override { return reads_.entries(from, count); }
  std::optional<std::int64_t> index_of(std::string_view chain, std::int64_t cseq) override {
    return reads_.index_of(chain, cseq);
  }
  std::optional<std::int64_t> index_of(const crypto::Digest& entry_id) override = 0;
  std::optional<Tile> tile(int level, std::uint64_t index) override { return reads_.tile(level, index); }
  std::optional<CheckpointRow> checkpoint(std::optional<std::int64_t> size_max) override {
    return reads_.checkpoint(size_max);
  }
  std::vector<MoveRow> moves(std::int64_t from, std::size_t count) override { return reads_.moves(from, count); }
  std::vector<Row> load(const TableSpec& table, std::span<const std::string> keys) override {
    return reads_.load(table, keys);
  }
  std::vector<Row> query(std::string_view sql, std::span<const Value> values) override {
    return reads_.query(sql, values);
  }

 protected:
  Reads reads_;
};

}  // namespace registry::sqlite
