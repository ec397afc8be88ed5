#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "registry/log/signature.h"

namespace registry {

/// Longest encoding of any suite's signature, with room: DER of two 256-bit integers takes 72 bytes.
inline constexpr std::size_t kSignatureBytesMax = 128;
/// Path of a batch; its size is below 2^53.
inline constexpr std::size_t kBatchPathMax = 53;

// A leaf's lines "sig <key> <base64>" and "sig-batch <key> <size> <index> <hash,hash,...> <base64>", hashes in base 64;
// the path of a batch of one is written "-".

/// "<size> <index> <hash,hash,...>": where an entry stands in a batch, as the line says it.
std::string batch_place(const crypto::BatchSignature& batch);

/// Appends the line with its newline.
void append_signature_line(std::string& out, const EntrySignature& signature);
/// Reads a line without its newline.
std::optional<EntrySignature> parse_signature_line(std::string_view line);

}  // namespace registry
