#include "api/http/head.h"

namespace api {

HeadScanner::State HeadScanner::scan(std::string_view buffer) {
  for (; next_ < buffer.size(); ++next_) {
    const char c = buffer[next_];
    const bool after_cr = next_ > 0 && buffer[next_ - 1] == '\r' && next_ > line_;
    if (c == '\0' || after_cr != (c == '\n')) return State::malformed;
    if (c != '\n') continue;
    const bool blank = next_ - line_ == 1;
    line_ = next_ + 1;
    if (!blank) continue;
    ++next_;
    return State::complete;
  }
  return State::incomplete;
}

}  // namespace api
