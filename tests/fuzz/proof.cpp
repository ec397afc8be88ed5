#include "crypto/checkpoint.h"
#include "crypto/note.h"
#include "crypto/tlog_proof.h"
#include "tests/fuzz/input.h"

// Notes, checkpoints and proofs from outside never do more than be refused; what is read prints the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text(data, size);
  if (const auto proof = crypto::parse_tlog_proof(text)) fuzz::claim(crypto::format_tlog_proof(*proof) == text);
  if (const auto checkpoint = crypto::parse_checkpoint(text)) fuzz::claim(checkpoint->body() == text);
  if (const auto note = crypto::parse_note(text))
    fuzz::claim(crypto::format_note(note->body, note->signatures) == text);
  return 0;
}
