#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "crypto/suite.h"
#include "tools/bench/load.h"
#include "tools/client/author.h"
#include "tools/client/server_link.h"

namespace tools {

/// A seller and its buyer, with permits and stock for any number of sales; each has a key and chain of its own.
struct TradePair {
  Author seller, buyer;
  std::string id;
  std::size_t sales = 0;
};

enum class Signing {
  single,  ///< one signature an entry
  batch,   ///< one signature for all entries of one author in a request
};

/// Makes the traffic of a bench: real steps, signed before the clock starts. A deal is five entries: sale.record,
/// sale.confirm, transfer.dispatch, transfer.count, transfer.accept.
class Traffic {
 public:
  /// Enrols two agencies with the operator's key.
  Traffic(ServerLink& link, std::string ledger, Author operator_author);

  /// A new pair whose keys have this suite: registered, verified, equipped with licence, permit and stock.
  TradePair make_pair(crypto::Suite suite);

  /// `entries` single submissions.
  static Script singles(TradePair& pair, std::size_t entries);
  /// `batches` NDJSON requests of `each` entries; `each` is a multiple of five.
  static Script batches(TradePair& pair, std::size_t batches, std::size_t each, Signing signing);

 private:
  void send(const registry::Submission& entry);
  ServerLink& link_;
  std::string ledger_;
  Author operator_, police_, safety_;
  std::size_t pairs_ = 0;
};

}  // namespace tools
