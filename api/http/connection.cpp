#include "api/http/connection.h"

#include <algorithm>
#include <cstring>

#include "api/http/answer_head.h"
#include "api/http/log_line.h"

namespace api {
namespace {

using registry::Accepted;
using registry::Check;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kReadBytes = 65'536, kFileBytes = 262'144;

/// Frees the body when the handler is done with it.
class BodyHold {
 public:
  BodyHold(BodyBudget& budget, std::string& body) : budget_(budget), body_(body) {}
  ~BodyHold() {
    budget_.give_back(body_.size());
    body_ = {};
  }
  BodyHold(const BodyHold&) = delete;
  BodyHold& operator=(const BodyHold&) = delete;

 private:
  BodyBudget& budget_;
  std::string& body_;
};

registry::Refusal timeout(std::string part, std::string part_zh) {
  return registry::refuse("timeout").with("part", std::move(part)).with("part_zh", std::move(part_zh));
}

}  // namespace

bool BodyBudget::take(std::size_t bytes) {
  if (held_.fetch_add(bytes) + bytes <= max_) return true;
  held_.fetch_sub(bytes);
  return false;
}

Connection::Connection(std::unique_ptr<Poco::Net::StreamSocket> socket, std::string peer, const ServerConfig& config,
                       Gateway& gateway, BodyBudget& budget, const std::atomic<bool>& stopping)
    : config_(config),
      gateway_(gateway),
      budget_(budget),
      stopping_(stopping),
      peer_(std::move(peer)),
      wire_(std::move(socket), config.idle_timeout),
      buffer_(config.head_bytes_max) {}

void Connection::run() {
  try {
    if (open())
      while (serve()) ++served_;
  } catch (const std::exception& error) {
    gateway_.log(LogLine("connection").add("peer", peer_).add("what", error.what()).str());
  }
  if (!stream_) wire_.cut();
}

/// The handshake, where there is one; false when there will be no request.
bool Connection::open() {
  if (!config_.tls) return true;
  const Opening opening = wire_.secure(*config_.tls, steady_clock::now() + config_.head_deadline);
  const bool ready = opening == Opening::ready;
  gateway_.metrics()
      .counter("tallystick_tls_handshakes_total", "TLS handshakes.", {{"result", ready ? "done" : "failed"}})
      .add();
  if (opening == Opening::failed)
    gateway_.log(LogLine("handshake_failed").add("peer", peer_).add("why", wire_.why()).str());
  if (opening == Opening::plain) answer_in_the_clear();
  return ready;
}

/// One fixed answer, of nothing that was asked: whatever came was open to everybody on the way.
void Connection::answer_in_the_clear() {
  const Response response = gateway_.problems().answer(registry::refuse("tls-required"), {});
  gateway_.log(LogLine("plain_on_tls").add("peer", peer_).str());
  wire_.write(answer_head(response, {}, 1, true), response.body, steady_clock::now() + config_.drain_deadline);
  wire_.linger(config_.head_bytes_max, steady_clock::now() + config_.drain_deadline);
}

void Connection::end_when_idle() {
  if (!busy_) wire_.cut_reading();
}

bool Connection::serve() {
  if (!wait_for_request()) return false;
  Next next = Next::end;
  {
    Exchange exchange = gateway_.begin(peer_);
    const Response response = answer(exchange);
    waiting_ = false;
    next = send(exchange, response);
    waiting_ = true;
    if (next == Next::stream) stream_ = response.stream;
  }
  if (next == Next::stream) buffer_ = {};
  if (next == Next::linger) wire_.linger(config_.drain_bytes_max, steady_clock::now() + config_.drain_deadline);
  busy_ = false;
  return next == Next::request;
}

/// The body is let go before the answer is sent: a slow reader must not hold both.
Response Connection::answer(Exchange& exchange) {
  const BodyHold hold(budget_, exchange.request.body);
  auto head = read_head(exchange);
  busy_ = true;
  if (head) return respond(exchange, std::move(*head));
  Response response = gateway_.refuse(exchange, head.error());
  response.close = true;
  return response;
}

/// False when the client is gone or has been idle too long.
bool Connection::wait_for_request() {
  if (begin_ == end_) {
    begin_ = end_ = 0;
    if (stopping_) return false;
    const ReadResult result = wire_.read_idle(buffer_.data(), buffer_.size());
    if (result.kind != ReadResult::Kind::bytes) return false;
    end_ = result.bytes;
  }
  // One empty line before a request line is allowed (RFC 9112 section 2.2).
  if (buffered().substr(0, 2) == "\r\n") begin_ += 2;
  return true;
}

registry::Result<Head> Connection::read_head(const Exchange& exchange) {
  HeadScanner scanner;
  for (;;) {
    switch (scanner.scan(buffered())) {
      case HeadScanner::State::malformed:
        return registry::refuse("malformed-request").at("header", "bad_line_end");
      case HeadScanner::State::incomplete:
        TRY(read_more(exchange));
        break;
      case HeadScanner::State::complete:
        const std::string_view bytes = buffered().substr(0, scanner.head_bytes());
        begin_ += bytes.size();
        return parse_head(bytes, {config_.head_bytes_max, config_.fields_max, config_.target_bytes_max});
    }
  }
}

Check Connection::read_more(const Exchange& exchange) {
  if (begin_ != 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ == buffer_.size()) return head_too_large();
  const auto result = wire_.read(buffer_.data() + end_, buffer_.size() - end_, exchange.start + config_.head_deadline);
  if (stopping_) return registry::refuse("shutting-down");
  if (result.kind == ReadResult::Kind::late) return timeout("header", "请求头");
  if (result.kind == ReadResult::Kind::closed) return registry::refuse("malformed-request").at("header", "truncated");
  end_ += result.bytes;
  return Accepted{};
}

registry::Refusal Connection::head_too_large() const {
  const auto line = buffered().find('\n');
  if (line == std::string_view::npos || line > config_.target_bytes_max + 64)
    return registry::refuse("uri-too-long").with("limit", std::to_string(config_.target_bytes_max));
  return registry::refuse("header-too-large")
      .with("limit", std::to_string(config_.head_bytes_max))
      .with("fields", std::to_string(config_.fields_max));
}

Response Connection::respond(Exchange& exchange, Head head) {
  if (auto early = gateway_.admit(std::move(head), exchange)) return std::move(*early);
  const Check body = read_body(exchange);
  waiting_ = false;
  if (body) return gateway_.handle(exchange);
  Response response = gateway_.refuse(exchange, body.error());
  response.close = true;
  return response;
}

Check Connection::read_body(Exchange& exchange) {
  if (exchange.body_bytes == 0) return Accepted{};
  const auto start = steady_clock::now();
  const std::string_view ready = buffered().substr(0, exchange.body_bytes);
  if (!budget_.take(ready.size())) return registry::refuse("store-busy");
  exchange.request.body = ready;
  begin_ += ready.size();
  if (ready.size() == exchange.body_bytes) return Accepted{};
  if (exchange.expects_continue && !wire_.write("HTTP/1.1 100 Continue\r\n\r\n", {}, start + config_.write_deadline))
    return registry::refuse("malformed-request").at("body", "truncated");
  return read_rest(exchange, start);
}

/// Counts what arrives: a short body is refused, never taken for the whole.
Check Connection::read_rest(Exchange& exchange, SteadyTime start) {
  std::string& body = exchange.request.body;
  std::vector<char> chunk(std::min(kReadBytes, exchange.body_bytes - body.size()));
  while (body.size() < exchange.body_bytes) {
    const milliseconds earned(body.size() * 1000 / std::max<std::size_t>(config_.body_bytes_per_second_min, 1));
    const auto until = start + std::min(config_.body_deadline, config_.body_grace + earned);
    const auto result = wire_.read(chunk.data(), std::min(chunk.size(), exchange.body_bytes - body.size()), until);
    if (result.kind == ReadResult::Kind::late) return timeout("body", "正文");
    if (result.kind == ReadResult::Kind::closed && stopping_) return registry::refuse("shutting-down");
    if (result.kind == ReadResult::Kind::closed) return registry::refuse("malformed-request").at("body", "truncated");
    if (!budget_.take(result.bytes)) return registry::refuse("store-busy");
    body.append(chunk.data(), result.bytes);
  }
  return Accepted{};
}

Connection::Next Connection::send(const Exchange& exchange, const Response& response) {
  const bool last = served_ + 1 >= config_.requests_per_connection_max || stopping_;
  const bool close = response.close || !exchange.keep_alive || last || response.stream;
  const std::string head = answer_head(response, exchange.request.request_id, exchange.minor, close);
  const bool bare = exchange.request.method == Method::head || has_no_body(response.status);
  const auto until = steady_clock::now() + config_.write_deadline;
  const bool sent = response.file && !bare ? send_file(head, *response.file)
                                           : wire_.write(head, bare ? std::string_view{} : response.body, until);
  gateway_.record(exchange, response);
  if (!sent) return Next::end;
  if (response.stream && !bare) return Next::stream;
  return close ? Next::linger : Next::request;
}

/// Each portion has the time of a whole answer: it may be gigabytes.
bool Connection::send_file(std::string_view head, const registry::SpoolFile& file) {
  std::uint64_t sent = 0;
  do {
    const std::string portion = file.read(sent, kFileBytes);
    if (portion.empty() && sent < file.size()) return false;
    if (!wire_.write(head, portion, steady_clock::now() + config_.write_deadline)) return false;
    head = {};
    sent += portion.size();
  } while (sent < file.size());
  return true;
}

}  // namespace api
