#pragma once

#include <cstddef>
#include <cstdint>

// Every bound on outside data, with its reason.
namespace registry::limits {

/// A leaf must fit the two-byte length of an entry bundle (c2sp.org/tlog-tiles).
inline constexpr std::size_t kLeafBytesMax = 65'535;
/// The signed header has 13 short lines; the longest legal one stays under this.
inline constexpr std::size_t kHeaderBytesMax = 4'096;
/// A payload; far above the largest step, small enough to hold many at once.
inline constexpr std::size_t kPayloadBytesMax = std::size_t{256} << 10;
/// One entry with header, payload, signatures and private values.
inline constexpr std::size_t kEntryBodyBytesMax = std::size_t{1} << 20;
/// Entries in one batch call; also the longest run of one chain stored at once.
inline constexpr std::size_t kBatchEntriesMax = 1'000;
inline constexpr std::size_t kBatchBodyBytesMax = std::size_t{8} << 20;
/// Signers of one entry: author, second person, counterparty, witness.
inline constexpr std::size_t kSignersMax = 4;
/// Entries that wait for the sequencer; one more is answered 429.
inline constexpr std::size_t kQueueMax = 4'096;
/// Entries in one commit, so that a commit stays short.
inline constexpr std::size_t kCommitEntriesMax = 512;
/// Lines of one consignment or one count.
inline constexpr std::size_t kLinesMax = 200;
/// Rows of one list of facts; a step that asks for a list wants to know whether there is any, and names a few.
inline constexpr std::size_t kFactListMax = 2'000;
/// Rows on a page.
inline constexpr std::size_t kPageMax = 200;
inline constexpr std::size_t kPageDefault = 50;
/// Indexes fit JSON's exact integers.
inline constexpr std::int64_t kIndexMax = (std::int64_t{1} << 53) - 1;
/// Any amount in base units; a thousand of them still fit a sum of 64 bits, and each is exact in a browser.
inline constexpr std::int64_t kAmountMax = 9'000'000'000'000'000;
/// Hops of a trace; longer chains of custody than this are a mistake of the data.
inline constexpr int kTraceHopsMax = 64;
inline constexpr std::size_t kTraceNodesMax = 20'000;

}  // namespace registry::limits
