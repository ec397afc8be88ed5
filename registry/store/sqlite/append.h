#pragma once

#include <vector>

#include "registry/store/fold_gate.h"
#include "registry/store/sqlite/forward_reads.h"
#include "registry/store/sqlite/id_index.h"
#include "registry/store/sqlite/writer.h"

namespace registry::sqlite {

/// The writing transaction. Begun at once, so that waiting for another writer happens here and not at the commit.
class Append final : public ForwardReads<AppendTx> {
 public:
  Append(Writer& writer, IdIndex& ids, FoldGate& gate, Sync sync);
  ~Append() override;

  using ForwardReads::index_of;
  std::optional<std::int64_t> index_of(const crypto::Digest& entry_id) override;

  void insert_entries(std::span<const EntryRow> entries) override;
  void list_entries(std::span<const EntryPlace> entries) override;
  void insert_moves(std::span<const MoveRow> moves) override;
  void insert_tiles(std::span<const Tile> tiles) override;
  void insert_checkpoint(const CheckpointRow& checkpoint) override;
  void upsert(const TableSpec& table, std::span<const Row> rows) override;
  void erase(const TableSpec& table, std::span<const std::string> keys) override;
  void advance(const LogState& before, const LogState& after) override;
  void commit() override;

 private:
  Run run(std::string_view sql) { return Run(writer_.session.statement(sql)); }
  void insert_entry(const EntryRow& entry);
  void insert_move(const MoveRow& move);
  void erase_row(const Statement& statement, const TableSpec& table, const std::string& key);
  void require_open() const;
  void commit_behind_gate();
  void commit_or_stop();
  bool is_behind() const { return folded_after_ < size_after_; }
  void end();

  Writer& writer_;
  IdIndex& ids_;
  FoldGate& gate_;
  /// Size at the beginning, and the ids that come after it.
  std::int64_t size_ = 0;
  std::vector<crypto::Digest> new_ids_;
  /// What the commit will leave.
  std::int64_t size_after_ = 0, folded_after_ = 0;
  bool was_behind_ = false;
  bool open_ = true;
};

}  // namespace registry::sqlite
